package git

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources/git/gittest"
)

// generator makes a random history, with much of what makes rename detection hard: few names, few
// different lines, directories moved as a whole, files edited while they move.
type generator struct {
	*rapid.T
	b        *gittest.Builder
	content  map[string]string // of the regular files of the current branch
	branches map[string]map[string]string
	branch   string
}

var (
	generatedDirectories = []string{"", "src/", "src/deep/er/", "lib/", "lib.d/", "caf\xe9/"}
	generatedNames       = []string{"a.c", "a", "b.c", "README", "lib", "sp ace", "n\xffon", "x.c"}
	generatedAuthors     = []string{"Ann", "Bo", "J\xf6rg", " Cy "}
)

func (g *generator) path(label string) string {
	return rapid.SampledFrom(generatedDirectories).Draw(g.T, label+" directory") +
		rapid.SampledFrom(generatedNames).Draw(g.T, label+" name")
}

// text ends with a line break: git versions differ in how they treat a rest without one.
func (g *generator) text() string {
	lines := rapid.SliceOfN(rapid.IntRange(0, 40), 0, 25).Draw(g.T, "lines")
	ending := rapid.SampledFrom([]string{"\n", "\n", "\r\n", "\x00\n", "\r\n\x00\r\n"}).Draw(g.T, "ending")
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(strings.Repeat(fmt.Sprintf("line %d ", line), 1+line%12) + ending)
	}
	return text.String()
}

// edited changes a few lines, enough for all degrees of similarity.
func (g *generator) edited(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for range rapid.IntRange(0, 8).Draw(g.T, "edits") {
		i := rapid.IntRange(0, len(lines)-1).Draw(g.T, "line")
		lines[i] = fmt.Sprintf("edited %d\n", rapid.IntRange(0, 99).Draw(g.T, "number"))
	}
	return strings.Join(lines, "")
}

// existing returns a file to work on, "" when there is none.
func (g *generator) existing() string {
	if len(g.content) == 0 {
		return ""
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(g.content))).Draw(g.T, "file")
}

func (g *generator) write(path, text string) {
	for other := range g.content {
		if strings.HasPrefix(other, path+"/") || strings.HasPrefix(path, other+"/") {
			delete(g.content, other)
		}
	}
	g.content[path] = text
	if rapid.IntRange(0, 9).Draw(g.T, "executable") == 0 {
		g.b.WriteExecutable(path, text)
		return
	}
	g.b.Write(path, text)
}

func (g *generator) remove(path string) {
	for other := range g.content {
		if other == path || strings.HasPrefix(other, path+"/") {
			delete(g.content, other)
		}
	}
	g.b.Remove(path)
}

// step does one edit.
func (g *generator) step() {
	kind := rapid.SampledFrom([]string{
		"add", "add", "edit", "edit", "remove", "move", "move", "move and edit", "move and edit",
		"move directory", "link", "submodule", "copy",
	}).Draw(g.T, "step")
	switch kind {
	case "add":
		g.write(g.path("new"), g.text())
	case "link":
		g.write(g.path("link"), "")
		path := g.path("link")
		g.remove(path)
		g.b.Link(path, rapid.SampledFrom(generatedNames).Draw(g.T, "target"))
	case "submodule":
		path := g.path("submodule")
		g.remove(path)
		g.b.Submodule(path, g.b.Head())
	case "move directory":
		from := strings.TrimSuffix(rapid.SampledFrom(generatedDirectories[1:]).Draw(g.T, "from"), "/")
		to := rapid.SampledFrom(generatedDirectories).Draw(g.T, "to") + "moved"
		for path, text := range maps.Clone(g.content) {
			if rest, ok := strings.CutPrefix(path, from+"/"); ok {
				g.remove(path)
				g.write(to+"/"+rest, text)
			}
		}
	default:
		if path := g.existing(); path != "" {
			g.change(kind, path)
		}
	}
}

func (g *generator) change(kind, path string) {
	text := g.content[path]
	switch kind {
	case "edit":
		g.write(path, g.edited(text))
	case "remove":
		g.remove(path)
	case "move":
		g.remove(path)
		g.write(g.path("to"), text)
	case "move and edit":
		g.remove(path)
		g.write(g.path("to"), g.edited(text))
	case "copy":
		g.write(g.path("to"), text)
	}
}

// commit ends a round of edits in one of several ways.
func (g *generator) commit(round int) {
	g.b.As(rapid.SampledFrom(generatedAuthors).Draw(g.T, "author"), "someone@example.org")
	others := slices.Sorted(maps.Keys(g.branches))
	if round > 0 && len(others) > 0 && rapid.IntRange(0, 4).Draw(g.T, "merge") == 0 {
		g.b.Merge(rapid.SampledFrom(others).Draw(g.T, "other"), "Merge")
		// Files that came in by the merge are left alone: the model need not know them.
	} else {
		g.b.Commit(fmt.Sprintf("OPS-%d: round %d\n\nRunbook: docs/%d.md", round%3+1, round, round))
	}
	if rapid.IntRange(0, 3).Draw(g.T, "switch") == 0 {
		g.branches[g.branch] = maps.Clone(g.content)
		g.branch = fmt.Sprintf("branch-%d", round)
		if rapid.IntRange(0, 9).Draw(g.T, "orphan") == 0 {
			g.b.Orphan(g.branch)
			g.content = map[string]string{}
		} else {
			g.b.Branch(g.branch)
		}
	}
}

func generate(t *rapid.T, directory string) *gittest.Builder {
	g := &generator{
		T: t, b: gittest.NewIn(t, directory), branch: "main",
		content: map[string]string{}, branches: map[string]map[string]string{},
	}
	rounds := rapid.IntRange(1, 12).Draw(t, "rounds")
	for round := range rounds {
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			g.step()
		}
		g.commit(round)
	}
	g.b.Commit("End") // never on an unborn branch
	return g.b
}

func TestGeneratedHistoriesAreReadAsGitReadsThem(t *testing.T) {
	program := gitProgram(t)
	rapid.Check(t, func(t *rapid.T) {
		directory, err := os.MkdirTemp("", "keyperson-history-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(directory)
		b := generate(t, directory)
		want, err := factsFromGit(program, directory)
		if err != nil {
			t.Fatal(err)
		}
		packed := openIn(t, directory, Packed)
		defer packed.Close()
		first, err := packed.Read(context.Background(), b.Head(), ReadOptions{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, facts(first)); diff != "" {
			t.Fatalf("history differs (-git +ours):\n%s", diff)
		}
		another, err := packed.Read(context.Background(), b.Head(), ReadOptions{Workers: 3})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, another); diff != "" {
			t.Fatalf("three workers read (-one worker +three):\n%s", diff)
		}
		checkBackends(t, directory, b, first)
		checkPrior(t, packed, b, first)
	})
}

func openIn(t *rapid.T, directory string, backend Backend) *Repository {
	r, err := Open(directory, OpenOptions{Backend: backend})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func checkBackends(t *rapid.T, directory string, b *gittest.Builder, want *History) {
	r := openIn(t, directory, GoGit)
	defer r.Close()
	got, err := r.Read(context.Background(), b.Head(), ReadOptions{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("the backends differ (-packed +gogit):\n%s", diff)
	}
}

// checkPrior continues a reading of any earlier commit, or of a later one, which is a rewritten
// history, to that of the whole.
func checkPrior(t *rapid.T, r *Repository, b *gittest.Builder, whole *History) {
	earlier := whole.Commits[rapid.IntRange(0, len(whole.Commits)-1).Draw(t, "earlier")].Hash
	prior, err := r.Read(context.Background(), earlier, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, direction := range []struct {
		name        string
		head        Hash
		prior, want *History
	}{
		{"forwards", b.Head(), prior, whole},
		{"backwards", earlier, whole, prior},
	} {
		got, err := r.Read(context.Background(), direction.head, ReadOptions{Prior: direction.prior})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(direction.want, got); diff != "" {
			t.Fatalf("continued %s (-fresh +continued):\n%s", direction.name, diff)
		}
	}
}
