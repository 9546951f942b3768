package runbook

import (
	"context"
	"errors"
	"strings"
	"testing"

	"keyperson/sources"
)

// described is a repository of one file with a long name and one with a short one, and of runbooks that describe files by
// patterns.
func described(patterns ...string) *reader {
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: "shop"}}}
	for _, path := range []string{"b.go", strings.Repeat("a", 3000)} {
		e.Files = append(e.Files, sources.TreeFile{Thing: uint32(len(e.Things))})
		e.Things = append(e.Things, sources.Thing{Path: path})
	}
	for range 3 {
		e.Runbooks = append(e.Runbooks, sources.Runbook{Describes: patterns})
	}
	for i := range e.Runbooks {
		e.Runbooks[i].Thing = uint32(len(e.Things))
		e.Things = append(e.Things, sources.Thing{Path: "restore.md"})
	}
	return &reader{Evidence: e}
}

func TestPatternsOfWhatDocumentsDescribeAreGivenUpAfterABoundedNumberOfSteps(t *testing.T) {
	// About 2,000 beginnings times 1,000 bytes for each runbook.
	r := described("b.go", "*[a]"+strings.Repeat("a", 1000)+"b")
	if err := r.addSubjects(context.Background(), 0, 3_000_000); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{1, 0, 0} {
		if got := len(r.Runbooks[i].Subject); got != want {
			t.Errorf("runbook %d is about %d files, want %d", i, got, want)
		}
	}
	if len(r.Findings) != 1 || r.Findings[0].Code != "untold-subjects" || r.Findings[0].Count != 2 {
		t.Errorf("got findings %+v, want one on two runbooks", r.Findings)
	}
}

func TestAnInterruptEndsTheSearchForWhatDocumentsDescribe(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := described("b.go").addSubjects(ctx, 0, mostSubjectSteps); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that of the context", err)
	}
}
