package analyzer

import (
	"fmt"
	"time"

	"keyperson/sources"
)

// leastPractised is the number of people who must have done a task more than once for it to be shared.
const leastPractised = 2

// setLevel fills in the level, and says by what.
func (k *kindOfWork) setLevel() {
	t := k.task
	t.Level, t.LevelReason = k.level()
	if pinned := k.rule.Level; pinned != nil && holdsAt(pinned, k.graph.AsOf) {
		t.LevelReason = fmt.Sprintf("set to %s until %s: %s; by evidence it would be %s", pinned.Level, untilDay(pinned), pinned.Reason, t.Level)
		t.Level = Level(pinned.Level)
	}
}

func (k *kindOfWork) level() (Level, string) {
	t := k.task
	switch practised := k.present(); {
	case !t.Enough:
		return LevelUnknown, fmt.Sprintf("%s; a level needs five", count(t.Executions, "execution"))
	case t.Dormant:
		return LevelUnknown, "not done since " + t.Last.Format(time.DateOnly)
	case t.Maturity >= Fresh && practised >= leastPractised:
		return LevelC, fmt.Sprintf("a procedure at %s, and %s done it more than once", t.Maturity, activePeople(practised))
	case t.Routineness.Value < routineFrom:
		return LevelA, fmt.Sprintf("judgement: routineness %.2f is under %.2f", t.Routineness.Value, routineFrom)
	case t.Maturity >= Fresh:
		return LevelB, fmt.Sprintf("routine, with a procedure at %s, but %s done it more than once; C needs two", t.Maturity, activePeople(practised))
	case practised >= leastPractised:
		return LevelB, fmt.Sprintf("routine, but the procedure is at %s; C needs M3", t.Maturity)
	default:
		return LevelB, fmt.Sprintf("routine, but the procedure is at %s (C needs M3) and %s done it more than once (C needs two)", t.Maturity, activePeople(practised))
	}
}

func activePeople(n int) string {
	if n == 1 {
		return "1 active person has"
	}
	return fmt.Sprintf("%d active people have", n)
}

func holdsAt(pinned *sources.LevelRule, asOf int64) bool { return asOf <= pinned.Until }

func untilDay(pinned *sources.LevelRule) string { return fromUnix(pinned.Until).Format(time.DateOnly) }

// expiredLevels are the levels of the configuration that no longer hold.
func expiredLevels(tasks []Task, w *work) []sources.Finding {
	var findings []sources.Finding
	for i := range w.options.TaskRules {
		rule := &w.options.TaskRules[i]
		if rule.Level == nil || holdsAt(rule.Level, w.graph.AsOf) {
			continue
		}
		now := LevelUnknown
		for j := range tasks {
			if tasks[j].ID == rule.ID {
				now = tasks[j].Level
			}
		}
		findings = append(findings, sources.Finding{
			Code:    "level-expired",
			Message: fmt.Sprintf("the level %s of task %s held until %s and no longer counts; by evidence it is %s", rule.Level.Level, rule.ID, untilDay(rule.Level), now),
			Advice:  "Take the level out of the configuration, or give it a new reason and a new end.",
		})
	}
	return findings
}
