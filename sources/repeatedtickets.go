package sources

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// DropRepeatedTickets keeps tickets that were read under two labels once, in their newest version, and reports how many each
// two of the trackers had in common. It goes before anything points at a ticket.
//
// Two tickets are one where they have the same key, or the same ID and the second of their creation; on one server that is
// sure. Where a source does not say which server it is of, they must have the same summary too, and for the key the same day:
// many a tracker has an OPS-1.
func (e *Evidence) DropRepeatedTickets() {
	if len(e.Trackers) < 2 {
		return
	}
	type issue struct {
		id      string
		created int64
	}
	byKey, byID := map[string][]uint32{}, map[issue][]uint32{}
	dropped := make([]bool, len(e.Tickets))
	common := map[[2]uint32]int{} // by trackers, the earlier one first
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		id := issue{ticket.ID, ticket.Created}
		others := byKey[ticket.Key]
		if ticket.ID != "" {
			others = slices.Concat(others, byID[id])
		}
		for _, other := range others {
			earlier := &e.Tickets[other]
			if dropped[other] || earlier.Tracker == ticket.Tracker || !ticket.isOneWith(earlier) {
				continue
			}
			common[[2]uint32{earlier.Tracker, ticket.Tracker}]++
			if ticket.Updated <= earlier.Updated {
				dropped[i] = true
				break
			}
			dropped[other] = true
		}
		if dropped[i] {
			continue
		}
		byKey[ticket.Key] = append(byKey[ticket.Key], uint32(i))
		if ticket.ID != "" {
			byID[id] = append(byID[id], uint32(i))
		}
	}
	if len(common) == 0 {
		return
	}
	kept := make([]Ticket, 0, len(e.Tickets))
	for i := range e.Tickets {
		if !dropped[i] {
			kept = append(kept, e.Tickets[i])
			continue
		}
		tracker := &e.Trackers[e.Tickets[i].Tracker]
		tracker.Tickets--
		tracker.Repeated++
	}
	e.Tickets = kept
	e.reportCommon(common)
}

func (e *Evidence) reportCommon(common map[[2]uint32]int) {
	pairs := make([][2]uint32, 0, len(common))
	for pair := range common {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]uint32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	for _, pair := range pairs {
		what := "1 of its tickets is one of %s too; it counts once, in its newest version"
		if n := common[pair]; n > 1 {
			what = fmt.Sprintf("%d of its tickets are those of %%s too; each counts once, in its newest version", n)
		}
		e.Findings = append(e.Findings, Finding{
			Code: "tickets-read-twice", Severity: Note, Count: common[pair],
			Message: e.Trackers[pair[1]].Label + ": " + fmt.Sprintf(what, e.Trackers[pair[0]].Label),
			Advice:  "name what both read under one of them only",
		})
	}
}

// isOneWith says whether a ticket of another tracker, of the same key, or of the same ID and creation, is this one.
func (t *Ticket) isOneWith(other *Ticket) bool {
	if server, others := t.server(), other.server(); server != "" && others != "" {
		return server == others
	}
	const day = 24 * 60 * 60 // a table can lack the seconds, or the zone
	apart := max(t.Created, other.Created) - min(t.Created, other.Created)
	return t.Summary == other.Summary && apart < day
}

// server is the address that the ticket's page is below, empty where its source does not say.
func (t *Ticket) server() string {
	server, _, found := strings.Cut(t.URL, "/browse/")
	if !found {
		return ""
	}
	return strings.ToLower(server)
}
