package ranking

// Confidence is how far the first of a ranking can be trusted to do the next work, in a word.
type Confidence string

// The words, the strongest first.
const (
	Strong Confidence = "strong" // right more often than not
	Likely Confidence = "likely" // the best guess, right nearly half of the time
	Weak   Confidence = "weak"   // one of several: more often wrong than right
	NoOne  Confidence = "no one" // nobody is ranked
)

// Confidences lists the words under which someone is ranked, the strongest first.
func Confidences() []Confidence { return []Confidence{Strong, Likely, Weak} }

// LeastShare is the share of all scores that the first must have for a word, in [0,1]; 0 for Weak.
func (c Confidence) LeastShare() float64 {
	switch c {
	case Strong:
		return 0.9
	case Likely:
		return 0.7
	}
	return 0
}

// HitRate is how often the first under this word did the next work on a file, newcomers counted as misses, on the
// eleven public histories that DefaultWeights names, each history and cut-off with equal weight; 0 for NoOne. It
// rises from one tenth of the share to the next, which the lead over the second does not. keyperson backtest prints
// the same for a history of one's own.
func (c Confidence) HitRate() float64 {
	switch c {
	case Strong:
		return 0.69
	case Likely:
		return 0.45
	case Weak:
		return 0.20
	}
	return 0
}

// ConfidenceIn says how far the first of a ranking of all who may do the work can be trusted.
func ConfidenceIn(candidates []Candidate) Confidence {
	if len(candidates) == 0 || candidates[0].Score <= 0 {
		return NoOne
	}
	return ConfidenceOf(candidates[0].Share)
}

// ConfidenceOf is the word for the share that the first has of all scores.
func ConfidenceOf(share float64) Confidence {
	for _, word := range Confidences() {
		if share >= word.LeastShare() {
			return word
		}
	}
	return Weak
}
