package accuracy

import (
	"fmt"
	"slices"

	"keyperson/analyzer"
)

// levelChange is a change between B and C of a kind that was planted, as some quarter's comparison states it.
type levelChange struct {
	fact  string
	cause analyzer.Cause
	task  string
}

func (c *Case) levelChanges() []levelChange {
	byID := map[string]string{}
	found, _ := c.matched()
	for planted, task := range found {
		byID[task.ID] = planted
	}
	var changes []levelChange
	for _, progress := range c.Progress {
		for i := range progress.Changes {
			change := &progress.Changes[i]
			if change.Subject != analyzer.OfTask || change.Measure != "level" || byID[change.ID] == "" {
				continue
			}
			if fact := change.Before + change.After; fact == "BC" || fact == "CB" {
				task := byID[change.ID]
				changes = append(changes, levelChange{fmt.Sprintf("%s: %s to %s", task, change.Before, change.After), change.Cause, task})
			}
		}
	}
	return changes
}

func levelChanges(c *Case) (planted, found []string) {
	for _, truth := range c.Truth.Changes {
		planted = append(planted, fmt.Sprintf("%s: %s to %s", truth.Task, truth.From, truth.To))
	}
	for _, change := range c.levelChanges() {
		found = append(found, change.fact)
	}
	return planted, found
}

// causes has a fact for the cause of each change that was found; of several that are true any will do.
func causes(c *Case) (planted, found []string) {
	changes := c.levelChanges()
	for _, truth := range c.Truth.Changes {
		fact := fmt.Sprintf("%s: %s to %s", truth.Task, truth.From, truth.To)
		planted = append(planted, fact+" because "+truth.Causes[0])
		for _, change := range changes {
			if change.fact != fact {
				continue
			}
			cause := string(change.cause)
			if slices.Contains(truth.Causes, cause) {
				cause = truth.Causes[0]
			}
			found = append(found, fact+" because "+cause)
		}
	}
	return planted, found
}
