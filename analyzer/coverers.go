package analyzer

import (
	"slices"
	"strings"

	"keyperson/analyzer/busfactor"
	"keyperson/sources"
)

// listCoverers fills in who covers a part of each system. It comes last, so that nobody else's place in the list of
// people depends on it.
func (w *work) listCoverers(a *Assessment) {
	number := make(map[string]int, len(w.systems.Systems))
	for i := range w.systems.Systems {
		number[w.systems.Systems[i].ID] = i
	}
	for i := range a.Systems {
		if system, isKnown := number[a.Systems[i].ID]; isKnown {
			a.Systems[i].Coverers = w.coverersOf(w.graph.SystemFiles[system])
		}
	}
}

// coverersOf sums, for everyone who covers any of the files, the weight of those.
func (w *work) coverersOf(files []uint32) []Coverer {
	shares := map[uint32]float64{}
	var people []uint32
	total := 0.0
	for _, file := range files {
		history := w.graph.Files[file].History
		if history == sources.None {
			continue
		}
		weight := w.graph.Histories[history].ChangeWeight
		total += weight
		for _, person := range w.covering.of(history) {
			if _, isKnown := shares[person]; !isKnown {
				people = append(people, person)
			}
			shares[person] += weight
		}
	}
	if total == 0 {
		return nil
	}
	slices.SortFunc(people, func(a, b uint32) int { return strings.Compare(w.people.Persons[a].ID, w.people.Persons[b].ID) })
	coverers := make([]Coverer, len(people))
	for i, person := range people {
		coverers[i] = Coverer{Person: w.roster.index(person), Share: busfactor.Share(shares[person], total)}
	}
	return coverers
}
