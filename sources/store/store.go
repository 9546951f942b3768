package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
	_ "modernc.org/sqlite" // registers itself
)

// Store is one open file. It is safe for concurrent use: whoever writes waits for the others.
type Store struct {
	path   string
	db     *sql.DB
	layout int    // version of the file's layout
	unlock func() // nil where the store is only read
	// insists is how long saving waits for runs that read; 0 where the store is only read.
	insists time.Duration
}

// patience is how long a run waits for another one. insistence is how long one that imports waits with what it fetched until
// others have read what they are reading: that takes seconds, and what is not saved would have to be fetched again.
const (
	patience   = 2 * time.Second
	insistence = 5 * time.Minute
)

// Open opens a store to read from. A file that is not there, or in which nothing was ever saved, is an error
// satisfying errors.Is with fs.ErrNotExist; all others are an *Error.
func Open(ctx context.Context, path string) (*Store, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err != nil:
		return nil, &Error{Path: path, Err: err}
	case info.Size() == 0:
		return nil, &Error{Path: path, Err: fs.ErrNotExist}
	}
	s, version, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	if version == 0 {
		return nil, errors.Join(&Error{Path: path, Err: fs.ErrNotExist}, s.Close())
	}
	return s, nil
}

// OpenToImport opens a store to write to, and makes it where there is none. It waits a moment for another run that
// does the same, then returns ErrBusy within an *Error.
func OpenToImport(ctx context.Context, path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, refused(path, err)
	}
	unlock, err := lock(path+".lock", patience)
	if err != nil {
		return nil, refused(path, err)
	}
	s, err := openOrMake(ctx, path)
	if err != nil {
		unlock()
		return nil, err
	}
	s.unlock = unlock
	return s, nil
}

// lock holds a lock that the operating system takes back from whoever dies.
func lock(path string, patience time.Duration) (unlock func(), err error) {
	type result struct {
		unlock func()
		err    error
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	got := make(chan result, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(path).Lock()
		got <- result{unlock, err}
	}()
	select {
	case r := <-got:
		return r.unlock, r.err
	case <-time.After(patience):
		go func() { // nobody waits for it any more
			if r := <-got; r.err == nil {
				r.unlock()
			}
		}()
		return nil, ErrBusy
	}
}

// refused adds what to do where the operating system lets nobody write.
func refused(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		err = fmt.Errorf("%w; imported tickets are kept there: make it writable, or give another file with --store", err)
	}
	return &Error{Path: path, Err: err}
}

func openOrMake(ctx context.Context, path string) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) // its journal gets the same permissions
	if err != nil {
		return nil, refused(path, err)
	}
	if err := file.Close(); err != nil {
		return nil, refused(path, err)
	}
	s, version, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	s.insists = insistence
	if version == schemaVersion {
		return s, nil
	}
	err = s.within(ctx, "make it ready", func(ctx context.Context, tx connection) error { return layOut(ctx, tx, version) })
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.layout = schemaVersion
	return s, nil
}

// layOut brings a file of an older version, 0 for an empty one, to the layout of now.
func layOut(ctx context.Context, tx connection, version int) error {
	statements := []string{fmt.Sprintf("PRAGMA application_id = %d", applicationID), fmt.Sprintf("PRAGMA user_version = %d", schemaVersion)}
	if version == 0 {
		statements = append(statements, schema...)
	} else {
		statements = append(statements, slices.Concat(upgrades[version-1:]...)...)
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// open opens an existing file and returns the version of its layout, 0 for an empty one.
func open(ctx context.Context, path string) (*Store, int, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, 0, &Error{Path: path, Err: err}
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: url.Values{
		"mode": {"rw"},
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", patience.Milliseconds()), "journal_mode(DELETE)", "synchronous(FULL)",
			"trusted_schema(OFF)", "cell_size_check(ON)",
		},
	}.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, 0, &Error{Path: path, Err: err}
	}
	db.SetMaxOpenConns(1)
	s := &Store{path: path, db: db}
	version, err := s.version(ctx)
	if err != nil {
		return nil, 0, errors.Join(s.fail("open", err), db.Close())
	}
	s.layout = version
	return s, version, nil
}

// version checks whose file it is.
func (s *Store) version(ctx context.Context) (version int, err error) {
	var application, tables int
	for _, ask := range []struct {
		query string
		into  *int
	}{
		{"PRAGMA application_id", &application}, {"PRAGMA user_version", &version}, {"SELECT count(*) FROM sqlite_master", &tables},
	} {
		if err := s.db.QueryRowContext(ctx, ask.query).Scan(ask.into); err != nil {
			return 0, err
		}
	}
	switch {
	case application == 0 && version == 0 && tables == 0:
		return 0, nil
	case application != applicationID:
		return 0, ErrForeign
	case version > schemaVersion:
		return 0, ErrNewer
	case version < 1:
		return 0, ErrDamaged
	}
	return version, nil
}

// Close closes the file and lets other runs import. Closing again does nothing.
func (s *Store) Close() error {
	err := s.db.Close()
	if s.unlock != nil {
		s.unlock()
		s.unlock = nil
	}
	return err
}
