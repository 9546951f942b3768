package ranking

import (
	"slices"

	"keyperson/sources"
)

// Limits of what is looked at for co-change: a wide commit joins nothing, and old commits hardly count.
const (
	widestCoChange = 30  // files of a commit
	mostCoChanges  = 200 // commits of one file, the newest
)

// begin starts a sum over doings, each of which counts once however many files it touched.
func (s *State) begin() { s.stamps++ }

// add gives a doing's person what it is worth, unless this sum has it already.
func (s *State) add(doing uint32, worth float64) {
	if s.stamp[doing] == s.stamps || worth == 0 {
		return
	}
	s.stamp[doing] = s.stamps
	s.give(s.doings[doing].person, worth)
}

func (s *State) give(person uint32, worth float64) {
	if worth == 0 {
		return // with a short half-life, what is old enough
	}
	if s.sum[person] == 0 {
		s.met = append(s.met, person)
	}
	s.sum[person] += worth
}

// end returns the sum as shares of the whole, by person, and clears it.
func (s *State) end() vector {
	slices.Sort(s.met)
	total := 0.0
	v := make(vector, 0, len(s.met))
	for _, person := range s.met {
		total += s.sum[person]
		v = append(v, entry{person, s.sum[person]})
		s.sum[person] = 0
	}
	for i := range v {
		v[i].value /= total
	}
	s.met = s.met[:0]
	return v
}

// worth is what a kind of evidence counts beside a change.
func (s *State) worth(kind sources.Kind) float64 {
	switch kind {
	case sources.CoAuthored:
		return s.weights.CoAuthored
	case sources.Reviewed:
		return s.weights.Reviewed
	}
	return 1
}

// addHistory adds what was done to one file.
func (s *State) addHistory(history uint32, decay []float64) {
	h := &s.graph.Histories[history]
	for i := h.FirstContribution; i < h.EndContribution; i++ {
		c := &s.graph.Contributions[i]
		if c.Familiarity == 0 {
			continue
		}
		worth := s.worth(c.Kind)
		if c.Action == sources.Added && c.Kind != sources.Reviewed {
			worth += s.weights.Creation
		}
		s.add(s.doingOf[i], worth*decay[s.doingOf[i]])
	}
}

// ofHistory is who did which share of the work on a file.
func (s *State) ofHistory(history uint32) vector {
	if s.fileVector[history] == nil {
		s.begin()
		s.addHistory(history, s.decay(s.weights.FileHalfLifeDays))
		s.fileVector[history] = s.end()
	}
	return s.fileVector[history]
}

// ofCoChange is who did which share of the work on what changes in the same commits as a file: each
// neighbour weighs as much as the recent commits that touched both, each commit divided among its files.
func (s *State) ofCoChange(history uint32) vector {
	if s.coVector[history] != nil {
		return s.coVector[history]
	}
	decay := s.decay(s.weights.CoChangeHalfLifeDays)
	neighbours := s.neighbours[:0]
	h := &s.graph.Histories[history]
	last, commits := sources.None, 0
	for i := h.EndContribution; i > h.FirstContribution && commits < mostCoChanges; i-- {
		c := &s.graph.Contributions[i-1]
		if c.Familiarity == 0 || c.Event == last {
			continue
		}
		last = c.Event
		commits++
		beside := s.histories[c.Event]
		worth := decay[s.doingOf[i-1]]
		if len(beside) < 2 || len(beside) > widestCoChange || worth == 0 {
			continue
		}
		weight := worth / float64(len(beside)-1)
		for _, other := range beside {
			if other == history {
				continue
			}
			if s.weighed[other] == 0 {
				neighbours = append(neighbours, other)
			}
			s.weighed[other] += weight
		}
	}
	slices.Sort(neighbours)
	for _, other := range neighbours {
		s.ofHistory(other) // before the sum begins, for there is memory for one at a time
	}
	s.begin()
	for _, other := range neighbours {
		for _, share := range s.ofHistory(other) {
			s.give(share.person, s.weighed[other]*share.value)
		}
		s.weighed[other] = 0
	}
	s.neighbours = neighbours
	s.coVector[history] = s.end()
	return s.coVector[history]
}

// ofDirectory is who did which share of the work on what stands in a directory.
func (s *State) ofDirectory(index uint32) vector {
	d := &s.dirs[index]
	if !d.isSummed[0] {
		s.begin()
		s.addDirectory(index, s.decay(s.weights.DirectoryHalfLifeDays), false)
		d.vector, d.isSummed[0] = s.end(), true
	}
	return d.vector
}

// ofSubtree is who did which share of the work on everything below a directory.
func (s *State) ofSubtree(index uint32) vector {
	d := &s.dirs[index]
	if !d.isSummed[1] {
		s.begin()
		s.addDirectory(index, s.decay(s.weights.SubtreeHalfLifeDays), true)
		d.subtrees, d.isSummed[1] = s.end(), true
	}
	return d.subtrees
}

func (s *State) addDirectory(index uint32, decay []float64, below bool) {
	d := &s.dirs[index]
	for _, file := range d.files {
		history := s.graph.Files[file].History
		if history == sources.None {
			continue
		}
		h := &s.graph.Histories[history]
		for i := h.FirstContribution; i < h.EndContribution; i++ {
			if c := &s.graph.Contributions[i]; c.Familiarity > 0 {
				s.add(s.doingOf[i], s.worth(c.Kind)*decay[s.doingOf[i]])
			}
		}
	}
	if below {
		for _, child := range d.children {
			s.addDirectory(child, decay, true)
		}
	}
}
