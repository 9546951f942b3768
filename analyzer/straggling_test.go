package analyzer

import (
	"fmt"
	"testing"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

func TestOnlyAFewThingsLongAfterEverythingElseStraggle(t *testing.T) {
	// Twenty people work ten days each; the last of the 200 commits is of 2024-07-18.
	everyone := func() *evidencetest.Story {
		s := evidencetest.New()
		for i := range 20 {
			busy(s, fmt.Sprintf("P%02d", i), "a.go", date("2024-01-01").AddDate(0, 0, 10*i).Format("2006-01-02"), 10)
		}
		return s
	}
	for name, test := range map[string]struct {
		add       func(*evidencetest.Story)
		asOf      string
		straggles bool
		late      int
	}{
		"nothing after it":                  {func(*evidencetest.Story) {}, "2024-07-18", false, 0},
		"one commit, a year after":          {func(s *evidencetest.Story) { busy(s, "P03", "a.go", "2025-07-18", 1) }, "2025-07-18", true, 1},
		"one comment on a ticket, likewise": {func(s *evidencetest.Story) { s.Ticket("A-1", "Broken").For("P00").Comment("P03", "2025-07-18") }, "2025-07-18", true, 1},
		"one commit, still near the others": {func(s *evidencetest.Story) { busy(s, "P03", "a.go", "2024-10-01", 1) }, "2024-10-01", false, 0},
		"work that was taken up again":      {func(s *evidencetest.Story) { busy(s, "P03", "a.go", "2025-07-18", 20) }, "2025-08-06", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := everyone()
			test.add(s)
			got, straggles := FindStraggling(s.Evidence, s.People(), date(test.asOf).Unix(), 180)
			if straggles != test.straggles {
				t.Fatalf("got %v (%+v), want %v", straggles, got, test.straggles)
			}
			if !straggles {
				return
			}
			// 1 % of 201 is 2: the last but two of the pieces is of 2024-07-17; the 180 days before begin on
			// 2024-01-19, after the last day of P00.
			if rest := fromUnix(got.Rest).Format("2006-01-02"); rest != "2024-07-17" || got.Late != test.late || got.Active != 1 || got.Then != 19 {
				t.Errorf("got rest %s, %+v; want 2024-07-17, %d late, 1 active, 19 then", rest, got, test.late)
			}
		})
	}
}

func TestWhereNobodyDidAnythingNothingStraggles(t *testing.T) {
	s := evidencetest.New().By("Robot").Commit("M a.go")
	people := s.People()
	people.Persons[0].Kind = sources.Bot
	for name, e := range map[string]*sources.Evidence{"the commit of a program": s.Evidence, "an empty commit": {Repositories: s.Evidence.Repositories, Events: s.Evidence.Events}} {
		if got, straggles := FindStraggling(e, people, date("2026-06-30").Unix(), 180); straggles {
			t.Errorf("%s: got %+v, want nothing to straggle", name, got)
		}
	}
}

func TestALeapOfYearsIsAClocksAndNotADecline(t *testing.T) {
	for name, test := range map[string]struct {
		last      string
		commits   int // that day and those after it
		straggles bool
		years     int
	}{
		// Twelve days of work end on 2024-01-12; 1,825 days later is 2029-01-10.
		"within five years": {"2029-01-09", 1, false, 0},
		"after five years":  {"2029-01-10", 1, true, 5},
		"a leap to 2106":    {"2106-02-07", 1, true, 82},
		"most of the work":  {"2106-02-07", 13, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := evidencetest.New()
			busy(s, "Ann", "a.go", "2024-01-01", 12)
			busy(s, "Ann", "a.go", test.last, test.commits)
			got, straggles := FindStraggling(s.Evidence, s.People(), date(test.last).AddDate(0, 0, test.commits-1).Unix(), 180)
			if straggles != test.straggles || got.Years != test.years {
				t.Fatalf("got %v, %+v; want %v, %d years", straggles, got, test.straggles, test.years)
			}
			if straggles && (fromUnix(got.Rest).Format("2006-01-02") != "2024-01-12" || got.Late != 1) {
				t.Errorf("got rest %v, %d late; want the end of the work, and one", fromUnix(got.Rest), got.Late)
			}
		})
	}
}
