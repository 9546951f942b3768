package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/rogpeppe/go-internal/testscript"

	"keyperson/sources/git/gittest"
)

// hostileRepositories are repositories that no git client would make, each on top of a month of honest work on a.go.
var hostileRepositories = map[string]func(b *gittest.Builder){
	"names": func(b *gittest.Builder) {
		commitEntries(b, "100644", "..", ".GIT", ".git ", "git~1", `..\outside.go`, "a.go", "=1+1.go", "\x1b[2J.go")
	},
	"directories": func(b *gittest.Builder) {
		commitTree(b, directories(b, 5000, "d"))
	},
	"bomb": func(b *gittest.Builder) {
		commitTree(b, directories(b, 30, "a", "b"))
	},
	"links": func(b *gittest.Builder) {
		for _, path := range []string{"CODEOWNERS", ".mailmap", ".gitattributes", "keyperson.yaml", "go.mod", "docs/runbooks/restore.md"} {
			b.Link(path, "../secret")
		}
		b.Link("docs/runbooks/all", "/").Commit("Links")
	},
	"dates": func(b *gittest.Builder) {
		for _, date := range []string{"0", "-1", "9223372036854775807", "99999999999999999999", "x"} {
			b.CommitObject(fmt.Sprintf("tree %s\nparent %s\nauthor Ann <a@b> %[3]s +0000\ncommitter Ann <a@b> %[3]s +0000\n\nx\n", b.Tree(), b.Head(), date))
		}
		b.On("2024-02-01").Write("a.go", "the last\n").Commit("An honest date again")
	},
	"future": func(b *gittest.Builder) {
		b.On("2106-02-07").Write("a.go", "the last\n").Commit("A clock was wrong")
	},
	"past": func(b *gittest.Builder) {
		b.On("2001-01-01").Write("a.go", "the last\n").Commit("A clock was wrong")
	},
	"later": func(b *gittest.Builder) {
		for range 10 {
			b.CommitObject(fmt.Sprintf("tree %s\nparent %s\nauthor Ann <a@b> 2000000000 +0000\ncommitter Ann <a@b> 1706788800 +0000\n\nx\n", b.Tree(), b.Head()))
		}
	},
	"people": func(b *gittest.Builder) {
		b.As("=HYPERLINK(\"http://evil\")\x1b[2J", "<script>@evil\u202e").Write("a.go", "x\n").Commit("\x1b]0;pwned\x07<script>alert(1)</script>")
		b.As("", "").Write("a.go", "y\n").Commit("")
	},
}

// directories makes a tree with one file, so many directories deep under each of the names.
func directories(b *gittest.Builder, depth int, names ...string) plumbing.Hash {
	tree := b.Object(plumbing.TreeObject, gittest.TreeEntry("100644", "f", b.Object(plumbing.BlobObject, "1\n")))
	for range depth {
		var content strings.Builder
		for _, name := range names {
			content.WriteString(gittest.TreeEntry("40000", name, tree))
		}
		tree = b.Object(plumbing.TreeObject, content.String())
	}
	return tree
}

func commitEntries(b *gittest.Builder, mode string, names ...string) {
	slices.Sort(names)
	var content strings.Builder
	for _, name := range names {
		content.WriteString(gittest.TreeEntry(mode, name, b.Object(plumbing.BlobObject, "hostile\n")))
	}
	commitTree(b, b.Object(plumbing.TreeObject, content.String()))
}

func commitTree(b *gittest.Builder, tree plumbing.Hash) {
	b.CommitObject(fmt.Sprintf("tree %s\nparent %s\nauthor Bo <bo@example.org> 1706788800 +0000\ncommitter Bo <bo@example.org> 1706788800 +0000\n\nx\n", tree, b.Head()))
}

// scriptReporter makes a script what a builder reports to.
type scriptReporter struct{ *testscript.TestScript }

func (scriptReporter) Helper() {}

// hostileCommand makes one of hostileRepositories: hostile KIND DIRECTORY.
func hostileCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	if len(arguments) != 2 || hostileRepositories[arguments[0]] == nil {
		ts.Fatalf("usage: hostile KIND DIRECTORY, where KIND is a key of hostileRepositories")
	}
	b := gittest.NewIn(scriptReporter{ts}, ts.MkAbs(arguments[1]))
	for i := range 30 {
		b.On(fmt.Sprintf("2024-01-%02d", i+1)).Write("a.go", fmt.Sprintf("package a // %d\n", i)).Commit("Work")
	}
	hostileRepositories[arguments[0]](b)
}
