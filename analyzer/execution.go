package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

// omission is why a ticket is no execution.
type omission uint8

const (
	counted omission = iota
	unresolved
	endedUndone
	closedInBulk
	onlyTriage
	byProgram
	nobodyNamed
)

var omissions = [...]string{
	"", "not resolved", "ended without being done (duplicate, declined, …)", "closed in bulk, with nothing else on it",
	"only a triage account had it", "done by a program: automation", "nobody is named on it",
}

// omissionCount counts tickets by why they are no executions.
type omissionCount [len(omissions)]int

// list is the reasons that occur, most first.
func (c *omissionCount) list() []Omission {
	var list []Omission
	for reason := counted + 1; int(reason) < len(omissions); reason++ {
		if c[reason] > 0 {
			list = append(list, Omission{Reason: omissions[reason], Count: c[reason]})
		}
	}
	slices.SortStableFunc(list, func(a, b Omission) int { return cmp.Compare(b.Count, a.Count) })
	return list
}

// fate is what became of a ticket by the as-of date.
type fate struct {
	omission omission
	person   uint32 // who did it, where it is an execution, or the program
	time     int64  // when it was done, seconds since 1970
}

// executions says for each ticket seen by the as-of date who did it, or why it is no execution.
type executions struct {
	seen    []uint32            // tickets created, and where Since is set not resolved before it, ascending
	fates   []fate              // by ticket
	commits map[uint32][]uint32 // by ticket: events of the commits that cite it, ascending
	triage  map[uint32]bool     // persons
	bulk    []bool
	authors map[uint32][]writer // by event

	placement *taskkinds.Placement // of the tickets seen; nil until placed needs it
}

// writer is someone who wrote a commit.
type writer struct {
	person     uint32
	isCoAuthor bool
}

// executed finds out who did what.
func (w *work) executed() *executions {
	x := &executions{fates: make([]fate, len(w.evidence.Tickets))}
	for i := range w.evidence.Tickets {
		if w.isSeen(&w.evidence.Tickets[i]) {
			x.seen = append(x.seen, uint32(i))
		}
	}
	x.commits = w.commitsByTicket()
	x.authors = w.authorsOf(x.commits)
	x.bulk = w.bulkClosed(x.seen, x.commits)
	x.triage = w.triagePeople(x)
	for _, i := range x.seen {
		x.fates[i] = w.fateOf(x, i)
	}
	return x
}

// isSeen says whether a ticket existed by the as-of date, and belongs to the time looked at.
func (w *work) isSeen(t *sources.Ticket) bool {
	if t.Created > w.graph.AsOf {
		return false
	}
	return w.options.Since == nil || t.Resolved == 0 || t.Resolved >= w.options.Since.Unix()
}

// isResolved says whether a ticket was done with by the as-of date.
func (w *work) isResolved(t *sources.Ticket) bool {
	if t.Resolved != 0 {
		return t.Resolved <= w.graph.AsOf
	}
	return t.Resolution != "" && !strings.EqualFold(t.Resolution, "unresolved") && doneAt(t) <= w.graph.AsOf
}

// doneAt is when a ticket was resolved, else last changed, else created.
func doneAt(t *sources.Ticket) int64 { return cmp.Or(t.Resolved, t.Updated, t.Created) }

// commitsByTicket lists the commits that name each ticket's key, or one it had before. A key that several trackers have is all of theirs.
func (w *work) commitsByTicket() map[uint32][]uint32 {
	byKey := make(map[string][]uint32, len(w.evidence.Tickets))
	for i := range w.evidence.Tickets {
		for _, key := range w.evidence.Tickets[i].Keys() {
			key = strings.ToUpper(key)
			byKey[key] = append(byKey[key], uint32(i))
		}
	}
	commits := map[uint32][]uint32{}
	for i := range w.evidence.Mentions {
		m := &w.evidence.Mentions[i]
		if m.Kind != sources.TicketMention || w.evidence.Events[m.Event].Time > w.graph.AsOf {
			continue
		}
		for _, ticket := range byKey[strings.ToUpper(m.Text)] {
			if of := commits[ticket]; len(of) == 0 || of[len(of)-1] != m.Event {
				commits[ticket] = append(of, m.Event)
			}
		}
	}
	return commits
}

// authorsOf lists who wrote the commits that cite tickets, each person once a commit.
func (w *work) authorsOf(commits map[uint32][]uint32) map[uint32][]writer {
	authors := map[uint32][]writer{}
	for _, events := range commits {
		for _, event := range events {
			authors[event] = nil
		}
	}
	for i := range w.evidence.Records {
		record := &w.evidence.Records[i]
		if record.Kind > sources.CoAuthored {
			continue
		}
		of, cited := authors[record.Event]
		if !cited {
			continue
		}
		a := writer{w.people.ByIdentity[record.Person], record.Kind == sources.CoAuthored}
		if !slices.ContainsFunc(of, func(b writer) bool { return b.person == a.person }) {
			authors[record.Event] = append(of, a)
		}
	}
	return authors
}

// Triage accounts that nobody configured are told by what they do.
const leastHandOvers = 10

// triagePeople are those configured, and those who handed over ten tickets or more and never resolved one, booked time or
// wrote a commit that cites one.
func (w *work) triagePeople(x *executions) map[uint32]bool {
	triage := map[uint32]bool{}
	for i := range w.people.Persons {
		if isListed(w.evidence, &w.people.Persons[i], w.options.Triage) {
			triage[uint32(i)] = true
		}
	}
	handedOver, works := map[uint32]int{}, map[uint32]bool{}
	for _, i := range x.seen {
		t := &w.evidence.Tickets[i]
		for j := range t.Acts {
			act := &t.Acts[j]
			switch person := w.people.ByIdentity[act.Person]; act.Kind {
			case sources.HandedOver:
				handedOver[person]++
			case sources.Resolved, sources.LoggedWork:
				works[person] = true
			}
		}
		for _, identity := range []uint32{t.Resolver, t.Assignee} {
			if identity != sources.None && w.isResolved(t) {
				works[w.people.ByIdentity[identity]] = true
			}
		}
		for _, event := range x.commits[i] {
			for _, author := range x.authors[event] {
				works[author.person] = true
			}
		}
	}
	for person, n := range handedOver {
		if n >= leastHandOvers && !works[person] {
			triage[person] = true
		}
	}
	return triage
}

// fateOf says what became of one ticket.
func (w *work) fateOf(x *executions, ticket uint32) fate {
	t := &w.evidence.Tickets[ticket]
	switch _, undone := endsUndone(t); {
	case !w.isResolved(t):
		return fate{omission: unresolved}
	case undone:
		return fate{omission: endedUndone}
	case x.bulk[ticket]:
		return fate{omission: closedInBulk}
	}
	deeds := w.deeds(x, ticket)
	doer := slices.IndexFunc(deeds, func(d deed) bool { return !d.isTriage && d.points() > 0 })
	switch {
	case doer < 0 && len(deeds) > 0 && slices.ContainsFunc(deeds, func(d deed) bool { return d.isTriage }):
		return fate{omission: onlyTriage}
	case doer < 0:
		return fate{omission: nobodyNamed}
	case deeds[doer].isProgram:
		return fate{omission: byProgram, person: deeds[doer].person, time: doneAt(t)}
	}
	return fate{person: deeds[doer].person, time: doneAt(t)}
}
