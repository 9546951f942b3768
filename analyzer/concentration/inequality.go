package concentration

import (
	"math"
	"slices"
)

// The measures below take one number for each person, how much that person contributed, in any unit
// that can be added up. Numbers that are not above 0, or not finite, are people who contributed
// nothing; except to Gini, such people make no difference.

// HHI is the Herfindahl–Hirschman index Σ pᵢ² of the shares pᵢ: the probability that two contributions
// drawn with replacement come from one person, from 1/n for n people with equal shares to 1 for a
// single person. Without contributions it is 0.
//
// Source: Herfindahl 1950, Hirschman 1964.
func HHI(contributions []float64) float64 {
	sum := 0.0
	for _, share := range shares(contributions) {
		sum += float64(share * share)
	}
	return min(1, sum)
}

// EffectiveNumber is the number of people with equal shares that would be as hard to guess as the
// contributor of one contribution: exp(−Σ pᵢ·ln pᵢ), the exponential of Shannon's entropy, from 1 to
// the number of contributors. Without contributions it is 0.
//
// Source: Hill 1973 (the number of order 1), after Shannon 1948.
func EffectiveNumber(contributions []float64) float64 {
	parts := shares(contributions)
	if len(parts) == 0 {
		return 0
	}
	entropy := 0.0
	for _, share := range parts {
		entropy -= float64(share * math.Log(share))
	}
	return min(float64(len(parts)), max(1, math.Exp(entropy)))
}

// Gini is the Gini coefficient of the contributions, Σᵢ (2i − n − 1)·xᵢ / (n·Σ xᵢ) over ascending xᵢ:
// 0 when all n people contributed the same, (n − 1)/n when one of them did everything. People in the
// slice who contributed nothing count among the n. Without contributions it is 0.
//
// Source: Gini 1912, in the form for ordered samples.
func Gini(contributions []float64) float64 {
	ascending := make([]float64, len(contributions))
	for i, contribution := range contributions {
		if isContribution(contribution) {
			ascending[i] = contribution
		}
	}
	slices.Sort(ascending)
	scaleDown(ascending)
	n, sum, weighted := float64(len(ascending)), 0.0, 0.0
	for i, contribution := range ascending {
		sum += contribution
		weighted += float64((2*float64(i+1) - n - 1) * contribution)
	}
	if sum == 0 {
		return 0
	}
	return max(0, weighted/(n*sum))
}

// shares returns what part of the whole each contributor made, ascending and without those who made
// nothing: adding up in one fixed order is what makes results independent of the order of the input.
func shares(contributions []float64) []float64 {
	parts := contributors(contributions)
	scaleDown(parts)
	sum := 0.0
	for _, part := range parts {
		sum += part
	}
	// A part can be so small beside the others that its share is 0 in floating point: it then says
	// as little as one that was never made, and it is among the first.
	first := 0
	for i := range parts {
		if parts[i] /= sum; parts[i] == 0 {
			first = i + 1
		}
	}
	return parts[first:]
}

// contributors returns the numbers above 0, ascending.
func contributors(contributions []float64) []float64 {
	made := make([]float64, 0, len(contributions))
	for _, contribution := range contributions {
		if isContribution(contribution) {
			made = append(made, contribution)
		}
	}
	slices.Sort(made)
	return made
}

func isContribution(value float64) bool { return value > 0 && !math.IsInf(value, 1) }

// scaleDown divides ascending numbers by a power of two where their sum could overflow.
func scaleDown(ascending []float64) {
	if len(ascending) == 0 || ascending[len(ascending)-1] < math.MaxFloat64/0x1p64 {
		return
	}
	for i := range ascending {
		ascending[i] *= 0x1p-64
	}
}
