package analyzer

import (
	"math"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// coverRule says whether someone present with so much knowledge of a file could look after it, given
// the most that anyone has, present or not.
type coverRule func(own, best float64) bool

// coversByFamiliarity compares saturated familiarity: knowledge of a file grows as practice does,
// 1 − 2^(−F/2), so that a tenth careful change is worth less than the second, and one prolific author
// does not make everyone else a stranger. Someone covers a file with at least the given share of the
// best.
func coversByFamiliarity(share float64) coverRule {
	return func(own, best float64) bool {
		return own > 0 && saturate(own) >= share*saturate(best)
	}
}

// saturate maps a familiarity from [0,∞) to [0,1).
func saturate(familiarity float64) float64 { return -math.Expm1(-familiarity / 2 * math.Ln2) }

// coverers returns the active people who cover a file, ascending, in into's memory. known holds the
// knowledge of all ties of the graph.
func (w *work) coverers(history uint32, known []float64, into []uint32) []uint32 {
	if history == sources.None {
		return into[:0]
	}
	h := &w.graph.Histories[history]
	best := 0.0
	for i := h.FirstTie; i < h.EndTie; i++ {
		best = max(best, known[i])
	}
	into = into[:0]
	for i := h.FirstTie; i < h.EndTie; i++ {
		if person := w.graph.Ties[i].Person; w.active[person] && w.covers(known[i], best) {
			into = append(into, person)
		}
	}
	return into
}

// coverage fills c with the files of a set, each with its change weight and whoever covers it.
func (w *work) coverage(c *busfactor.Coverage, files []uint32, known []float64, changeWeight func(history uint32) float64) {
	c.Reset()
	var people []uint32
	for _, file := range files {
		history := w.graph.Files[file].History
		if history == sources.None {
			continue
		}
		people = w.coverers(history, known, people)
		c.Add(changeWeight(history), people...)
	}
}

// coverageOf is the coverage of a set of files by the evidence as it is.
func (w *work) coverageOf(files []uint32) *busfactor.Coverage {
	var c busfactor.Coverage
	w.coverage(&c, files, w.known, changeWeight(w.graph))
	return &c
}

// changeWeight is the change weight of a history as the graph has it.
func changeWeight(g *graph.Graph) func(history uint32) float64 {
	return func(history uint32) float64 { return g.Histories[history].ChangeWeight }
}
