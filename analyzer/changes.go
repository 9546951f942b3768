package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
	if c.lost.any() != "" {
		return person.Active && known && now.Left
	}
	return person.Active && (!known || !now.Active)
}

// lastSeen writes when someone was last seen, by the later assessment where it knows them.
func (c *comparing) lastSeen(person Person) string {
	if now, known := personIn(c.after, person.ID); known {
		person = now
	}
	if person.Left {
		return person.Name + " has left"
	}
	return fmt.Sprintf("%s was last seen on %s", person.Name, person.LastSeen.UTC().Format("2006-01-02"))
}

// systems compares the verdicts, else the bus factors, else what one absence uncovers.
func (c *comparing) systems() {
	earlier := byKey(c.before.Systems, func(s *System) string { return s.ID })
	for i := range c.after.Systems {
		now := &c.after.Systems[i]
		was, existed := earlier[now.ID]
		if !existed {
			c.newSystem(now)
			continue
		}
		c.system(was, now)
	}
	later := byKey(c.after.Systems, func(s *System) string { return s.ID })
	for i := range c.before.Systems {
		was := &c.before.Systems[i]
		if later[was.ID] != nil {
			continue
		}
		change := Change{
			Subject: OfSystem, ID: was.ID, Name: was.Name, System: was.ID, Measure: "existence",
			Before: was.Verdict.words(), After: "gone", Direction: Neutral, Cause: CauseWorkEnded,
			Reason: "none of its files is in the later revision",
		}
		if c.lost.repository != "" {
			c.addAsData(change, notNowRead+c.lost.repository)
			continue
		}
		c.add(change)
	}
}

func (c *comparing) newSystem(now *System) {
	change := Change{
		Subject: OfSystem, ID: now.ID, Name: now.Name, System: now.ID, Measure: "existence",
		Before: "absent", After: now.Verdict.words(), Direction: Neutral,
		Cause: CauseNewWork, Reason: fmt.Sprintf("%s since then", count(now.RecentCommits, "recent commit")),
	}
	if c.added.repository != "" {
		c.addAsData(change, notYetRead+c.added.repository)
		return
	}
	c.add(change)
}

// isJudged says whether a verdict is one on people.
func (v Verdict) isJudged() bool { return v != VerdictThin && v != VerdictDormant }

func (c *comparing) system(was, now *System) {
	change := Change{Subject: OfSystem, ID: now.ID, Name: now.Name, System: now.ID}
	b, a := &was.BusFactor, &now.BusFactor
	switch {
	case was.Verdict != now.Verdict:
		change.Measure, change.Before, change.After = "verdict", was.Verdict.words(), now.Verdict.words()
		change.Direction = directionOf(float64(was.Verdict.rank() - now.Verdict.rank()))
		if !was.Verdict.isJudged() || !now.Verdict.isJudged() {
			change.Direction = Neutral
		}
	case !now.Verdict.isJudged():
		return
	case b.Value != a.Value && (a.Low > b.High || a.High < b.Low):
		change.Measure, change.Before, change.After = "bus factor", strconv.Itoa(b.Value), strconv.Itoa(a.Value)
		change.Direction = directionOf(float64(b.Value - a.Value))
	default:
		change.Measure, change.Before, change.After = "uncovered without one person", percent(was.UncoveredWithoutTop), percent(now.UncoveredWithoutTop)
		if change.Direction = moved(was.UncoveredWithoutTop, now.UncoveredWithoutTop, LeastMove); change.Direction == Neutral {
			return
		}
	}
	c.addSystemCause(change, was, now)
}

// directionOf reads a growing risk as worse.
func directionOf(growth float64) Direction {
	switch {
	case growth > 0:
		return Worse
	case growth < 0:
		return Better
	}
	return Neutral
}

// addSystemCause names who left or who came to cover it.
func (c *comparing) addSystemCause(change Change, was, now *System) {
	before := c.people(c.before, was.KeyPeople, was.TopPerson)
	after := c.people(c.after, now.KeyPeople, now.TopPerson)
	if change.Direction != Better {
		for _, person := range before {
			if c.isGone(person) {
				change.Cause, change.Reason = CausePersonLeft, c.lastSeen(person)
				c.add(change, person)
				return
			}
		}
	}
	if change.Direction == Worse && c.lost.any() != "" {
		c.addAsData(change, notNowRead+c.lost.any())
		return
	}
	if now.Verdict == VerdictDormant {
		change.Cause, change.Reason = CauseWorkEnded, now.VerdictReason
		c.add(change)
		return
	}
	for _, person := range after {
		if slices.ContainsFunc(before, func(p Person) bool { return p.ID == person.ID }) {
			continue
		}
		change.Cause, change.Reason = CauseWorkMoved, fmt.Sprintf("%s covers what others did before", person.Name)
		if change.Direction == Better {
			change.Cause, change.Reason = CauseSecondPerson, fmt.Sprintf("%s has come to cover part of it", person.Name)
		}
		c.add(change, person)
		return
	}
	if reason := c.otherData(); reason != "" {
		c.addAsData(change, reason)
		return
	}
	change.Cause = CauseWorkMoved
	change.Reason = fmt.Sprintf("%s active on it, %s before; %s", countPeople(now.ActivePeople), countPeople(was.ActivePeople), now.VerdictReason)
	c.add(change)
}

func countPeople(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// people are those a system's number is about.
func (c *comparing) people(a *Assessment, keys []KeyPerson, top int) []Person {
	var people []Person
	if top >= 0 {
		people = append(people, a.People[top])
	}
	for _, key := range keys {
		if key.Person != top {
			people = append(people, a.People[key.Person])
		}
	}
	return people
}

func byKey[T any](list []T, key func(*T) string) map[string]*T {
	found := make(map[string]*T, len(list))
	for i := range list {
		found[key(&list[i])] = &list[i]
	}
	return found
}

// words is the verdict as a sentence has it.
func (v Verdict) words() string {
	switch v {
	case VerdictOrphaned:
		return "nobody left"
	case VerdictThinlyCovered:
		return "thinly covered"
	case VerdictOnePerson:
		return "one person"
	case VerdictTwoPeople:
		return "two people"
	case VerdictThin:
		return "not enough evidence"
	}
	return strings.ReplaceAll(string(v), "-", " ")
}
