package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/config"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"keyperson": main})
}

// TestStories runs the scripts under testdata/script: one story each, to be read as a manual.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"history": historyCommand,
			"bare":    bareCommand,
			"shallow": shallowCommand,
			"partial": partialCommand,
			"damage":  damageCommand,
			"exits":   exitsCommand,
			"spoil":   spoilCommand,
			"hostile": hostileCommand,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, ".data"))
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}

// exitsCommand runs keyperson and checks its exit code: exits CODE keyperson ARGUMENT…
func exitsCommand(ts *testscript.TestScript, negated bool, arguments []string) {
	if negated || len(arguments) < 2 {
		ts.Fatalf("usage: exits CODE keyperson ARGUMENT…")
	}
	err := ts.Exec(arguments[1], arguments[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != arguments[0] {
		ts.Fatalf("exit code %s, want %s", got, arguments[0])
	}
}

// historyCommand makes a repository from a story: history FILE DIRECTORY.
func historyCommand(ts *testscript.TestScript, negated bool, arguments []string) {
	if negated || len(arguments) != 2 {
		ts.Fatalf("usage: history FILE DIRECTORY")
	}
	read := func(name string) (string, error) {
		data, err := os.ReadFile(ts.MkAbs(name))
		return string(data), err
	}
	ts.Check(makeHistory(ts.ReadFile(arguments[0]), ts.MkAbs(arguments[1]), read))
}

// bareCommand copies a repository without its files: bare DIRECTORY COPY.
func bareCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	if len(arguments) != 2 {
		ts.Fatalf("usage: bare DIRECTORY COPY")
	}
	copied := ts.MkAbs(arguments[1])
	ts.Check(os.CopyFS(copied, os.DirFS(filepath.Join(ts.MkAbs(arguments[0]), ".git"))))
	path := filepath.Join(copied, "config")
	file, err := os.Open(path)
	ts.Check(err)
	parsed := config.New()
	ts.Check(config.NewDecoder(file).Decode(parsed))
	ts.Check(file.Close())
	parsed.SetOption("core", config.NoSubsection, "bare", "true")
	out, err := os.Create(path)
	ts.Check(err)
	ts.Check(config.NewEncoder(out).Encode(parsed))
	ts.Check(out.Close())
}

// shallowCommand makes a repository look like a clone of depth one: shallow DIRECTORY.
func shallowCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	directory := filepath.Join(ts.MkAbs(arguments[0]), ".git")
	ts.Check(os.WriteFile(filepath.Join(directory, "shallow"), []byte(headOf(ts, directory)+"\n"), 0o644))
}

// partialCommand makes a repository look like git clone --filter=blob:none, which has no contents but those checked out:
// partial DIRECTORY, or partial --bare DIRECTORY, where none are.
func partialCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	isBare := len(arguments) == 2 && arguments[0] == "--bare"
	if len(arguments) != 1 && !isBare {
		ts.Fatalf("usage: partial [--bare] DIRECTORY")
	}
	directory := ts.MkAbs(arguments[len(arguments)-1])
	repository, err := gogit.PlainOpen(directory)
	ts.Check(err)
	checkedOut := map[plumbing.Hash]bool{}
	if !isBare {
		head, err := repository.Head()
		ts.Check(err)
		commit, err := repository.CommitObject(head.Hash())
		ts.Check(err)
		files, err := commit.Files()
		ts.Check(err)
		ts.Check(files.ForEach(func(file *object.File) error {
			checkedOut[file.Hash] = true
			return nil
		}))
		directory = filepath.Join(directory, ".git")
	}
	blobs, err := repository.BlobObjects()
	ts.Check(err)
	var dropped []string
	ts.Check(blobs.ForEach(func(blob *object.Blob) error {
		if name := blob.Hash.String(); !checkedOut[blob.Hash] {
			dropped = append(dropped, filepath.Join(directory, "objects", name[:2], name[2:]))
		}
		return nil
	}))
	for _, path := range dropped {
		ts.Check(os.Remove(path))
	}
	config, err := os.OpenFile(filepath.Join(directory, "config"), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = config.WriteString("[remote \"origin\"]\n\tpromisor = true\n\tpartialclonefilter = blob:none\n")
	ts.Check(err)
	ts.Check(config.Close())
}

func headOf(ts *testscript.TestScript, directory string) string {
	head, err := os.ReadFile(filepath.Join(directory, "HEAD"))
	ts.Check(err)
	reference := strings.TrimSpace(strings.TrimPrefix(string(head), "ref: "))
	hash, err := os.ReadFile(filepath.Join(directory, filepath.FromSlash(reference)))
	ts.Check(err)
	return strings.TrimSpace(string(hash))
}

// damageCommand breaks a repository: damage object DIRECTORY cuts the newest commit short, damage pack DIRECTORY
// puts a pack there that is none.
func damageCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	if len(arguments) != 2 {
		ts.Fatalf("usage: damage object|pack DIRECTORY")
	}
	directory := filepath.Join(ts.MkAbs(arguments[1]), ".git")
	switch arguments[0] {
	case "object":
		hash := headOf(ts, directory)
		path := filepath.Join(directory, "objects", hash[:2], hash[2:])
		ts.Check(os.Chmod(path, 0o644))
		ts.Check(os.Truncate(path, 20))
	case "pack":
		packs := filepath.Join(directory, "objects", "pack")
		ts.Check(os.MkdirAll(packs, 0o755))
		name := "pack-" + strings.Repeat("0", 40)
		ts.Check(os.WriteFile(filepath.Join(packs, name+".pack"), []byte("PACK, but not really"), 0o644))
		ts.Check(os.WriteFile(filepath.Join(packs, name+".idx"), []byte("no index"), 0o644))
	}
}

// spoilCommand replaces the content of every file below a directory: spoil DIRECTORY.
func spoilCommand(ts *testscript.TestScript, _ bool, arguments []string) {
	if len(arguments) != 1 {
		ts.Fatalf("usage: spoil DIRECTORY")
	}
	spoiled := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(arguments[0]), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		spoiled++
		return os.WriteFile(path, []byte("something else"), 0o600)
	}))
	if spoiled == 0 {
		ts.Fatalf("%s holds no file", arguments[0])
	}
}
