package analyzer

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// Departure is the question of who leaves and who comes.
type Departure struct {
	Leave, Join []string  // people as Explain takes them; who joins may be unknown
	On          time.Time // when they leave, not before the as-of date; zero for then
	Attrition   float64   // share of people who leave in a year, in (0,1); 0: simulate nothing
	Simulations int       // of years; 0 for DefaultSimulations
	Plan        *Plan     // carried out before they leave; nil for none. Its people are known by their IDs
}

// DefaultSimulations make the 95th percentile steady within about one part in a hundred.
const DefaultSimulations = 10_000

// Depart answers what a departure would do, by the evidence up to the as-of date and nothing that those who stay may yet
// learn. What it says of systems and tasks equals an assessment with these people in Options.Left; the history is read
// and weighed once. With a plan it says besides what becomes of them after its actions, by the simulation that predicts their
// effects. It returns an *UnknownPersonError, an *AmbiguousSubjectError or ErrPlanAhead, and otherwise the errors of Assess.
func Depart(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, d Departure) (*WhatIf, error) {
	options.Resamples = 0 // before and after must differ by the departure alone
	if d.Plan != nil && d.Plan.AsOf.After(options.AsOf) {
		return nil, fmt.Errorf("%w: %s is before %s", ErrPlanAhead, dayOf(options.AsOf), dayOf(d.Plan.AsOf))
	}
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	leaving, err := w.peopleNamed(d.Leave)
	if err != nil {
		return nil, err
	}
	joining, err := w.joiners(d.Join)
	if err != nil {
		return nil, err
	}
	before, err := w.assessment()
	if err != nil {
		return nil, err
	}
	result := &WhatIf{AsOf: before.AsOf, On: d.On.UTC(), Joining: joining}
	if d.On.Before(before.AsOf) {
		result.On = before.AsOf
	}
	for _, person := range leaving {
		result.Leaving = append(result.Leaving, w.roster.index(person))
	}
	then := w.withoutThem(leaving, joining)
	after := then.judgeAnew(before)
	result.compare(before, after)
	result.Orphans = w.orphans(before, result.Leaving)
	if len(joining) > 0 {
		result.Learn = lessons(after)
	}
	if d.Attrition > 0 {
		result.Risk = w.atRisk(before, d.Attrition, cmp.Or(d.Simulations, DefaultSimulations))
	}
	if d.Plan != nil {
		result.addPlan(w.carryOut(before, then, leaving, d.Plan), d)
	}
	for i := range result.Joining {
		if j := &result.Joining[i]; j.Person >= 0 {
			j.Person = w.roster.index(uint32(j.Person))
		}
	}
	result.People = w.roster.listed
	return result, nil
}

// peopleNamed finds people, each once.
func (w *work) peopleNamed(names []string) ([]uint32, error) {
	var found []uint32
	for _, name := range names {
		person, err := w.personNamed(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(found, person) {
			found = append(found, person)
		}
	}
	return found, nil
}

// joiners finds who comes back; whoever nobody knows is a newcomer. Person is an index into People.Persons yet.
func (w *work) joiners(names []string) ([]Joiner, error) {
	var joining []Joiner
	for _, name := range names {
		person, err := w.personNamed(name)
		var unknown *UnknownPersonError
		switch {
		case errors.As(err, &unknown):
			joining = append(joining, Joiner{Name: name, Person: -1})
		case err != nil:
			return nil, err
		default:
			joining = append(joining, Joiner{Name: name, Person: int(person)})
		}
	}
	return joining, nil
}

// without is the assessment that would be made with some people gone and others back.
func (w *work) without(before *Assessment, leaving []uint32, joining []Joiner) *Assessment {
	return w.withoutThem(leaving, joining).judgeAnew(before)
}

// withoutThem is the work with some people gone and others back. It shares the graph and all counts, and finds anew who
// covers what.
func (w *work) withoutThem(leaving []uint32, joining []Joiner) *work {
	then := *w
	then.active, then.covering = slices.Clone(w.active), covering{}
	for _, j := range joining {
		if j.Person >= 0 {
			then.active[j.Person] = true
		}
	}
	for _, person := range leaving {
		then.active[person] = false
	}
	then.whoCovers(w.known, &then.covering)
	return &then
}

// judgeAnew is an assessment with all replaced that depends on who is there, who covers what, and who can do what.
func (w *work) judgeAnew(before *Assessment) *Assessment {
	after := &Assessment{
		AsOf: before.AsOf, Systems: slices.Clone(before.Systems), Whole: before.Whole, Tasks: slices.Clone(before.Tasks), Runbooks: before.Runbooks,
	}
	for i := range after.Systems {
		w.judgeSystem(&after.Systems[i], w.graph.SystemFiles[w.systemOf(after.Systems[i].ID)])
	}
	w.judgeSystem(&after.Whole, w.allFiles())
	present := w.presentPlaces()
	for i := range after.Tasks {
		after.Tasks[i].judgeAnew(present)
	}
	w.addTasks(after)
	return after
}

// presentPlaces are the places in the roster of those who are active.
func (w *work) presentPlaces() map[int]bool {
	present := map[int]bool{}
	for person, place := range w.roster.place {
		if w.active[person] {
			present[place] = true
		}
	}
	return present
}

// systemOf is the index of the system with an ID.
func (w *work) systemOf(id string) int {
	return slices.IndexFunc(w.systems.Systems, func(s sources.System) bool { return s.ID == id })
}

// judgeSystem replaces what depends on who is there.
func (w *work) judgeSystem(s *System, files []uint32) {
	c := w.coverageOf(files)
	w.judgeCoverage(s, c)
	s.Tasks = SystemTasks{Worst: -1}
	s.Verdict, s.VerdictReason = verdict(s, w.options)
}

// judgeAnew replaces what depends on who is there.
func (t *Task) judgeAnew(present map[int]bool) {
	practices := make([]float64, len(t.Executors))
	for i, e := range t.Executors {
		if present[e.Person] {
			practices[i] = e.Practice
		}
	}
	r := practice.AbsenceRisk(practices, int(t.Maturity))
	t.RiskNow, t.AbsenceRisk, t.RiskLow, t.RiskHigh, t.TopPerson = r.Now, r.Absence, r.Absence, r.Absence, -1
	if r.Top >= 0 {
		t.TopPerson = t.Executors[r.Top].Person
	}
	t.StopsWithout = t.Enough && !t.Dormant && t.RiskNow < stopsAt && t.AbsenceRisk >= stopsAt
	if t.Enough {
		t.Individualization = practice.Individualization(t.Routineness.Value, t.AbsenceRisk, t.SameHands)
	}
	t.Quadrant = t.quadrant()
}
