package backtest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

var paths = []string{"a/x.go", "a/y.go", "a/b/z.go", "c/w.go"}

// drawStory makes up a history with additions, changes, deletions and moves by people and a program.
func drawStory(t *rapid.T) *evidencetest.Story {
	s := evidencetest.New()
	exists := map[string]bool{}
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for range rapid.IntRange(1, 25).Draw(t, "commits") {
		day = day.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "days"))
		s.On(day.Format(time.DateOnly)).By(rapid.SampledFrom([]string{"Ada", "Bo", "Cy", "Robot"}).Draw(t, "author"))
		var changes []string
		for _, path := range paths {
			switch rapid.IntRange(0, 5).Draw(t, "action") {
			case 0, 1:
				if exists[path] {
					changes = append(changes, "M "+path)
				} else {
					changes = append(changes, "A "+path)
				}
				exists[path] = true
			case 2:
				if exists[path] && rapid.Bool().Draw(t, "delete") {
					changes, exists[path] = append(changes, "D "+path), false
				}
			}
		}
		if len(changes) == 0 {
			continue
		}
		if rapid.Bool().Draw(t, "pair") {
			changes = append(changes, "& Di")
		}
		s.Commit(changes...)
	}
	for _, path := range paths {
		if exists[path] {
			s.Tree(path)
		}
	}
	return s
}

func peopleOf(s *evidencetest.Story) *sources.People {
	people := s.People()
	for i := range people.Persons {
		if people.Persons[i].Name == "Robot" {
			people.Persons[i].Kind = sources.Bot
		}
	}
	return people
}

// ranked lists, by file, who is ranked for it at a cut-off, with scores.
func ranked(s *evidencetest.Story, people *sources.People, cutoff int64) map[string][]string {
	h := &history{evidence: s.Evidence, people: people, reasons: graph.Reasons(s.Evidence)}
	p := h.at(cutoff, 180*secondsPerDay)
	w := newWorld(p.evidence, people, s.Systems(), cutoff, 365)
	state := ranking.New(w.evidence, people, w.graph, ranking.DefaultWeights())
	lists := map[string][]string{}
	for _, file := range p.evidence.Files {
		path := s.Evidence.Things[file.Thing].Path
		lists[path] = []string{}
		for _, c := range state.Rank([]uint32{file.Thing}, nil) {
			lists[path] = append(lists[path], fmt.Sprintf("%s %v", people.Persons[c.Person].Name, c.Score))
		}
	}
	return lists
}

func drawCutoff(t *rapid.T) int64 {
	return time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, "cut-off")).Unix()
}

func TestNobodyIsRankedWhoIsAProgramOrComesLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story, cutoff := drawStory(t), drawCutoff(t)
		people := peopleOf(story)
		seen := map[string]bool{}
		for i := range story.Evidence.Records {
			r := &story.Evidence.Records[i]
			if story.Evidence.Events[r.Event].Time < cutoff {
				seen[people.Persons[people.ByIdentity[r.Person]].Name] = true
			}
		}
		for path, list := range ranked(story, people, cutoff) {
			for _, line := range list {
				var name string
				_, _ = fmt.Sscan(line, &name) // the name is always there
				if name == "Robot" || !seen[name] {
					t.Fatalf("%s: %s is ranked", path, name)
				}
			}
		}
	})
}

func TestWhatComesLaterChangesNoRanking(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story, cutoff := drawStory(t), drawCutoff(t)
		people := peopleOf(story)
		want := ranked(story, people, cutoff)
		later := time.Unix(cutoff, 0).UTC().AddDate(0, 0, 1)
		story.Evidence.Files = nil // what the tree is in the end decides only which files are assessed
		story.On(later.Format(time.DateOnly)).By("Eve").Commit("M a/x.go", "A new/file.go", "D c/w.go", "& Ada")
		story.By("Bo").Commit("R80 a/y.go a/moved.go").Tree("a/x.go", "a/moved.go", "new/file.go")
		if diff := cmp.Diff(want, ranked(story, peopleOf(story), cutoff)); diff != "" {
			t.Fatalf("at %v (-without +with what came later):\n%s", time.Unix(cutoff, 0).UTC(), diff)
		}
	})
}

func TestTheOrderOfTheRecordsOfACommitChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story, cutoff := drawStory(t), drawCutoff(t)
		people := peopleOf(story)
		want := ranked(story, people, cutoff)
		records := story.Evidence.Records
		for first := 0; first < len(records); {
			end := first
			for end < len(records) && records[end].Event == records[first].Event {
				end++
			}
			// Authors come first, as importers write them: a co-author stands behind the author of the same change.
			part := records[first:end]
			shuffled := rapid.Permutation(part).Draw(t, "order")
			slices.SortStableFunc(shuffled, func(a, b sources.Record) int { return int(a.Kind) - int(b.Kind) })
			copy(part, shuffled)
			first = end
		}
		if diff := cmp.Diff(want, ranked(story, people, cutoff)); diff != "" {
			t.Fatalf("(-before +after shuffling):\n%s", diff)
		}
	})
}
