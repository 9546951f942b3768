package practice

import (
	"math"
	"slices"
)

// Recurrence says how often a task comes back: n/(n+6) of its n executions, in [0,1).
func Recurrence(executions int) float64 { return float64(executions) / (float64(executions) + 6) }

// Similarity is the mean cosine similarity of all pairs of summaries, each a set of words, in [0,1]; those without words
// are left out. With fewer than LeastExecutions summaries that have words it returns ErrThinEvidence. n is how many had.
// Linear in the number of words: (|Σv|² − n) / (n(n−1)) over the unit vectors v of the sets.
func Similarity(summaries [][]string) (similarity float64, n int, err error) {
	sum := map[string]float64{}
	for _, words := range summaries {
		if len(words) == 0 {
			continue
		}
		n++
		for _, word := range words {
			sum[word] += 1 / math.Sqrt(float64(len(words)))
		}
	}
	if n < LeastExecutions {
		return 0, n, ErrThinEvidence
	}
	weights := make([]float64, 0, len(sum))
	for _, weight := range sum {
		weights = append(weights, weight*weight)
	}
	slices.Sort(weights) // one order of adding, one result
	squared := 0.0
	for _, weight := range weights {
		squared += weight
	}
	return clamp((squared - float64(n)) / (float64(n) * float64(n-1))), n, nil
}

// Steadiness says how far handling takes the same time each time: 1 − (Q₃−Q₁)/(Q₃+Q₁), in [0,1], of the quartiles of the
// durations, in any unit (the quartile coefficient of dispersion, Bonett 2006). With fewer than LeastExecutions durations it
// returns ErrThinEvidence.
func Steadiness(durations []float64) (float64, error) {
	if len(durations) < LeastExecutions {
		return 0, ErrThinEvidence
	}
	sorted := slices.Sorted(slices.Values(durations))
	first, third := quantile(sorted, 0.25), quantile(sorted, 0.75)
	if first+third == 0 {
		return 1, nil
	}
	return clamp(1 - (third-first)/(third+first)), nil
}

// Median is the middle of the values, the mean of the middle two of an even number; 0 of none.
func Median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	return quantile(slices.Sorted(slices.Values(values)), 0.5)
}

// quantile interpolates between the two nearest of sorted values.
func quantile(sorted []float64, share float64) float64 {
	position := share * float64(len(sorted)-1)
	low := int(position)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (position-float64(low))*(sorted[high]-sorted[low])
}

// Regularity is the coefficient of variation of the gaps between the sorted times of something: 0 for a clock, about 1
// for what comes at random. With fewer than four gaps it returns ErrThinEvidence. Gap is the median one.
func Regularity(sorted []float64) (variation, gap float64, err error) {
	const leastGaps = LeastExecutions - 1
	if len(sorted)-1 < leastGaps {
		return 0, 0, ErrThinEvidence
	}
	gaps := make([]float64, len(sorted)-1)
	mean := 0.0
	for i := range gaps {
		gaps[i] = sorted[i+1] - sorted[i]
		mean += gaps[i] / float64(len(gaps))
	}
	if mean == 0 {
		return 0, 0, ErrThinEvidence
	}
	variance := 0.0
	for _, g := range gaps {
		variance += (g - mean) * (g - mean) / float64(len(gaps))
	}
	return math.Sqrt(variance) / mean, Median(gaps), nil
}

func clamp(x float64) float64 { return min(1, max(0, x)) }
