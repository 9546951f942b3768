package store

import (
	"crypto/sha256"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// File is what is remembered of an exported file, to know it again.
type File struct {
	Path     string // absolute
	Size     int64
	Modified int64 // nanoseconds since 1970; 0 where it was too fresh to tell later changes by
	Hash     [sha256.Size]byte
}

// tooFresh is how long after a change another one may leave the same time of change behind.
const tooFresh = 2 * time.Second

// Fingerprint remembers files as they are, sorted by path. Take it before reading them: whatever is written meanwhile
// shows in the next one.
func Fingerprint(paths []string) ([]File, error) {
	files := make([]File, 0, len(paths))
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		hash, err := hashOf(path)
		if err != nil {
			return nil, err
		}
		file := File{Path: path, Size: info.Size(), Modified: info.ModTime().UnixNano(), Hash: hash}
		if time.Since(info.ModTime()) < tooFresh {
			file.Modified = 0
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

// Unchanged says whether the files at the paths are those remembered: by size and time of change, and by content where
// only the time differs.
func Unchanged(remembered []File, paths []string) bool {
	if len(remembered) != len(paths) {
		return false
	}
	known := make(map[string]*File, len(remembered))
	for i := range remembered {
		known[remembered[i].Path] = &remembered[i]
	}
	for _, path := range paths {
		file := known[path]
		if file == nil || !file.isUnchanged() {
			return false
		}
	}
	return true
}

func (f *File) isUnchanged() bool {
	info, err := os.Stat(f.Path)
	if err != nil || info.Size() != f.Size {
		return false
	}
	if f.Modified != 0 && info.ModTime().UnixNano() == f.Modified {
		return true
	}
	hash, err := hashOf(f.Path)
	return err == nil && hash == f.Hash
}

func hashOf(path string) (hash [sha256.Size]byte, err error) {
	file, err := os.Open(path)
	if err != nil {
		return hash, err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return hash, err
	}
	return [sha256.Size]byte(sum.Sum(nil)), nil
}
