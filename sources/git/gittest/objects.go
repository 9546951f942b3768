package gittest

import (
	"io"
	"maps"
	"slices"
	"strings"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
)

// Object stores an object and returns its id.
func (b *Builder) Object(kind plumbing.ObjectType, content string) plumbing.Hash {
	b.t.Helper()
	object := b.repository.Storer.NewEncodedObject()
	object.SetType(kind)
	object.SetSize(int64(len(content)))
	w, err := object.Writer()
	if err != nil {
		b.t.Fatalf("store %s: %v", kind, err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		b.t.Fatalf("store %s: %v", kind, err)
	}
	if err := w.Close(); err != nil {
		b.t.Fatalf("store %s: %v", kind, err)
	}
	if b.stored[object.Hash()] {
		return object.Hash()
	}
	id, err := b.repository.Storer.SetEncodedObject(object)
	if err != nil {
		b.t.Fatalf("store %s: %v", kind, err)
	}
	b.stored[id] = true
	return id
}

// Tree returns the id of the tree that Commit would make now.
func (b *Builder) Tree() plumbing.Hash {
	b.t.Helper()
	return b.writeTree()
}

func (b *Builder) writeTree() plumbing.Hash {
	paths := slices.Sorted(maps.Keys(b.files))
	return b.writeDirectory(paths, 0)
}

// TreeEntry writes one entry of a tree as git stores it, for trees made by hand with Object.
func TreeEntry(mode, name string, id plumbing.Hash) string {
	return mode + " " + name + "\x00" + string(id[:])
}

// writeDirectory stores the tree of paths, which are sorted and share their first skip bytes.
func (b *Builder) writeDirectory(paths []string, skip int) plumbing.Hash {
	type entry struct{ order, text string }
	var entries []entry
	for len(paths) > 0 {
		name, _, isDirectory := strings.Cut(paths[0][skip:], "/")
		if !isDirectory {
			f := b.files[paths[0]]
			entries = append(entries, entry{name, TreeEntry(f.mode, name, f.blob)})
			paths = paths[1:]
			continue
		}
		// The paths of one directory stand together: '/' follows the same bytes in all of them.
		prefix := paths[0][:skip] + name + "/"
		count := 0
		for count < len(paths) && strings.HasPrefix(paths[count], prefix) {
			count++
		}
		tree := b.writeDirectory(paths[:count], len(prefix))
		entries = append(entries, entry{name + "/", TreeEntry("40000", name, tree)})
		paths = paths[count:]
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.order, b.order) })
	var content strings.Builder
	for _, e := range entries {
		content.WriteString(e.text)
	}
	return b.Object(plumbing.TreeObject, content.String())
}

// Branch makes a branch at the current commit and switches to it.
func (b *Builder) Branch(name string) *Builder {
	b.t.Helper()
	if !b.head.IsZero() {
		b.Reference("refs/heads/"+name, b.head)
	}
	b.branch = name
	return b.pointHead()
}

// Orphan switches to a new branch without commits and without files.
func (b *Builder) Orphan(name string) *Builder {
	b.t.Helper()
	b.branch, b.head, b.files = name, plumbing.ZeroHash, map[string]file{}
	return b.pointHead()
}

// Checkout switches to a branch; edits that were not committed are lost.
func (b *Builder) Checkout(name string) *Builder {
	b.t.Helper()
	b.branch, b.head = name, b.resolve(name)
	b.files = maps.Clone(b.trees[b.head])
	return b.pointHead()
}

func (b *Builder) resolve(branch string) plumbing.Hash {
	b.t.Helper()
	reference, err := b.repository.Reference(plumbing.NewBranchReferenceName(branch), true)
	if err != nil {
		b.t.Fatalf("branch %s: %v", branch, err)
	}
	return reference.Hash()
}

func (b *Builder) pointHead() *Builder {
	b.t.Helper()
	head := plumbing.NewSymbolicReference(plumbing.HEAD, plumbing.NewBranchReferenceName(b.branch))
	if err := b.repository.Storer.SetReference(head); err != nil {
		b.t.Fatalf("switch to %s: %v", b.branch, err)
	}
	return b
}

// Reference makes or moves a reference, such as refs/remotes/origin/main.
func (b *Builder) Reference(name string, target plumbing.Hash) *Builder {
	b.t.Helper()
	reference := plumbing.NewHashReference(plumbing.ReferenceName(name), target)
	if err := b.repository.Storer.SetReference(reference); err != nil {
		b.t.Fatalf("reference %s: %v", name, err)
	}
	return b
}

// Tag makes a tag of the current commit.
func (b *Builder) Tag(name string) *Builder {
	b.t.Helper()
	return b.Reference("refs/tags/"+name, b.head)
}

// AnnotatedTag makes a tag object of the current commit.
func (b *Builder) AnnotatedTag(name, message string) *Builder {
	b.t.Helper()
	id := b.Object(plumbing.TagObject, "object "+b.head.String()+"\ntype commit\ntag "+name+
		"\ntagger "+b.name+" <"+b.address+"> 1704110400 +0000\n\n"+message+"\n")
	return b.Reference("refs/tags/"+name, id)
}

// Pack puts all objects into one pack and the references into packed-refs.
func (b *Builder) Pack() *Builder {
	b.t.Helper()
	if err := b.repository.RepackObjects(&gogit.RepackConfig{}); err != nil {
		b.t.Fatalf("pack objects: %v", err)
	}
	if err := b.repository.Storer.PackRefs(); err != nil {
		b.t.Fatalf("pack references: %v", err)
	}
	return b
}
