package git

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

// commitFacts is what both this package and git say about one commit.
type commitFacts struct {
	Author  string
	Times   string
	Changes []string
}

// gitProgram skips the test where there is no git to compare with.
func gitProgram(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not on PATH")
	}
	return path
}

// runGit runs git without any configuration of the machine's own.
func runGit(program, directory string, arguments ...string) ([]byte, error) {
	command := exec.Command(program, append([]string{"-C", directory}, arguments...)...)
	command.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "LC_ALL=C")
	var messages bytes.Buffer
	command.Stderr = &messages
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", strings.Join(arguments, " "), err, &messages)
	}
	return output, nil
}

// factsFromGit asks git for all commits of HEAD that are no merges.
func factsFromGit(program, directory string, options ...string) (map[string]commitFacts, error) {
	arguments := append([]string{"log", "--raw", "-M", "-z", "--no-abbrev", "--no-merges", "--format=%x01%H%x02%an <%ae>%x02%at %ct%x03"}, options...)
	output, err := runGit(program, directory, arguments...)
	if err != nil {
		return nil, err
	}
	facts := map[string]commitFacts{}
	for record := range bytes.SplitSeq(output, []byte{1}) {
		if len(record) == 0 {
			continue
		}
		head, body, _ := strings.Cut(string(record), "\x03")
		fields := strings.Split(head, "\x02")
		facts[fields[0]] = commitFacts{fields[1], fields[2], rawChanges(body)}
	}
	return facts, nil
}

// rawChanges reads the output of --raw -z: the status, then one path or two.
func rawChanges(body string) []string {
	var changes []string
	tokens := strings.Split(strings.TrimLeft(body, "\x00\n"), "\x00")
	for len(tokens) > 1 {
		fields := strings.Fields(tokens[0])
		paths := 1
		if fields[4][0] == 'R' {
			paths = 2
		}
		changes = append(changes, fmt.Sprintf("%s %q", fields[4], tokens[1:1+paths]))
		tokens = tokens[1+paths:]
	}
	return changes
}

// facts puts a history in the same words.
func facts(h *History) map[string]commitFacts {
	result := map[string]commitFacts{}
	for i := range h.Commits {
		c := &h.Commits[i]
		if len(c.Parents) > 1 {
			continue
		}
		author := h.People[c.Author]
		f := commitFacts{
			Author: author.Name + " <" + author.Address + ">",
			Times:  fmt.Sprint(c.AuthorTime, " ", c.CommitTime),
		}
		for _, change := range h.Changes[c.FirstChange:][:c.ChangeCount] {
			paths, status := []string{h.Paths[change.Path]}, string(change.Action.Letter())
			if change.From != sources.None {
				paths = []string{h.Paths[change.From], h.Paths[change.Path]}
				status += fmt.Sprintf("%03d", change.Similarity)
			}
			f.Changes = append(f.Changes, fmt.Sprintf("%s %q", status, paths))
		}
		result[c.Hash.String()] = f
	}
	return result
}

// open opens the repository of a builder.
func open(t testing.TB, b *gittest.Builder, options OpenOptions) *Repository {
	t.Helper()
	r, err := Open(b.Directory(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// read reads the history of a builder's current commit.
func read(t testing.TB, b *gittest.Builder, options ReadOptions) *History {
	t.Helper()
	h, err := open(t, b, OpenOptions{}).Read(context.Background(), b.Head(), options)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
