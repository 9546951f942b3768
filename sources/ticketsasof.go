package sources

import "slices"

// CutTickets takes every ticket back to what was known at the end of the second asOf, and the trackers with them.
// Tickets created later are gone, and accounts that no other ticket names. The accounts must stand behind the
// identities of all repositories, as AddTo puts them.
func (e *Evidence) CutTickets(asOf int64) {
	kept := make([]Ticket, 0, len(e.Tickets))
	for i := range e.Tickets {
		if ticket, existed := e.Tickets[i].AsOf(asOf); existed {
			kept = append(kept, ticket)
		}
	}
	e.Tickets = kept
	e.dropUnnamedAccounts()
	for i := range e.Trackers {
		t := &e.Trackers[i]
		reaches := int64(0)
		if t.Repeated > 0 && t.First <= asOf { // it reaches as far as before, though its newest tickets may count elsewhere
			reaches = min(t.Newest, asOf)
		}
		t.Tickets, t.First, t.Newest = 0, 0, reaches
	}
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		tracker := &e.Trackers[ticket.Tracker]
		tracker.Tickets++
		if ticket.Created > 0 && (tracker.First == 0 || ticket.Created < tracker.First) {
			tracker.First = ticket.Created
		}
		tracker.Newest = max(tracker.Newest, ticket.Newest())
	}
}

// dropUnnamedAccounts leaves out the accounts of trackers that no ticket names.
func (e *Evidence) dropUnnamedAccounts() {
	isNamed := make([]bool, len(e.Identities))
	for i := range e.Tickets {
		e.Tickets[i].eachPerson(func(person *uint32) { isNamed[*person] = true })
	}
	moved := make([]uint32, len(e.Identities))
	kept := make([]Identity, 0, len(e.Identities))
	for i, identity := range e.Identities {
		moved[i] = uint32(len(kept))
		if identity.Account == "" || isNamed[i] {
			kept = append(kept, identity)
		}
	}
	if len(kept) == len(e.Identities) {
		return
	}
	e.Identities = kept
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		ticket.Acts, ticket.Citations = slices.Clone(ticket.Acts), slices.Clone(ticket.Citations)
		ticket.eachPerson(func(person *uint32) { *person = moved[*person] })
	}
}

// eachPerson visits every place where the ticket names someone.
func (t *Ticket) eachPerson(visit func(person *uint32)) {
	known := func(person *uint32) {
		if *person != None {
			visit(person)
		}
	}
	known(&t.Reporter)
	known(&t.Assignee)
	known(&t.Resolver)
	for i := range t.Acts {
		known(&t.Acts[i].Person)
	}
	for i := range t.Citations {
		known(&t.Citations[i].Person)
	}
}

// AsOf returns the ticket as it was known at the end of the second at; existed is false where it was created later.
// What happened later is gone: acts, citations, a resolution, and the end of a span of assignment. A ticket keeps no
// past of its other fields: type, components, labels, priority and summary stay what they became. The status, the
// final assignee, the counts and the tracker's word on a procedure are forgotten where the ticket was open then and
// has changed since; HolderUnknown says where that leaves open who had it.
func (t *Ticket) AsOf(at int64) (ticket Ticket, existed bool) {
	if first := t.oldest(); first > at {
		return Ticket{}, false
	}
	ticket = *t
	if ticket.Newest() <= at {
		return ticket, true
	}
	wasOpen := t.Resolved == 0 || t.Resolved > at
	ticket.Acts = t.actsUntil(at, wasOpen)
	ticket.Citations = slices.DeleteFunc(slices.Clone(t.Citations), func(c Citation) bool { return c.Time > at })
	ticket.Updated = min(t.Updated, at)
	if !wasOpen {
		return ticket, true
	}
	ticket.Resolved, ticket.Resolution, ticket.Resolver, ticket.Status = 0, "", None, ""
	ticket.Reassigned, ticket.Reopened, ticket.Escalated, ticket.UsedProcedure = -1, -1, -1, Unknown
	ticket.Assignee = None
	for i := range ticket.Acts {
		if act := &ticket.Acts[i]; act.Kind == Assigned && act.End == 0 {
			ticket.Assignee = act.Person
		}
	}
	ticket.HolderUnknown = ticket.Assignee == None && !t.recordsAssignments()
	return ticket, true
}

// recordsAssignments says whether the source tells who had the ticket when: by a change, or by saying that it never had
// anybody.
func (t *Ticket) recordsAssignments() bool {
	return t.Assignee == None && t.Reassigned == 0 ||
		slices.ContainsFunc(t.Acts, func(act Act) bool { return act.Kind == Assigned && act.Reference != "" })
}

// actsUntil are the acts that had happened. A span of assignment that no change proves is only what the last state
// suggests: of a ticket that was still open it says nothing.
func (t *Ticket) actsUntil(at int64, wasOpen bool) []Act {
	acts := make([]Act, 0, len(t.Acts))
	for _, act := range t.Acts {
		if act.Time > at || wasOpen && act.Kind == Assigned && act.Reference == "" {
			continue
		}
		if act.End > at {
			act.End = 0
		}
		acts = append(acts, act)
	}
	return acts
}

// oldest is the first thing known to have happened, 0 where nothing has a time.
func (t *Ticket) oldest() int64 {
	if t.Created > 0 {
		return t.Created
	}
	oldest := int64(0)
	consider := func(time int64) {
		if time > 0 && (oldest == 0 || time < oldest) {
			oldest = time
		}
	}
	consider(t.Updated)
	consider(t.Resolved)
	for i := range t.Acts {
		consider(t.Acts[i].Time)
	}
	return oldest
}

// Newest is when the last thing known of it happened, seconds since 1970, 0 where nothing has a time.
func (t *Ticket) Newest() int64 {
	newest := max(t.Created, t.Updated, t.Resolved)
	for i := range t.Acts {
		newest = max(newest, t.Acts[i].Time, t.Acts[i].End)
	}
	for i := range t.Citations {
		newest = max(newest, t.Citations[i].Time)
	}
	return newest
}
