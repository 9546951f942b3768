package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

// readAll does with a repository all that a run does.
func readAll(t *testing.T, b *gittest.Builder) (*History, *Snapshot, []sources.Finding) {
	t.Helper()
	r := open(t, b, OpenOptions{})
	head, err := r.Resolve("HEAD")
	if err != nil {
		t.Fatal(err)
	}
	h, err := r.Read(context.Background(), head, ReadOptions{Lines: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Owners(context.Background(), h, 2); err != nil {
		t.Fatal(err)
	}
	s, err := r.Snapshot(head)
	if err != nil {
		t.Fatal(err)
	}
	return h, s, r.Condition()
}

func TestNothingThatARepositoryConfiguresIsRun(t *testing.T) {
	b := gittest.New(t).Write("a.go", "1\n").Write(".gitattributes", "* filter=evil diff=evil merge=evil\n").Commit("1")
	canary := filepath.Join(t.TempDir(), "canary")
	script := filepath.Join(b.GitDirectory(), "evil")
	writeFile(t, script, "#!/bin/sh\ntouch "+canary+"\ncat\n")
	for _, hook := range []string{"post-checkout", "pre-auto-gc", "reference-transaction", "fsmonitor-watchman", "post-index-change"} {
		writeFile(t, filepath.Join(b.GitDirectory(), "hooks", hook), "#!/bin/sh\ntouch "+canary+"\n")
		if err := os.Chmod(filepath.Join(b.GitDirectory(), "hooks", hook), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(b.GitDirectory(), "config"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(b.GitDirectory(), "config"), string(config)+fmt.Sprintf(`
[core]
	fsmonitor = %[1]s
	hooksPath = %[2]s
	sshCommand = %[1]s
	pager = %[1]s
	editor = %[1]s
	gitProxy = %[1]s
	alternateRefsCommand = %[1]s
	worktree = /
	attributesFile = /dev/zero
	excludesFile = /dev/zero
[filter "evil"]
	clean = %[1]s
	smudge = %[1]s
	process = %[1]s
	required = true
[diff "evil"]
	command = %[1]s
	textconv = %[1]s
[credential]
	helper = !%[1]s
[include]
	path = /dev/zero
[includeIf "gitdir:/"]
	path = /dev/zero
[remote "origin"]
	url = ext::%[1]s
	promisor = true
	partialclonefilter = blob:none
`, script, filepath.Dir(script)))
	h, s, _ := readAll(t, b)
	if len(h.Commits) != 1 || len(s.Files()) != 2 {
		t.Errorf("got %d commits and %d files, want 1 and 2", len(h.Commits), len(s.Files()))
	}
	if content, err := s.Read("a.go", 100); err != nil || string(content) != "1\n" {
		t.Errorf("a.go: got %q, %v", content, err)
	}
	if _, err := os.Stat(canary); err == nil {
		t.Error("something that the repository configures was run")
	}
}

func TestLinksAreNeverFollowed(t *testing.T) {
	b := gittest.New(t).Link("passwd", "/etc/passwd").Link("up", "../../..").Link(".mailmap", "/etc/passwd").
		Link("loop", "loop").Write("a", "1\n").Commit("1")
	_, s, _ := readAll(t, b)
	for _, path := range []string{"passwd", "up", "up/etc/passwd", ".mailmap", "loop", "../a", "/etc/passwd", "", ".", "a/..", "a/"} {
		if content, err := s.Read(path, 1<<20); !errors.Is(err, sources.ErrNoFile) {
			t.Errorf("%q: got %d bytes and error %v, want ErrNoFile", path, len(content), err)
		}
	}
}

func TestManyReferencesAreOnlyRead(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	id := b.Head().String()
	packed := strings.Builder{}
	packed.WriteString("# pack-refs with: peeled fully-peeled sorted \n")
	for i := range 100_000 {
		fmt.Fprintf(&packed, "%s refs/heads/branch-%06d\n^%s\n", id, i, id)
	}
	fmt.Fprintf(&packed, "%s refs/replace/%s\n", id, strings.Repeat("1", 40))
	writeFile(t, filepath.Join(b.GitDirectory(), "packed-refs"), packed.String())
	for i := range 1_000 {
		writeFile(t, filepath.Join(b.GitDirectory(), "refs", "tags", fmt.Sprintf("loose-%05d", i)), id+"\n")
	}
	writeFile(t, filepath.Join(b.GitDirectory(), "refs", "replace", strings.Repeat("1", 40)), id+"\n")
	writeFile(t, filepath.Join(b.GitDirectory(), "refs", "replace", strings.Repeat("2", 40)), id+"\n")
	h, _, findings := readAll(t, b)
	if len(h.Commits) != 1 {
		t.Errorf("got %d commits, want 1", len(h.Commits))
	}
	// A near name among a hundred thousand is looked for; among millions that takes a minute.
	if _, err := open(t, b, OpenOptions{}).Resolve("brunch-099999"); err == nil || !strings.Contains(err.Error(), "did you mean branch-0") {
		t.Errorf("a misspelt branch: %v", err)
	}
	for i := range 100_000 {
		fmt.Fprintf(&packed, "%s refs/heads/further-branch-%06d\n", id, i)
	}
	writeFile(t, filepath.Join(b.GitDirectory(), "packed-refs"), packed.String())
	if _, err := open(t, b, OpenOptions{}).Resolve("brunch-099999"); err == nil || strings.Contains(err.Error(), "did you mean") {
		t.Errorf("a misspelt branch of many more: %v", err)
	}
	if len(findings) != 1 || findings[0].Code != "replaced-objects" || findings[0].Count != 2 {
		t.Errorf("got %+v, want two replaced objects, the one that is loose and packed counted once", findings)
	}
	r := open(t, b, OpenOptions{})
	for _, name := range []string{"branch-099999", "loose-00999"} {
		if got, err := r.Resolve(name); err != nil || got != b.Head() {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

func TestReferencesThatGoInCirclesAreRefused(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	writeFile(t, filepath.Join(b.GitDirectory(), "refs", "heads", "x"), "ref: refs/heads/y\n")
	writeFile(t, filepath.Join(b.GitDirectory(), "refs", "heads", "y"), "ref: refs/heads/x\n")
	writeFile(t, filepath.Join(b.GitDirectory(), "HEAD"), "ref: refs/heads/x\n")
	if id, err := open(t, b, OpenOptions{}).Resolve("HEAD"); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, %v; want ErrDamaged", id, err)
	}
}

func TestDatesOfAnyKindAreReadInOrder(t *testing.T) {
	for name, row := range map[string]struct {
		date string
		want int64
	}{
		"1970": {"0", 0}, "2038": {"2147483648", 2147483648}, "2106": {"4294967296", 4294967296}, "negative": {"-1", 0},
		"the year 292277026596": {"9223372036854775807", 0}, "beyond 64 bits": {"99999999999999999999", 0}, "no number": {"yesterday", 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := gittest.New(t).Write("a", "1\n").Commit("1").Write("a", "2\n")
			b.CommitObject(fmt.Sprintf("tree %s\nparent %s\nauthor A <a@b> %[3]s +0000\ncommitter A <a@b> %[3]s +0000\n\nx\n", b.Tree(), b.Head(), row.date))
			h, _, _ := readAll(t, b)
			last := h.Commits[len(h.Commits)-1]
			if len(h.Commits) != 2 || last.Hash != b.Head() || last.AuthorTime != row.want || last.CommitTime != row.want {
				t.Errorf("got %+v, want the commit last, at %d", h.Commits, row.want)
			}
			findings := h.Findings("")
			if isSaid := len(findings) == 1 && findings[0].Code == "undated-commits" && findings[0].Count == 1; isSaid != (row.want == 0) {
				t.Errorf("findings %+v", findings)
			}
		})
	}
}

// nested returns a tree with one file that many directories deep.
func nested(b *gittest.Builder, depth int) Hash {
	tree := b.Object(plumbing.TreeObject, gittest.TreeEntry("100644", "f", b.Object(plumbing.BlobObject, "1\n")))
	for range depth {
		tree = b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", "d", tree))
	}
	return tree
}

func commitTree(b *gittest.Builder, tree Hash) {
	b.CommitObject("tree " + tree.String() + "\nauthor A <a@b> 5 +0000\ncommitter A <a@b> 5 +0000\n\nx\n")
}

func TestDirectoriesAreReadAsDeepAsTheLimit(t *testing.T) {
	b := gittest.New(t)
	commitTree(b, nested(b, 1500))
	if _, s, _ := readAll(t, b); len(s.Files()) != 1 || len(s.Files()[0].Path) != 3001 {
		t.Errorf("1500 deep: got %d files", len(s.Files()))
	}
	b = gittest.New(t)
	commitTree(b, nested(b, deepestTree+1))
	r := open(t, b, OpenOptions{})
	if _, err := r.Snapshot(b.Head()); !errors.Is(err, ErrUnsupported) {
		t.Errorf("the snapshot of a tree over the limit: got %v, want ErrUnsupported", err)
	}
	if _, err := r.Read(context.Background(), b.Head(), ReadOptions{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("the history of a tree over the limit: got %v, want ErrUnsupported", err)
	}
}

// bomb returns 30 trees that each hold the one before twice, down to a leaf.
func bomb(b *gittest.Builder, leaf Hash) Hash {
	for range 30 {
		leaf = b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", "a", leaf)+gittest.TreeEntry("40000", "b", leaf))
	}
	return leaf
}

func TestDirectoriesThatHoldThemselvesManyTimesOverAreRefusedUnlisted(t *testing.T) {
	if testing.Short() {
		t.Skip("millions of paths take their time")
	}
	leaf := func(b *gittest.Builder, content string) Hash {
		return b.Object(plumbing.TreeObject, gittest.TreeEntry("100644", "f", b.Object(plumbing.BlobObject, content)))
	}
	empty := func(b *gittest.Builder) Hash { return b.Object(plumbing.TreeObject, "") }
	commit := func(b *gittest.Builder, tree Hash, parents ...Hash) {
		text := "tree " + tree.String() + "\n"
		for _, parent := range parents {
			text += "parent " + parent.String() + "\n"
		}
		b.CommitObject(text + "author A <a@b> 5 +0000\ncommitter A <a@b> 5 +0000\n\nx\n")
	}
	// What a merge brings is no change of its own, so that whatever comes after it is compared with it.
	merge := func(b *gittest.Builder, tree Hash) {
		b.Write("a", "1\n").Commit("1")
		one := b.Head()
		b.Write("a", "2\n").Commit("2")
		commit(b, tree, one, b.Head())
	}
	for name, row := range map[string]struct {
		story       func(b *gittest.Builder)
		onlyListing bool
	}{
		"in a first commit":  {func(b *gittest.Builder) { commitTree(b, bomb(b, leaf(b, "1\n"))) }, false},
		"of nothing in them": {func(b *gittest.Builder) { commitTree(b, bomb(b, empty(b))) }, false},
		"as a new directory": {func(b *gittest.Builder) {
			b.Write("a", "1\n").Commit("1")
			commit(b, b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", "d", bomb(b, leaf(b, "1\n")))), b.Head())
		}, false},
		"two that share nothing, one after the other": {func(b *gittest.Builder) {
			merge(b, bomb(b, leaf(b, "1\n")))
			commit(b, bomb(b, leaf(b, "2\n")), b.Head())
		}, false},
		"two of nothing, one after the other": {func(b *gittest.Builder) {
			merge(b, bomb(b, empty(b)))
			commit(b, bomb(b, b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", "x", empty(b)))), b.Head())
		}, false},
		"in a merge": {func(b *gittest.Builder) { merge(b, bomb(b, leaf(b, "1\n"))) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := gittest.New(t)
			row.story(b)
			r := open(t, b, OpenOptions{})
			_, err := r.Read(context.Background(), b.Head(), ReadOptions{})
			isRefused := errors.Is(err, ErrUnsupported) && strings.Contains(err.Error(), "more than 5000000 paths and directories")
			if isRefused == row.onlyListing || row.onlyListing && err != nil {
				t.Errorf("2³⁰ paths in 31 trees: the history is read with error %v", err)
			}
			if _, err := r.Snapshot(b.Head()); !errors.Is(err, ErrUnsupported) {
				t.Errorf("2³⁰ paths in 31 trees: the files are listed with error %v, want ErrUnsupported", err)
			}
		})
	}
}

func TestPathsThatTakeTooMuchMemoryAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of megabytes of paths take their time")
	}
	b := gittest.New(t)
	blob := b.Object(plumbing.BlobObject, "1\n")
	var files strings.Builder
	for i := range 20_000 {
		files.WriteString(gittest.TreeEntry("100644", fmt.Sprintf("%05d", i), blob))
	}
	tree := b.Object(plumbing.TreeObject, files.String())
	for range 500 {
		tree = b.Object(plumbing.TreeObject, gittest.TreeEntry("40000", strings.Repeat("d", 120), tree))
	}
	commitTree(b, tree) // 20,000 paths of 60,500 bytes: 1.2 GB
	r := open(t, b, OpenOptions{})
	if _, err := r.Read(context.Background(), b.Head(), ReadOptions{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("the history: got %v, want ErrUnsupported", err)
	}
	if _, err := r.Snapshot(b.Head()); !errors.Is(err, ErrUnsupported) {
		t.Errorf("the files: got %v, want ErrUnsupported", err)
	}
}

func TestAHistoryOfTooManyChangesInAllIsRefused(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Write("b", "1\n").Commit("1").Write("a", "2\n").Commit("2")
	r := open(t, b, OpenOptions{})
	r.mostChanges = 3
	if h, err := r.Read(context.Background(), b.Head(), ReadOptions{}); err != nil || len(h.Changes) != 3 {
		t.Errorf("three changes of three allowed: %v", err)
	}
	r.mostChanges = 2
	if _, err := r.Read(context.Background(), b.Head(), ReadOptions{}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("three changes of two allowed: error %v, want ErrUnsupported", err)
	}
}

func TestAHistoryThatNamesTooManyPeopleOnItsChangesIsRefused(t *testing.T) {
	// Two changes by the author, and two by each of the five who are named: twelve records, ten of them by those named,
	// of which three on each change are always allowed.
	b := gittest.New(t).Write("a", "1\n").Write("b", "1\n").Commit("1\n\nReviewers: A <a@x>, B <b@x>, C <c@x>, D <d@x>\nCo-authored-by: E <e@x>\n")
	r := open(t, b, OpenOptions{})
	r.mostChanges, r.mostNamed = 12, 4
	whole, err := r.Read(context.Background(), b.Head(), ReadOptions{})
	if err != nil {
		t.Errorf("all of it allowed: %v", err)
	}
	for name, limits := range map[string][2]int64{"eleven records of twelve": {11, 4}, "nine named of ten": {12, 3}} {
		r.mostChanges, r.mostNamed = limits[0], limits[1]
		for known, prior := range map[string]*History{"read anew": nil, "known already": whole} {
			if _, err := r.Read(context.Background(), b.Head(), ReadOptions{Prior: prior}); !errors.Is(err, ErrUnsupported) {
				t.Errorf("%s allowed, %s: error %v, want ErrUnsupported", name, known, err)
			}
		}
	}
}
