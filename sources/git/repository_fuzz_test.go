package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"keyperson/sources/git/gittest"
)

// FuzzRepositoryFiles reads a repository whose small files anyone may have written. What cannot be used is an error that
// says of what kind it is, and what is read is the history.
func FuzzRepositoryFiles(f *testing.F) {
	id := "1111111111111111111111111111111111111111"
	f.Add("ref: refs/heads/main\n", "[core]\n\tbare = false\n", "# pack-refs with: peeled \n"+id+" refs/heads/x\n^"+id+"\n", id+"\n", "../x\n\"quo\\ted\"\n")
	f.Add(id, "[extensions]\nobjectformat = sha256\n[remote \"a\\\"b\"]\npromisor\n", "x", "", "/\n#\n")
	f.Add("ref: refs/heads/../../x", "[a \"b\nc", id+" refs/replace/"+id, "shallow", "\x00")
	b := gittest.New(f).Write("a", "1\n").Commit("1")
	commit := b.Head()
	f.Fuzz(func(t *testing.T, head, config, packed, shallow, alternates string) {
		for name, content := range map[string]string{
			"HEAD": head, "config": config, "packed-refs": packed, "shallow": shallow, "objects/info/alternates": alternates,
		} {
			path := filepath.Join(b.GitDirectory(), filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(content), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		isClear := func(err error) bool {
			for _, known := range []error{ErrDamaged, ErrUnsupported, ErrNotRepository, ErrUnborn, ErrUnknownRevision} {
				if errors.Is(err, known) {
					return true
				}
			}
			return false
		}
		r, err := Open(b.Directory(), OpenOptions{})
		if err != nil {
			if !isClear(err) {
				t.Errorf("opening: %v", err)
			}
			return
		}
		defer r.Close()
		r.Condition()
		for _, revision := range []string{"HEAD", "x", "main~1"} {
			if _, err := r.Resolve(revision); err != nil && !isClear(err) {
				t.Errorf("%s: %v", revision, err)
			}
		}
		if h, err := r.Read(context.Background(), commit, ReadOptions{}); err != nil || len(h.Commits) != 1 || len(h.Changes) != 1 {
			t.Errorf("the history: %v", err)
		}
	})
}
