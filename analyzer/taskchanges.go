package analyzer

import (
	"fmt"
	"strings"
)

// tasks compares the levels, else the quadrants, else whether one person or nobody can do it, else the risks.
func (c *comparing) tasks() {
	earlier := byKey(c.before.Tasks, func(t *Task) string { return t.ID })
	for i := range c.after.Tasks {
		now := &c.after.Tasks[i]
		if was := earlier[now.ID]; was != nil {
			c.task(was, now)
		} else if now.Enough {
			c.newTask(now)
		}
	}
	later := byKey(c.after.Tasks, func(t *Task) string { return t.ID })
	for i := range c.before.Tasks {
		was := &c.before.Tasks[i]
		if was.Enough && was.Recent > 0 && later[was.ID] == nil {
			reason := "no ticket of the later assessment is placed in it"
			if c.lost.tracker != "" {
				reason = notNowRead + c.lost.tracker
			}
			c.addAsData(Change{
				Subject: OfTask, ID: was.ID, Name: was.Name, System: was.System, Measure: "existence",
				Before: "level " + string(was.Level), After: "gone",
			}, reason)
		}
	}
}

func (c *comparing) newTask(now *Task) {
	change := Change{
		Subject: OfTask, ID: now.ID, Name: now.Name, System: now.System, Measure: "existence",
		Before: "absent", After: "level " + string(now.Level), Direction: Neutral, Cause: CauseNewWork,
		Reason: fmt.Sprintf("first done on %s, %s since", dayOf(now.First), count(now.Executions, "execution")),
	}
	if c.added.any() != "" {
		c.addAsData(change, notYetRead+c.added.any())
		return
	}
	if !now.First.After(c.From) {
		change.Before = "not told apart"
		change.Reason = fmt.Sprintf("first done on %s, but by %s too rare to be told from other work; %s now", dayOf(now.First), dayOf(c.From), count(now.Executions, "execution"))
	}
	c.add(change)
}

func (c *comparing) task(was, now *Task) {
	change := Change{Subject: OfTask, ID: now.ID, Name: now.Name, System: now.System}
	switch {
	case was.Enough && was.Recent > 0 && now.Recent == 0:
		change.Measure, change.Before, change.After = "existence", "level "+string(was.Level), "no execution within a year"
		change.Direction, change.Cause = Neutral, CauseWorkEnded
		change.Reason = fmt.Sprintf("last done on %s", now.Last.UTC().Format("2006-01-02"))
		if c.lost.tracker != "" {
			c.addAsData(change, notNowRead+c.lost.tracker)
			return
		}
		c.add(change)
		return
	case !now.Enough:
		return
	case !was.Enough:
		change.Measure, change.Before, change.After = "existence", "not enough evidence", "level "+string(now.Level)
		change.Direction, change.Cause = Neutral, CauseNewWork
		change.Reason = fmt.Sprintf("%s by then, %s now", count(was.Executions, "execution"), count(now.Executions, "execution"))
		c.add(change)
		return
	}
	if !c.measureTask(&change, was, now) {
		return
	}
	c.addTaskCause(change, was, now)
}

// countConversion counts what went from level B to C, or back, in the world.
func (c *comparing) countConversion(change *Change) {
	switch {
	case change.Measure != "level" || change.Cause == CauseDataChanged:
	case change.Before == string(LevelB) && change.After == string(LevelC):
		c.Conversions++
	case change.Before == string(LevelC) && change.After == string(LevelB):
		c.Regressions++
	}
}

// measureTask fills in the most telling measure that changed; false when none did.
func (c *comparing) measureTask(change *Change, was, now *Task) bool {
	ruleBefore, _ := was.risk()
	rule, _ := now.risk()
	switch {
	case was.Level != now.Level:
		change.Measure, change.Before, change.After = "level", string(was.Level), string(now.Level)
		change.Direction = Neutral
		if was.Level == LevelC {
			change.Direction = Worse
		} else if now.Level == LevelC {
			change.Direction = Better
		}
	case was.Quadrant != now.Quadrant:
		change.Measure, change.Before, change.After = "quadrant", string(was.Quadrant), string(now.Quadrant)
		change.Direction = Neutral // the work became more or less routine
		if was.Quadrant.isConcentrated() != now.Quadrant.isConcentrated() {
			change.Direction = moved(was.AbsenceRisk, now.AbsenceRisk, 0)
		}
	case rule != ruleBefore && rule != "" && ruleBefore != "":
		change.Measure, change.Before, change.After = "people able", peopleAble(ruleBefore), peopleAble(rule)
		change.Direction = Better
		if rule.IsGraverThan(ruleBefore) {
			change.Direction = Worse
		}
	case rule == RiskTaskNobody:
		change.Measure, change.Before, change.After = "risk with everyone present", percent(was.RiskNow), percent(now.RiskNow)
		change.Direction = moved(was.RiskNow, now.RiskNow, LeastMove)
		return change.Direction != Neutral
	default:
		change.Measure, change.Before, change.After = "absence risk", percent(was.AbsenceRisk), percent(now.AbsenceRisk)
		change.Direction = moved(was.AbsenceRisk, now.AbsenceRisk, LeastMove)
		return change.Direction != Neutral
	}
	return true
}

// peopleAble says who could do a task that comes under a rule.
func peopleAble(rule RiskRule) string {
	if rule == RiskTaskNobody {
		return "nobody"
	}
	return "one person"
}

func (q Quadrant) isConcentrated() bool { return q == Fix || q == Protect }

// addTaskCause names the likeliest cause: for what got worse who left or which manual went stale, for what got better
// who practised or which manual was written.
func (c *comparing) addTaskCause(change Change, was, now *Task) {
	risesAt := now.Maturity > was.Maturity
	gone := c.ableAndGone(was)
	fresh := c.newlyAble(was, now)
	switch {
	case change.Direction != Better && len(gone) > 0:
		change.Cause = CausePersonLeft
		change.Reason = c.lastSeen(gone[0])
		c.add(change, gone...)
	case change.Direction == Worse && c.lost.source() != "":
		c.addAsData(change, notNowRead+c.lost.source())
	case change.Direction != Better && now.Maturity < was.Maturity && was.Runbook >= 0 && c.isDeleted(&c.before.Runbooks[was.Runbook]):
		change.Cause = CauseRunbookDeleted
		change.Reason = fmt.Sprintf("its procedure, M%d, is not in the later revision", was.Maturity)
		c.add(change)
	case change.Direction != Better && was.Maturity >= Fresh && now.Maturity < Fresh:
		change.Cause = CauseRunbookStale
		change.Reason = fmt.Sprintf("its procedure went from M%d to M%d", was.Maturity, now.Maturity)
		if now.Runbook >= 0 {
			change.Reason += "; it lacks " + strings.Join(c.after.Runbooks[now.Runbook].Missing, ", ")
		}
		c.add(change)
	case change.Direction != Worse && len(fresh) > 0:
		change.Cause = CauseSecondPerson
		change.Reason = fmt.Sprintf("%s can do it now", enumerated(names(fresh)))
		if risesAt {
			change.Reason += fmt.Sprintf(", and its procedure went from M%d to M%d", was.Maturity, now.Maturity)
		}
		c.add(change, fresh...)
	case change.Direction != Worse && was.Maturity == NoRunbook && now.Maturity > NoRunbook:
		change.Cause = CauseRunbookWritten
		change.Reason = fmt.Sprintf("a procedure was written: M%d", now.Maturity)
		c.add(change)
	case change.Direction != Worse && risesAt:
		change.Cause = CauseRunbookImproved
		change.Reason = fmt.Sprintf("its procedure went from M%d to M%d", was.Maturity, now.Maturity)
		c.add(change)
	case c.otherData() != "":
		c.addAsData(change, c.otherData())
	case change.Direction != Better && c.addFaded(change, was, now):
	default:
		change.Cause = CauseWorkMoved
		change.Reason = shareMoved(change.Direction, was, now)
		c.add(change)
	}
}

// shareMoved says how the share of whoever did a task most moved, where that went the way of the change and can be why.
func shareMoved(direction Direction, was, now *Task) string {
	if moved(was.TopShare, now.TopShare, LeastMove) == direction {
		return fmt.Sprintf("%s of its executions are by one person, %s before (n = %d, before %d)",
			percent(now.TopShare), percent(was.TopShare), now.Executions, was.Executions)
	}
	return fmt.Sprintf("many small shifts: the chance that one absence stops it is %s, %s before (n = %d, before %d)",
		percent(now.AbsenceRisk), percent(was.AbsenceRisk), now.Executions, was.Executions)
}

// leastFaded is how much practice someone present must have lost to be named for it; a starting value.
const leastFaded = 0.1

// addFaded names the one whose practice went down most although they are still there; false where nobody's did.
func (c *comparing) addFaded(change Change, was, now *Task) bool {
	most := leastFaded
	var faded Person
	var then, last Executor
	for _, before := range was.Executors {
		id := c.before.People[before.Person].ID
		after := Executor{LastSeen: before.LastSeen}
		for _, e := range now.Executors {
			if c.after.People[e.Person].ID == id {
				after = e
			}
		}
		person, known := personIn(c.after, id)
		if lost := before.Practice - after.Practice; known && person.Active && lost >= most {
			most, faded, then, last = lost, person, before, after
		}
	}
	if most == leastFaded {
		return false
	}
	change.Cause = CauseWorkMoved
	change.Reason = fmt.Sprintf("%s last did it on %s: practice %s, %s before", faded.Name, dayOf(last.LastSeen), percent(last.Practice), percent(then.Practice))
	c.add(change, faded)
	return true
}

// isAble says whether someone can do a task without help.
func (c Capability) isAble() bool { return c == Alone || c == Teaches }

// ableAndGone are those who could do the task and are not active any more.
func (c *comparing) ableAndGone(was *Task) []Person {
	var gone []Person
	for _, e := range was.Executors {
		if person := c.before.People[e.Person]; e.Capability.isAble() && c.isGone(person) {
			gone = append(gone, person)
		}
	}
	return gone
}

// newlyAble are those who can do the task now and could not before.
func (c *comparing) newlyAble(was, now *Task) []Person {
	could := map[string]bool{}
	for _, e := range was.Executors {
		if e.Capability.isAble() {
			could[c.before.People[e.Person].ID] = true
		}
	}
	var able []Person
	for _, e := range now.Executors {
		if person := c.after.People[e.Person]; e.Capability.isAble() && person.Active && !could[person.ID] {
			able = append(able, person)
		}
	}
	return able
}

func names(people []Person) []string {
	list := make([]string, len(people))
	for i := range people {
		list[i] = people[i].Name
	}
	return list
}

// enumerated joins names as a sentence does.
func enumerated(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
