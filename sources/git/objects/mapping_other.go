//go:build !unix

package objects

import (
	"errors"
	"os"
)

// mapFile always fails here: on Windows a mapped pack could not be deleted by a git gc that runs
// meanwhile. Callers read the file instead.
func mapFile(*os.File, int64) ([]byte, error) { return nil, errors.ErrUnsupported }

func unmapFile([]byte) error { return nil }
