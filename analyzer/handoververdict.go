package analyzer

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer/ranking"
)

// strongCovers is the share of what the leaver covers that a strong successor covers already; a starting value.
const strongCovers = 0.5

// littleAlone is the share of what changes under which a leaver leaves no more than remnants; a starting value.
const littleAlone = 0.1

// weakest is the weaker of the words that apply.
func weakest(hasCode bool, code ranking.Confidence, hasTasks bool, tasks ranking.Confidence) ranking.Confidence {
	order := []ranking.Confidence{ranking.Strong, ranking.Likely, ranking.Weak, ranking.NoOne}
	switch {
	case hasCode && hasTasks:
		return order[max(slices.Index(order, code), slices.Index(order, tasks))]
	case hasTasks:
		return tasks
	}
	return code
}

// confidenceByCode is the word as calibrated on files whose best-knowing person had left. It says who will probably do the next work;
// to be a strong successor takes to know half of it as well.
func confidenceByCode(c *candidate, covers float64) ranking.Confidence {
	switch word := ranking.AfterLeaving.Word(c.code); {
	case c.parts.Nearest() < minimumNearness:
		return ranking.Weak // the first of those who hardly came near
	case covers < strongCovers && word == ranking.Strong:
		return ranking.Likely
	default:
		return word
	}
}

// confidenceByTasks is strong for all of the tasks, likely for half of them; no backtest has calibrated it.
func confidenceByTasks(can, all int) ranking.Confidence {
	switch {
	case can == all:
		return ranking.Strong
	case 2*can >= all:
		return ranking.Likely
	}
	return ranking.Weak
}

// judge says who can take over, or that no one here can.
func (h *handing) judge() {
	leaver := h.name(h.leaver)
	stops := 0
	for i := range h.Tasks {
		if h.Tasks[i].Stops {
			stops++
		}
	}
	tail := ""
	if stops > 0 {
		tail = fmt.Sprintf(" Without %s %s.", leaver, plural(stops, "recurring task stops", "recurring tasks stop"))
	}
	for i := range h.Successors {
		if s := &h.Successors[i]; s.Strong {
			h.Strong = true
			h.Verdict = fmt.Sprintf("%s can take over: %s.%s", h.roster.listed[s.Person].Name, strings.Join(s.Reasons, ", "), tail)
			return
		}
	}
	switch {
	case len(h.only) == 0 && stops == 0 && len(h.Successors) > 0:
		h.Verdict = fmt.Sprintf("Nothing here hangs on %s alone: every file they cover is covered by others, and no task stops.", leaver)
	case !h.HangsOnLeaver() && len(h.coveringMost()) > 0:
		h.Verdict = fmt.Sprintf("Hardly anything hangs on %s alone (%s of what changes here): half or more of what they cover is covered by %s too.",
			leaver, percent(h.Held.AloneWeight), strings.Join(h.coveringMost(), ", "))
	case len(h.Successors) == 0:
		h.Verdict = fmt.Sprintf("No one here can take over from %s: nobody active has done any of it, or come near it.%s", leaver, tail)
	default:
		s := &h.Successors[0]
		h.Verdict = fmt.Sprintf("There is no strong successor for %s. The nearest is %s (%s): %s.%s",
			leaver, h.roster.listed[s.Person].Name, confidenceWords(s.Confidence), strings.Join(s.Reasons, ", "), tail)
	}
}

// HangsOnLeaver says whether more than remnants of what changes, or a task, would have nobody else.
func (h *Handover) HangsOnLeaver() bool {
	return h.Held.AloneWeight >= littleAlone || slices.ContainsFunc(h.Tasks, func(t HandoverTask) bool { return t.Stops })
}

// coveringMost names the successors who cover half or more of what the leaver covers.
func (h *handing) coveringMost() []string {
	var names []string
	for i := range h.Successors {
		if s := &h.Successors[i]; s.Covers >= strongCovers {
			names = append(names, h.roster.listed[s.Person].Name)
		}
	}
	return names
}

func confidenceWords(c ranking.Confidence) string {
	if c == ranking.NoOne {
		return "not active"
	}
	return string(c) + " evidence"
}
