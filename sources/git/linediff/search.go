package linediff

import "math"

// The limits of git's search. Beyond them a worse script is taken rather than a longer time.
const (
	longSnake     = 20  // so many equal lines in a row are a sign of being on the right way
	cheapCost     = 256 // up to this cost nothing is cut short
	worthwhile    = 4   // a way is good that gets this much further than its cost
	leastGivingUp = 256 // the cost at which the search of a large box gives up, at least
)

// box is a part of the two sequences still to be compared: the old from to old to, likewise new.
type box struct {
	oldFrom, oldTo, newFrom, newTo int
	exact                          bool // no cut-offs: a shortest script of this box is wanted
}

// searchSpace finds which of the lines kept in two files are changed: Myers' "An O(ND) Difference
// Algorithm and Its Variations" (1986), section 4b, searching from both corners of a box for a point
// in the middle of a path, and splitting the box there.
//
// A diagonal is the old position less the new one. ahead holds for each diagonal how far in the
// old sequence the search from the beginning has come on it, behind likewise from the end.
type searchSpace struct {
	old, new      []int32
	memory        []int32
	ahead, behind []int32
	zero          int // index of diagonal 0
	givingUp      int
	boxes         []box
}

func (s *searchSpace) run(from, onto *side) {
	s.old, s.new = from.keptClass, onto.keptClass
	diagonals := len(s.old) + len(s.new) + 3
	if cap(s.memory) < 2*diagonals {
		s.memory = make([]int32, 3*diagonals)
	}
	s.ahead, s.behind = s.memory[:diagonals], s.memory[diagonals:2*diagonals]
	s.zero = len(s.new) + 1
	s.givingUp = max(roughRoot(diagonals), leastGivingUp)

	// A list instead of recursion: hostile content must not make the stack deep.
	s.boxes = append(s.boxes[:0], box{oldTo: len(s.old), newTo: len(s.new)})
	for len(s.boxes) > 0 {
		b := s.shrink(s.boxes[len(s.boxes)-1])
		s.boxes = s.boxes[:len(s.boxes)-1]
		if b.oldFrom == b.oldTo || b.newFrom == b.newTo {
			for _, line := range from.kept[b.oldFrom:b.oldTo] {
				from.setChanged(int(line), true)
			}
			for _, line := range onto.kept[b.newFrom:b.newTo] {
				onto.setChanged(int(line), true)
			}
			continue
		}
		at := s.split(b)
		s.boxes = append(s.boxes,
			box{at.old, b.oldTo, at.new, b.newTo, at.exactAfter},
			box{b.oldFrom, at.old, b.newFrom, at.new, at.exactBefore})
	}
}

// shrink takes equal lines off both corners.
func (s *searchSpace) shrink(b box) box {
	for b.oldFrom < b.oldTo && b.newFrom < b.newTo && s.old[b.oldFrom] == s.new[b.newFrom] {
		b.oldFrom++
		b.newFrom++
	}
	for b.oldFrom < b.oldTo && b.newFrom < b.newTo && s.old[b.oldTo-1] == s.new[b.newTo-1] {
		b.oldTo--
		b.newTo--
	}
	return b
}

// point is where a box is split in two.
type point struct {
	old, new                int
	exactBefore, exactAfter bool
}

// band is the range of diagonals a search has spread over, every other one of them.
type band struct{ low, high int }

// widen lets a band grow by one diagonal on either side. At the border of the box it shrinks instead,
// since the diagonals in use must stay all even or all odd. The diagonal outside a
// grown border is set to a value no search can have reached.
func (d *band) widen(low, high int, reached []int32, zero int, outside int32) {
	if d.low > low {
		d.low--
		reached[zero+d.low-1] = outside
	} else {
		d.low++
	}
	if d.high < high {
		d.high++
		reached[zero+d.high+1] = outside
	} else {
		d.high--
	}
}

func (s *searchSpace) split(b box) point {
	lowest, highest := b.oldFrom-b.newTo, b.oldTo-b.newFrom
	start, end := b.oldFrom-b.newFrom, b.oldTo-b.newTo
	forward, backward := band{start, start}, band{end, end}
	meetAhead := (start-end)&1 != 0
	s.ahead[s.zero+start], s.behind[s.zero+end] = int32(b.oldFrom), int32(b.oldTo)
	for cost := 1; ; cost++ {
		forward.widen(lowest, highest, s.ahead, s.zero, -1)
		met, snakeAhead, found := s.advance(b, forward, backward, meetAhead)
		if found {
			return met
		}
		backward.widen(lowest, highest, s.behind, s.zero, math.MaxInt32)
		met, snakeBehind, found := s.retreat(b, forward, backward, !meetAhead)
		if found {
			return met
		}
		if b.exact {
			continue
		}
		if (snakeAhead || snakeBehind) && cost > cheapCost {
			if at, ok := s.promisingAhead(b, forward, start, cost); ok {
				return at
			}
			if at, ok := s.promisingBehind(b, backward, end, cost); ok {
				return at
			}
		}
		if cost >= s.givingUp {
			return s.furthest(b, forward, backward)
		}
	}
}

// advance takes the search from the beginning one step further on every diagonal.
func (s *searchSpace) advance(b box, forward, backward band, mayMeet bool) (met point, longRun, found bool) {
	ahead, behind, older, newer := s.ahead, s.behind, s.old, s.new
	for d := forward.high; d >= forward.low; d -= 2 {
		x := int(max(ahead[s.zero+d-1]+1, ahead[s.zero+d+1]))
		started := x
		for y := x - d; x < b.oldTo && y < b.newTo && older[x] == newer[y]; y++ {
			x++
		}
		longRun = longRun || x-started > longSnake
		ahead[s.zero+d] = int32(x)
		if mayMeet && backward.low <= d && d <= backward.high && int(behind[s.zero+d]) <= x {
			return point{x, x - d, true, true}, longRun, true
		}
	}
	return point{}, longRun, false
}

// retreat takes the search from the end one step further on every diagonal.
func (s *searchSpace) retreat(b box, forward, backward band, mayMeet bool) (met point, longRun, found bool) {
	ahead, behind, older, newer := s.ahead, s.behind, s.old, s.new
	for d := backward.high; d >= backward.low; d -= 2 {
		x := int(min(behind[s.zero+d-1], behind[s.zero+d+1]-1))
		started := x
		for y := x - d; x > b.oldFrom && y > b.newFrom && older[x-1] == newer[y-1]; y-- {
			x--
		}
		longRun = longRun || started-x > longSnake
		behind[s.zero+d] = int32(x)
		if mayMeet && forward.low <= d && d <= forward.high && x <= int(ahead[s.zero+d]) {
			return point{x, x - d, true, true}, longRun, true
		}
	}
	return point{}, longRun, false
}
