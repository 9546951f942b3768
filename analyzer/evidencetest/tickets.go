package evidencetest

import (
	"strings"
	"time"

	"keyperson/sources"
)

// Ticket is a ticket under construction. Its dates are written as 2006-01-02, with a time as 2006-01-02T15:04.
type Ticket struct {
	story *Story
	index int
}

// Ticket opens a ticket on the story's date. The part of the key before the hyphen is its project.
func (s *Story) Ticket(key, summary string) *Ticket {
	if len(s.Evidence.Trackers) == 0 {
		s.Evidence.Trackers = []sources.Tracker{{Label: "tracker", Origin: "tracker.json"}}
	}
	project, _, _ := strings.Cut(key, "-")
	s.Evidence.Tickets = append(s.Evidence.Tickets, sources.Ticket{
		Key: key, Project: project, Summary: summary, Created: s.when.Unix(), Updated: s.when.Unix(), Reporter: sources.None, Assignee: sources.None,
		Resolver: sources.None, Reassigned: -1, Reopened: -1, Escalated: -1,
	})
	s.Evidence.Trackers[0].Tickets++
	return &Ticket{story: s, index: len(s.Evidence.Tickets) - 1}
}

// Change gives the ticket itself to a function, for what has no word of its own here.
func (t *Ticket) Change(change func(*sources.Ticket)) *Ticket {
	change(&t.story.Evidence.Tickets[t.index])
	return t
}

// Of sets the issue type.
func (t *Ticket) Of(issueType string) *Ticket {
	return t.Change(func(ticket *sources.Ticket) { ticket.Type = issueType })
}

// In sets the components.
func (t *Ticket) In(components ...string) *Ticket {
	return t.Change(func(ticket *sources.Ticket) { ticket.Components = components })
}

// Priority sets the priority.
func (t *Ticket) Priority(priority string) *Ticket {
	return t.Change(func(ticket *sources.Ticket) { ticket.Priority = priority })
}

// Held says that someone had the ticket from one date to another, as a change log tells.
func (t *Ticket) Held(name, from, to string) *Ticket {
	return t.act(sources.Act{Person: t.story.person(name), Kind: sources.Assigned, Time: moment(from), End: moment(to), Reference: "change"})
}

// HandedOver says that someone gave the ticket to someone else.
func (t *Ticket) HandedOver(name, on string) *Ticket {
	return t.act(sources.Act{Person: t.story.person(name), Kind: sources.HandedOver, Time: moment(on)})
}

// Comment says that someone wrote a comment.
func (t *Ticket) Comment(name, on string) *Ticket {
	return t.act(sources.Act{Person: t.story.person(name), Kind: sources.Commented, Time: moment(on)})
}

// Logged says that someone booked time.
func (t *Ticket) Logged(name, on string, hours float64) *Ticket {
	return t.act(sources.Act{Person: t.story.person(name), Kind: sources.LoggedWork, Time: moment(on), Seconds: int64(hours * 3600)})
}

func (t *Ticket) act(act sources.Act) *Ticket {
	return t.Change(func(ticket *sources.Ticket) {
		ticket.Acts = append(ticket.Acts, act)
		ticket.Updated = max(ticket.Updated, act.Time, act.End)
	})
}

// For sets the final assignee.
func (t *Ticket) For(name string) *Ticket {
	person := t.story.person(name)
	return t.Change(func(ticket *sources.Ticket) { ticket.Assignee = person })
}

// Resolved says that someone resolved the ticket as "Done". An empty name is a source that does not tell who.
func (t *Ticket) Resolved(name, on string) *Ticket { return t.Ended("Done", name, on) }

// Ended says that someone resolved the ticket with a resolution.
func (t *Ticket) Ended(resolution, name, on string) *Ticket {
	by := sources.None
	if name != "" {
		by = t.story.person(name)
		t.act(sources.Act{Person: by, Kind: sources.Resolved, Time: moment(on)})
	}
	return t.Change(func(ticket *sources.Ticket) {
		ticket.Resolution, ticket.Resolved, ticket.Resolver = resolution, moment(on), by
		ticket.Updated = max(ticket.Updated, ticket.Resolved)
	})
}

// Cited says that the story's last commit names the ticket.
func (t *Ticket) Cited() *Ticket {
	e := t.story.Evidence
	e.Mentions = append(e.Mentions, sources.Mention{
		Event: uint32(len(e.Events) - 1), Kind: sources.TicketMention, Text: e.Tickets[t.index].Key, Runbook: sources.None,
	})
	return t
}

func moment(text string) int64 {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04"} {
		if when, err := time.Parse(layout, text); err == nil {
			return when.Unix()
		}
	}
	panic("not a date: " + text)
}

// TicketsIn puts every ticket with a component into the system that is called like its first, and adds systems that have no
// files.
func (s *Story) TicketsIn(systems *sources.SystemMap) *sources.SystemMap {
	for i := range s.Evidence.Tickets {
		t := &s.Evidence.Tickets[i]
		of := sources.None
		for j := range systems.Systems {
			if len(t.Components) > 0 && systems.Systems[j].ID == t.Components[0] {
				of = uint32(j)
			}
		}
		if of == sources.None && len(t.Components) > 0 {
			of = uint32(len(systems.Systems))
			systems.Systems = append(systems.Systems, sources.System{ID: t.Components[0], Name: t.Components[0]})
		}
		systems.ByTicket = append(systems.ByTicket, of)
	}
	return systems
}
