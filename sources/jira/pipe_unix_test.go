//go:build unix

package jira

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func makePipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tickets.json")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	t.Cleanup(func() { // whoever still waits for somebody who writes is let go
		if pipe, err := os.OpenFile(path, os.O_RDWR, 0); err == nil {
			pipe.Close()
		}
	})
	return path
}

// writeInto opens a pipe for writing, which waits until somebody reads from it.
func writeInto(t *testing.T, path, content string, keepOpen bool) {
	go func() {
		pipe, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = pipe.WriteString(content)
		}
		if err != nil {
			t.Error(err)
		}
		if keepOpen {
			t.Cleanup(func() { pipe.Close() })
		} else {
			pipe.Close()
		}
	}()
}

func TestAPipeIsReadToItsEnd(t *testing.T) {
	path := makePipe(t)
	writeInto(t, path, `[{"key": "OPS-1", "fields": {"created": "2025-07-01T09:00:00.000+0000"}}]`, false)
	history, err := ReadFiles(context.Background(), "ops", []string{path}, FileOptions{})
	if err != nil || len(history.Tickets) != 1 {
		t.Errorf("got %+v, %v; want one ticket", history, err)
	}
}

func TestAPipeThatNobodyWritesIntoIsGivenUp(t *testing.T) {
	path := makePipe(t)
	reading, err := newFileReading("ops", FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	reading.patience = 10 * time.Millisecond
	if err := reading.named(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	_, err = reading.finish(path)
	if err == nil || !strings.Contains(err.Error(), path+": a pipe that nobody has written into for 10ms") {
		t.Errorf("got %v", err)
	}
}

func TestWaitingForAPipeEndsWithTheContext(t *testing.T) {
	for name, begin := range map[string]func(path string){
		"that nobody writes into": func(string) {},
		"that is never closed":    func(path string) { writeInto(t, path, "[", true) },
	} {
		t.Run(name, func(t *testing.T) {
			path := makePipe(t)
			begin(path)
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			if _, err := ReadFiles(ctx, "ops", []string{path}, FileOptions{}); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v, want the end of the context", err)
			}
		})
	}
}
