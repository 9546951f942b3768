package demo

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// tree is a directory of the newest commit, as git has it and as it is stored.
type tree struct {
	entries []*treeEntry // in git's order
	content []byte
	stored  stored
	dirty   bool // something in it changed since it was stored
}

// treeEntry is a file or a directory.
type treeEntry struct {
	name    string
	sub     *tree // nil for a file
	content []byte
	stored  stored
	next    []byte // of a file: content not stored yet
}

// order is what git sorts an entry by.
func (e *treeEntry) order() string {
	if e.sub != nil {
		return e.name + "/"
	}
	return e.name
}

// put changes or adds a file; it is stored with the next commit.
func (t *tree) put(path string, content []byte) {
	for {
		t.dirty = true
		name, rest, isInside := strings.Cut(path, "/")
		entry := &treeEntry{name: name}
		if isInside {
			entry.sub = &tree{}
		}
		at, found := slices.BinarySearchFunc(t.entries, entry.order(), func(e *treeEntry, order string) int { return cmp.Compare(e.order(), order) })
		if !found {
			t.entries = slices.Insert(t.entries, at, entry)
		}
		entry = t.entries[at]
		if !isInside {
			entry.next = content
			return
		}
		t, path = entry.sub, rest
	}
}

// store writes what changed into the pack.
func (t *tree) store(w *packWriter) error {
	if !t.dirty {
		return nil
	}
	content := make([]byte, 0, len(t.content)+64)
	for _, e := range t.entries {
		if err := e.store(w); err != nil {
			return err
		}
		id := e.stored.id
		mode := "100644 "
		if e.sub != nil {
			mode, id = "40000 ", e.sub.stored.id
		}
		content = append(append(append(content, mode...), e.name...), 0)
		content = append(content, id[:]...)
	}
	t.dirty = false
	if bytes.Equal(content, t.content) {
		return nil
	}
	now, err := w.add(plumbing.TreeObject, content, t.stored, t.content)
	t.content, t.stored = content, now
	return err
}

func (e *treeEntry) store(w *packWriter) error {
	if e.sub != nil {
		return e.sub.store(w)
	}
	if e.next == nil || bytes.Equal(e.next, e.content) {
		return nil
	}
	now, err := w.add(plumbing.BlobObject, e.next, e.stored, e.content)
	e.content, e.stored, e.next = e.next, now, nil
	return err
}

// walk calls the function with every file, in the order of paths as git's index has it.
func (t *tree) walk(prefix string, visit func(path string, e *treeEntry) error) error {
	for _, e := range t.entries {
		var err error
		if e.sub != nil {
			err = e.sub.walk(prefix+e.name+"/", visit)
		} else {
			err = visit(prefix+e.name, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
