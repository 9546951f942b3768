package analyzer

import (
	"cmp"
	"fmt"
	"slices"
)

// Compare says what changed between two assessments of the same organisation and why. One thing has at most one
// change: of its measures the one that a reader decides by. Neither assessment is changed.
func Compare(before, after *Assessment) *Progress {
	c := comparing{
		before: before, after: after, places: map[string]int{},
		Progress: &Progress{From: before.AsOf, To: after.AsOf, Before: before.Work.Stock, After: after.Work.Stock},
		added:    unreadIn(before, after), lost: unreadIn(after, before),
		procedures: byKey(after.Runbooks, (*Runbook).key),
	}
	c.systems()
	c.tasks()
	c.runbooks()
	for i := range c.Changes {
		c.countConversion(&c.Changes[i])
	}
	slices.SortStableFunc(c.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(urgency(&a), urgency(&b)), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.ID, b.ID))
	})
	return c.Progress
}

// comparing collects the changes.
type comparing struct {
	*Progress
	before, after *Assessment
	places        map[string]int      // of people in Progress.People, by ID
	procedures    map[string]*Runbook // of the later assessment
	added, lost   unread              // what only the later assessment read, and only the earlier
}

// urgency orders changes for a reader: what got worse first, levels and verdicts before the rest.
func urgency(c *Change) int {
	rank := slices.Index([]Direction{Worse, Better, Neutral}, c.Direction) * 10
	if c.Cause == CauseDataChanged {
		rank += 30
	}
	return rank + slices.Index([]string{"level", "verdict", "quadrant", "bus factor", "people able", "absence risk", "risk with everyone present", "uncovered without one person", "maturity", "existence"}, c.Measure)
}

func (c *comparing) add(change Change, persons ...Person) {
	for _, person := range persons {
		place, known := c.places[person.ID]
		if !known {
			place = len(c.People)
			c.places[person.ID] = place
			c.People = append(c.People, person)
		}
		change.Persons = append(change.Persons, place)
	}
	c.Changes = append(c.Changes, change)
}

// person finds someone of one assessment in the other: by ID, as names may have changed.
func personIn(a *Assessment, id string) (Person, bool) {
	i := slices.IndexFunc(a.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return a.People[i], true
}

// isGone says whether someone active in the earlier assessment is not in the later one. Where a source is not read any more, only
// those who are said to have left are: others may be at work there.
func (c *comparing) isGone(person Person) bool {
	now, known := personIn(c.after, person.ID)
	if c.lost.source() != "" {
		return person.Active && known && now.Left
	}
	return person.Active && (!known || !now.Active)
}

// lastSeen writes when someone last did what counts as being there, by the later assessment where it knows them: merging
// what others wrote does not.
func (c *comparing) lastSeen(person Person) string {
	if now, known := personIn(c.after, person.ID); known {
		person = now
	}
	did := "authored or reviewed code"
	if len(c.after.Work.Trackers) > 0 {
		did += ", or worked on a ticket,"
	}
	if person.Left {
		return person.Name + " has left"
	}
	return fmt.Sprintf("%s last %s on %s", person.Name, did, dayOf(person.LastSeen))
}

func byKey[T any](list []T, key func(*T) string) map[string]*T {
	found := make(map[string]*T, len(list))
	for i := range list {
		found[key(&list[i])] = &list[i]
	}
	return found
}
