package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"keyperson/sources"
)

// Saved counts what a batch brought.
type Saved struct {
	Read    int // tickets in it
	New     int // of them, tickets that were not known
	Changed int // of them, newer versions of known tickets
	Gone    int // known tickets that an export holds no more
}

// Add sums up.
func (s *Saved) Add(other Saved) {
	s.Read += other.Read
	s.New += other.New
	s.Changed += other.Changed
	s.Gone += other.Gone
}

// Append saves one batch of a live tracker together with its cursor: both or neither. A version older than the one
// known changes nothing. Findings of batches add up until a reading begins from the beginning again, each once and the
// first of them only: what could not be read then is not asked for again.
func (s *Source) Append(ctx context.Context, batch *sources.TicketHistory) (Saved, error) {
	findings := addFindings(s.findings, batch.Findings)
	if s.Cursor == "" {
		findings = addFindings(nil, batch.Findings)
	}
	var saved Saved
	err := s.saving(ctx, func(ctx context.Context, tx connection) (err error) {
		if saved, err = s.saveTickets(ctx, tx, batch, true); err != nil {
			return err
		}
		return s.setState(ctx, tx, batch.Cursor, s.Completed, findings)
	})
	if err == nil {
		s.Cursor, s.findings = batch.Cursor, findings
	}
	return saved, err
}

// mostFindings bounds what batches say of one source: a thousand pages with a ticket each that cannot be read have been
// told of by the first ones.
const mostFindings = 20

func addFindings(known, found []sources.Finding) []sources.Finding {
	all := slices.Clone(known)
	for _, finding := range found {
		if len(all) < mostFindings && !slices.Contains(all, finding) {
			all = append(all, finding)
		}
	}
	return all
}

// Complete notes that a live tracker has been read to its end.
func (s *Source) Complete(ctx context.Context) error {
	if s.Completed {
		return nil
	}
	err := s.saving(ctx, func(ctx context.Context, tx connection) error {
		return s.setState(ctx, tx, s.Cursor, true, s.findings)
	})
	s.Completed = err == nil
	return err
}

// Replace saves what exported files hold, and which files those were: all of it or nothing. Tickets that are in them no
// more are gone. With nil files, since not all of them could be read, nothing goes, no older version replaces a newer one,
// and the next import reads them again.
func (s *Source) Replace(ctx context.Context, history *sources.TicketHistory, files []File) (Saved, error) {
	var saved Saved
	err := s.saving(ctx, func(ctx context.Context, tx connection) (err error) {
		if saved, err = s.saveTickets(ctx, tx, history, files == nil); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM file WHERE source = ?", s.id); err != nil || files == nil {
			return errors.Join(err, s.setState(ctx, tx, "", s.Completed, history.Findings))
		}
		if saved.Gone, err = s.dropOthers(ctx, tx, history); err != nil {
			return err
		}
		for i := range files {
			f := &files[i]
			if _, err := tx.ExecContext(ctx, "INSERT INTO file (source, path, size, modified, hash) VALUES (?, ?, ?, ?, ?)",
				s.id, []byte(f.Path), f.Size, f.Modified, f.Hash[:]); err != nil {
				return err
			}
		}
		return s.setState(ctx, tx, "", true, history.Findings)
	})
	if err == nil {
		s.Files, s.findings, s.Completed = files, history.Findings, s.Completed || files != nil
	}
	return saved, err
}

// saving runs a transaction; after one that failed, what is remembered of identities is read anew.
func (s *Source) saving(ctx context.Context, do func(context.Context, connection) error) error {
	err := s.store.within(ctx, "save", do)
	if err != nil {
		s.people = nil
	}
	return err
}

func (s *Source) setState(ctx context.Context, tx connection, cursor string, completed bool, findings []sources.Finding) error {
	encoded, err := json.Marshal(findings)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE source SET cursor = ?, completed = ?, findings = ? WHERE id = ?", []byte(cursor), completed, encoded, s.id)
	return err
}

const newestVersion = "SELECT updated, hash, body IS NULL FROM version WHERE source = ? AND key = ? ORDER BY id DESC LIMIT 1"

const addVersion = "INSERT INTO version (source, key, updated, hash, body) VALUES (?, ?, ?, ?, ?)"

// saveTickets adds a row for each ticket that is new or differs from its newest version.
func (s *Source) saveTickets(ctx context.Context, tx connection, history *sources.TicketHistory, keepNewer bool) (saved Saved, err error) {
	numbers, err := s.numbers(ctx, tx, history.Identities)
	if err != nil {
		return saved, err
	}
	newest, err := tx.PrepareContext(ctx, newestVersion)
	if err != nil {
		return saved, err
	}
	defer newest.Close()
	add, err := tx.PrepareContext(ctx, addVersion)
	if err != nil {
		return saved, err
	}
	defer add.Close()
	var content []byte
	for i := range history.Tickets {
		ticket := renumbered(&history.Tickets[i], func(person uint32) uint32 { return numbers[person] })
		content = appendTicket(content[:0], &ticket)
		hash := sha256.Sum256(content)
		var (
			updated int64
			known   []byte
			isGone  bool
		)
		err := newest.QueryRowContext(ctx, s.id, []byte(ticket.Key)).Scan(&updated, &known, &isGone)
		isNew := errors.Is(err, sql.ErrNoRows) || err == nil && isGone
		saved.Read++
		switch {
		case err != nil && !isNew:
			return saved, err
		case isNew:
			saved.New++
		case bytes.Equal(known, hash[:]) || keepNewer && ticket.Updated < updated:
			continue
		default:
			saved.Changed++
		}
		if _, err := add.ExecContext(ctx, s.id, []byte(ticket.Key), ticket.Updated, hash[:], pack(content)); err != nil {
			return saved, err
		}
	}
	return saved, nil
}

// dropOthers adds an empty row for each known ticket that a history does not have.
func (s *Source) dropOthers(ctx context.Context, tx connection, history *sources.TicketHistory) (gone int, err error) {
	has := make(map[string]bool, len(history.Tickets))
	for i := range history.Tickets {
		has[history.Tickets[i].Key] = true
	}
	rows, err := tx.QueryContext(ctx, "SELECT key FROM version WHERE id IN (SELECT max(id) FROM version WHERE source = ? GROUP BY key) AND body IS NOT NULL", s.id)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var others [][]byte
	for rows.Next() {
		var key []byte
		if err := rows.Scan(&key); err != nil {
			return 0, err
		}
		if !has[string(key)] {
			others = append(others, key)
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	for _, key := range others {
		if _, err := tx.ExecContext(ctx, addVersion, s.id, key, 0, []byte{}, nil); err != nil {
			return 0, err
		}
	}
	return len(others), nil
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
