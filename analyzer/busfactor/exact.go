package busfactor

import (
	"cmp"
	"slices"
)

// searchSteps bounds the exact search; beyond it the greedy answer stands as an upper bound.
const searchSteps = 50_000

// exact looks for a set smaller than the one known, down to the lower bound. It returns the best set
// and whether it is proven minimal.
func (s *search) exact(known []int, bound int) ([]int, bool) {
	shares := s.fairShares()
	order := make([]int, len(s.people))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(shares[b], shares[a]), cmp.Compare(a, b))
	})
	b := &branch{absence: s.nobodyAbsent(&lookingAhead), order: order, steps: searchSteps}
	b.shares = make([]float64, len(order)+1)
	for i, person := range order {
		b.shares[i+1] = b.shares[i] + shares[person]
	}
	for size := len(known) - 1; size >= bound; size-- {
		found := b.find(0, size, s.uncoveredNow)
		if b.steps <= 0 {
			return known, false
		}
		if !found {
			return known, true
		}
		known = slices.Clone(b.chosen)
		b.undo()
	}
	return known, true
}

// branch searches sets of a fixed size, people with large fair shares first.
type branch struct {
	*absence
	order  []int
	shares []float64 // sums of fair shares in order, b.shares[i] of the first i
	chosen []int
	steps  int
}

// find extends the chosen people by size more, from a place in the order on. The most that they can
// uncover is the fair shares of those chosen (in sum) and of the next ones.
func (b *branch) find(from, size int, sum float64) bool {
	if b.isLost(b.uncovered) {
		return true
	}
	if size == 0 {
		return false
	}
	for i := from; i+size <= len(b.order); i++ {
		if b.steps--; b.steps <= 0 || !b.isLost(sum+b.shares[i+size]-b.shares[i]) {
			return false
		}
		b.leave(b.order[i])
		b.chosen = append(b.chosen, b.order[i])
		if b.find(i+1, size-1, sum+b.shares[i+1]-b.shares[i]) {
			return true
		}
		b.chosen = b.chosen[:len(b.chosen)-1]
		b.comeBack(b.order[i])
	}
	return false
}

func (b *branch) undo() {
	for _, person := range b.chosen {
		b.comeBack(person)
	}
	b.chosen = b.chosen[:0]
}
