package facts

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"keyperson/sources/git"
)

// Load returns the history kept at path: the same, field by field, as was saved, but that lists of
// nothing are nil (except Lines). It returns ErrNone when there is no file, and ErrUnusable with the
// reason for everything else that keeps the file from being used.
func Load(path string) (*git.History, error) {
	file, err := readWhole(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("facts: %s: %w", path, ErrNone)
	}
	if err != nil {
		return nil, fmt.Errorf("facts: read %s: %w: %w", path, ErrUnusable, err)
	}
	history, err := decode(file)
	if err != nil {
		return nil, fmt.Errorf("facts: read %s: %w: %w", path, ErrUnusable, err)
	}
	return history, nil
}

// readWhole reads a regular file. What is something else is not even opened: a pipe would wait forever.
func readWhole(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is no regular file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// Another run may have replaced the file since: the size is that of the one that is open.
	if info, err = file.Stat(); err != nil {
		return nil, err
	}
	if info.Size() > largestFile {
		return nil, fmt.Errorf("it has %d bytes; %d are allowed", info.Size(), int64(largestFile))
	}
	data := make([]byte, info.Size())
	_, err = io.ReadFull(file, data)
	return data, err
}
