package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

// TaskExplanation is a task with the tickets behind it.
type TaskExplanation struct {
	Task    Task
	Runbook string       // path of its procedure, empty for none
	Tickets []TicketLine // the newest first, at most the limit asked for
	Omitted int          // tickets not listed
}

// TicketLine says what became of one ticket of a task.
type TicketLine struct {
	Key     string
	Summary string
	Time    time.Time // when it was resolved, else created
	Person  int       // who did it, index into Explanation.People; -1 where it is no execution
	Reason  string    // why that person, or why it does not count
}

// TicketExplanation says where one ticket was placed and who counts as its doer.
type TicketExplanation struct {
	Key, Summary string
	Task         string // ID; empty where it belongs to none
	TaskName     string
	PlacedBy     string // the rule in words, or why it belongs to no task
	System       string // ID; empty for none
	Counts       bool   // it is an execution
	Verdict      string // in words: who did it, or why it is no execution
	Deeds        []Deed // what each person did, the likeliest doer first
}

// Deed is what one person did on a ticket.
type Deed struct {
	Person int     // index into Explanation.People
	Points float64 // how strongly it says that they did the ticket
	Reason string
}

// findTask resolves a subject as the ID or name of a task, or as the key of a ticket.
func (w *work) findTask(text string) (subject, bool) {
	if len(w.evidence.Tickets) == 0 {
		return subject{}, false
	}
	placement := w.placed(w.executed())
	for i := range placement.Kinds {
		if k := &placement.Kinds[i]; strings.EqualFold(k.ID, text) || strings.EqualFold(k.Name, text) {
			return subject{kind: taskSubject, name: k.ID}, true
		}
	}
	for i := range w.evidence.Tickets {
		if slices.ContainsFunc(w.evidence.Tickets[i].Keys(), func(key string) bool { return strings.EqualFold(key, text) }) {
			return subject{kind: ticketSubject, name: w.evidence.Tickets[i].Key, ticket: uint32(i)}, true
		}
	}
	return subject{}, false
}

// taskIDs are those of the kinds of work that the tickets were placed in.
func (w *work) taskIDs() []string {
	if len(w.evidence.Tickets) == 0 {
		return nil
	}
	var ids []string
	for _, k := range w.placed(w.executed()).Kinds {
		ids = append(ids, k.ID)
	}
	return ids
}

// explainTask shows a task's numbers and what became of each of its tickets.
func (w *work) explainTask(x *Explanation, id string, limit int) {
	done := w.executed()
	a := &Assessment{Runbooks: w.assessRunbooks(w.byTickets(done))}
	w.assessTasks(a, done)
	placement := w.placed(done)
	task := slices.IndexFunc(a.Tasks, func(t Task) bool { return t.ID == id })
	kind := slices.IndexFunc(placement.Kinds, func(k taskkinds.Kind) bool { return k.ID == id })
	explained := &TaskExplanation{Task: a.Tasks[task]}
	if r := explained.Task.Runbook; r >= 0 {
		explained.Runbook = a.Runbooks[r].Path
	}
	tickets := slices.Clone(placement.Kinds[kind].Tickets)
	slices.SortStableFunc(tickets, func(a, b uint32) int { return cmp.Compare(w.ticketTime(b), w.ticketTime(a)) })
	if limit > 0 && len(tickets) > limit {
		explained.Omitted = len(tickets) - limit
		tickets = tickets[:limit]
	}
	for _, ticket := range tickets {
		explained.Tickets = append(explained.Tickets, w.ticketLine(done, ticket))
	}
	x.Task = explained
}

// ticketTime is when a ticket was resolved by the as-of date, else created.
func (w *work) ticketTime(ticket uint32) int64 {
	if t := &w.evidence.Tickets[ticket]; w.isResolved(t) {
		return doneAt(t)
	}
	return w.evidence.Tickets[ticket].Created
}

func (w *work) ticketLine(x *executions, ticket uint32) TicketLine {
	t := &w.evidence.Tickets[ticket]
	line := TicketLine{Key: t.Key, Summary: t.Summary, Time: momentOf(w.ticketTime(ticket)), Person: -1, Reason: w.omissionWords(x, ticket)}
	if f := x.fates[ticket]; f.omission == counted {
		line.Person = w.roster.index(f.person)
		for _, d := range w.deeds(x, ticket) {
			if d.person == f.person {
				line.Reason = d.reason()
			}
		}
	}
	return line
}

// omissionWords says why a ticket is no execution, with the resolution where that says so.
func (w *work) omissionWords(x *executions, ticket uint32) string {
	f := x.fates[ticket]
	if word, undone := endsUndone(&w.evidence.Tickets[ticket]); undone && f.omission == endedUndone {
		return fmt.Sprintf("ended as %q, which is not doing it", word)
	}
	return omissions[f.omission]
}

// explainTicket says where a ticket was placed, and who did it.
func (w *work) explainTicket(x *Explanation, ticket uint32) {
	done := w.executed()
	placement := w.placed(done)
	t := &w.evidence.Tickets[ticket]
	e := &TicketExplanation{Key: t.Key, Summary: t.Summary}
	if int(ticket) < len(w.systems.ByTicket) && w.systems.ByTicket[ticket] != sources.None {
		e.System = w.systems.Systems[w.systems.ByTicket[ticket]].ID
	}
	if kind := placement.Of[ticket]; kind >= 0 {
		k := &placement.Kinds[kind]
		e.Task, e.TaskName, e.PlacedBy = k.ID, k.Name, k.Why
	} else {
		e.PlacedBy = placement.Unplaced[ticket].String()
	}
	f := done.fates[ticket]
	e.Counts = f.omission == counted
	if e.Counts {
		e.Verdict = "an execution by " + w.people.Persons[f.person].Name
	} else {
		e.Verdict = "no execution: " + w.omissionWords(done, ticket)
	}
	for _, d := range w.deeds(done, ticket) {
		e.Deeds = append(e.Deeds, Deed{Person: w.roster.index(d.person), Points: d.points(), Reason: d.reason()})
	}
	x.Ticket = e
}

// reason says in words what a deed consists of.
func (d *deed) reason() string {
	var parts []string
	add := func(says bool, format string, arguments ...any) {
		if says {
			parts = append(parts, fmt.Sprintf(format, arguments...))
		}
	}
	add(d.commits > 0, "wrote %s for it", count(d.commits, "commit"))
	add(d.coAuthored > 0, "co-author of %s for it", count(d.coAuthored, "commit"))
	add(d.loggedSeconds > 0, "booked %s of the time", percent(d.logged))
	add(d.resolved, "resolved it")
	add(d.holding, "had it when it was resolved")
	add(d.heldSeconds > 0 && !d.holding, "had it for %s of the time", percent(d.held))
	add(d.comments > 0, "%s", count(d.comments, "comment"))
	add(d.isTriage, "triage account: does not count")
	add(d.isProgram, "a program")
	return strings.Join(parts, ", ")
}
