package jira

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"keyperson/sources"
)

// directory reads the exports below a directory, sorted by path. Symbolic links within it are not followed.
func (r *fileReading) directory(ctx context.Context, root string) error {
	before := r.met()
	r.isListed = true
	defer func() { r.isListed = false }()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			r.fail(path, 0, withoutPath(err))
			return nil
		}
		if !entry.Type().IsRegular() || !IsExport(path) {
			r.passed.add(root, path, entry)
			return nil
		}
		return r.file(ctx, path)
	})
	if err == nil && r.met() == before {
		r.fail(root, 0, errors.New("a directory without exported tickets: no .json, .jsonl, .ndjson or .csv file with issues in it, gzipped or not"))
	}
	return err
}

// met counts what was met so far, of use or not.
func (r *fileReading) met() int {
	return len(r.tickets) + r.repeated + len(r.problems.Problems) + r.problems.More
}

// IsExport says whether a file of this name, met in a directory, is read as an export.
func IsExport(path string) bool {
	name := strings.TrimSuffix(strings.ToLower(path), ".gz")
	return strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson") || strings.HasSuffix(name, ".csv")
}

// passedOver is what directories hold beside exports: it may be exports under a name that does not say so.
type passedOver struct {
	count int
	first string // below its directory
}

// add counts a file or link; what programs hide (.git, .DS_Store) is no export of anybody's.
func (p *passedOver) add(root, path string, entry fs.DirEntry) {
	if entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
		return
	}
	if p.count++; p.count > 1 {
		return
	}
	p.first = entry.Name()
	if below, err := filepath.Rel(root, path); err == nil {
		p.first = filepath.ToSlash(below)
	}
}

func (p *passedOver) findings(label string) []sources.Finding {
	if p.count == 0 {
		return nil
	}
	what := "1 link or file of another kind in a directory of exports was not read"
	if p.count > 1 {
		what = fmt.Sprintf("%d links and files of other kinds in directories of exports were not read, the first", p.count)
	}
	return []sources.Finding{{
		Code: "files-passed-over", Severity: sources.Note, Count: p.count,
		Message: fmt.Sprintf("%s: %s: %s", label, what, p.first),
		Advice:  "if they are exports, name them themselves; a directory stands for its files that end in .json, .jsonl, .ndjson or .csv, gzipped or not",
	}}
}
