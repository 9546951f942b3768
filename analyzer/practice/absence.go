package practice

import (
	"math"
	"slices"
)

// Maturities is the number of levels of maturity of a procedure, M0 to M7.
const Maturities = 8

// relief is the chance, by the maturity of the procedure, that someone who never did the task can do it from the
// procedure; starting values.
var relief = [Maturities]float64{0, 0, .1, .2, .3, .6, .8, .9}

// Recent is the recency-weighted number of executions of the given ages in days: each counts 2^(−age/halfLife).
func Recent(ages []float64, halfLifeDays float64) float64 {
	sum := 0.0
	for _, age := range ages {
		sum += math.Exp2(-age / halfLifeDays)
	}
	return sum
}

// Practice is the chance that someone with x recency-weighted executions can do the task today: 1 − 2^(−x/2), in [0,1).
// Two fresh executions give one half. Keyperson's own.
func Practice(x float64) float64 { return 1 - math.Exp2(-x/2) }

// Risk is the chance that nobody present can do a task.
type Risk struct {
	Now float64 // with everyone present, in [0,1]
	Top int     // index of the one whose absence raises it most; -1 where nobody present has practised
	// Absence is the risk without Top, in [0,1], never below Now.
	Absence float64
}

// AbsenceRisk is the chance that nobody present can do a task, now and without the one whose absence raises it most:
// Π (1 − qⱼ) · (1 − m(M)) over the practice qⱼ of the people present, 1 over nobody. Of several with equal practice the
// first is Top. Maturity counts from M0 to M7. Keyperson's own.
func AbsenceRisk(practice []float64, maturity int) Risk {
	r := Risk{Now: 1 - relief[maturity], Top: -1, Absence: 1 - relief[maturity]}
	if len(practice) == 0 {
		return r
	}
	most := slices.Max(practice)
	if most == 0 {
		return r
	}
	r.Top = slices.Index(practice, most)
	// In the order of practice, so that the product has the same last digit whatever the order of people.
	sorted := slices.Sorted(slices.Values(practice))
	for i, q := range sorted {
		r.Now *= 1 - q
		if i < len(sorted)-1 {
			r.Absence *= 1 - q
		}
	}
	return r
}

// Individualization is how far a task is routine that hangs on one person: 100·R·A·(0.5 + 0.5·C), in [0,100], of its
// routineness R, its absence risk A and its same-hands probability C, all in [0,1]. Keyperson's own.
func Individualization(routineness, absenceRisk, sameHands float64) float64 {
	return 100 * routineness * absenceRisk * (0.5 + 0.5*sameHands)
}
