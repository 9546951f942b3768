package analyzer

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// Limits of a bulk closing; starting values.
const (
	bulkTickets = 10      // tickets that one account closes
	bulkSeconds = 10 * 60 // within this time
)

// bulkClosed marks the tickets that one account closed with at least nine others within ten minutes, and on which
// nothing else shows that anyone worked: no commit, no booked time, and no comment outside those minutes. Where a source does
// not tell who resolved a ticket, the final assignee stands for them.
func (w *work) bulkClosed(seen []uint32, commits map[uint32][]uint32) []bool {
	type closing struct {
		person uint32
		time   int64
		ticket uint32
	}
	var closings []closing
	for _, i := range seen {
		t := &w.evidence.Tickets[i]
		closer := t.Resolver
		if closer == sources.None {
			closer = t.Assignee
		}
		if closer != sources.None && w.isResolved(t) && t.Resolved != 0 {
			closings = append(closings, closing{w.people.ByIdentity[closer], t.Resolved, i})
		}
	}
	slices.SortFunc(closings, func(a, b closing) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.time, b.time), cmp.Compare(a.ticket, b.ticket))
	})
	bulk := make([]bool, len(w.evidence.Tickets))
	first, marked := 0, 0 // where the ten minutes before a closing begin, and up to where all is marked
	for i := range closings {
		for closings[first].person != closings[i].person || closings[i].time-closings[first].time > bulkSeconds {
			first++
		}
		if i-first+1 < bulkTickets {
			continue
		}
		for _, c := range closings[max(first, marked) : i+1] {
			bulk[c.ticket] = len(commits[c.ticket]) == 0 && !showsWork(&w.evidence.Tickets[c.ticket])
		}
		marked = i + 1
	}
	return bulk
}

// showsWork says whether anyone booked time on a ticket, or commented on it well before it was closed.
func showsWork(t *sources.Ticket) bool {
	return slices.ContainsFunc(t.Acts, func(a sources.Act) bool {
		return a.Kind == sources.LoggedWork || a.Kind == sources.Commented && a.Time < t.Resolved-bulkSeconds && a.Person != t.Reporter
	})
}
