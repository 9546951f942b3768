package analyzer

import (
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// resampling is what the draws share: the contributions that can change a bus factor, in as little memory as
// will do, as all of them are gone through for every draw. Histories, ties, events and people are numbered
// anew, so that those which play no part take no room.
//
// Whoever could cover a file in some draw, being active and having practised, is a candidate. In a history
// without one nobody's familiarity matters, and only the work that arrived is added up: on public
// histories that is most of them.
type resampling struct {
	seeds     []uint64 // of each event, from its reference
	histories []resampledHistory
	ties      []candidate // of the histories with candidates, in their order
	lessons   []lesson
	work      []arrival
	sets      [][]uint32 // the histories of the files of each set
	covers    coverRule
	people    []uint32 // the number of each active person, ascending as they do
}

// resampledHistory is a history by the range of its ties, which is empty where it has no candidate.
type resampledHistory struct{ firstTie, endTie uint32 }

// candidate is the number of the person of a tie who may cover its file, or sources.None.
type candidate = uint32

// lesson is what a contribution adds to the familiarity of a tie.
type lesson struct {
	tie, event  uint32
	familiarity float32
}

// arrival is what a contribution adds to the change weight of a history.
type arrival struct {
	history, event uint32
	weight         float32
}

func (w *work) newResampling(sets [][]uint32) *resampling {
	r := &resampling{covers: w.covers, people: make([]uint32, len(w.active))}
	active := uint32(0)
	for person, isActive := range w.active {
		r.people[person] = active
		if isActive {
			active++
		}
	}
	numbers := r.chooseHistories(w, sets)
	events := make([]uint32, len(w.evidence.Events)) // 1 + the number of each
	number := func(event uint32) uint32 {
		if events[event] == 0 {
			r.seeds = append(r.seeds, seedOf(w.evidence.Events[event].Reference))
			events[event] = uint32(len(r.seeds))
		}
		return events[event] - 1
	}
	for h, history := range numbers {
		if history == sources.None {
			continue
		}
		past := &w.graph.Histories[h]
		firstTie := uint32(len(r.ties))
		hasCandidate := r.addTies(w, past)
		for i := past.FirstContribution; i < past.EndContribution; i++ {
			c := &w.graph.Contributions[i]
			if c.Familiarity > 0 && hasCandidate {
				r.lessons = append(r.lessons, lesson{firstTie + c.Tie - past.FirstTie, number(c.Event), float32(c.Familiarity)})
			}
			if c.Familiarity > 0 && c.Change > 0 {
				r.work = append(r.work, arrival{history, number(c.Event), float32(c.Change)})
			}
		}
		r.histories[history] = resampledHistory{firstTie, uint32(len(r.ties))}
	}
	return r
}

// chooseHistories numbers the histories of the sets in their order, sources.None for the others.
func (r *resampling) chooseHistories(w *work, sets [][]uint32) []uint32 {
	numbers := make([]uint32, len(w.graph.Histories))
	for _, files := range sets {
		for _, file := range files {
			if history := w.graph.Files[file].History; history != sources.None {
				numbers[history] = 1
			}
		}
	}
	for history, isChosen := range numbers {
		numbers[history] = sources.None
		if isChosen == 1 {
			numbers[history] = uint32(len(r.histories))
			r.histories = append(r.histories, resampledHistory{})
		}
	}
	for _, files := range sets {
		var histories []uint32
		for _, file := range files {
			if history := w.graph.Files[file].History; history != sources.None {
				histories = append(histories, numbers[history])
			}
		}
		r.sets = append(r.sets, histories)
	}
	return numbers
}

// addTies adds the ties of a history and says whether it has a candidate; where not, it adds none.
func (r *resampling) addTies(w *work, history *graph.History) bool {
	first := len(r.ties)
	for i := history.FirstTie; i < history.EndTie; i++ {
		person := sources.None
		if t := &w.graph.Ties[i]; w.active[t.Person] && hasPractised(t, history.Commits) {
			person = r.people[t.Person]
		}
		r.ties = append(r.ties, person)
	}
	if slices.ContainsFunc(r.ties[first:], func(c candidate) bool { return c != sources.None }) {
		return true
	}
	r.ties = r.ties[:first]
	return false
}

// seedOf hashes the reference of an event (FNV-1a).
func seedOf(reference string) uint64 {
	seed := uint64(14695981039346656037)
	for _, b := range []byte(reference) {
		seed = (seed ^ uint64(b)) * 1099511628211
	}
	return seed
}
