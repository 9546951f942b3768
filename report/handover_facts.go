package report

import (
	"fmt"

	"keyperson/analyzer"
)

func (h Handover) facts() Facts {
	var facts Facts
	if held := h.Held; held.Paths > 0 {
		facts = append(facts,
			Fact{"Knows", fmt.Sprintf("%s, %s of what changes here; of them nobody else active knows %s, %s of what changes",
				counted(held.Files, "file", "files"), percent(held.Weight), grouped(held.Alone), percent(held.AloneWeight))},
			Fact{"Ever", fmt.Sprintf("%s of the %s ever written or changed here have no other author (%s)",
				percent(float64(held.OnlyPaths)/float64(held.Paths)), counted(held.Paths, "path", "paths"), grouped(held.OnlyPaths))})
	}
	if n := len(h.Tasks); n > 0 {
		stopping := 0
		for i := range h.Tasks {
			if h.Tasks[i].Stops {
				stopping++
			}
		}
		facts = append(facts, Fact{"Does", fmt.Sprintf("%s; %s without them", counted(n, "recurring task", "recurring tasks"), stopWords(stopping, n))})
	}
	facts = append(facts, Fact{"Began", h.begun()})
	if len(h.Steps) > 0 {
		facts = append(facts, Fact{"Effort", h.effort()})
	}
	states := map[analyzer.CriterionState]int{}
	for i := range h.Criteria {
		states[h.Criteria[i].State]++
	}
	passed := states[analyzer.Pass]
	text := fmt.Sprintf("%s of %s that evidence can show pass", grouped(passed), counted(passed+states[analyzer.Fail], "criterion", "criteria"))
	if n := states[analyzer.Already]; n > 0 {
		text += fmt.Sprintf("; %s nothing to prove", counted(n, "needs", "need"))
	}
	return append(facts, Fact{"Done when", text + fmt.Sprintf("; %s to be confirmed by hand", counted(states[analyzer.Manual], "is", "are"))})
}

// effort sums the hours, and says how far they can be trusted.
func (h Handover) effort() string {
	text := fmt.Sprintf("about %.0f hours", h.Hours.AtMost)
	if low, high := fmt.Sprintf("%.0f", h.Hours.AtLeast), fmt.Sprintf("%.0f", h.Hours.AtMost); low != high {
		text = fmt.Sprintf("%s to %s hours", low, high)
	}
	text += " of all who take part, in " + counted(len(h.Steps), "step", "steps")
	if h.Hours.AtLeast < h.Hours.AtMost {
		text += "; the most where of a task only the time is known that its tickets were open"
	}
	if h.Assumed > 0 {
		text += fmt.Sprintf("; an hour a run is assumed for %s that nothing tells the time of", counted(h.Assumed, "task", "tasks"))
	}
	return text
}

// tooEarly says why the steps have no dates, and from when on they could have.
func (h Handover) tooEarly() string {
	e := h.TooEarly
	before, last := fmt.Sprintf("the steps take %s at least, at full working days", counted(e.Work, "day", "days")), ""
	if e.Last > 0 {
		last = fmt.Sprintf(", and the %s in which the successors do all of it come after", counted(e.Last, "day", "days"))
	}
	return fmt.Sprintf("%s is too early by %s: %s%s. So no step has a date; due on %s they would.",
		day(h.Due), counted(e.Days, "day", "days"), before, last, day(h.Due.AddDate(0, 0, e.Days)))
}

// begun says from when on evidence counts, and how that date was found.
func (h Handover) begun() string {
	switch {
	case !h.HasBegun:
		return "with this sheet: what was done up to " + day(h.AsOf) + " shows who could, and proves nothing"
	case h.FromLastSeen:
		return fmt.Sprintf("%s, with the last that is known of %s: only what successors did after it proves anything", day(h.Start), h.name(h.Leaver))
	}
	return day(h.Start) + ", as given: only what successors did from then on proves anything"
}

func stopWords(stopping, all int) string {
	switch stopping {
	case 0:
		return "none stops"
	case all:
		if all == 1 {
			return "it stops"
		}
		return "all stop"
	case 1:
		return "1 stops"
	}
	return fmt.Sprintf("%d stop", stopping)
}
