package store

import (
	"context"
	"database/sql"
	"errors"

	"modernc.org/sqlite"
	library "modernc.org/sqlite/lib"
)

// connection is what statements are given to, within a transaction.
type connection interface {
	ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error)
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
}

// within runs a function in a transaction that is kept whole or not at all. Runs that read may go on until the end, which
// waits for them.
func (s *Store) within(ctx context.Context, doing string, do func(context.Context, connection) error) error {
	one, err := s.db.Conn(ctx)
	if err != nil {
		return s.fail(doing, err)
	}
	defer one.Close()
	if err := s.insist(ctx, one, "BEGIN IMMEDIATE"); err != nil {
		return s.fail(doing, err)
	}
	if err = do(ctx, one); err == nil {
		err = s.insist(ctx, one, "COMMIT")
	}
	if err != nil {
		_, _ = one.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") // the first error is the one to tell
	}
	return s.fail(doing, err)
}

// insist repeats a statement that others are in the way of. The transaction stays open meanwhile.
func (s *Store) insist(ctx context.Context, one *sql.Conn, statement string) error {
	insisting, done := context.WithTimeout(ctx, s.insists)
	defer done()
	for {
		_, err := one.ExecContext(ctx, statement) // waits for patience
		if err == nil || !isBusy(err) || insisting.Err() != nil {
			return err
		}
	}
}

func isBusy(err error) bool {
	var refused *sqlite.Error
	return errors.As(err, &refused) && (refused.Code()&0xff == library.SQLITE_BUSY || refused.Code()&0xff == library.SQLITE_LOCKED)
}

// reading runs a function that sees one state of the file.
func (s *Store) reading(ctx context.Context, doing string, do func(context.Context, connection) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.fail(doing, err)
	}
	err = do(ctx, tx)
	_ = tx.Rollback() // nothing was written
	return s.fail(doing, err)
}
