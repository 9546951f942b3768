// Command keyperson finds the systems and recurring tasks that depend on a single person.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
)

func main() {
	if os.Getenv("GOGC") == "" {
		collectSparingly()
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// collectSparingly puts the first collection of garbage off until about 64 MB are in use, as a short run ends before
// it has paid for itself: on 10,000 commits already read once that takes a seventh off the time. From then on it leaves
// half the usual room: on histories of 10,000 to 80,000 commits that takes a tenth off the peak memory, most of which
// is the repository's own packs, and no time.
func collectSparingly() {
	const first, later = 1600, 50
	debug.SetGCPercent(first) // the least heap to collect is 4 MB times a hundredth of this
	untilFirst := new([16]byte)
	runtime.AddCleanup(untilFirst, func(percent int) { debug.SetGCPercent(percent) }, later)
}

// run is the whole program: it returns the exit code. A defect that panics becomes a message.
func run(arguments []string, stdout, stderr io.Writer) (code int) {
	defer func() {
		if defect := recover(); defect != nil {
			fmt.Fprintf(stderr, "keyperson: a defect in Keyperson: %v\nPlease report it with the command line and this:\n%s", defect, debug.Stack())
			code = exitDefect
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second interrupt ends at once, whatever is waited for
	program := &program{stdout: stdout, stderr: stderr}
	root := program.rootCommand()
	root.SetArgs(arguments)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	program.keepIntervals()
	if err == nil {
		return exitOK
	}
	if !program.started {
		err = usageError{err}
	}
	if !errors.Is(err, errSaid) {
		fmt.Fprintln(stderr, "keyperson: "+message(err))
	}
	return exitCode(err)
}

// program is where one run writes to, whether a command was understood, and what its readings share.
type program struct {
	stdout, stderr io.Writer
	started        bool // false until flags and arguments were accepted
	keeping        keeping
	names          map[string]bool            // words that people are called by, of all readings of the run
	trackers       map[string]*trackerReading // what was read of tickets, by input
}

// note tells the user something on the side; standard output is for data only.
func (p *program) note(format string, arguments ...any) {
	fmt.Fprintf(p.stderr, "keyperson: "+format+"\n", arguments...)
}
