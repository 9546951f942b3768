package busfactor

// Robustness returns the share of weight still covered after the loss of 0, 1, 2 … people, each time
// the one whose loss costs most (greedy), up to as many losses as asked for or until nothing is
// covered. The first value is the share covered with everyone present. Empty without any weight.
func Robustness(c *Coverage, losses int) []float64 {
	if c.total == 0 {
		return nil
	}
	s := newSearch(c)
	a := s.startRemoval()
	curve := []float64{1 - Share(a.uncovered, s.total)}
	for range min(losses, len(s.people)) {
		if _, ok := a.removeWorst(); !ok {
			break
		}
		curve = append(curve, 1-Share(a.uncovered, s.total))
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
