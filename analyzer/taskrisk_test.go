package analyzer

import (
	"math"
	"testing"

	"keyperson/analyzer/evidencetest"
)

func TestWhoIsAwayCannotStepIn(t *testing.T) {
	s := evidencetest.New()
	every(s, 10, "2023-10-01", 6, "Rotate key %d", "Cy") // the last on 2023-11-21, 223 days before the as-of date: away
	every(s, 10, "2024-05-01", 3, "Rotate key %d", "Ann")
	task := taskNamed(t, assessTickets(t, s, "2024-07-01"), "rotate key *")
	// Only Ann is left to do it: without her nobody can, whatever Cy once did. With her, (1 − q) of
	// x = Σ 2^(−age/180) over the ages of 40, 50 and 60 days.
	x := 0.0
	for _, age := range []float64{40, 50, 60} {
		x += math.Exp2(-age / 180)
	}
	if task.AbsenceRisk != 1 || math.Abs(task.RiskNow-math.Exp2(-x/2)) > 0.01 {
		t.Errorf("got %v without Ann and %v now, want 1 and %v", task.AbsenceRisk, task.RiskNow, math.Exp2(-x/2))
	}
}
