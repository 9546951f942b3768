package busfactor

// Result is a bus factor and how it was found.
type Result struct {
	// Value is the number of people in Absent; 0 when more than half is uncovered as it is.
	Value int
	// Exact says that no smaller set does it; else Value is an upper bound.
	Exact bool
	// Absent is the set found, the one whose loss uncovers most first.
	Absent []uint32
}

// Of returns the least number of people whose absence leaves more than Threshold of the weight
// uncovered. Finding it is NP-hard (Piccolo 2025), so a greedy answer is made first, and then proved
// or bettered by exact search as long as the search stays small. Without any weight it returns 0 people,
// exact; ask Coverage.Total first.
func Of(c *Coverage) Result {
	s := newSearch(c)
	if s.total == 0 || s.isLost(s.uncoveredNow) {
		return Result{Exact: true}
	}
	greedy := s.greedy()
	bound := s.lowerBound()
	if len(greedy) <= bound {
		return s.result(greedy, true)
	}
	best, exact := s.exact(greedy, bound)
	return s.result(best, exact)
}

// Bounder finds upper bounds, the greedy answers alone, for use in resampling, where many are wanted fast. It
// keeps its memory from one to the next; the zero value is ready. Goroutines do not share one.
type Bounder struct{ search search }

// UpperBound returns the greedy answer.
func (b *Bounder) UpperBound(c *Coverage) int {
	if b.search.total = c.total; c.total == 0 || b.search.isLost(c.uncovered) {
		return 0
	}
	b.search.fill(c)
	return len(b.search.greedy())
}

func (s *search) result(absent []int, exact bool) Result {
	r := Result{Value: len(absent), Exact: exact}
	for _, person := range s.byLoss(absent) {
		r.Absent = append(r.Absent, s.people[person])
	}
	return r
}
