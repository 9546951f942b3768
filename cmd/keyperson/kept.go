package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"keyperson/analyzer"
	"keyperson/sources/filekind"
	"keyperson/sources/git"
	"keyperson/sources/git/facts"
)

// keeping is what the readings of one run share of what earlier runs kept.
type keeping struct {
	intervals     *analyzer.Intervals
	intervalsPath string // "" where they are not kept

	unusableTold, failureTold bool
}

// noteUnusable and noteFailure tell the first thing that cannot be used or kept. The others mostly have the same cause, and
// none costs more than time.
func (p *program) noteUnusable(what string, err error) {
	if !p.keeping.unusableTold {
		p.note("%s is of no use and is found out anew: %v", what, err)
	}
	p.keeping.unusableTold = true
}

func (p *program) noteFailure(what string, err error) {
	if !p.keeping.failureTold {
		p.note("%s could not be kept for the next run: %v", what, err)
	}
	p.keeping.failureTold = true
}

// The endings of what is kept of a repository beside the facts of its history.
const (
	kindsEnding     = ".kinds"     // what the contents of its files were found to be
	intervalsEnding = ".intervals" // what resampling its commits gave
)

// keptBeside is a file that keeps something of a repository, "" where nothing is to be kept. That nothing can be kept was
// said when the history was read.
func keptBeside(repository *git.Repository, flags sourceFlags, ending string) string {
	directory, err := flags.cacheDirectory()
	if err != nil || directory == "" {
		return ""
	}
	return facts.Location(directory, repository.Directory()) + ending
}

// loadKinds returns what an earlier run found out about files, else verdicts that know nothing yet; nil without a path.
func (p *program) loadKinds(path string) *filekind.Verdicts {
	return loadKept(p, path, filekind.LargestVerdicts, filekind.DecodeVerdicts, "what an earlier run found out about files")
}

// loadIntervals returns what an earlier run drew, likewise.
func (p *program) loadIntervals(path string) *analyzer.Intervals {
	return loadKept(p, path, analyzer.LargestIntervals, analyzer.DecodeIntervals, "what an earlier run drew for intervals")
}

// loadKept reads what an earlier run kept, else returns a value that knows nothing; nil without a path.
func loadKept[T any](p *program, path string, limit int64, decode func([]byte) (*T, error), what string) *T {
	if path == "" {
		return nil
	}
	data, err := readKept(path, limit)
	if err == nil {
		var kept *T
		if kept, err = decode(data); err == nil {
			return kept
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		p.noteUnusable(what, err)
	}
	return new(T)
}

// readKept reads a regular file of at most limit bytes. What is something else is not even opened: a pipe would
// wait forever.
func readKept(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > limit {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("it is no file that this program wrote")}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, limit))
	return data, errors.Join(err, file.Close())
}

// intervals are what resampling gave in this run and in earlier ones, shared by all readings of a run. They are kept with
// the first repository: a digest of all inputs finds them, wherever they lie.
func (p *program) intervals(r *reading) *analyzer.Intervals {
	if len(r.repositories) == 0 {
		return nil
	}
	if path := keptBeside(r.repositories[0], r.flags, intervalsEnding); path != p.keeping.intervalsPath {
		p.keepIntervals()
		p.keeping.intervalsPath, p.keeping.intervals = path, p.loadIntervals(path)
	}
	return p.keeping.intervals
}

// keepIntervals keeps for the next run what this one drew.
func (p *program) keepIntervals() {
	kept := p.keeping.intervals
	if kept == nil || !kept.HasNew() {
		return
	}
	if err := facts.Keep(p.keeping.intervalsPath, kept.Encode()); err != nil {
		p.noteFailure("what was drawn for intervals", err)
	}
}
