package main

import (
	"context"
	"fmt"
	"time"

	"keyperson/analyzer"
	"keyperson/sources/identity"
)

// handingOver makes the sheet of one handover, for which it may have to read the sources as they were when it began.
type handingOver struct {
	program  *program
	paths    []string
	source   sourceFlags
	now      *reading
	question analyzer.HandoverQuestion
}

// sheet makes the sheet. Without a date on which the handover began it begins with this sheet, and nothing proves it yet; but
// where the leaver has left already, it began at the latest with the last that is known of them.
func (h *handingOver) sheet(ctx context.Context, start string) (sheet *analyzer.Handover, fromLastSeen bool, err error) {
	if start != "" {
		began, err := parseDate("--start", start, false)
		if err != nil {
			return nil, false, err
		}
		if began.After(h.now.options.AsOf) {
			return nil, false, usage("--start %s is after %s, the date looked from: a handover that has not begun is not checked; leave --start out for the sheet to begin with",
				start, h.now.options.AsOf.Format(time.DateOnly))
		}
		sheet, err = h.begunAt(ctx, began)
		return sheet, false, err
	}
	if sheet, err = h.ask(); err != nil {
		return nil, false, err
	}
	leaver := &sheet.People[sheet.Leaver]
	began := leaver.LastSeen.Add(time.Second)
	if leaver.Active || leaver.LastSeen.IsZero() || began.After(h.now.options.AsOf) {
		return sheet, false, h.checkDue()
	}
	h.question.Leaver = leaver.ID
	sheet, err = h.begunAt(ctx, began)
	return sheet, true, err
}

func (h *handingOver) ask() (*analyzer.Handover, error) {
	return analyzer.HandOver(h.now.evidence, h.now.people, h.now.systems, h.now.options, h.question)
}

// checkDue refuses a date before the handover begins.
func (h *handingOver) checkDue() error {
	begins, what := h.now.options.AsOf, "the date looked from"
	if !h.question.Start.IsZero() {
		begins, what = h.question.Start, "when the handover began"
	}
	if due := h.question.Due; !due.IsZero() && due.Before(begins) {
		return usage("--due %s is before %s, %s", due.Format(time.DateOnly), begins.Format(time.DateOnly), what)
	}
	return nil
}

// begunAt makes the sheet of a handover that began at a time. What there was to hand over, and from whom where nobody is named,
// is decided by what was known just before. Who is who is decided by all that is known today.
func (h *handingOver) begunAt(ctx context.Context, began time.Time) (*analyzer.Handover, error) {
	h.question.Start = began
	if err := h.checkDue(); err != nil {
		return nil, err
	}
	source := h.source
	source.asOf = began.Add(-time.Second).Format(time.RFC3339)
	then, err := h.program.read(ctx, h.paths, source, need{ticketsSuffice: true})
	if err != nil {
		return nil, fmt.Errorf("read what was known before %s, when the handover began: %w", began.Format(time.DateOnly), err)
	}
	defer then.close()
	if err := then.refuseIncomplete(); err != nil {
		return nil, err
	}
	people, _ := identity.Project(then.evidence, then.people, h.now.evidence, h.now.people)
	options := then.options
	options.Left = analyzer.LeftBy(h.now.evidence, h.now.people, h.now.options.Left, options.AsOf)
	if h.question.Begun, err = analyzer.BeginHandover(then.evidence, people, then.systems, options, h.question); err != nil {
		return nil, fmt.Errorf("as of %s, when the handover began: %w", began.Format(time.DateOnly), err)
	}
	if h.question.Leaver == "" {
		h.question.Leaver = h.question.Begun.LeaverID
	}
	return h.ask()
}
