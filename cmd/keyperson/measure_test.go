package main

import (
	"io"
	"testing"

	"keyperson/sources/demo"
)

// TestWhatIsPlantedIsFound measures on fewer seeds than keyperson demo measure does, with margins for their being few.
func TestWhatIsPlantedIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("assesses two organisations seven times each")
	}
	p := &program{stdout: io.Discard, stderr: io.Discard}
	result, err := p.measure(t.Context(), demo.Options{Seed: 101, Noise: 1}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range result.WronglyJoined {
		t.Errorf("different people were joined: %s", pair)
	}
	for _, task := range result.CraftToFix {
		t.Errorf("good personal work is called one to fix: %s", task)
	}
	least := map[string]float64{
		"people joined": 0.95, "programs": 1, "mechanical commits": 1, "system verdicts": 0.93,
		"task quadrants": 0.93, "task holders": 0.93, "task levels": 0.95, "task executions": 0.95, "task classes": 0.95,
		"runbook maturity": 0.95, "runbook authors": 0.94, "review bumps": 1, "changes of level": 0.9, "causes of change": 0.9,
	}
	seen := 0
	for i := range result.Scores {
		score := &result.Scores[i]
		margin, ok := least[score.Category]
		if !ok {
			continue
		}
		seen++
		if score.Recall() < margin || score.Precision() < margin {
			t.Errorf("%s: recall %.3f, precision %.3f, want %.2f at least; missed %q, wrong %q",
				score.Category, score.Recall(), score.Precision(), margin, score.Missed, score.Wrong)
		}
	}
	if seen != len(least) {
		t.Errorf("%d of %d categories were measured", seen, len(least))
	}
}
