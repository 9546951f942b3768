package busfactor

import "math"

// absence tracks what is uncovered while people leave and come back.
type absence struct {
	*search
	lossShares *lossShares
	left       []uint32 // covering people left, by thing
	isAbsent   []bool
	uncovered  float64
}

// nobodyAbsent begins anew. A search has one absence at a time.
func (s *search) nobodyAbsent(counting *lossShares) *absence {
	a := &s.absence
	a.search, a.lossShares, a.uncovered = s, counting, s.uncoveredNow
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

// loss is what the absence of one more person costs, as counted.
func (a *absence) loss(person int) float64 {
	loss := 0.0
	for _, thing := range a.thingsOf(person) {
		loss += a.weights[thing] * a.lossShares.of(a.left[thing])
	}
	return loss
}

// lossShares are the parts of a thing's weight that count as lost with one of the people left who cover it, by how many
// are left.
type lossShares [64]float64

// atOnce counts what an absence uncovers there and then. It is blind wherever two people cover everything.
var atOnce = lossShares{1, 1}

// lookingAhead counts besides how far an absence brings the rest towards being uncovered: a thing with n people left to
// cover it counts 2^(1-n).
var lookingAhead = func() (shares lossShares) {
	shares[0] = 1
	for left := 1; left < len(shares); left++ {
		shares[left] = math.Exp2(float64(1 - left))
	}
	return shares
}()

func (l *lossShares) of(left uint32) float64 { return l[min(left, uint32(len(l)-1))] }
