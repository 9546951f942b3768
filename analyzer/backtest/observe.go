package backtest

import (
	"math"
	"slices"
	"time"

	"keyperson/sources"
)

// observation is one next work and the place that each ranking gave to who did it.
type observation struct {
	work       nextWork
	cell       int
	isNewcomer bool
	isGone     bool    // the best-knowing person was not active
	isOther    bool    // it was not the best-knowing person who did it
	share      float64 // of all scores that the first of the default has
	ranks      []int   // by ranking; 0: not ranked
	without    []int   // likewise, with the best-knowing person left out
	after      afterLeaving
	systems    []uint32
}

// afterLeaving is the question of a handover: the best-knowing person has left, and who was not active any more is not asked either.
type afterLeaving struct {
	hasLeft bool    // the best-knowing person did nothing within the horizon, and may not have been active before it
	share   float64 // of the scores of those left, that the first of the default has
	ranks   []int   // the place of who did the work among them, by the default; 0: not ranked
}

// observed is what one cell gave.
type observed struct {
	cell         Cell
	rankings     []string
	observations []observation
}

// observe ranks everyone for each of a sample of files by what was known at the cut-off.
func (r *run) observe(t *look, rankers func(*world) []ranker) observed {
	p := r.history(t.repository).at(t.cutoff, r.horizon())
	w := r.world(p, t.cutoff)
	works := p.sample(r.evidence, r.options.MostWorks)
	o := observed{cell: Cell{
		Repository: int(t.repository), Cutoff: time.Unix(t.cutoff, 0).UTC(), Files: len(p.evidence.Files),
		Works: len(p.next), Sampled: len(works), Enough: len(works) >= leastWorks,
	}}
	compared := rankers(w)
	for _, ranker := range compared {
		o.rankings = append(o.rankings, ranker.name)
	}
	active := t.cutoff - int64(r.options.ActivityWindowDays*secondsPerDay)
	scores := make([]float64, len(r.people.Persons))
	for _, work := range works {
		best := w.bestKnowing(work.thing)
		seen := observation{
			work: work, ranks: make([]int, len(compared)), without: make([]int, len(compared)),
			isNewcomer: w.lastSeen[work.person] == math.MinInt64,
			isGone:     best != sources.None && w.lastSeen[best] < active,
			isOther:    best != sources.None && best != work.person,
			systems:    r.systems.ByThing[work.thing],
		}
		for i, ranker := range compared {
			clear(scores)
			ranker.score(work.thing, scores)
			if i == 0 {
				seen.share = shareOfFirst(scores)
				if best != sources.None && !p.stays[best] {
					seen.after = w.afterLeaving(&work, best, active, scores)
				}
			}
			if seen.isNewcomer {
				continue
			}
			seen.ranks[i] = w.rankOf(work.person, scores)
			if seen.isOther {
				scores[best] = 0
				seen.without[i] = w.rankOf(work.person, scores)
			}
		}
		if seen.isNewcomer {
			o.cell.Newcomers++
		}
		o.observations = append(o.observations, seen)
	}
	return o
}

// afterLeaving ranks by the scores of those who are left.
func (w *world) afterLeaving(work *nextWork, best uint32, active int64, scores []float64) afterLeaving {
	left := slices.Clone(scores)
	for person := range left {
		if uint32(person) == best || w.lastSeen[person] < active {
			left[person] = 0
		}
	}
	return afterLeaving{true, shareOfFirst(left), []int{w.rankOf(work.person, left)}}
}

// bestKnowing is who has most familiarity with a file, None where nobody has any.
func (w *world) bestKnowing(thing uint32) uint32 {
	best, most := sources.None, 0.0
	for _, tie := range w.graph.TiesOf(w.fileOf[thing]) {
		if tie.Familiarity > most {
			best, most = tie.Person, tie.Familiarity
		}
	}
	return best
}

// shareOfFirst is the part of all scores that the highest has, 0 where all are 0.
func shareOfFirst(scores []float64) float64 {
	most, sum := 0.0, 0.0
	for _, score := range scores {
		most = max(most, score)
		sum += score
	}
	if sum == 0 {
		return 0
	}
	return most / sum
}
