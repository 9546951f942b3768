package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/ranking"
)

// mostSuccessors bounds who is proposed.
const mostSuccessors = 5

// mostRanked bounds the files that a ranking looks at, the heaviest first.
const mostRanked = 200

// candidate is someone who may follow.
type candidate struct {
	person      uint32
	code, tasks float64 // shares of the ranking by code, and of the practice of the leaver's tasks, in [0,1]
	parts       ranking.Parts
}

// rank finds who can take over: by code as the backtest calibrates it, by tasks as practised, the mean where there are both.
func (h *handing) rank() {
	candidates := h.byCode()
	candidates = h.addByTasks(candidates)
	hasCode, hasTasks := len(h.only) > 0, len(h.Tasks) > 0
	score := func(c *candidate) float64 {
		switch {
		case hasCode && hasTasks:
			return (c.code + c.tasks) / 2
		case hasTasks:
			return c.tasks
		}
		return c.code
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(score(&b), score(&a)), cmp.Compare(a.person, b.person))
	})
	if !h.Chosen {
		candidates = candidates[:min(len(candidates), mostSuccessors)]
	}
	for i := range candidates {
		c := &candidates[i]
		s := Successor{Person: h.roster.index(c.person), Score: score(c), Covers: h.coversOfHeld(c.person)}
		stopping, canStopping := 0, 0
		for j := range h.Tasks {
			e, _ := h.taskOf(&h.Tasks[j]).executorOf(s.Person)
			can := e.Capability == Alone || e.Capability == Teaches
			if can {
				s.Tasks++
			}
			if h.Tasks[j].Stops {
				stopping++
				if can {
					canStopping++
				}
			}
		}
		s.Confidence = weakest(hasCode, confidenceByCode(c, s.Covers), hasTasks, confidenceByTasks(s.Tasks, len(h.Tasks)))
		if !h.active[c.person] {
			s.Confidence = ranking.NoOne
		}
		s.Strong = s.Confidence == ranking.Strong && canStopping == stopping
		s.Reasons = h.reasons(c, &s)
		h.Successors = append(h.Successors, s)
		h.ranked = append(h.ranked, c.person)
	}
}

// mayFollow says whether someone is asked about: one of those named by the user, else anyone active who is not the leaver under
// another name.
func (h *handing) mayFollow(person uint32) bool {
	if h.Chosen {
		return slices.Contains(h.chosen, person)
	}
	return person != h.leaver && h.active[person] && !h.isSuspected(person, []uint32{h.leaver})
}

// byCode ranks by what is near the files to take over. Who never came near is nobody to take over, unless the user named them. Shares
// are of all who may do the work: being the only one named makes nobody likely.
func (h *handing) byCode() []candidate {
	var candidates []candidate
	files := h.toTakeOver()
	for _, c := range h.nextWork().Rank(h.heaviestThings(slices.Clone(files)), func(person uint32) bool {
		return person == h.leaver || !h.active[person] || h.isSuspected(person, []uint32{h.leaver})
	}) {
		if h.mayFollow(c.Person) && (h.Chosen || c.Parts.Nearest() >= minimumNearness || h.touchedLately(c.Person, files)) {
			candidates = append(candidates, candidate{person: c.Person, code: c.Share, parts: c.Parts})
		}
	}
	for _, person := range h.chosen {
		if !slices.ContainsFunc(candidates, func(c candidate) bool { return c.person == person }) {
			candidates = append(candidates, candidate{person: person})
		}
	}
	return candidates
}

// toTakeOver are the files that only the leaver knows; where those are remnants, or none, all that they know; and where they know
// nothing, everything.
func (h *handing) toTakeOver() []uint32 {
	switch {
	case len(h.held) == 0:
		return h.files
	case h.Held.AloneWeight < littleAlone:
		return h.held
	}
	return h.only
}

// heaviestThings are the things of the heaviest of some files, which it sorts.
func (h *handing) heaviestThings(files []uint32) []uint32 {
	slices.SortFunc(files, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(h.graph.ChangeWeightOf(b), h.graph.ChangeWeightOf(a)), cmp.Compare(a, b))
	})
	var things []uint32
	for _, file := range files[:min(len(files), mostRanked)] {
		things = append(things, h.graph.Files[file].Thing)
	}
	return things
}

// addByTasks adds the share that each has of the practice of the leaver's tasks, each task weighed by how often it came up.
func (h *handing) addByTasks(candidates []candidate) []candidate {
	var persons []uint32
	practices := map[uint32]float64{}
	sum := 0.0
	for i := range h.Tasks {
		t := h.taskOf(&h.Tasks[i])
		for _, e := range t.Executors {
			person := h.personAt(e.Person)
			if !h.mayFollow(person) || e.Practice < minimumNearness {
				continue
			}
			if practices[person] == 0 {
				persons = append(persons, person)
			}
			practices[person] += e.Practice * float64(1+t.Recent)
			sum += e.Practice * float64(1+t.Recent)
		}
	}
	for _, person := range persons {
		at := slices.IndexFunc(candidates, func(c candidate) bool { return c.person == person })
		if at < 0 {
			at = len(candidates)
			candidates = append(candidates, candidate{person: person})
		}
		candidates[at].tasks = practices[person] / sum
	}
	return candidates
}
