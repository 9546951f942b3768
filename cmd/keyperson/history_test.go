package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
)

// A story's history is text. A commit begins with
//
//	@ DATE [COUNTxDAYS] Name <address>: subject
//
// and COUNT commits are made, DAYS days apart, each changing every path on the lines that follow:
//
//	path            a line is added to it
//	path < file     it becomes the file of the script's archive
//	- path          it is deleted
//	| text          a line of the message's body
//
// All commits of the text are made in the order of their dates.
type storyCommit struct {
	at      time.Time
	author  object.Signature
	message string
	changes []string
}

var commitLine = regexp.MustCompile(`^@ (\d{4}-\d\d-\d\d)(?: (\d+)x(\d+))? ([^<]*) <([^>]*)>: (.*)$`)

func makeHistory(story, directory string, read func(name string) (string, error)) error {
	commits, err := parseStory(story)
	if err != nil {
		return err
	}
	repository, err := gogit.PlainInit(directory, false)
	if err != nil {
		return err
	}
	tree, err := repository.Worktree()
	if err != nil {
		return err
	}
	for _, commit := range commits {
		for _, change := range commit.changes {
			if err := applyChange(tree, directory, change, commit.at, read); err != nil {
				return fmt.Errorf("%s: %w", change, err)
			}
		}
		options := &gogit.CommitOptions{Author: &commit.author, Committer: &commit.author, AllowEmptyCommits: true}
		if _, err := tree.Commit(commit.message, options); err != nil {
			return err
		}
	}
	return nil
}

func parseStory(story string) ([]storyCommit, error) {
	var commits []storyCommit
	var group []storyCommit
	finish := func() {
		commits = append(commits, group...)
		group = nil
	}
	for number, line := range strings.Split(story, "\n") {
		line = strings.TrimSpace(line)
		switch found := commitLine.FindStringSubmatch(line); {
		case line == "" || strings.HasPrefix(line, "#"):
		case found != nil:
			finish()
			var err error
			if group, err = repeated(found); err != nil {
				return nil, fmt.Errorf("line %d: %w", number+1, err)
			}
		case group == nil:
			return nil, fmt.Errorf("line %d: %q stands under no commit", number+1, line)
		case strings.HasPrefix(line, "| "):
			for i := range group {
				group[i].message += "\n\n" + strings.TrimPrefix(line, "| ")
			}
		default:
			for i := range group {
				group[i].changes = append(group[i].changes, line)
			}
		}
	}
	finish()
	slices.SortStableFunc(commits, func(a, b storyCommit) int { return a.at.Compare(b.at) })
	return commits, nil
}

func repeated(found []string) ([]storyCommit, error) {
	at, err := time.Parse(time.DateOnly, found[1])
	if err != nil {
		return nil, err
	}
	count, days := 1, 0
	if found[2] != "" {
		count, _ = strconv.Atoi(found[2]) // the pattern allows digits only
		days, _ = strconv.Atoi(found[3])
	}
	group := make([]storyCommit, count)
	for i := range group {
		when := at.Add(time.Duration(i*days)*24*time.Hour + 12*time.Hour)
		group[i] = storyCommit{at: when, author: object.Signature{Name: found[4], Email: found[5], When: when}, message: found[6]}
	}
	return group, nil
}

func applyChange(tree *gogit.Worktree, directory, change string, at time.Time, read func(string) (string, error)) error {
	if name, ok := strings.CutPrefix(change, "- "); ok {
		_, err := tree.Remove(name)
		return err
	}
	name, source, whole := strings.Cut(change, " < ")
	target := filepath.Join(directory, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	content, err := os.ReadFile(target)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if whole {
		text, err := read(source)
		if err != nil {
			return err
		}
		content = []byte(text)
	} else {
		content = fmt.Appendf(content, "// %s, changed on %s\n", path.Base(name), at.Format(time.DateOnly))
	}
	if err := os.WriteFile(target, content, 0o644); err != nil {
		return err
	}
	_, err = tree.Add(name)
	return err
}
