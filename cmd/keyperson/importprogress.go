package main

import (
	"io"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// importProgress draws a line for each source on a terminal, and nothing anywhere else.
type importProgress struct {
	bars *mpb.Progress // nil: draw nothing
	all  []*mpb.Bar
}

func newImportProgress(stderr io.Writer) *importProgress {
	out := newProgress(stderr).out
	if out == nil {
		return &importProgress{}
	}
	return &importProgress{bars: mpb.New(mpb.WithOutput(out), mpb.WithWidth(40))}
}

// add returns the function that a source reports the number of its tickets to. How many there will be, no server says.
// It is not safe for concurrent use; what it returns is.
func (p *importProgress) add(label string) func(tickets int) {
	if p.bars == nil {
		return func(int) {}
	}
	bar := p.bars.New(0, mpb.SpinnerStyle(), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(label+" ")), mpb.AppendDecorators(decor.CurrentNoUnit("%d tickets")))
	p.all = append(p.all, bar)
	return func(tickets int) { bar.SetCurrent(int64(tickets)) }
}

// done removes the lines.
func (p *importProgress) done() {
	if p.bars == nil {
		return
	}
	for _, bar := range p.all {
		bar.Abort(true)
	}
	p.bars.Wait()
}
