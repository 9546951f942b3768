package analyzer

import (
	"time"

	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// Where a handling time comes from.
const (
	HandlingConfigured = "configured"
	HandlingLogged     = "work logs"
	// HandlingElapsed is the time from the last assignment to the resolution on weekdays, eight hours a day: an upper bound,
	// since nobody knows what else was done meanwhile. Where half of the executions took longer than a working day it says
	// nothing of the work, and no handling time is told.
	HandlingElapsed = "time from assignment to resolution"
)

// Hours is how long something takes: AtLeast and AtMost are equal where a source tells it, and AtLeast is 0 where only the time that
// tickets were open is known, which bounds it from above. A sum is honest at both ends.
type Hours struct{ AtLeast, AtMost float64 }

// hoursOf is how long one execution takes; nil where no source tells.
func (t *Task) hoursOf() *Hours {
	switch {
	case t.HandlingHours == nil:
		return nil
	case t.HandlingSource == HandlingElapsed:
		return &Hours{0, *t.HandlingHours}
	}
	return &Hours{*t.HandlingHours, *t.HandlingHours}
}

// exactly is a time that is known.
func exactly(hours float64) Hours { return Hours{hours, hours} }

func (h Hours) times(n float64) Hours { return Hours{n * h.AtLeast, n * h.AtMost} }

func (h Hours) plus(other Hours) Hours {
	return Hours{h.AtLeast + other.AtLeast, h.AtMost + other.AtMost}
}

// SumHours adds hours of which some are unknown; nil where all are.
func SumHours(sum, hours *Hours) *Hours {
	switch {
	case hours == nil:
		return sum
	case sum == nil:
		return hours
	}
	return new(sum.plus(*hours))
}

const (
	// workingDayHours bounds what a weekday adds to a handling time, and what passes for one; a starting value.
	workingDayHours = 8.0
	// leastHandled is the number of executions that a median handling time is taken from.
	leastHandled = 3
)

// durations are handling times of the counted executions, in hours, all from the best source that has enough of them.
type durations struct {
	hours  []float64
	source string // one of the Handling constants; empty where they are only times from creation to resolution
}

// durations finds the handling times: booked time, else time since the last assignment, else time since creation, which
// says how steady the handling is but not how long it takes.
func (k *kindOfWork) durations() durations {
	var logged, elapsed, open []float64
	for _, ticket := range k.counted {
		t := &k.evidence.Tickets[ticket]
		if hours := loggedHours(t, k.graph.AsOf); hours > 0 {
			logged = append(logged, hours)
		}
		if start := lastAssignment(t); start > 0 && t.Resolved > start {
			elapsed = append(elapsed, workingHours(start, t.Resolved))
		}
		if t.Created > 0 && t.Resolved >= t.Created {
			open = append(open, float64(t.Resolved-t.Created)/3600)
		}
	}
	switch {
	case len(logged) >= leastHandled:
		return durations{logged, HandlingLogged}
	case len(elapsed) >= leastHandled:
		return durations{elapsed, HandlingElapsed}
	}
	return durations{open, ""}
}

func loggedHours(t *sources.Ticket, asOf int64) float64 {
	seconds := int64(0)
	for i := range t.Acts {
		if act := &t.Acts[i]; act.Kind == sources.LoggedWork && act.Time <= asOf {
			seconds += act.Seconds
		}
	}
	return float64(seconds) / 3600
}

// lastAssignment is when the span of assignment began in which a ticket was resolved; 0 where no change proves one.
func lastAssignment(t *sources.Ticket) int64 {
	start := int64(0)
	for i := range t.Acts {
		if act := &t.Acts[i]; act.Kind == sources.Assigned && act.Reference != "" && act.Time <= t.Resolved {
			start = max(start, act.Time)
		}
	}
	return start
}

// workingHours is the time between two moments, Saturdays and Sundays (UTC) left out and at most eight hours a day.
func workingHours(from, to int64) float64 {
	hours := 0.0
	const longest = 366 // days, far beyond what a caller tells apart
	for day := 0; from < to && day < longest; day++ {
		next := from - from%secondsPerDay + secondsPerDay
		if weekday := time.Unix(from, 0).UTC().Weekday(); weekday != time.Saturday && weekday != time.Sunday {
			hours += min(workingDayHours, float64(min(next, to)-from)/3600)
		}
		from = next
	}
	return hours
}

// handling fills in how long one execution takes.
func (k *kindOfWork) handling() {
	t := k.task
	if k.rule.Hours != nil {
		t.HandlingHours, t.HandlingSource, t.HandlingN = k.rule.Hours, HandlingConfigured, len(k.counted)
		return
	}
	d := k.durations()
	hours := practice.Median(d.hours)
	if d.source == HandlingLogged || d.source == HandlingElapsed && hours <= workingDayHours {
		t.HandlingHours, t.HandlingSource, t.HandlingN = &hours, d.source, len(d.hours)
	}
}

// soleHours fills in the hours of the last year that hang on one person.
func (k *kindOfWork) soleHours() {
	t := k.task
	each := t.hoursOf()
	if each == nil || !t.Enough {
		return
	}
	t.SolePersonHours = &Hours{}
	if t.AbsenceRisk >= stopsAt {
		t.SolePersonHours = new(each.times(float64(t.Recent)))
	}
}
