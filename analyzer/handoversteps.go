package analyzer

import (
	"fmt"
	"time"

	"keyperson/analyzer/ranking"
)

// Hours that steps take of all who take part; starting values.
const (
	dictateHours    = 2.0  // of the one who knows: to tell, and to read what came of it
	writeHours      = 4.0  // of the one who writes
	watchHours      = 0.5  // of each of two, besides the execution
	defaultHandling = 1.0  // of one execution, where no source tells
	walkHours       = 1.0  // of each of two: what is where, and why
	pairHours       = 1.0  // of each of two: one change by the successor, reviewed by the leaver
	reassignHours   = 0.25 // of one, for one ticket or line
	standAsideHours = 1.0  // of each
	runsByOthers    = 2
)

// planSteps lists what is still to do, in order: what stops first, then what is known to nobody else, then what still names
// the leaver. Someone learns each task and cluster: the nearest, else the first successor.
func (h *handing) planSteps() {
	if len(h.Successors) == 0 || h.Successors[0].Confidence == ranking.NoOne {
		if len(h.only) > 0 || len(h.Tasks) > 0 {
			h.step("Find and name someone to take over: no one here is near it", nil, Hours{}, "every step below needs them")
		}
	}
	for i := range h.Tasks {
		if t := &h.Tasks[i]; t.needsProof() && t.Proven == nil {
			h.stepsOfTask(t)
		}
	}
	for i := range h.Clusters {
		if h.Clusters[i].Touched == 0 {
			h.stepsOfCluster(&h.Clusters[i])
		}
	}
	h.stepsOfOpenEnds()
	if len(h.Clusters) > 0 || len(h.Tasks) > 0 {
		who := h.pair(-1)
		h.step("The successors do all of it for two weeks; "+h.name(h.leaver)+" answers questions and does nothing", who, exactly(standAsideHours*float64(len(who))), "what was forgotten shows now")
	}
	h.setDates()
}

func (h *handing) step(what string, who []int, hours Hours, why string) {
	h.Steps = append(h.Steps, HandoverStep{What: what, Who: who, Hours: hours, Why: why})
	h.Hours = h.Hours.plus(hours)
}

// pair is the leaver and who learns: the one given, else the first successor, if there is any.
func (h *handing) pair(learner int) []int {
	if learner < 0 && len(h.Successors) > 0 {
		learner = h.Successors[0].Person
	}
	if learner < 0 {
		return []int{h.Leaver}
	}
	return []int{h.Leaver, learner}
}

// stepsOfTask is one step: for routine work a manual, and two runs by it; for judgement, which no manual carries, two cases together and one
// alone.
func (h *handing) stepsOfTask(t *HandoverTask) {
	who := h.pair(t.Nearest)
	leaver := h.name(h.leaver)
	run := exactly(defaultHandling)
	if t.Hours != nil {
		run = *t.Hours
	} else {
		h.Assumed++
	}
	run = run.plus(exactly(watchHours * float64(len(who))))
	hours := run.times(runsByOthers)
	var what string
	switch {
	case t.IsJudgement:
		what = fmt.Sprintf("%s: do two cases together, then one without %s", t.Name, leaver)
		hours = run.times(runsByOthers + 1)
	case t.Maturity < Structured && t.Runbook == "":
		what = fmt.Sprintf("%s: write its manual, then do it twice by that, %s watching", t.Name, leaver)
		hours = hours.plus(exactly(dictateHours + writeHours))
	case t.Maturity < Structured:
		what = fmt.Sprintf("%s: complete its manual %s, then do it twice by that, %s watching", t.Name, t.Runbook, leaver)
		hours = hours.plus(exactly(dictateHours + writeHours))
	default:
		what = fmt.Sprintf("%s: do it twice by its manual %s, %s watching", t.Name, t.Runbook, leaver)
	}
	why := fmt.Sprintf("without %s the chance that nobody can do it is %s (n = %s, %s in the last year)",
		leaver, percent(t.RiskAfter), count(t.Executions, "execution"), times(t.Recent))
	if t.Chances > 0 {
		why += fmt.Sprintf("; about %.0f more until %s", t.Chances, h.Due.Format(time.DateOnly))
	}
	h.step(what, who, hours, why)
}

func (h *handing) stepsOfCluster(c *KnowledgeCluster) {
	who := h.pair(c.Nearest)
	why := fmt.Sprintf("%s that only %s knows, %s of what changes here", plural(c.Files, "file", "files"), h.name(h.leaver), percent(c.Weight))
	h.step(fmt.Sprintf("Walk through %s, then one change there by the successor, reviewed by %s", c.Name, h.name(h.leaver)), who,
		exactly((walkHours+pairHours)*float64(len(who))), why)
}

func (h *handing) stepsOfOpenEnds() {
	counts := map[OpenEndKind]int{}
	for i := range h.Open {
		counts[h.Open[i].Kind]++
	}
	if n := counts[OpenTicket]; n > 0 {
		h.step(fmt.Sprintf("Give %s to someone else, or close them", plural(n, "open ticket", "open tickets")), []int{h.Leaver}, exactly(reassignHours*float64(n)), "they wait for "+h.name(h.leaver))
	}
	if n := counts[RunbookOwner] + counts[ListedOwner]; n > 0 {
		h.step(fmt.Sprintf("Name another owner in %s", plural(n, "line", "lines")), h.pair(-1), exactly(reassignHours*float64(n)), "reviews and alerts go to "+h.name(h.leaver))
	}
}

// setDates spreads the steps over the time until they are due, by the most hours they may take.
func (h *handing) setDates() {
	if !h.Due.After(h.AsOf) || h.Hours.AtMost == 0 {
		return
	}
	done := 0.0
	for i := range h.Steps {
		done += h.Steps[i].Hours.AtMost
		h.Steps[i].By = h.AsOf.Add(time.Duration(float64(h.Due.Sub(h.AsOf)) * done / h.Hours.AtMost)).Truncate(24 * time.Hour)
	}
}
