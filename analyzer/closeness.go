package analyzer

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"keyperson/analyzer/planning"
	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// Weights of who is nearest to a task they do not do alone; starting values, but for the power of presence and what is
// left for anyone, which a backtest of 9,095 tickets of a public project gave for those who had done the task.
const (
	presenceHalfLifeDays = 30.0
	presencePower        = 0.7
	anyoneShare          = 0.003
	sameSystemShare      = 0.3
	codeShare            = 0.1
	leastPresence        = 0.05 // of someone active who did no ticket of late
)

// closeness says who is near to a task: by practice of it, by work on its system, by presence.
type closeness struct {
	*work
	presence []float64                  // by person: executions of any kind, recent ones counting most
	bySystem map[string][]float64       // by system, then by person: recency-weighted executions
	coverers map[string]map[uint32]bool // by system: who covers any of its files
	triage   map[uint32]bool
}

func (w *work) closeness() *closeness {
	c := &closeness{work: w, presence: make([]float64, len(w.people.Persons)), bySystem: map[string][]float64{}, coverers: map[string]map[uint32]bool{}}
	for i := range w.systems.Systems {
		covers := map[uint32]bool{}
		for _, file := range w.graph.SystemFiles[i] {
			for _, person := range w.covering.of(w.graph.Files[file].History) {
				covers[person] = true
			}
		}
		c.coverers[w.systems.Systems[i].ID] = covers
	}
	for i := range w.kinds {
		k := &w.kinds[i]
		c.triage = k.x.triage
		system := k.systemID()
		if c.bySystem[system] == nil {
			c.bySystem[system] = make([]float64, len(w.people.Persons))
		}
		for _, ticket := range k.done {
			person := k.x.fates[ticket].person
			c.presence[person] += math.Exp2(-k.ageDays(ticket) / presenceHalfLifeDays)
			c.bySystem[system][person] += practice.Recent([]float64{k.ageDays(ticket)}, w.options.TaskHalfLifeDays)
		}
	}
	return c
}

// systemID is the system of the kind's task.
func (k *kindOfWork) systemID() string {
	if k.rule.System != "" {
		return k.rule.System
	}
	if system := k.commonSystem(); system != sources.None {
		return k.systems.Systems[system].ID
	}
	return ""
}

// nearPerson is someone who may learn a task, with the reason in words.
type nearPerson struct {
	person uint32
	score  float64
	reason string
}

// to lists who is present and may learn a task, the nearest first: the most practised before those who work on the same
// system, those before anyone else who does tickets. The holder, who may be the same person under another name, and those who
// only assign and close are left out.
func (c *closeness) to(t *Task, state *planning.Task, holder uint32) []nearPerson {
	done := map[uint32]*planning.Doer{}
	all := 0.0
	for i := range state.Doers {
		done[state.Doers[i].Person] = &state.Doers[i]
		all += state.Doers[i].Recent
	}
	onSystem, ofSystem := c.bySystem[t.System], 0.0
	if t.System == "" {
		onSystem = nil
	}
	for _, recent := range onSystem {
		ofSystem += recent
	}
	var near []nearPerson
	for p := range c.people.Persons {
		person := uint32(p)
		if !c.active[p] || c.people.Persons[p].Kind != sources.Human || c.triage[person] || person == holder ||
			holder != sources.None && c.isSuspected(person, []uint32{holder}) {
			continue
		}
		n := nearPerson{person: person}
		closest := anyoneShare
		switch doer := done[person]; {
		case doer != nil && doer.Recent > 0:
			closest += doer.Recent / all
			n.reason = fmt.Sprintf("has done it, practice %s", percent(practice.Practice(doer.Recent)))
		case onSystem != nil && onSystem[p] > 0:
			closest += sameSystemShare * onSystem[p] / ofSystem
			n.reason = "does other tasks of " + t.System
		case c.coverers[t.System][person]:
			closest += codeShare
			n.reason = "works on the code of " + t.System
		case c.presence[p] > 0:
			n.reason = "does other tickets"
		default:
			continue
		}
		n.score = closest * math.Pow(max(c.presence[p], leastPresence), presencePower)
		near = append(near, n)
	}
	slices.SortFunc(near, func(a, b nearPerson) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.person, b.person)) // not by ID: pseudonyms must not change it
	})
	return near[:min(len(near), learnersAsked)]
}
