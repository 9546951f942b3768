package objects

import (
	"errors"
	"fmt"
)

// The errors a caller decides by; each comes wrapped with the object and file it is about.
var (
	// ErrMissing says that an object is in no pack, no loose file and no alternate. In partial
	// clones and many public snapshots that is normal for some blobs.
	ErrMissing = errors.New("object is not in the repository")
	// ErrDamaged says that a file of the repository is not what it should be.
	ErrDamaged = errors.New("damaged")
	// ErrTooLarge says that an object is larger than the caller or Options allow.
	ErrTooLarge = errors.New("object is over the size limit")
	// ErrUnsupported says that a file is of a format that this package does not read.
	ErrUnsupported = errors.New("not supported")
	// ErrPrefix says that an abbreviated id is not 4 to 40 hexadecimal digits.
	ErrPrefix = errors.New("not an abbreviated object id of 4 to 40 hexadecimal digits")
	// ErrClosed says that the database was closed before the call.
	ErrClosed = errors.New("object database is closed")
)

const (
	adviceFile  = "restore the file from a clone, or run git fsck to see what is lost"
	adviceEntry = "run git fsck, and fetch the object again from a good clone"
)

func damagedFile(path, format string, arguments ...any) error {
	return fmt.Errorf("%s: %w: %s; %s", path, ErrDamaged, fmt.Sprintf(format, arguments...), adviceFile)
}

func damagedEntry(path string, offset int64, format string, arguments ...any) error {
	return fmt.Errorf("%s: entry at byte %d: %w: %s; %s",
		path, offset, ErrDamaged, fmt.Sprintf(format, arguments...), adviceEntry)
}

func unsupportedFile(path, format string, arguments ...any) error {
	return fmt.Errorf("%s: %w: %s", path, ErrUnsupported, fmt.Sprintf(format, arguments...))
}

func tooLarge(size, limit int64) error {
	return fmt.Errorf("%w: %d bytes, limit %d", ErrTooLarge, size, limit)
}
