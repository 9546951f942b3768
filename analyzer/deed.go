package analyzer

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// Weights of what shows that someone did a ticket; starting values. What can only come from doing it weighs most;
// having the ticket last, and closing it, less, because those who check and close are not always those who did it.
const (
	weightCommit   = 4.0 // a commit cites the ticket
	weightCoAuthor = 2.0 // the same as a co-author
	weightLogged   = 4.0 // times the share of the booked time
	weightResolved = 2.0 // set the resolution
	weightHolding  = 2.0 // had the ticket when it was resolved
	weightHeld     = 2.0 // had it before: times the share of the time that it was anyone's
	weightComment  = 0.5 // each, two at most
)

// deed is what one person did on one ticket.
type deed struct {
	person                     uint32 // index into People.Persons
	resolved, holding          bool
	commits, coAuthored        int
	comments                   int
	held, logged               float64 // shares of the time assigned, and of the time booked, in [0,1]
	last                       int64   // newest act, seconds since 1970
	heldSeconds, loggedSeconds int64
	isTriage, isProgram        bool
}

// points are how strongly a deed says that the person did the ticket.
func (d *deed) points() float64 {
	points := weightLogged*d.logged + weightHeld*d.held + weightComment*float64(min(d.comments, 2))
	switch {
	case d.commits > 0:
		points += weightCommit
	case d.coAuthored > 0:
		points += weightCoAuthor
	}
	if d.resolved {
		points += weightResolved
	}
	if d.holding {
		points += weightHolding
	}
	return points
}

// deeds lists what each person did on a ticket by the as-of date, the likeliest doer first: by points; of equal points who
// resolved it comes first, then who acted last, then who had it at the end, then the smaller number, as IDs may be pseudonyms and
// must decide nothing.
func (w *work) deeds(x *executions, ticket uint32) []deed {
	t := &w.evidence.Tickets[ticket]
	d := deeds{work: w}
	for i := range t.Acts {
		if act := &t.Acts[i]; act.Time <= w.graph.AsOf {
			d.act(t, act)
		}
	}
	if w.isResolved(t) {
		if t.Resolver != sources.None {
			d.of(t.Resolver).resolved = true
		}
		if !d.isHeld() && t.Assignee != sources.None {
			d.of(t.Assignee).holding = true
		}
	}
	for _, event := range x.commits[ticket] {
		for _, author := range x.authors[event] {
			by := d.ofPerson(author.person)
			if author.isCoAuthor {
				by.coAuthored++
			} else {
				by.commits++
			}
			by.last = max(by.last, w.graph.Time(event))
		}
	}
	d.share()
	for i := range d.list {
		by := &d.list[i]
		by.isTriage, by.isProgram = x.triage[by.person], w.people.Persons[by.person].Kind != sources.Human
	}
	slices.SortFunc(d.list, func(a, b deed) int {
		return cmp.Or(cmp.Compare(b.points(), a.points()), -compareBool(a.resolved, b.resolved), cmp.Compare(b.last, a.last),
			-compareBool(a.holding, b.holding), cmp.Compare(a.person, b.person))
	})
	return d.list
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// deeds collects what people did on one ticket.
type deeds struct {
	*work
	list []deed
}

func (d *deeds) of(identity uint32) *deed { return d.ofPerson(d.people.ByIdentity[identity]) }

func (d *deeds) ofPerson(person uint32) *deed {
	for i := range d.list {
		if d.list[i].person == person {
			return &d.list[i]
		}
	}
	d.list = append(d.list, deed{person: person})
	return &d.list[len(d.list)-1]
}

// act adds one act. Reporting a ticket and handing it over do not show that someone did it.
func (d *deeds) act(t *sources.Ticket, act *sources.Act) {
	switch act.Kind {
	case sources.Assigned:
		end := act.End
		if done := t.Resolved; done != 0 && (end == 0 || end > done) {
			end = done
		}
		if end == 0 || end > d.graph.AsOf {
			end = d.graph.AsOf
		}
		by := d.of(act.Person)
		by.heldSeconds += max(0, end-act.Time)
		by.last = max(by.last, act.Time)
		if t.Resolved != 0 && t.Resolved <= d.graph.AsOf && act.Time <= t.Resolved && (act.End == 0 || act.End >= t.Resolved) {
			by.holding = true
		}
	case sources.LoggedWork:
		by := d.of(act.Person)
		by.loggedSeconds += max(0, act.Seconds)
		by.last = max(by.last, act.Time)
	case sources.Commented:
		if act.Person == t.Reporter && act.Person != t.Assignee {
			return // whoever asks also answers questions
		}
		by := d.of(act.Person)
		by.comments++
		by.last = max(by.last, act.Time)
	case sources.Resolved:
		// The resolution that stands is the ticket's; an earlier one shows work that was not enough.
		by := d.of(act.Person)
		by.last = max(by.last, act.Time)
		if t.Resolver == sources.None && act.Time == t.Resolved {
			by.resolved = true
		}
	}
}

// isHeld says whether a span of assignment tells who had the ticket when it was resolved. Where none does, the final assignee is
// the best there is.
func (d *deeds) isHeld() bool {
	return slices.ContainsFunc(d.list, func(by deed) bool { return by.holding })
}

// share turns times into shares of all.
func (d *deeds) share() {
	var held, logged int64
	for i := range d.list {
		held += d.list[i].heldSeconds
		logged += d.list[i].loggedSeconds
	}
	for i := range d.list {
		by := &d.list[i]
		if held > 0 && !by.holding {
			by.held = float64(by.heldSeconds) / float64(held)
		}
		if logged > 0 {
			by.logged = float64(by.loggedSeconds) / float64(logged)
		}
	}
}
