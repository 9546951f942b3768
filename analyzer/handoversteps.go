package analyzer

import (
	"fmt"
	"math"
	"time"

	"keyperson/analyzer/ranking"
)

// Hours that steps take of all who take part; starting values.
const (
	dictateHours    = 2.0  // of the one who knows: to tell, and to read what came of it
	findOutHours    = 4.0  // instead, of the one who writes, where nobody is there to tell
	writeHours      = 4.0  // of the one who writes
	watchHours      = 0.5  // of each of two, besides the execution
	defaultHandling = 1.0  // of one execution, where no source tells
	walkHours       = 1.0  // of each of two: what is where, and why
	pairHours       = 1.0  // of each of two: one change by the successor, reviewed by the leaver
	reassignHours   = 0.25 // of one, for one ticket or line
	standAsideHours = 1.0  // of each
	standAsideDays  = 14   // in which nothing else is to do
	runsByOthers    = 2
)

// planSteps lists what is still to do, in order: what stops first, then what is known to nobody else, then what still names
// the leaver. Someone learns each task and cluster: the nearest, else the first successor.
func (h *handing) planSteps() {
	if len(h.Successors) == 0 || h.Successors[0].Confidence == ranking.NoOne {
		if len(h.only) > 0 || len(h.Tasks) > 0 {
			h.step(HandoverStep{What: "Find and name someone to take over: no one here is near it", Why: "every step below needs them"})
		}
	}
	for i := range h.Tasks {
		if t := &h.Tasks[i]; t.needsProof() && t.Proven == nil {
			h.stepOfTask(t)
		}
	}
	for i := range h.Clusters {
		if h.Clusters[i].Touched == 0 {
			h.stepOfCluster(&h.Clusters[i])
		}
	}
	h.stepsOfOpenEnds()
	if !h.isGone() && len(h.Successors) > 0 && len(h.Clusters)+len(h.Tasks) > 0 {
		who := h.pair(-1)
		h.step(HandoverStep{
			What: "The successors do all of it for two weeks; " + h.name(h.leaver) + " answers questions and does nothing", Who: who,
			Hours: exactly(standAsideHours * float64(len(who))), Days: standAsideDays, Why: "what was forgotten shows now",
		})
	}
	h.setDates()
}

// isGone says whether the leaver is not there any more: what they know is to be found out without them.
func (h *handing) isGone() bool { return !h.active[h.leaver] }

func (h *handing) step(s HandoverStep) {
	h.Steps = append(h.Steps, s)
	h.Hours = h.Hours.plus(s.Hours)
}

// pair is the leaver, while they are there, and who learns: the one given, else the first successor, if there is any.
func (h *handing) pair(learner int) []int {
	if learner < 0 && len(h.Successors) > 0 {
		learner = h.Successors[0].Person
	}
	var who []int
	if !h.isGone() {
		who = append(who, h.Leaver)
	}
	if learner >= 0 {
		who = append(who, learner)
	}
	return who
}

// stepOfTask is for routine work a manual, and two runs by it; for judgement, which no manual carries, two cases together and
// one alone.
func (h *handing) stepOfTask(t *HandoverTask) {
	who := h.pair(t.Nearest)
	run := exactly(defaultHandling)
	if t.Hours != nil {
		run = *t.Hours
	} else {
		h.Assumed++
	}
	run = run.plus(exactly(watchHours * float64(len(who))))
	step := HandoverStep{Who: who, Hours: run.times(runsByOthers)}
	subject := t.Name
	watching, told := fmt.Sprintf(", %s watching", h.name(h.leaver)), dictateHours
	if h.isGone() {
		watching, told = "", findOutHours
	}
	switch {
	case t.IsJudgement && h.isGone():
		step.Each = "do two cases, and write down what was decided and why"
	case t.IsJudgement:
		step.Each = "do two cases together, then one without " + h.name(h.leaver)
		step.Hours = run.times(runsByOthers + 1)
	case t.Maturity < Structured:
		step.Each = "write its manual"
		if t.Runbook != "" {
			step.Each, subject = "complete its manual", fmt.Sprintf("%s (%s)", t.Name, t.Runbook)
		} else if h.isGone() {
			step.Each = "find out from its tickets how it is done, write its manual"
		}
		step.Each += ", then do it twice by that" + watching
		step.Hours = step.Hours.plus(exactly(told + writeHours))
	default:
		step.Each, subject = "do it twice by its manual"+watching, fmt.Sprintf("%s (%s)", t.Name, t.Runbook)
	}
	step.What = subject + ": " + step.Each
	step.Subject = fmt.Sprintf("%s, %d a year", subject, t.Recent)
	step.Why = fmt.Sprintf("without %s the chance that nobody can do it is %s (n = %s, %s in the last year)",
		h.name(h.leaver), percent(t.RiskAfter), count(t.Executions, "execution"), times(t.Recent))
	if t.Chances > 0 {
		step.Why += fmt.Sprintf("; about %.0f more until %s", t.Chances, h.Due.Format(time.DateOnly))
	}
	h.step(step)
}

func (h *handing) stepOfCluster(c *KnowledgeCluster) {
	who := h.pair(c.Nearest)
	step := HandoverStep{
		What: fmt.Sprintf("Walk through %s, then one change there by the successor, reviewed by %s", c.Name, h.name(h.leaver)), Who: who,
		Each:  "walk through it, then one change there by the successor, reviewed by " + h.name(h.leaver),
		Hours: exactly((walkHours + pairHours) * float64(len(who))),
	}
	if h.isGone() {
		step.What, step.Each = "Read "+c.Name+", then change something there", "read it, then change something there"
	}
	step.Subject = fmt.Sprintf("%s, %s, %s", c.Name, plural(c.Files, "file", "files"), percent(c.Weight))
	step.Why = fmt.Sprintf("%s that only %s knows, %s of what changes here", plural(c.Files, "file", "files"), h.name(h.leaver), percent(c.Weight))
	h.step(step)
}

func (h *handing) stepsOfOpenEnds() {
	counts := map[OpenEndKind]int{}
	for i := range h.Open {
		counts[h.Open[i].Kind]++
	}
	if n := counts[OpenTicket]; n > 0 {
		who := h.pair(-1)
		h.step(HandoverStep{
			What: fmt.Sprintf("Give %s to someone else, or close them", plural(n, "open ticket", "open tickets")), Who: who[:min(1, len(who))],
			Hours: exactly(reassignHours * float64(n)), Why: "they wait for " + h.name(h.leaver),
		})
	}
	if n := counts[RunbookOwner] + counts[ListedOwner]; n > 0 {
		h.step(HandoverStep{
			What: fmt.Sprintf("Name another owner in %s", plural(n, "line", "lines")), Who: h.pair(-1),
			Hours: exactly(reassignHours * float64(n)), Why: "reviews and alerts go to " + h.name(h.leaver),
		})
	}
}

// setDates spreads the steps over the time until they are due, by the most hours they may take; those that take days have
// these at the end. Where the time cannot suffice there are no dates, and it is said how much is lacking.
func (h *handing) setDates() {
	if !h.Due.After(h.AsOf) || h.Hours.AtMost == 0 {
		return
	}
	days, hours := 0, 0.0
	for i := range h.Steps {
		days += h.Steps[i].Days
		if h.Steps[i].Days == 0 {
			hours += h.Steps[i].Hours.AtMost
		}
	}
	work := h.leastDays()
	if lacking := float64(work+days) - h.Due.Sub(h.AsOf).Hours()/24; lacking > 0 {
		h.TooEarly = &TooEarly{Days: int(math.Ceil(lacking)), Work: work, Last: days}
		return
	}
	spread := float64(h.Due.AddDate(0, 0, -days).Sub(h.AsOf))
	done := 0.0
	for i := range h.Steps {
		step := &h.Steps[i]
		if step.By = h.Due; step.Days == 0 {
			if done += step.Hours.AtMost; hours > 0 {
				step.By = h.AsOf.Add(time.Duration(spread * done / hours))
			}
		}
		step.By = step.By.Truncate(24 * time.Hour)
	}
}

// leastDays is how many days the steps counted in hours take at least, at full working days of whoever takes part in most of
// them, and five of these in a week.
func (h *handing) leastDays() int {
	most, of := 0.0, map[int]float64{}
	for i := range h.Steps {
		step := &h.Steps[i]
		for _, person := range step.Who {
			if step.Days == 0 {
				of[person] += step.Hours.AtLeast / float64(len(step.Who))
				most = max(most, of[person])
			}
		}
	}
	return int(math.Ceil(most / workingDayHours * 7 / 5))
}
