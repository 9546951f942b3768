package planning

import (
	"slices"

	"keyperson/analyzer/practice"
)

// Kind is what is done.
type Kind uint8

// The kinds, in the order in which they are tried.
const (
	Write     Kind = iota // write the manual
	Supervise             // let someone do the task twice by the manual
	Pair                  // do the task once together
	Spread                // pair on the code of a system
)

// Action is one thing to do, with who does what.
type Action struct {
	Kind    Kind
	Subject int      // index into Portfolio.Systems for Spread, else Portfolio.Tasks
	Knows   uint32   // who dictates, teaches or supervises; Nobody where no one present knows it
	Learns  uint32   // who writes the manual, or learns
	Shows   uint32   // who shows by doing it that it works; Nobody where no one is left for that
	Lessons []Lesson // Spread only
	Asked   []Load   // hours by person
}

// Load is what an action asks of someone.
type Load struct {
	Person uint32
	Hours  float64
}

// Hours is what the action asks of all.
func (a *Action) Hours() float64 {
	sum := 0.0
	for _, load := range a.Asked {
		sum += load.Hours
	}
	return sum
}

// What actions take, in hours of the person concerned; starting values. h is the time of one execution.
const (
	dictateHours = 2.0 // of the one who knows: 1.5 to tell, 0.5 to review
	writeHours   = 4.0
	findOutHours = 4.0 // of the writer besides, where no one can dictate
	amendShare   = 0.5 // of both, where a manual is there and lacks parts
	showHours    = 0.5 // besides the execution
	talkHours    = 0.5 // of each of a pair, besides the execution
	watchShare   = 0.5 // of an execution, that the one who knows is with it
	followHours  = 0.25
	changeHours  = 1.0 // of each of a pair, for one change
	runsBy       = 2   // executions that are supervised
)

// What a manual comes to; see analyzer.Maturity. Without a reviewer it is fresh, one who knows it makes it independent,
// and whoever did not write it and executes it makes it executed by others.
const (
	structured       = 2
	fresh            = 3
	independent      = 4
	executedByOthers = 5
)

// Practice from which on someone can dictate, and that the most practised must have at least. Starting values: two fresh
// executions, and less than one.
const (
	knowsWell   = 0.5
	KnowsEnough = 0.2
)

// Admits says whether an action makes sense for the task as it is: no manual carries judgement, and none can be followed that
// is not there.
func (t *Task) Admits(kind Kind) bool {
	switch kind {
	case Write:
		return !t.IsJudgement
	case Supervise:
		return !t.IsJudgement && t.Maturity >= structured
	}
	return true
}

// Knowers are who can dictate a task, the most practised first.
func (t *Task) Knowers() []uint32 {
	doers := slices.Clone(t.Doers)
	slices.SortStableFunc(doers, func(a, b Doer) int {
		switch {
		case a.Recent > b.Recent:
			return -1
		case a.Recent < b.Recent:
			return 1
		}
		return 0
	})
	var knowers []uint32
	for _, d := range doers {
		q := practice.Practice(d.Recent)
		if d.Present && (q >= knowsWell || q >= KnowsEnough && len(knowers) == 0) {
			knowers = append(knowers, d.Person)
		}
	}
	return knowers
}

// propose finds who would do an action under the cap. Where it makes no sense, possible is false; where only the cap is in
// the way, blocked names whom it would ask too much of, else it is Nobody.
func (s *simulation) propose(kind Kind, subject int) (a Action, possible bool, blocked uint32) {
	a = Action{Kind: kind, Subject: subject, Knows: Nobody, Learns: Nobody, Shows: Nobody}
	if kind == Spread {
		return s.proposeSpread(a)
	}
	t := &s.portfolio.Tasks[subject]
	switch {
	case kind == Write && t.Maturity >= structured, !t.Admits(kind):
		return a, false, Nobody
	case kind == Write:
		return s.proposeManual(a, t)
	case kind == Supervise:
		return s.proposeTeaching(a, t, t.Hours*watchShare*runsBy, runsBy*(t.Hours+followHours))
	}
	return s.proposeTeaching(a, t, t.Hours+talkHours, t.Hours+talkHours)
}

// proposeManual finds three different people: who dictates, who writes, who executes.
func (s *simulation) proposeManual(a Action, t *Task) (Action, bool, uint32) {
	dictating, writing := dictateHours, writeHours
	if t.Maturity > 0 {
		dictating, writing = dictating*amendShare, writing*amendShare
	}
	knowers := t.Knowers()
	if len(knowers) == 0 {
		writing += findOutHours
	} else if a.Knows = s.ask(&a, knowers, dictating); a.Knows == Nobody {
		return a, false, knowers[0]
	}
	a.Learns = s.ask(&a, t.Learners, writing)
	if a.Learns == Nobody {
		if a.Learns = a.Knows; a.Learns == Nobody {
			return a, false, first(t.Learners)
		}
		if !s.fits(a.Knows, dictating+writing) {
			return a, false, a.Knows
		}
		a.Asked = []Load{{a.Knows, dictating + writing}}
		return a, true, Nobody
	}
	a.Shows = s.ask(&a, t.Learners, t.Hours+showHours)
	return a, true, Nobody
}

// proposeTeaching finds who knows the task, and who learns it by doing it.
func (s *simulation) proposeTeaching(a Action, t *Task, teaching, learning float64) (Action, bool, uint32) {
	knowers := t.Knowers()
	if len(knowers) == 0 {
		return a, false, Nobody
	}
	if a.Knows = s.ask(&a, knowers, teaching); a.Knows == Nobody {
		return a, false, knowers[0]
	}
	learners := t.Learners
	if a.Kind == Supervise && t.Maturity < executedByOthers {
		// Whoever wrote the manual cannot show that others understand it.
		learners = slices.Clone(learners)
		slices.SortStableFunc(learners, func(x, y uint32) int {
			return number(slices.Contains(t.Authors, x)) - number(slices.Contains(t.Authors, y))
		})
	}
	if a.Learns = s.ask(&a, learners, learning); a.Learns == Nobody {
		return a, false, first(learners)
	}
	a.Shows = a.Learns
	return a, true, Nobody
}

func (s *simulation) proposeSpread(a Action) (Action, bool, uint32) {
	system := &s.portfolio.Systems[a.Subject]
	if system.Holder == Nobody || len(system.Batch) == 0 {
		return a, false, Nobody
	}
	hours := 0.0
	for _, lesson := range system.Batch {
		hours += changeHours * float64(lesson.Changes)
	}
	for n := len(system.Batch); n > 0; n-- {
		if s.fits(system.Holder, hours) {
			b := a
			b.Knows = s.ask(&b, []uint32{system.Holder}, hours)
			if b.Learns = s.ask(&b, system.Learners, hours); b.Learns != Nobody {
				b.Shows, b.Lessons = b.Learns, system.Batch[:n]
				return b, true, Nobody
			}
		}
		if n > 1 {
			hours -= changeHours * float64(system.Batch[n-1].Changes)
		}
	}
	if !s.fits(system.Holder, hours) {
		return a, false, system.Holder
	}
	return a, false, first(system.Learners)
}

// ask finds the first of the candidates who has no part in the action yet and stays under the cap, and asks them; Nobody
// where there is none.
func (s *simulation) ask(a *Action, candidates []uint32, hours float64) uint32 {
	for _, person := range candidates {
		if !slices.ContainsFunc(a.Asked, func(l Load) bool { return l.Person == person }) && s.fits(person, hours) {
			a.Asked = append(a.Asked, Load{person, hours})
			return person
		}
	}
	return Nobody
}

// CarryOut changes the portfolio as the action would, if it is done. What an execution counts for is worth, in (0,1].
func (p *Portfolio) CarryOut(a *Action, worth float64) {
	if a.Kind == Spread {
		s := &p.Systems[a.Subject]
		for _, lesson := range a.Lessons {
			if t := &s.Things[lesson.Thing]; !slices.Contains(t.Covered, a.Learns) {
				t.Covered = append(slices.Clip(t.Covered), a.Learns)
			}
		}
		return
	}
	t := &p.Tasks[a.Subject]
	switch a.Kind {
	case Write:
		t.Authors = append(t.Authors, a.Learns)
		t.Maturity = max(t.Maturity, fresh)
		if a.Knows != Nobody && a.Knows != a.Learns {
			t.Maturity = max(t.Maturity, independent)
		}
		if a.Shows != Nobody {
			t.Maturity = max(t.Maturity, executedByOthers)
			t.execute(a.Shows, 1, worth)
		}
	case Supervise:
		if !slices.Contains(t.Authors, a.Learns) {
			t.Maturity = max(t.Maturity, executedByOthers)
		}
		t.execute(a.Learns, runsBy, worth)
	case Pair:
		t.execute(a.Learns, 1, worth)
	}
}

func first(people []uint32) uint32 {
	if len(people) == 0 {
		return Nobody
	}
	return people[0]
}

func number(isTrue bool) int {
	if isTrue {
		return 1
	}
	return 0
}
