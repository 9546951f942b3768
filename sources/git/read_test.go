package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

// numbered returns lines "name 1" to "name n".
func numbered(name string, n int) string {
	var text strings.Builder
	for i := range n {
		text.WriteString(strings.Repeat(name+" ", 3) + string(rune('A'+i%26)) + strings.Repeat("-", i/26) + "\n")
	}
	return text.String()
}

func TestChangesOfTheNewestCommitReadAs(t *testing.T) {
	long := numbered("line", 40)
	tests := []struct {
		name    string
		history func(b *gittest.Builder)
		want    []string
	}{
		{"a root commit against the empty tree", func(b *gittest.Builder) {
			b.Write("b", "b\n").Write("a/x", "x\n")
		}, []string{`A ["a/x"]`, `A ["b"]`}},
		{"added, modified and deleted", func(b *gittest.Builder) {
			b.Write("keep", "1\n").Write("gone", "gone\n").Commit("1").Write("keep", "2\n").Write("new", "\n").Remove("gone")
		}, []string{`D ["gone"]`, `M ["keep"]`, `A ["new"]`}},
		{"a changed mode", func(b *gittest.Builder) {
			b.Write("run", "1\n").Commit("1").WriteExecutable("run", "1\n")
		}, []string{`M ["run"]`}},
		{"a file that became a link", func(b *gittest.Builder) {
			b.Write("f", "target").Commit("1").Link("f", "target")
		}, []string{`T ["f"]`}},
		{"a file that became a directory", func(b *gittest.Builder) {
			b.Write("f", "1\n").Write("f.c", "c\n").Commit("1").Write("f/f", "2 other\n").Write("f.c", "d\n")
		}, []string{`D ["f"]`, `M ["f.c"]`, `A ["f/f"]`}},
		{"an empty file that moved", func(b *gittest.Builder) {
			b.Write("a", "").Commit("1").Move("a", "b")
		}, []string{`R100 ["a" "b"]`}},
		{"a moved directory", func(b *gittest.Builder) {
			b.Write("a/1", "1\n").Write("a/2", "2\n").Commit("1").Move("a", "b/c")
		}, []string{`R100 ["a/1" "b/c/1"]`, `R100 ["a/2" "b/c/2"]`}},
		{"among identical files the one of the same base name", func(b *gittest.Builder) {
			b.Write("a/x", "same\n").Write("a/y", "same\n").Commit("1").Remove("a").Write("z/y", "same\n")
		}, []string{`D ["a/x"]`, `R100 ["a/y" "z/y"]`}},
		{"a move with edits", func(b *gittest.Builder) {
			b.Write("old", long).Commit("1").Remove("old").Write("new", long+"more\n")
		}, []string{`R099 ["old" "new"]`}},
		{"a link that moved with edits is no rename", func(b *gittest.Builder) {
			b.Link("old", long+"a").Commit("1").Remove("old").Link("new", long+"b")
		}, []string{`A ["new"]`, `D ["old"]`}},
		{"a link is not renamed to a file of the same content", func(b *gittest.Builder) {
			b.Link("old", "text").Commit("1").Remove("old").Write("new", "text")
		}, []string{`A ["new"]`, `D ["old"]`}},
		{"a submodule", func(b *gittest.Builder) {
			b.Write("f", "1\n").Commit("1").Submodule("sub", plumbing.NewHash("1111111111111111111111111111111111111111"))
		}, []string{`A ["sub"]`}},
		{"bytes that are no UTF-8", func(b *gittest.Builder) {
			b.Write("caf\xe9", "1\n")
		}, []string{`A ["caf\xe9"]`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t)
			test.history(b)
			b.Commit("last")
			h := read(t, b, ReadOptions{})
			got := facts(h)[b.Head().String()].Changes
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMergesContributeNothingOfTheirOwn(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1").Branch("side").Write("b", "2\n").Commit("2").
		Checkout("main").Write("c", "3\n").Commit("3").Merge("side", "4\n\nReviewed-by: Cy <cy@example.org>")
	h := read(t, b, ReadOptions{})
	merge := h.Commits[len(h.Commits)-1]
	if merge.Hash != b.Head() || len(merge.Parents) != 2 || merge.ChangeCount != 0 {
		t.Errorf("got %+v, want the merge last, with two parents and no changes", merge)
	}
	if len(h.Commits) != 4 || len(h.Changes) != 3 {
		t.Errorf("got %d commits and %d changes, want 4 and 3", len(h.Commits), len(h.Changes))
	}
}

func TestTheRenameLimitIsGitsAndIsReported(t *testing.T) {
	b := gittest.New(t)
	for _, name := range []string{"a", "b", "c"} {
		b.Write(name, numbered(name, 30))
	}
	b.Write("exact", "exact\n").Commit("1").Move("exact", "exact2")
	for _, name := range []string{"a", "b", "c"} {
		b.Remove(name).Write(name+"2", numbered(name, 30)+"edited\n")
	}
	b.Commit("2")
	for _, test := range []struct {
		name            string
		limit           int
		renames, limits int
	}{
		{"git's own", 0, 4, 0}, {"none", -1, 4, 0}, {"just enough", 3, 4, 0}, {"too low", 2, 1, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := read(t, b, ReadOptions{RenameLimit: test.limit})
			renames := 0
			for _, change := range h.Changes {
				if change.Action == sources.Renamed {
					renames++
				}
			}
			if renames != test.renames || len(h.RenamesSkipped) != test.limits {
				t.Errorf("limit %d: %d renames, %d commits skipped; want %d and %d",
					test.limit, renames, len(h.RenamesSkipped), test.renames, test.limits)
			}
			if findings := h.Findings("here"); len(findings) != test.limits {
				t.Errorf("findings: %+v", findings)
			}
		})
	}
}

// lose deletes a loose object.
func lose(t *testing.T, b *gittest.Builder, id Hash) {
	t.Helper()
	name := id.String()
	if err := os.Remove(filepath.Join(b.GitDirectory(), "objects", name[:2], name[2:])); err != nil {
		t.Fatal(err)
	}
}

func TestAMissingBlobMakesSimilarityUnknown(t *testing.T) {
	content := numbered("x", 20)
	b := gittest.New(t).Write("old", content).Write("same", "same\n").Commit("1").
		Remove("old").Write("new", content+"y\n").Move("same", "same2").Commit("2")
	lose(t, b, b.Object(plumbing.BlobObject, content))
	h := read(t, b, ReadOptions{})
	want := []string{`A ["new"]`, `D ["old"]`, `R100 ["same" "same2"]`}
	if diff := cmp.Diff(want, facts(h)[b.Head().String()].Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint32{1}, h.RenamesUnknown); diff != "" {
		t.Errorf("RenamesUnknown (-want +got):\n%s", diff)
	}
}

func TestAMissingTreeMakesItsCommitsUnreadable(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1").Write("a", "2\n").Commit("2")
	lost := b.Tree()
	b.Write("a", "3\n").Commit("3").Write("a", "4\n").Commit("4")
	lose(t, b, lost)
	h := read(t, b, ReadOptions{})
	if diff := cmp.Diff([]uint32{1, 2}, h.Unreadable); diff != "" {
		t.Errorf("Unreadable (-want +got):\n%s", diff)
	}
	findings := h.Findings("here")
	if len(findings) != 1 || findings[0].Code != "unreadable-commits" || findings[0].Severity != sources.Fatal {
		t.Errorf("findings: %+v", findings)
	}
}

func TestWhatWasMissingIsReadAgainWhenItIsThere(t *testing.T) {
	content := numbered("x", 20)
	b := gittest.New(t).Write("old", content).Commit("1").Remove("old").Write("new", content+"y\n").Commit("2").
		Write("new", content+"z\n").Commit("3")
	whole := read(t, b, ReadOptions{})
	blob := b.Object(plumbing.BlobObject, content).String()
	path := filepath.Join(b.GitDirectory(), "objects", blob[:2], blob[2:])
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	partial := read(t, b, ReadOptions{})
	if len(partial.RenamesUnknown) != 1 {
		t.Fatalf("RenamesUnknown: %v", partial.RenamesUnknown)
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, read(t, b, ReadOptions{Prior: partial})); diff != "" {
		t.Errorf("continued (-fresh +continued):\n%s", diff)
	}
}

func TestLinesOfBlobsThatWereMissingAreCountedWhenTheyAreThere(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1").Write("a", "1\n2\n").Commit("2").Write("b", "b\n").Commit("3")
	options := ReadOptions{Lines: true}
	whole := read(t, b, options)
	lost := b.Object(plumbing.BlobObject, "1\n2\n").String()
	path := filepath.Join(b.GitDirectory(), "objects", lost[:2], lost[2:])
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	partial := read(t, b, options)
	if diff := cmp.Diff([]uint32{1}, partial.LinesUnknown); diff != "" || partial.Lines[1] != notCounted {
		t.Fatalf("lines of the second change: %+v; LinesUnknown (-want +got):\n%s", partial.Lines[1], diff)
	}
	if findings := partial.Findings("here"); len(findings) != 1 || findings[0].Code != "uncounted-lines" || findings[0].Count != 1 {
		t.Errorf("findings %+v, want one commit with uncounted-lines", findings)
	}
	options.Prior = partial
	if diff := cmp.Diff(partial, read(t, b, options)); diff != "" {
		t.Errorf("continued while the blob is missing (-before +continued):\n%s", diff)
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, read(t, b, options)); diff != "" {
		t.Errorf("continued when it is there (-fresh +continued):\n%s", diff)
	}
}

func TestAPriorReadingThatAnswersOtherQuestionsIsNotUsed(t *testing.T) {
	b := gittest.New(t).Write("a", numbered("a", 9)).Write("b", numbered("b", 9)).Commit("1").
		Remove("a").Remove("b").Write("a2", numbered("a", 8)).Write("b2", numbered("b", 8)).Commit("2").
		Write("c", "c\n").Commit("3")
	fresh := read(t, b, ReadOptions{Lines: true})
	for _, test := range []struct {
		name  string
		prior ReadOptions
	}{
		{"without lines", ReadOptions{}},
		{"with another limit", ReadOptions{RenameLimit: 1, Lines: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := read(t, b, ReadOptions{Lines: true, Prior: read(t, b, test.prior)})
			if diff := cmp.Diff(fresh, got); diff != "" {
				t.Errorf("(-fresh +continued):\n%s", diff)
			}
		})
	}
	withoutLines := read(t, b, ReadOptions{})
	if diff := cmp.Diff(withoutLines, read(t, b, ReadOptions{Prior: fresh})); diff != "" {
		t.Errorf("lines known but not asked for (-fresh +continued):\n%s", diff)
	}
}

func TestLineCountsAreThoseOfTheChange(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n2\n3\n").Write("binary", "\x00").Write("gone", "1\n2\n").Commit("1").
		Write("a", "1\nx\n3\n4\n").Write("binary", "\x00\x00").Remove("gone").Link("link", "target").Commit("2")
	h := read(t, b, ReadOptions{Lines: true})
	last := h.Commits[len(h.Commits)-1]
	var got [][2]int32
	for _, count := range h.Lines[last.FirstChange:] {
		got = append(got, [2]int32{count.Added, count.Deleted})
	}
	want := [][2]int32{{2, 1}, {-1, -1}, {0, 2}, {1, 0}} // a, binary, gone, link
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestReadingStopsWhenItIsTold(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := open(t, b, OpenOptions{}).Read(ctx, b.Head(), ReadOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
}

func TestAHistoryIsInTheOrderItPromises(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").On("2024-03-01").Commit("later than its child").
		On("2024-01-01").Write("a", "2\n").Commit("earlier than its parent").
		Orphan("other").On("2024-02-01").Write("b", "1\n").Commit("a root of its own").
		On("2024-04-01").Merge("main", "join")
	h := read(t, b, ReadOptions{})
	var got []int64
	for _, commit := range h.Commits {
		got = append(got, commit.CommitTime/86400*86400)
	}
	want := []int64{1706745600, 1709251200, 1704067200, 1711929600} // 1 Feb, 1 Mar, 1 Jan, 1 Apr
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("days of commit (-want +got):\n%s", diff)
	}
}

func TestDamageIsAnError(t *testing.T) {
	tests := []struct {
		name   string
		damage func(t *testing.T, b *gittest.Builder)
		want   error
	}{
		{"a missing parent", func(t *testing.T, b *gittest.Builder) {
			parent := b.Head()
			b.Write("a", "2\n").Commit("2")
			lose(t, b, parent)
		}, ErrDamaged},
		{"a truncated tree", func(t *testing.T, b *gittest.Builder) {
			name := b.Tree().String()
			path := filepath.Join(b.GitDirectory(), "objects", name[:2], name[2:])
			if err := os.Chmod(path, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, 12); err != nil {
				t.Fatal(err)
			}
		}, ErrDamaged},
		{"a malformed tree", func(t *testing.T, b *gittest.Builder) {
			tree := b.Object(plumbing.TreeObject, "100644 name without an id")
			b.CommitObject("tree " + tree.String() + "\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx\n")
		}, ErrDamaged},
		{"a tree that is a blob", func(t *testing.T, b *gittest.Builder) {
			blob := b.Object(plumbing.BlobObject, "text")
			b.CommitObject("tree " + blob.String() + "\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx\n")
		}, ErrDamaged},
		{"a commit without a tree", func(t *testing.T, b *gittest.Builder) {
			b.CommitObject("author A <a> 1 +0000\n\nx\n")
		}, ErrDamaged},
		{"trees without end", func(t *testing.T, b *gittest.Builder) {
			tree := b.Tree()
			for range deepestTree + 1 {
				tree = b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", "d", tree))
			}
			b.CommitObject("tree " + tree.String() + "\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\n\nx\n")
		}, ErrUnsupported},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t).Write("a", "1\n").Commit("1")
			test.damage(t, b)
			h, err := open(t, b, OpenOptions{}).Read(context.Background(), b.Head(), ReadOptions{})
			if !errors.Is(err, test.want) {
				t.Errorf("got %v and history %v, want %v", err, h, test.want)
			}
		})
	}
}

func TestAPriorReadingOfTheSameHeadIsLookedAtAnewWhereItMissedSomething(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	b.Write("b", "2\n").Commit("2")
	cut := b.Head()
	b.Write("b", "3\n").Commit("3")
	whole := read(t, b, ReadOptions{})
	shallow := filepath.Join(b.GitDirectory(), "shallow")
	writeFile(t, shallow, cut.String()+"\n")
	short := read(t, b, ReadOptions{})
	if len(short.Commits) != 2 {
		t.Fatalf("got %d commits of the shallow clone, want 2", len(short.Commits))
	}
	if err := os.Remove(shallow); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(whole, read(t, b, ReadOptions{Prior: short})); diff != "" {
		t.Errorf("after git fetch --unshallow (-want +got):\n%s", diff)
	}
	unknown := *whole
	unknown.Commits = slices.Clone(whole.Commits)
	unknown.RenamesUnknown, unknown.Commits[2].ChangeCount = []uint32{2}, 0
	unknown.Changes = whole.Changes[:2]
	if diff := cmp.Diff(whole, read(t, b, ReadOptions{Prior: &unknown})); diff != "" {
		t.Errorf("after a missing blob came (-want +got):\n%s", diff)
	}
}
