package git

import (
	"errors"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

var _ sources.Snapshot = (*Snapshot)(nil)

func TestASnapshotIsTheFilesOfACommit(t *testing.T) {
	b := gittest.New(t).Write("b/c", "text\n").Write("b.d", "").WriteExecutable("run", "#!\n").
		Link("link", "b/c").Submodule("sub", plumbing.NewHash("1111111111111111111111111111111111111111")).Commit("1")
	s, err := open(t, b, OpenOptions{}).Snapshot(b.Head())
	if err != nil {
		t.Fatal(err)
	}
	want := []sources.SnapshotFile{
		{Path: "b.d", Mode: sources.Regular},
		{Path: "b/c", Mode: sources.Regular},
		{Path: "link", Mode: sources.SymbolicLink},
		{Path: "run", Mode: sources.Executable},
		{Path: "sub", Mode: sources.Submodule},
	}
	if diff := cmp.Diff(want, s.Files()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if entry := s.Entry(1); entry.Mode != modeRegular || entry.Blob != b.Object(plumbing.BlobObject, "text\n") {
		t.Errorf("entry of b/c: %+v", entry)
	}
	for _, test := range []struct {
		path  string
		limit int64
		want  string
		err   error
	}{
		{"b/c", 100, "text\n", nil},
		{"b/c", 5, "text\n", nil},
		{"b/c", 4, "", sources.ErrTooLarge},
		{"b.d", 0, "", nil},
		{"link", 100, "", sources.ErrNoFile},
		{"sub", 100, "", sources.ErrNoFile},
		{"b", 100, "", sources.ErrNoFile},
		{"../b/c", 100, "", sources.ErrNoFile},
	} {
		content, err := s.Read(test.path, test.limit)
		if string(content) != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s up to %d bytes: %q, %v; want %q, %v", test.path, test.limit, content, err, test.want, test.err)
		}
	}
	if findings := s.Findings(); len(findings) != 0 {
		t.Errorf("findings: %+v", findings)
	}
}

func TestASnapshotLeavesOutNamesThatGitRefuses(t *testing.T) {
	b := gittest.New(t)
	blob := b.Object(plumbing.BlobObject, "x")
	tree := ""
	for _, name := range []string{".", "..", ".GIT", "a/b", "good"} {
		tree += gittest.TreeEntry("100644", name, blob)
	}
	tree += gittest.TreeEntry("100644", "good", blob)
	b.CommitObject("tree " + b.Object(plumbing.TreeObject, tree).String() + "\n\nx\n")
	s, err := open(t, b, OpenOptions{}).Snapshot(b.Head())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]sources.SnapshotFile{{Path: "good"}}, s.Files()); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	findings := s.Findings()
	if len(findings) != 1 || findings[0].Code != "hostile-names" || findings[0].Count != 5 {
		t.Errorf("findings: %+v", findings)
	}
}

func TestASnapshotSaysThatADirectoryIsMissing(t *testing.T) {
	b := gittest.New(t).Write("x", "x\n")
	directory := b.Tree()
	b.Write("x", "y\n").Write("d/x", "x\n").Commit("1")
	lose(t, b, directory)
	s, err := open(t, b, OpenOptions{}).Snapshot(b.Head())
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Files()) != 1 || len(s.Findings()) != 1 || s.Findings()[0].Severity != sources.Fatal {
		t.Errorf("files %v, findings %+v", s.Files(), s.Findings())
	}
}

// TestNamesAreRefusedAsGitRefusesThem asks git itself about each.
func TestNamesAreRefusedAsGitRefusesThem(t *testing.T) {
	program := gitProgram(t)
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	blob := b.Object(plumbing.BlobObject, "1\n").String()
	for _, name := range []string{
		".", "..", "...", ".git", ".GIT", ".gIt", ".git ", ".git.", ".git . .", ".git:x", ".git::$INDEX_ALLOCATION", `.git\x`, ".git x",
		".git . x", ".git\n", "git", "git~1", "GIT~1 ", "git~1.", "git~1x", "git~2", `..\x`, `a\b`, "a:b", ".gitmodules", ".g\u200cit", "con",
	} {
		_, err := runGit(program, b.Directory(), "-c", "core.protectHFS=false", "update-index", "--add", "--cacheinfo", "100644,"+blob+",d/"+name+"/f")
		if got := isHostileName(name); got != (err != nil) {
			t.Errorf("%q: refused %v; git says %v", name, got, err)
		}
	}
}
