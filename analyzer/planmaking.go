package analyzer

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"time"

	"keyperson/analyzer/planning"
	"keyperson/sources"
)

// leastGain is the share of the whole risk that an action must take away to be worth a line; a starting value.
const leastGain = 0.01

// MakePlan chooses what to do first, each action simulated on the whole portfolio after those before it. It is greedy:
// on small portfolios drawn at random it reaches over 99 % of the best plan of as many hours on average, and once in
// thousands little more than half. Its errors are those of Assess.
func MakePlan(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, limits PlanOptions) (*Plan, error) {
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	a, err := w.assessment()
	if err != nil {
		return nil, err
	}
	m := newPlanMaker(w, a, limits)
	chosen := planning.Greedy(&m.portfolio, planning.Options{
		CapHours: limits.CapHours, Most: limits.Most, Least: leastGain * m.portfolio.Risk(), Worth: m.worth,
	})
	m.plan.Risk, m.plan.RiskThen = chosen.Before, chosen.After
	m.plan.Further, m.plan.Minor, m.plan.Least = chosen.Further, chosen.Minor, leastGain*chosen.Before
	intervals := m.intervals(chosen.Steps)
	for i := range chosen.Steps {
		m.add(&chosen.Steps[i], intervals[i])
	}
	for _, blocked := range chosen.Blocked {
		m.plan.Deferred = append(m.plan.Deferred, m.deferred(blocked))
	}
	m.findUnteachable()
	return m.plan, nil
}

// planMaker turns an assessment into a portfolio of numbers, and what is chosen from it into words.
type planMaker struct {
	*work
	a         *Assessment
	plan      *Plan
	worth     float64 // of an execution of the plan, by its horizon
	portfolio planning.Portfolio
	tasks     []*Task // of each of portfolio.Tasks
	kinds     []*kindOfWork
	systems   []*System  // of each of portfolio.Systems
	files     [][]uint32 // of each of portfolio.Systems: the file of each thing
	closeness *closeness
	reasons   map[roleOf]string // why someone is near
	places    map[uint32]int    // of people in Plan.People
}

// roleOf is someone before a subject.
type roleOf struct {
	subject string
	person  uint32
}

func newPlanMaker(w *work, a *Assessment, limits PlanOptions) *planMaker {
	m := &planMaker{
		work: w, a: a, reasons: map[roleOf]string{}, places: map[uint32]int{},
		plan: &Plan{AsOf: a.AsOf, Until: a.AsOf.Add(time.Duration(limits.HorizonDays * float64(24*time.Hour))), CapHours: limits.CapHours},
		// What is done halfway to the horizon is half of it old by then.
		worth: math.Exp2(-limits.HorizonDays / 2 / w.options.TaskHalfLifeDays),
	}
	m.closeness = w.closeness()
	m.addTasks()
	m.addSystems()
	m.weigh()
	m.plan.Tasks, m.plan.Systems = len(m.tasks), len(m.systems)
	return m
}

// weigh makes the weights of tasks sum to 1, and those of systems; to one half each where there are both.
func (m *planMaker) weigh() {
	of := 1.0
	if len(m.portfolio.Tasks) > 0 && len(m.portfolio.Systems) > 0 {
		of = 2
	}
	sum := 0.0
	for i := range m.portfolio.Tasks {
		sum += m.portfolio.Tasks[i].Weight
	}
	for i := range m.portfolio.Tasks {
		m.portfolio.Tasks[i].Weight /= of * sum
	}
	sum = 0
	for i := range m.portfolio.Systems {
		sum += m.portfolio.Systems[i].Weight
	}
	for i := range m.portfolio.Systems {
		m.portfolio.Systems[i].Weight /= of * sum
	}
}

// add turns a step into an action.
func (m *planMaker) add(step *planning.Step, interval [2]float64) {
	action := Action{
		Dictates: m.person(step.Knows), Writes: m.person(step.Learns), Verifies: m.person(step.Shows), Hours: step.Hours(),
		Effect: step.Effect, PerHour: step.PerHour, Before: step.Before, Expected: step.After,
		Low: min(step.After, interval[0]), High: max(step.After, interval[1]),
	}
	action.describe(m, step.Kind, step.Subject)
	for _, lesson := range step.Lessons {
		action.Files = append(action.Files, m.pathOf(m.files[step.Subject][lesson.Thing]))
	}
	action.Why = m.why(step)
	m.plan.Actions = append(m.plan.Actions, action)
}

// kindsOfAction are the names of what is planned.
var kindsOfAction = map[planning.Kind]ActionKind{
	planning.Write: WriteRunbook, planning.Supervise: SuperviseRuns, planning.Pair: PairUp, planning.Spread: SpreadCode,
}

// describe names what an action is about.
func (action *Action) describe(m *planMaker, kind planning.Kind, subject int) {
	action.Kind = kindsOfAction[kind]
	if kind == planning.Spread {
		s := m.systems[subject]
		action.Subject, action.Of, action.Name, action.System = OfSystem, s.ID, s.Name, s.ID
	} else {
		t := m.tasks[subject]
		action.Subject, action.Of, action.Name, action.System = OfTask, t.ID, t.Name, t.System
	}
	hash := sha256.Sum256([]byte(string(action.Kind) + "\x00" + string(action.Subject) + "\x00" + action.Of))
	action.ID = hex.EncodeToString(hash[:8])
}

// person is the place of someone in the plan's list, -1 for nobody.
func (m *planMaker) person(person uint32) int {
	if person == planning.Nobody {
		return -1
	}
	place, known := m.places[person]
	if !known {
		place = len(m.plan.People)
		m.places[person] = place
		m.plan.People = append(m.plan.People, m.roster.listed[m.roster.index(person)])
	}
	return place
}

// personAt is who stands at a place of the assessment's list of people.
func (w *work) personAt(place int) uint32 {
	for person, at := range w.roster.place {
		if at == place {
			return person
		}
	}
	return sources.None
}

// intervals are the ranges that hold 80 % of what the steps come to when executions and commits are drawn anew, and the day
// on which each step is done anywhere between now and the horizon.
func (m *planMaker) intervals(steps []planning.Step) [][2]float64 {
	intervals := make([][2]float64, len(steps))
	if m.options.Resamples < 1 || len(steps) == 0 {
		for i := range steps {
			intervals[i] = [2]float64{steps[i].After, steps[i].After}
		}
		return intervals
	}
	drawn := make([][]float64, len(steps))
	redrawn := m.newRedraw(steps)
	for number := range m.options.Resamples {
		days := seedOf(m.plan.AsOf.String())
		worth := func(step int) float64 {
			drawn := mix(days + uint64(number*len(steps)+step)*0x9E3779B97F4A7C15)
			return math.Pow(m.worth, 2*float64(drawn>>11)/(1<<53)) // m.worth is that of half the time
		}
		for i, after := range planning.Replay(redrawn.portfolio(uint64(number)), steps, worth) {
			drawn[i] = append(drawn[i], after)
		}
	}
	for i := range drawn {
		slices.Sort(drawn[i])
		intervals[i][0], intervals[i][1] = middleOf(drawn[i])
	}
	return intervals
}
