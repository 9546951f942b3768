package linediff

import "math"

// promisingAhead looks for the diagonal on which the search from the beginning has come far for its
// cost, and ends in a long run of equal lines.
func (s *searchSpace) promisingAhead(b box, forward band, start, cost int) (at point, found bool) {
	best := 0
	for d := forward.high; d >= forward.low; d -= 2 {
		x := int(s.ahead[s.zero+d])
		y := x - d
		gain := x - b.oldFrom + y - b.newFrom - distance(d, start)
		if gain <= worthwhile*cost || gain <= best ||
			x < b.oldFrom+longSnake || x >= b.oldTo || y < b.newFrom+longSnake || y >= b.newTo {
			continue
		}
		if s.isRun(x-longSnake, y-longSnake) {
			best, at, found = gain, point{x, y, true, false}, true
		}
	}
	return at, found
}

// promisingBehind is promisingAhead for the search from the end.
func (s *searchSpace) promisingBehind(b box, backward band, end, cost int) (at point, found bool) {
	best := 0
	for d := backward.high; d >= backward.low; d -= 2 {
		x := int(s.behind[s.zero+d])
		y := x - d
		gain := b.oldTo - x + b.newTo - y - distance(d, end)
		if gain <= worthwhile*cost || gain <= best ||
			x <= b.oldFrom || x > b.oldTo-longSnake || y <= b.newFrom || y > b.newTo-longSnake {
			continue
		}
		if s.isRun(x, y) {
			best, at, found = gain, point{x, y, false, true}, true
		}
	}
	return at, found
}

// isRun reports whether a long run of equal lines starts at old line x and new line y.
func (s *searchSpace) isRun(x, y int) bool {
	for i := range longSnake {
		if s.old[x+i] != s.new[y+i] {
			return false
		}
	}
	return true
}

func distance(a, b int) int { return max(a-b, b-a) }

// furthest gives up the search: it returns the point that either search has come furthest to.
func (s *searchSpace) furthest(b box, forward, backward band) point {
	ahead, aheadOld := -1, -1
	for d := forward.high; d >= forward.low; d -= 2 {
		x := min(int(s.ahead[s.zero+d]), b.oldTo, b.newTo+d)
		if x+x-d > ahead {
			ahead, aheadOld = x+x-d, x
		}
	}
	behind, behindOld := math.MaxInt, math.MaxInt
	for d := backward.high; d >= backward.low; d -= 2 {
		x := max(int(s.behind[s.zero+d]), b.oldFrom, b.newFrom+d)
		if x+x-d < behind {
			behind, behindOld = x+x-d, x
		}
	}
	if b.oldTo+b.newTo-behind < ahead-(b.oldFrom+b.newFrom) {
		return point{aheadOld, ahead - aheadOld, true, false}
	}
	return point{behindOld, behind - behindOld, false, true}
}
