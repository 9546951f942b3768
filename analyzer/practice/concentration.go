package practice

import "slices"

// SameHands is the probability that two executions drawn at random, without putting the first back, were done by the
// same person: Σ nᵢ(nᵢ−1) / (n(n−1)), in [0,1], of the executions of each person. With fewer than LeastExecutions it
// returns ErrThinEvidence. Source: Simpson 1949, the unbiased form.
func SameHands(counts []int) (float64, error) {
	n, pairs := 0, 0
	for _, count := range counts {
		n += count
		pairs += count * (count - 1)
	}
	if n < LeastExecutions {
		return 0, ErrThinEvidence
	}
	return float64(pairs) / float64(n*(n-1)), nil
}

// EffectiveExecutors is the number of people who, sharing evenly, would be as concentrated: 1/Σpᵢ² of the shares pᵢ
// (Hill number of order 2, Hill 1973), at least 1. With fewer than LeastExecutions it returns ErrThinEvidence.
func EffectiveExecutors(counts []int) (float64, error) {
	n, squares := 0, 0
	for _, count := range counts {
		n += count
		squares += count * count
	}
	if n < LeastExecutions {
		return 0, ErrThinEvidence
	}
	return float64(n) * float64(n) / float64(squares), nil
}

// TopShare is the largest share of the executions, in (0,1]. With fewer than LeastExecutions it returns ErrThinEvidence.
func TopShare(counts []int) (float64, error) {
	n := 0
	for _, count := range counts {
		n += count
	}
	if n < LeastExecutions {
		return 0, ErrThinEvidence
	}
	return float64(slices.Max(counts)) / float64(n), nil
}
