package jira

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/sources"
)

// datedChange is a change of the change log with its time read.
type datedChange struct {
	change
	time int64
}

// sortChanges orders changes by time, then by id: pages of a change log come newest first or oldest first, and a
// change can stand on two pages.
func sortChanges(changes []datedChange) []datedChange {
	slices.SortStableFunc(changes, func(a, b datedChange) int {
		return cmp.Or(cmp.Compare(a.time, b.time), compareNatural(string(a.ID), string(b.ID)))
	})
	return slices.CompactFunc(changes, func(a, b datedChange) bool { return a.ID != "" && a.ID == b.ID })
}

// replay reads off the change log who had the ticket when, who passed it on, who resolved it, and how often it
// changed hands, was opened again and was raised.
func (b *builder) replay(ticket *sources.Ticket, changes []datedChange) {
	ticket.Reassigned, ticket.Reopened, ticket.Escalated = 0, 0, 0
	holder, since, proof := ticket.Assignee, ticket.Created, ticket.Key
	if first := firstAssignment(changes); first != nil {
		holder = b.people.handle(string(first.From), string(first.FromString))
	}
	for _, at := range changes {
		author := b.people.of(at.Author)
		reopened := false
		for _, item := range at.Items {
			switch strings.ToLower(cmp.Or(item.FieldID, item.Field)) {
			case "assignee":
				next := b.people.handle(string(item.To), string(item.ToString))
				if b.same(next, holder) {
					continue
				}
				b.assigned(ticket, holder, since, at.time, proof)
				if holder != sources.None && next != sources.None {
					ticket.Reassigned++
					if author != sources.None && !b.same(author, next) {
						b.act(ticket, sources.Act{Person: author, Kind: sources.HandedOver, Time: at.time, Reference: string(at.ID)})
					}
				}
				holder, since, proof = next, at.time, string(at.ID)
			case "resolution":
				switch {
				case item.To != "" || item.ToString != "":
					b.act(ticket, sources.Act{Person: author, Kind: sources.Resolved, Time: at.time, Reference: string(at.ID)})
					ticket.Resolver = author
				case item.From != "" || item.FromString != "":
					reopened = true
					ticket.Resolver = sources.None
				}
			case "status":
				reopened = reopened || strings.EqualFold(string(item.ToString), "Reopened")
			case "key", "issuekey":
				formerly(ticket, string(cmp.Or(item.FromString, item.From)))
			default:
				ticket.Escalated += escalations(item)
			}
		}
		if reopened {
			ticket.Reopened++
		}
	}
	b.assigned(ticket, holder, since, ticket.Resolved, proof) // made after the fact, it lasts for no time
	if ticket.Resolved == 0 {
		ticket.Resolver = sources.None
	}
}

func firstAssignment(changes []datedChange) *changeItem {
	for _, at := range changes {
		for i := range at.Items {
			if strings.EqualFold(cmp.Or(at.Items[i].FieldID, at.Items[i].Field), "assignee") {
				return &at.Items[i]
			}
		}
	}
	return nil
}

// assigned adds the span of one assignment; end is 0 while it lasts. Tickets moved here from another tracker can have
// been changed and resolved before they were created: no span ends before it begins.
func (b *builder) assigned(ticket *sources.Ticket, person uint32, start, end int64, proof string) {
	if end != 0 {
		end = max(start, end)
	}
	b.act(ticket, sources.Act{Person: person, Kind: sources.Assigned, Time: start, End: end, Reference: proof})
}

// same says whether two identities are known to be one person.
func (b *builder) same(a, c uint32) bool {
	if a == sources.None || c == sources.None {
		return a == c
	}
	return b.people.root(a) == b.people.root(c)
}

// escalations returns 1 where the item raises the priority or a level of support or escalation.
func escalations(item changeItem) int32 {
	field := strings.ToLower(item.Field)
	before, after := -1, -1
	switch {
	case field == "priority":
		// Ranks fall as urgency rises.
		before, after = -priorityRank(string(item.FromString)), -priorityRank(string(item.ToString))
		if before == -unranked || after == -unranked {
			return 0
		}
	case strings.Contains(field, "escalation level"), strings.Contains(field, "support level"), strings.Contains(field, "support tier"):
		before, after = firstNumber(string(item.FromString)), firstNumber(string(item.ToString))
	}
	if after > before {
		return 1
	}
	return 0
}

// unranked is the rank of a priority whose name says nothing of its order.
const unranked = 99

// priorityRank returns 1 for the most urgent; names beginning with a number are ranked by it ("2 - High", "P1").
func priorityRank(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "blocker", "highest", "urgent":
		return 1
	case "critical":
		return 2
	case "high", "major":
		return 3
	case "medium", "normal", "moderate":
		return 4
	case "low", "minor":
		return 5
	case "lowest", "trivial":
		return 6
	}
	if number := firstNumber(strings.TrimPrefix(name, "p")); number >= 0 && len(name) > 0 && (name[0] == 'p' || name[0] >= '0' && name[0] <= '9') {
		return min(number, unranked-1)
	}
	return unranked
}

// firstNumber returns the first number within a text, -1 for none.
func firstNumber(text string) int {
	start := strings.IndexAny(text, "0123456789")
	if start < 0 {
		return -1
	}
	number := 0
	for _, r := range text[start:] {
		if r < '0' || r > '9' || number > 1000 {
			break
		}
		number = number*10 + int(r-'0')
	}
	return number
}
