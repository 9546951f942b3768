package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"keyperson/sources"
)

// Load returns the newest version of every ticket of a source, by key in natural order, with the identities that they
// name in the order of their naming: the same content is the same history, whatever order it was imported in.
func (s *Source) Load(ctx context.Context, label string) (*sources.TicketHistory, error) {
	history := &sources.TicketHistory{
		Tracker: sources.Tracker{Label: label, Origin: s.origin}, Findings: s.findings, Cursor: s.Cursor,
	}
	var known []sources.Identity
	err := s.store.reading(ctx, "read the tickets of "+label, func(ctx context.Context, tx connection) (err error) {
		if known, err = s.identities(ctx, tx); err != nil {
			return err
		}
		history.Tickets, err = s.tickets(ctx, tx, len(known))
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(history.Tickets, func(a, b sources.Ticket) int {
		return cmp.Or(sources.CompareNatural(a.Key, b.Key), cmp.Compare(a.Key, b.Key))
	})
	order := map[uint32]uint32{}
	for i := range history.Tickets {
		ticket := renumbered(&history.Tickets[i], func(number uint32) uint32 {
			place, isNamed := order[number]
			if !isNamed {
				place = uint32(len(history.Identities))
				order[number] = place
				history.Identities = append(history.Identities, known[number])
			}
			return place
		})
		history.Tickets[i] = ticket
		summarize(&history.Tracker, &ticket)
	}
	return history, nil
}

// summarize counts a ticket in. What is newest is what importers take for it: no act of a ticket ends later than its
// resolution.
func summarize(tracker *sources.Tracker, ticket *sources.Ticket) {
	tracker.Tickets++
	if ticket.Created > 0 && (tracker.First == 0 || ticket.Created < tracker.First) {
		tracker.First = ticket.Created
	}
	tracker.Newest = max(tracker.Newest, ticket.Created, ticket.Updated, ticket.Resolved)
	for i := range ticket.Acts {
		tracker.Newest = max(tracker.Newest, ticket.Acts[i].Time)
	}
}

// identities are those of the source, by number.
func (s *Source) identities(ctx context.Context, tx connection) ([]sources.Identity, error) {
	rows, err := tx.QueryContext(ctx, "SELECT number, name, address, account, login FROM identity WHERE source = ? ORDER BY number", s.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var known []sources.Identity
	for rows.Next() {
		var number int
		var name, address, account, login []byte
		if err := rows.Scan(&number, &name, &address, &account, &login); err != nil {
			return nil, err
		}
		if number != len(known) {
			return nil, ErrDamaged
		}
		known = append(known, sources.Identity{Name: string(name), Address: string(address), Account: string(account), Login: string(login)})
	}
	return known, rows.Err()
}

// tickets are the newest versions, of people numbered as in the source.
func (s *Source) tickets(ctx context.Context, tx connection, people int) ([]sources.Ticket, error) {
	issue := "issue"
	if s.store.layout < 2 { // a file that nothing was imported into since
		issue = "x''"
	}
	rows, err := tx.QueryContext(ctx, "SELECT body, "+issue+" FROM version WHERE id IN (SELECT max(id) FROM version WHERE source = ? GROUP BY key) AND body IS NOT NULL", s.id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tickets []sources.Ticket
	shared := map[string]string{}
	for rows.Next() {
		var body, id sql.RawBytes
		if err := rows.Scan(&body, &id); err != nil {
			return nil, err
		}
		content, err := unpack(body)
		if err != nil {
			return nil, damaged(err)
		}
		ticket, err := readTicket(content, people)
		if err != nil {
			return nil, damaged(err)
		}
		ticket.ID = string(id)
		share(&ticket, shared)
		tickets = append(tickets, ticket)
	}
	return tickets, rows.Err()
}

func damaged(err error) error {
	if err == errBody { //nolint:errorlint // it is never wrapped
		return ErrDamaged
	}
	return err
}

// share keeps one copy of the texts that many tickets have in common.
func share(t *sources.Ticket, shared map[string]string) {
	once := func(text *string) {
		if first, ok := shared[*text]; ok {
			*text = first
		} else {
			shared[*text] = *text
		}
	}
	for _, text := range []*string{&t.Project, &t.Type, &t.RequestType, &t.Status, &t.Resolution, &t.Priority, &t.Group, &t.Service} {
		once(text)
	}
	for i := range t.Components {
		once(&t.Components[i])
	}
	for i := range t.Labels {
		once(&t.Labels[i])
	}
}
