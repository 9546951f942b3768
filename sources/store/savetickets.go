package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"slices"

	"keyperson/sources"
)

const newestVersion = "SELECT id, updated, hash, body IS NULL, issue FROM version WHERE source = ? AND key = ? ORDER BY id DESC LIMIT 1"

const addVersion = "INSERT INTO version (source, key, updated, hash, body, issue) VALUES (?, ?, ?, ?, ?, ?)"

// known is the newest version of a ticket.
type known struct {
	row, updated int64
	hash, issue  []byte
	isGone       bool
}

// saving is what tickets of one batch are saved with.
type saving struct {
	*Source
	newest, add, others, body *sql.Stmt

	keepNewer bool
	saved     Saved
}

func (s *saving) close() {
	for _, statement := range []*sql.Stmt{s.newest, s.add, s.others, s.body} {
		if statement != nil {
			_ = statement.Close() // nothing is lost by it
		}
	}
}

// saveTickets adds a row for each ticket that is new or differs from its newest version.
func (s *Source) saveTickets(ctx context.Context, tx connection, history *sources.TicketHistory, keepNewer bool) (saved Saved, err error) {
	numbers, err := s.numbers(ctx, tx, history.Identities)
	if err != nil {
		return saved, err
	}
	batch := &saving{Source: s, keepNewer: keepNewer}
	defer batch.close()
	for _, prepare := range []struct {
		statement **sql.Stmt
		query     string
	}{{&batch.newest, newestVersion}, {&batch.add, addVersion}, {&batch.others, otherKeys}, {&batch.body, "SELECT body FROM version WHERE id = ?"}} {
		if *prepare.statement, err = tx.PrepareContext(ctx, prepare.query); err != nil {
			return saved, err
		}
	}
	for i := range history.Tickets {
		ticket := renumbered(&history.Tickets[i], func(person uint32) uint32 { return numbers[person] })
		if err := batch.save(ctx, &ticket); err != nil {
			return saved, err
		}
	}
	return batch.saved, nil
}

// version returns the newest version under a key, nil where there never was one.
func (s *saving) version(ctx context.Context, key string) (*known, error) {
	var k known
	err := s.newest.QueryRowContext(ctx, s.id, []byte(key)).Scan(&k.row, &k.updated, &k.hash, &k.isGone, &k.issue)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &k, err
}

// save adds a row for one ticket, and one that says that it is gone from the key it had before.
func (s *saving) save(ctx context.Context, ticket *sources.Ticket) error {
	s.saved.Read++
	before, err := s.version(ctx, ticket.Key)
	if err != nil {
		return err
	}
	isNew := before == nil || before.isGone
	moved, isOld, err := s.move(ctx, ticket)
	if err != nil || isOld {
		return err
	}
	content := appendTicket(nil, ticket)
	hash, issue := sha256.Sum256(content), []byte(ticket.ID)
	switch {
	case isNew && moved:
		s.saved.Changed++
	case isNew:
		s.saved.New++
	case s.keepNewer && ticket.Updated < before.updated:
		return nil
	case bytes.Equal(before.hash, hash[:]):
		if len(issue) == 0 || bytes.Equal(before.issue, issue) {
			return nil
		}
	default:
		s.saved.Changed++
	}
	if len(issue) == 0 && !isNew {
		issue = append(issue, before.issue...) // what was learnt once is not forgotten
	}
	_, err = s.add.ExecContext(ctx, s.id, []byte(ticket.Key), ticket.Updated, hash[:], pack(content), issue)
	return err
}

const otherKeys = "SELECT DISTINCT key FROM version INDEXED BY version_of_issue WHERE source = ? AND issue != x'' AND issue = ? AND key != ?"

// move takes a ticket off the keys that it had in other projects. isOld says that what is known under another key is newer.
func (s *saving) move(ctx context.Context, ticket *sources.Ticket) (moved, isOld bool, err error) {
	if ticket.ID == "" {
		return false, false, nil
	}
	keys, err := texts(s.others.QueryContext(ctx, s.id, []byte(ticket.ID), []byte(ticket.Key)))
	if err != nil {
		return false, false, err
	}
	for _, key := range keys {
		other, err := s.version(ctx, key)
		if err != nil {
			return moved, false, err
		}
		if other == nil || other.isGone || string(other.issue) != ticket.ID {
			continue
		}
		created, err := s.created(ctx, other)
		if err != nil {
			return moved, false, err
		}
		if created != ticket.Created {
			continue // of another server, in a directory of exports
		}
		if s.keepNewer && ticket.Updated < other.updated {
			return moved, true, nil
		}
		if _, err := s.add.ExecContext(ctx, s.id, []byte(key), 0, []byte{}, nil, []byte{}); err != nil {
			return moved, false, err
		}
		moved = true
	}
	return moved, false, nil
}

// created is when a known ticket was created.
func (s *saving) created(ctx context.Context, k *known) (int64, error) {
	var body []byte
	if err := s.body.QueryRowContext(ctx, k.row).Scan(&body); err != nil {
		return 0, err
	}
	content, err := unpack(body)
	if err != nil {
		return 0, damaged(err)
	}
	ticket, err := readTicket(content, len(s.people))
	return ticket.Created, damaged(err)
}

// dropOthers adds an empty row for each known ticket whose key is not among those that there are.
func (s *Source) dropOthers(ctx context.Context, tx connection, has map[string]bool) (gone int, err error) {
	keys, err := texts(tx.QueryContext(ctx, "SELECT key FROM version WHERE id IN (SELECT max(id) FROM version WHERE source = ? GROUP BY key) AND body IS NOT NULL", s.id))
	if err != nil {
		return 0, err
	}
	for _, key := range keys {
		if has[key] {
			continue
		}
		if _, err := tx.ExecContext(ctx, addVersion, s.id, []byte(key), 0, []byte{}, nil, []byte{}); err != nil {
			return 0, err
		}
		gone++
	}
	return gone, nil
}

// texts reads the one column of a query's rows.
func texts(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var text []byte
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, string(text))
	}
	return list, rows.Err()
}

// numbers gives each identity of a history its number in the source, a new one where it has none.
func (s *Source) numbers(ctx context.Context, tx connection, identities []sources.Identity) ([]uint32, error) {
	if s.people == nil {
		known, err := s.identities(ctx, tx)
		if err != nil {
			return nil, err
		}
		s.people = make(map[sources.Identity]uint32, len(known))
		for number, identity := range known {
			s.people[identity] = uint32(number)
		}
	}
	numbers := make([]uint32, len(identities))
	for i, identity := range identities {
		number, isKnown := s.people[identity]
		if !isKnown {
			number = uint32(len(s.people))
			if _, err := tx.ExecContext(ctx, "INSERT INTO identity (source, number, name, address, account, login) VALUES (?, ?, ?, ?, ?, ?)",
				s.id, number, []byte(identity.Name), []byte(identity.Address), []byte(identity.Account), []byte(identity.Login)); err != nil {
				return nil, err
			}
			s.people[identity] = number
		}
		numbers[i] = number
	}
	return numbers, nil
}

// renumbered is a ticket whose people are called by other numbers.
func renumbered(t *sources.Ticket, number func(uint32) uint32) sources.Ticket {
	move := func(person uint32) uint32 {
		if person == sources.None {
			return person
		}
		return number(person)
	}
	ticket := *t
	ticket.Reporter, ticket.Assignee, ticket.Resolver = move(t.Reporter), move(t.Assignee), move(t.Resolver)
	ticket.Acts = slices.Clone(t.Acts)
	for i := range ticket.Acts {
		ticket.Acts[i].Person = move(ticket.Acts[i].Person)
	}
	ticket.Citations = slices.Clone(t.Citations)
	for i := range ticket.Citations {
		ticket.Citations[i].Person = move(ticket.Citations[i].Person)
	}
	return ticket
}
