package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer/taskkinds"
)

// assessWork fills in what tickets say: the tasks, and what they add to the systems.
func (w *work) assessWork(a *Assessment, x *executions) {
	if len(w.evidence.Tickets) == 0 {
		return
	}
	w.assessTasks(a, x)
	w.addTasks(a)
	a.Work.Cost = w.cost(a)
	a.Work.Sentences = w.taskSentences(a)
	slices.SortStableFunc(a.Systems, worseFirst)
}

// momentOf is a time of a ticket, zero where it is unknown.
func momentOf(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return fromUnix(seconds)
}

// workCatalog says what was read of tickets and how they were placed.
func (w *work) workCatalog(x *executions, placement *taskkinds.Placement) WorkCatalog {
	c := WorkCatalog{Tickets: len(x.seen)}
	for i := range w.evidence.Trackers {
		t := &w.evidence.Trackers[i]
		c.Trackers = append(c.Trackers, TrackerSummary{Label: t.Label, Origin: t.Origin, Tickets: t.Tickets, First: momentOf(t.First), Last: momentOf(t.Newest)})
	}
	byRule := map[taskkinds.Rule]PlacedTickets{}
	for i := range placement.Kinds {
		k := &placement.Kinds[i]
		placed := byRule[k.Rule]
		byRule[k.Rule] = PlacedTickets{Rule: k.Rule.String(), Tickets: placed.Tickets + len(k.Tickets), Tasks: placed.Tasks + 1}
		c.Placed += len(k.Tickets)
	}
	for rule := taskkinds.Configured; rule <= taskkinds.Template; rule++ {
		if placed, isUsed := byRule[rule]; isUsed {
			c.ByRule = append(c.ByRule, placed)
		}
	}
	var omitted omissionCount
	for _, ticket := range x.seen {
		omitted[x.fates[ticket].omission]++
	}
	c.Executions, c.NotExecutions = omitted[counted], omitted.list()
	c.Unmapped = w.unmappedTickets(x, placement)
	return c
}

// unmappedTickets gathers the tickets of no task by reason and by what they share.
func (w *work) unmappedTickets(x *executions, placement *taskkinds.Placement) []UnmappedTickets {
	type key struct{ reason, group string }
	at := map[key]int{}
	var list []UnmappedTickets
	for _, ticket := range x.seen {
		if placement.Of[ticket] >= 0 {
			continue
		}
		t := &w.evidence.Tickets[ticket]
		k := key{placement.Unplaced[ticket].String(), t.Type}
		switch placement.Unplaced[ticket] {
		case taskkinds.RareRequestType:
			k.group = w.options.Names.Shown(t.RequestType)
		case taskkinds.RareComponent:
			k.group = w.options.Names.Shown(strings.Join(t.Components, ", "))
		}
		if _, isKnown := at[k]; !isKnown {
			at[k] = len(list)
			list = append(list, UnmappedTickets{Reason: k.reason, Group: k.group, Example: t.Key, Summary: t.Summary})
		}
		list[at[k]].Count++
	}
	slices.SortFunc(list, func(a, b UnmappedTickets) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Group, b.Group))
	})
	return list
}

// sum adds up what the tasks say.
func (c *WorkCatalog) sum(tasks []Task) {
	for i := range tasks {
		t := &tasks[i]
		if t.Enough && !t.Dormant {
			c.Judged++
			if t.RiskNow >= stopsAt {
				c.Nobody++
			}
		}
		if t.StopsWithout {
			c.Stops++
		}
		c.SoleHours = SumHours(c.SoleHours, t.SolePersonHours)
		switch t.Level {
		case LevelA:
			c.Stock.A++
		case LevelB:
			c.Stock.B++
		case LevelC:
			c.Stock.C++
		default:
			c.Stock.Unknown++
		}
	}
}

// addTasks fills in what the tasks say of systems. The verdict on a system whose code is in more hands says so where
// one absence stops routine work.
func (w *work) addTasks(a *Assessment) {
	place := map[string]*System{}
	for i := range a.Systems {
		place[a.Systems[i].ID] = &a.Systems[i]
	}
	load := map[*System]*stoppable{}
	for i := range a.Tasks {
		for _, s := range []*System{place[a.Tasks[i].System], &a.Whole} {
			if s == nil {
				continue
			}
			if load[s] == nil {
				load[s] = &stoppable{}
			}
			s.addTask(&a.Tasks[i], i, load[s])
		}
	}
	for i := range a.Runbooks {
		a.Whole.Tasks.Runbooks++
		for _, id := range a.Runbooks[i].Systems {
			if s := place[id]; s != nil {
				s.Tasks.Runbooks++
			}
		}
	}
	for i := range a.Systems {
		if of := load[&a.Systems[i]]; of != nil {
			a.Systems[i].judgeTasks(of)
		}
	}
}

// stoppable is how much of a system's recurring work one absence stops.
type stoppable struct {
	recent, stops int      // executions of the last year, and those of tasks that one absence stops
	routine       bool     // one of these tasks is routine
	names         []string // of these tasks, the most pressing first
}

// addTask counts one task.
func (s *System) addTask(t *Task, index int, load *stoppable) {
	if !t.Enough || t.Dormant {
		return
	}
	s.Tasks.Count++
	s.Tasks.SoleHours = SumHours(s.Tasks.SoleHours, t.SolePersonHours)
	if s.Tasks.Worst < 0 {
		s.Tasks.Worst = index // they stand the most pressing first
	}
	load.recent += t.Recent
	if t.StopsWithout {
		s.Tasks.Stops++
		load.stops += t.Recent
		load.routine = load.routine || t.Quadrant == Fix
		load.names = append(load.names, t.Name)
	}
}

// judgeTasks gives a verdict where the code alone allows none: one absence stops routine work of the system, or half of its
// recurring work of the last year.
func (s *System) judgeTasks(of *stoppable) {
	if len(of.names) == 0 || !of.routine && 2*of.stops < of.recent || s.Verdict != VerdictThin {
		return
	}
	code := s.VerdictReason
	if s.Files == 0 {
		code = "no files belong to it"
	}
	s.Verdict = VerdictTaskStops
	s.VerdictReason = fmt.Sprintf("one absence would probably stop %s, %d of its %s in the last year; %s",
		of.names[0]+others(len(of.names)-1), of.stops, count(of.recent, "execution"), code)
}

func others(n int) string {
	if n <= 0 {
		return ""
	}
	return " and " + count(n, "other")
}
