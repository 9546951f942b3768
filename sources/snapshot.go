package sources

import "errors"

// ErrTooLarge is returned by Snapshot.Read for a file over the caller's limit.
var ErrTooLarge = errors.New("file is over the size limit")

// ErrNoFile is returned by Snapshot.Read for a path that is not a regular file of the snapshot.
var ErrNoFile = errors.New("no such file")

// ErrMissing is returned where a repository knows of a content and does not have it, as in a partial clone. Nothing is
// damaged by that; what the content would have said is not known.
var ErrMissing = errors.New("its content is missing from this clone")

// FileMode tells regular files from what only looks like one.
type FileMode uint8

// The modes of a tree's entries.
const (
	Regular FileMode = iota
	Executable
	SymbolicLink // never followed
	Submodule
)

// SnapshotFile is one entry of a snapshot.
type SnapshotFile struct {
	Path string // slash-separated, raw bytes
	Mode FileMode
}

// Snapshot is the files of one revision of one repository. It reads only what the revision holds:
// no link is followed, nothing outside can be named.
type Snapshot interface {
	// Files returns all files, sorted by path bytewise.
	Files() []SnapshotFile
	// Read returns the content of a regular file; ErrNoFile, ErrTooLarge when it has more than limit bytes, or
	// ErrMissing.
	Read(path string, limit int64) ([]byte, error)
}
