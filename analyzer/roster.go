package analyzer

import (
	"slices"
	"strings"
	"time"

	"keyperson/sources"
)

// roster collects the people that an assessment points at, in the order in which it first does.
type roster struct {
	people   *sources.People
	lastSeen []int64
	active   []bool
	left     []bool
	place    map[uint32]int
	listed   []Person
}

func newRoster(people *sources.People, lastSeen []int64, active, left []bool) *roster {
	return &roster{people: people, lastSeen: lastSeen, active: active, left: left, place: map[uint32]int{}}
}

// index returns the place of a person in the list, adding them where they are new.
func (r *roster) index(person uint32) int {
	if i, ok := r.place[person]; ok {
		return i
	}
	known := &r.people.Persons[person]
	i := r.add(Person{ID: known.ID, Name: known.Name, Active: r.active[person], Left: r.left[person], LastSeen: timeOf(r.lastSeen[person])})
	r.place[person] = i
	return i
}

// add lists someone who is not one of the joined people, as the published methods join them by rules
// of their own.
func (r *roster) add(person Person) int {
	r.listed = append(r.listed, person)
	return len(r.listed) - 1
}

// calledNames are all texts by which someone may be called: ID, names, addresses, accounts and logins, none of them empty.
func calledNames(e *sources.Evidence, person *sources.Person) []string {
	names := []string{person.ID, person.Name, person.Address}
	for _, identity := range person.Identities {
		written := &e.Identities[identity]
		names = append(names, written.Name, written.Address, written.Account, written.Login)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// isListed says whether any of the texts by which someone may be called is in a list, case aside.
func isListed(e *sources.Evidence, person *sources.Person, list []string) bool {
	return len(list) > 0 && slices.ContainsFunc(calledNames(e, person), func(name string) bool {
		return slices.ContainsFunc(list, func(listed string) bool { return strings.EqualFold(listed, name) })
	})
}

// leftPeople marks the people who are in the list.
func leftPeople(e *sources.Evidence, people *sources.People, list []string) []bool {
	left := make([]bool, len(people.Persons))
	for i := range people.Persons {
		left[i] = isListed(e, &people.Persons[i], list)
	}
	return left
}

// LeftBy narrows a list of people who have left to the IDs of those of whom the evidence has nothing after a time: the
// others had not left by then.
func LeftBy(e *sources.Evidence, people *sources.People, list []string, when time.Time) []string {
	left := leftPeople(e, people, list)
	stay := func(identity uint32, seconds int64) {
		if identity != sources.None && seconds > when.Unix() {
			left[people.ByIdentity[identity]] = false
		}
	}
	for i := range e.Records {
		stay(e.Records[i].Person, e.Events[e.Records[i].Event].Time)
	}
	for i := range e.Tickets {
		for _, act := range e.Tickets[i].Acts {
			stay(act.Person, act.Time)
		}
		stay(e.Tickets[i].Resolver, e.Tickets[i].Resolved)
	}
	var gone []string
	for i := range left {
		if left[i] {
			gone = append(gone, people.Persons[i].ID)
		}
	}
	return gone
}
