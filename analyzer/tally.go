package analyzer

import (
	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// tally is who did how much on a set of files.
type tally struct {
	commits, recent int                // distinct commits that give familiarity, and those within the activity window
	people          []uint32           // with any familiarity, ascending
	activePeople    int                // of them, active on these files within the window
	lastSeen        map[uint32]int64   // by person, on these files
	authored        []float64          // commits authored, of each person with any
	shares          map[uint32]float64 // of all familiarity, by person
}

// marks remembers which events and histories were met in the set of files under count, without
// clearing anything between sets.
type marks struct {
	set             uint32
	event, authored []uint32 // the last set that each event was met in, and met as authored in
	history         []uint32 // the last set that each history was met in
	commitsByPerson []uint32
}

func newMarks(g *graph.Graph, events int) *marks {
	return &marks{
		event: make([]uint32, events), authored: make([]uint32, events),
		history: make([]uint32, len(g.Histories)), commitsByPerson: make([]uint32, len(g.LastSeen)),
	}
}

func (w *work) tally(files []uint32) *tally {
	t := &tally{lastSeen: map[uint32]int64{}, shares: map[uint32]float64{}}
	m := w.marks
	m.set++
	clear(m.commitsByPerson)
	for _, file := range files {
		history := w.graph.Files[file].History
		if history == sources.None || m.history[history] == m.set {
			continue
		}
		m.history[history] = m.set
		for _, c := range w.graph.ContributionsOf(file) {
			if c.Familiarity > 0 {
				w.tallyContribution(t, &c)
			}
		}
	}
	w.tallyPeople(t, w.graph.FamiliarityWith(files))
	return t
}

func (w *work) tallyContribution(t *tally, c *graph.Contribution) {
	m := w.marks
	if m.event[c.Event] != m.set {
		m.event[c.Event] = m.set
		t.commits++
		if w.graph.Time(c.Event) >= w.window {
			t.recent++
		}
	}
	if c.Kind == sources.Authored && m.authored[c.Event] != m.set {
		m.authored[c.Event] = m.set
		m.commitsByPerson[c.Person]++
	}
}

func (w *work) tallyPeople(t *tally, held []graph.Held) {
	sum := 0.0
	for _, h := range held {
		if h.Familiarity == 0 {
			continue
		}
		t.people = append(t.people, h.Person)
		t.lastSeen[h.Person] = h.LastSeen
		if n := w.marks.commitsByPerson[h.Person]; n > 0 {
			t.authored = append(t.authored, float64(n))
		}
		if h.LastSeen >= w.window && w.active[h.Person] {
			t.activePeople++
		}
		sum += h.Familiarity
	}
	for _, h := range held {
		if h.Familiarity > 0 {
			t.shares[h.Person] = h.Familiarity / sum
		}
	}
}
