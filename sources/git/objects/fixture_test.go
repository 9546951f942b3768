package objects

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/storage/filesystem"

	"github.com/go-git/go-billy/v5/osfs"
)

// repository is a temporary repository whose history reads like the calls that made it.
type repository struct {
	t       testing.TB
	path    string
	gogit   *gogit.Repository
	commits int
}

func newRepository(t testing.TB) *repository {
	t.Helper()
	path := t.TempDir()
	made, err := gogit.PlainInit(path, false)
	must(t, err)
	return &repository{t: t, path: path, gogit: made}
}

func (r *repository) objects() string { return filepath.Join(r.path, ".git", "objects") }

// commit writes files, given as path and content in turn, and commits them.
func (r *repository) commit(files ...string) *repository {
	r.t.Helper()
	work, err := r.gogit.Worktree()
	must(r.t, err)
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(r.path, files[i])
		must(r.t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(r.t, os.WriteFile(path, []byte(files[i+1]), 0o644))
		_, err := work.Add(files[i])
		must(r.t, err)
	}
	r.commits++
	_, err = work.Commit(fmt.Sprintf("change %d", r.commits), &gogit.CommitOptions{
		AllowEmptyCommits: true,
		Author: &object.Signature{
			Name: "Ada", Email: "ada@example.org",
			When: time.Unix(1_700_000_000+int64(r.commits), 0),
		},
	})
	must(r.t, err)
	return r
}

// grow makes commits that each change a line of a few long files in nested folders, so that packing
// finds deltas.
func (r *repository) grow(commits int) *repository {
	r.t.Helper()
	random := rand.New(rand.NewPCG(1, uint64(commits)))
	lines := make([][]string, 3)
	for i := range lines {
		for n := range 120 {
			lines[i] = append(lines[i], fmt.Sprintf("line %d of file %d is %d", n, i, random.Uint64()))
		}
	}
	for range commits {
		i := random.IntN(len(lines))
		lines[i][random.IntN(len(lines[i]))] = fmt.Sprintf("now %d", random.Uint64())
		var files []string
		for i, text := range lines {
			files = append(files, fmt.Sprintf("dir%d/deeper/file%d", i, i), strings.Join(text, "\n"))
		}
		for i := range 20 {
			files = append(files, fmt.Sprintf("many/file-with-a-long-name-%02d", i), "constant\n")
		}
		if r.commits > 0 {
			files = files[2*i : 2*i+2]
		}
		r.commit(files...)
	}
	return r
}

// git runs the git program in the repository, without any configuration of the machine's.
func (r *repository) git(arguments ...string) string {
	r.t.Helper()
	return r.gitWithInput("", arguments...)
}

func (r *repository) gitWithInput(input string, arguments ...string) string {
	r.t.Helper()
	command := exec.Command("git", arguments...)
	command.Dir = r.path
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	command.Stdin = strings.NewReader(input)
	var problem bytes.Buffer
	command.Stderr = &problem
	out, err := command.Output()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", arguments, err, &problem)
	}
	if r.gogit, err = gogit.PlainOpen(r.path); err != nil { // it keeps its list of packs for ever
		r.t.Fatal(err)
	}
	return string(out)
}

// ids lists all objects that go-git finds.
func (r *repository) ids() []Hash {
	r.t.Helper()
	all, err := goGitStorage(r.objects()).IterEncodedObjects(plumbing.AnyObject)
	must(r.t, err)
	var ids []Hash
	must(r.t, all.ForEach(func(o plumbing.EncodedObject) error {
		ids = append(ids, o.Hash())
		return nil
	}))
	return sortedIDs(ids)
}

// goGitStorage opens a storage as a caller should.
func goGitStorage(objectsDirectory string) *filesystem.Storage {
	return filesystem.NewStorageWithOptions(osfs.New(filepath.Dir(objectsDirectory)), cache.NewObjectLRUDefault(),
		filesystem.Options{KeepDescriptors: true})
}

func needGit(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("the git program is not installed")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens a database that verifies what it reads, and closes it after the test.
func open(t testing.TB, objectsDirectory string, change func(*Options)) Database {
	t.Helper()
	options := Options{Verify: true}
	if change != nil {
		change(&options)
	}
	database, err := Open(objectsDirectory, options)
	must(t, err)
	t.Cleanup(func() { must(t, database.Close()) })
	return database
}
