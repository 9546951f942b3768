package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"io/fs"

	"keyperson/sources"
)

// Source is one place that tickets come from, as one question asked of it.
type Source struct {
	store *Store
	id    int64

	Cursor    string // of the last batch saved, where the next reading goes on; empty at the beginning and for files
	Completed bool   // it was read to its end at least once
	Files     []File // read last, where the source is files

	origin   string
	findings []sources.Finding
	people   map[sources.Identity]uint32 // numbers; nil until something is saved
}

// Source finds a source by its label and a definition, which is anything that differs when other tickets, or the same
// ones in another way, would be read. What was never saved is an error satisfying errors.Is with fs.ErrNotExist.
func (s *Store) Source(ctx context.Context, label, definition string) (*Source, error) {
	source := &Source{store: s}
	hash := sha256.Sum256([]byte(definition))
	var origin, cursor, findings []byte
	err := s.db.QueryRowContext(ctx, "SELECT id, origin, cursor, completed, findings FROM source WHERE label = ? AND definition = ?", []byte(label), hash[:]).
		Scan(&source.id, &origin, &cursor, &source.Completed, &findings)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &Error{Path: s.path, Err: fs.ErrNotExist}
	}
	if err != nil {
		return nil, s.fail("look for "+label, err)
	}
	source.origin, source.Cursor = string(origin), string(cursor)
	if len(findings) > 0 && json.Unmarshal(findings, &source.findings) != nil {
		return nil, s.fail("look for "+label, ErrDamaged)
	}
	return source, source.readFiles(ctx)
}

// MakeSource finds a source, or makes it.
func (s *Store) MakeSource(ctx context.Context, label, definition, origin string) (*Source, error) {
	hash := sha256.Sum256([]byte(definition))
	err := s.within(ctx, "begin with "+label, func(ctx context.Context, tx connection) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO source (label, definition, origin) VALUES (?, ?, ?)
			ON CONFLICT (label, definition) DO UPDATE SET origin = excluded.origin WHERE origin != excluded.origin`, []byte(label), hash[:], []byte(origin))
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.Source(ctx, label, definition)
}

func (s *Source) readFiles(ctx context.Context) error {
	rows, err := s.store.db.QueryContext(ctx, "SELECT path, size, modified, hash FROM file WHERE source = ? ORDER BY path", s.id)
	if err != nil {
		return s.store.fail("read which files were read", err)
	}
	defer rows.Close()
	for rows.Next() {
		var file File
		var path, hash []byte
		if err := rows.Scan(&path, &file.Size, &file.Modified, &hash); err != nil {
			return s.store.fail("read which files were read", err)
		}
		file.Path = string(path)
		if copy(file.Hash[:], hash) != len(file.Hash) {
			return s.store.fail("read which files were read", ErrDamaged)
		}
		s.Files = append(s.Files, file)
	}
	return s.store.fail("read which files were read", rows.Err())
}
