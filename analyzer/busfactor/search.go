package busfactor

import "slices"

// search is a coverage indexed both ways, with people numbered from 0 in ascending order. It is filled
// again and again in resampling, so that its memory is kept.
type search struct {
	people       []uint32
	number       []uint32 // by person, their place among people
	things       []uint32 // of all people, one after the other
	thingEnds    []uint32 // end of each person's range in things
	coverers     []uint32 // of all things, one after the other
	covererEnds  []uint32 // end of each thing's range in coverers
	weights      []float64
	total        float64
	uncoveredNow float64 // weight, not share
	absence      absence
	removal      removal
}

func newSearch(c *Coverage) *search {
	s := &search{}
	s.fill(c)
	return s
}

// fill indexes a coverage. Things without weight or without anyone are left out.
func (s *search) fill(c *Coverage) {
	s.total, s.uncoveredNow = c.total, c.uncovered
	s.numberPeople(c)
	s.coverers, s.covererEnds, s.weights = s.coverers[:0], s.covererEnds[:0], s.weights[:0]
	s.thingEnds = zeroed(s.thingEnds, len(s.people))
	for thing, weight := range c.weights {
		covering := c.Of(thing)
		if len(covering) == 0 || weight == 0 {
			continue
		}
		for _, person := range covering {
			number := s.number[person]
			s.coverers = append(s.coverers, number)
			s.thingEnds[number]++
		}
		s.covererEnds = append(s.covererEnds, uint32(len(s.coverers)))
		s.weights = append(s.weights, weight)
	}
	s.indexThings()
}

// numberPeople lists everyone who covers something, ascending.
func (s *search) numberPeople(c *Coverage) {
	s.people = s.people[:0]
	if len(c.people) == 0 {
		return
	}
	s.number = zeroed(s.number, int(slices.Max(c.people))+1)
	for _, person := range c.people {
		s.number[person] = 1
	}
	for person, covers := range s.number {
		if covers == 1 {
			s.number[person] = uint32(len(s.people))
			s.people = append(s.people, uint32(person))
		}
	}
}

// indexThings lists the things of each person; thingEnds holds how many each has.
func (s *search) indexThings() {
	start := uint32(0)
	for person, count := range s.thingEnds {
		s.thingEnds[person] = start // moves to the end while the range fills
		start += count
	}
	s.things = zeroed(s.things, len(s.coverers))
	for thing := range s.weights {
		for _, person := range s.coverersOf(uint32(thing)) {
			s.things[s.thingEnds[person]] = uint32(thing)
			s.thingEnds[person]++
		}
	}
}

// zeroed returns n zeros, in the memory of a slice where it is large enough.
func zeroed[T any](memory []T, n int) []T {
	memory = slices.Grow(memory[:0], n)[:n]
	clear(memory)
	return memory
}

func (s *search) coverersOf(thing uint32) []uint32 {
	start := uint32(0)
	if thing > 0 {
		start = s.covererEnds[thing-1]
	}
	return s.coverers[start:s.covererEnds[thing]]
}

func (s *search) thingsOf(person int) []uint32 {
	start := uint32(0)
	if person > 0 {
		start = s.thingEnds[person-1]
	}
	return s.things[start:s.thingEnds[person]]
}

// isLost says whether so much uncovered weight is more than the threshold. The slack keeps sums that
// are equal on paper equal here.
func (s *search) isLost(uncovered float64) bool {
	return uncovered > Threshold*s.total*(1+1e-9)
}

// greedy removes people by loss until more than the threshold is uncovered, then takes back whoever
// turns out not to be needed.
func (s *search) greedy() []int {
	a := s.startRemoval(&lookingAhead)
	var absent []int
	for !s.isLost(a.uncovered) {
		next, ok := a.removeWorst()
		if !ok {
			break
		}
		absent = append(absent, next)
	}
	for i := 0; i < len(absent)-1; {
		a.comeBack(absent[i])
		if s.isLost(a.uncovered) {
			absent = slices.Delete(absent, i, i+1)
			continue
		}
		a.leave(absent[i])
		i++
	}
	return absent
}

// fairShares gives each person the weight of what they cover, split evenly among those who cover it.
// What any set of absences uncovers is at most the sum of its members' fair shares.
func (s *search) fairShares() []float64 {
	shares := make([]float64, len(s.people))
	for thing, weight := range s.weights {
		covering := s.coverersOf(uint32(thing))
		for _, person := range covering {
			shares[person] += weight / float64(len(covering))
		}
	}
	return shares
}

// lowerBound is a number of people below which no set can do it.
func (s *search) lowerBound() int {
	shares := s.fairShares()
	slices.Sort(shares)
	sum := s.uncoveredNow
	for i := len(shares) - 1; i >= 0; i-- {
		if sum += shares[i]; s.isLost(sum) {
			return len(shares) - i
		}
	}
	return len(shares)
}

// byLoss orders a set so that each next one uncovers most after those before, ties by what brings the rest nearest to
// being uncovered, then by number.
func (s *search) byLoss(set []int) []int {
	a := s.nobodyAbsent(&atOnce)
	rest := slices.Clone(set)
	slices.Sort(rest)
	var ordered []int
	for len(rest) > 0 {
		next, atOnceMost, aheadMost := 0, -1.0, -1.0
		for i, person := range rest {
			a.lossShares = &atOnce
			now := a.loss(person)
			a.lossShares = &lookingAhead
			if ahead := a.loss(person); now > atOnceMost || now == atOnceMost && ahead > aheadMost {
				next, atOnceMost, aheadMost = i, now, ahead
			}
		}
		a.leave(rest[next])
		ordered = append(ordered, rest[next])
		rest = slices.Delete(rest, next, next+1)
	}
	return ordered
}
