package linediff

// rarity says how often a line occurs in the other file.
type rarity uint8

const (
	absent   rarity = iota // never: it is changed for certain
	matching               // it takes part in the search
	common                 // so often that a match says little
)

// surroundings is how many lines before and after a common line are looked at.
const surroundings = 100

// setAside marks the lines the search can do without, and keeps the others for it: a line that the
// other file lacks, and a common one (an empty line, a lone brace) amid lines that the other file
// lacks. matches returns how many lines of the other file belong to a class.
func (s *side) setAside(matches func(class int32) int32) {
	limit := min(roughRoot(s.total), 1024)
	s.rarity = s.rarity[:0]
	for _, number := range s.class {
		switch n := int(matches(number)); {
		case n == 0:
			s.rarity = append(s.rarity, absent)
		case n >= limit:
			s.rarity = append(s.rarity, common)
		default:
			s.rarity = append(s.rarity, matching)
		}
	}
	s.kept, s.keptClass = s.kept[:0], s.keptClass[:0]
	for i, r := range s.rarity {
		if r == absent || r == common && s.isLostInChanges(i) {
			s.setChanged(s.from+i, true)
			continue
		}
		s.kept = append(s.kept, int32(s.from+i))
		s.keptClass = append(s.keptClass, s.class[i])
	}
}

// isLostInChanges reports whether the common line i stands in a stretch of absent and common lines
// which has absent ones on either side of it, and more than three of them for each common one.
func (s *side) isLostInChanges(i int) bool {
	before := stretch(s.rarity, i, -1)
	if before[absent] == 0 {
		return false
	}
	after := stretch(s.rarity, i, +1)
	if after[absent] == 0 {
		return false
	}
	// The line itself counts on either side.
	return before[absent]+after[absent] > 3*(before[common]+after[common]+2)
}

// stretch counts absent and common lines from the one next to i in the given direction.
func stretch(lines []rarity, i, step int) (seen [3]int) {
	for n, at := 0, i+step; n < surroundings && at >= 0 && at < len(lines) && lines[at] != matching; n, at = n+1, at+step {
		seen[lines[at]]++
	}
	return seen
}

// roughRoot is a power of two between the square root of n and twice that.
func roughRoot(n int) int {
	root := 1
	for ; n > 0; n >>= 2 {
		root *= 2
	}
	return root
}
