package analyzer

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"keyperson/sources"
)

// ErrPlanNotBegun is returned for a plan that is scored as of a date that is not after the one it was made from.
var ErrPlanNotBegun = errors.New("the plan is scored from a date that is not after the one it was made from")

// scoreSlack keeps what was rounded in a file from missing its own interval.
const scoreSlack = 0.0005

// ScorePlan says what became of the actions of an earlier plan, in its order. People are known by their IDs, which must be
// those of people. It returns ErrPlanNotBegun, and otherwise the errors of Assess.
func ScorePlan(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, plan *Plan) ([]Prediction, error) {
	if !options.AsOf.After(plan.AsOf) {
		return nil, fmt.Errorf("%w: %s is not after %s", ErrPlanNotBegun, dayOf(options.AsOf), dayOf(plan.AsOf))
	}
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	a, err := w.assessment()
	if err != nil {
		return nil, err
	}
	s := newPlanScorer(w, a, plan)
	predictions := make([]Prediction, len(plan.Actions))
	for i := range plan.Actions {
		predictions[i] = s.score(plan.Actions[i])
	}
	return predictions, nil
}

// planScorer compares a plan with an assessment.
type planScorer struct {
	*work
	a       *Assessment
	plan    *Plan
	persons []uint32              // of each of plan.People, sources.None where nobody is known by that ID
	undone  map[string]ActionKind // by subject: the first action that was not taken
}

func newPlanScorer(w *work, a *Assessment, plan *Plan) *planScorer {
	s := &planScorer{work: w, a: a, plan: plan, persons: make([]uint32, len(plan.People)), undone: map[string]ActionKind{}}
	for i := range plan.People {
		s.persons[i] = sources.None
		if person := slices.IndexFunc(w.people.Persons, func(p sources.Person) bool { return p.ID == plan.People[i].ID }); person >= 0 {
			s.persons[i] = uint32(person)
		}
	}
	return s
}

// score says what became of one action.
func (s *planScorer) score(action Action) Prediction {
	p := Prediction{Action: action, Predicted: action.Expected, Outcome: CannotScore}
	measured := s.scoreTask
	if action.Subject == OfSystem {
		measured = s.scoreSystem
	}
	actual, missing := measured(action.Of)
	if missing != "" {
		p.Reason = missing
		return p
	}
	p.Actual = actual
	evidence, isDone, missing := s.isDone(&action)
	if missing != "" {
		p.Reason = missing
		return p
	}
	key := string(action.Subject) + "\x00" + action.Of
	if p.Done = isDone; !isDone {
		if _, known := s.undone[key]; !known {
			s.undone[key] = action.Kind
		}
		p.Outcome, p.Reason = NotDone, evidence
		if s.options.AsOf.Before(s.plan.Until) {
			p.Reason += fmt.Sprintf("; there is time until %s", dayOf(s.plan.Until))
		}
		return p
	}
	if first, rests := s.undone[key]; rests {
		p.Reason = fmt.Sprintf("%s, but what was expected of it rests on «%s», which was not done", evidence, first)
		return p
	}
	s.judge(&p, evidence)
	return p
}

// judge compares what is with what was expected. Better than expected came true as well.
func (s *planScorer) judge(p *Prediction, evidence string) {
	a := &p.Action
	expected := fmt.Sprintf("%s expected (%s to %s), %s now, %s before", percent(a.Expected), percent(a.Low), percent(a.High), percent(p.Actual), percent(a.Before))
	if p.Actual <= a.High+scoreSlack {
		p.Outcome, p.Reason = CameTrue, evidence+": "+expected
		return
	}
	p.Outcome, p.Reason = DidNot, evidence+", but "+expected
	for _, person := range []int{a.Writes, a.Verifies} {
		if known := s.person(person); known != sources.None && !s.active[known] {
			p.Reason += fmt.Sprintf("; %s, who learnt it, was last seen on %s", s.nameOf(person), dayOf(timeOf(s.roster.lastSeen[known])))
			return
		}
	}
}

// person is who stands at a place of the plan's list; sources.None where nobody does, or nobody is known by that ID.
func (s *planScorer) person(place int) uint32 {
	if place < 0 {
		return sources.None
	}
	return s.persons[place]
}

func (s *planScorer) nameOf(place int) string {
	switch known := s.person(place); {
	case place < 0:
		return "nobody"
	case known == sources.None:
		return s.plan.People[place].Name
	default:
		return s.people.Persons[known].Name
	}
}

// scoreTask is the absence risk of a task, or why it says nothing.
func (s *planScorer) scoreTask(id string) (risk float64, missing string) {
	i := slices.IndexFunc(s.a.Tasks, func(t Task) bool { return t.ID == id })
	switch {
	case i < 0:
		return 0, "no ticket is placed in this task any more"
	case !s.a.Tasks[i].Enough:
		return 0, fmt.Sprintf("not enough evidence: %s", count(s.a.Tasks[i].Executions, "execution"))
	case s.a.Tasks[i].Dormant || !s.a.Tasks[i].Last.After(s.plan.AsOf):
		return 0, fmt.Sprintf("not done since %s", dayOf(s.a.Tasks[i].Last))
	}
	return s.a.Tasks[i].AbsenceRisk, ""
}

// scoreSystem is the share of a system that one absence leaves uncovered, or why it says nothing.
func (s *planScorer) scoreSystem(id string) (uncovered float64, missing string) {
	i := slices.IndexFunc(s.a.Systems, func(known System) bool { return known.ID == id })
	switch {
	case i < 0:
		return 0, "the system has no files any more"
	case !s.a.Systems[i].Verdict.isJudged():
		return 0, s.a.Systems[i].VerdictReason
	}
	return s.a.Systems[i].UncoveredWithoutTop, ""
}

// isDone says by what evidence an action was taken, or was not. Its subject must be there.
func (s *planScorer) isDone(action *Action) (evidence string, isDone bool, missing string) {
	if action.Subject == OfSystem {
		return s.codeDone(action)
	}
	return s.taskDone(action)
}

// taskDone says by what evidence an action on a task was taken, or was not.
func (s *planScorer) taskDone(action *Action) (evidence string, isDone bool, missing string) {
	if action.Kind == WriteRunbook {
		return s.manualDone(action)
	}
	needed := 1
	if action.Kind == SuperviseRuns {
		needed = 2
	}
	if s.person(action.Writes) == sources.None {
		return "", false, "the one who was to learn it is not known under this identity: was the plan saved with other data or another key?"
	}
	times, newcomer := s.learnt(action)
	switch {
	case times >= needed:
		return fmt.Sprintf("%s has done it %s since", s.nameOf(action.Writes), timesOf(times)), true, ""
	case newcomer != "":
		return newcomer, true, ""
	}
	return fmt.Sprintf("%s has done it %s since", s.nameOf(action.Writes), timesOf(times)), false, ""
}

func timesOf(n int) string {
	switch n {
	case 0:
		return "not once"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// learnt counts what the learner did since the plan was made, and names anyone else who learnt it instead.
func (s *planScorer) learnt(action *Action) (times int, newcomer string) {
	needed := map[ActionKind]int{PairUp: 1, SuperviseRuns: 2}[action.Kind]
	learner := s.person(action.Writes)
	before, since := map[uint32]bool{}, map[uint32]int{}
	var order []uint32
	for i := range s.kinds {
		k := &s.kinds[i]
		if k.kind.ID != action.Of {
			continue
		}
		for _, ticket := range k.done {
			person := k.x.fates[ticket].person
			if k.time(ticket) <= s.plan.AsOf.Unix() {
				before[person] = true
				continue
			}
			if since[person]++; since[person] == needed {
				order = append(order, person)
			}
		}
	}
	for _, person := range order {
		if !before[person] && person != learner {
			return since[learner], fmt.Sprintf("%s, who had never done it, has done it %s since", s.people.Persons[person].Name, timesOf(since[person]))
		}
	}
	return since[learner], ""
}

// manualDone says whether the task has a procedure that was written since.
func (s *planScorer) manualDone(action *Action) (evidence string, isDone bool, missing string) {
	t := &s.a.Tasks[slices.IndexFunc(s.a.Tasks, func(t Task) bool { return t.ID == action.Of })]
	if t.Runbook < 0 {
		return "it has no manual", false, ""
	}
	r := &s.a.Runbooks[t.Runbook]
	switch {
	case !r.LastSubstantive.After(s.plan.AsOf):
		return fmt.Sprintf("%s says nothing new since %s", r.Path, dayOf(r.LastSubstantive)), false, ""
	case r.Maturity < Structured:
		return fmt.Sprintf("%s was written on, but is at %s", r.Path, r.Maturity), false, ""
	}
	return fmt.Sprintf("%s was written on %s and is at %s", r.Path, dayOf(r.LastSubstantive), r.Maturity), true, ""
}

// changedOften is how often someone must have changed a file to have learnt it; see hasPractised.
const changedOften = 2

// codeDone says whether one person, other than the one who knew it, has changed half of the files more than once since. A
// change here and there by several is no pairing: it hardly ever leads to anyone knowing the file.
func (s *planScorer) codeDone(action *Action) (evidence string, isDone bool, missing string) {
	teacher := s.person(action.Dictates)
	if teacher == sources.None {
		return "", false, "the one who was to teach it is not known under this identity: was the plan saved with other data or another key?"
	}
	found := 0
	learnt := map[uint32]int{} // files, by person
	for file := range s.graph.Files {
		if !slices.Contains(action.Files, s.pathOf(uint32(file))) {
			continue
		}
		found++
		for person, n := range s.changesSince(uint32(file)) {
			if n >= changedOften && person != teacher {
				learnt[person]++
			}
		}
	}
	if found == 0 {
		return "", false, "none of its files is there any more"
	}
	most := sources.None
	for person, n := range learnt {
		if most == sources.None || n > learnt[most] || n == learnt[most] && person < most {
			most = person
		}
	}
	if most == sources.None {
		return fmt.Sprintf("nobody but %s has changed any of %s twice since", s.nameOf(action.Dictates), count(found, "file")), false, ""
	}
	return fmt.Sprintf("%s has changed %d of %s twice or more since", s.people.Persons[most].Name, learnt[most], count(found, "file")), 2*learnt[most] >= found, ""
}

// changesSince counts the changes that each person made to a file since the plan was made.
func (s *planScorer) changesSince(file uint32) map[uint32]int {
	changes := map[uint32]int{}
	for _, c := range s.graph.ContributionsOf(file) {
		if c.Familiarity > 0 && c.Kind <= sources.CoAuthored && s.graph.Time(c.Event) > s.plan.AsOf.Unix() {
			changes[c.Person]++
		}
	}
	return changes
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }
