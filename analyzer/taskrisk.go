package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/practice"
)

// concentration fills in how the counted executions are spread over people, whether they are still there or not.
func (k *kindOfWork) concentration() {
	counts := k.counts(k.counted)
	// All three fail together, where there is not enough evidence; then they stay zero.
	k.task.SameHands, _ = practice.SameHands(counts)
	k.task.EffectiveExecutors, _ = practice.EffectiveExecutors(counts)
	k.task.TopShare, _ = practice.TopShare(counts)
}

// counts are the numbers of executions of each person who did any, largest first: nothing depends on who is who.
func (k *kindOfWork) counts(tickets []uint32) []int {
	by := map[uint32]int{}
	for _, ticket := range tickets {
		by[k.x.fates[ticket].person]++
	}
	counts := make([]int, 0, len(by))
	for _, n := range by {
		counts = append(counts, n)
	}
	slices.SortFunc(counts, func(a, b int) int { return cmp.Compare(b, a) })
	return counts
}

// doers are the people who ever did a task, ascending, and the place of each among them.
func (k *kindOfWork) doers() (persons []uint32, place map[uint32]int) {
	place = map[uint32]int{}
	for _, ticket := range k.done {
		if person := k.x.fates[ticket].person; !slices.Contains(persons, person) {
			persons = append(persons, person)
		}
	}
	slices.Sort(persons)
	for i, person := range persons {
		place[person] = i
	}
	return persons, place
}

// ageDays is how long ago a ticket was done.
func (k *kindOfWork) ageDays(ticket uint32) float64 {
	return float64(max(0, k.graph.AsOf-k.time(ticket))) / secondsPerDay
}

// practices are the practice of each doer, 0 for those who are away where only those present are asked for.
func (k *kindOfWork) practices(persons []uint32, recent []float64, presentOnly bool) []float64 {
	practices := make([]float64, len(persons))
	for i, person := range persons {
		if !presentOnly || k.active[person] {
			practices[i] = practice.Practice(recent[i])
		}
	}
	return practices
}

// risk fills in the absence risk and its interval.
func (k *kindOfWork) risk() {
	persons, place := k.doers()
	recent := make([]float64, len(persons))
	decayed := make([]float64, len(k.done))
	for i, ticket := range k.done {
		decayed[i] = practice.Recent([]float64{k.ageDays(ticket)}, k.options.TaskHalfLifeDays)
		recent[place[k.x.fates[ticket].person]] += decayed[i]
	}
	maturity := int(k.task.Maturity)
	r := practice.AbsenceRisk(k.practices(persons, recent, true), maturity)
	t := k.task
	t.RiskNow, t.AbsenceRisk, t.RiskLow, t.RiskHigh = r.Now, r.Absence, r.Absence, r.Absence
	if r.Top >= 0 {
		t.TopPerson = k.roster.index(persons[r.Top])
	}
	t.StopsWithout = t.Enough && !t.Dormant && t.RiskNow < stopsAt && t.AbsenceRisk >= stopsAt
	if !t.Enough || k.options.Resamples < 1 {
		return
	}
	// Each execution is drawn as often as a Poisson distribution of mean 1 says, by its ticket's key; see resample.
	drawn := make([]float64, k.options.Resamples)
	for number := range drawn {
		k.redraw(uint64(number), place, decayed, recent)
		drawn[number] = practice.AbsenceRisk(k.practices(persons, recent, true), maturity).Absence
	}
	slices.Sort(drawn)
	low, high := middleOf(drawn)
	t.RiskLow, t.RiskHigh = min(t.AbsenceRisk, low), max(t.AbsenceRisk, high)
}

// redraw fills in the recency-weighted executions of each doer in the draw of a number.
func (k *kindOfWork) redraw(number uint64, place map[uint32]int, decayed, recent []float64) {
	clear(recent)
	for i, ticket := range k.done {
		times := poisson(mix(seedOf(k.evidence.Tickets[ticket].Key) + number*0x9E3779B97F4A7C15))
		recent[place[k.x.fates[ticket].person]] += float64(times) * decayed[i]
	}
}

// canAlone is the practice from which on someone can do a task: two fresh executions; a starting value.
const canAlone = 0.5

// executors lists who has done a task, those with most practice first.
func (k *kindOfWork) executors(runbooks []Runbook) {
	persons, place := k.doers()
	recent, last := make([]float64, len(persons)), make([]int64, len(persons))
	times := make([]int, len(persons)) // summed up as shares, a thing that one person did every time would come to under 1
	for _, ticket := range k.done {
		i := place[k.x.fates[ticket].person]
		recent[i] += practice.Recent([]float64{k.ageDays(ticket)}, k.options.TaskHalfLifeDays)
		last[i] = k.time(ticket)
	}
	for _, ticket := range k.counted {
		times[place[k.x.fates[ticket].person]]++
	}
	for i, q := range k.practices(persons, recent, false) {
		e := Executor{
			Person: k.roster.index(persons[i]), Share: float64(times[i]) / float64(max(len(k.counted), 1)), Practice: q, Capability: InTraining,
			LastSeen: fromUnix(last[i]),
		}
		switch {
		case q >= canAlone && k.teaches(e.Person, runbooks):
			e.Capability = Teaches
		case q >= canAlone:
			e.Capability = Alone
		}
		k.task.Executors = append(k.task.Executors, e)
	}
	slices.SortStableFunc(k.task.Executors, func(a, b Executor) int { return cmp.Compare(b.Practice, a.Practice) })
}

// teaches says whether someone wrote one of the task's procedures that others then followed.
func (k *kindOfWork) teaches(person int, runbooks []Runbook) bool {
	return slices.ContainsFunc(k.runbooks, func(r uint32) bool {
		return runbooks[r].OtherExecutions > 0 && slices.Contains(runbooks[r].Authors, person)
	})
}

// present counts the active people who did a task more than once.
func (k *kindOfWork) present() int {
	times := map[uint32]int{}
	n := 0
	for _, ticket := range k.done {
		person := k.x.fates[ticket].person
		if times[person]++; times[person] == 2 && k.active[person] {
			n++
		}
	}
	return n
}
