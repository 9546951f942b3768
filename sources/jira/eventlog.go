package jira

import (
	"cmp"
	"fmt"
	"slices"

	"keyperson/sources"
)

// eventLog gathers the rows of one table by ticket: a log of events has a row for each state of a ticket.
type eventLog struct {
	reading *fileReading
	file    string
	keys    []string // in the order met
	rows    map[string][]*row
}

func newEventLog(reading *fileReading, file string) *eventLog {
	return &eventLog{reading: reading, file: file, rows: map[string][]*row{}}
}

func (l *eventLog) add(r *row) {
	key := r.ticket.Key
	if _, known := l.rows[key]; !known {
		l.keys = append(l.keys, key)
	}
	l.rows[key] = append(l.rows[key], r)
}

// tell turns the rows gathered into tickets.
func (r *fileReading) tell(log *eventLog) {
	for _, key := range log.keys {
		rows := log.rows[key]
		slices.SortStableFunc(rows, func(a, b *row) int { return cmp.Compare(a.updated, b.updated) })
		if err := r.states(rows); err != nil {
			r.fail(log.file, rows[0].line, fmt.Errorf("%s: %w", shorten(key), err))
		}
	}
}

// states makes one ticket of its states, oldest first: the last one is what it became, the ones before say who had it
// when. The line of the row that shows an assignment is its reference; a single row shows none.
func (r *fileReading) states(rows []*row) error {
	first, last := rows[0], rows[len(rows)-1]
	ticket := last.ticket
	ticket.Created = first.ticket.Created
	r.act(&ticket, sources.Act{Person: ticket.Reporter, Kind: sources.Reported, Time: ticket.Created})
	if len(rows) == 1 {
		r.assume(&ticket)
	} else {
		r.spans(&ticket, rows)
	}
	if ticket.Resolved > 0 {
		r.act(&ticket, sources.Act{Person: ticket.Resolver, Kind: sources.Resolved, Time: ticket.Resolved})
	} else {
		ticket.Resolver = sources.None
	}
	r.text(&ticket, richText(last.text), ticket.Reporter, ticket.Created)
	if err := r.comments(&ticket, last.comments); err != nil {
		return err
	}
	if err := r.workLogs(&ticket, last.workLogs); err != nil {
		return err
	}
	r.keep(ticket)
	return nil
}

// spans adds the assignments that the states show, and counts what the file has no columns for.
func (r *fileReading) spans(ticket *sources.Ticket, rows []*row) {
	holder, since, proof := rows[0].ticket.Assignee, ticket.Created, reference(rows[0])
	changedHands, raised := int32(0), int32(0)
	for i, state := range rows[1:] {
		before, after := priorityRank(rows[i].ticket.Priority), priorityRank(state.ticket.Priority)
		if before != unranked && after != unranked && after < before {
			raised++
		}
		next := state.ticket.Assignee
		if r.same(next, holder) {
			continue
		}
		at := cmp.Or(state.updated, since)
		r.assigned(ticket, holder, since, at, proof)
		if holder != sources.None && next != sources.None {
			changedHands++
		}
		holder, since, proof = next, at, reference(state)
	}
	r.assigned(ticket, holder, since, ticket.Resolved, proof)
	if ticket.Reassigned < 0 {
		ticket.Reassigned = changedHands
	}
	if ticket.Escalated < 0 && ticket.Priority != "" {
		ticket.Escalated = raised
	}
}

func reference(r *row) string { return fmt.Sprintf("line %d", r.line) }

// tableNames are the names that tables use for assignees and for resolvers.
type tableNames struct{ assignees, resolvers map[string]bool }

func (n *tableNames) note(assignee, resolver string) {
	if n.assignees == nil {
		n.assignees, n.resolvers = map[string]bool{}, map[string]bool{}
	}
	if assignee != "" {
		n.assignees[assignee] = true
	}
	if resolver != "" {
		n.resolvers[resolver] = true
	}
}

// findings says so where assignees and resolvers go by different names: they cannot be told to be the same people.
func (n *tableNames) findings(label string) []sources.Finding {
	const least = 5 // with fewer of either it may be chance
	if len(n.assignees) < least || len(n.resolvers) < least {
		return nil
	}
	for name := range n.assignees {
		if n.resolvers[name] {
			return nil
		}
	}
	return []sources.Finding{{
		Code: "separate-names", Severity: sources.Note, Count: len(n.assignees) + len(n.resolvers),
		Message: fmt.Sprintf("%s: assignees (%d names) and resolvers (%d names) have no name in common, so the same people count twice",
			label, len(n.assignees), len(n.resolvers)),
		Advice: "join them with an alias file, or map only one of the two columns",
	}}
}
