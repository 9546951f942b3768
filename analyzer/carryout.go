package analyzer

import (
	"errors"
	"fmt"
	"slices"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/planning"
	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// ErrPlanAhead is returned for a plan that was made from a later date than a departure is looked at from.
var ErrPlanAhead = errors.New("the plan was made from a later date than the one looked from")

// carriedOut is the work after the actions of a plan, by the simulation that predicts their effects.
type carriedOut struct {
	*planMaker
	scorer  *planScorer // says what was done since the plan was made
	then    *work       // without those who leave
	leaving []uint32
	actions []PlannedAction
	learnt  map[uint32][]uint32 // by history: who covers it by the plan, besides those who do
	touched map[int]bool        // indices into planMaker.tasks: with an action that counts
	things  []map[string]int    // by index into planMaker.systems: thing by name of its file, nil until asked for
}

// carryOut simulates the actions of a plan one after the other, as far as they can be carried out.
func (w *work) carryOut(before *Assessment, then *work, leaving []uint32, plan *Plan) *carriedOut {
	limits := PlanOptions{CapHours: plan.CapHours, HorizonDays: plan.Until.Sub(plan.AsOf).Hours() / 24}
	c := &carriedOut{
		planMaker: newPlanMaker(w, before, limits), scorer: newPlanScorer(w, before, plan), then: then, leaving: leaving,
		learnt: map[uint32][]uint32{}, touched: map[int]bool{},
	}
	c.things = make([]map[string]int, len(c.systems))
	for i := range plan.Actions {
		c.actions = append(c.actions, c.carryOutOne(&plan.Actions[i]))
	}
	return c
}

// carryOutOne simulates one action after those before it.
func (c *carriedOut) carryOutOne(action *Action) PlannedAction {
	p := PlannedAction{Action: *action, State: ActionLeftOut}
	for _, role := range []*int{&p.Action.Dictates, &p.Action.Writes, &p.Action.Verifies} {
		if person := c.scorer.person(*role); person == sources.None {
			*role = -1
		} else {
			*role = c.roster.index(person)
		}
	}
	kind, known := kindOf(action.Kind)
	step := planning.Action{Kind: kind}
	if !known {
		p.Reason = "nothing is known of actions of this kind"
		return p
	}
	if step.Subject, p.Reason = c.subjectOf(action); p.Reason != "" {
		return p
	}
	if evidence, isDone, missing := c.scorer.isDone(action); isDone || missing != "" {
		if p.Reason = missing; isDone {
			p.State, p.Reason = ActionDone, evidence
			p.Before = c.lostShare(&step)
			p.After = p.Before
		}
		return p
	}
	if p.Reason = c.fill(&step, action); p.Reason != "" {
		return p
	}
	p.State, p.Before = ActionCounts, c.lostShare(&step)
	c.portfolio.CarryOut(&step, c.worth)
	c.note(&step)
	p.After = c.lostShare(&step)
	if step.Kind == planning.Write || !slices.Contains(c.leaving, step.Learns) {
		return p // a manual stays, whoever wrote it
	}
	p.Reason = c.people.Persons[step.Learns].Name + ", who is to learn it, leaves"
	if p.After < p.Before-noticeable {
		p.Reason += ": only the manual is the better for it"
	} else {
		p.State = ActionTeachesLeaver
	}
	return p
}

// kindOf is what a named kind of action is to the simulation.
func kindOf(name ActionKind) (kind planning.Kind, known bool) {
	for kind, named := range kindsOfAction {
		if named == name {
			return kind, true
		}
	}
	return 0, false
}

// subjectOf finds what an action is about among what is planned on, or says why it is not there.
func (c *carriedOut) subjectOf(action *Action) (subject int, missing string) {
	if action.Subject == OfSystem {
		if i := slices.IndexFunc(c.systems, func(s *System) bool { return s.ID == action.Of }); i >= 0 {
			return i, ""
		}
		if _, missing = c.scorer.scoreSystem(action.Of); missing == "" {
			missing = "nothing can be said of who knows its code"
		}
		return 0, missing
	}
	if i := slices.IndexFunc(c.tasks, func(t *Task) bool { return t.ID == action.Of }); i >= 0 {
		return i, ""
	}
	if _, missing = c.scorer.scoreTask(action.Of); missing == "" {
		missing = "it has not been done within a year"
	}
	return 0, missing
}

// fill puts people and files into an action, or says what stands in its way.
func (c *carriedOut) fill(step *planning.Action, action *Action) (obstacle string) {
	for _, role := range []struct {
		to       *uint32
		place    int
		does     string
		isNeeded bool
	}{
		{&step.Knows, action.Dictates, "is to dictate or teach it", step.Kind != planning.Write},
		{&step.Learns, action.Writes, "is to write or learn it", true},
		{&step.Shows, action.Verifies, "is to show that it works", false},
	} {
		*role.to = planning.Nobody
		switch {
		case role.place < 0 && role.isNeeded:
			return "nobody is named who " + role.does
		case role.place < 0:
			continue
		}
		person := c.scorer.person(role.place)
		switch {
		case person == sources.None:
			return "nobody is known any more as the one who " + role.does
		case !c.active[person]:
			return fmt.Sprintf("%s, who %s, is away, last seen on %s", c.people.Persons[person].Name, role.does, dayOf(timeOf(c.roster.lastSeen[person])))
		}
		*role.to = person
	}
	if step.Kind == planning.Spread {
		return c.fillFiles(step, action)
	}
	switch task := &c.portfolio.Tasks[step.Subject]; {
	case task.Admits(step.Kind):
		return ""
	case task.IsJudgement:
		return fmt.Sprintf("it is judgement by now (routineness %.2f), which no manual replaces", task.Routineness)
	}
	return "there is no manual to do it by"
}

// fillFiles finds the files that two are to pair on.
func (c *carriedOut) fillFiles(step *planning.Action, action *Action) (obstacle string) {
	things := c.thingsOf(step.Subject)
	for _, path := range action.Files {
		if thing, isThere := things[path]; isThere {
			step.Lessons = append(step.Lessons, planning.Lesson{Thing: thing})
		}
	}
	if len(step.Lessons) == 0 {
		return "none of its files is there any more"
	}
	return ""
}

// thingsOf are the things of a system by the name of their file.
func (c *carriedOut) thingsOf(system int) map[string]int {
	if c.things[system] == nil {
		c.things[system] = map[string]int{}
		for thing, file := range c.files[system] {
			c.things[system][c.pathOf(file)] = thing
		}
	}
	return c.things[system]
}

// note remembers what an action changed.
func (c *carriedOut) note(step *planning.Action) {
	if step.Kind != planning.Spread {
		c.touched[step.Subject] = true
		return
	}
	for _, lesson := range step.Lessons {
		history := c.graph.Files[c.files[step.Subject][lesson.Thing]].History
		for _, person := range c.portfolio.Systems[step.Subject].Things[lesson.Thing].Covered {
			if !slices.Contains(c.covering.of(history), person) && !slices.Contains(c.learnt[history], person) {
				c.learnt[history] = append(c.learnt[history], person)
			}
		}
	}
}

// lostShare is how far the subject of an action is lost once they have left.
func (c *carriedOut) lostShare(step *planning.Action) float64 {
	if step.Kind != planning.Spread {
		t := c.taskThen(step.Subject)
		t.judgeAnew(c.then.presentPlaces())
		return t.RiskNow
	}
	var coverage busfactor.Coverage
	for _, file := range c.files[step.Subject] {
		coverage.Add(c.graph.ChangeWeightOf(file), c.coversThen(c.then, c.graph.Files[file].History)...)
	}
	return coverage.Uncovered()
}

// coversThen are the people of then who cover a file after the plan, ascending.
func (c *carriedOut) coversThen(then *work, history uint32) []uint32 {
	people := then.covering.of(history)
	for _, person := range c.learnt[history] {
		if then.active[person] && !slices.Contains(people, person) {
			people = append(slices.Clip(people), person)
		}
	}
	slices.Sort(people)
	return people
}

// taskThen is a task with what those who do it can do after the plan, and how good its procedure is.
func (c *carriedOut) taskThen(i int) Task {
	t, state := *c.tasks[i], &c.portfolio.Tasks[i]
	t.Maturity = Maturity(state.Maturity)
	t.Executors = slices.Clone(t.Executors)
	for _, doer := range state.Doers {
		place := c.roster.index(doer.Person)
		at := slices.IndexFunc(t.Executors, func(e Executor) bool { return e.Person == place })
		if at < 0 {
			at = len(t.Executors)
			t.Executors = append(t.Executors, Executor{Person: place})
		}
		t.Executors[at].Practice = practice.Practice(doer.Recent)
	}
	return t
}

// assessment judges everything anew after the plan, with those present who are in then.
func (c *carriedOut) assessment(then *work) (*Assessment, *work) {
	planned := *then
	planned.covering = covering{}
	for history := range c.graph.Histories {
		planned.covering.people = append(planned.covering.people, c.coversThen(then, uint32(history))...)
		planned.covering.ends = append(planned.covering.ends, uint32(len(planned.covering.people)))
	}
	base := *c.a
	base.Tasks = slices.Clone(c.a.Tasks)
	for i := range base.Tasks {
		if at := slices.IndexFunc(c.tasks, func(t *Task) bool { return t.ID == base.Tasks[i].ID }); at >= 0 && c.touched[at] {
			base.Tasks[i] = c.taskThen(at)
		}
	}
	return planned.judgeAnew(&base), &planned
}
