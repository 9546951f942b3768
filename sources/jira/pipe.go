package jira

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// patience is how long a pipe may have nobody who writes into it.
const patience = 10 * time.Second

// open opens a file, or a pipe once somebody writes into it.
func (r *fileReading) open(ctx context.Context, path string) (*os.File, error) {
	if info, err := os.Stat(path); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		return os.Open(path)
	}
	type outcome struct {
		file *os.File
		err  error
	}
	opened := make(chan outcome, 1)
	go func() { // left behind when nobody writes: nothing ends the opening of a pipe
		file, err := os.Open(path)
		opened <- outcome{file, err}
	}()
	select {
	case o := <-opened:
		return o.file, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-time.After(r.patience):
		return nil, fmt.Errorf("a pipe that nobody has written into for %v; start what writes into it first, or give a file", r.patience)
	}
}
