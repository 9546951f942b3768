package quarterly

import (
	"slices"
	"testing"
	"time"

	"keyperson/analyzer"
)

// The organisation of these tests: Ann alone renews certificates (routine) and judges designs; Ann and Bo restart
// gateways. Ann holds the code of ledger, the web is shared.
func organisation(change func(a *analyzer.Assessment)) *analyzer.Assessment {
	hours := analyzer.Hours{AtMost: 40}
	a := &analyzer.Assessment{
		AsOf:   time.Date(2026, 6, 30, 23, 59, 59, 0, time.UTC),
		People: []analyzer.Person{{ID: "ann", Name: "Ann", Active: true}, {ID: "bo", Name: "Bo", Active: true}, {ID: "cy", Name: "Cy"}},
		Census: analyzer.Census{Active: 9},
		Work:   analyzer.WorkCatalog{Trackers: []analyzer.TrackerSummary{{Label: "jira"}}, Tickets: 100, Stock: analyzer.Stock{A: 1, B: 1, C: 1}},
		Systems: []analyzer.System{
			{
				ID: "ledger", Name: "Ledger", Tier: 1, Commits: 100, RecentCommits: 30, Verdict: analyzer.VerdictOnePerson, UncoveredWithoutTop: 0.9, TopPerson: 0,
				BusFactor: analyzer.BusFactor{Enough: true, Value: 1}, Coverers: []analyzer.Coverer{{Person: 0, Share: 0.9}, {Person: 1, Share: 0.1}},
				OnlyCovered: []analyzer.FileRisk{{Path: "a.go", Weight: 0.3, Next: 1}, {Path: "b.go", Weight: 0.2, Next: 1}, {Path: "c.go", Weight: 0.1, Next: 1}, {Path: "d.go", Weight: 0.05, Next: 1}},
				Tasks:       analyzer.SystemTasks{Worst: -1},
			},
			{
				ID: "web", Name: "Web", Commits: 100, RecentCommits: 10, Verdict: analyzer.VerdictShared, UncoveredWithoutTop: 0.2, TopPerson: 1,
				BusFactor: analyzer.BusFactor{Enough: true, Value: 3}, Coverers: []analyzer.Coverer{{Person: 0, Share: 0.25}, {Person: 1, Share: 0.6}},
				Tasks: analyzer.SystemTasks{Worst: -1},
			},
		},
		Tasks: []analyzer.Task{
			{
				ID: "certs", Name: "Renew certificates", System: "ledger", Tier: 1, Executions: 20, Recent: 10, Counted: 10, Enough: true,
				Executors: []analyzer.Executor{{Person: 0, Practice: 0.9, Capability: analyzer.Alone}, {Person: 2, Practice: 0.2, Capability: analyzer.InTraining}, {Person: 1, Practice: 0.1, Capability: analyzer.InTraining}},
				TopShare:  0.95, AbsenceRisk: 0.8, RiskNow: 0.1, TopPerson: 0, StopsWithout: true, Quadrant: analyzer.Fix,
				Routineness: analyzer.Routineness{Value: 0.9}, Runbook: -1, Level: analyzer.LevelB, SolePersonHours: &hours,
			},
			{
				ID: "design", Name: "Judge designs", System: "web", Executions: 20, Recent: 10, Counted: 10, Enough: true, AbsenceRisk: 0.9, TopPerson: 0,
				Executors: []analyzer.Executor{{Person: 0, Practice: 0.9, Capability: analyzer.Alone}}, StopsWithout: true, Quadrant: analyzer.Protect, Runbook: -1, Level: analyzer.LevelA,
			},
			{
				ID: "restart", Name: "Restart gateways", System: "web", Executions: 20, Recent: 10, Counted: 10, Enough: true, AbsenceRisk: 0.1, TopPerson: 0,
				Executors: []analyzer.Executor{{Person: 0, Practice: 0.9, Capability: analyzer.Alone}, {Person: 1, Practice: 0.9, Capability: analyzer.Alone}},
				Quadrant:  analyzer.KeepOrAutomate, Runbook: -1, Level: analyzer.LevelC,
			},
		},
	}
	change(a)
	return a
}

func asIs(*analyzer.Assessment) {}

func made(change func(in *Input)) *Report {
	in := Input{
		Quarter: Quarter{2026, 2}, Compared: Quarter{2026, 1}, Now: organisation(asIs), Before: organisation(asIs), SmallestGroup: DefaultCrowd, Hidden: true, Plan: &analyzer.Plan{},
	}
	in.Before.AsOf = Quarter{2026, 1}.End()
	change(&in)
	return Make(in)
}

func TestTheHeadlineCountsServicesThatRoutineWorkWouldStall(t *testing.T) {
	h := made(func(*Input) {}).Headline
	if h.Services.Now != 1 || h.Services.Of != 2 || !slices.Equal(h.Services.Names, []string{"Ledger"}) {
		t.Errorf("services %+v: only Ledger has routine that one absence stops; judgement on one person is no stall", h.Services)
	}
	if h.Tasks.Now != 1 || h.Tasks.Of != 3 || h.Tasks.HoursYear == nil || *h.Tasks.HoursYear != (analyzer.Hours{AtMost: 40}) {
		t.Errorf("tasks %+v, want 1 of 3 with 40 hours", h.Tasks)
	}
	if h.Code.Now != 1 || h.Code.Of != 2 {
		t.Errorf("code %+v, want 1 of 2", h.Code)
	}
}

func TestTheHeadlineNamesWhatCameAndWent(t *testing.T) {
	h := made(func(in *Input) {
		in.Before = organisation(func(a *analyzer.Assessment) {
			a.Tasks[0].StopsWithout, a.Tasks[0].AbsenceRisk, a.Tasks[0].Quadrant = false, 0.1, analyzer.KeepOrAutomate
			a.Tasks[2].StopsWithout, a.Tasks[2].AbsenceRisk, a.Tasks[2].Quadrant = true, 0.8, analyzer.Fix
		})
	}).Headline.Services
	if h.Before != 1 || !slices.Equal(h.Joined, []string{"Ledger"}) || !slices.Equal(h.Gone, []string{"Web"}) {
		t.Errorf("got %+v, want Ledger to have come and Web to have gone", h)
	}
}

func TestARiskShowsWhatThePlanHoldsForItOrWhyItHoldsNothing(t *testing.T) {
	people := []analyzer.Person{{ID: "bo", Name: "Bo"}, {ID: "ann", Name: "Ann"}}
	action := analyzer.Action{Kind: analyzer.WriteRunbook, Subject: analyzer.OfTask, Of: "certs", Dictates: 1, Writes: 0, Verifies: -1, Hours: 6, Before: 0.8, Expected: 0.3, Low: 0.2, High: 0.4}
	after := analyzer.Action{Kind: analyzer.SuperviseRuns, Subject: analyzer.OfTask, Of: "certs", Dictates: 1, Writes: 0, Verifies: 0}
	for name, test := range map[string]struct {
		plan      analyzer.Plan
		kind      StepKind
		unplanned Unplanned
		dictates  string
	}{
		"planned":                       {analyzer.Plan{Actions: []analyzer.Action{action, after}}, WriteManual, "", "Ann"},
		"nobody here can teach it":      {analyzer.Plan{Unteachable: []analyzer.Unteachable{{Subject: analyzer.OfTask, Of: "certs", Lost: true}}}, NameOwner, "", ""},
		"nobody here can learn it":      {analyzer.Plan{Unteachable: []analyzer.Unteachable{{Subject: analyzer.OfTask, Of: "certs"}}}, FindLearner, "", ""},
		"too much is asked already":     {analyzer.Plan{Deferred: []analyzer.DeferredAction{{Kind: analyzer.WriteRunbook, Of: "certs", Person: 1}}, Further: 3}, NothingPlanned, HoursUsed, "Ann"},
		"other actions help more":       {analyzer.Plan{Further: 3}, NothingPlanned, OthersFirst, ""},
		"too little would come of it":   {analyzer.Plan{Minor: 3}, NothingPlanned, TooLittleGain, ""},
		"code of the same name is else": {analyzer.Plan{Deferred: []analyzer.DeferredAction{{Kind: analyzer.SpreadCode, Of: "certs"}}}, NothingPlanned, TooLittleGain, ""},
	} {
		r := made(func(in *Input) {
			in.Plan = &test.plan
			in.Plan.People = people
		})
		i := slices.IndexFunc(r.Risks, func(risk Risk) bool { return risk.ID == "certs" })
		step := r.Risks[i].Step
		if step.Kind != test.kind || step.Unplanned != test.unplanned || step.Dictates != test.dictates {
			t.Errorf("%s: got %+v", name, step)
		}
		if isPlanned := name == "planned"; isPlanned != (step.Expected != nil) || isPlanned && (*step.Expected != 0.3 || *step.Low != 0.2 || *step.Hours != 6 || step.Further != 1 || step.Learns != "Bo") {
			t.Errorf("%s: the figures are not those of the plan: %+v", name, step)
		}
	}
}

func TestARiskSaysWhetherItIsNew(t *testing.T) {
	for name, test := range map[string]struct {
		before func(a *analyzer.Assessment)
		want   Movement
	}{
		"as before": {asIs, IsSame},
		"smaller":   {func(a *analyzer.Assessment) { a.Tasks[0].AbsenceRisk = 0.6 }, IsWorse},
		"larger":    {func(a *analyzer.Assessment) { a.Tasks[0].AbsenceRisk = 0.95 }, IsBetter},
		"a little smaller, as resampling moves it": {func(a *analyzer.Assessment) { a.Tasks[0].AbsenceRisk = 0.72 }, IsSame},
		"none":    {func(a *analyzer.Assessment) { a.Tasks[0].StopsWithout, a.Tasks[0].AbsenceRisk = false, 0.2 }, IsNew},
		"no task": {func(a *analyzer.Assessment) { a.Tasks = nil }, IsNew},
	} {
		r := made(func(in *Input) { in.Before = organisation(test.before) })
		i := slices.IndexFunc(r.Risks, func(risk Risk) bool { return risk.ID == "certs" })
		if got := r.Risks[i].Movement; got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	if got := made(func(in *Input) { in.Before = nil }).Risks[0].Movement; got != IsUnknown {
		t.Errorf("without a quarter before: %s", got)
	}
}

// A graver rule is worse, whatever the values say: those of different rules do not compare.
func TestARiskUnderAGraverRuleIsWorse(t *testing.T) {
	r := made(func(in *Input) {
		in.Before = organisation(func(a *analyzer.Assessment) {
			a.Tasks[0].AbsenceRisk = 1
			a.Systems[0].UncoveredWithoutTop = 0.95
		})
		in.Now = organisation(func(a *analyzer.Assessment) {
			a.Tasks[0].AbsenceRisk, a.Tasks[0].RiskNow = 0.7, 0.6
			a.Systems[0].Verdict, a.Systems[0].UncoveredWithoutTop = analyzer.VerdictOrphaned, 0.8
		})
	})
	for i := range r.Risks {
		if risk := &r.Risks[i]; risk.Movement != IsWorse || !risk.Rule.IsGraverThan(risk.RuleBefore) {
			t.Errorf("%s went from %s to %s: %s, want worse", risk.ID, risk.RuleBefore, risk.Rule, risk.Movement)
		}
	}
}

func TestWhatWasNotJudgedBeforeHasNoFigureToCompareWith(t *testing.T) {
	r := made(func(in *Input) {
		in.Before = organisation(func(a *analyzer.Assessment) {
			a.Systems[0].Verdict, a.Systems[0].UncoveredWithoutTop = analyzer.VerdictDormant, 1
			a.Tasks[0].Enough = false
		})
	})
	want := map[string]Unjudged{"ledger": Dormant, "certs": TooLittle}
	for i := range r.Risks {
		if risk := &r.Risks[i]; risk.Movement != IsNew || risk.Before != nil || risk.Unjudged != want[risk.ID] {
			t.Errorf("%s: %s, before %v, unjudged %q; want new, no figure, %q", risk.ID, risk.Movement, risk.Before, risk.Unjudged, want[risk.ID])
		}
	}
}

func TestTheCoverageMarksWhomASystemHangsOn(t *testing.T) {
	c := made(func(*Input) {}).Coverage
	if len(c.Systems) != 2 || len(c.Rows) != 2 {
		t.Fatalf("%d systems and %d people, want 2 and 2: %+v", len(c.Systems), len(c.Rows), c)
	}
	// Ledger: Ann is key, Bo covers a tenth. Web: Ann covers a quarter, Bo more; nobody is key to a shared system.
	if !slices.Equal(c.Rows[0].Marks, []Mark{Key, Covers}) || !slices.Equal(c.Rows[1].Marks, []Mark{Some, Covers}) {
		t.Errorf("got %v and %v", c.Rows[0], c.Rows[1])
	}
	if c.Systems[0].Capable != 1 || c.Systems[1].Capable != 2 {
		t.Errorf("capable %d and %d, want 1 and 2", c.Systems[0].Capable, c.Systems[1].Capable)
	}
}

// What nobody knows any more hangs on nobody: whoever covers a little of it is not the key to it.
func TestNobodyIsKeyToWhatIsLostAlready(t *testing.T) {
	c := made(func(in *Input) {
		s, task := &in.Now.Systems[0], &in.Now.Tasks[0]
		s.Verdict, s.UncoveredNow, s.UncoveredWithoutTop, s.Coverers = analyzer.VerdictOrphaned, 0.95, 1, []analyzer.Coverer{{Person: 0, Share: 0.05}}
		task.RiskNow, task.StopsWithout, task.Executors = 0.7, false, []analyzer.Executor{{Person: 0, Practice: 0.3, Capability: analyzer.InTraining}}
	}).Coverage
	if got := c.Rows[0].Marks[0]; got != Some || c.Systems[0].Capable != 0 {
		t.Errorf("Ann is %q to a ledger that nobody is left for, %d capable; want %q and 0", got, c.Systems[0].Capable, Some)
	}
}

func TestASmallGroupIsNotShownUnderPseudonyms(t *testing.T) {
	few := func(hidden bool) Coverage {
		return made(func(in *Input) { in.Hidden, in.Now.Census.Active = hidden, DefaultCrowd-1 }).Coverage
	}
	if c := few(true); !c.TooFew || len(c.Rows) != 0 {
		t.Errorf("four people under pseudonyms are shown: %+v", c)
	}
	if c := few(false); c.TooFew || len(c.Rows) == 0 {
		t.Errorf("four people with names are not shown: %+v", c)
	}
}

// A reader of three sheets takes in so much: a large organisation is cut, and the report says by how much.
func TestALargeOrganisationIsCut(t *testing.T) {
	r := made(func(in *Input) {
		for i := range 60 {
			s := in.Now.Systems[0]
			s.ID = string(rune('A'+i/26)) + string(rune('a'+i%26))
			s.Coverers = nil
			for p := range 40 {
				s.Coverers = append(s.Coverers, analyzer.Coverer{Person: len(in.Now.People) + p, Share: 0.5})
			}
			in.Now.Systems = append(in.Now.Systems, s)
		}
		for p := range 40 {
			id := string(rune('A'+p/26)) + string(rune('a'+p%26))
			in.Now.People = append(in.Now.People, analyzer.Person{ID: id, Name: id, Active: true})
		}
	})
	c := &r.Coverage
	if len(r.Risks) != MostRisks || r.AllRisks != 62 || len(r.Points) != MostPoints || r.MorePoints != 65-MostPoints || len(c.Systems) != MostColumns || len(c.Rows) > MostRows ||
		c.MoreSystems != 62-MostColumns || c.MorePeople == 0 {
		t.Errorf("%d of %d risks, %d points, %d+%d systems, %d+%d people", len(r.Risks), r.AllRisks, len(r.Points), len(c.Systems), c.MoreSystems, len(c.Rows), c.MorePeople)
	}
}
