package facts

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"keyperson/sources/git"
)

// Save keeps a history at path, in a file and, if need be, directories that only the user can read.
// A reader sees the old file or the new one, never a part; of two runs at once the later one wins.
// It returns an error, and keeps nothing, for a history that contradicts itself.
func Save(path string, history *git.History) error {
	if err := check(history); err != nil {
		return fmt.Errorf("facts: keep %s: the history contradicts itself: %w", path, err)
	}
	data, err := encode(history)
	if err != nil {
		return fmt.Errorf("facts: keep %s: %w", path, err)
	}
	return Keep(path, data)
}

// Keep keeps data, likewise, at the path of a history or beside it, at that path with an ending of its own.
func Keep(path string, data []byte) error {
	directory := filepath.Dir(path)
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return fmt.Errorf("facts: keep %s: %w", path, err)
	}
	removeLeftovers(path)
	if err := replace(path, data); err != nil {
		return fmt.Errorf("facts: keep %s: %w", path, err)
	}
	return nil
}

// replace puts data at path in one step.
func replace(path string, data []byte) (err error) {
	// CreateTemp gives mode 0600. The name is in the same directory, as a rename cannot leave a disk.
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+temporary)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		// Without it a crash of the machine may leave the new name with no content behind it.
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// temporary follows a file's name while it is written; the star becomes random.
const temporary = ".*.part"

// leftoverAge is after which time a temporary file cannot belong to a run that is still going on.
const leftoverAge = 24 * time.Hour

// removeLeftovers removes what runs that were killed while saving have left behind.
func removeLeftovers(path string) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return // Saving will say why the directory cannot be used.
	}
	for _, entry := range entries {
		if matched, err := filepath.Match("*"+extension+"*"+temporary, entry.Name()); err != nil || !matched {
			continue
		}
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leftoverAge {
			_ = os.Remove(filepath.Join(filepath.Dir(path), entry.Name())) // the next run tries again
		}
	}
}
