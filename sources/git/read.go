package git

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"keyperson/sources/git/objects"
	"keyperson/sources/git/rename"
)

// ReadOptions changes what is read of a history, and how.
type ReadOptions struct {
	// Workers compare commits at the same time; 0 means one for each processor. The result does
	// not depend on it.
	Workers int
	// Lines asks for line counts, which takes several times as long.
	Lines bool
	// Prior is an earlier reading of the same repository. Commits in it are not read again, unless
	// something was missing then; the result is that of a reading without it. It is ignored when it
	// was read with another RenameLimit, or without the lines asked for now.
	Prior *History
	// RenameLimit bounds the search for renames with edits: where deleted times added files of a
	// commit exceed its square, only identical content is matched. 0 means git's 1000, below 0 no
	// limit.
	RenameLimit int
	// Progress is called now and then, never from two goroutines at once, with the number of
	// commits that are compared and of those found so far.
	Progress func(done, total int)
}

func (o ReadOptions) renameLimit() int {
	switch {
	case o.RenameLimit == 0:
		return rename.DefaultLimit
	case o.RenameLimit < 0:
		return -1
	}
	return o.RenameLimit
}

func (o ReadOptions) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Read reads the commits reachable from head and what each of them changed, as `git log --raw -M`
// shows it. The history is the same whatever the workers and caches. It returns ErrDamaged where
// git would have to give up, except for blobs and trees that are just missing: the commits they are
// missed in are listed in the history.
func (r *Repository) Read(ctx context.Context, head Hash, options ReadOptions) (*History, error) {
	if r.stillHolds(options.Prior, head, options) {
		return r.ofSize(options.Prior)
	}
	prior := newPrior(options.Prior, options.renameLimit(), options.Lines)
	w := newWalk(r.database.Reader(), r.shallow, prior)
	var batches []*comparedBatch
	var tables [][]string
	compare := func(database objects.Database) (err error) {
		batches, tables, err = r.compareAll(ctx, w, database, head, options)
		if err != nil || !options.Lines {
			return err
		}
		return countLines(ctx, database, batches, tables, options.workers())
	}
	var err error
	if options.Lines {
		err = r.withContent(compare)
	} else {
		err = compare(r.database)
	}
	if err != nil {
		return nil, fmt.Errorf("git: read history of %s: %w", r.label, err)
	}
	history := assemble(w, batches, tables, options.Lines)
	history.Head, history.RenameLimit = head, options.renameLimit()
	return r.ofSize(history)
}

// ofSize refuses a history that would become more records than fit into memory: one for the author of each change, and
// one for everyone whom its commit names.
func (r *Repository) ofSize(h *History) (*History, error) {
	changes, records := int64(len(h.Changes)), h.countRecords()
	if named := records - changes; records > r.mostChanges || named > r.mostNamed+namedForEach*changes {
		return nil, fmt.Errorf("git: read history of %s: %w: the trailers of its commits name %d people on the %d paths that they change, each counted on each: more than fit into memory",
			r.label, ErrUnsupported, named, changes)
	}
	return h, nil
}

// compareAll walks the commits in one goroutine and compares them in others as they are found. It
// returns all results, and each worker's paths.
func (r *Repository) compareAll(ctx context.Context, w *walk, database objects.Database, head Hash, options ReadOptions) ([]*comparedBatch, [][]string, error) {
	group, ctx := errgroup.WithContext(ctx)
	// The walk outruns the comparisons; batches are small, so it need not wait for them.
	tasks := make(chan []comparison, 1024)
	results := make(chan *comparedBatch, 16)

	group.Go(func() error {
		defer close(tasks)
		return w.run(ctx, head, func(batch []comparison) error {
			select {
			case tasks <- batch:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	tables := make([][]string, options.workers())
	var left atomic.Int64
	left.Store(r.mostChanges)
	workers, workersContext := errgroup.WithContext(ctx)
	for number := range options.workers() {
		workers.Go(func() error {
			c := newComparer(number, database, options.renameLimit(), options.Lines)
			c.diff.left = &left
			defer func() { tables[number] = c.paths.strings }()
			return c.work(workersContext, tasks, results)
		})
	}
	group.Go(func() error {
		defer close(results)
		return workers.Wait()
	})
	var batches []*comparedBatch
	done := 0
	for batch := range results {
		batches = append(batches, batch)
		done += len(batch.commits)
		if options.Progress != nil {
			options.Progress(done, max(done, int(w.planned.Load())))
		}
	}
	return batches, tables, group.Wait()
}

// work compares batches until there are no more.
func (c *comparer) work(ctx context.Context, tasks <-chan []comparison, results chan<- *comparedBatch) error {
	for batch := range tasks {
		result, err := c.compareBatch(ctx, batch)
		if err != nil {
			return err
		}
		select {
		case results <- result:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
