package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"keyperson/sources/git/gittest"
)

func TestRevisionsResolveAsInGit(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1")
	first := b.Head()
	b.Tag("v1").AnnotatedTag("v1-signed", "One").Branch("side").Write("b", "1\n").Commit("2")
	side := b.Head()
	b.Checkout("main").Write("c", "1\n").Commit("3")
	second := b.Head()
	b.Reference("refs/remotes/origin/main", second).Merge("side", "4")
	merge := b.Head()
	for _, backend := range []Backend{Packed, GoGit} {
		r := open(t, b, OpenOptions{Backend: backend})
		for revision, want := range map[string]Hash{
			"": merge, "HEAD": merge, "@": merge, "main": merge, "refs/heads/main": merge, "heads/main": merge,
			"side": side, "v1": first, "v1-signed": first, "v1-signed^{}": first, "v1-signed^{commit}": first,
			"origin/main": second, "HEAD^": second, "HEAD^2": side, "HEAD~2": first, "HEAD^2~1": first, "main^0": merge, "@~": second,
			merge.String(): merge, side.String()[:12]: side, strings.ToUpper(side.String()[:9]): side,
			"v1-2-g" + merge.String()[:10]: merge,
		} {
			if got, err := r.Resolve(revision); err != nil || got != want {
				t.Errorf("backend %d: %q is %s (%v), want %s", backend, revision, got, err, want)
			}
		}
	}
}

func TestRevisionsThatNameNothingAreRefused(t *testing.T) {
	b := gittest.New(t).Write("a", "1\n").Commit("1").Branch("feature/login").Checkout("main")
	r := open(t, b, OpenOptions{})
	for _, test := range []struct{ name, revision, about string }{
		{"a misspelt branch", "feature/logni", "did you mean feature/login?"},
		{"a parent of the first commit", "HEAD~3", "parents"},
		{"an absent id", strings.Repeat("a", 40), "git fetch"},
		{"a suffix that is none", "HEAD~x", "suffix"},
		{"a path outside", "../../config", "unknown"},
		{"a tree", b.Tree().String(), "tree"},
		{"too large a number", "HEAD~99999999999999999999", "range"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := r.Resolve(test.revision)
			if !errors.Is(err, ErrUnknownRevision) || !strings.Contains(err.Error(), test.about) {
				t.Errorf("%q: got %v, want ErrUnknownRevision with %q", test.revision, err, test.about)
			}
		})
	}
}

func TestAReferenceWithoutACommitIDIsNamed(t *testing.T) {
	for _, test := range []struct{ name, file, content, about string }{
		{"HEAD", "HEAD", "garbage\n", `HEAD of`},
		{"an empty HEAD", "HEAD", "", "HEAD"},
		{"a branch", "refs/heads/main", "0000\n", `refs/heads/main of`},
		{"a branch of zeros", "refs/heads/main", strings.Repeat("0", 40) + "\n", `refs/heads/main of`},
		{"a branch with part of an id", "refs/heads/main", "0123abcd\n", `refs/heads/main of`},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t).Write("a", "1\n").Commit("1")
			if err := os.WriteFile(filepath.Join(b.GitDirectory(), filepath.FromSlash(test.file)), []byte(test.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := open(t, b, OpenOptions{}).Resolve("")
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), test.about) {
				t.Errorf("got %v, want ErrDamaged with %q", err, test.about)
			}
		})
	}
}

func TestARepositoryWithoutCommitsIsUnborn(t *testing.T) {
	for name, b := range map[string]*gittest.Builder{
		"empty":         gittest.New(t),
		"unborn branch": gittest.New(t).Write("a", "1\n").Commit("1").Orphan("next"),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := open(t, b, OpenOptions{}).Resolve(""); !errors.Is(err, ErrUnborn) {
				t.Errorf("got %v, want ErrUnborn", err)
			}
		})
	}
}

func TestRevisionAtIsTheNewestOnTheMainLine(t *testing.T) {
	b := gittest.New(t).On("2024-01-10").Write("a", "1\n").Commit("1")
	first := b.Head()
	b.Branch("side").On("2024-02-10").Write("b", "1\n").Commit("2").Checkout("main").
		On("2024-03-10").Merge("side", "3")
	r := open(t, b, OpenOptions{})
	at := func(day string) time.Time {
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return date
	}
	for day, want := range map[string]Hash{"2024-12-31": b.Head(), "2024-03-01": first, "2024-01-11": first} {
		if got, err := r.RevisionAt(context.Background(), b.Head(), at(day)); err != nil || got != want {
			t.Errorf("at %s: %s (%v), want %s", day, got, err, want)
		}
	}
	if _, err := r.RevisionAt(context.Background(), b.Head(), at("2023-01-01")); !errors.Is(err, ErrUnknownRevision) {
		t.Errorf("before the first commit: got %v, want ErrUnknownRevision", err)
	}
}

func TestOneWrongClockDoesNotMoveTheRevisionOfADate(t *testing.T) {
	day := func(number int) string {
		return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, number-1).Format(time.DateOnly)
	}
	for _, test := range []struct {
		name  string
		dates []string
		want  int // how many of the commits are read as of 2024-01-03
	}{
		{"no clock is wrong", []string{day(1), day(2), day(3), day(4), day(5)}, 3},
		{"the last is of long ago", []string{day(1), day(2), day(3), day(4), day(5), "2001-01-01"}, 3},
		{"the last two are", []string{day(1), day(2), day(3), day(4), day(5), day(6), "2001-01-01", "2001-01-01"}, 3},
		{"the only one after it is", []string{day(1), day(2), day(3), day(4), "2001-01-01"}, 3},
		{"an old one is of long after", []string{day(1), "2090-01-01", day(2), day(3), day(3), day(4)}, 5},
		{"the first is of long after", []string{"2090-01-01", day(1), day(2), day(3), day(4)}, 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := gittest.New(t)
			var commits []Hash
			for i, date := range test.dates {
				b.On(date).Write("a", strings.Repeat("1\n", i+1)).Commit("Work")
				commits = append(commits, b.Head())
			}
			got, err := open(t, b, OpenOptions{}).RevisionAt(context.Background(), b.Head(), time.Date(2024, 1, 3, 23, 59, 59, 0, time.UTC))
			if err != nil || got != commits[test.want-1] {
				t.Errorf("got %s (%v), want commit %d of %v", got, err, test.want, commits)
			}
		})
	}
}
