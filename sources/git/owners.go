package git

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"keyperson/sources"
	"keyperson/sources/git/linediff"
	"keyperson/sources/git/objects"
)

// FileOwners says who last wrote the lines of one file at a history's head.
type FileOwners struct {
	Path   string
	Lines  int                 // of the file
	Owners []sources.LineOwner // sorted by person, an index into History.People; nil where a missing blob hides it
}

// ErrNoLines is returned by Owners for a history that was read without lines.
var ErrNoLines = errors.New("the history was read without line counts")

// Owners tells for every regular text file at the history's head who last wrote each of its lines,
// in the order of the paths: the author whom `git blame` names. Renames are followed as blame follows
// them, whole files only, and a merge owns a line only where it differs from all parents.
//
// The versions of each file are found going back from the head, and the hunks that the history keeps
// are replayed over them going forward. Blobs are read only for merges that differ from all parents,
// and at the head. isWhole is false where objects were missing, which may come later.
func (r *Repository) Owners(ctx context.Context, history *History, workers int) (files []FileOwners, isWhole bool, err error) {
	if !history.hasLines() {
		return nil, false, fmt.Errorf("git: owners of lines of %s: %w; read it with ReadOptions.Lines", r.label, ErrNoLines)
	}
	var gaps gaps
	files, err = r.ownersOf(ctx, history, ReadOptions{Workers: workers}.workers(), &gaps)
	if err != nil {
		return nil, false, fmt.Errorf("git: owners of lines of %s: %w", r.label, asDamaged(err))
	}
	return files, !gaps.found.Load(), nil
}

// gaps remembers whether objects were missing.
type gaps struct{ found atomic.Bool }

// ignore drops an error that leaves something unknown.
func (g *gaps) ignore(err error) error {
	if errors.Is(err, objects.ErrMissing) {
		g.found.Store(true)
	}
	return ignoreUnknown(err)
}

func (r *Repository) ownersOf(ctx context.Context, history *History, workers int, gaps *gaps) ([]FileOwners, error) {
	snapshot, err := r.Snapshot(history.Head)
	if err != nil {
		return nil, err
	}
	merges, err := r.readMerges(ctx, history, workers, gaps)
	if err != nil {
		return nil, err
	}
	l := newLineage(history, merges, newMergeReader(r.database, history), gaps)
	var files []headFile
	for i, file := range snapshot.Files() {
		if file.Mode == sources.Regular || file.Mode == sources.Executable {
			files = append(files, headFile{file.Path, snapshot.Entry(i).Blob, l.addHead(file.Path)})
		}
	}
	if err := l.trace(ctx); err != nil {
		return nil, err
	}
	if err := r.compareMerged(ctx, l, workers, gaps); err != nil {
		return nil, err
	}
	owned := make([]FileOwners, len(files))
	states := l.replay(files)
	err = inParallel(ctx, workers, len(files), func() func(int) error {
		reader := r.database.Reader()
		return func(i int) error {
			lines, isText, err := textLines(reader, files[i].blob)
			err = gaps.ignore(err)
			if err == nil && isText {
				owned[i] = FileOwners{Path: files[i].path, Lines: lines, Owners: l.tally(states[i], lines)}
			}
			return err
		}
	})
	return slices.DeleteFunc(owned, func(f FileOwners) bool { return f.Path == "" }), err
}

// headFile is a regular file at the head, with the version of it that stands there.
type headFile struct {
	path    string
	blob    Hash
	version uint32
}

// textLines counts the lines of a blob; isText is false also for one that is missing.
func textLines(reader objects.Reader, blob Hash) (lines int, isText bool, err error) {
	_, content, err := reader.Read(blob, largestBlob)
	if err != nil || linediff.IsBinary(content) {
		return 0, false, err
	}
	return linediff.Lines(content), true, nil
}

// inParallel calls work with the numbers below count; each worker has its own work.
func inParallel(ctx context.Context, workers, count int, newWork func() func(int) error) error {
	const stretch = 32 // neighbours are alike, so that a reader's cache helps
	group, ctx := errgroup.WithContext(ctx)
	tasks := make(chan int, (count+stretch-1)/stretch)
	for first := 0; first < count; first += stretch {
		tasks <- first
	}
	close(tasks)
	for range workers {
		group.Go(func() error {
			work := newWork()
			for first := range tasks {
				for i := first; i < min(first+stretch, count); i++ {
					if ctx.Err() != nil {
						return ctx.Err()
					}
					if err := work(i); err != nil {
						return err
					}
				}
			}
			return nil
		})
	}
	return group.Wait()
}
