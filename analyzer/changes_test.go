package analyzer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
)

// quarter is an assessment of one task and one system that the function given changes.
func quarter(asOf string, change func(a *Assessment)) *Assessment {
	a := &Assessment{
		AsOf:         date(asOf),
		Repositories: []RepositorySummary{{Label: "shop"}},
		SystemOrigin: "keyperson.yaml",
		People: []Person{
			{ID: "ann", Name: "Ann", Active: true, LastSeen: date(asOf)},
			{ID: "bo", Name: "Bo", Active: true, LastSeen: date(asOf)},
		},
		Systems: []System{{
			ID: "pay", Name: "Payments", Verdict: VerdictOnePerson, VerdictReason: "80 % would be uncovered", TopPerson: 0, UncoveredWithoutTop: 0.8,
			BusFactor: BusFactor{Enough: true, Value: 1, Low: 1, High: 1}, KeyPeople: []KeyPerson{{Person: 0}},
		}},
		Tasks: []Task{{
			ID: "certs", Name: "Renew certificates", System: "pay", Enough: true, Executions: 12, Recent: 6,
			Level: LevelB, Quadrant: Fix, AbsenceRisk: 0.9, TopShare: 1, Runbook: -1,
			Executors: []Executor{{Person: 0, Capability: Alone}},
		}},
	}
	change(a)
	return a
}

func unchanged(*Assessment) {}

func TestEveryChangeNamesItsCause(t *testing.T) {
	written := func(a *Assessment, m Maturity) {
		a.Runbooks = []Runbook{{Repository: "shop", Path: "certs.md", Title: "Certificates", Maturity: m, Missing: []string{"a second author"}}}
		a.Tasks[0].Runbook, a.Tasks[0].Maturity = 0, m
	}
	shared := func(a *Assessment) {
		written(a, Fresh)
		a.Tasks[0].Level, a.Tasks[0].Quadrant, a.Tasks[0].AbsenceRisk = LevelC, KeepOrAutomate, 0.1
		a.Tasks[0].Executors = []Executor{{Person: 0, Capability: Alone}, {Person: 1, Capability: Alone}}
	}
	for name, test := range map[string]struct {
		before, after func(*Assessment)
		want          []string // measure, before → after, direction, cause
	}{
		"nothing changed": {unchanged, unchanged, nil},
		"a second person practised and the manual was written": {
			unchanged, shared,
			[]string{"level B → C better: second person practised", "maturity M0 → M3 better: runbook written"},
		},
		"the second person left": {
			shared,
			func(a *Assessment) {
				shared(a)
				a.People[1].Active = false
				a.Tasks[0].Level, a.Tasks[0].Quadrant, a.Tasks[0].AbsenceRisk = LevelB, Fix, 0.8
			},
			[]string{"level C → B worse: person left"},
		},
		"the manual went stale": {
			shared,
			func(a *Assessment) {
				shared(a)
				written(a, Structured)
				a.Tasks[0].Level = LevelB
			},
			[]string{"level C → B worse: runbook went stale", "maturity M3 → M2 worse: runbook went stale"},
		},
		"only the manual was written": {
			unchanged,
			func(a *Assessment) {
				written(a, Exists)
				a.Tasks[0].AbsenceRisk = 0.6
			},
			[]string{"absence risk 90 % → 60 % better: runbook written", "maturity M0 → M1 better: runbook written"},
		},
		"a new kind of work": {
			func(a *Assessment) { a.Tasks = nil },
			func(a *Assessment) { a.Tasks[0].First = date("2026-05-01") },
			[]string{"existence absent → level B neutral: new kind of work"},
		},
		"work that was there, but too rare to be a kind of its own": {
			func(a *Assessment) { a.Tasks = nil },
			func(a *Assessment) { a.Tasks[0].First = date("2026-02-01") },
			[]string{"existence not told apart → level B neutral: new kind of work"},
		},
		"judgement that a second person can do": {
			func(a *Assessment) { a.Tasks[0].Level, a.Tasks[0].Quadrant = LevelA, Protect },
			func(a *Assessment) {
				a.Tasks[0].Level, a.Tasks[0].Quadrant, a.Tasks[0].AbsenceRisk = LevelA, Fine, 0.3
				a.Tasks[0].Executors = []Executor{{Person: 0, Capability: Alone}, {Person: 1, Capability: Alone}}
			},
			[]string{"quadrant protect → fine better: second person practised"},
		},
		"work that only became less alike": {
			unchanged, func(a *Assessment) { a.Tasks[0].Quadrant = Protect },
			[]string{"quadrant fix → protect neutral: work moved"},
		},
		"a second person who does it no more": {
			func(a *Assessment) {
				a.Tasks[0].AbsenceRisk, a.Tasks[0].Quadrant = 0.45, KeepOrAutomate
				a.Tasks[0].Executors = []Executor{{Person: 0, Practice: 0.9, Capability: Alone}, {Person: 1, Practice: 0.4, Capability: InTraining}}
			},
			func(a *Assessment) {
				a.Tasks[0].Executors = []Executor{{Person: 0, Practice: 0.95, Capability: Alone}, {Person: 1, Practice: 0.2, Capability: InTraining}}
			},
			[]string{"quadrant keep or automate → fix worse: work moved"},
		},
		"one person did it, and now nobody can: worse, although the value went down": {
			func(a *Assessment) { a.Tasks[0].AbsenceRisk, a.Tasks[0].StopsWithout = 1, true },
			func(a *Assessment) {
				a.Tasks[0].AbsenceRisk, a.Tasks[0].RiskNow, a.Tasks[0].StopsWithout = 0.7, 0.6, true
			},
			[]string{"people able one person → nobody worse: work moved"},
		},
		"a risk that moves by no more than resampled evidence does": {
			func(a *Assessment) { a.Systems[0].UncoveredWithoutTop, a.Tasks[0].AbsenceRisk = 0.71, 0.81 }, unchanged, nil,
		},
		"a risk that moves further": {
			func(a *Assessment) { a.Systems[0].UncoveredWithoutTop, a.Tasks[0].AbsenceRisk = 0.69, 0.79 }, unchanged,
			[]string{"absence risk 79 % → 90 % worse: work moved", "uncovered without one person 69 % → 80 % worse: work moved"},
		},
		"a tracker that was not read before shows no change in the world": {
			func(a *Assessment) { a.Tasks = nil },
			func(a *Assessment) { a.Work.Trackers = []TrackerSummary{{Label: "jira"}} },
			[]string{"existence absent → level B neutral: data changed"},
		},
		"a repository that is not read any more takes its systems and procedures with it": {
			func(a *Assessment) {
				a.Repositories = append(a.Repositories, RepositorySummary{Label: "warehouse"})
				a.Systems = append(a.Systems, System{ID: "stock", Verdict: VerdictOnePerson, TopPerson: -1})
				a.Runbooks = []Runbook{{Repository: "warehouse", Path: "count.md", Maturity: Fresh}}
			},
			func(a *Assessment) { // Bo, of whom only the warehouse knew, is no evidence of having left
				a.People[1].Active = false
				a.Tasks[0].AbsenceRisk, a.Tasks[0].RiskNow, a.Tasks[0].Level = 1, 0.9, LevelA
				a.Systems[0].Verdict = VerdictOrphaned
			},
			[]string{
				"level B → A neutral: data changed", "verdict one person → nobody left neutral: data changed",
				"maturity M3 → gone neutral: data changed", "existence one person → gone neutral: data changed",
			},
		},
		"a tracker that is not read any more": {
			func(a *Assessment) {
				shared(a)
				written(a, ExecutedByOthers)
				a.Work.Trackers = []TrackerSummary{{Label: "jira"}}
				a.Tasks = append(a.Tasks, Task{ID: "tapes", Name: "Tapes", Enough: true, Recent: 3, Level: LevelB, Runbook: -1})
			},
			func(a *Assessment) {
				written(a, Independent)
				a.Tasks[0].AbsenceRisk = 0.95
			},
			[]string{
				"level C → B neutral: data changed", "maturity M5 → M4 neutral: data changed", "existence level B → gone neutral: data changed",
			},
		},
		"who is said to have left has, whatever is read": {
			func(a *Assessment) { shared(a); a.Work.Trackers = []TrackerSummary{{Label: "jira"}} },
			func(a *Assessment) {
				shared(a)
				a.People[1].Active, a.People[1].Left, a.Tasks[0].Level = false, true, LevelB
			},
			[]string{"level C → B worse: person left"},
		},
		"who is gone is gone, whatever the systems are cut by": {
			func(a *Assessment) { shared(a); a.SystemOrigin = "directories" },
			func(a *Assessment) { shared(a); a.People[1].Active, a.Tasks[0].Level = false, LevelB },
			[]string{"level C → B worse: person left"},
		},
		"a system of another definition": {
			func(a *Assessment) { a.SystemOrigin, a.Systems[0].ID = "directories", "src" }, unchanged,
			[]string{"existence absent → one person neutral: data changed", "existence one person → gone neutral: data changed"},
		},
		"a procedure that was deleted": {
			shared,
			func(a *Assessment) { a.Tasks[0].Level = LevelB },
			[]string{"level C → B worse: runbook deleted", "maturity M3 → gone worse: runbook deleted"},
		},
		"work that ended": {
			unchanged, func(a *Assessment) { a.Tasks[0].Recent = 0 },
			[]string{"existence level B → no execution within a year neutral: work ended"},
		},
		"the holder of a system left": {
			unchanged,
			func(a *Assessment) {
				a.People[0].Active = false
				a.Systems[0].Verdict, a.Systems[0].TopPerson, a.Systems[0].KeyPeople = VerdictOrphaned, -1, nil
			},
			[]string{"verdict one person → nobody left worse: person left"},
		},
		"someone came to cover a system": {
			unchanged,
			func(a *Assessment) {
				a.Systems[0].Verdict = VerdictShared
				a.Systems[0].KeyPeople = []KeyPerson{{Person: 0}, {Person: 1}}
			},
			[]string{"verdict one person → shared better: second person practised"},
		},
		"a bus factor within its spread is no change": {
			func(a *Assessment) {
				a.Systems[0].Verdict, a.Systems[0].BusFactor = VerdictShared, BusFactor{true, 5, true, 4, 6, 100}
			},
			func(a *Assessment) {
				a.Systems[0].Verdict, a.Systems[0].BusFactor = VerdictShared, BusFactor{true, 4, true, 3, 5, 100}
			},
			nil,
		},
		"a bus factor beyond its spread is one": {
			func(a *Assessment) {
				a.Systems[0].Verdict, a.Systems[0].BusFactor = VerdictShared, BusFactor{true, 9, true, 8, 10, 100}
			},
			func(a *Assessment) {
				a.Systems[0].Verdict, a.Systems[0].BusFactor = VerdictShared, BusFactor{true, 4, true, 3, 5, 100}
			},
			[]string{"bus factor 9 → 4 worse: work moved"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			progress := Compare(quarter("2026-03-31", test.before), quarter("2026-06-30", test.after))
			var got []string
			for _, c := range progress.Changes {
				got = append(got, c.Measure+" "+c.Before+" → "+c.After+" "+string(c.Direction)+": "+string(c.Cause))
				if c.Reason == "" {
					t.Errorf("%s of %s has no reason", c.Measure, c.ID)
				}
				for _, person := range c.Persons {
					if !strings.Contains(c.Reason, progress.People[person].Name) {
						t.Errorf("reason %q does not say %s", c.Reason, progress.People[person].Name)
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
		})
	}
}

// What the table of a report has room for: one sentence that names the movement, or says that there is none to name.
func TestASystemWhoseKeyPeopleStayedNamesWhoseShareMoved(t *testing.T) {
	shares := func(verdict Verdict, ann, bo float64) func(*Assessment) {
		return func(a *Assessment) {
			s := &a.Systems[0]
			s.Verdict, s.Commits, s.Coverers = verdict, 36, []Coverer{{Person: 0, Share: ann}, {Person: 1, Share: bo}}
		}
	}
	with := func(first, then func(*Assessment)) func(*Assessment) {
		return func(a *Assessment) {
			first(a)
			then(a)
		}
	}
	for name, test := range map[string]struct {
		before, after func(*Assessment)
		want          string
	}{
		"someone covers less":      {shares(VerdictTwoPeople, 0.8, 0.6), shares(VerdictOnePerson, 0.95, 0.3), "work moved: Bo covers 30 % of it, 60 % before"},
		"someone covers more":      {shares(VerdictOnePerson, 0.9, 0.2), shares(VerdictTwoPeople, 0.7, 0.6), "work moved: Bo covers 60 % of it, 20 % before"},
		"nobody's share moved far": {shares(VerdictTwoPeople, 0.8, 0.6), shares(VerdictOnePerson, 0.8, 0.52), "work moved: many small shifts: one absence leaves 80 % of it uncovered, 80 % before (n = 36 commits)"},
		"who covered less is gone": {
			shares(VerdictTwoPeople, 0.8, 0.6),
			with(shares(VerdictOnePerson, 0.8, 0), func(a *Assessment) { a.People[1].Active, a.People[1].LastSeen = false, date("2025-12-01") }),
			"person left: Bo last authored or reviewed code on 2025-12-01",
		},
		"who covered less is gone, by tickets too": {
			with(shares(VerdictTwoPeople, 0.8, 0.6), func(a *Assessment) { a.Work.Trackers = []TrackerSummary{{Label: "jira"}} }),
			with(shares(VerdictOnePerson, 0.8, 0), func(a *Assessment) {
				a.Work.Trackers = []TrackerSummary{{Label: "jira"}}
				a.People[1].Active, a.People[1].LastSeen = false, date("2025-12-01")
			}),
			"person left: Bo last authored or reviewed code, or worked on a ticket, on 2025-12-01",
		},
		"it was dormant": {
			with(shares(VerdictDormant, 0.8, 0.6), func(a *Assessment) { a.Systems[0].RecentCommits = 1 }),
			with(shares(VerdictOnePerson, 0.9, 0.1), func(a *Assessment) { a.Systems[0].RecentCommits = 5 }),
			"more work: 5 commits within the activity window, 1 before",
		},
	} {
		c := Compare(quarter("2026-03-31", test.before), quarter("2026-06-30", test.after)).Changes[0]
		if got := string(c.Cause) + ": " + c.Reason; got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestConversionsAndRegressionsAreCounted(t *testing.T) {
	toC := func(a *Assessment) { a.Tasks[0].Level = LevelC }
	if p := Compare(quarter("2026-03-31", unchanged), quarter("2026-06-30", toC)); p.Conversions != 1 || p.Regressions != 0 {
		t.Errorf("B to C: got %d conversions and %d regressions, want 1 and 0", p.Conversions, p.Regressions)
	}
	if p := Compare(quarter("2026-03-31", toC), quarter("2026-06-30", unchanged)); p.Conversions != 0 || p.Regressions != 1 {
		t.Errorf("C to B: got %d conversions and %d regressions, want 0 and 1", p.Conversions, p.Regressions)
	}
	unread := func(a *Assessment) { toC(a); a.Work.Trackers = []TrackerSummary{{Label: "jira"}} }
	if p := Compare(quarter("2026-03-31", unread), quarter("2026-06-30", unchanged)); p.Conversions != 0 || p.Regressions != 0 {
		t.Errorf("a tracker that is not read any more: got %d conversions and %d regressions, want none", p.Conversions, p.Regressions)
	}
}

func TestWhatGotWorseComesFirst(t *testing.T) {
	before := quarter("2026-03-31", func(a *Assessment) {
		better := a.Tasks[0]
		better.ID, better.Name = "aaa", "Restart the queue"
		worse := a.Tasks[0]
		worse.ID, worse.Level = "zzz", LevelC
		a.Tasks = []Task{better, worse}
	})
	after := quarter("2026-06-30", func(a *Assessment) {
		better := a.Tasks[0]
		better.ID, better.Name, better.Level = "aaa", "Restart the queue", LevelC
		worse := a.Tasks[0]
		worse.ID = "zzz"
		a.Tasks = []Task{better, worse}
	})
	changes := Compare(before, after).Changes
	if len(changes) != 2 || changes[0].ID != "zzz" || changes[1].ID != "aaa" {
		t.Errorf("got %v, want zzz (worse) before aaa (better)", changes)
	}
}

func TestWhoStillWorkedAfterADateHadNotLeftByThen(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/card.go", "2024-01-01", 3)
	busy(s, "Bo", "pay/card.go", "2024-06-01", 3)
	s.On("2024-07-01").Ticket("OPS-1", "Renew").For("Cy").Resolved("Cy", "2024-07-02")
	left := []string{"Ann", "bo@example.org", "Cy"}
	for on, want := range map[string][]string{
		"2024-05-01": {"ann@example.org"},
		"2024-06-30": {"ann@example.org", "bo@example.org"},
		"2024-08-01": {"ann@example.org", "bo@example.org", "cy@example.org"},
	} {
		if diff := cmp.Diff(want, LeftBy(s.Evidence, s.People(), left, date(on))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", on, diff)
		}
	}
}
