package graph

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

func build(s *evidencetest.Story, asOf string) *Graph {
	date, err := time.Parse("2006-01-02", asOf)
	if err != nil {
		panic(err)
	}
	return Build(s.Evidence, s.People(), s.Systems(), Options{AsOf: date.Unix(), Since: math.MinInt64, HalfLifeDays: 365})
}

// familiarity maps "path person" to familiarity, rounded to three decimals.
func familiarity(g *Graph, s *evidencetest.Story) map[string]float64 {
	known := map[string]float64{}
	for file := range g.Files {
		path := s.Evidence.Things[g.Files[file].Thing].Path
		for _, tie := range g.TiesOf(uint32(file)) {
			known[path+" "+s.Evidence.Identities[tie.Person].Name] = math.Round(tie.Familiarity*1000) / 1000
		}
	}
	return known
}

func TestFamiliarityOfHandWorkedHistories(t *testing.T) {
	for name, test := range map[string]struct {
		story *evidencetest.Story
		asOf  string
		want  map[string]float64
	}{
		// Created 365 days before: 3 × 2^-1; changed on the day: 1.
		"creation counts three, and half after a year": {
			evidencetest.New().On("2023-01-01").By("Ann").Commit("A api/a.go").
				On("2024-01-01").By("Bo").Commit("M api/a.go").Tree("api/a.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 1.5, "api/a.go Bo": 1},
		},
		"a commit on two systems gives each half": {
			evidencetest.New().By("Ann").Commit("M api/a.go", "M web/b.go").Tree("api/a.go", "web/b.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 0.5, "web/b.go Ann": 0.5},
		},
		"co-authors count in full and reviewers a little": {
			evidencetest.New().By("Ann").Commit("M api/a.go", "& Bo", "* Cy").Tree("api/a.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 1, "api/a.go Bo": 1, "api/a.go Cy": 0.3},
		},
		"a renamed file keeps who knew it, and moving it teaches nothing": {
			evidencetest.New().By("Ann").Commit("A api/a.go").By("Bo").Commit("R api/a.go api/b.go").Tree("api/b.go"),
			"2024-01-01",
			map[string]float64{"api/b.go Ann": 3, "api/b.go Bo": 0},
		},
		"a rename with edits teaches like a change": {
			evidencetest.New().By("Ann").Commit("A api/a.go").By("Bo").Commit("R80 api/a.go api/b.go").Tree("api/b.go"),
			"2024-01-01",
			map[string]float64{"api/b.go Ann": 3, "api/b.go Bo": 1},
		},
		"a change on a branch that did not have the rename yet reaches the renamed file": {
			evidencetest.New().By("Ann").Commit("A api/a.go").Commit("R api/a.go api/b.go").
				By("Bo").Commit("M api/a.go").Tree("api/b.go"),
			"2024-01-01",
			map[string]float64{"api/b.go Ann": 3, "api/b.go Bo": 1},
		},
		"a new file under a name that moved away starts anew": {
			evidencetest.New().By("Ann").Commit("A api/a.go").Commit("R api/a.go api/b.go").
				By("Bo").Commit("A api/a.go").Tree("api/a.go", "api/b.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Bo": 3, "api/b.go Ann": 3},
		},
		"two files that swap names swap histories": {
			evidencetest.New().By("Ann").Commit("A api/a.go").By("Bo").Commit("A api/b.go").
				By("Cy").Commit("R api/a.go api/b.go", "R api/b.go api/a.go").Tree("api/a.go", "api/b.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Bo": 3, "api/a.go Cy": 0, "api/b.go Ann": 3, "api/b.go Cy": 0},
		},
		"a file deleted and restored goes on": {
			evidencetest.New().By("Ann").Commit("A api/a.go").By("Bo").Commit("D api/a.go").Commit("A api/a.go").Tree("api/a.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 3, "api/a.go Bo": 3},
		},
		"two files that have one history teach once what one commit did to both": {
			evidencetest.New().By("Ann").Commit("A api/a.go").Commit("R api/a.go api/b.go").
				By("Bo").Commit("M api/a.go", "M api/b.go").Tree("api/b.go"),
			"2024-01-01",
			map[string]float64{"api/b.go Ann": 3, "api/b.go Bo": 1},
		},
		"a path that is gone is no file": {
			evidencetest.New().By("Ann").Commit("A api/a.go", "A api/b.go").Commit("D api/b.go").Tree("api/a.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 3},
		},
		"work dated after the as-of date counts as done then": {
			evidencetest.New().On("2030-01-01").By("Ann").Commit("M api/a.go").Tree("api/a.go"),
			"2024-01-01",
			map[string]float64{"api/a.go Ann": 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := familiarity(build(test.story, test.asOf), test.story)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("familiarity (-want +got):\n%s", diff)
			}
		})
	}
}

// Ann names herself as co-author and reviewer of her commit, under an address that is known to be hers.
func TestWhoeverNamesThemselvesUnderAnotherAddressCountsOnce(t *testing.T) {
	story := evidencetest.New().By("Ann").Commit("M api/a.go", "& Ann Other", "* Ann Third", "& Bo").Commit("M api/a.go", "& Ann Other").Tree("api/a.go")
	people := story.People()
	for other := range people.ByIdentity {
		if people.ByIdentity[other] != 3 {
			people.ByIdentity[other] = 0
		}
	}
	g := Build(story.Evidence, people, story.Systems(), Options{AsOf: story.Evidence.Events[0].Time, Since: math.MinInt64, HalfLifeDays: 365})
	if got := story.Evidence.Identities[3].Name; got != "Bo" {
		t.Fatalf("the fourth identity is %s, not Bo", got)
	}
	want := []Tie{
		{Person: 0, Familiarity: 2, Commits: 2, Changes: 2, LastSeen: g.AsOf},
		{Person: 3, Familiarity: 1, Commits: 1, LastSeen: g.AsOf},
	}
	if diff := cmp.Diff(want, g.TiesOf(0)); diff != "" {
		t.Errorf("ties (-want +got):\n%s", diff)
	}
	if got := g.ChangeWeightOf(0); got != 2 {
		t.Errorf("change weight: got %v, want 2", got)
	}
}

func paths(format string, n int) []string {
	changes := make([]string, n)
	for i := range changes {
		changes[i] = fmt.Sprintf(format, i)
	}
	return changes
}

func TestMechanicalCommitsGiveNoKnowledge(t *testing.T) {
	for name, test := range map[string]struct {
		changes []string
		want    Reason
	}{
		"374 files added at once":           {paths("A api/%d.json", 374), MassAddition},
		"150 files changed at once":         {paths("M api/%d.go", 150), MassChange},
		"40 files moved":                    {paths("R old/%d.go api/%[1]d.go", 40), MassRename},
		"most of a small tree changed":      {paths("M api/%d.go", 25), WholeTree},
		"a first commit of a small project": {paths("A api/%d.go", 25), NotMechanical},
		"a wide but ordinary commit":        {paths("A api/%d.go", 100), NotMechanical},
	} {
		t.Run(name, func(t *testing.T) {
			story := evidencetest.New().By("Ann").Commit(test.changes...)
			for i := range 30 {
				story.Tree(fmt.Sprintf("api/%d.go", i))
			}
			g := build(story, "2024-01-01")
			if got := g.Reason(0); got != test.want {
				t.Fatalf("reason: got %q, want %q", got, test.want)
			}
			for _, tie := range g.Ties {
				if test.want != NotMechanical && tie.Familiarity != 0 {
					t.Errorf("a mechanical commit gave familiarity %v", tie.Familiarity)
				}
			}
		})
	}
}

func TestALineInADocumentDoesNotHalveACommit(t *testing.T) {
	story := evidencetest.New().By("Ann").Commit("M api/a.go", "M docs/changes.md").Tree("api/a.go", "docs/changes.md")
	story.Evidence.Files[1].Exclusion = sources.Documentation
	if got := familiarity(build(story, "2024-01-01"), story)["api/a.go Ann"]; got != 1 {
		t.Errorf("familiarity: got %v, want 1", got)
	}
}

func TestGeneratedFilesAndDocumentsHideNoFormatter(t *testing.T) {
	leftOut := func(changes ...string) *evidencetest.Story {
		story := evidencetest.New().By("Ann").Commit(changes...)
		for i := range 30 {
			story.Tree(fmt.Sprintf("api/%d.go", i))
		}
		for i := range 60 {
			story.Tree(fmt.Sprintf("docs/%d.md", i))
			story.Evidence.Files[len(story.Evidence.Files)-1].Exclusion = sources.Documentation
		}
		return story
	}
	if got := build(leftOut(paths("M api/%d.go", 25)...), "2024-01-01").Reason(0); got != WholeTree {
		t.Errorf("25 of 30 assessed files changed: got %q, want %q", got, WholeTree)
	}
	if got := build(leftOut(paths("M docs/%d.md", 50)...), "2024-01-01").Reason(0); got != NotMechanical {
		t.Errorf("50 documents changed: got %q, want none", got)
	}
}

func TestACommitListedInIgnoreRevsIsMechanical(t *testing.T) {
	story := evidencetest.New().By("Ann").Commit("M api/a.go").Tree("api/a.go")
	story.Evidence.Events[0].Declared = true
	if got := build(story, "2024-01-01").Reason(0); got != Declared {
		t.Errorf("reason: got %q, want %q", got, Declared)
	}
}

// drawStory makes a random history in which paths are added, changed, renamed and deleted.
func drawStory(t *rapid.T) *evidencetest.Story {
	story := evidencetest.New()
	names := []string{"api/a.go", "api/b.go", "web/c.go", "web/d.go"}
	exists := map[string]bool{}
	for range rapid.IntRange(1, 30).Draw(t, "commits") {
		story.By(rapid.SampledFrom([]string{"Ann", "Bo", "Cy"}).Draw(t, "author"))
		path := rapid.SampledFrom(names).Draw(t, "path")
		to := rapid.SampledFrom(names).Draw(t, "to")
		switch {
		case !exists[path]:
			story.Commit("A " + path)
			exists[path] = true
		case !exists[to] && rapid.Bool().Draw(t, "rename"):
			story.Commit("R75 " + path + " " + to)
			exists[path], exists[to] = false, true
		case rapid.IntRange(0, 5).Draw(t, "delete") == 0:
			story.Commit("D " + path)
			exists[path] = false
		default:
			story.Commit("M " + path)
		}
	}
	for _, name := range names {
		if exists[name] {
			story.Tree(name)
		}
	}
	return story
}

func TestTiesAreTheSumsOfTheirContributions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := build(drawStory(t), "2024-06-01")
		sums := make([]float64, len(g.Ties))
		for i := range g.Histories {
			h := &g.Histories[i]
			change := 0.0
			for _, c := range g.Contributions[h.FirstContribution:h.EndContribution] {
				if c.Tie < h.FirstTie || c.Tie >= h.EndTie || g.Ties[c.Tie].Person != c.Person {
					t.Fatalf("contribution %+v points at the tie of someone or something else", c)
				}
				sums[c.Tie] += c.Familiarity
				change += c.Change
			}
			if math.Abs(change-h.ChangeWeight) > 1e-9 {
				t.Fatalf("change weight of history %d: got %v, want %v", i, h.ChangeWeight, change)
			}
		}
		for i, sum := range sums {
			if math.Abs(sum-g.Ties[i].Familiarity) > 1e-9 {
				t.Fatalf("tie %d: got %v, want %v", i, g.Ties[i].Familiarity, sum)
			}
		}
	})
}

func TestEveryFileOfTheTreeHasAHistoryThatEndsUnderItsName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story := drawStory(t)
		g := build(story, "2024-06-01")
		for file := range g.Files {
			if g.Files[file].History == sources.None {
				t.Fatalf("%s has no history", story.Evidence.Things[g.Files[file].Thing].Path)
			}
			if names := g.NamesOf(uint32(file)); len(names) == 0 || names[0] != g.Files[file].Thing {
				t.Fatalf("the newest name of %s: got %v", story.Evidence.Things[g.Files[file].Thing].Path, names)
			}
		}
	})
}

// Moving files is no work on them: who knows what, and how much work arrived, is what it was.
func TestRenamingEveryFileChangesNothingAboutWhoKnowsWhat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"api/a.go", "api/b.go", "docs/c.md", "web/d.go"}
		story := evidencetest.New()
		for range rapid.IntRange(1, 12).Draw(t, "commits") {
			story.By(rapid.SampledFrom([]string{"Ann", "Bo", "Cy"}).Draw(t, "author"))
			var changes []string
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 4, rapid.ID).Draw(t, "files") {
				changes = append(changes, "M "+name)
			}
			story.Commit(changes...)
		}
		end := func(s *evidencetest.Story, names []string) *Graph {
			s.Tree(names...)
			s.Evidence.Files[2].Exclusion = sources.Documentation
			return build(s, "2024-06-01")
		}
		moved := *story.Evidence
		before := end(story, names)
		story.Evidence = &moved
		moves := []string{"& Bo"}
		for i, name := range names {
			to := []string{"library/a.go", "library/b.go", "manual/c.md", "site/d.go"}[i]
			moves = append(moves, "R "+name+" "+to)
			names[i] = to
		}
		after := end(story.By("Dee").Commit(moves...), names)
		for file := range before.Files {
			name := story.Evidence.Things[before.Files[file].Thing].Path
			was, is := map[uint32]float64{}, map[uint32]float64{}
			for _, tie := range before.TiesOf(uint32(file)) {
				was[tie.Person] = tie.Familiarity
			}
			for _, tie := range after.TiesOf(uint32(file)) {
				if tie.Familiarity > 0 {
					is[tie.Person] = tie.Familiarity
				}
			}
			if diff := cmp.Diff(was, is); diff != "" {
				t.Fatalf("who knows %s (-before +after the move):\n%s", name, diff)
			}
			if was, is := before.ChangeWeightOf(uint32(file)), after.ChangeWeightOf(uint32(file)); was != is {
				t.Fatalf("change weight of %s: was %v, is %v", name, was, is)
			}
		}
	})
}

func TestAFileThatIsGoneKeepsTheSystemOfItsLastName(t *testing.T) {
	story := evidencetest.New().By("Ann").Commit("M api/a.go", "M web/b.go").Commit("R web/b.go api/b.go").Commit("D api/b.go").Tree("api/a.go")
	// Both files ended in api: the first commit was on one system.
	if got := familiarity(build(story, "2024-01-01"), story)["api/a.go Ann"]; got != 1 {
		t.Errorf("familiarity: got %v, want 1", got)
	}
}

func TestTheNetworkServesGonum(t *testing.T) {
	story := evidencetest.New().By("Ann").Commit("M api/a.go").By("Bo").Commit("M web/b.go").Tree("api/a.go", "web/b.go")
	// Ann–api and Bo–web: two islands.
	if got := len(topo.ConnectedComponents(build(story, "2024-01-01").Network(math.MinInt64))); got != 2 {
		t.Errorf("connected components: got %d, want 2", got)
	}
}
