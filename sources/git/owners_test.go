package git

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"

	"keyperson/sources/git/gittest"
)

// ownersByName returns for each file at the head its owners as "Ann 3, Bo 1".
func ownersByName(t *testing.T, b *gittest.Builder, workers int) map[string]string {
	t.Helper()
	r := open(t, b, OpenOptions{})
	h, err := r.Read(context.Background(), b.Head(), ReadOptions{Lines: true})
	if err != nil {
		t.Fatal(err)
	}
	files, _, err := r.Owners(context.Background(), h, workers)
	if err != nil {
		t.Fatal(err)
	}
	byPath := map[string]string{}
	for _, file := range files {
		var owners []string
		for _, owner := range file.Owners {
			owners = append(owners, fmt.Sprintf("%s %d", h.People[owner.Person].Name, owner.Lines))
		}
		byPath[file.Path] = strings.Join(owners, ", ")
	}
	return byPath
}

func as(b *gittest.Builder, name string) *gittest.Builder { return b.As(name, name+"@example.org") }

func abc(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

// mergeExactly commits the files as they are as a merge of another commit.
func mergeExactly(b *gittest.Builder, other Hash) {
	b.CommitObject(fmt.Sprintf("tree %s\nparent %s\nparent %s\nauthor Dee <Dee@example.org> 2000000000 +0000\n"+
		"committer Dee <Dee@example.org> 2000000000 +0000\n\nmerge\n", b.Tree(), b.Head(), other))
}

// ownershipStories are small histories and who must own what at their end.
var ownershipStories = []struct {
	name  string
	story func(b *gittest.Builder)
	want  map[string]string
}{
	{"one author", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", "1\n2\n3").Commit("one")
	}, map[string]string{"f": "Ann 3"}},
	{"an edit between kept lines", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2", "3", "4")).Write("empty", "").Commit("one")
		as(b, "Bo").Write("f", abc("0", "1", "x", "y", "3", "4")).Commit("two")
		as(b, "Cy").Write("f", abc("0", "1", "x", "3", "4")).Commit("three")
	}, map[string]string{"f": "Ann 3, Bo 2", "empty": ""}},
	{"a rename with an edit, and a new file in the old place", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2", "3", "4", "5", "6")).Commit("one")
		as(b, "Bo").Remove("f").Write("g", abc("1", "2", "3", "4", "5", "x")).Commit("two")
		as(b, "Cy").Write("f", abc("a")).Commit("three")
	}, map[string]string{"g": "Ann 5, Bo 1", "f": "Cy 1"}},
	{"a file deleted and created anew", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2")).Commit("one")
		as(b, "Bo").Remove("f").Write("other", "x\n").Commit("two")
		as(b, "Cy").Write("f", abc("1", "2")).Commit("three")
	}, map[string]string{"f": "Cy 2", "other": "Bo 1"}},
	{"a merge that takes edits of both sides and adds one of its own", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2", "3", "4", "5", "6", "7")).Commit("base").Branch("side")
		as(b, "Bo").Write("f", abc("1", "b", "3", "4", "5", "6", "7")).Write("new", "n\n").Commit("side")
		b.Checkout("main")
		as(b, "Cy").Write("f", abc("1", "2", "3", "4", "5", "c", "7")).Commit("main")
		as(b, "Dee").Write("f", abc("1", "b", "3", "d", "5", "c", "7")).Merge("side", "merge")
	}, map[string]string{"f": "Ann 4, Bo 1, Cy 1, Dee 1", "new": "Bo 1"}},
	{"a merge that takes the other side as it is", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2")).Commit("base").Branch("side")
		as(b, "Bo").Write("f", abc("1", "b")).Commit("side")
		b.Checkout("main")
		as(b, "Cy").Write("g", "c\n").Commit("main")
		as(b, "Dee").Write("f", abc("1", "b")).Merge("side", "merge")
		as(b, "Eve").Write("f", abc("1", "b", "e")).Commit("after")
	}, map[string]string{"f": "Ann 1, Bo 1, Eve 1", "g": "Cy 1"}},
	{"a merge of a rename and an edit under the old name", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2", "3", "4", "5", "6")).Commit("base").Branch("side")
		as(b, "Bo").Write("f", abc("1", "b", "3", "4", "5", "6")).Commit("side")
		side := b.Head()
		b.Checkout("main")
		as(b, "Cy").Move("f", "g").Commit("main")
		mergeExactly(as(b, "Dee").Write("g", abc("1", "b", "3", "4", "5", "6")), side)
	}, map[string]string{"g": "Ann 5, Bo 1"}},
	{"an unrelated history merged into a directory", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", abc("1", "2")).Commit("base").Branch("keep").Orphan("other")
		as(b, "Bo").Write("tool", abc("t", "u", "v")).Commit("other")
		other := b.Head()
		b.Checkout("keep")
		mergeExactly(as(b, "Cy").Write("tools/tool", abc("t", "u", "v")), other)
		as(b, "Cy").Write("tools/tool", abc("t", "u", "w")).Commit("edit")
	}, map[string]string{"f": "Ann 2", "tools/tool": "Bo 2, Cy 1"}},
	{"binary files, links and submodules have no owners", func(b *gittest.Builder) {
		as(b, "Ann").Write("binary", "\x00\n").Link("link", "binary").Write("f", "1\n").Commit("one")
	}, map[string]string{"f": "Ann 1"}},
	{"a binary file that became text with a line of it", func(b *gittest.Builder) {
		as(b, "Ann").Write("f", "\x00\n1\n").Commit("one")
		as(b, "Bo").Write("f", "1\n2\n3\n").Commit("two")
	}, map[string]string{"f": "Ann 1, Bo 2"}},
}

func TestWhoOwnsTheLinesAfter(t *testing.T) {
	for _, test := range ownershipStories {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t)
			test.story(b)
			got := ownersByName(t, b, 2)
			if difference := cmp.Diff(test.want, got); difference != "" {
				t.Errorf("owners (-want +got):\n%s", difference)
			}
			if difference := cmp.Diff(got, ownersByName(t, b, 1)); difference != "" {
				t.Errorf("one worker instead of two (-two +one):\n%s", difference)
			}
		})
	}
}

func TestOwnersAfterAPriorReadingAreThoseOfAFreshOne(t *testing.T) {
	b := gittest.New(t)
	as(b, "Ann").Write("f", abc("1", "2", "3", "4")).Commit("one")
	as(b, "Bo").Write("f", abc("1", "b", "3", "4")).Commit("two")
	prior := read(t, b, ReadOptions{Lines: true})
	as(b, "Cy").Write("f", abc("1", "b", "c", "4")).Commit("three")
	r := open(t, b, OpenOptions{})
	continued := read(t, b, ReadOptions{Lines: true, Prior: prior})
	if difference := cmp.Diff(read(t, b, ReadOptions{Lines: true}), continued); difference != "" {
		t.Errorf("history (-fresh +continued):\n%s", difference)
	}
	files, _, err := r.Owners(context.Background(), continued, 1)
	if err != nil || len(files) != 1 || len(files[0].Owners) != 3 || files[0].Lines != 4 {
		t.Errorf("Owners = %v, %v; want one file of 4 lines with 3 owners", files, err)
	}
}

func TestOwnersAreNotWholeWhileABlobIsMissing(t *testing.T) {
	b := gittest.New(t)
	as(b, "Ann").Write("f", "1\n").Write("g", "2\n").Commit("one")
	h := read(t, b, ReadOptions{Lines: true})
	if files, isWhole, err := open(t, b, OpenOptions{}).Owners(context.Background(), h, 1); err != nil || !isWhole || len(files) != 2 {
		t.Errorf("with all blobs: got %v, %v, %v; want two files and whole", files, isWhole, err)
	}
	lose(t, b, b.Object(plumbing.BlobObject, "2\n"))
	if files, isWhole, err := open(t, b, OpenOptions{}).Owners(context.Background(), h, 1); err != nil || isWhole || len(files) != 1 {
		t.Errorf("without the blob of g: got %v, %v, %v; want one file and not whole", files, isWhole, err)
	}
}

func TestOwnersNeedAHistoryWithLines(t *testing.T) {
	b := gittest.New(t)
	as(b, "Ann").Write("f", "1\n").Commit("one")
	_, _, err := open(t, b, OpenOptions{}).Owners(context.Background(), read(t, b, ReadOptions{}), 1)
	if !errors.Is(err, ErrNoLines) {
		t.Errorf("Owners of a history without lines: error %v, want ErrNoLines", err)
	}
}

func TestOwnersAreThoseGitBlameNames(t *testing.T) {
	program := gitProgram(t)
	for _, test := range ownershipStories {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t)
			test.story(b)
			for path, got := range ownersByName(t, b, 1) {
				output, err := runGit(program, b.Directory(), "blame", "--line-porcelain", b.Head().String(), "--", path)
				if err != nil {
					t.Fatal(err)
				}
				lines := map[string]int{}
				for line := range strings.Lines(string(output)) {
					if name, ok := strings.CutPrefix(line, "author "); ok {
						lines[strings.TrimSpace(name)]++
					}
				}
				want := strings.Split(strings.Trim(strings.ReplaceAll(fmt.Sprint(lines), ":", " "), "map[]"), " ")
				if difference := cmp.Diff(strings.Join(want, " "), strings.ReplaceAll(got, ",", "")); difference != "" {
					t.Errorf("%s (-git blame +got):\n%s", path, difference)
				}
			}
		})
	}
}
