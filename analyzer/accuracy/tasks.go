package accuracy

import (
	"fmt"
	"math"
	"strings"

	"keyperson/analyzer"
	"keyperson/sources/demo"
)

// matched finds the task of the assessment for each kind that was planted, by what its tickets have in common; tasks
// that belong to none are returned beside them.
func (c *Case) matched() (found map[string]*analyzer.Task, strays []*analyzer.Task) {
	found = map[string]*analyzer.Task{}
	for i := range c.Assessment.Tasks {
		task := &c.Assessment.Tasks[i]
		if truth := c.truthOf(task); truth != nil && found[truth.ID] == nil {
			found[truth.ID] = task
		} else {
			strays = append(strays, task)
		}
	}
	return found, strays
}

func (c *Case) truthOf(task *analyzer.Task) *demo.TaskTruth {
	rule := strings.ToLower(task.Rule)
	for i := range c.Truth.Tasks {
		truth := &c.Truth.Tasks[i]
		match := strings.ToLower(truth.Match)
		isOf := false
		switch truth.PlacedBy {
		case "rule":
			isOf = task.ID == truth.Match
		case "request type":
			isOf = strings.HasPrefix(rule, "request type") && strings.Contains(rule, match)
		case "component and type":
			words := strings.ToLower(truth.Words)
			isOf = strings.HasPrefix(rule, "component "+match+",") &&
				(strings.HasSuffix(rule, "type "+strings.ToLower(truth.Type)) || words != "" && strings.Contains(rule, words))
		case "template":
			isOf = strings.HasPrefix(rule, "template") && strings.Contains(rule, match)
		}
		if isOf {
			return truth
		}
	}
	return nil
}

// part is the planted kind that a task is part of: tickets of it that lost what places them, and that their words put
// together again; nil where it is part of none.
func (c *Case) part(task *analyzer.Task) *demo.TaskTruth {
	rule := strings.ToLower(task.Rule)
	for i := range c.Truth.Tasks {
		if words := c.Truth.Tasks[i].Words; words != "" && strings.Contains(rule, strings.ToLower(words)) {
			return &c.Truth.Tasks[i]
		}
	}
	return nil
}

// eachTask calls the function with every planted kind of which something can be said and the task found for it, nil for none.
func (c *Case) eachTask(do func(truth *demo.TaskTruth, task *analyzer.Task)) {
	found, _ := c.matched()
	for i := range c.Truth.Tasks {
		if truth := &c.Truth.Tasks[i]; !truth.TooFew {
			do(truth, found[truth.ID])
		}
	}
}

// quadrants has a fact for each kind. A task that is none of them, nor part of one of which that is true, is wrong when it
// is called one to fix or to protect; and so is a kind of which nothing can be said.
func quadrants(c *Case) (planted, stated []string) {
	found, strays := c.matched()
	for i := range c.Truth.Tasks {
		truth := &c.Truth.Tasks[i]
		if !truth.TooFew {
			planted = append(planted, truth.ID+": "+truth.Quadrant)
		}
		if task := found[truth.ID]; task != nil && task.Quadrant != analyzer.QuadrantUnknown {
			stated = append(stated, truth.ID+": "+string(task.Quadrant))
		}
	}
	for _, task := range strays {
		isPressing := task.Quadrant == analyzer.Fix || task.Quadrant == analyzer.Protect
		if truth := c.part(task); isPressing && (truth == nil || truth.Quadrant != string(task.Quadrant)) {
			stated = append(stated, "("+task.Rule+"): "+string(task.Quadrant))
		}
	}
	return planted, stated
}

// CraftToFix lists the craftsman's kinds that were called ones to fix.
func CraftToFix(c *Case) []string {
	var wrong []string
	c.eachTask(func(truth *demo.TaskTruth, task *analyzer.Task) {
		if truth.Quadrant == string(analyzer.Protect) && task != nil && task.Quadrant == analyzer.Fix {
			wrong = append(wrong, truth.ID)
		}
	})
	return wrong
}

func levels(c *Case) (planted, found []string) {
	c.eachTask(func(truth *demo.TaskTruth, task *analyzer.Task) {
		planted = append(planted, truth.ID+": level "+truth.Level)
		if task != nil {
			found = append(found, truth.ID+": level "+string(task.Level))
		}
	})
	return planted, found
}

// holders has a fact for each kind that one person alone can do: the chance that nobody can, with them away, is a half at least.
func holders(c *Case) (planted, found []string) {
	who := c.trulyWho()
	c.eachTask(func(truth *demo.TaskTruth, task *analyzer.Task) {
		if truth.Holder != "" {
			planted = append(planted, truth.ID+" hangs on "+truth.Holder)
		}
		if task != nil && task.AbsenceRisk >= 0.5 && task.TopPerson >= 0 {
			found = append(found, truth.ID+" hangs on "+who[c.Assessment.People[task.TopPerson].ID])
		}
	})
	return planted, found
}

// countedWithin is how far a count may be off: the tickets that lost their component are counted elsewhere.
const countedWithin = 0.12

func executionCounts(c *Case) (planted, found []string) {
	c.eachTask(func(truth *demo.TaskTruth, task *analyzer.Task) {
		fact := fmt.Sprintf("%s: %d executions", truth.ID, truth.Executions)
		planted = append(planted, fact)
		switch {
		case task == nil:
		case math.Abs(float64(task.Executions-truth.Executions)) <= countedWithin*float64(truth.Executions):
			found = append(found, fact)
		default:
			found = append(found, fmt.Sprintf("%s: %d executions instead of %d", truth.ID, task.Executions, truth.Executions))
		}
	})
	return planted, found
}

// classes has a fact for what sets a kind off; what one person does without a procedure is personal.
func classes(c *Case) (planted, found []string) {
	c.eachTask(func(truth *demo.TaskTruth, task *analyzer.Task) {
		class := truth.Class
		if class == "" {
			return
		}
		if truth.Alone && truth.Runbook == "" {
			class = string(analyzer.Personal)
		}
		planted = append(planted, truth.ID+": "+class)
		if task != nil {
			found = append(found, truth.ID+": "+string(task.Class))
		}
	})
	return planted, found
}
