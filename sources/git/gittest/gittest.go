// Package gittest makes git repositories for tests, in code that reads like the history it makes:
//
//	gittest.New(t).As("Ann", "ann@example.org").On("2024-01-02").
//		Write("a.go", "package a\n").Commit("Begin").
//		Branch("topic").As("Bo", "bo@example.org").Move("a.go", "b.go").Commit("Rename").
//		Checkout("main").Merge("topic", "Merge the topic")
//
// It needs no git program, and the same calls always make the same object ids. What it writes is a
// repository without checked-out files.
package gittest

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
)

// Reporter is the part of testing.TB that a Builder needs; property-testing libraries have it too.
type Reporter interface {
	Helper()
	Fatalf(format string, arguments ...any)
}

// file is a file of the state to be committed next.
type file struct {
	mode string // as trees write it
	blob plumbing.Hash
}

// Builder writes one repository. Every method that fails ends the test.
type Builder struct {
	t          Reporter
	directory  string
	repository *gogit.Repository

	files         map[string]file
	head          plumbing.Hash // zero on an unborn branch
	branch        string
	name, address string
	now           time.Time
	encoding      string
	trees         map[plumbing.Hash]map[string]file // the files of each commit
	stored        map[plumbing.Hash]bool
}

// New makes an empty repository, on an unborn branch called main, in a temporary directory.
func New(t testing.TB) *Builder {
	t.Helper()
	return NewIn(t, filepath.Join(t.TempDir(), "repository"))
}

// NewIn makes an empty repository in a directory of its own.
func NewIn(t Reporter, directory string) *Builder {
	t.Helper()
	options := &gogit.PlainInitOptions{}
	options.DefaultBranch = plumbing.NewBranchReferenceName("main")
	repository, err := gogit.PlainInitWithOptions(directory, options)
	if err != nil {
		t.Fatalf("make repository: %v", err)
	}
	return &Builder{
		t: t, directory: directory, repository: repository, branch: "main",
		name: "Ann", address: "ann@example.org",
		now:   time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC),
		files: map[string]file{}, trees: map[plumbing.Hash]map[string]file{},
		stored: map[plumbing.Hash]bool{},
	}
}

// Directory returns the work tree's directory.
func (b *Builder) Directory() string { return b.directory }

// GitDirectory returns the .git directory.
func (b *Builder) GitDirectory() string { return filepath.Join(b.directory, ".git") }

// Head returns the id of the current commit.
func (b *Builder) Head() plumbing.Hash { return b.head }

// As sets who makes the commits that follow.
func (b *Builder) As(name, address string) *Builder {
	b.name, b.address = name, address
	return b
}

// On sets the day, as in 2024-01-02, on which the commits that follow are made: the first at noon,
// each a minute after the one before.
func (b *Builder) On(day string) *Builder {
	b.t.Helper()
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		b.t.Fatalf("day: %v", err)
	}
	b.now = date.Add(12 * time.Hour)
	return b
}

// InEncoding writes an encoding header into the commits that follow; names and messages are the
// caller's bytes.
func (b *Builder) InEncoding(name string) *Builder {
	b.encoding = name
	return b
}

// Write adds or changes a regular file. What stands in its way, such as a file where it needs a
// directory, is removed.
func (b *Builder) Write(path, content string) *Builder {
	return b.put(path, file{"100644", b.Object(plumbing.BlobObject, content)})
}

// WriteExecutable is Write for an executable file.
func (b *Builder) WriteExecutable(path, content string) *Builder {
	return b.put(path, file{"100755", b.Object(plumbing.BlobObject, content)})
}

// Link adds or changes a symbolic link.
func (b *Builder) Link(path, target string) *Builder {
	return b.put(path, file{"120000", b.Object(plumbing.BlobObject, target)})
}

// Submodule adds or changes a submodule at a commit of another repository.
func (b *Builder) Submodule(path string, commit plumbing.Hash) *Builder {
	return b.put(path, file{"160000", commit})
}

func (b *Builder) put(path string, f file) *Builder {
	delete(b.files, path)
	for other := range b.files {
		if strings.HasPrefix(other, path+"/") || strings.HasPrefix(path, other+"/") {
			delete(b.files, other)
		}
	}
	b.files[path] = f
	return b
}

// Remove deletes a file, or a directory with everything in it.
func (b *Builder) Remove(path string) *Builder {
	maps.DeleteFunc(b.files, func(other string, _ file) bool { return isIn(other, path) })
	return b
}

// Move renames a file or a directory.
func (b *Builder) Move(from, to string) *Builder {
	moved := map[string]file{}
	for path, f := range b.files {
		if isIn(path, from) {
			moved[to+path[len(from):]] = f
		}
	}
	b.Remove(from)
	for path, f := range moved {
		b.put(path, f)
	}
	return b
}

func isIn(path, directory string) bool {
	return path == directory || strings.HasPrefix(path, directory+"/")
}

// Commit commits the files as they are now.
func (b *Builder) Commit(message string) *Builder {
	b.t.Helper()
	var parents []plumbing.Hash
	if !b.head.IsZero() {
		parents = append(parents, b.head)
	}
	return b.commit(message, parents)
}

// Merge commits the files as they are now, with those of another branch that are not there, as a
// merge of that branch; on an unborn branch as a commit that follows it.
func (b *Builder) Merge(branch, message string) *Builder {
	b.t.Helper()
	other := b.resolve(branch)
	for path, f := range b.trees[other] {
		if _, ok := b.files[path]; !ok && !b.isBlocked(path) {
			b.files[path] = f
		}
	}
	if b.head.IsZero() {
		return b.commit(message, []plumbing.Hash{other})
	}
	return b.commit(message, []plumbing.Hash{b.head, other})
}

// isBlocked holds for a path that needs a directory where there is a file, or the reverse.
func (b *Builder) isBlocked(path string) bool {
	for other := range b.files {
		if strings.HasPrefix(other, path+"/") || strings.HasPrefix(path, other+"/") {
			return true
		}
	}
	return false
}

func (b *Builder) commit(message string, parents []plumbing.Hash) *Builder {
	b.t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "tree %s\n", b.writeTree())
	for _, parent := range parents {
		fmt.Fprintf(&text, "parent %s\n", parent)
	}
	fmt.Fprintf(&text, "author %s <%s> %d +0000\n", b.name, b.address, b.now.Unix())
	fmt.Fprintf(&text, "committer %s <%s> %d +0000\n", b.name, b.address, b.now.Unix())
	if b.encoding != "" {
		fmt.Fprintf(&text, "encoding %s\n", b.encoding)
	}
	text.WriteString("\n" + message)
	if !strings.HasSuffix(message, "\n") {
		text.WriteString("\n")
	}
	b.now = b.now.Add(time.Minute)
	return b.CommitObject(text.String())
}

// CommitObject stores a commit written by hand, which may be a broken one, as the current commit.
func (b *Builder) CommitObject(content string) *Builder {
	b.t.Helper()
	b.head = b.Object(plumbing.CommitObject, content)
	b.trees[b.head] = maps.Clone(b.files)
	return b.Reference("refs/heads/"+b.branch, b.head)
}
