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
	ties      []resampledTie // of the histories with candidates, in their order
	lessons   []gain         // what contributions add to familiarity, by tie
	work      []gain         // what contributions add to change weight, by history
	sets      [][]uint32     // the histories of the files of each set
	covers    coverRule
	people    []uint32 // the number of each active person, ascending as they do
}

// resampledHistory is a history by where its ties and its work end, which begin where those of the one before
// end. Without a candidate it has no ties.
type resampledHistory struct{ endTie, endWork uint32 }

// resampledTie is a tie by where its lessons end, and its person where that is a candidate, else sources.None.
type resampledTie struct{ candidate, endLesson uint32 }

// gain is what a contribution adds to a sum each time its event is drawn.
type gain struct {
	event  uint32
	amount float32
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
				tie := &r.ties[firstTie+c.Tie-past.FirstTie]
				r.lessons[tie.endLesson] = gain{number(c.Event), float32(c.Familiarity)}
				tie.endLesson++
			}
			if c.Familiarity > 0 && c.Change > 0 {
				r.work = append(r.work, gain{number(c.Event), float32(c.Change)})
			}
		}
		r.histories[history] = resampledHistory{uint32(len(r.ties)), uint32(len(r.work))}
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

// addTies adds the ties of a history, with room for their lessons, and says whether it has a candidate; where
// not, it adds none.
func (r *resampling) addTies(w *work, history *graph.History) bool {
	ties := w.graph.Ties[history.FirstTie:history.EndTie]
	isCandidate := func(t graph.Tie) bool { return w.active[t.Person] && hasPractised(&t) }
	if !slices.ContainsFunc(ties, isCandidate) {
		return false
	}
	lessons := len(r.lessons)
	for i := range ties {
		tie := resampledTie{sources.None, uint32(lessons)} // the end moves while the lessons are filled in
		if isCandidate(ties[i]) {
			tie.candidate = r.people[ties[i].Person]
		}
		r.ties = append(r.ties, tie)
		lessons += int(ties[i].Commits)
	}
	r.lessons = append(r.lessons, make([]gain, lessons-len(r.lessons))...)
	return true
}

// seedOf hashes the reference of an event (FNV-1a).
func seedOf(reference string) uint64 {
	seed := uint64(14695981039346656037)
	for _, b := range []byte(reference) {
		seed = (seed ^ uint64(b)) * 1099511628211
	}
	return seed
}
