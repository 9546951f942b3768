package ranking

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// Choice is one next work as it is fitted to: what was known of those who might have done it, and who did.
type Choice struct {
	Parts  []Parts
	Chosen int     // index into Parts
	Weight float64 // beside other choices, more than 0
}

// The weights that are fitted, by their place in a vector of logarithms.
const (
	directoryAt = iota
	coChangeAt
	subtreeAt
	anyoneAt
	powerAt
	fitted
)

// softness is how far apart the logarithms of two scores are that hardly count as different: with 0 the rank is
// exact, and has no gradient.
const softness = 0.2

// Fit finds the weights of the parts and the power of presence that give the highest mean reciprocal rank to those
// who were chosen, with ranks made smooth: 1 + Σ σ((ln score of another − ln score of the chosen) / 0.2). Half-lives
// and kinds of evidence stay those of start, by which the parts were computed.
//
// The likelihood of a conditional logit would be the other smooth measure. It was tried on eleven public histories,
// leaving each out in turn: at the newest cut-offs it ranks as those weights do that it began with, at earlier ones
// worse.
//
// Weights are drawn to those of start as if they were a guess within a factor of e and trust the number of
// independent choices: with few, start comes out again. An error says that the optimisation found no minimum.
func Fit(choices []Choice, start Weights, trust float64) (Weights, error) {
	if len(choices) == 0 {
		return start, nil
	}
	begin := logarithms(start)
	f := &shortfall{choices: choices, start: start, begin: begin, trust: math.Max(trust, 1)}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return f.at(x, nil) },
		Grad: func(gradient, x []float64) { f.at(x, gradient) },
	}
	result, err := optimize.Minimize(problem, begin, &optimize.Settings{GradientThreshold: 1e-5, MajorIterations: 200}, &optimize.BFGS{})
	// A line search that finds nothing lower near a minimum ends with an error and the minimum.
	if result == nil || math.IsNaN(result.F) || result.F > f.at(begin, nil) {
		return start, fmt.Errorf("fit the weights of the ranking to %d choices: no minimum found: %w", len(choices), err)
	}
	return withLogarithms(start, result.X), nil
}

// leastPull is what keeps weights near the start however many choices there are: a factor of e has to gain two
// thousandths of the mean reciprocal rank. The optimum is flat, and less cannot be told from noise.
const leastPull = 0.004

// leastWeight stands for a weight of nothing, which has no logarithm.
const leastWeight = 1e-6

func logarithms(w Weights) []float64 {
	x := make([]float64, fitted)
	for at, weight := range map[int]float64{
		directoryAt: w.Directory, coChangeAt: w.CoChange, subtreeAt: w.Subtree, anyoneAt: w.Anyone, powerAt: w.PresencePower,
	} {
		x[at] = math.Log(math.Max(weight, leastWeight))
	}
	return x
}

func withLogarithms(w Weights, x []float64) Weights {
	w.Directory, w.CoChange, w.Subtree = math.Exp(x[directoryAt]), math.Exp(x[coChangeAt]), math.Exp(x[subtreeAt])
	w.Anyone, w.PresencePower = math.Exp(x[anyoneAt]), math.Exp(x[powerAt])
	return w
}

// shortfall is one less the mean reciprocal of the smooth ranks, with the pull to the start.
type shortfall struct {
	choices []Choice
	start   Weights
	begin   []float64
	trust   float64
}

// at returns the value and, where asked for, the gradient, at the logarithms of the weights.
func (f *shortfall) at(x, gradient []float64) float64 {
	w := withLogarithms(f.start, x)
	clear(gradient)
	value, sum, pull := 1.0, 0.0, leastPull+1/f.trust
	for i := range f.choices {
		sum += f.choices[i].Weight
	}
	for i := range f.choices {
		weight := f.choices[i].Weight / sum
		value -= weight * f.reciprocalRank(&f.choices[i], &w, weight, gradient)
	}
	for i := range x {
		apart := x[i] - f.begin[i]
		value += apart * apart / 2 * pull
		if gradient != nil {
			gradient[i] += apart * pull
		}
	}
	return value
}

// leastPresence keeps the logarithm of presence finite; it is two years after the last of one commit.
const leastPresence = 1e-7

// reciprocalRank returns the smooth reciprocal rank of who was chosen, and takes its part off the gradient.
func (f *shortfall) reciprocalRank(c *Choice, w *Weights, weight float64, gradient []float64) float64 {
	chosen := w.logScore(&c.Parts[c.Chosen])
	rank := 1.0
	var slope, chosenSlope [fitted]float64
	if gradient != nil {
		w.addSlope(&c.Parts[c.Chosen], 1, &chosenSlope)
	}
	for i := range c.Parts {
		if i == c.Chosen {
			continue
		}
		ahead := 1 / (1 + math.Exp((chosen-w.logScore(&c.Parts[i]))/softness))
		rank += ahead
		if by := ahead * (1 - ahead) / softness; gradient != nil && by > 0 {
			w.addSlope(&c.Parts[i], by, &slope)
			for k := range slope {
				slope[k] -= by * chosenSlope[k]
			}
		}
	}
	if gradient != nil {
		for k := range slope {
			gradient[k] += weight * slope[k] / (rank * rank)
		}
	}
	return 1 / rank
}

func (w *Weights) logScore(p *Parts) float64 {
	return math.Log(w.nearness(p)) + w.PresencePower*math.Log(p.Presence+leastPresence)
}

// addSlope adds the derivatives of the logarithm of a score by the logarithms of the weights.
func (w *Weights) addSlope(p *Parts, by float64, slope *[fitted]float64) {
	near := by / w.nearness(p)
	slope[directoryAt] += near * w.Directory * p.Directory
	slope[coChangeAt] += near * w.CoChange * p.CoChange
	slope[subtreeAt] += near * w.Subtree * p.Subtree
	slope[anyoneAt] += near * w.Anyone
	slope[powerAt] += by * w.PresencePower * math.Log(p.Presence+leastPresence)
}
