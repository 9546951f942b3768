package analyzer

import (
	"fmt"
	"math"
	"slices"
	"time"

	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
)

// coversOfHeld is the change-weighted share of what the leaver covers that someone else covers today.
func (h *handing) coversOfHeld(person uint32) float64 {
	held, both := 0.0, 0.0
	for _, file := range h.files {
		if !h.knows(h.leaver, file) {
			continue
		}
		weight := h.graph.ChangeWeightOf(file)
		held += weight
		if slices.Contains(h.covering.of(h.graph.Files[file].History), person) {
			both += weight
		}
	}
	if held == 0 {
		return 0
	}
	return both / held
}

// reasons are the evidence for someone, in words.
func (h *handing) reasons(c *candidate, s *Successor) []string {
	var reasons []string
	if h.Held.Files > 0 {
		if s.Covers > 0 {
			reasons = append(reasons, fmt.Sprintf("covers %s of what %s covers", percent(s.Covers), h.name(h.leaver)))
		} else {
			reasons = append(reasons, fmt.Sprintf("covers nothing of what %s covers", h.name(h.leaver)))
		}
	}
	if len(h.Tasks) > 0 {
		reasons = append(reasons, canDo(s.Tasks, len(h.Tasks)))
	}
	if len(h.only) > 0 {
		reasons = append(reasons, h.nearnessWords(h.toTakeOver(), c.person, &c.parts))
	}
	if !h.active[c.person] {
		reasons = append(reasons, "not active: last seen "+timeOf(h.graph.LastSeen[c.person]).Format(time.DateOnly))
	}
	return reasons
}

func canDo(can, all int) string {
	switch {
	case all == 1 && can == 0:
		return "cannot do the task alone"
	case all == 1:
		return "can do the task alone"
	case can == 0:
		return fmt.Sprintf("can do none of %d tasks alone", all)
	}
	return fmt.Sprintf("can do %d of %d tasks alone", can, all)
}

func (w *work) name(person uint32) string { return w.people.Persons[person].Name }

// nearnessWords say what someone did on files, or near them.
func (h *handing) nearnessWords(files []uint32, person uint32, parts *ranking.Parts) string {
	touched, last := 0, int64(math.MinInt64)
	for _, file := range files {
		for i := range h.graph.TiesOf(file) {
			if tie := &h.graph.TiesOf(file)[i]; tie.Person == person && tie.Commits > 0 {
				touched++
				last = max(last, tie.LastSeen)
			}
		}
	}
	switch near := max(parts.Directory, parts.CoChange, parts.Subtree); {
	case touched == len(files):
		return "has worked on all of these files, last on " + timeOf(last).Format(time.DateOnly)
	case touched > 0:
		return fmt.Sprintf("has worked on %d of the %s, last on %s", touched, plural(len(files), "file", "files"), timeOf(last).Format(time.DateOnly))
	case near == 0:
		return "has worked neither on these files nor on anything near them"
	case near == parts.CoChange:
		return fmt.Sprintf("did %s of the recent work on what changes with these files", percent(near))
	case near == parts.Directory:
		return fmt.Sprintf("did %s of the recent work in the same directories", percent(near))
	default:
		return fmt.Sprintf("did %s of the recent work in the directories around", percent(near))
	}
}

// nameNearest names for each cluster the successor who will most probably do the next work on it, with the evidence.
func (h *handing) nameNearest() {
	for i := range h.Clusters {
		c := &h.Clusters[i]
		for _, next := range h.nextWork().Rank(h.heaviestThings(slices.Clone(c.files)), func(person uint32) bool {
			return !slices.Contains(h.ranked, person)
		}) {
			if next.Parts.Nearest() >= minimumNearness || h.touchedLately(next.Person, c.files) {
				c.Nearest, c.Reason = h.roster.index(next.Person), h.nearnessWords(c.files, next.Person, &next.Parts)
				break
			}
		}
	}
}

// touchedLately says whether someone did anything on files within the activity window, however little beside who leaves.
func (h *handing) touchedLately(person uint32, files []uint32) bool {
	return slices.ContainsFunc(files, func(file uint32) bool {
		return slices.ContainsFunc(h.graph.TiesOf(file), func(t graph.Tie) bool { return t.Person == person && t.LastSeen >= h.window })
	})
}
