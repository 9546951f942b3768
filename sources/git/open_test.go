package git

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestARepositoryIsFoundFromWhereverGitFindsIt(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	below := filepath.Join(b.Directory(), "some", "where")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	linked := filepath.Join(t.TempDir(), "linked")
	administration := filepath.Join(b.GitDirectory(), "worktrees", "linked")
	writeFile(t, filepath.Join(linked, ".git"), "gitdir: "+administration+"\n")
	writeFile(t, filepath.Join(administration, "commondir"), "../..\n")
	writeFile(t, filepath.Join(administration, "HEAD"), "ref: refs/heads/side\n")
	b.Reference("refs/heads/side", b.Head())
	bare := filepath.Join(t.TempDir(), "project.git")
	if err := os.CopyFS(bare, os.DirFS(b.GitDirectory())); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path, workTree, directory, label string
	}{
		{"work tree", b.Directory(), b.Directory(), b.GitDirectory(), "repository"},
		{"directory below", below, b.Directory(), b.GitDirectory(), "repository"},
		{"git directory", b.GitDirectory(), b.Directory(), b.GitDirectory(), "repository"},
		{"linked work tree", linked, linked, b.GitDirectory(), "linked"},
		{"bare", bare, "", bare, "project"},
		{"inside bare", filepath.Join(bare, "refs"), "", bare, "project"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := Open(test.path, OpenOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if r.WorkTree() != test.workTree || r.Directory() != test.directory || r.Label() != test.label || r.Path() != test.path {
				t.Errorf("work tree %s, directory %s, label %s; want %s, %s, %s",
					r.WorkTree(), r.Directory(), r.Label(), test.workTree, test.directory, test.label)
			}
			if head, err := r.Resolve(""); err != nil || head != b.Head() {
				t.Errorf("HEAD is %s (%v), want %s", head, err, b.Head())
			}
		})
	}
}

func TestWhatIsNoReadableRepositoryIsRefused(t *testing.T) {
	config := func(text string) func(t *testing.T, b *gittest.Builder) string {
		return func(t *testing.T, b *gittest.Builder) string {
			writeFile(t, filepath.Join(b.GitDirectory(), "config"), text)
			return b.Directory()
		}
	}
	tests := []struct {
		name  string
		make  func(t *testing.T, b *gittest.Builder) string
		want  error
		about string
	}{
		{"an absent path", func(_ *testing.T, b *gittest.Builder) string { return b.Directory() + "-absent" }, ErrNotRepository, "absent"},
		{"a file", func(t *testing.T, b *gittest.Builder) string {
			path := filepath.Join(b.Directory(), "file")
			writeFile(t, path, "")
			return path
		}, ErrNotRepository, "file"},
		{"a directory elsewhere", func(t *testing.T, _ *gittest.Builder) string { return t.TempDir() }, ErrNotRepository, "git clone"},
		{"a link to nowhere", func(t *testing.T, _ *gittest.Builder) string {
			directory := t.TempDir()
			writeFile(t, filepath.Join(directory, ".git"), "gitdir: /nowhere\n")
			return directory
		}, ErrNotRepository, "worktree repair"},
		{"a .git file of something else", func(t *testing.T, _ *gittest.Builder) string {
			directory := t.TempDir()
			writeFile(t, filepath.Join(directory, ".git"), "hello\n")
			return directory
		}, ErrNotRepository, "gitdir:"},
		{"SHA-256", config("[core]\nrepositoryformatversion = 1\n[extensions]\nobjectFormat = sha256\n"), ErrUnsupported, "SHA-1"},
		{"reftable", config("[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n"), ErrUnsupported, "--ref-format=files"},
		{"an unknown extension", config("[core]\nrepositoryformatversion = 1\n[extensions]\nnewfangled = true\n"), ErrUnsupported, "newfangled"},
		{"a later format", config("[core]\nrepositoryformatversion = 2\n"), ErrUnsupported, "version 2"},
		{"a configuration that is none", config("[core\nwhat"), ErrDamaged, "git config"},
		{"a list of shallow commits that is none", func(t *testing.T, b *gittest.Builder) string {
			writeFile(t, filepath.Join(b.GitDirectory(), "shallow"), "zzz\n")
			return b.Directory()
		}, ErrDamaged, "shallow"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t).Write("a", "1\n").Commit("1")
			r, err := Open(test.make(t, b), OpenOptions{})
			if err == nil {
				r.Close()
			}
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.about) {
				t.Errorf("got %v, want %v with %q", err, test.want, test.about)
			}
		})
	}
}

func TestExtensionsThatChangeNothingAreAccepted(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	writeFile(t, filepath.Join(b.GitDirectory(), "config"),
		"[core]\nrepositoryformatversion = 1\n[extensions]\nworktreeConfig = true\nobjectFormat = sha1\npartialClone = origin\n")
	r := open(t, b, OpenOptions{})
	if head, err := r.Resolve("HEAD"); err != nil || head != b.Head() {
		t.Errorf("HEAD is %s (%v), want %s", head, err, b.Head())
	}
}

func TestConditionTellsWhatIsUnusual(t *testing.T) {
	tests := []struct {
		name     string
		change   func(t *testing.T, b *gittest.Builder)
		code     string
		severity sources.Severity
	}{
		{"a shallow clone", func(t *testing.T, b *gittest.Builder) {
			writeFile(t, filepath.Join(b.GitDirectory(), "shallow"), b.Head().String()+"\n")
		}, "shallow-clone", sources.Fatal},
		{"a partial clone by configuration", func(t *testing.T, b *gittest.Builder) {
			writeFile(t, filepath.Join(b.GitDirectory(), "config"), "[remote \"origin\"]\npromisor = true\n")
		}, "partial-clone", sources.Note},
		{"a partial clone by its packs", func(t *testing.T, b *gittest.Builder) {
			writeFile(t, filepath.Join(b.GitDirectory(), "objects", "pack", "pack-1.promisor"), "")
		}, "partial-clone", sources.Note},
		{"replaced objects", func(_ *testing.T, b *gittest.Builder) {
			b.Reference("refs/replace/"+b.Head().String(), b.Head())
		}, "replaced-objects", sources.Note},
		{"grafts", func(t *testing.T, b *gittest.Builder) {
			writeFile(t, filepath.Join(b.GitDirectory(), "info", "grafts"), b.Head().String()+"\n")
		}, "grafted-history", sources.Note},
		{"alternates", func(t *testing.T, b *gittest.Builder) {
			other := filepath.Join(gittest.New(t).GitDirectory(), "objects")
			writeFile(t, filepath.Join(b.GitDirectory(), "objects", "info", "alternates"), other+"\n")
		}, "alternate-objects", sources.Note},
		{"alternates that are none", func(t *testing.T, b *gittest.Builder) {
			writeFile(t, filepath.Join(b.GitDirectory(), "objects", "info", "alternates"), "/nowhere/objects\n")
		}, "refused-alternates", sources.Note},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t).Write("a", "1\n").Commit("1")
			if findings := open(t, b, OpenOptions{}).Condition(); len(findings) != 0 {
				t.Fatalf("before: %+v", findings)
			}
			test.change(t, b)
			findings := open(t, b, OpenOptions{Label: "here"}).Condition()
			if len(findings) != 1 || findings[0].Code != test.code || findings[0].Severity != test.severity || findings[0].Repository != "here" {
				t.Errorf("got %+v, want %s", findings, test.code)
			}
		})
	}
}

func TestAShallowCloneEndsWhereItWasCut(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	first := b.Head()
	b.Write("b", "2\n").Commit("2")
	whole := read(t, b, ReadOptions{})
	cut := b.Head()
	b.Write("b", "3\n").Commit("3")
	lose(t, b, first)
	writeFile(t, filepath.Join(b.GitDirectory(), "shallow"), cut.String()+"\n")
	for _, prior := range []*History{nil, whole} {
		h := read(t, b, ReadOptions{Prior: prior})
		if len(h.Commits) != 2 || len(h.Commits[0].Parents) != 0 || h.Commits[0].ChangeCount != 2 {
			t.Errorf("got %+v, want two commits, of which the first adds both files", h.Commits)
		}
	}
}
