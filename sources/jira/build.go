package jira

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// maxActs bounds what one ticket can hold: one with a hundred thousand comments says no more than its first ones.
const maxActs = 10000

// builder turns what was read into a history. It is not safe for concurrent use.
type builder struct {
	people  *people
	clock   clock
	tickets []sources.Ticket
	byKey   map[string]int // index into tickets
	byID    map[issueID]int
	texts   map[string]string

	repeated, incomplete int
}

func newBuilder(label string, clock clock) *builder {
	return &builder{people: newPeople(label), clock: clock, byKey: map[string]int{}, byID: map[issueID]int{}, texts: map[string]string{}}
}

// once returns a text that many tickets share as one string.
func (b *builder) once(text string) string {
	if shared, known := b.texts[text]; known {
		return shared
	}
	if len(b.texts) < 1<<16 && len(text) <= 256 {
		b.texts[text] = text
	}
	return text
}

// act adds an act unless nobody did it, or too many did something already.
func (b *builder) act(ticket *sources.Ticket, act sources.Act) {
	switch {
	case act.Person == sources.None:
	case len(ticket.Acts) >= maxActs:
		ticket.Incomplete = true
	default:
		ticket.Acts = append(ticket.Acts, act)
	}
}

// add turns an issue into a ticket.
func (b *builder) add(from *issue, requestType string) error {
	f := from.Fields
	ticket := sources.Ticket{
		Key: strings.TrimSpace(from.Key), ID: strings.TrimSpace(string(from.ID)), URL: browseAddress(from.Self, from.Key),
		Project: b.once(projectOf(f.Project, from.Key)), Type: b.once(f.IssueType.Name), RequestType: b.once(requestType),
		Summary: strings.TrimSpace(f.Summary), Status: b.once(f.Status.Name), Resolution: b.once(f.Resolution.Name),
		Priority: b.once(f.Priority.Name),
		Reporter: sources.None, Assignee: sources.None, Resolver: sources.None,
		Reassigned: -1, Reopened: -1, Escalated: -1,
	}
	for _, component := range f.Components {
		ticket.Components = append(ticket.Components, b.once(component.Name))
	}
	for _, label := range f.Labels {
		ticket.Labels = append(ticket.Labels, b.once(label))
	}
	if err := b.dates(&ticket, f); err != nil {
		return fmt.Errorf("issue %s: %w", shorten(from.Key), err)
	}
	ticket.Reporter = b.people.of(cmp.Or(f.Reporter, f.Creator))
	ticket.Assignee = b.people.of(f.Assignee)
	b.act(&ticket, sources.Act{Person: ticket.Reporter, Kind: sources.Reported, Time: ticket.Created})
	b.text(&ticket, f.Description, ticket.Reporter, ticket.Created)

	err := errors.Join(b.comments(&ticket, f.Comments.Comments), b.workLogs(&ticket, f.WorkLogs.WorkLogs), b.changelog(&ticket, from.Changelog))
	if err != nil {
		return fmt.Errorf("issue %s: %w", shorten(from.Key), err)
	}
	if f.Comments.Total > len(f.Comments.Comments) || f.WorkLogs.Total > len(f.WorkLogs.WorkLogs) ||
		from.Changelog != nil && from.Changelog.Total > len(from.Changelog.Histories) {
		ticket.Incomplete = true
	}
	b.keep(ticket)
	return nil
}

func (b *builder) dates(ticket *sources.Ticket, f *fields) error {
	for _, date := range []struct {
		name, text string
		to         *int64
	}{{"created", f.Created, &ticket.Created}, {"updated", f.Updated, &ticket.Updated}, {"resolutiondate", f.ResolutionDate, &ticket.Resolved}} {
		seconds, err := b.clock.read(date.text)
		if err != nil {
			return fmt.Errorf("%s: %w", date.name, err)
		}
		*date.to = seconds
	}
	return nil
}

func (b *builder) comments(ticket *sources.Ticket, comments []comment) error {
	for _, c := range comments {
		time, err := b.clock.read(c.Created)
		if err != nil {
			return fmt.Errorf("comment %s: %w", shorten(c.ID), err)
		}
		author := b.people.of(c.Author)
		b.act(ticket, sources.Act{Person: author, Kind: sources.Commented, Time: time, Reference: c.ID})
		b.text(ticket, c.Body, author, time)
	}
	return nil
}

func (b *builder) workLogs(ticket *sources.Ticket, logs []workLog) error {
	for _, w := range logs {
		time, err := b.clock.read(cmp.Or(w.Started, w.Created))
		if err != nil {
			return fmt.Errorf("work log %s: %w", shorten(w.ID), err)
		}
		author := b.people.of(w.Author)
		b.act(ticket, sources.Act{Person: author, Kind: sources.LoggedWork, Time: time, Seconds: max(0, w.TimeSpentSeconds), Reference: w.ID})
		b.text(ticket, w.Comment, author, time)
	}
	return nil
}

func (b *builder) changelog(ticket *sources.Ticket, log *changelog) error {
	if log == nil {
		b.assume(ticket)
		return nil
	}
	changes := make([]datedChange, 0, len(log.Histories))
	for _, entry := range log.Histories {
		time, err := b.clock.read(string(entry.Created))
		if err != nil {
			return fmt.Errorf("change %s: %w", shorten(string(entry.ID)), err)
		}
		b.people.of(entry.Author) // before the bare handles of the items, which may be logins
		changes = append(changes, datedChange{entry, time})
	}
	b.replay(ticket, sortChanges(changes))
	return nil
}

// assume adds the one assignment that can be told without a change log; having no reference marks it.
func (b *builder) assume(ticket *sources.Ticket) {
	b.assigned(ticket, ticket.Assignee, ticket.Created, ticket.Resolved, "")
}

func (b *builder) text(ticket *sources.Ticket, text richText, person uint32, time int64) {
	if text == "" {
		return
	}
	cite(ticket, string(text), person, time)
	listSteps(ticket, string(text))
}

// issueID tells an issue by what stays when it moves to another project. Files of several servers may stand side by side,
// and their ids say nothing to one another; that two issues with one id were created in the same second is no chance.
type issueID struct {
	id      string
	created int64
}

// keep takes a ticket in, once: of two readings of it, be it under another key, the newer counts, of equally new ones the one
// that tells more, then the first.
func (b *builder) keep(ticket sources.Ticket) {
	slices.SortStableFunc(ticket.Acts, func(a, c sources.Act) int { return cmp.Compare(a.Time, c.Time) })
	id := issueID{ticket.ID, ticket.Created}
	at, known := b.byKey[ticket.Key]
	if !known && ticket.ID != "" {
		at, known = b.byID[id]
	}
	if !known {
		at = len(b.tickets)
		b.tickets = append(b.tickets, ticket)
	}
	b.byKey[ticket.Key] = at
	if ticket.ID != "" {
		b.byID[id] = at
	}
	if !known {
		return
	}
	b.repeated++
	old := &b.tickets[at]
	ticket.ID = cmp.Or(ticket.ID, old.ID)
	for _, key := range old.Keys() {
		formerly(&ticket, key)
	}
	if cmp.Or(cmp.Compare(ticket.Updated, old.Updated), cmp.Compare(len(ticket.Acts), len(old.Acts))) > 0 {
		*old = ticket
	}
}

// maxFormerKeys bounds the moves that are remembered of one ticket.
const maxFormerKeys = 16

// formerly notes a key that a ticket had before.
func formerly(ticket *sources.Ticket, key string) {
	key = strings.TrimSpace(key)
	if key != "" && key != ticket.Key && len(ticket.FormerKeys) < maxFormerKeys && !slices.Contains(ticket.FormerKeys, key) {
		ticket.FormerKeys = append(ticket.FormerKeys, key)
	}
}

// projectOf returns the project's key, which every Jira key begins with.
func projectOf(project named, key string) string {
	if project.Key != "" {
		return project.Key
	}
	if dash := strings.LastIndexByte(key, '-'); dash > 0 {
		return key[:dash]
	}
	return project.Name
}

// browseAddress returns the page of an issue, told from its address in the REST interface.
func browseAddress(self, key string) string {
	if base, _, found := strings.Cut(self, "/rest/api/"); found && (strings.HasPrefix(base, "https://") || strings.HasPrefix(base, "http://")) {
		return base + "/browse/" + strings.TrimSpace(key)
	}
	return ""
}
