package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// Unteachable is a system or task that hangs on one person or on nobody, and that no action of a plan can help.
type Unteachable struct {
	Subject Subject // OfSystem or OfTask
	Of      string  // its ID
	Name    string
	System  string // ID
	Lost    bool   // nobody active knows it; else one person does, and nobody is near enough to learn it
	Reason  string // in words, with its evidence
	Instead string // what to do, in words
}

// leastFormer is the share of a system from which on someone who has gone is worth asking; a starting value.
const leastFormer = 0.1

// findUnteachable lists what needs an action most and has none in the plan, nor one that was deferred: systems first, the worst
// of each first.
func (m *planMaker) findUnteachable() {
	planned := map[string]bool{}
	for i := range m.plan.Actions {
		planned[m.plan.Actions[i].Of] = true
	}
	for i := range m.plan.Deferred {
		planned[m.plan.Deferred[i].Of] = true
	}
	for i := range m.a.Systems {
		s := &m.a.Systems[i]
		if reason, instead := m.unteachableSystem(s); reason != "" && !planned[s.ID] {
			m.plan.Unteachable = append(m.plan.Unteachable, Unteachable{OfSystem, s.ID, s.Name, s.ID, s.Verdict == VerdictOrphaned, reason, instead})
		}
	}
	for i, t := range m.tasks {
		if reason, instead := m.unteachableTask(i); reason != "" && !planned[t.ID] {
			m.plan.Unteachable = append(m.plan.Unteachable, Unteachable{OfTask, t.ID, t.Name, t.System, t.IsLost(), reason, instead})
		}
	}
}

// unteachableSystem says why nothing can be planned for a system, and what to do instead; empty where it can, or need not.
func (m *planMaker) unteachableSystem(s *System) (reason, instead string) {
	switch {
	case s.Verdict == VerdictOrphaned:
		return m.lostSystem(s)
	case s.Verdict != VerdictOnePerson && s.Verdict != VerdictThinlyCovered, s.TopPerson < 0, len(s.OnlyCovered) == 0:
		return "", ""
	}
	i := slices.IndexFunc(m.systems, func(known *System) bool { return known.ID == s.ID })
	if i < 0 || len(m.portfolio.Systems[i].Learners) > 0 {
		return "", ""
	}
	holder := m.roster.listed[s.TopPerson].Name
	reason = fmt.Sprintf("without %s %s of it has nobody active who knows it (n = %s), and no one else has worked near enough to be paired with",
		holder, percent(s.UncoveredWithoutTop), count(s.Commits, "commit"))
	if twin := m.suspectedTwin(s.TopPerson); twin != "" {
		return reason, fmt.Sprintf("decide in keyperson people whether %s is the same person", twin)
	}
	return reason, fmt.Sprintf("name someone for it, and let them make the next changes to %s, %s reviewing", s.OnlyCovered[0].Path, holder)
}

// lostSystem is for a system of which nobody active knows most.
func (m *planMaker) lostSystem(s *System) (reason, instead string) {
	var lost []FileRisk
	var things []uint32
	former := map[uint32]float64{}
	total := 0.0
	for _, file := range m.graph.SystemFiles[m.systemOf(s.ID)] {
		total += m.graph.ChangeWeightOf(file)
	}
	for _, file := range m.graph.SystemFiles[m.systemOf(s.ID)] {
		if history := m.graph.Files[file].History; history != sources.None && len(m.covering.of(history)) == 0 {
			lost = append(lost, m.fileRisk(file, total))
			m.addFormer(former, history, total)
		}
	}
	lost = heaviest(lost, filesAtOnce)
	paths := make([]string, 0, 2)
	for i := range lost {
		things = append(things, m.graph.Files[lost[i].file].Thing)
		if len(paths) < cap(paths) {
			paths = append(paths, lost[i].Path)
		}
	}
	reason = fmt.Sprintf("%s of it has nobody active who knows it, so nobody here can teach it (n = %s, %d of them in %d days)",
		percent(s.UncoveredNow), count(s.Commits, "commit"), s.RecentCommits, int(m.options.ActivityWindowDays))
	steps := []string{"name someone to take it over"}
	for _, c := range m.nextWork().Rank(things, func(person uint32) bool { return !m.active[person] }) {
		if c.Parts.Nearest() >= minimumNearness {
			steps[0] += fmt.Sprintf(" (%s is nearest, with %s of the recent work on its files or beside them)", m.people.Persons[c.Person].Name, percent(c.Parts.Nearest()))
			break
		}
	}
	if person, share := most(former); share >= leastFormer {
		steps = append(steps, fmt.Sprintf("let them ask %s, who knew %s of it and was last seen on %s, while that can be done",
			m.people.Persons[person].Name, percent(share), dayOf(timeOf(m.roster.lastSeen[person]))))
	}
	steps = append(steps, "let two read "+strings.Join(paths, " and ")+" together and write down what they find; or plan to replace it")
	return reason, strings.Join(steps, "; ")
}

// addFormer adds the share of a file to everyone who would cover it if they were still active.
func (m *planMaker) addFormer(former map[uint32]float64, history uint32, total float64) {
	h := &m.graph.Histories[history]
	best := 0.0
	for tie := h.FirstTie; tie < h.EndTie; tie++ {
		best = max(best, m.known[tie])
	}
	for tie := h.FirstTie; tie < h.EndTie; tie++ {
		t := &m.graph.Ties[tie]
		if m.known[tie] > 0 && m.known[tie] >= m.covers(best) && hasPractised(t) && !m.active[t.Person] && m.people.Persons[t.Person].Kind == sources.Human {
			former[t.Person] += h.ChangeWeight / total
		}
	}
}

// most is the one with the largest share; of equals the first.
func most(shares map[uint32]float64) (person uint32, share float64) {
	for p, s := range shares {
		if s > share || s == share && p < person {
			person, share = p, s
		}
	}
	return person, share
}

// unteachableTask says why nothing can be planned for a task, and what to do instead; empty where it can, or need not.
func (m *planMaker) unteachableTask(i int) (reason, instead string) {
	t, state := m.tasks[i], &m.portfolio.Tasks[i]
	knowers := state.Knowers()
	switch {
	case t.IsLost():
		return m.lostTask(t)
	case len(knowers) > 0 && t.StopsWithout && len(state.Learners) == 0:
		name := m.people.Persons[knowers[0]].Name
		return fmt.Sprintf("%s, and nobody else present does tickets that would bring them near it", m.whoDoes(t)),
			fmt.Sprintf("name someone for it, and let them do it twice beside %s", name)
	}
	return "", ""
}

// lostTask is for a task that nobody present has practised enough to teach.
func (m *planMaker) lostTask(t *Task) (reason, instead string) {
	reason = fmt.Sprintf("nobody present has done it often or lately enough to teach it (n = %s, %d in the last year, last on %s)",
		count(t.Executions, "execution"), t.Recent, dayOf(t.Last))
	var steps []string
	if former := m.formerDoer(t); former != nil {
		steps = append(steps, fmt.Sprintf("ask %s, who was last seen on %s, how it is done, while that can be done",
			m.roster.listed[former.Person].Name, dayOf(m.roster.listed[former.Person].LastSeen)))
	}
	switch {
	case t.Routineness.Value < routineFrom:
		steps = append(steps, "let two take the next case together, with the last tickets before them, and write down what they weighed")
	case t.Runbook >= 0:
		steps = append(steps, fmt.Sprintf("let someone do it by %s (%s), and mend that where it fails", m.a.Runbooks[t.Runbook].Path, t.Maturity))
	default:
		steps = append(steps, "let someone do it with the last tickets before them, and write its manual from that")
	}
	return reason, strings.Join(steps, "; ")
}

// formerDoer is who of those no longer active did a task most; nil where nobody did.
func (m *planMaker) formerDoer(t *Task) *Executor {
	var former *Executor
	for i := range t.Executors {
		e := &t.Executors[i]
		if !m.roster.listed[e.Person].Active && (former == nil || e.Share > former.Share) {
			former = e
		}
	}
	return former
}
