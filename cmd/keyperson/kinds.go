package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"keyperson/sources"
	"keyperson/sources/filekind"
	"keyperson/sources/git"
	"keyperson/sources/git/facts"
)

// keptKinds is the file that keeps what the contents of a repository's files were found to be, "" where none
// is wanted. That nothing can be kept was said when the history was read.
func keptKinds(repository *git.Repository, flags sourceFlags) string {
	directory, err := flags.cacheDirectory()
	if err != nil || directory == "" {
		return ""
	}
	return facts.Location(directory, repository.Directory()) + ".kinds"
}

// loadKinds returns what an earlier run kept, else verdicts that know nothing yet.
func (p *program) loadKinds(path string) *filekind.Verdicts {
	if path == "" {
		return nil
	}
	data, err := readKept(path, filekind.LargestVerdicts)
	if err == nil {
		var verdicts *filekind.Verdicts
		if verdicts, err = filekind.DecodeVerdicts(data); err == nil {
			return verdicts
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		p.note("what an earlier run found out about files is of no use and is found out anew: %v", err)
	}
	return &filekind.Verdicts{}
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

func keepKinds(path string, verdicts *filekind.Verdicts) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return writeWhole(path, verdicts.Encode(), 0o600)
}

// classify says which files of each repository are assessed, and returns what it found on the way.
func (r *reading) classify(p *program) ([]sources.Finding, error) {
	var findings []sources.Finding
	first := 0
	for i, snapshot := range r.snapshots {
		last := first
		for last < len(r.evidence.Files) && r.evidence.Things[r.evidence.Files[last].Thing].Repository == uint32(i) {
			last++
		}
		part := *r.evidence
		part.Files = r.evidence.Files[:last:last]
		kept := keptKinds(r.repositories[i], r.flags)
		verdicts := p.loadKinds(kept)
		found, err := filekind.Classify(&part, first, snapshot, r.config.Exclude, verdicts)
		if err != nil {
			return nil, err
		}
		if kept != "" && verdicts.HasNew() {
			if err := keepKinds(kept, verdicts); err != nil {
				p.note("what was found out about files could not be kept for the next run: %v", err)
			}
		}
		findings = append(findings, found...)
		first = last
	}
	return findings, nil
}
