package graph

import (
	"math"

	"keyperson/sources"
)

// addContributions sorts what people did by history, keeping the order of events within each.
func (g *Graph) addContributions(e *sources.Evidence, people *sources.People, descent *descent, credits []credit) {
	g.LastSeen = make([]int64, len(people.Persons))
	for i := range g.LastSeen {
		g.LastSeen[i] = math.MinInt64
	}
	counts := make([]uint32, len(g.Histories)+1)
	for i := range e.Records {
		record := &e.Records[i]
		person := people.ByIdentity[record.Person]
		if people.Persons[person].Kind != sources.Human || !credits[record.Event].inWindow {
			continue
		}
		g.LastSeen[person] = max(g.LastSeen[person], credits[record.Event].time)
		if history := descent.historyOf(i); history != sources.None {
			counts[history+1]++
		}
	}
	for i := range g.Histories {
		counts[i+1] += counts[i]
		g.Histories[i].FirstContribution, g.Histories[i].EndContribution = counts[i], counts[i]
	}
	g.Contributions = make([]Contribution, counts[len(g.Histories)])
	for i := range e.Records {
		record := &e.Records[i]
		person := people.ByIdentity[record.Person]
		history := descent.historyOf(i)
		if history == sources.None || people.Persons[person].Kind != sources.Human || !credits[record.Event].inWindow {
			continue
		}
		g.contribute(&g.Histories[history], weigh(record, person, credits[record.Event]))
	}
	g.closeGaps()
}

// contribute adds a contribution to a history. What someone did there in one event counts once, by the strongest: who is named as
// co-author or reviewer of their own commit under another address, or changed both of two files that have the history, learnt
// it once.
func (g *Graph) contribute(h *History, c Contribution) {
	for i := h.EndContribution; i > h.FirstContribution && g.Contributions[i-1].Event == c.Event; i-- {
		known := &g.Contributions[i-1]
		if known.Person != c.Person {
			continue
		}
		change := max(known.Change, c.Change)
		h.ChangeWeight += change - known.Change
		if c.Familiarity > known.Familiarity || c.Familiarity == known.Familiarity && c.Kind < known.Kind {
			*known = c
		}
		known.Change = change
		return
	}
	g.Contributions[h.EndContribution] = c
	h.EndContribution++
	h.ChangeWeight += c.Change
}

// closeGaps moves contributions to where fewer than their records left room.
func (g *Graph) closeGaps() {
	end := uint32(0)
	for i := range g.Histories {
		h := &g.Histories[i]
		n := uint32(copy(g.Contributions[end:], g.Contributions[h.FirstContribution:h.EndContribution]))
		h.FirstContribution, h.EndContribution = end, end+n
		end += n
	}
	g.Contributions = g.Contributions[:end]
}
