package analyzer

import (
	"testing"

	"keyperson/analyzer/evidencetest"
)

func TestOneAbsenceOfSeveralIsNotOnePerson(t *testing.T) {
	for without, want := range map[float64]Verdict{0.51: VerdictThinlyCovered, 0.59: VerdictThinlyCovered, 0.6: VerdictOnePerson, 0.9: VerdictOnePerson} {
		s := System{BusFactor: BusFactor{Enough: true, Value: 1}, Commits: 20, RecentCommits: 20, UncoveredNow: 0.3, UncoveredWithoutTop: without}
		if got, reason := verdict(&s, DefaultOptions(date("2024-06-01"))); got != want {
			t.Errorf("30 %% uncovered and %v with one absence: %q (%s), want %q", without, got, reason, want)
		}
	}
}

func TestAVerdictNeedsTenCommitsThreeOfThemOfLate(t *testing.T) {
	for name, test := range map[string]struct {
		earlier, late int // commits; the window of 180 days before 2024-12-31 begins on 2024-07-04
		want          Verdict
	}{
		"nine":                       {0, 9, VerdictThin},
		"ten":                        {0, 10, VerdictOnePerson},
		"ten, two of them of late":   {8, 2, VerdictDormant},
		"ten, three of them of late": {7, 3, VerdictOnePerson},
	} {
		t.Run(name, func(t *testing.T) {
			s := evidencetest.New().On("2024-01-01").By("Ann").Tree("web/a.go")
			busy(s, "Ann", "web/a.go", "2024-02-01", test.earlier)
			busy(s, "Ann", "web/a.go", "2024-12-01", test.late)
			if got := assess(t, s, "2024-12-31").Systems[0]; got.Verdict != test.want {
				t.Errorf("%d commits, %d of late: %q (%s), want %q", got.Commits, got.RecentCommits, got.Verdict, got.VerdictReason, test.want)
			}
		})
	}
}
