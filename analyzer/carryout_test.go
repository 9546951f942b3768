package analyzer

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
)

// drawnUp is a plan of a quarter, written by hand. People are named as in the story; an empty name is nobody.
func drawnUp(asOf string, actions ...Action) *Plan {
	return &Plan{AsOf: date(asOf), Until: date(asOf).Add(91 * 24 * time.Hour), CapHours: 16, Actions: actions}
}

// by adds an action by people.
func (p *Plan) by(dictates, writes, verifies string, action Action) *Plan {
	place := func(name string) int {
		if name == "" {
			return -1
		}
		p.People = append(p.People, Person{ID: strings.ToLower(name) + "@example.org"})
		return len(p.People) - 1
	}
	action.Dictates, action.Writes, action.Verifies = place(dictates), place(writes), place(verifies)
	p.Actions = append(p.Actions, action)
	return p
}

// Ann leaves, who alone renews certificates and alone knows the web, and shares backups with Bo.
//
// An execution by the plan is half a quarter old when the plan ends: it counts 2^(−45.5/180) = 0.8393, which is a practice of
// 1 − 2^(−0.8393/2) = 0.2524. One pairing of Bo on certificates leaves 1 − 0.2524 = 0.7476. A manual that Cy has shown to work is
// at M5, from which 0.6 can do it: with Cy's execution (1 − 0.6)·0.7476·0.7476 = 0.2236 is left. Bo's practice of backups is such that 0.0291 is left, which Ann's
// doing one more does not change.
func TestAPlanThatIsCarriedOutSavesWhatItTeachesThoseWhoStay(t *testing.T) {
	certificates, web := Action{Subject: OfTask, Of: taskCalled(t, "renew certificate"), Name: "certificates"}, Action{Kind: SpreadCode, Subject: OfSystem, Of: "web", Name: "web", Files: []string{"web/page.go"}}
	of := func(kind ActionKind, action Action) Action { action.Kind = kind; return action }
	plan := drawnUp("2024-12-31").
		by("Ann", "Bo", "Bo", of(SuperviseRuns, certificates)).
		by("Ann", "Bo", "Bo", of(PairUp, certificates)).
		by("Ann", "Bo", "Cy", of(WriteRunbook, certificates)).
		by("Ann", "Cy", "Cy", web).
		by("Bo", "Ann", "Ann", of(PairUp, Action{Subject: OfTask, Of: taskCalled(t, "restore backup"), Name: "backups"})).
		by("Ann", "Bo", "Bo", of(PairUp, Action{Subject: OfTask, Of: "gone", Name: "gone"})).
		by("Ann", "Zoe", "Zoe", of(PairUp, certificates)).
		by("Ann", "", "", web).
		by("", "Bo", "Bo", web).
		by("Ann", "Bo", "Bo", of("sing about it", web))
	x := depart(t, twoHolders(), "2024-12-31", Departure{Leave: []string{"Ann"}, Plan: plan})
	var got []string
	for _, a := range x.After.Actions {
		got = append(got, fmt.Sprintf("%s %s: %s, %.4f to %.4f; %s", a.Action.Kind, a.Action.Name, a.State, a.Before, a.After, a.Reason))
	}
	for _, s := range x.Systems {
		got = append(got, fmt.Sprintf("%s: %.2f, %.2f, %.2f; %s, %s, %s; %s", s.System, s.UncoveredBefore, s.UncoveredAfter, s.Planned.Uncovered,
			s.VerdictBefore, s.VerdictAfter, s.Planned.Verdict, s.Planned.Help))
	}
	for _, e := range x.Tasks {
		got = append(got, fmt.Sprintf("%s: %.4f, %.4f; %v, %v; %s", e.Name, e.RiskAfter, e.Planned.Risk, e.Stops, e.Planned.Stops, e.Planned.Help))
	}
	for _, f := range x.After.Findings {
		got = append(got, fmt.Sprintf("%s: %d", f.Code, f.Count))
	}
	want := []string{
		"supervise two runs by the manual certificates: left out, 0.0000 to 0.0000; there is no manual to do it by",
		"pair on it certificates: counted, 1.0000 to 0.7476; ",
		"write the manual certificates: counted, 0.7476 to 0.2236; ",
		"pair on the code web: counted, 1.0000 to 0.0000; ",
		"pair on it backups: teaches leaver, 0.0291 to 0.0291; Ann, who is to learn it, leaves",
		"pair on it gone: left out, 0.0000 to 0.0000; no ticket is placed in this task any more",
		"pair on it certificates: left out, 0.0000 to 0.0000; the one who was to learn it is not known under this identity: was the plan saved with other data or another key?",
		"pair on the code web: left out, 0.0000 to 0.0000; nobody is named who is to write or learn it",
		"pair on the code web: left out, 0.0000 to 0.0000; the one who was to teach it is not known under this identity: was the plan saved with other data or another key?",
		"sing about it web: left out, 0.0000 to 0.0000; nothing is known of actions of this kind",
		"web: 0.00, 1.00, 0.00; one-person, orphaned, one-person; saves it",
		"pay: 0.00, 0.00, 0.00; two-people, one-person, one-person; not in it",
		"renew certificate of *: 1.0000, 0.2236; true, false; saves it",
		"restore backup *: 0.0291, 0.0291; false, false; no use",
		"plan-actions-left-out: 6",
		"plan-teaches-leaver: 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the plan before Ann's leaving (-want +got):\n%s", diff)
	}
}

// taskCalled is the ID of the task of twoHolders whose name begins so.
func taskCalled(t *testing.T, name string) string {
	t.Helper()
	a := assessTickets(t, twoHolders(), "2024-12-31")
	for i := range a.Tasks {
		if strings.HasPrefix(a.Tasks[i].Name, name) {
			return a.Tasks[i].ID
		}
	}
	t.Fatalf("no task is called %q", name)
	return ""
}

// What was done since the plan was made stands in the evidence: to count it once more would promise too much.
func TestWhatIsDoneAlreadyIsNotCountedTwice(t *testing.T) {
	s := twoHolders()
	s.On("2025-01-20").Ticket("OPS-900", "Renew certificate of web-900").Of("Request").In("ops").For("Bo").Resolved("Bo", "2025-01-20")
	task := taskCalled(t, "renew certificate")
	plan := drawnUp("2024-12-31").by("Ann", "Bo", "Bo", Action{Kind: PairUp, Subject: OfTask, Of: task})
	x := depart(t, s, "2025-01-31", Departure{Leave: []string{"Ann"}, Plan: plan})
	a := x.After.Actions[0]
	if a.State != ActionDone || !strings.Contains(a.Reason, "Bo has done it once since") {
		t.Fatalf("got %s: %s, want it done already", a.State, a.Reason)
	}
	for _, e := range x.Tasks {
		if e.Planned.Risk != e.RiskAfter {
			t.Errorf("%s: %v without the plan, %v with it, want the same", e.Name, e.RiskAfter, e.Planned.Risk)
		}
	}
}

func TestAPlanOfALaterDayIsRefused(t *testing.T) {
	s := twoHolders()
	_, err := Depart(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-12-31")), Departure{Leave: []string{"Ann"}, Plan: drawnUp("2025-03-31")})
	if !errors.Is(err, ErrPlanAhead) {
		t.Errorf("got %v, want ErrPlanAhead", err)
	}
}

// On random histories with the plans made from them: nobody covers less after a plan, no task is likelier to stop, nothing that
// the plan says to save is lost, and a year of departures costs no more on average.
func TestAfterActionsNothingIsWorseThanWithout(t *testing.T) {
	names := []string{"Ann", "Bo", "Cy", "Di"}
	planned := 0
	rapid.Check(t, func(t *rapid.T) {
		s := evidencetest.New()
		paths := []string{"a/1.go", "a/2.go", "a/3.go", "b/1.go", "b/2.go"}
		for range rapid.IntRange(10, 40).Draw(t, "commits") {
			s.By(rapid.SampledFrom(names).Draw(t, "author")).On(date("2024-05-01").AddDate(0, 0, rapid.IntRange(0, 230).Draw(t, "day")).Format("2006-01-02"))
			s.Commit("M " + rapid.SampledFrom(paths).Draw(t, "path"))
		}
		every(s, 20, "2024-01-01", 17, "Restore backup %d", rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "doers")...)
		every(s, 12, "2024-02-01", 25, "Renew certificate %d", rapid.SliceOfN(rapid.SampledFrom(names), 1, 2).Draw(t, "renewers")...)
		s.Tree(paths...)
		people, systems := s.People(), s.TicketsIn(s.Systems())
		options := DefaultOptions(date("2024-12-31"))
		options.Resamples = 0
		plan, err := MakePlan(s.Evidence, people, systems, options, DefaultPlanOptions())
		if err != nil {
			t.Fatal(err)
		}
		planned += len(plan.Actions)
		x, err := Depart(s.Evidence, people, systems, options, Departure{
			Leave: rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 2, rapid.ID).Filter(known(s)).Draw(t, "leave"), Plan: plan, Attrition: 0.2, Simulations: 200,
		})
		if err != nil {
			t.Fatal(err)
		}
		checkOutcomes(t, x)
	})
	if planned == 0 {
		t.Error("no plan had an action: nothing was tested")
	}
}

// known keeps the names of people who did anything.
func known(s *evidencetest.Story) func([]string) bool {
	people := s.People()
	return func(names []string) bool {
		for _, name := range names {
			found := false
			for i := range people.Persons {
				found = found || people.Persons[i].Name == name
			}
			if !found {
				return false
			}
		}
		return true
	}
}

func checkOutcomes(t *rapid.T, x *WhatIf) {
	t.Helper()
	for _, s := range append(x.Systems, x.Whole) {
		if s.Planned.Uncovered > s.UncoveredAfter || s.Planned.BusFactor.Value < s.BusFactorAfter.Value {
			t.Fatalf("%q: the plan makes it worse: %+v, %+v", s.System, s, s.Planned)
		}
		if s.Planned.Help == Saves && s.Planned.Verdict == VerdictOrphaned {
			t.Fatalf("%q is said to be saved: %+v", s.System, s.Planned)
		}
	}
	for _, e := range x.Tasks {
		if e.Planned.Risk > e.RiskAfter+1e-12 || e.Planned.Stops && !e.Stops {
			t.Fatalf("%s: the plan makes it worse: %+v, %+v", e.Name, e, e.Planned)
		}
		if e.Planned.Help == Saves && e.Planned.Risk >= stopsAt {
			t.Fatalf("%s is said to be saved: %+v", e.Name, e.Planned)
		}
	}
	for i, a := range x.After.Actions {
		if a.After > a.Before+1e-12 {
			t.Fatalf("action %d makes its subject worse: %+v", i, a)
		}
	}
	if x.After.Risk.Files.Mean > x.Risk.Files.Mean+1e-12 || math.IsNaN(x.After.Risk.Files.Mean) {
		t.Fatalf("files lost in a year: %v with the plan, %v without", x.After.Risk.Files.Mean, x.Risk.Files.Mean)
	}
}
