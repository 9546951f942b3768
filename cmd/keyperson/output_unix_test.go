//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAFileKeepsItsModeAndANewOneObeysTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o077))
	for name, c := range map[string]struct {
		before, asked, want os.FileMode // before is 0 for a file that is not there
	}{
		"a new file":                          {0, 0o644, 0o600},
		"a file of a group":                   {0o640, 0o644, 0o640},
		"a file of everyone":                  {0o644, 0o644, 0o644},
		"a file of everyone that must not be": {0o644, private, 0o600},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "report")
			if c.before != 0 {
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(path, c.before); err != nil {
					t.Fatal(err)
				}
			}
			if err := writeNamed(path, []byte("who knows what"), c.asked); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != c.want {
				t.Errorf("got %v, %v; want mode %v", info.Mode(), err, c.want)
			}
		})
	}
}
