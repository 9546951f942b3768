package jira

import (
	"cmp"
	"fmt"
	"slices"

	"keyperson/sources"
)

// history returns what was built, tickets by key in natural order, with the identities that they name in the order
// of their naming.
func (b *builder) history(origin string) *sources.TicketHistory {
	slices.SortFunc(b.tickets, func(a, c sources.Ticket) int {
		return cmp.Or(compareNatural(a.Key, c.Key), cmp.Compare(a.Key, c.Key))
	})
	var identities []sources.Identity
	moved := map[uint32]uint32{}
	move := func(person *uint32) {
		if *person == sources.None {
			return
		}
		root := b.people.root(*person)
		to, known := moved[root]
		if !known {
			to = uint32(len(identities))
			moved[root] = to
			identities = append(identities, b.people.shown(root))
		}
		*person = to
	}
	tracker := sources.Tracker{Label: b.people.label, Origin: origin, Tickets: len(b.tickets)}
	for i := range b.tickets {
		ticket := &b.tickets[i]
		move(&ticket.Reporter)
		move(&ticket.Assignee)
		move(&ticket.Resolver)
		for k := range ticket.Acts {
			move(&ticket.Acts[k].Person)
			tracker.Newest = max(tracker.Newest, ticket.Acts[k].Time)
		}
		for k := range ticket.Citations {
			move(&ticket.Citations[k].Person)
		}
		if ticket.Created > 0 && (tracker.First == 0 || ticket.Created < tracker.First) {
			tracker.First = ticket.Created
		}
		tracker.Newest = max(tracker.Newest, ticket.Created, ticket.Updated, ticket.Resolved)
		if ticket.Incomplete {
			b.incomplete++
		}
	}
	return &sources.TicketHistory{Tracker: tracker, Identities: identities, Tickets: b.tickets, Findings: b.findings()}
}

func (b *builder) findings() []sources.Finding {
	var findings []sources.Finding
	note := func(code string, count int, message, advice string) {
		if count > 0 {
			findings = append(findings, sources.Finding{Code: code, Severity: sources.Note, Count: count, Message: message, Advice: advice})
		}
	}
	label := b.people.label
	note("truncated-tickets", b.incomplete,
		fmt.Sprintf("%s: of %d tickets the source holds more comments, work logs or changes than were read", label, b.incomplete),
		"what is told of these tickets rests on a part of their history; a live reading fetches all of it")
	note("repeated-tickets", b.repeated,
		fmt.Sprintf("%s: %d tickets stand more than once in what was read; the newest version of each counts", label, b.repeated), "")
	return findings
}
