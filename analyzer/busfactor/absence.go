package busfactor

// absence tracks what is uncovered while people leave and come back.
type absence struct {
	*search
	left      []uint32 // covering people left, by thing
	isAbsent  []bool
	uncovered float64
}

// nobodyAbsent begins anew. A search has one absence at a time.
func (s *search) nobodyAbsent() *absence {
	a := &s.absence
	a.search, a.uncovered = s, s.uncoveredNow
	a.isAbsent = zeroed(a.isAbsent, len(s.people))
	a.left = a.left[:0]
	start := uint32(0)
	for _, end := range s.covererEnds {
		a.left = append(a.left, end-start)
		start = end
	}
	return a
}

func (a *absence) leave(person int) {
	a.isAbsent[person] = true
	for _, thing := range a.thingsOf(person) {
		if a.left[thing]--; a.left[thing] == 0 {
			a.uncovered += a.weights[thing]
		}
	}
}

func (a *absence) comeBack(person int) {
	a.isAbsent[person] = false
	for _, thing := range a.thingsOf(person) {
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
	for _, thing := range a.thingsOf(person) {
		loss += a.weights[thing] * shareOfLoss(a.left[thing])
	}
	return loss
}

// shareOfLoss is the part of a thing's weight that counts as lost with one of the people left who cover it.
func shareOfLoss(left uint32) float64 {
	if left <= 1 {
		return 1
	}
	return 1 / float64(uint64(1)<<min(left-1, 62))
}
