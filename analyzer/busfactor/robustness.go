package busfactor

// Robustness returns the share of weight still covered after the loss of 0, 1, 2 … people, each time the worst set of so
// many that was found, up to as many losses as asked for or until nothing is covered. The first value is the share
// covered with everyone present. Empty without any weight.
//
// The worst set is known for one loss; finding it for more is as hard as finding the bus factor, and the sets need not
// contain each other. Tried are removing the one whose loss costs most at once, looking ahead to what it brings near, and
// looking ahead after the people given, such as Result.Absent, with whom the curve falls as far as the bus factor says. Each
// of these covers something.
func Robustness(c *Coverage, losses int, given []uint32) []float64 {
	if c.total == 0 {
		return nil
	}
	s := newSearch(c)
	var first []uint32
	for _, person := range given {
		first = append(first, s.number[person])
	}
	curve := s.decline(losses, &lookingAhead, first)
	for _, other := range [][]float64{s.decline(losses, &lookingAhead, nil), s.decline(losses, &atOnce, nil)} {
		for i, covered := range other {
			curve[i] = min(curve[i], covered)
		}
	}
	return curve
}

// decline is what is still covered while people are removed, some of them first.
func (s *search) decline(losses int, counting *lossShares, first []uint32) []float64 {
	r := s.startRemoval(counting)
	curve := []float64{1 - Share(r.uncovered, s.total)}
	for len(curve) <= min(losses, len(s.people)) {
		if len(first) > 0 {
			r.remove(first[0])
			first = first[1:]
		} else if _, ok := r.removeWorst(); !ok {
			break
		}
		curve = append(curve, 1-Share(r.uncovered, s.total))
	}
	return curve
}

// Worst returns the person whose absence alone uncovers most and the share then uncovered; ties go to
// the one with more fairly shared weight, then to the smaller number. Without anyone it returns false.
func Worst(c *Coverage) (person uint32, uncovered float64, ok bool) {
	s := newSearch(c)
	if len(s.people) == 0 || s.total == 0 {
		return 0, 0, false
	}
	alone := make([]float64, len(s.people))
	for thing, weight := range s.weights {
		if covering := s.coverersOf(uint32(thing)); len(covering) == 1 {
			alone[covering[0]] += weight
		}
	}
	shares := s.fairShares()
	worst := 0
	for i := range s.people {
		if alone[i] > alone[worst] || alone[i] == alone[worst] && shares[i] > shares[worst] {
			worst = i
		}
	}
	return s.people[worst], Share(s.uncoveredNow+alone[worst], s.total), true
}
