package report

import (
	"testing"

	"keyperson/analyzer"
)

// Judgement that somebody has is protected; where nobody is left who has it, there is nobody to protect.
func TestNobodyIsToldToProtectWhatNobodyCanDo(t *testing.T) {
	for _, c := range []struct {
		name string
		task analyzer.Task
		want string
		tone Tone
	}{
		{"one has it", analyzer.Task{Quadrant: analyzer.Protect, Enough: true, RiskNow: 0.53, Executors: []analyzer.Executor{{Practice: 0.47}}}, "protect", Caution},
		{"one has nearly lost it", analyzer.Task{Quadrant: analyzer.Protect, Enough: true, RiskNow: 0.9, Executors: []analyzer.Executor{{Practice: 0.1}}}, "nobody left", Alert},
		{"nobody has it", analyzer.Task{Quadrant: analyzer.Protect, Enough: true, RiskNow: 1, TopPerson: -1, Executors: []analyzer.Executor{{Practice: 0.9}}}, "nobody left", Alert},
		{"routine that nobody has", analyzer.Task{Quadrant: analyzer.Fix, TopPerson: -1}, "fix", Alert},
		{"over", analyzer.Task{Quadrant: analyzer.QuadrantUnknown, Dormant: true, TopPerson: -1}, "dormant", Muted},
	} {
		if words, tone := quadrantWords(&c.task), quadrantTone(&c.task); words != c.want || tone != c.tone {
			t.Errorf("%s: got %q in tone %d, want %q in %d", c.name, words, tone, c.want, c.tone)
		}
	}
}
