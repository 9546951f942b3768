package analyzer_test

import (
	"strings"
	"testing"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/evidencetest"
)

// nearestIn assesses a history and names who is nearest to taking over a file that only one person covers.
func nearestIn(t *testing.T, s *evidencetest.Story, path string) string {
	t.Helper()
	options := analyzer.DefaultOptions(time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC))
	a, err := analyzer.Assess(s.Evidence, s.People(), s.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range a.Systems {
		for _, risk := range system.OnlyCovered {
			if risk.Path != path {
				continue
			}
			if risk.Next < 0 {
				return ""
			}
			return a.People[risk.Next].Name
		}
	}
	t.Fatalf("%s is not listed as covered by one person", path)
	return ""
}

// ownedByAda is a system in which Ada does nearly everything.
func ownedByAda() *evidencetest.Story {
	return evidencetest.New().
		On("2024-01-01").By("Ada").Commit("A pay/card.go", "A pay/cash.go").
		On("2024-02-01").By("Ada").Commit("M pay/card.go").Commit("M pay/card.go").Commit("M pay/cash.go").
		On("2024-05-20").By("Ada").Commit("M pay/card.go").Commit("M pay/cash.go").Commit("M pay/card.go").
		Tree("pay/card.go", "pay/cash.go", "web/page.go")
}

func TestWhoIsAboutNextToAFileIsNearerThanWhoOnceChangedIt(t *testing.T) {
	// Bo changed the file in January and was seen last in March; Cy works beside it now.
	story := ownedByAda().
		On("2024-01-10").By("Bo").Commit("M pay/card.go").
		On("2024-03-01").By("Bo").Commit("A web/page.go").
		On("2024-05-01").By("Cy").Commit("M pay/cash.go").
		On("2024-05-30").By("Cy").Commit("M pay/cash.go").Commit("M web/page.go").Commit("M web/page.go")
	if got := nearestIn(t, story, "pay/card.go"); got != "Cy" {
		t.Errorf("nearest is %q, want Cy", got)
	}
}

func TestWhoNeverCameNearIsNotNearest(t *testing.T) {
	story := ownedByAda().On("2024-05-30").By("Di").Commit("A web/page.go")
	story.Evidence.Files = story.Evidence.Files[:2]
	if got := nearestIn(t, story, "pay/card.go"); got != "" {
		t.Errorf("nearest is %q, want nobody", got)
	}
}

// Bo works beside the heaviest of the files that only Ada knows, Cy beside the three that follow.
func TestTheFirstScreenAndThePlanNameTheSameLearner(t *testing.T) {
	story := evidencetest.New().On("2024-05-01").By("Ada").Commit("A pay/a/card.go", "A pay/b/x.go", "A pay/b/y.go", "A pay/b/z.go")
	for range 6 {
		story.On("2024-05-10").By("Ada").Commit("M pay/a/card.go").Commit("M pay/a/card.go").Commit("M pay/b/x.go").Commit("M pay/b/y.go").Commit("M pay/b/z.go")
	}
	story.On("2024-05-20").By("Bo").Commit("A pay/a/bo.go").By("Cy").Commit("A pay/b/cy.go").Commit("M pay/b/cy.go")
	story.Tree("pay/a/card.go", "pay/a/bo.go", "pay/b/x.go", "pay/b/y.go", "pay/b/z.go", "pay/b/cy.go")
	if got := nearestIn(t, story, "pay/a/card.go"); got != "Bo" {
		t.Errorf("nearest to the one file is %q, want Bo", got)
	}
	options := analyzer.DefaultOptions(time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC))
	a, err := analyzer.Assess(story.Evidence, story.People(), story.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	if got := a.Sentences[0].Text; !strings.Contains(got, "Cy is nearest: pair them first on pay/a/card.go") {
		t.Errorf("the first screen says %q, want Cy, who is nearest to the four together", got)
	}
	plan, err := analyzer.MakePlan(story.Evidence, story.People(), story.Systems(), options, analyzer.DefaultPlanOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Actions) != 1 || plan.People[plan.Actions[0].Writes].Name != "Cy" {
		t.Errorf("planned: %+v, want that Cy learns it", plan.Actions)
	}
}

// Cy is nearest to what Ada holds and to what Eve holds, and is asked for one of them only.
func TestThePlanSaysWhyItDoesNotAskTheNearest(t *testing.T) {
	story := evidencetest.New()
	for _, of := range [][2]string{{"Ada", "pay"}, {"Eve", "web"}} {
		holder, system := of[0], of[1]+"/src"
		story.On("2024-05-01").By(holder).Commit("A "+system+"/x.go", "A "+system+"/y.go")
		for range 6 {
			story.On("2024-05-10").By(holder).Commit("M " + system + "/x.go").Commit("M " + system + "/y.go")
		}
		story.On("2024-05-20").By("Cy").Commit("A " + system + "/cy.go").Commit("M " + system + "/cy.go").By("Bo").Commit("A " + system + "/bo.go")
		story.Tree(system+"/x.go", system+"/y.go", system+"/cy.go", system+"/bo.go")
	}
	limits := analyzer.DefaultPlanOptions()
	limits.CapHours = 4
	plan, err := analyzer.MakePlan(story.Evidence, story.People(), story.Systems(), analyzer.DefaultOptions(time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)), limits)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Actions) != 2 || plan.People[plan.Actions[0].Writes].Name != "Cy" || plan.People[plan.Actions[1].Writes].Name != "Bo" {
		t.Fatalf("got %+v, want that Cy learns the one and Bo the other", plan.Actions)
	}
	const why = "Cy is nearer, and has not so many hours left"
	if first, second := plan.Actions[0].Why, plan.Actions[1].Why; strings.Contains(first, why) || !strings.Contains(second, why) {
		t.Errorf("got %q and %q, want the second to say why it is not Cy", first, second)
	}
}
