package main

import (
	"io"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// patience is how long a reading may take before a bar appears.
const patience = 400 * time.Millisecond

// progress draws one bar at a time on a terminal, and nothing anywhere else.
type progress struct {
	out     io.Writer // nil: draw nothing
	started time.Time
	bars    *mpb.Progress
	bar     *mpb.Bar
}

// newProgress draws on standard error where a person watches it.
func newProgress(stderr io.Writer) *progress {
	if !isTerminal(stderr) || os.Getenv("CI") != "" {
		return &progress{}
	}
	return &progress{out: stderr}
}

// of returns the function that work on a number of things reports to, nil where nobody watches.
func (p *progress) of(what, things string) func(done, total int) {
	if p.out == nil {
		return nil
	}
	p.started = time.Now()
	return func(done, total int) {
		if p.bar == nil {
			if time.Since(p.started) < patience {
				return
			}
			p.bars = mpb.New(mpb.WithOutput(p.out), mpb.WithWidth(40))
			p.bar = p.bars.AddBar(int64(total),
				mpb.BarRemoveOnComplete(),
				mpb.PrependDecorators(decor.Name(what+" ")),
				mpb.AppendDecorators(decor.CountersNoUnit("%d of %d "+things)))
		}
		p.bar.SetTotal(int64(total), false)
		p.bar.SetCurrent(int64(done))
	}
}

// done removes the bar.
func (p *progress) done() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
		p.bar, p.bars = nil, nil
	}
}
