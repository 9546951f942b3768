package analyzer

import (
	"keyperson/analyzer/practice"
	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

// routineFrom is the routineness from which on work is routine, below it is judgement; a starting value. What takes judgement
// can come back often, be done quickly and be owed to a system of the first tier, and still be new each time: at one half
// such work passed for routine.
const routineFrom = 0.65

// routineness fills in how far the task is the same each time: the mean of the signs that the data can tell.
func (k *kindOfWork) routineness() {
	r := &k.task.Routineness
	add := func(name string, value float64, n int) {
		r.Parts = append(r.Parts, RoutinenessPart{Name: name, Value: value, N: n})
	}
	n := len(k.counted)
	if n > 0 {
		add("recurrence", practice.Recurrence(n), n)
	}
	summaries := make([][]string, n)
	for i, ticket := range k.counted {
		summaries[i] = taskkinds.Words(k.evidence.Tickets[ticket].Summary)
	}
	if similarity, n, err := practice.Similarity(summaries); err == nil {
		add("similar summaries", similarity, n)
	}
	times := k.durations()
	if steady, err := practice.Steadiness(times.hours); err == nil {
		name := "steady elapsed time"
		if times.source == HandlingLogged {
			name = "steady handling time"
		}
		add(name, steady, len(times.hours))
	}
	if branching, n := k.branching(); n >= practice.LeastExecutions {
		add("little branching", 1-branching, n)
	}
	if obligation, isKnown := k.obligation(); isKnown {
		add("obligation", obligation, n)
	}
	for _, part := range r.Parts {
		r.Value += part.Value / float64(len(r.Parts))
	}
	if k.rule.Routineness != nil {
		r.Value, r.Pinned = *k.rule.Routineness, true
	}
}

// branching is the share of the counted executions, of those of which the source can tell, that were opened again or raised.
func (k *kindOfWork) branching() (share float64, n int) {
	branched := 0
	for _, ticket := range k.counted {
		t := &k.evidence.Tickets[ticket]
		if t.Reopened < 0 && t.Escalated < 0 {
			continue
		}
		n++
		if t.Reopened > 0 || t.Escalated > 0 {
			branched++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(branched) / float64(n), n
}

// obligation says whether a task must be done on its day, whoever is in: by configuration, else because it comes back at
// regular times for a system of the first tier. A lower tier says nothing, and of other work the first says nothing
// either: a design review or a rescue is no routine because the system that it is for is important.
func (k *kindOfWork) obligation() (value float64, isKnown bool) {
	switch {
	case k.rule.Obligation != nil && !*k.rule.Obligation:
		return 0, true
	case k.rule.Obligation != nil, k.task.Tier == 1 && k.isScheduled():
		return 1, true
	}
	return 0, false
}

// isScheduled says whether the task is set off by the calendar, as configured or else as its tickets come in.
func (k *kindOfWork) isScheduled() bool {
	if k.rule.Class != "" {
		return TaskClass(k.rule.Class) == Scheduled
	}
	class, _, _ := k.occasion()
	return class == Scheduled
}

// rates fills in how often executions changed hands, were opened again and were raised.
func (k *kindOfWork) rates() {
	rate := func(of func(*sources.Ticket) int32) *float64 {
		known, happened := 0, 0
		for _, ticket := range k.counted {
			times := of(&k.evidence.Tickets[ticket])
			if times >= 0 {
				known++
			}
			if times > 0 {
				happened++
			}
		}
		if known == 0 {
			return nil
		}
		share := float64(happened) / float64(known)
		return &share
	}
	k.task.ReassignmentRate = rate(func(t *sources.Ticket) int32 { return t.Reassigned })
	k.task.ReopenRate = rate(func(t *sources.Ticket) int32 { return t.Reopened })
	k.task.EscalationRate = rate(func(t *sources.Ticket) int32 { return t.Escalated })
}
