package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Location is the file that keeps what the configuration at an absolute path names: below the user's data directory
// (XDG_DATA_HOME or ~/.local/share; Application Support on macOS, LocalAppData on Windows).
func Location(configuration string) (string, error) {
	directory, err := dataDirectory()
	if err != nil {
		return "", err
	}
	name := sha256.Sum256([]byte(configuration))
	return filepath.Join(directory, "keyperson", hex.EncodeToString(name[:16])+".store"), nil
}

func dataDirectory() (string, error) {
	switch {
	case runtime.GOOS == "windows" && os.Getenv("LocalAppData") != "":
		return os.Getenv("LocalAppData"), nil
	case filepath.IsAbs(os.Getenv("XDG_DATA_HOME")): // the specification has relative ones ignored
		return os.Getenv("XDG_DATA_HOME"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", errors.New("there is no home directory to keep imported tickets in; set XDG_DATA_HOME, or give --store FILE")
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support"), nil
	}
	return filepath.Join(home, ".local", "share"), nil
}
