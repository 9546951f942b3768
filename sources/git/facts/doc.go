// Package facts keeps a git.History on disk between runs: one file for one repository, written whole
// and read whole, so that a second run reads only the commits that are new.
//
// A file is a header and a row of columns. A column is one field of all commits, changes, paths … as
// variable-length integers, mostly differences to the row before, compressed with zstd. Nothing in a
// file is trusted: sizes are bounded by the file's own length before memory is taken, every column
// has a checksum, and every index is checked. What cannot be used is read anew from the repository,
// so files of an older version are refused and not converted.
package facts

import "errors"

var (
	// ErrNone says that nothing is kept yet at a path.
	ErrNone = errors.New("nothing kept yet")
	// ErrUnusable says that what is kept cannot be used: it is damaged, cut off, of another version
	// or cannot be read. The caller reads the repository anew and saves over it.
	ErrUnusable = errors.New("kept facts are unusable")
)
