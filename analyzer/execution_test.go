package analyzer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// doer is who did the story's first ticket by 2024-12-31, or why it is no execution.
func doer(t *testing.T, s *evidencetest.Story, change ...func(*Options)) string {
	t.Helper()
	options := DefaultOptions(date("2024-12-31"))
	for _, c := range change {
		c(&options)
	}
	w, err := newWork(s.Evidence, s.People(), s.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	f := w.executed().fates[0]
	if f.omission != counted {
		return omissions[f.omission]
	}
	return w.people.Persons[f.person].Name
}

func TestWhoDidATicket(t *testing.T) {
	for name, test := range map[string]struct {
		story func(*evidencetest.Story)
		want  string
	}{
		"the one who had it and resolved it": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann").Resolved("Ann", "2024-03-02") }, "Ann",
		},
		"the assignee, where the source does not tell who resolved it": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann").Resolved("", "2024-03-02") }, "Ann",
		},
		"the one who had it for weeks and wrote the commit, not the tester who closed it": {
			func(s *evidencetest.Story) {
				s.On("2024-03-20").By("Ann").Commit("M a.go")
				s.On("2024-03-01").Ticket("OPS-1", "x").Held("Ann", "2024-03-01", "2024-03-21").Held("Tess", "2024-03-21", "2024-03-22").
					For("Tess").Resolved("Tess", "2024-03-22").Cited()
			}, "Ann",
		},
		"the one who booked the time": {
			func(s *evidencetest.Story) {
				s.On("2024-03-01").Ticket("OPS-1", "x").For("Lea").Logged("Ann", "2024-03-02", 6).Logged("Lea", "2024-03-02", 0.5).Resolved("", "2024-03-03")
			}, "Ann",
		},
		"the one who took it over and resolved it, not the queue it lay in": {
			func(s *evidencetest.Story) {
				s.On("2024-03-01").Ticket("OPS-1", "x").Held("Desk", "2024-03-01", "2024-03-04").Held("Ann", "2024-03-04", "2024-03-05").
					For("Ann").Resolved("Ann", "2024-03-05")
			}, "Ann",
		},
		"the one who had it when it was resolved, not whom it was given to later": {
			func(s *evidencetest.Story) {
				s.On("2024-03-01").Ticket("OPS-1", "x").Held("Ann", "2024-03-01", "2024-03-05").Held("Zoe", "2024-03-09", "2024-03-10").For("Zoe").Resolved("", "2024-03-05")
			}, "Ann",
		},
		"of equals, the one who resolved it": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann").Resolved("Bo", "2024-03-02") }, "Bo",
		},
		"nobody, where nobody is named": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").Resolved("", "2024-03-02") }, omissions[nobodyNamed],
		},
		"nobody, where only the one who asked answers questions": {
			func(s *evidencetest.Story) {
				s.Ticket("OPS-1", "x").Comment("Rae", "2024-03-01").Comment("Rae", "2024-03-02").
					Change(func(t *sources.Ticket) { t.Reporter = t.Acts[0].Person }).Resolved("", "2024-03-03")
			}, omissions[nobodyNamed],
		},
		"nobody yet": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann") }, omissions[unresolved],
		},
		"nobody by the date looked from": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann").Resolved("Ann", "2025-01-01") }, omissions[unresolved],
		},
		"not the one who worked on it after the date looked from": {
			func(s *evidencetest.Story) {
				s.Ticket("OPS-1", "x").For("Ann").Resolved("", "2024-03-02").Logged("Bo", "2024-12-31T00:01", 5)
			}, "Ann",
		},
		"the one who worked on it, up to the date looked from": {
			func(s *evidencetest.Story) {
				s.Ticket("OPS-1", "x").For("Ann").Resolved("", "2024-12-31").Logged("Bo", "2024-12-31", 5)
			}, "Bo",
		},
		"nobody: declined": {
			func(s *evidencetest.Story) {
				s.Ticket("OPS-1", "x").For("Ann").Ended("Won’t Fix", "Ann", "2024-03-02")
			}, omissions[endedUndone],
		},
		"nobody: 重複": {
			func(s *evidencetest.Story) { s.Ticket("OPS-1", "x").For("Ann").Ended("重複", "Ann", "2024-03-02") }, omissions[endedUndone],
		},
	} {
		t.Run(name, func(t *testing.T) {
			story := evidencetest.New()
			test.story(story)
			if got := doer(t, story); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestABulkClosingIsNoExecutionUnlessSomethingElseShowsWork(t *testing.T) {
	story := evidencetest.New()
	for i := range 12 {
		ticket := story.Ticket(fmt.Sprintf("OPS-%d", i+1), "x").For("Ann").Resolved("Cleo", fmt.Sprintf("2024-03-02T10:%02d", i/2))
		if i == 1 {
			ticket.Logged("Ann", "2024-03-01", 2)
		}
	}
	story.Ticket("OPS-13", "x").For("Ann").Resolved("Cleo", "2024-03-02T18:00")
	w, err := newWork(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	x := w.executed()
	got := map[string]int{}
	for _, f := range x.fates {
		got[omissions[f.omission]]++
	}
	if diff := cmp.Diff(map[string]int{omissions[closedInBulk]: 11, omissions[counted]: 2}, got); diff != "" {
		t.Errorf("fates (-want +got):\n%s", diff)
	}
}

func TestNineClosedTogetherOrACommitAreNoBulk(t *testing.T) {
	for name, test := range map[string]struct {
		closed int
		cited  bool // the first by a commit
		want   int  // executions
	}{
		"nine": {9, false, 9}, "ten": {10, false, 0}, "ten, one of them with a commit": {10, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			story := evidencetest.New().On("2024-03-01").By("Ann").Commit("M a.go")
			for i := range test.closed {
				ticket := story.Ticket(fmt.Sprintf("OPS-%d", i+1), "x").For("Ann").Resolved("Cleo", fmt.Sprintf("2024-03-02T10:%02d", i/2))
				if i == 0 && test.cited {
					ticket.Cited().Change(func(moved *sources.Ticket) { moved.Key, moved.FormerKeys = "NET-1", []string{moved.Key} })
				}
			}
			if got := countExecutions(t, story); got != test.want {
				t.Errorf("got %d executions, want %d", got, test.want)
			}
		})
	}
}

// countExecutions is how many tickets of a story count as executions at the end of its year.
func countExecutions(t *testing.T, story *evidencetest.Story) int {
	t.Helper()
	w, err := newWork(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range w.executed().fates {
		if f.omission == counted {
			n++
		}
	}
	return n
}

func TestABulkClosingTakesTenMinutesAtMost(t *testing.T) {
	for name, test := range map[string]struct {
		last      string // when the tenth is closed, after nine at ten o'clock
		commented string // when someone commented on the first
		want      int    // executions
	}{
		"ten within ten minutes":                {"2024-03-02T10:10", "", 0},
		"the tenth a minute later":              {"2024-03-02T10:11", "", 10},
		"a comment long before it":              {"2024-03-02T10:10", "2024-03-02T09:49", 1},
		"a comment as it was closed":            {"2024-03-02T10:10", "2024-03-02T09:50", 0},
		"a comment when they had been closed":   {"2024-03-02T10:10", "2024-03-02T10:05", 0},
		"a comment when it had long been ended": {"2024-03-02T10:10", "2024-03-03T10:05", 0},
	} {
		t.Run(name, func(t *testing.T) {
			story := evidencetest.New()
			for i := range 10 {
				at := "2024-03-02T10:00"
				if i == 9 {
					at = test.last
				}
				ticket := story.Ticket(fmt.Sprintf("OPS-%d", i+1), "x").For("Ann").Resolved("Cleo", at)
				if i == 0 && test.commented != "" {
					ticket.Comment("Ann", test.commented)
				}
			}
			if got := countExecutions(t, story); got != test.want {
				t.Errorf("got %d executions, want %d", got, test.want)
			}
		})
	}
}

func TestTriageAccountsExecuteNothing(t *testing.T) {
	story := evidencetest.New()
	story.Ticket("OPS-1", "x").For("Desk").Resolved("Desk", "2024-03-02")
	if got := doer(t, story, func(o *Options) { o.Triage = []string{"desk@example.org"} }); got != omissions[onlyTriage] {
		t.Errorf("a configured account: got %q", got)
	}
	// Someone who hands over ten tickets and never resolves one is told by that, even where a ticket ends in their hands unresolved.
	story = evidencetest.New()
	story.Ticket("OPS-1", "x").Held("Desk", "2024-01-01", "2024-03-01").Held("Ann", "2024-03-01", "2024-03-02").For("Ann").Resolved("", "2024-03-02")
	for i := range 10 {
		story.Ticket(fmt.Sprintf("OPS-%d", i+2), "x").HandedOver("Desk", "2024-03-01")
	}
	w, err := newWork(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	if triage := w.executed().triage; len(triage) != 1 {
		t.Errorf("got %d triage accounts, want Desk alone", len(triage))
	}
	// Whoever hands over as much and resolves one works.
	story.Ticket("OPS-12", "x").For("Desk").Resolved("Desk", "2024-03-05")
	if w, err = newWork(story.Evidence, story.People(), story.Systems(), DefaultOptions(date("2024-12-31"))); err != nil {
		t.Fatal(err)
	}
	if triage := w.executed().triage; len(triage) != 0 {
		t.Errorf("Desk resolved a ticket: got %d triage accounts, want none", len(triage))
	}
}

func TestWorkOfAProgramIsAutomationAndNoExecution(t *testing.T) {
	story := evidencetest.New()
	story.Ticket("OPS-1", "x").For("robot").Resolved("robot", "2024-03-02")
	people := story.People()
	people.Persons[0].Kind = sources.Bot
	w, err := newWork(story.Evidence, people, story.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	if got := w.executed().fates[0].omission; got != byProgram {
		t.Errorf("got %q, want %q", omissions[got], omissions[byProgram])
	}
}
