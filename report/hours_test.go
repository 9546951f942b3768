package report

import (
	"testing"

	"keyperson/analyzer"
)

func TestHoursSayWhatIsOnlyBoundedFromAbove(t *testing.T) {
	for _, c := range []struct {
		hours analyzer.Hours
		want  string
	}{
		{analyzer.Hours{}, "0 minutes"},
		{analyzer.Hours{AtMost: 0.04}, "at most 2 minutes"},
		{analyzer.Hours{AtMost: 3}, "at most 3 hours"},
		{analyzer.Hours{AtLeast: 1.0 / 60, AtMost: 1.0 / 60}, "1 minute"},
		{analyzer.Hours{AtLeast: 0.997, AtMost: 0.997}, "1 hour"},
		{analyzer.Hours{AtLeast: 2, AtMost: 2.001}, "2 hours"},
		{analyzer.Hours{AtLeast: 2, AtMost: 120.4}, "2 to 120 hours"},
	} {
		if got := hoursWords(c.hours); got != c.want {
			t.Errorf("%v: got %q, want %q", c.hours, got, c.want)
		}
	}
}

func TestTasksThatAreNotShownAreToldApart(t *testing.T) {
	for want, of := range map[string][2]int{
		"1 less pressing task":                                  {1, 0},
		"3 more tasks with too little evidence":                 {0, 3},
		"8 less pressing tasks, and 3 with too little evidence": {8, 3},
	} {
		if got := moreTasks(of[0], of[1]); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
