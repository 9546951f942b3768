package ranking_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyperson/analyzer/evidencetest"
	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// stateOf prepares rankings as of a date.
func stateOf(s *evidencetest.Story, people *sources.People, asOf string, weights ranking.Weights) *ranking.State {
	date, err := time.Parse(time.DateOnly, asOf)
	if err != nil {
		panic(err)
	}
	g := graph.Build(s.Evidence, people, s.Systems(), graph.Options{AsOf: date.Unix(), Since: math.MinInt64, HalfLifeDays: 365})
	return ranking.New(s.Evidence, people, g, weights)
}

func names(people *sources.People, candidates []ranking.Candidate) []string {
	var names []string
	for _, c := range candidates {
		names = append(names, people.Persons[c.Person].Name)
	}
	return names
}

// shop has two files that change together, one beside them and one elsewhere.
func shop() *evidencetest.Story {
	return evidencetest.New().
		On("2024-01-01").By("Ada").Commit("A pay/charge/card.go", "A pay/charge/cash.go").
		On("2024-03-01").By("Bo").Commit("A pay/charge/tax.go").
		On("2024-03-01").By("Cy").Commit("A pay/refund/all.go").
		On("2024-03-01").By("Di").Commit("A web/page.go").
		Tree("pay/charge/card.go", "pay/charge/cash.go", "pay/charge/tax.go", "pay/refund/all.go", "web/page.go")
}

func TestEachPartIsAShareOfTheRecentWorkNearTheFile(t *testing.T) {
	story := shop()
	people := story.People()
	weights := ranking.DefaultWeights()
	weights.DirectoryHalfLifeDays, weights.SubtreeHalfLifeDays, weights.PresenceHalfLifeDays = 60, 60, 60
	state := stateOf(story, people, "2024-04-30", weights)
	parts := state.Parts([]uint32{story.Thing("pay/charge/card.go")})
	// From 2024-01-01 to 2024-04-30 are 120 days, from 2024-03-01 are 60. With a half-life of 60 days Ada's
	// commit counts 1/4 and the others' 1/2 each; a commit counts once for a directory however many files it touched.
	// The file and what changed with it (cash.go) are Ada's alone. In pay/charge are Ada and Bo:
	// (1/4)/(3/4) and (1/2)/(3/4). Below pay are Ada, Bo and Cy: (1/4)/(5/4), (1/2)/(5/4) and (1/2)/(5/4).
	want := map[string]ranking.Parts{
		"Ada": {File: 1, CoChange: 1, Directory: 1.0 / 3, Subtree: 0.2, Presence: 0.25},
		"Bo":  {Directory: 2.0 / 3, Subtree: 0.4, Presence: 0.5},
		"Cy":  {Subtree: 0.4, Presence: 0.5},
		"Di":  {Presence: 0.5},
	}
	for i := range people.Persons {
		name := people.Persons[i].Name
		if diff := cmp.Diff(want[name], parts[i], cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestTheScoreIsNearnessTimesAPowerOfPresence(t *testing.T) {
	weights := ranking.Weights{File: 1, Directory: 0.5, CoChange: 2, Subtree: 0.25, Anyone: 0.01, PresencePower: 0.5}
	parts := ranking.Parts{File: 0.2, Directory: 0.4, CoChange: 0.1, Subtree: 0.8, Presence: 9}
	// (0.2 + 0.5·0.4 + 2·0.1 + 0.25·0.8 + 0.01) · √9 = 0.81 · 3
	if got := weights.Score(&parts); math.Abs(got-2.43) > 1e-12 {
		t.Errorf("score %v, want 2.43", got)
	}
}

func TestWhoIsPresentInTheNeighbourhoodComesBeforeWhoIsElsewhere(t *testing.T) {
	story := shop()
	people := story.People()
	state := stateOf(story, people, "2024-04-30", ranking.DefaultWeights())
	got := names(people, state.Rank([]uint32{story.Thing("pay/charge/card.go")}, func(p uint32) bool { return people.Persons[p].Name == "Ada" }))
	if diff := cmp.Diff([]string{"Bo", "Cy", "Di"}, got); diff != "" {
		t.Errorf("without Ada (-want +got):\n%s", diff)
	}
}

func TestLeavingSomeoneOutChangesNobodyElsesParts(t *testing.T) {
	story := shop()
	people := story.People()
	state := stateOf(story, people, "2024-04-30", ranking.DefaultWeights())
	things := []uint32{story.Thing("pay/charge/card.go"), story.Thing("pay/refund/all.go")}
	all := state.Rank(things, nil)
	rest := state.Rank(things, func(p uint32) bool { return people.Persons[p].Name == "Ada" })
	all = slices.DeleteFunc(all, func(c ranking.Candidate) bool { return people.Persons[c.Person].Name == "Ada" })
	if diff := cmp.Diff(all, rest, cmpopts.IgnoreFields(ranking.Candidate{}, "Share")); diff != "" {
		t.Errorf("(-all but Ada +without Ada):\n%s", diff)
	}
	sum := 0.0
	for _, c := range rest {
		sum += c.Share
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("shares sum to %v, want 1", sum)
	}
}

func TestAProgramIsNeverACandidate(t *testing.T) {
	story := shop().On("2024-04-29").By("Robot").Commit("M pay/charge/card.go")
	people := story.People()
	robot := slices.IndexFunc(people.Persons, func(p sources.Person) bool { return p.Name == "Robot" })
	people.Persons[robot].Kind = sources.Bot
	state := stateOf(story, people, "2024-04-30", ranking.DefaultWeights())
	if got := names(people, state.Rank([]uint32{story.Thing("pay/charge/card.go")}, nil)); slices.Contains(got, "Robot") {
		t.Errorf("ranked: %v", got)
	}
}

func TestNobodyIsRankedForWhatIsNoAssessedFile(t *testing.T) {
	story := shop()
	state := stateOf(story, story.People(), "2024-04-30", ranking.DefaultWeights())
	if got := state.Rank([]uint32{story.Thing("nowhere.go")}, nil); got != nil {
		t.Errorf("ranked: %v", got)
	}
	if got := ranking.ConfidenceIn(nil); got != ranking.NoOne {
		t.Errorf("confidence %q, want %q", got, ranking.NoOne)
	}
}

func TestAMoveTeachesNothingAndShowsPresence(t *testing.T) {
	story := shop().
		On("2024-04-30").By("Eve").Commit("R pay/charge/card.go pay/charge/cards.go")
	people := story.People()
	state := stateOf(story.Tree("pay/charge/cards.go"), people, "2024-04-30", ranking.DefaultWeights())
	parts := state.Parts([]uint32{story.Thing("pay/charge/cards.go")})
	eve := slices.IndexFunc(people.Persons, func(p sources.Person) bool { return p.Name == "Eve" })
	if diff := cmp.Diff(ranking.Parts{Presence: 1}, parts[eve]); diff != "" {
		t.Errorf("Eve (-want +got):\n%s", diff)
	}
	ada := slices.IndexFunc(people.Persons, func(p sources.Person) bool { return p.Name == "Ada" })
	if parts[ada].File != 1 {
		t.Errorf("Ada wrote the file under its old name: share %v, want 1", parts[ada].File)
	}
}

func TestAStrongerWordIsRightMoreOften(t *testing.T) {
	words := ranking.Confidences()
	for name, scale := range map[string]ranking.Scale{"ordinarily": ranking.Ordinarily, "after leaving": ranking.AfterLeaving} {
		for i := 1; i < len(words); i++ {
			if scale.HitRate(words[i]) >= scale.HitRate(words[i-1]) || scale.LeastShare(words[i]) >= scale.LeastShare(words[i-1]) {
				t.Errorf("%s: %q is not weaker than %q", name, words[i], words[i-1])
			}
		}
	}
	for share, want := range map[float64]ranking.Confidence{1: ranking.Strong, 0.9: ranking.Strong, 0.89: ranking.Likely, 0.7: ranking.Likely, 0.5: ranking.Weak, 0: ranking.Weak} {
		if got := ranking.Ordinarily.Word(share); got != want {
			t.Errorf("share %v: %q, want %q", share, got, want)
		}
	}
	if got := ranking.AfterLeaving.Word(0.94); got != ranking.Likely {
		t.Errorf("a share of 0.94 of those who are left: %q, want %q", got, ranking.Likely)
	}
}
