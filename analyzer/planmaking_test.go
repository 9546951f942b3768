package analyzer

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"keyperson/analyzer/evidencetest"
)

func planFor(t *testing.T, s *evidencetest.Story, asOf string, change ...func(*PlanOptions)) *Plan {
	t.Helper()
	limits := DefaultPlanOptions()
	for _, c := range change {
		c(&limits)
	}
	p, err := MakePlan(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date(asOf)), limits)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *Plan) who(person int) string {
	if person < 0 {
		return "nobody"
	}
	return p.People[person].Name
}

// rows writes a plan so that a test can compare it.
func (p *Plan) rows() []string {
	var rows []string
	for _, a := range p.Actions {
		rows = append(rows, fmt.Sprintf("%s, %s: %s, %s, %s", a.Name, a.Kind, p.who(a.Dictates), p.who(a.Writes), p.who(a.Verifies)))
	}
	return rows
}

// busyAnn is a team in which Ann alone renews certificates every week and moves domains every month, while Bo and Cy restore
// backups in turn.
func busyAnn() *evidencetest.Story {
	s := evidencetest.New()
	every(s, 7, "2024-01-02", 50, "Renew certificate of web-%d", "Ann")
	every(s, 30, "2024-01-05", 11, "Move domain number-%d", "Ann")
	every(s, 14, "2024-01-08", 25, "Restore backup %d", "Bo", "Cy", "Bo")
	return s
}

func TestThePlanBeginsWithTheRoutineWorkThatHangsOnOnePersonMost(t *testing.T) {
	p := planFor(t, busyAnn(), "2024-12-31")
	if len(p.Actions) == 0 {
		t.Fatalf("nothing is planned: %+v", p)
	}
	first := p.Actions[0]
	if !strings.HasPrefix(first.Name, "renew certificate") {
		t.Errorf("first is %q, want the certificates\n%s", first.Name, strings.Join(p.rows(), "\n"))
	}
	for i, a := range p.Actions {
		if a.PerHour > first.PerHour {
			t.Errorf("action %d helps more for each hour (%v) than the first (%v)", i, a.PerHour, first.PerHour)
		}
		if math.Abs(a.PerHour-a.Effect/a.Hours) > 1e-12 || a.Effect <= 0 || a.Expected >= a.Before || a.Low > a.Expected || a.High < a.Expected {
			t.Errorf("action %d does not add up: %+v", i, a)
		}
		for _, person := range p.People {
			if strings.Contains(a.ID, person.Name) || strings.Contains(a.ID, person.ID) {
				t.Errorf("action %d has an ID that names someone: %s", i, a.ID)
			}
		}
	}
	manual := slices.IndexFunc(p.Actions, func(a Action) bool { return a.Kind == WriteRunbook && strings.HasPrefix(a.Name, "renew") })
	if manual < 0 {
		t.Fatalf("no manual for the certificates:\n%s", strings.Join(p.rows(), "\n"))
	}
	a := p.Actions[manual]
	// Bo did two of three backups: both are present, Bo is nearer.
	if got := fmt.Sprint(p.who(a.Dictates), p.who(a.Writes), p.who(a.Verifies)); got != "AnnBoCy" {
		t.Errorf("who dictates, writes and verifies: %s, want Ann, Bo and Cy", got)
	}
	if !strings.Contains(a.Why, "Ann did 50 of 50 executions") || !strings.Contains(a.Why, "M5 then") {
		t.Errorf("why: %s", a.Why)
	}
}

func TestTheRiskDropsByTheEffectsOfTheActions(t *testing.T) {
	p := planFor(t, busyAnn(), "2024-12-31")
	drop := 0.0
	for _, a := range p.Actions {
		drop += a.Effect
	}
	if math.Abs(p.Risk-p.RiskThen-drop) > 1e-9 {
		t.Errorf("risk %v to %v, effects %v", p.Risk, p.RiskThen, drop)
	}
	// Without code the risk is the mean individualization, weighed by the executions of the last year.
	a := assessTickets(t, busyAnn(), "2024-12-31")
	sum, weight := 0.0, 0.0
	for i := range a.Tasks {
		sum += a.Tasks[i].Individualization * float64(a.Tasks[i].Recent)
		weight += float64(a.Tasks[i].Recent)
	}
	if math.Abs(p.Risk-sum/weight) > 1e-9 {
		t.Errorf("risk %v, want %v", p.Risk, sum/weight)
	}
}

func TestACapDefersWhatOnlyTheHolderCanTeach(t *testing.T) {
	p := planFor(t, busyAnn(), "2024-12-31", func(o *PlanOptions) { o.CapHours = 2 })
	for _, a := range p.Actions {
		if a.Kind == WriteRunbook {
			t.Errorf("writing takes four hours of one person: %s", strings.Join(p.rows(), "\n"))
		}
	}
	deferred := slices.ContainsFunc(p.Deferred, func(d DeferredAction) bool { return strings.Contains(d.Reason, "more than 2 hours") })
	if !deferred {
		t.Errorf("nothing is deferred: %+v", p.Deferred)
	}
}

func TestACapMovesDictatingToTheSecondMostPractised(t *testing.T) {
	s := busyAnn()
	every(s, 10, "2024-06-01", 12, "Unlock account %d", "Ann", "Ann", "Di") // Di has done it four times
	every(s, 9, "2024-03-01", 30, "Read meter %d", "Ed", "Flo", "Gus")      // who could learn it
	dictates := func(limit float64) map[string]bool {
		p := planFor(t, s, "2024-12-31", func(o *PlanOptions) { o.CapHours, o.Most = limit, 30 })
		people := map[string]bool{}
		for _, a := range p.Actions {
			if strings.HasPrefix(a.Name, "unlock") {
				people[p.who(a.Dictates)] = true
			}
		}
		return people
	}
	if people := dictates(100); !people["Ann"] || people["Di"] {
		t.Errorf("with time enough %v dictate, want Ann", people)
	}
	if people := dictates(5); !people["Di"] {
		t.Errorf("under a cap %v dictate, want Di for some", people)
	}
}

func TestJudgementWorkIsLearntByDoingItTogether(t *testing.T) {
	s := busyAnn()
	words := []string{"Odd latency of the queue", "Customer cannot sign", "Plan capacity", "Strange totals in ledger", "Review contract", "Broken import again"}
	for i, summary := range words {
		s.On(date("2024-03-01").AddDate(0, 0, i*i*7).Format("2006-01-02")).Ticket(fmt.Sprintf("ENG-%d", i+1), summary).Of("Analysis").In("core").For("Ann").
			Resolved("Ann", date("2024-03-02").AddDate(0, 0, i*i*7+i).Format("2006-01-02"))
	}
	p := planFor(t, s, "2024-12-31", func(o *PlanOptions) { o.CapHours, o.Most = 1000, 100 })
	found := false
	for _, a := range p.Actions {
		if a.System != "core" {
			continue
		}
		found = true
		if a.Kind != PairUp || !strings.Contains(a.Why, "judgement") {
			t.Errorf("judgement work: %s, because %s", a.Kind, a.Why)
		}
	}
	if !found {
		t.Errorf("nothing is planned for judgement that one person has:\n%s", strings.Join(p.rows(), "\n"))
	}
}

func TestWhereOnlyCodeIsKnownTwoPairOnIt(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/card.go", "2024-06-01", 12)
	busy(s, "Ann", "pay/cash.go", "2024-07-01", 12)
	s.On("2024-10-01").By("Bo").Commit("A web/a.go").Commit("M web/a.go").Commit("M pay/card.go")
	s.Evidence.Files = nil
	s.Tree("pay/card.go", "pay/cash.go", "web/a.go")
	p := planFor(t, s, "2024-11-01")
	if len(p.Actions) != 1 {
		t.Fatalf("got %q, want one action", p.rows())
	}
	a := p.Actions[0]
	if a.Kind != SpreadCode || a.Of != "pay" || p.who(a.Dictates) != "Ann" || p.who(a.Writes) != "Bo" || len(a.Files) != 2 || a.Before != 1 || a.Expected != 0 {
		t.Errorf("got %+v", a)
	}
}

func TestAPlanIsTheSameTwice(t *testing.T) {
	one, other := planFor(t, busyAnn(), "2024-12-31"), planFor(t, busyAnn(), "2024-12-31")
	if fmt.Sprintf("%+v", one) != fmt.Sprintf("%+v", other) {
		t.Errorf("%+v\n%+v", one, other)
	}
}
