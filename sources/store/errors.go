package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	library "modernc.org/sqlite/lib"
)

// What a caller decides by. Every other error is the operating system's.
var (
	// ErrBusy says that another run is importing.
	ErrBusy = errors.New("another run of keyperson is importing into it; wait until that has ended")
	// ErrHeld says that others went on reading for longer than what was to be saved could wait.
	ErrHeld = errors.New("another program has held it open all the time, so nothing could be saved; end that one, and run keyperson import again: it goes on where it stopped")
	// ErrNewer says that a newer Keyperson wrote the file.
	ErrNewer = errors.New("a newer Keyperson wrote it; update this one, or give another file with --store")
	// ErrDamaged says that the file cannot be what was written.
	ErrDamaged = errors.New("it is damaged; move it away and run keyperson import, which reads everything anew")
	// ErrForeign says that the file is something else.
	ErrForeign = errors.New("it is no store of Keyperson; give another file with --store")
)

// Error is what went wrong with a store, and which.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("store %s: %v", e.Path, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

// fail says what an error of the library means for whoever runs the program; nil stays nil.
func (s *Store) fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	var told *Error
	if errors.As(err, &told) {
		return err
	}
	var refused *sqlite.Error
	switch {
	case isBusy(err) && s.insists > 0: // the lock says that no other run imports
		err = ErrHeld
	case isBusy(err):
		err = ErrBusy
	case errors.As(err, &refused):
		switch refused.Code() & 0xff {
		case library.SQLITE_CORRUPT:
			err = fmt.Errorf("%w (%s)", ErrDamaged, refused.Error())
		case library.SQLITE_NOTADB:
			err = ErrForeign
		case library.SQLITE_FULL:
			err = errors.New("the disk is full; what had been saved before is kept: make room and run keyperson import again")
		case library.SQLITE_READONLY:
			err = errors.New("it must not be written; give it back to its owner with write permission, or give another file with --store")
		case library.SQLITE_CANTOPEN, library.SQLITE_IOERR, library.SQLITE_PERM:
			err = fmt.Errorf("it cannot be read or written; check its permissions and those of its directory (%s)", refused.Error())
		}
	}
	return &Error{Path: s.path, Err: fmt.Errorf("%s: %w", doing, err)}
}
