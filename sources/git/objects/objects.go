package objects

import (
	"github.com/go-git/go-git/v5/plumbing"
)

// Hash is the name of a git object.
type Hash = plumbing.Hash

// Kind is what an object is, in the numbers git uses inside packs.
type Kind uint8

// The kinds of object.
const (
	Commit Kind = 1
	Tree   Kind = 2
	Blob   Kind = 3
	Tag    Kind = 4
)

// String returns the kind as git writes it: "commit", "tree", "blob" or "tag".
func (k Kind) String() string {
	if k < Commit || k > Tag {
		return "unknown"
	}
	return [...]string{"", "commit", "tree", "blob", "tag"}[k]
}

// DefaultMaximumSize is the size in bytes up to which an object is read unless Options says otherwise.
const DefaultMaximumSize = 512 << 20

// DefaultCacheBytes is the memory one Reader keeps for bases of deltas unless Options says otherwise.
// A walk of a history, newest first, is not measurably faster with more.
const DefaultCacheBytes = 32 << 20

// Options changes how objects are read. The zero value is right for reading a repository one trusts
// as much as git does.
type Options struct {
	// MaximumSize is the largest object, in bytes, that is inflated or rebuilt from deltas, also on
	// the way to another; 0 means DefaultMaximumSize.
	MaximumSize int64
	// CacheBytes bounds the memory in which one Reader keeps recent trees and blobs as bases of
	// deltas; 0 means DefaultCacheBytes.
	CacheBytes int
	// NoAlternates leaves objects/info/alternates unread. What it lists is still reported.
	NoAlternates bool
	// AllowedAlternates, when not nil, are the only object directories outside the repository that
	// are read; other alternates are reported as refused.
	AllowedAlternates []string
	// Verify compares each object read with its id, and each index with its checksum when it is
	// opened. It costs about a quarter of the reading time.
	Verify bool
	// NoMapping reads packs piecemeal instead of mapping them into memory, as happens anyway where
	// the system cannot map.
	NoMapping bool
}

func (o Options) maximumSize() int64 {
	if o.MaximumSize > 0 {
		return o.MaximumSize
	}
	return DefaultMaximumSize
}

func (o Options) cacheBytes() int {
	if o.CacheBytes > 0 {
		return o.CacheBytes
	}
	return DefaultCacheBytes
}

// Database is the objects of one repository. It may be used from several goroutines.
type Database interface {
	// Reader returns a new reader for one goroutine. Readers share no lock while they read.
	Reader() Reader
	// Close releases files and memory. No reader may be in a call while it runs; calls after it
	// return ErrClosed.
	Close() error
}

// Reader reads objects of one repository. One Reader belongs to one goroutine.
type Reader interface {
	// Read returns kind and content of an object. The content is valid until the next call on this
	// Reader and must not be changed; to keep it, copy it: append(buffer[:0], content...).
	// It returns ErrMissing for an object that is not in the repository, ErrTooLarge for content
	// over limit bytes (limit <= 0: only Options.MaximumSize counts), and ErrDamaged, all wrapped
	// with the object and, where there is one, the file.
	Read(id Hash, limit int64) (Kind, []byte, error)
	// Size returns kind and size in bytes of an object; a pack's entry is not inflated for it.
	// Errors as Read; ErrTooLarge is never returned.
	Size(id Hash) (Kind, int64, error)
	// Has reports whether an object is in the repository.
	Has(id Hash) (bool, error)
	// Expand returns the ids that begin with prefix, ascending: none, one, or several when the
	// abbreviation is ambiguous. The prefix is 4 to 40 hexadecimal digits, else ErrPrefix.
	Expand(prefix string) ([]Hash, error)
	// Position returns where a packed object is stored. Reading objects in ascending order of
	// position is kind to disks; ok is false for objects without a known position.
	Position(id Hash) (p Position, ok bool)
}

// Position is a place in a pack: packs are numbered from 1 as they were opened, Offset is in bytes.
type Position struct {
	Pack   uint32
	Offset int64
}
