package main

import (
	"fmt"
	"slices"
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// When the date of the newest event does not decide what is looked from. A clock that is years fast leaves few events;
// work taken up again after years leaves more.
const (
	mostAlone    = 3                       // events of one day that stand alone at the end,
	aloneAfter   = 5 * 365 * secondsPerDay // so many seconds after all others,
	fewestBefore = 10                      // and so many of these for each of them
)

// Evidence dated after the date looked from counts as if made then. Of a few wrong clocks that is right; of more it would
// be a different past.
const (
	mostLaterShare = 0.1           // of the commits
	laterTolerance = secondsPerDay // seconds: clocks differ, and time zones
)

const secondsPerDay = 24 * 60 * 60

// chooseAsOf sets the date that replaces the clock: the one given, else that of the newest event read, be it a commit or
// something that happened on a ticket. A date that contradicts all others does not decide; a finding names it.
func (r *reading) chooseAsOf() error {
	var asOf time.Time
	var err error
	if r.flags.asOf == "" {
		asOf = time.Unix(r.newestEvent(), 0).UTC()
	} else if asOf, err = parseDate("--as-of", r.flags.asOf, true); err != nil {
		return err
	}
	r.options = analyzer.DefaultOptions(asOf)
	r.refuseLaterEvidence()
	return nil
}

// newestEvent is when the newest event happened whose date agrees with the others, seconds since 1970.
func (r *reading) newestEvent() int64 {
	var newest newestEvents
	for i, history := range r.histories {
		end := &history.Commits[history.Newest()]
		if end.Hash != history.Head {
			r.warnOfHead(i, end.CommitTime)
		}
		for j := range history.Commits {
			if commit := &history.Commits[j]; commit.CommitTime <= end.CommitTime {
				newest.add(event{time: commit.CommitTime, repository: i, commit: j})
			}
		}
	}
	for i := range r.evidence.Tickets {
		ticket := &r.evidence.Tickets[i]
		newest.add(event{time: min(ticket.Newest(), r.evidence.Trackers[ticket.Tracker].Newest), ticket: ticket})
	}
	alone := newest.alone()
	if alone > 0 {
		r.warnOfAlone(newest.events[:alone], newest.events[alone].time)
	}
	if len(newest.events) == 0 {
		return 0
	}
	return newest.events[alone].time
}

// event is a commit, or the last thing that happened on a ticket.
type event struct {
	time               int64 // seconds since 1970
	repository, commit int   // where ticket is nil
	ticket             *sources.Ticket
}

// newestEvents are the few newest of all events added.
type newestEvents struct {
	events []event // newest first
	of     int
}

func (n *newestEvents) add(e event) {
	n.of++
	if len(n.events) > mostAlone && e.time <= n.events[mostAlone].time {
		return
	}
	at, _ := slices.BinarySearchFunc(n.events, e.time, func(known event, time int64) int {
		if known.time >= time {
			return -1
		}
		return 1
	})
	n.events = slices.Insert(n.events, at, e)
	n.events = n.events[:min(len(n.events), mostAlone+1)]
}

// alone is how many events at the end stand alone.
func (n *newestEvents) alone() int {
	for alone := min(mostAlone, len(n.events)-1); alone > 0; alone-- {
		areOneMoment := n.events[0].time-n.events[alone-1].time <= laterTolerance // people who come back go on for days
		if areOneMoment && n.events[alone-1].time-n.events[alone].time >= aloneAfter && n.of-alone >= fewestBefore*alone {
			return alone
		}
	}
	return 0
}

// warnOfHead reports a revision that is dated before commits it was made from.
func (r *reading) warnOfHead(repository int, end int64) {
	history := r.histories[repository]
	var head int64
	for i := range history.Commits {
		if history.Commits[i].Hash == history.Head {
			head = history.Commits[i].CommitTime
		}
	}
	later := 0
	for i := range history.Commits {
		if at := history.Commits[i].CommitTime; at > head && at <= end {
			later++
		}
	}
	r.evidence.Findings = append(r.evidence.Findings, sources.Finding{
		Code: "misdated-revision", Repository: r.repositories[repository].Label(), Count: later,
		Message: fmt.Sprintf("commit %s, which is read, is dated %s, and %d of the commits it was made from are later, up to %s: its date does not count",
			history.Head.String()[:12], day(head), later, day(end)),
		Advice: "check the clock of whoever made it; --as-of chooses the date to look from",
	})
}

// warnOfAlone reports events that are dated years after all others.
func (r *reading) warnOfAlone(alone []event, end int64) {
	first := &alone[len(alone)-1]
	var name, label string
	if first.ticket != nil {
		name = "ticket " + first.ticket.Key
	} else {
		name, label = "commit "+r.histories[first.repository].Commits[first.commit].Hash.String()[:12], r.repositories[first.repository].Label()
	}
	r.evidence.Findings = append(r.evidence.Findings, sources.Finding{
		Code: "straggling-date", Repository: label, Count: len(alone),
		Message: fmt.Sprintf("%s is of %s, and for %d years before that nothing happened: a clock may have been wrong, and its date does not count; the newest event before is of %s",
			name, day(first.time), (first.time-end)/(365*secondsPerDay), day(end)),
		Advice: fmt.Sprintf("if the date is right, look from there: --as-of %s", day(alone[0].time)),
	})
}

// refuseLaterEvidence reports where a large part of the commits is dated after the date looked from. That takes wrong
// clocks: what a revision was made from was there before it.
func (r *reading) refuseLaterEvidence() {
	asOf, later := r.options.AsOf.Unix(), 0
	for i := range r.evidence.Events {
		if r.evidence.Events[i].Time > asOf+laterTolerance {
			later++
		}
	}
	if float64(later) <= mostLaterShare*float64(len(r.evidence.Events)) {
		return
	}
	r.evidence.Findings = append(r.evidence.Findings, sources.Finding{
		Code: "evidence-after-date", Severity: sources.Fatal, Count: later,
		Message: fmt.Sprintf("%d of %d commits are dated after %s, the date looked from, and would count as if made then: whoever is gone since would look active",
			later, len(r.evidence.Events), day(asOf)),
		Advice: "look from a later day with --as-of, or find out with git log --format=fuller whose clock was wrong",
	})
}

func day(at int64) string { return time.Unix(at, 0).UTC().Format(time.DateOnly) }
