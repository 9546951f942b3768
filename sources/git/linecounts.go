package git

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources/git/linediff"
	"keyperson/sources/git/objects"
)

// uncounted is a change in which lines are still to be counted.
type uncounted struct {
	path   string
	commit uint32 // number of the walk
	batch  *comparedBatch
	index  int // into the batch's changes
	hunks  []LineHunk
	missed bool // content is missing
}

// countLines counts lines in all changes of the batches, those of one path one after the other: packs
// keep the versions of a file as deltas of each other, so that each is rebuilt from one that was just
// read. In the order of commits it takes twice as long on a history of 60,000 commits.
func countLines(ctx context.Context, database objects.Database, batches []*comparedBatch, tables [][]string, workers int) error {
	changes := uncountedChanges(batches, tables)
	slices.SortFunc(changes, func(a, b uncounted) int {
		return cmp.Or(strings.Compare(a.path, b.path), cmp.Compare(a.commit, b.commit), cmp.Compare(a.index, b.index))
	})
	const stretch = 16 // times that of inParallel: so many neighbours stay with one worker
	err := inParallel(ctx, workers, (len(changes)+stretch-1)/stretch, func() func(int) error {
		counter := &lineCounter{reader: database.Reader()}
		return func(i int) error {
			for j := i * stretch; j < min((i+1)*stretch, len(changes)); j++ {
				u := &changes[j]
				count, hunks, err := counter.count(&u.batch.pending[u.index])
				if err != nil {
					return fmt.Errorf("lines of %q: %w", u.path, asDamaged(err))
				}
				u.batch.lines[u.index], u.hunks, u.missed = count, hunks, counter.missed
			}
			return nil
		}
	})
	if err != nil {
		return err
	}
	gatherHunks(batches, changes)
	return nil
}

func uncountedChanges(batches []*comparedBatch, tables [][]string) []uncounted {
	var changes []uncounted
	for _, batch := range batches {
		batch.lines = make([]LineCount, len(batch.pending))
		index := 0
		for i := range batch.commits {
			for range batch.commits[i].changeCount {
				path := tables[batch.worker][batch.changes[index].Path]
				changes = append(changes, uncounted{path: path, commit: batch.commits[i].number, batch: batch, index: index})
				index++
			}
		}
	}
	return changes
}

// gatherHunks puts the hunks of each batch in the order of its changes.
func gatherHunks(batches []*comparedBatch, changes []uncounted) {
	ofBatch := make(map[*comparedBatch][]*uncounted, len(batches))
	for _, batch := range batches {
		ofBatch[batch] = make([]*uncounted, len(batch.changes))
	}
	for i := range changes {
		ofBatch[changes[i].batch][changes[i].index] = &changes[i]
	}
	for _, batch := range batches {
		index := 0
		for i := range batch.commits {
			commit := &batch.commits[i]
			for range commit.changeCount {
				counted := ofBatch[batch][index]
				batch.hunks = append(batch.hunks, counted.hunks...)
				commit.hunkCount += uint32(len(counted.hunks))
				commit.linesUnknown = commit.linesUnknown || counted.missed
				index++
			}
		}
		batch.pending = nil
	}
}

// lineCounter counts added and deleted lines as `git log --numstat` does, and notes where they are.
type lineCounter struct {
	reader objects.Reader
	differ linediff.Differ
	before []byte
	missed bool // whether content was missing at the last count
}

// notCounted is the answer for content that is missing.
var notCounted = LineCount{Added: -1, Deleted: -1}

func (c *lineCounter) count(change *pathChange) (LineCount, []LineHunk, error) {
	c.missed = false
	if change.oldBlob == change.newBlob && change.oldMode == change.newMode {
		return LineCount{}, nil, nil // a rename without edits, which is nothing to git even when binary
	}
	before, err := c.side(change.oldMode, change.oldBlob)
	if err != nil {
		return notCounted, nil, ignoreUnknown(err)
	}
	c.before = append(c.before[:0], before...)
	after, err := c.side(change.newMode, change.newBlob)
	if err != nil {
		return notCounted, nil, ignoreUnknown(err)
	}
	// Blame compares lines of binary files too, which text may descend from.
	hunks := appendHunks(nil, c.differ.Hunks(c.before, after))
	count := LineCount{Hunks: uint32(len(hunks))}
	if linediff.IsBinary(c.before) || linediff.IsBinary(after) {
		count.Added, count.Deleted = -1, -1
		return count, hunks, nil
	}
	for _, hunk := range hunks {
		count.Added += int32(hunk.Added)
		count.Deleted += int32(hunk.Deleted)
	}
	return count, hunks, nil
}

// appendHunks adds hunks in the form a History keeps.
func appendHunks(list []LineHunk, hunks []linediff.Hunk) []LineHunk {
	end := 0
	for _, hunk := range hunks {
		list = append(list, LineHunk{uint32(hunk.OldStart - end), uint32(hunk.OldLines), uint32(hunk.NewLines)})
		end = hunk.OldStart + hunk.OldLines
	}
	return list
}

// side returns one side's content; a submodule's is the line that git shows for it.
func (c *lineCounter) side(mode uint32, blob Hash) ([]byte, error) {
	switch mode {
	case 0:
		return nil, nil
	case modeSubmodule:
		return []byte("Subproject commit " + blob.String() + "\n"), nil
	}
	_, content, err := c.reader.Read(blob, largestBlob)
	c.missed = c.missed || errors.Is(err, objects.ErrMissing)
	return content, err
}

func ignoreUnknown(err error) error {
	if errors.Is(err, objects.ErrMissing) || errors.Is(err, objects.ErrTooLarge) {
		return nil
	}
	return err
}

// hasLines reports whether line counts and hunks were read.
func (h *History) hasLines() bool {
	return len(h.Changes) == 0 || h.Lines != nil && h.Hunks != nil
}

// firstHunks returns for each change, and for the end of them, the index of its first hunk.
func firstHunks(lines []LineCount) []uint32 {
	first := make([]uint32, len(lines)+1)
	for i := range lines {
		first[i+1] = first[i] + lines[i].Hunks
	}
	return first
}

// withContent calls work with the objects, read in a way that suits the content of many versions.
func (r *Repository) withContent(work func(objects.Database) error) error {
	if r.options.Backend == GoGit {
		return work(r.database)
	}
	database, err := r.openObjects(linesCacheBytes)
	if err != nil {
		return err
	}
	return errors.Join(work(database), database.Close())
}
