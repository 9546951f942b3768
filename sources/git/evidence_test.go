package git

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
)

// described puts records into words.
func described(e *sources.Evidence) []string {
	var lines []string
	for _, r := range e.Records {
		line := fmt.Sprintf("%s %s %c %s", e.Identities[r.Person].Name, r.Kind, r.Action.Letter(), e.Things[r.Thing].Path)
		if r.From != sources.None {
			line += " from " + e.Things[r.From].Path
		}
		lines = append(lines, line)
	}
	return lines
}

func TestAHistoryBecomesEvidence(t *testing.T) {
	b := gittest.New(t).As("Ann", "ann@example.org").Write("a", "1\n").Commit("1")
	mechanical := b.Head()
	b.Write(ignoreRevisionsFile, "# formatter\n"+mechanical.String()+" # tabs\n").As("Bo", "bo@example.org").Move("a", "b").
		Commit("2\n\nCo-authored-by: Cy <cy@example.org>\nReviewed-by: Di <di@example.org>").
		Branch("side").Write("c", "c\n").Commit("3").Checkout("main").Write("unseen/by/commits", "x\n").Merge("side", "4")
	r := open(t, b, OpenOptions{})
	snapshot, err := r.Snapshot(b.Head())
	if err != nil {
		t.Fatal(err)
	}
	h := read(t, b, ReadOptions{})

	e := &sources.Evidence{ // as if another repository had been added before
		Repositories: []sources.Repository{{}},
		Identities:   []sources.Identity{{Name: "Someone else"}},
		Things:       []sources.Thing{{Path: "elsewhere"}},
		Events:       []sources.Event{{}},
		Records:      []sources.Record{{From: sources.None}},
	}
	h.AddTo(e, sources.Repository{Label: "here", Path: b.Directory()}, snapshot)

	want := []string{
		"Someone else authored M elsewhere",
		"Ann authored A a",
		"Bo authored A " + ignoreRevisionsFile,
		"Cy co-authored A " + ignoreRevisionsFile,
		"Di reviewed A " + ignoreRevisionsFile,
		"Bo authored R b from a",
		"Cy co-authored R b from a",
		"Di reviewed R b from a",
		"Bo authored A c",
	}
	if diff := cmp.Diff(want, described(e)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	repository := sources.Repository{Label: "here", Path: b.Directory(), Revision: b.Head().String(), Commits: 4, Merges: 1}
	if diff := cmp.Diff(repository, e.Repositories[1]); diff != "" {
		t.Errorf("repository (-want +got):\n%s", diff)
	}
	event := sources.Event{Reference: mechanical.String(), Repository: 1, Time: 1704110400, Recorded: 1704110400, Declared: true}
	if diff := cmp.Diff(event, e.Events[1]); diff != "" {
		t.Errorf("first event (-want +got):\n%s", diff)
	}
	if len(e.Events) != 4 || e.Events[2].Declared {
		t.Errorf("events: %+v", e.Events)
	}
	var files []string
	for _, file := range e.Files {
		thing := e.Things[file.Thing]
		files = append(files, fmt.Sprint(thing.Repository, " ", thing.Path))
	}
	if diff := cmp.Diff([]string{"1 .git-blame-ignore-revs", "1 b", "1 c", "1 unseen/by/commits"}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}
