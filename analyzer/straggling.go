package analyzer

import (
	"slices"

	"keyperson/sources"
)

// When the newest evidence is a straggler: a few last things that happened long after nearly everything. Starting
// values, between a source whose export ended (a service desk: 0.4 % of the evidence and one person in twelve left) and
// histories that merely became quiet.
const (
	leastToStraggle   = 100  // pieces of evidence, under which a pause says nothing
	stragglingShare   = 0.01 // of the evidence, at most
	stragglingPresent = 0.1  // of the people active before it, at most
	// Nothing for so long before the newest evidence comes of a broken clock more often than of work taken up again.
	clockGap = 5 * 365 * secondsPerDay
)

// Straggling says that hardly anyone is active as of a date, because nearly all evidence ends long before it, or that
// all of it does, years before.
type Straggling struct {
	Late, Of     int   // pieces of evidence within the activity window before the date, of all
	Rest         int64 // when the first 99 % had happened, seconds since 1970: the better date to look from
	Active, Then int   // people active as of the date, and as of Rest
	Years        int   // without anything before the late ones, where that is as long as a broken clock's leap; Rest is then where they begin
}

// FindStraggling compares who is active as of a date, in seconds since 1970, with who was when nearly all evidence had
// happened; false where the date is as good as any. It takes one pass over the evidence where it is.
func FindStraggling(e *sources.Evidence, people *sources.People, asOf int64, activityWindowDays float64) (Straggling, bool) {
	window := int64(activityWindowDays * secondsPerDay)
	var s Straggling
	eachPresence(e, people, func(_ uint32, time int64) {
		s.Of++
		if time >= asOf-window {
			s.Late++
		} else {
			s.Rest = max(s.Rest, time)
		}
	})
	if s.Of == 0 {
		return s, false // programs at most, and a date says nothing of people
	}
	// Where most is late, it is the little before that has a wrong date.
	if gap := asOf - s.Rest; 2*s.Late <= s.Of && gap >= clockGap {
		s.Years = int(gap / (365 * secondsPerDay))
		return s, true
	}
	most := int(stragglingShare * float64(s.Of))
	if s.Of < leastToStraggle || s.Late > most {
		return s, false
	}
	times := make([]int64, 0, s.Of)
	eachPresence(e, people, func(_ uint32, time int64) { times = append(times, min(time, asOf)) })
	slices.Sort(times)
	s.Rest = times[len(times)-1-most]
	active, then := map[uint32]bool{}, map[uint32]bool{}
	eachPresence(e, people, func(person uint32, time int64) {
		if time >= asOf-window {
			active[person] = true
		}
		if time >= s.Rest-window && time <= s.Rest {
			then[person] = true
		}
	})
	s.Active, s.Then = len(active), len(then)
	return s, float64(s.Active) <= stragglingPresent*float64(s.Then)
}

// eachPresence visits what people did, by the rules of who counts as there: a commit once for each person who has part in
// it; opening a ticket does not count.
func eachPresence(e *sources.Evidence, people *sources.People, visit func(person uint32, time int64)) {
	isHuman := func(identity uint32) bool { return people.Persons[people.ByIdentity[identity]].Kind == sources.Human }
	event, last := sources.None, sources.None
	for i := range e.Records {
		record := &e.Records[i]
		person := people.ByIdentity[record.Person]
		if record.Event == event && person == last {
			continue
		}
		event, last = record.Event, person
		if isHuman(record.Person) {
			visit(person, e.Events[event].Time)
		}
	}
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		for j := range ticket.Acts {
			if act := &ticket.Acts[j]; act.Kind != sources.Reported && isHuman(act.Person) {
				visit(people.ByIdentity[act.Person], act.Time)
			}
		}
		last := ticket.Resolver
		if last == sources.None {
			last = ticket.Assignee
		}
		if last != sources.None && ticket.Resolved > 0 && isHuman(last) {
			visit(people.ByIdentity[last], ticket.Resolved)
		}
	}
}
