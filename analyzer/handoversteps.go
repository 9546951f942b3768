package analyzer

import (
	"fmt"
	"slices"
	"strings"
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

// planSteps lists what to do, in order: what stops first, then what is known to nobody else, then what still names
// the leaver. Someone learns each task and cluster: the nearest, else the first successor.
func (h *handing) planSteps() {
	if len(h.Successors) == 0 || h.Successors[0].Confidence == ranking.NoOne {
		if len(h.only) > 0 || len(h.Tasks) > 0 {
			h.step("Find and name someone to take over: no one here is near it", nil, 0, "every step below needs them")
		}
	}
	for i := range h.Tasks {
		if h.Tasks[i].Stops {
			h.stepsOfTask(&h.Tasks[i])
		}
	}
	for i := range h.Clusters {
		h.stepsOfCluster(&h.Clusters[i])
	}
	h.stepsOfOpenEnds()
	if len(h.Clusters) > 0 || len(h.Tasks) > 0 {
		who := h.pair(-1)
		h.step("The successors do all of it for two weeks; "+h.name(h.leaver)+" answers questions and does nothing", who, standAsideHours*float64(len(who)), "what was forgotten shows now")
	}
	h.setDates()
}

func (h *handing) step(what string, who []int, hours float64, why string) {
	h.Steps = append(h.Steps, HandoverStep{What: what, Who: who, Hours: hours, Why: why})
	h.Hours += hours
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
	handling := defaultHandling
	if t.Hours != nil {
		handling = *t.Hours
	}
	hours := runsByOthers * (handling + watchHours*float64(len(who)))
	var what string
	switch {
	case t.IsJudgement:
		what = fmt.Sprintf("%s: do two cases together, then one without %s", t.Name, leaver)
		hours = (runsByOthers + 1) * (handling + watchHours*float64(len(who)))
	case t.Maturity < Structured && t.Runbook == "":
		what = fmt.Sprintf("%s: write its manual, then do it twice by that, %s watching", t.Name, leaver)
		hours += dictateHours + writeHours
	case t.Maturity < Structured:
		what = fmt.Sprintf("%s: complete its manual %s, then do it twice by that, %s watching", t.Name, t.Runbook, leaver)
		hours += dictateHours + writeHours
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
		(walkHours+pairHours)*float64(len(who)), why)
}

func (h *handing) stepsOfOpenEnds() {
	counts := map[OpenEndKind]int{}
	for i := range h.Open {
		counts[h.Open[i].Kind]++
	}
	if n := counts[OpenTicket]; n > 0 {
		h.step(fmt.Sprintf("Give %s to someone else, or close them", plural(n, "open ticket", "open tickets")), []int{h.Leaver}, reassignHours*float64(n), "they wait for "+h.name(h.leaver))
	}
	if n := counts[RunbookOwner] + counts[ListedOwner]; n > 0 {
		h.step(fmt.Sprintf("Name another owner in %s", plural(n, "line", "lines")), h.pair(-1), reassignHours*float64(n), "reviews and alerts go to "+h.name(h.leaver))
	}
}

// setDates spreads the steps over the time until they are due, by their hours.
func (h *handing) setDates() {
	if !h.Due.After(h.AsOf) || h.Hours == 0 {
		return
	}
	done := 0.0
	for i := range h.Steps {
		done += h.Steps[i].Hours
		h.Steps[i].By = h.AsOf.Add(time.Duration(float64(h.Due.Sub(h.AsOf)) * done / h.Hours)).Truncate(24 * time.Hour)
	}
}

// setCriteria says when the handover is done.
func (h *handing) setCriteria() {
	h.taskCriteria()
	for i := range h.Clusters {
		c := &h.Clusters[i]
		h.criterion("cluster:"+c.Name, "a successor has changed or reviewed something in "+c.Name, c.Touched > 0,
			fmt.Sprintf("successors touched %d of %s in the %.0f days before %s", c.Touched, plural(c.Files, "file", "files"), h.options.ActivityWindowDays, h.AsOf.Format(time.DateOnly)))
	}
	h.openCriteria()
	over := h.overCap()
	detail := fmt.Sprintf("at most %d systems and tasks may hang on one person", h.LoadCap)
	if len(over) > 0 {
		detail = strings.Join(over, ", ") + "; " + detail
	}
	h.criterion("load", "no successor is over the cap", len(over) == 0, detail)
	if len(h.Successors) == 0 {
		h.criterion("successor", "someone is named to take over", len(h.Clusters) == 0 && len(h.Tasks) == 0, "nobody active has done any of it, or come near it")
	}
	for _, manual := range []struct{ id, text string }{
		{"access", "accounts, keys and permissions that only " + h.name(h.leaver) + " has were passed on or closed"},
		{"contacts", "suppliers, customers and on-call rotations know whom to turn to"},
		{"alone", "the successors worked for two weeks without asking"},
	} {
		h.Criteria = append(h.Criteria, Criterion{manual.id, manual.text, Manual, "no evidence can show it"})
	}
}

func (h *handing) criterion(id, text string, passes bool, detail string) {
	state := Fail
	if passes {
		state = Pass
	}
	h.Criteria = append(h.Criteria, Criterion{id, text, state, detail})
}

// taskCriteria ask for routine work that a successor did it by its manual, and for judgement that one can do it alone.
func (h *handing) taskCriteria() {
	for i := range h.Tasks {
		t := &h.Tasks[i]
		text, passes := fmt.Sprintf("a successor has done %q by its manual", t.Name), t.Practised
		detail := "it has no manual"
		switch {
		case t.IsJudgement:
			text, passes = fmt.Sprintf("a successor can do %q alone", t.Name), t.DoneByNearest
			if detail = "no successor has done it twice lately"; passes {
				detail = h.roster.listed[t.Nearest].Name + " has done it twice lately, or more"
			}
		case t.Practised:
			detail = "done by the manual " + t.Runbook
		case t.Runbook != "":
			detail = "no successor has cited the manual " + t.Runbook + " (" + t.Maturity.String() + ") in a ticket they did"
		}
		if t.Stops || passes {
			h.criterion("task:"+t.Task, text, passes, detail)
		}
	}
}

func (h *handing) openCriteria() {
	kinds := map[OpenEndKind][]string{}
	for i := range h.Open {
		kinds[h.Open[i].Kind] = append(kinds[h.Open[i].Kind], h.Open[i].Where)
	}
	if len(h.evidence.Tickets) > 0 && h.prefix == "" {
		open := kinds[OpenTicket]
		h.criterion("open-tickets", "no open ticket waits for "+h.name(h.leaver), len(open) == 0, found(open))
	}
	named := slices.Concat(kinds[RunbookOwner], kinds[ListedOwner])
	h.criterion("owner-lines", "no line lists "+h.name(h.leaver)+" as owner", len(named) == 0, found(named))
}

// found names what was found, the first few of it.
func found(list []string) string {
	const few = 3
	if len(list) == 0 {
		return "none found"
	}
	text := strings.Join(list[:min(few, len(list))], ", ")
	if more := len(list) - few; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (h *handing) overCap() []string {
	var over []string
	for i := range h.Successors {
		if s := &h.Successors[i]; s.Load.OverCap {
			over = append(over, fmt.Sprintf("%s would hold %d", h.roster.listed[s.Person].Name, s.Load.After))
		}
	}
	return over
}
