package analyzer

// LeastMove is how far a value in [0,1] has to move to be called worse or better: resampled evidence moves it as far as
// that anyway. A starting value.
const LeastMove = 0.1

// Moved says whether a risk is worse or better than when it came under a rule with a value, Neutral for neither. A graver
// rule is worse and a milder one better, whatever the values are: those of different rules do not compare. Under the same
// rule it is decided by a value that moved by more than the tolerance.
func (r *Risk) Moved(rule RiskRule, value, tolerance float64) Direction {
	switch {
	case r.Rule.IsGraverThan(rule):
		return Worse
	case rule.IsGraverThan(r.Rule):
		return Better
	}
	return moved(value, r.Value, tolerance)
}

// moved reads a growing risk as worse, where it grew by more than the tolerance.
func moved(from, to, tolerance float64) Direction {
	switch {
	case to > from+tolerance:
		return Worse
	case to < from-tolerance:
		return Better
	}
	return Neutral
}
