package analyzer

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// wellWritten is a document that has everything a structured runbook needs.
func wellWritten() sources.Runbook {
	return sources.Runbook{
		Title: "Renew the certificate", Titled: true, Owner: "ops",
		Sections: []sources.Section{
			{Role: sources.Purpose, Heading: "Purpose", Line: 3, Level: 2, Words: 9},
			{Role: sources.Trigger, Heading: "When", Line: 5, Level: 2, Words: 9},
			{Role: sources.Prerequisites, Heading: "Before", Line: 7, Level: 2, Words: 9},
			{Role: sources.Rollback, Heading: "Rollback", Line: 20, Level: 2, Words: 9},
		},
		Steps: []sources.Step{{Line: 10, HasCommand: true, ChangesState: true, HasCheck: true, IsNumbered: true}},
	}
}

// storyOfARunbook is a history in which Ann writes a runbook and works on what it is about, in 2024.
func storyOfARunbook() (*evidencetest.Story, *sources.Runbook) {
	s := evidencetest.New()
	busy(s, "Ann", "web/a.go", "2024-03-01", 12)
	busy(s, "Bo", "web/a.go", "2024-04-01", 12)
	s.On("2024-05-01").By("Ann").Commit("A web/certs.md")
	r := wellWritten()
	r.Thing = s.Thing("web/certs.md")
	s.Evidence.Runbooks = []sources.Runbook{r}
	revise(s, "Ann", sources.Wrote, sources.Substantive)
	return s, &s.Evidence.Runbooks[0]
}

// revise adds a revision by the last commit of the story.
func revise(s *evidencetest.Story, who string, kind sources.Kind, nature sources.RevisionNature) {
	e := s.Evidence
	person := slices.IndexFunc(e.Identities, func(i sources.Identity) bool { return i.Name == who })
	e.Runbooks[0].Revisions = append(e.Runbooks[0].Revisions, sources.Revision{
		Event: uint32(len(e.Events) - 1), Person: uint32(person), Kind: kind, Nature: nature, Words: 20,
	})
}

// executed adds a commit that cites the runbook.
func executed(s *evidencetest.Story, who, on string) {
	s.On(on).By(who).Commit("M web/a.go")
	s.Evidence.Mentions = append(s.Evidence.Mentions, sources.Mention{Event: uint32(len(s.Evidence.Events) - 1), Kind: sources.DocumentMention})
}

func TestMaturityRisesWithWhatIsKnownOfARunbook(t *testing.T) {
	steps := []struct {
		name    string
		do      func(s *evidencetest.Story, r *sources.Runbook)
		want    Maturity
		missing string // in what the next level lacks
	}{
		{"without a way back it only exists", func(_ *evidencetest.Story, r *sources.Runbook) { r.Sections = r.Sections[:3] }, Exists, "rollback"},
		{"with a link to nowhere it is structured", func(_ *evidencetest.Story, r *sources.Runbook) {
			r.Sections = wellWritten().Sections
			r.Links = []sources.Link{{Target: "gone.md", Line: 12, State: sources.Broken}}
		}, Structured, "working links: mend those of line 12"},
		{"written this year it is fresh", func(_ *evidencetest.Story, r *sources.Runbook) { r.Links = nil }, Fresh, "a second author"},
		{"confirmed by another it is independent", func(s *evidencetest.Story, _ *sources.Runbook) {
			s.On("2024-06-01").By("Bo").Commit("M web/certs.md")
			revise(s, "Bo", sources.Confirmed, sources.ReviewBump)
		}, Independent, "an execution by someone who did not write it"},
		{"an execution by its author proves nothing", func(s *evidencetest.Story, _ *sources.Runbook) { executed(s, "Ann", "2024-06-02") }, Independent, "an execution"},
		{"executed by another", func(s *evidencetest.Story, _ *sources.Runbook) { executed(s, "Bo", "2024-06-03") }, ExecutedByOthers, "1 by 1 so far"},
		{"three times by two, but nothing fed back", func(s *evidencetest.Story, _ *sources.Runbook) {
			executed(s, "Cy", "2024-06-04")
			executed(s, "Cy", "2024-06-05")
		}, ExecutedByOthers, "an edit that feeds back"},
		{"an edit after them proves it", func(s *evidencetest.Story, _ *sources.Runbook) {
			s.On("2024-06-06").By("Ann").Commit("M web/certs.md")
			revise(s, "Ann", sources.Revised, sources.Substantive)
		}, Proven, "automation"},
		{"a script makes it automated", func(_ *evidencetest.Story, r *sources.Runbook) { r.Automation = "renew.sh" }, AutomatedMaturity, ""},
	}
	s, r := storyOfARunbook()
	for _, step := range steps {
		step.do(s, r)
		got := assess(t, s, "2024-07-01").Runbooks[0]
		if got.Maturity != step.want || !strings.Contains(strings.Join(got.Missing, "; "), step.missing) {
			t.Errorf("%s: got %s lacking %q, want %s lacking %q", step.name, got.Maturity, got.Missing, step.want, step.missing)
		}
	}
}

func TestARunbookGoesStale(t *testing.T) {
	s, r := storyOfARunbook()
	r.IntervalDays = 90
	if got := assess(t, s, "2024-07-01").Runbooks[0]; got.Maturity != Fresh {
		t.Errorf("within its interval: %s lacking %q, want M3", got.Maturity, got.Missing)
	}
	if got := assess(t, s, "2024-09-01").Runbooks[0]; got.Maturity != Structured || !strings.Contains(got.Missing[0], "the last was on 2024-05-01") {
		t.Errorf("after its interval: %s lacking %q, want M2 lacking a review", got.Maturity, got.Missing)
	}
	r.Reviewed = date("2024-08-15").Unix()
	if got := assess(t, s, "2024-09-01").Runbooks[0]; got.Maturity != Fresh {
		t.Errorf("reviewed as it says itself: %s lacking %q, want M3", got.Maturity, got.Missing)
	}
	// What it describes is one file, and all of it changes after the review.
	r.Subject = []uint32{s.Thing("web/a.go")}
	s.On("2024-08-20").By("Bo").Commit("M web/a.go")
	if got := assess(t, s, "2024-09-01").Runbooks[0]; got.Maturity != Structured || !strings.Contains(got.Missing[0], "2024-08-20") {
		t.Errorf("older than what it describes: %s lacking %q, want M2 lacking a look at the change", got.Maturity, got.Missing)
	}
	s.On("2024-08-25").By("Bo").Commit("R web/a.go shop/a.go")
	s.Evidence.Events[len(s.Evidence.Events)-1].Declared = true
	r.Subject = []uint32{s.Thing("shop/a.go")}
	if got := assess(t, s, "2024-09-01").Runbooks[0]; got.Maturity != Structured || !strings.Contains(got.Missing[0], "2024-08-20") {
		t.Errorf("older than what it describes, which was renamed: %s lacking %q, want M2 lacking a look at the change", got.Maturity, got.Missing)
	}
}

func TestRevisionsAreCountedByCommitAndBotsWriteNothing(t *testing.T) {
	s, _ := storyOfARunbook()
	s.On("2024-06-01").By("Bo").Commit("M web/certs.md")
	revise(s, "Bo", sources.Revised, sources.Substantive)
	revise(s, "Ann", sources.CoAuthored, sources.Substantive)
	people := s.People()
	people.Persons[people.ByIdentity[1]].Kind = sources.Bot
	a, err := Assess(s.Evidence, people, s.Systems(), DefaultOptions(date("2024-07-01")))
	if err != nil {
		t.Fatal(err)
	}
	got := a.Runbooks[0]
	if got.Revisions != 2 || got.Substantive != 2 || len(got.Authors) != 1 || a.People[got.Authors[0]].Name != "Ann" {
		t.Errorf("%d revisions, %d substantive, authors %v; want 2, 2 and Ann", got.Revisions, got.Substantive, got.Authors)
	}
}

func TestExplainingARunbookShowsItsRevisionsAndExecutions(t *testing.T) {
	s, _ := storyOfARunbook()
	executed(s, "Bo", "2024-06-03")
	x, err := Explain(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-07-01")), "web/certs.md", 10)
	if err != nil {
		t.Fatal(err)
	}
	r := x.File.Runbook
	if r == nil || len(r.Revisions) != 1 || len(r.Executions) != 1 {
		t.Fatalf("got %+v, want one revision and one execution", r)
	}
	want := []string{"Ann wrote substantive", "Bo false"}
	got := []string{
		x.People[r.Revisions[0].Person].Name + " " + r.Revisions[0].Kind + " " + r.Revisions[0].Nature,
		x.People[r.Executions[0].Person].Name + " " + map[bool]string{true: "true", false: "false"}[r.Executions[0].Wrote],
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnEscalationCountsUntilAnEditHasAnsweredIt(t *testing.T) {
	run := func(person uint32, on string, escalated bool) outsideExecution {
		return outsideExecution{Execution: Execution{Person: person, Time: date(on).Unix(), Escalated: escalated}}
	}
	s := runbookState{outside: []outsideExecution{
		run(1, "2024-03-01", false), run(2, "2024-03-02", true), run(2, "2024-03-03", false), run(2, "2024-03-04", false),
	}}
	s.result.LastSubstantive = date("2024-03-01").AddDate(0, 0, 1).Add(-1)
	if got := s.lacksProof(); len(got) != 1 || !strings.Contains(got[0], "answers what was escalated since the last one: 1") {
		t.Errorf("before the edit: lacks %q, want an answer to one escalation", got)
	}
	s.result.LastSubstantive = date("2024-03-10")
	if got := s.lacksProof(); len(got) != 0 {
		t.Errorf("after the edit: lacks %q, want nothing", got)
	}
}

func TestProofTakesThreeExecutionsByTwoOthers(t *testing.T) {
	for name, test := range map[string]struct {
		executors []uint32
		missing   string // "" where it is proven
	}{
		"three by two": {[]uint32{1, 2, 2}, ""},
		"two by two":   {[]uint32{1, 2}, "2 by 2 so far"},
		"three by one": {[]uint32{1, 1, 1}, "3 by 1 so far"},
	} {
		var s runbookState
		for i, person := range test.executors {
			s.outside = append(s.outside, outsideExecution{Execution: Execution{Person: person, Time: date("2024-03-01").AddDate(0, 0, i).Unix()}})
		}
		s.result.LastSubstantive = date("2024-04-01")
		got := strings.Join(s.lacksProof(), "; ")
		if (got == "") != (test.missing == "") || !strings.Contains(got, test.missing) {
			t.Errorf("%s: lacks %q, want %q", name, got, test.missing)
		}
	}
}
