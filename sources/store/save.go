package store

import (
	"context"
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
	err := s.transact(ctx, func(ctx context.Context, tx connection) (err error) {
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
	err := s.transact(ctx, func(ctx context.Context, tx connection) error {
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
	err := s.transact(ctx, func(ctx context.Context, tx connection) (err error) {
		if saved, err = s.saveTickets(ctx, tx, history, files == nil); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM file WHERE source = ?", s.id); err != nil || files == nil {
			return errors.Join(err, s.setState(ctx, tx, "", s.Completed, history.Findings))
		}
		if saved.Gone, err = s.dropOthers(ctx, tx, keysOf(history.Tickets)); err != nil {
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

// KeepOnly takes the tickets off whose keys a live tracker has no more: they were deleted, or moved out of what is asked for.
func (s *Source) KeepOnly(ctx context.Context, keys []string) (gone int, err error) {
	has := make(map[string]bool, len(keys))
	for _, key := range keys {
		has[key] = true
	}
	err = s.transact(ctx, func(ctx context.Context, tx connection) (err error) {
		gone, err = s.dropOthers(ctx, tx, has)
		return err
	})
	return gone, err
}

func keysOf(tickets []sources.Ticket) map[string]bool {
	keys := make(map[string]bool, len(tickets))
	for i := range tickets {
		keys[tickets[i].Key] = true
	}
	return keys
}

// transact runs a transaction; after one that failed, what is remembered of identities is read anew.
func (s *Source) transact(ctx context.Context, do func(context.Context, connection) error) error {
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
