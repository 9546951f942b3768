package analyzer

import (
	"fmt"
	"math"
	"strings"

	"keyperson/analyzer/planning"
)

// why says in words what an action rests on.
func (m *planMaker) why(step *planning.Step) string {
	if step.Kind == planning.Spread {
		return m.whyCode(step)
	}
	t := m.tasks[step.Subject]
	parts := []string{m.whoDoes(t), m.procedure(t, step)}
	if near := m.whyNear(t.ID, step.Knows, step.Learns, step.Shows); near != "" {
		parts = append(parts, near)
	}
	if step.Knows == planning.Nobody {
		parts = append(parts, "nobody present has practised it enough to dictate")
	}
	return strings.Join(parts, "; ")
}

// whoDoes says who has done a task how often.
func (m *planMaker) whoDoes(t *Task) string {
	period := " in the last year"
	if t.Counted > t.Recent {
		period = ""
	}
	if t.TopPerson < 0 {
		return fmt.Sprintf("nobody present has done it (n = %s%s)", count(t.Counted, "execution"), period)
	}
	done := 0
	for _, e := range t.Executors {
		if e.Person == t.TopPerson {
			done = int(math.Round(e.Share * float64(t.Counted)))
		}
	}
	return fmt.Sprintf("%s did %d of %s%s", m.roster.listed[t.TopPerson].Name, done, count(t.Counted, "execution"), period)
}

// procedure says what manual there is by then, and what becomes of it.
func (m *planMaker) procedure(t *Task, step *planning.Step) string {
	was := "no manual"
	switch {
	case t.Routineness.Value < routineFrom:
		return fmt.Sprintf("judgement (routineness %.2f), which no manual replaces", t.Routineness.Value)
	case step.Maturity > int(t.Maturity):
		was = fmt.Sprintf("manual at M%d by the action before", step.Maturity)
	case t.Runbook >= 0:
		was = fmt.Sprintf("manual at %s (%s)", t.Maturity, m.a.Runbooks[t.Runbook].Path)
	}
	if step.MaturityThen != step.Maturity {
		return fmt.Sprintf("%s, M%d then", was, step.MaturityThen)
	}
	return was
}

// whyNear says why those who learn are near.
func (m *planMaker) whyNear(subject string, knows uint32, others ...uint32) string {
	var said []string
	named := map[uint32]bool{knows: true}
	for _, person := range others {
		if reason := m.reasons[roleOf{subject, person}]; reason != "" && !named[person] {
			said = append(said, m.people.Persons[person].Name+" "+reason)
		}
		named[person] = true
	}
	return strings.Join(said, ", ")
}

func (m *planMaker) whyCode(step *planning.Step) string {
	s := m.systems[step.Subject]
	changes := 0
	for _, lesson := range step.Lessons {
		changes += lesson.Changes
	}
	why := fmt.Sprintf("without %s %s of what changes there has nobody active who knows it (n = %s); %s to %s, two at one screen or one with a review by the other; %s",
		m.roster.listed[s.TopPerson].Name, percent(s.UncoveredWithoutTop), count(s.Commits, "commit"), count(changes, "change"),
		count(len(step.Lessons), "file"), m.whyNear(s.ID, step.Knows, step.Learns))
	if nearest := m.portfolio.Systems[step.Subject].Learners[0]; nearest != step.Learns {
		why += fmt.Sprintf("; %s is nearer, and has not so many hours left", m.people.Persons[nearest].Name)
	}
	return why
}

// deferred says what the cap kept out of the plan.
func (m *planMaker) deferred(blocked planning.Blocked) DeferredAction {
	var action Action
	action.describe(m, blocked.Kind, blocked.Subject)
	return DeferredAction{
		Kind: action.Kind, Of: action.Of, Name: action.Name, Person: m.person(blocked.Person),
		Reason: fmt.Sprintf("it would ask %s for more than %s hours until %s, and nobody else could stand in",
			m.people.Persons[blocked.Person].Name, hoursOf(m.plan.CapHours), m.plan.Until.UTC().Format("2006-01-02")),
	}
}

// hoursOf writes a number of hours as short as it can be.
func hoursOf(hours float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", hours), ".0")
}
