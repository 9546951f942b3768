package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"keyperson/sources/git"
	"keyperson/sources/git/facts"
)

// history reads the history of a repository, from what an earlier run kept where there is any.
// Keeping is a convenience: whatever fails about it costs time, never the result.
func (p *program) history(ctx context.Context, repository *git.Repository, head git.Hash, flags sourceFlags, need need) (*git.History, error) {
	options := git.ReadOptions{Workers: flags.workers, Lines: flags.lines}
	if need.unlimitedRenames {
		options.RenameLimit = -1
	}
	kept, err := keptHistory(repository, flags, need)
	if err != nil {
		p.note("what is read is not kept for the next run: %v", err)
	}
	if kept != "" {
		options.Prior = p.load(kept)
	}
	bar := newProgress(p.stderr)
	options.Progress = bar.of(repository.Label(), "commits")
	history, err := repository.Read(ctx, head, options)
	bar.done()
	if err != nil {
		return nil, err
	}
	if kept != "" && (!holds(options.Prior, head) || history.Head == options.Prior.Head && history.Gaps() < options.Prior.Gaps()) {
		if err := keep(kept, history); err != nil {
			p.noteFailure("what was read", err)
		}
	}
	return history, nil
}

// cacheDirectory is where everything is kept, "" where nothing is.
func (f *sourceFlags) cacheDirectory() (string, error) {
	if f.noCache {
		return "", nil
	}
	if f.cache != "" {
		return f.cache, nil
	}
	user, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(user, "keyperson"), nil
}

// keptHistory is the file that keeps the history of a repository, "" where none is wanted. Readings
// that differ in what they read are kept apart: one would not do for the other.
func keptHistory(repository *git.Repository, flags sourceFlags, need need) (string, error) {
	directory, err := flags.cacheDirectory()
	if directory == "" {
		return "", err
	}
	if flags.lines {
		directory = filepath.Join(directory, "lines")
	}
	if need.unlimitedRenames {
		directory = filepath.Join(directory, "all-renames")
	}
	return facts.Location(directory, repository.Directory()), nil
}

func (p *program) load(path string) *git.History {
	history, err := facts.Load(path)
	if err != nil {
		if !errors.Is(err, facts.ErrNone) {
			p.noteUnusable("what an earlier run kept", err)
		}
		return nil
	}
	return history
}

func keep(path string, history *git.History) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return facts.Save(path, history)
}

// holds says whether a commit, and with it everything before it, is in a history.
func holds(history *git.History, commit git.Hash) bool {
	if history == nil {
		return false
	}
	for i := range history.Commits {
		if history.Commits[i].Hash == commit {
			return true
		}
	}
	return false
}
