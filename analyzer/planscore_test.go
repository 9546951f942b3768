package analyzer

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// pairing is a plan with time for nothing but doing the certificates together once.
func pairing(t *testing.T) (*evidencetest.Story, *Plan) {
	t.Helper()
	s := busyAnn()
	p := planFor(t, s, "2024-12-31", func(o *PlanOptions) { o.CapHours, o.Most = 2, 1 })
	if len(p.Actions) != 1 || p.Actions[0].Kind != PairUp || p.who(p.Actions[0].Writes) != "Bo" {
		t.Fatalf("the plan is not what the test needs: %q", p.rows())
	}
	return s, p
}

func scoreOf(t *testing.T, s *evidencetest.Story, p *Plan, asOf string, left ...string) Prediction {
	t.Helper()
	options := DefaultOptions(date(asOf))
	options.Left = left
	predictions, err := ScorePlan(s.Evidence, s.People(), s.TicketsIn(&sources.SystemMap{}), options, p)
	if err != nil {
		t.Fatal(err)
	}
	return predictions[0]
}

func renewed(s *evidencetest.Story, who, on string) {
	s.On(on).Ticket(fmt.Sprintf("OPS-%d", len(s.Evidence.Tickets)+1), "Renew certificate of web-99").Of("Task").In("ops").For(who).Resolved(who, on)
}

func TestAPredictionComesTrueWhenTheLearnerHasDoneIt(t *testing.T) {
	s, p := pairing(t)
	renewed(s, "Ann", "2025-01-10")
	renewed(s, "Bo", "2025-02-14")
	got := scoreOf(t, s, p, "2025-03-31")
	// On the last day Bo's one execution is 45 days old: 2^(−45/180) = 0.84, and A = 2^(−0.84/2) = 0.747. Expected was 2^(−2^(−45.5/180)/2).
	if got.Outcome != CameTrue || !got.Done || !strings.Contains(got.Reason, "Bo has done it once since") {
		t.Errorf("got %+v", got)
	}
}

func TestAPredictionDoesNotComeTrueWhenTheLearnerLeaves(t *testing.T) {
	s, p := pairing(t)
	renewed(s, "Ann", "2025-01-10")
	renewed(s, "Bo", "2025-02-14")
	got := scoreOf(t, s, p, "2025-03-31", "Bo")
	if got.Outcome != DidNot || !got.Done || got.Actual != 1 || !strings.Contains(got.Reason, "Bo, who learnt it, was last seen on 2025-02-14") {
		t.Errorf("got %+v", got)
	}
}

func TestWhatWasNotDoneIsNoFailedPrediction(t *testing.T) {
	s, p := pairing(t)
	renewed(s, "Ann", "2025-01-10")
	got := scoreOf(t, s, p, "2025-02-28")
	if got.Outcome != NotDone || got.Done || got.Reason != "Bo has done it not once since; there is time until 2025-04-01" {
		t.Errorf("got %+v", got)
	}
	if got = scoreOf(t, s, p, "2025-04-30"); got.Outcome != NotDone || strings.Contains(got.Reason, "there is time") {
		t.Errorf("after the end: got %+v", got)
	}
}

func TestSomeoneElseMayHaveLearntIt(t *testing.T) {
	s, p := pairing(t)
	renewed(s, "Di", "2025-02-14")
	got := scoreOf(t, s, p, "2025-03-31")
	if got.Outcome != CameTrue || !strings.Contains(got.Reason, "Di, who had never done it, has done it once since") {
		t.Errorf("got %+v", got)
	}
}

func TestWhatCannotBeScoredSaysWhy(t *testing.T) {
	s, p := pairing(t)
	if got := scoreOf(t, s, p, "2025-03-31"); got.Outcome != CannotScore || got.Reason != "not done since 2024-12-11" {
		t.Errorf("without a ticket since: got %+v", got)
	}
	renewed(s, "Ann", "2025-02-14")
	other := *p
	other.Actions = append([]Action{}, p.Actions...)
	other.Actions[0].Of = "gone"
	if got := scoreOf(t, s, &other, "2025-03-31"); got.Outcome != CannotScore || got.Reason != "no ticket is placed in this task any more" {
		t.Errorf("task gone: got %+v", got)
	}
	other.Actions[0].Of = p.Actions[0].Of
	other.People = []Person{{ID: "x"}, {ID: "y"}}
	if got := scoreOf(t, s, &other, "2025-03-31"); got.Outcome != CannotScore || !strings.Contains(got.Reason, "not known under this identity") {
		t.Errorf("people unknown: got %+v", got)
	}
	_, err := ScorePlan(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(p.AsOf), p)
	if !errors.Is(err, ErrPlanNotBegun) {
		t.Errorf("on the day of the plan: got %v", err)
	}
}

func TestAnActionThatRestsOnOneNotDoneIsNotScored(t *testing.T) {
	s := busyAnn()
	p := planFor(t, s, "2024-12-31", func(o *PlanOptions) { o.CapHours = 100 })
	renewed(s, "Ann", "2025-01-10")
	for i, a := range p.Actions {
		if a.Kind == PairUp && strings.HasPrefix(a.Name, "renew") && i > 0 {
			renewed(s, p.who(a.Writes), "2025-02-14")
		}
	}
	predictions, err := ScorePlan(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2025-03-31")), p)
	if err != nil {
		t.Fatal(err)
	}
	rests := false
	for _, got := range predictions {
		if got.Action.Kind == WriteRunbook && got.Outcome != NotDone && strings.HasPrefix(got.Action.Name, "renew") {
			t.Errorf("the manual: got %+v", got)
		}
		rests = rests || got.Outcome == CannotScore && strings.Contains(got.Reason, "rests on «write the manual»")
	}
	if !rests {
		t.Errorf("nothing rests on the manual: %+v", predictions)
	}
}

func TestWorkOnTheFilesShowsThatTwoPairedOnCode(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/card.go", "2024-06-01", 12)
	busy(s, "Ann", "pay/cash.go", "2024-07-01", 12)
	s.On("2024-10-01").By("Bo").Commit("A web/a.go").Commit("M web/a.go").Commit("M pay/card.go")
	s.Tree("pay/card.go", "pay/cash.go", "web/a.go")
	p := planFor(t, s, "2024-11-01")
	busy(s, "Ann", "pay/cash.go", "2024-11-10", 2)
	score := func() Prediction {
		predictions, err := ScorePlan(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2025-01-31")), p)
		if err != nil {
			t.Fatal(err)
		}
		return predictions[0]
	}
	if got := score(); got.Outcome != NotDone || !strings.Contains(got.Reason, "nobody but Ann has changed any of 2 files twice since") {
		t.Errorf("Ann alone: got %+v", got)
	}
	busy(s, "Bo", "pay/card.go", "2024-12-01", 1)
	busy(s, "Cy", "pay/card.go", "2024-12-02", 1)
	if got := score(); got.Outcome != NotDone {
		t.Errorf("one change each by two people is no pairing: got %+v", got)
	}
	busy(s, "Bo", "pay/card.go", "2024-12-03", 3)
	busy(s, "Bo", "pay/cash.go", "2024-12-05", 3)
	if got := score(); got.Outcome != CameTrue || got.Actual != 0 {
		t.Errorf("Bo has worked on both: got %+v", got)
	}
}
