//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAnInterruptSaysSoAndNothingElse(t *testing.T) {
	directory := t.TempDir()
	pipe := filepath.Join(directory, "tickets.json")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	t.Setenv("XDG_CACHE_HOME", directory)
	t.Chdir(directory)
	go func() {
		writing, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits until the run reads
		if err != nil {
			t.Error(err)
			return
		}
		t.Cleanup(func() { writing.Close() })
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
	}()
	var out, messages bytes.Buffer
	if code := run([]string{"tasks", "--tickets", pipe}, &out, &messages); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
	if out.Len() > 0 || messages.String() != "keyperson: interrupted\n" {
		t.Errorf("printed %q, said %q", out.String(), messages.String())
	}
}
