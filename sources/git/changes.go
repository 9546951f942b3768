package git

import (
	"context"
	"errors"
	"fmt"

	"keyperson/sources"
	"keyperson/sources/git/objects"
	"keyperson/sources/git/rename"
)

// comparedBatch is what a worker found out about one batch. Paths are numbers of that worker's table.
type comparedBatch struct {
	worker  int
	commits []comparedCommit
	changes []Change
	pending []pathChange // of each of changes, the content to count lines in; nil when not asked for
	lines   []LineCount  // one for each of changes, nil when not asked for
	hunks   []LineHunk   // of all changes
}

type comparedCommit struct {
	number         uint32 // of the walk
	changeCount    uint32
	hunkCount      uint32
	renamesSkipped bool
	renamesUnknown bool
	unreadable     bool
	linesUnknown   bool
}

// comparer reads what commits changed. It belongs to one worker.
type comparer struct {
	number    int
	reader    objects.Reader
	diff      treeDiff
	paths     *internTable
	detector  rename.Detector
	options   rename.Options
	blobs     blobContents
	lines     bool // note what to count lines in
	deleted   []rename.Side
	added     []rename.Side
	deletedAt []uint32 // index into diff.changes of each of deleted
	addedAt   []uint32
	fate      []renameFate // of each of diff.changes
}

// renameFate says what became of a deletion or addition.
type renameFate struct {
	source     uint32 // for an addition: index into diff.changes of the deletion it continues, else sources.None
	similarity uint8
	isMoved    bool // for a deletion: it lives on elsewhere
}

func newComparer(number int, database objects.Database, limit int, lines bool) *comparer {
	reader := database.Reader()
	c := &comparer{
		number:  number,
		reader:  reader,
		paths:   newInternTable(),
		options: rename.Options{Threshold: rename.DefaultThreshold, Limit: limit},
		blobs:   blobContents{reader: reader},
		lines:   lines,
	}
	c.diff = treeDiff{trees: newTreeCache(reader), paths: c.paths}
	return c
}

// compareBatch reads the changes of a batch of commits.
func (c *comparer) compareBatch(ctx context.Context, batch []comparison) (*comparedBatch, error) {
	result := &comparedBatch{worker: c.number, commits: make([]comparedCommit, 0, len(batch))}
	for _, comparison := range batch {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := c.compare(result, comparison); err != nil {
			return nil, fmt.Errorf("changes of a commit with tree %s: %w", comparison.after, err)
		}
	}
	return result, nil
}

func (c *comparer) compare(result *comparedBatch, task comparison) error {
	commit := comparedCommit{number: task.commit}
	err := c.diff.compare(task.before, task.after)
	if errors.Is(err, objects.ErrMissing) {
		commit.unreadable = true
		result.commits = append(result.commits, commit)
		return nil
	}
	if err != nil {
		return asDamaged(err)
	}
	outcome, err := c.detectRenames()
	if err != nil {
		return fmt.Errorf("similarity of files: %w", asDamaged(err))
	}
	commit.renamesSkipped, commit.renamesUnknown = outcome.LimitReached, outcome.UnknownContent
	before := len(result.changes)
	c.appendChanges(result)
	commit.changeCount = uint32(len(result.changes) - before)
	result.commits = append(result.commits, commit)
	return nil
}

// detectRenames decides the fate of the deletions and additions in diff.changes; fate stays empty
// when nothing was moved.
func (c *comparer) detectRenames() (rename.Outcome, error) { return c.detectRenamesOf(nil) }

// detectRenamesOf is detectRenames where only certain paths matter; what it says of others may be less than true.
func (c *comparer) detectRenamesOf(isWanted func(path string) bool) (rename.Outcome, error) {
	c.fate = c.fate[:0]
	c.deleted, c.added = c.deleted[:0], c.added[:0]
	c.deletedAt, c.addedAt = c.deletedAt[:0], c.addedAt[:0]
	for i := range c.diff.changes {
		change := &c.diff.changes[i]
		switch change.action {
		case sources.Deleted:
			c.deleted = append(c.deleted, rename.Side{Path: c.paths.strings[change.path], Mode: change.oldMode, Blob: change.oldBlob})
			c.deletedAt = append(c.deletedAt, uint32(i))
		case sources.Added:
			c.added = append(c.added, rename.Side{Path: c.paths.strings[change.path], Mode: change.newMode, Blob: change.newBlob})
			c.addedAt = append(c.addedAt, uint32(i))
		}
	}
	if len(c.deleted) == 0 || len(c.added) == 0 {
		return rename.Outcome{}, nil
	}
	c.blobs.err = nil
	options := c.options
	if isWanted != nil {
		options.IsWanted = func(added int) bool { return isWanted(c.added[added].Path) }
	}
	pairs, outcome := c.detector.Detect(c.deleted, c.added, &c.blobs, options)
	if c.blobs.err != nil || len(pairs) == 0 {
		return outcome, c.blobs.err
	}
	for range c.diff.changes {
		c.fate = append(c.fate, renameFate{source: sources.None})
	}
	for _, pair := range pairs {
		c.fate[c.deletedAt[pair.Deleted]].isMoved = true
		target := &c.fate[c.addedAt[pair.Added]]
		target.source, target.similarity = c.deletedAt[pair.Deleted], pair.Score
	}
	return outcome, nil
}

// appendChanges adds diff.changes to the result, each deletion and addition that are one rename as a
// single change in the place of the addition.
func (c *comparer) appendChanges(result *comparedBatch) {
	for i := range c.diff.changes {
		full := c.diff.changes[i]
		change := Change{Path: full.path, From: sources.None, Action: full.action}
		if len(c.fate) > 0 {
			if c.fate[i].isMoved {
				continue
			}
			if source := c.fate[i].source; source != sources.None {
				old := &c.diff.changes[source]
				full.oldMode, full.oldBlob = old.oldMode, old.oldBlob
				change.Action, change.From, change.Similarity = sources.Renamed, old.path, c.fate[i].similarity
			}
		}
		result.changes = append(result.changes, change)
		if c.lines {
			result.pending = append(result.pending, full)
		}
	}
}

// blobContents answers the questions of rename detection from the repository. A blob that is missing
// or too large is unknown; err is the first of all other errors.
type blobContents struct {
	reader objects.Reader
	err    error
}

// largestBlob bounds the blobs whose content is looked at, in bytes: git's core.bigFileThreshold.
const largestBlob = 512 << 20

// Size is part of rename.Contents.
func (b *blobContents) Size(blob Hash) (int64, bool) {
	kind, size, err := b.reader.Size(blob)
	return size, b.note(err) && kind == objects.Blob && size <= largestBlob
}

// Read is part of rename.Contents.
func (b *blobContents) Read(blob Hash) ([]byte, bool) {
	kind, content, err := b.reader.Read(blob, largestBlob)
	return content, b.note(err) && kind == objects.Blob
}

func (b *blobContents) note(err error) bool {
	if err != nil && b.err == nil && !errors.Is(err, objects.ErrMissing) && !errors.Is(err, objects.ErrTooLarge) {
		b.err = err
	}
	return err == nil
}
