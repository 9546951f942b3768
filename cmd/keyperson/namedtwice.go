package main

import (
	"os"
	"path/filepath"
)

// namedFile is a file or directory as an input names it.
type namedFile struct {
	input int
	name  string // as it is named
	path  string // absolute, links followed
	info  os.FileInfo
}

// namedTwice refuses to count the tickets of a file twice, named itself, through a link, or with its directory.
func namedTwice(inputs []ticketInput) error {
	all, err := namedFiles(inputs)
	if err != nil {
		return err
	}
	at := make(map[string]*namedFile, len(all))
	first := 0 // of the files of the same input, which may be thousands
	for i := range all {
		file := &all[i]
		if file.input != all[first].input {
			first = i
		}
		for k := range first {
			if earlier := &all[k]; os.SameFile(earlier.info, file.info) {
				return usage("%s is named twice, under %s and under %s: its tickets would count twice", file.name, inputs[earlier.input].origin, inputs[file.input].origin)
			}
		}
		at[file.path] = file
	}
	for i := range all {
		file := &all[i]
		for directory := filepath.Dir(file.path); directory != filepath.Dir(directory); directory = filepath.Dir(directory) {
			if other := at[directory]; other != nil && other.input != file.input {
				return usage("%s is named under %s and lies in %s: its tickets would count twice", file.name, inputs[file.input].origin, inputs[other.input].origin)
			}
		}
	}
	return nil
}

func namedFiles(inputs []ticketInput) ([]namedFile, error) {
	var all []namedFile
	for i := range inputs {
		for _, name := range inputs[i].files {
			path, err := filepath.Abs(name)
			if err != nil {
				return nil, err
			}
			if followed, err := filepath.EvalSymlinks(path); err == nil {
				path = followed // a pipe has no path that could be followed
			}
			info, err := os.Stat(name)
			if err != nil {
				return nil, usage("%w", err)
			}
			all = append(all, namedFile{i, name, path, info})
		}
	}
	return all, nil
}
