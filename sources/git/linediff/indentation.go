package linediff

const (
	farthestSlide   = 100 // places to weigh for one group
	mostBlank       = 20  // empty lines to look across
	deepestIndent   = 200 // columns
	tabWidth        = 8
	noIndent        = -1 // of an empty line, and beyond the file
	indentIsWorth   = 60 // how much a smaller indentation outweighs anything else
	beginningOfFile = 1
	endOfFile       = 21
	blankAround     = -30
	blankAfter      = 6
)

// badness of a place for the edge of a changed run; less is better. Indentations are only compared,
// so their sum is kept apart from the penalties.
type badness struct{ indent, penalty int }

func (b badness) isAtMost(other badness) bool {
	difference := b.penalty - other.penalty
	switch {
	case b.indent > other.indent:
		difference += indentIsWorth
	case b.indent < other.indent:
		difference -= indentIsWorth
	}
	return difference <= 0
}

// bestEnd returns where g, which stands as low as it can, should end: the lowest of the best places
// from highest on.
func (s *side) bestEnd(g group, highest int) int {
	size := g.to - g.from
	best, least := -1, badness{}
	for end := max(highest, g.to-size-1, g.to-farthestSlide); end <= g.to; end++ {
		above, below := s.edge(end-size), s.edge(end)
		sum := badness{above.indent + below.indent, above.penalty + below.penalty}
		if best < 0 || sum.isAtMost(least) {
			best, least = end, sum
		}
	}
	return best
}

// edge weighs the place before line at as an edge of a changed run. The weights are those that git's
// authors found on a large collection of diffs that people had judged.
func (s *side) edge(at int) badness {
	indent := s.indentAt(at)
	blankBefore, indentBefore := s.blankLines(at-1, -1)
	blankBehind, indentBehind := s.blankLines(at+1, +1)
	var b badness
	if indentBefore == noIndent && blankBefore == 0 {
		b.penalty += beginningOfFile
	}
	if at >= s.count() {
		b.penalty += endOfFile
	}
	blankHere := 0
	if indent == noIndent {
		blankHere = 1 + blankBehind
		indent = indentBehind
	}
	b.penalty += blankAround*(blankBefore+blankHere) + blankAfter*blankHere
	b.indent = indent
	if indent != noIndent && indentBefore != noIndent {
		b.penalty += stepPenalty(indentBefore, indent, indentBehind, blankBefore+blankHere > 0)
	}
	return b
}

// stepPenalty weighs a change of indentation from the line before the edge to the one after it.
func stepPenalty(before, after, following int, hasBlank bool) int {
	choose := func(withBlank, without int) int {
		if hasBlank {
			return withBlank
		}
		return without
	}
	switch {
	case after > before:
		return choose(10, -4)
	case after == before:
		return 0
	case following > after: // a new block begins
		return choose(17, 24)
	default: // a block ends
		return choose(17, 23)
	}
}

// blankLines counts the empty lines from line at on in the direction of step, and returns the
// indentation of the line behind them.
func (s *side) blankLines(at, step int) (blank, indent int) {
	for ; at >= 0 && at < s.count(); at += step {
		if indent = s.indentAt(at); indent != noIndent {
			return blank, indent
		}
		if blank++; blank == mostBlank {
			return blank, 0
		}
	}
	if at < 0 {
		s.cutShort = s.cutShort || !s.atBeginning
	} else {
		s.cutShort = s.cutShort || !s.atEnd
	}
	return blank, noIndent
}

// indentAt returns how many columns line at is indented, or noIndent when it is blank.
func (s *side) indentAt(at int) int {
	if at >= s.count() {
		s.cutShort = s.cutShort || !s.atEnd
		return noIndent
	}
	columns := 0
	for _, c := range s.line(at) {
		switch c {
		case ' ':
			columns++
		case '\t':
			columns += tabWidth - columns%tabWidth
		case '\n', '\r':
		default:
			return columns
		}
		if columns >= deepestIndent {
			return deepestIndent
		}
	}
	return noIndent
}
