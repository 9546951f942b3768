package linediff

// group is a run of changed lines, perhaps an empty one: there is one before, between and after any
// unchanged lines. The groups of the two files correspond one to one, in order.
type group struct{ from, to int }

func (g group) isEmpty() bool { return g.from == g.to }

func (s *side) firstGroup() group {
	g := group{}
	for s.isChanged(g.to) {
		g.to++
	}
	return g
}

// next moves on to the following group; false at the last.
func (s *side) next(g *group) bool {
	if g.to == s.count() {
		return false
	}
	g.from = g.to + 1
	for g.to = g.from; s.isChanged(g.to); g.to++ {
	}
	return true
}

// previous moves back to the preceding group. There must be one.
func (s *side) previous(g *group) {
	g.to = g.from - 1
	for g.from = g.to; s.isChanged(g.from - 1); g.from-- {
	}
}

// slideUp moves the group up by one line where that is the same change, and swallows a group it
// meets.
func (s *side) slideUp(g *group) bool {
	if g.from == 0 {
		s.cutShort = s.cutShort || !s.atBeginning
		return false
	}
	if !s.areEqual(g.from-1, g.to-1) {
		return false
	}
	g.from--
	g.to--
	s.setChanged(g.from, true)
	s.setChanged(g.to, false)
	for s.isChanged(g.from - 1) {
		g.from--
	}
	return true
}

// slideDown is slideUp in the other direction.
func (s *side) slideDown(g *group) bool {
	if g.to == s.count() {
		s.cutShort = s.cutShort || !s.atEnd
		return false
	}
	if !s.areEqual(g.from, g.to) {
		return false
	}
	s.setChanged(g.from, false)
	s.setChanged(g.to, true)
	g.from++
	g.to++
	for s.isChanged(g.to) {
		g.to++
	}
	return true
}

// slide puts each changed run of s where git would, among the places that make the same change:
// joined with its neighbours, next to a change of the other file, or where the indentation says that
// a block of text begins and ends. It returns false when the window is too small to tell.
func slide(s, other *side) bool {
	s.cutShort = false
	g, across := s.firstGroup(), other.firstGroup()
	for {
		if !g.isEmpty() {
			slideGroup(s, other, &g, &across)
		}
		if !s.next(&g) || !other.next(&across) {
			return !s.cutShort
		}
	}
}

// slideGroup places one group g of s; across is the corresponding group of the other file.
func slideGroup(s, other *side, g, across *group) {
	var highestEnd, size int
	var meets bool // on the way down there is a place across from a change
	for {
		size = g.to - g.from
		for s.slideUp(g) {
			other.previous(across)
		}
		highestEnd, meets = g.to, !across.isEmpty()
		for s.slideDown(g) {
			other.next(across)
			meets = meets || !across.isEmpty()
		}
		if g.to-g.from == size {
			break
		}
		// It met another group and swallowed it: what is larger may slide differently.
	}
	switch {
	case g.to == highestEnd:
	case meets:
		for across.isEmpty() && s.slideUp(g) {
			other.previous(across)
		}
	default:
		end := s.bestEnd(*g, highestEnd)
		for g.to > end && s.slideUp(g) {
			other.previous(across)
		}
	}
}
