package objects

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// store makes an objects directory with one object in a pack, which borrows from others.
func store(t *testing.T, path string, object byte, alternates ...string) string {
	t.Helper()
	newHandmade(t).whole(id(object), Blob, fmt.Sprint("object ", object)).write(path, "1")
	if alternates != nil {
		must(t, os.MkdirAll(filepath.Join(path, "info"), 0o755))
		list := filepath.Join(path, "info", "alternates")
		must(t, os.WriteFile(list, []byte(strings.Join(alternates, "\n")+"\n"), 0o644))
	}
	return path
}

func trusting(o *Options) { o.Verify = false }

func TestAlternatesAreFollowedAsGitDoes(t *testing.T) {
	root := t.TempDir()
	at := func(name string) string { return filepath.Join(root, name) }
	store(t, at("absolute"), 2, "../main", "../nested") // back to the first: a circle
	store(t, at("nested"), 3)
	store(t, at("quo\ted"), 4)
	store(t, at("real"), 5)
	must(t, os.Symlink(at("real"), at("link")))
	main := store(t, at("main"), 1,
		"# a comment", "", at("absolute"), strconv.Quote(at("quo\ted")), "../link", at("real"), at("absent"), "../main")
	must(t, os.Mkdir(at("secrets"), 0o755))

	database := open(t, main, trusting)
	reader := database.Reader()
	for n := byte(1); n <= 5; n++ {
		if _, content, err := reader.Read(id(n), 0); err != nil || string(content) != fmt.Sprint("object ", n) {
			t.Errorf("object %d: got %q, %v", n, content, err)
		}
	}
	var got []string
	for _, a := range database.(*Directory).Alternates() {
		got = append(got, fmt.Sprintf("%s %v", filepath.Base(a.Path), a.Refused == nil))
	}
	want := []string{"absolute true", "nested true", "quo\ted true", "link true", "absent false"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Errorf("Alternates (-want +got):\n%s", difference)
	}
}

func TestAlternatesCanBeRefused(t *testing.T) {
	root := t.TempDir()
	store(t, filepath.Join(root, "a"), 2)
	store(t, filepath.Join(root, "b"), 3)
	main := store(t, filepath.Join(root, "main"), 1, "../a", "../b")
	for _, c := range []struct {
		name   string
		change func(*Options)
		has    [4]bool
	}{
		{"all honoured", trusting, [4]bool{1: true, 2: true, 3: true}},
		{"switched off", func(o *Options) { o.NoAlternates = true }, [4]bool{1: true}},
		{"none allowed", func(o *Options) { o.AllowedAlternates = []string{} }, [4]bool{1: true}},
		{"one allowed", func(o *Options) { o.AllowedAlternates = []string{filepath.Join(root, "b")} }, [4]bool{1: true, 3: true}},
	} {
		database := open(t, main, c.change)
		reader := database.Reader()
		refused := 0
		for _, a := range database.(*Directory).Alternates() {
			if a.Refused != nil {
				refused++
				if !errors.Is(a.Refused, ErrRefused) {
					t.Errorf("%s: got %v, want %v", c.name, a.Refused, ErrRefused)
				}
			}
		}
		wantRefused := 0
		for n := 1; n <= 3; n++ {
			has, err := reader.Has(id(byte(n)))
			if has != c.has[n] || err != nil {
				t.Errorf("%s: object %d: got %v, %v; want %v", c.name, n, has, err, c.has[n])
			}
			if !c.has[n] {
				wantRefused++
			}
		}
		if refused != wantRefused {
			t.Errorf("%s: got %d refused, want %d", c.name, refused, wantRefused)
		}
	}
}

func TestAlternatesAreNestedOnlyAsDeepAsGitAllows(t *testing.T) {
	root := t.TempDir()
	for n := 1; n <= 9; n++ {
		store(t, filepath.Join(root, fmt.Sprint(n)), byte(n), fmt.Sprintf("../%d", n+1))
	}
	reader := open(t, filepath.Join(root, "1"), trusting).Reader()
	deepest := 0
	for n := 1; n <= 9; n++ {
		if has, _ := reader.Has(id(byte(n))); has {
			deepest = n
		}
	}
	if want := 1 + 1 + deepestAlternate; deepest != want {
		t.Errorf("deepest store read: got %d, want %d", deepest, want)
	}
}

func TestAFolderThatIsNoObjectsDirectoryIsRefused(t *testing.T) {
	if _, err := Open(t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "not a git objects directory") {
		t.Errorf("Open of an empty folder: got %v", err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "absent"), Options{}); err == nil {
		t.Error("Open of no folder: got no error")
	}
}
