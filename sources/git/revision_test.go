package git

import (
	"context"
	"errors"
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
