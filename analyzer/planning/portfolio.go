// Package planning chooses what to do first about work that hangs on one person. It reads how far each task and system
// does, simulates actions on all of them by the formulas of package practice, and returns them in the order in which they
// help most for each hour; it never looks at names, tickets or commits.
package planning

import (
	"slices"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/practice"
)

// Nobody stands where an action has no one for a role.
const Nobody = ^uint32(0)

// Portfolio is all work at one time. People are numbered by the caller.
type Portfolio struct {
	Tasks   []Task
	Systems []System
}

// Task is one kind of recurring work.
type Task struct {
	Weight      float64 // in Risk, at least 0
	Routineness float64 // in [0,1]
	Maturity    int     // of its procedure, 0 to 7
	Doers       []Doer
	Learners    []uint32 // people present who may learn it, the nearest first; doers may be among them
	Authors     []uint32 // of its procedure
	Hours       float64  // one execution, above 0
	// IsJudgement says that no procedure can replace who does it: nothing but working on it together is planned.
	IsJudgement bool
}

// Doer is someone who has done a task.
type Doer struct {
	Person  uint32
	Recent  float64 // recency-weighted executions, at least 0
	Counted int     // executions that say how often the same hands do it
	Present bool
}

// System is one body of code.
type System struct {
	Weight   float64 // in Risk, at least 0
	Things   []Thing
	Holder   uint32   // on whom it hangs; Nobody where it hangs on no one: then nothing is planned
	Batch    []Lesson // what to pair on, the most important first
	Learners []uint32 // people present who may learn it, the nearest first
}

// Lesson is what it takes until a second person covers a thing.
type Lesson struct {
	Thing   int // index into System.Things
	Changes int // that two people make to it together, at least 1
}

// Thing is a part of a system.
type Thing struct {
	Weight  float64
	Covered []uint32 // the people who cover it, distinct
}

// Clone copies a portfolio, so that actions on one do not change the other.
func (p *Portfolio) Clone() *Portfolio {
	c := &Portfolio{Tasks: slices.Clone(p.Tasks), Systems: slices.Clone(p.Systems)}
	for i := range c.Tasks {
		c.Tasks[i].Doers, c.Tasks[i].Authors = slices.Clone(c.Tasks[i].Doers), slices.Clone(c.Tasks[i].Authors)
	}
	for i := range c.Systems {
		c.Systems[i].Things = slices.Clone(c.Systems[i].Things) // who covers one is replaced, never changed
	}
	return c
}

// Risk is the weighted sum over tasks of the individualization index, and over systems of the hundredfold share that one
// absence leaves uncovered. With weights that sum to 1 it is a mean, in [0,100].
func (p *Portfolio) Risk() float64 {
	risk := 0.0
	for i := range p.Tasks {
		risk += p.Tasks[i].weighed()
	}
	for i := range p.Systems {
		risk += p.Systems[i].weighed()
	}
	return risk
}

func (t *Task) weighed() float64 { return t.Weight * t.Individualization() }

func (s *System) weighed() float64 { return 100 * s.Weight * s.Uncovered() }

// AbsenceRisk is the chance that nobody present can do the task without the one whose absence raises it most, in [0,1].
func (t *Task) AbsenceRisk() float64 {
	practices := make([]float64, len(t.Doers))
	for i := range t.Doers {
		if t.Doers[i].Present {
			practices[i] = practice.Practice(t.Doers[i].Recent)
		}
	}
	return practice.AbsenceRisk(practices, t.Maturity).Absence
}

// Individualization is the index of the task, in [0,100]; 0 with fewer than practice.LeastExecutions executions.
func (t *Task) Individualization() float64 {
	counts := make([]int, len(t.Doers))
	for i := range t.Doers {
		counts[i] = t.Doers[i].Counted
	}
	sameHands, err := practice.SameHands(counts)
	if err != nil {
		return 0
	}
	return practice.Individualization(t.Routineness, t.AbsenceRisk(), sameHands)
}

// execute adds executions by someone present.
func (t *Task) execute(person uint32, times int, worth float64) {
	at := slices.IndexFunc(t.Doers, func(d Doer) bool { return d.Person == person })
	if at < 0 {
		at = len(t.Doers)
		t.Doers = append(t.Doers, Doer{Person: person, Present: true})
	}
	t.Doers[at].Recent += float64(times) * worth
	t.Doers[at].Counted += times
}

// Uncovered is the share of the system's weight that nobody covers when the one is away whose absence uncovers most, in
// [0,1]; 0 where nothing has weight.
func (s *System) Uncovered() float64 {
	total, already := 0.0, 0.0
	alone := map[uint32]float64{}
	most := 0.0
	for i := range s.Things {
		t := &s.Things[i]
		total += t.Weight
		switch len(t.Covered) {
		case 0:
			already += t.Weight
		case 1:
			alone[t.Covered[0]] += t.Weight
			most = max(most, alone[t.Covered[0]])
		}
	}
	return busfactor.Share(already+most, total)
}
