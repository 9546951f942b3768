package analyzer

import (
	"fmt"
	"strings"
)

// runbooks compares the maturity of procedures.
func (c *comparing) runbooks() {
	earlier := byKey(c.before.Runbooks, (*Runbook).key)
	for i := range c.after.Runbooks {
		now := &c.after.Runbooks[i]
		was := earlier[now.key()]
		change := changeOf(now)
		change.After = now.Maturity.String()
		switch {
		case was == nil:
			c.newRunbook(change, now)
		case now.Maturity != was.Maturity:
			change.Before = was.Maturity.String()
			c.runbook(change, was, now)
		}
	}
	for i := range c.before.Runbooks {
		was := &c.before.Runbooks[i]
		if c.procedures[was.key()] != nil {
			continue
		}
		change := changeOf(was)
		change.Before, change.After = was.Maturity.String(), "gone"
		if !c.isDeleted(was) {
			c.addAsData(change, notNowRead+"repository "+was.Repository)
			continue
		}
		change.Direction, change.Cause, change.Reason = Worse, CauseRunbookDeleted, "it is not in the later revision"
		c.add(change)
	}
}

func changeOf(r *Runbook) Change {
	return Change{Subject: OfRunbook, ID: r.key(), Name: r.Title, System: strings.Join(r.Systems, ", "), Measure: "maturity"}
}

func (c *comparing) newRunbook(change Change, now *Runbook) {
	change.Before = NoRunbook.String()
	if !c.before.hasRead(now.Repository) {
		c.addAsData(change, notYetRead+"repository "+now.Repository)
		return
	}
	change.Direction, change.Cause = Better, CauseRunbookWritten
	change.Reason = fmt.Sprintf("%s of it say something new", count(now.Substantive, "revision"))
	c.add(change)
}

// runbook names why a maturity moved. From executed by others on it rests on tickets, and moves with what is read of them.
func (c *comparing) runbook(change Change, was, now *Runbook) {
	rises := now.Maturity > was.Maturity
	restsOnTickets := max(was.Maturity, now.Maturity) >= ExecutedByOthers
	switch {
	case rises && restsOnTickets && c.added.tracker != "":
		c.addAsData(change, notYetRead+c.added.tracker)
		return
	case !rises && restsOnTickets && c.lost.tracker != "":
		c.addAsData(change, notNowRead+c.lost.tracker)
		return
	case rises:
		change.Direction, change.Cause = Better, CauseRunbookImproved
		change.Reason = "it no longer lacks " + strings.Join(was.Missing, ", ")
	default:
		change.Direction, change.Cause = Worse, CauseRunbookStale
		change.Reason = "it lacks " + strings.Join(now.Missing, ", ")
	}
	c.add(change)
}

// isDeleted says whether a procedure of the earlier assessment is gone from a repository that the later one has read.
func (c *comparing) isDeleted(was *Runbook) bool {
	return c.procedures[was.key()] == nil && c.after.hasRead(was.Repository)
}

// key names a runbook across assessments.
func (r *Runbook) key() string { return r.Repository + ":" + r.Path }
