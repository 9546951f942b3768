package git

import (
	"bytes"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing/filemode"
)

// The modes of a tree's entries in git's canonical form. Old programs wrote others, which mean these.
const (
	modeTree       = uint32(filemode.Dir)
	modeRegular    = uint32(filemode.Regular)
	modeExecutable = uint32(filemode.Executable)
	modeLink       = uint32(filemode.Symlink)
	modeSubmodule  = uint32(filemode.Submodule)
)

const modeTypeMask = 0o170000

// entry is one entry of a tree; its name points into the tree's content.
type entry struct {
	name []byte
	mode uint32
	id   Hash
}

func (e *entry) isTree() bool { return e.mode == modeTree }

// errMalformedTree says that a tree's content is no list of entries.
var errMalformedTree = fmt.Errorf("%w: a tree is malformed; run git fsck", ErrDamaged)

// nextEntry reads the entry at the beginning of content and returns its length in bytes, 0 for a
// malformed one.
func nextEntry(content []byte) (e entry, length int) {
	space := 0
	mode := uint32(0)
	for ; ; space++ {
		if space == len(content) || space > 7 {
			return e, 0
		}
		digit := content[space]
		if digit == ' ' {
			break
		}
		if digit < '0' || digit > '7' {
			return e, 0
		}
		mode = mode<<3 + uint32(digit-'0')
	}
	nameLength := bytes.IndexByte(content[space+1:], 0)
	length = space + 1 + nameLength + 1 + len(e.id)
	if space == 0 || nameLength < 1 || length > len(content) {
		return e, 0
	}
	e.name = content[space+1:][:nameLength]
	e.mode = canonicalMode(mode)
	copy(e.id[:], content[length-len(e.id):])
	return e, length
}

// entryLength returns the length in bytes of the entry that content begins with, 0 for a malformed
// one, without looking closely.
func entryLength(content []byte) int {
	end := bytes.IndexByte(content, 0)
	length := end + 1 + len(Hash{})
	if end < 0 || length > len(content) {
		return 0
	}
	return length
}

func canonicalMode(mode uint32) uint32 {
	switch mode & modeTypeMask {
	case modeTree:
		return modeTree
	case modeLink:
		return modeLink
	case modeRegular & modeTypeMask:
		if mode&0o100 != 0 {
			return modeExecutable
		}
		return modeRegular
	}
	return modeSubmodule
}

// compareNames orders entries as git sorts a tree: as if the name of a directory ended with a slash.
func compareNames(a, b *entry) int {
	shorter := min(len(a.name), len(b.name))
	if order := bytes.Compare(a.name[:shorter], b.name[:shorter]); order != 0 {
		return order
	}
	return int(a.byteAt(shorter)) - int(b.byteAt(shorter))
}

func (e *entry) byteAt(i int) byte {
	switch {
	case i < len(e.name):
		return e.name[i]
	case e.isTree():
		return '/'
	}
	return 0
}
