package busfactor

import "slices"

// search is a coverage indexed both ways, with people numbered from 0 in ascending order.
type search struct {
	people       []uint32
	things       [][]int // by person
	coverers     [][]int // by thing
	weights      []float64
	total        float64
	uncoveredNow float64 // weight, not share
}

func newSearch(c *Coverage) *search {
	s := &search{people: c.People(), total: c.total}
	s.things = make([][]int, len(s.people))
	s.coverers = make([][]int, 0, len(c.weights))
	s.weights = make([]float64, 0, len(c.weights))
	number := numbers(s.people)
	// One allocation for the coverers of all things, and one for the things of all people.
	backing := make([]int, 0, len(c.people))
	s.allotThings(c, number)
	for thing, weight := range c.weights {
		covering := c.Of(thing)
		if len(covering) == 0 {
			s.uncoveredNow += weight
			continue
		}
		if weight == 0 {
			continue
		}
		first := len(backing)
		for _, person := range covering {
			backing = append(backing, number[person])
			s.things[number[person]] = append(s.things[number[person]], len(s.coverers))
		}
		s.coverers = append(s.coverers, backing[first:len(backing):len(backing)])
		s.weights = append(s.weights, weight)
	}
	return s
}

// allotThings makes room for the things of each person.
func (s *search) allotThings(c *Coverage, number []int) {
	counts := make([]int, len(s.people))
	for _, person := range c.people {
		counts[number[person]]++
	}
	room := make([]int, len(c.people))
	for person, count := range counts {
		s.things[person], room = room[:0:count], room[count:]
	}
}

// numbers gives each of the people, who are in ascending order, their place.
func numbers(people []uint32) []int {
	if len(people) == 0 {
		return nil
	}
	number := make([]int, people[len(people)-1]+1)
	for i, person := range people {
		number[person] = i
	}
	return number
}

// isLost says whether so much uncovered weight is more than the threshold. The slack keeps sums that
// are equal on paper equal here.
func (s *search) isLost(uncovered float64) bool {
	return uncovered > Threshold*s.total*(1+1e-9)
}

// absence tracks what is uncovered while people leave and come back.
type absence struct {
	*search
	left      []int // covering people left, by thing
	isAbsent  []bool
	uncovered float64
}

func (s *search) nobodyAbsent() *absence {
	a := &absence{search: s, left: make([]int, len(s.coverers)), isAbsent: make([]bool, len(s.people)), uncovered: s.uncoveredNow}
	for thing := range s.coverers {
		a.left[thing] = len(s.coverers[thing])
	}
	return a
}

func (a *absence) leave(person int) {
	a.isAbsent[person] = true
	for _, thing := range a.things[person] {
		if a.left[thing]--; a.left[thing] == 0 {
			a.uncovered += a.weights[thing]
		}
	}
}

func (a *absence) comeBack(person int) {
	a.isAbsent[person] = false
	for _, thing := range a.things[person] {
		if a.left[thing]++; a.left[thing] == 1 {
			a.uncovered -= a.weights[thing]
		}
	}
}

// loss is what the absence of one more person uncovers at once, and how far it brings the rest
// towards being uncovered: a thing with n people left to cover it counts 2^(1-n). The plain marginal
// loss is blind wherever two people cover everything.
func (a *absence) loss(person int) float64 {
	loss := 0.0
	for _, thing := range a.things[person] {
		loss += a.weights[thing] * shareOfLoss(a.left[thing])
	}
	return loss
}

// shareOfLoss is the part of a thing's weight that counts as lost with one of the people left who cover it.
func shareOfLoss(left int) float64 { return 1 / float64(uint64(1)<<min(max(left-1, 0), 62)) }

// greedy removes people by loss until more than the threshold is uncovered, then takes back whoever
// turns out not to be needed.
func (s *search) greedy() []int {
	a := s.startRemoval()
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
	for thing, covering := range s.coverers {
		for _, person := range covering {
			shares[person] += s.weights[thing] / float64(len(covering))
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

// byLoss orders a set so that each next one uncovers most after those before, ties by number.
func (s *search) byLoss(set []int) []int {
	a := s.nobodyAbsent()
	rest := slices.Clone(set)
	slices.Sort(rest)
	var ordered []int
	for len(rest) > 0 {
		next := 0
		for i := range rest {
			if a.loss(rest[i]) > a.loss(rest[next]) {
				next = i
			}
		}
		a.leave(rest[next])
		ordered = append(ordered, rest[next])
		rest = slices.Delete(rest, next, next+1)
	}
	return ordered
}
