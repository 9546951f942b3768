package graph

import "keyperson/sources"

// addPresence counts what people did on tickets as having been there. Whoever only reported one may be a customer.
func (g *Graph) addPresence(e *sources.Evidence, people *sources.People) {
	for i := range e.Tickets {
		for j := range e.Tickets[i].Acts {
			act := &e.Tickets[i].Acts[j]
			person := people.ByIdentity[act.Person]
			if act.Kind == sources.Reported || act.Time > g.AsOf || act.Time < g.since || people.Persons[person].Kind != sources.Human {
				continue
			}
			g.LastSeen[person] = max(g.LastSeen[person], act.Time)
		}
		g.addFinalPeople(&e.Tickets[i], people)
	}
}

// addFinalPeople counts who resolved a ticket, or else had it then, as there when it was resolved, for sources without acts.
func (g *Graph) addFinalPeople(t *sources.Ticket, people *sources.People) {
	identity := t.Resolver
	if identity == sources.None {
		identity = t.Assignee
	}
	if identity == sources.None || t.Resolved == 0 || t.Resolved > g.AsOf || t.Resolved < g.since {
		return
	}
	if person := people.ByIdentity[identity]; people.Persons[person].Kind == sources.Human {
		g.LastSeen[person] = max(g.LastSeen[person], t.Resolved)
	}
}
