package analyzer

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

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
		if c.lost.ofSystems() != "" {
			c.addAsData(change, notNowRead+c.lost.ofSystems())
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
	if c.added.ofSystems() != "" {
		c.addAsData(change, notYetRead+c.added.ofSystems())
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
		change.Direction = moved(float64(now.Verdict.rank()), float64(was.Verdict.rank()), 0)
		if !was.Verdict.isJudged() || !now.Verdict.isJudged() {
			change.Direction = Neutral
		}
	case !now.Verdict.isJudged():
		return
	case b.Value != a.Value && (a.Low > b.High || a.High < b.Low):
		change.Measure, change.Before, change.After = "bus factor", strconv.Itoa(b.Value), strconv.Itoa(a.Value)
		change.Direction = moved(float64(a.Value), float64(b.Value), 0)
	default:
		change.Measure, change.Before, change.After = "uncovered without one person", percent(was.UncoveredWithoutTop), percent(now.UncoveredWithoutTop)
		if change.Direction = moved(was.UncoveredWithoutTop, now.UncoveredWithoutTop, LeastMove); change.Direction == Neutral {
			return
		}
	}
	c.addSystemCause(change, was, now)
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
	switch {
	case now.Verdict == VerdictDormant:
		change.Cause, change.Reason = CauseWorkEnded, now.VerdictReason
		c.add(change)
		return
	case !was.Verdict.isJudged() && c.otherData() != "":
		c.addAsData(change, c.otherData())
		return
	case was.Verdict == VerdictDormant:
		change.Cause, change.Reason = CauseMoreWork, fmt.Sprintf("%s within the activity window, %d before", count(now.RecentCommits, "commit"), was.RecentCommits)
		c.add(change)
		return
	case was.Verdict == VerdictThin:
		change.Cause, change.Reason = CauseMoreWork, fmt.Sprintf("%s that say who knows it, %d before", count(now.Commits, "commit"), was.Commits)
		c.add(change)
		return
	}
	for _, person := range after {
		if slices.ContainsFunc(before, func(p Person) bool { return p.ID == person.ID }) {
			continue
		}
		change.Cause, change.Reason = CauseWorkMoved, fmt.Sprintf("%s covers what others did before", person.Name)
		if was.Verdict == VerdictOrphaned {
			change.Reason = fmt.Sprintf("%s has come to cover part of what nobody did", person.Name)
		}
		if change.Direction == Better && was.Verdict != VerdictOrphaned { // where nobody covered most of it, they are the first
			change.Cause, change.Reason = CauseSecondPerson, fmt.Sprintf("%s has come to cover part of it", person.Name)
		}
		c.add(change, person)
		return
	}
	if reason := c.otherData(); reason != "" {
		c.addAsData(change, reason)
		return
	}
	c.addShift(change, was, now)
}

// addShift names whose share of a system moved most: of what got worse whose went down, of what got better whose went up.
func (c *comparing) addShift(change Change, was, now *System) {
	change.Cause = CauseWorkMoved
	person, from, to := c.shifted(was, now, change.Direction)
	isGone := false
	if person != nil {
		earlier, known := personIn(c.before, person.ID)
		isGone = known && c.isGone(earlier)
	}
	switch {
	case person == nil:
		change.Reason = fmt.Sprintf("many small shifts: one absence leaves %s of it uncovered, %s before (n = %s)",
			percent(now.UncoveredWithoutTop), percent(was.UncoveredWithoutTop), count(now.Commits, "commit"))
		c.add(change)
		return
	case to < from && isGone:
		change.Cause, change.Reason = CausePersonLeft, c.lastSeen(*person)
	default:
		change.Reason = fmt.Sprintf("%s covers %s of it, %s before", person.Name, percent(to), percent(from))
	}
	c.add(change, *person)
}

// shifted is whose share of a system moved most, in the direction that explains a change, and from what to what; nil where
// nobody's moved by more than LeastMove.
func (c *comparing) shifted(was, now *System, direction Direction) (person *Person, from, to float64) {
	shares := map[string][2]float64{}
	var ids []string
	add := func(id string, at int, share float64) {
		both, known := shares[id]
		if !known {
			ids = append(ids, id)
		}
		both[at] = share
		shares[id] = both
	}
	for _, coverer := range was.Coverers {
		add(c.before.People[coverer.Person].ID, 0, coverer.Share)
	}
	for _, coverer := range now.Coverers {
		add(c.after.People[coverer.Person].ID, 1, coverer.Share)
	}
	most := LeastMove
	for _, id := range ids {
		grown := shares[id][1] - shares[id][0]
		explains := direction == Neutral || (grown > 0) == (direction == Better)
		if explains && math.Abs(grown) > most {
			found, known := personIn(c.after, id)
			if !known {
				found, _ = personIn(c.before, id)
			}
			person, from, to, most = &found, shares[id][0], shares[id][1], math.Abs(grown)
		}
	}
	return person, from, to
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
