package concentration

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

const tolerance = 1e-9

func near(got, want float64) bool { return math.Abs(got-want) <= tolerance*max(1, math.Abs(want)) }

func TestDegreeOfAuthorshipIsTheSumWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name        string
		created     bool
		own, others int
		want        float64
	}{
		{"created and never touched by others", true, 0, 0, 4.391},             // 3.293 + 1.098
		{"three changes of one's own", false, 3, 0, 3.785},                     // 3.293 + 3·0.164
		{"created, 2 of 9 changes", true, 2, 7, 4.051499265121},                // 4.391 + 0.328 − 0.321·ln 8 = 4.719 − 0.667500734879
		{"one change among twenty", false, 1, 19, 2.495369940189},              // 3.457 − 0.321·ln 20 = 3.457 − 0.961630059811
		{"negative counts are none", true, -1, -5, 4.391},                      // 3.293 + 1.098
		{"one change against one other", false, 1, 1, 3.2344997553462623},      // 3.457 − 0.321·ln 2 = 3.457 − 0.2225002447
		{"a stranger who only is counted against", false, 0, 1, 3.07049975535}, // 3.293 − 0.2225002447
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := DegreeOfAuthorship(row.created, row.own, row.others); math.Abs(got-row.want) > 1e-9 {
				t.Errorf("created %v, own %d, others %d: got %.12f, want %.12f", row.created, row.own, row.others, got, row.want)
			}
		})
	}
}

func TestDegreeOfAuthorshipGrowsWithOwnWorkAndFallsWithOthers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		own, others := rapid.IntRange(0, 1e6).Draw(t, "own"), rapid.IntRange(0, 1e6).Draw(t, "others")
		created := rapid.Bool().Draw(t, "created")
		degree := DegreeOfAuthorship(created, own, others)
		if more := DegreeOfAuthorship(created, own+1, others); more <= degree {
			t.Errorf("one more change of one's own: %v after %v", more, degree)
		}
		if less := DegreeOfAuthorship(created, own, others+1); less >= degree {
			t.Errorf("one more change of others: %v after %v", less, degree)
		}
		if DegreeOfAuthorship(true, own, others) <= DegreeOfAuthorship(false, own, others) {
			t.Error("creating the file does not count")
		}
	})
}

func TestAuthorshipNeedsBothThresholds(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name            string
		degree, highest float64
		want            bool
	}{
		{"the best of the file", 4.391, 4.391, true},
		{"exactly three quarters of the best is not enough", 3.75, 5, false},
		{"just above three quarters", 3.76, 5, true},
		{"the best, but under 3.293", 3.2, 3.2, false},
		{"exactly 3.293", 3.293, 3.293, true},
		{"nobody has a positive degree", -1, -1, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := IsAuthor(row.degree, row.highest); got != row.want {
				t.Errorf("IsAuthor(%v, %v) = %v, want %v", row.degree, row.highest, got, row.want)
			}
		})
	}
}

func TestDegreeOfExpertiseIsTheSumWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		facts ExpertiseFacts
		want  float64
	}{
		// Every logarithm is that of 1.
		{"an empty file today", ExpertiseFacts{}, 5.28223},
		{"created an empty file today", ExpertiseFacts{Created: true}, 5.64374}, // 5.28223 + 0.36151
		// 5.28223 + 0.23173·ln 100 + 0.36151 − 0.19421·ln 31 − 0.28761·ln 100
		// = 5.64374 − 0.05588·4.605170185988 − 0.19421·3.433987204485 = 5.64374 − 0.257336909993 − 0.666914654983
		{"wrote all of 100 lines but one, a month ago", ExpertiseFacts{AddedLines: 99, Created: true, DaysSinceLastChange: 30, SizeLines: 100}, 4.719488435024},
		// 5.28223 + 0.23173·ln 2 − 0.19421·ln 366 − 0.28761·ln 1000
		// = 5.28223 + 0.160622997 − 1.146350420 − 1.986739496
		{"one line of a thousand a year ago", ExpertiseFacts{AddedLines: 1, DaysSinceLastChange: 365, SizeLines: 1000}, 2.309763081},
		{"negative lines and days are none", ExpertiseFacts{AddedLines: -1, DaysSinceLastChange: -2, SizeLines: -1}, 5.28223},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := DegreeOfExpertise(row.facts); math.Abs(got-row.want) > 1e-8 {
				t.Errorf("%+v: got %.12f, want %.12f", row.facts, got, row.want)
			}
		})
	}
}

func TestDegreeOfExpertiseFadesWithTimeAndSize(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		facts := ExpertiseFacts{
			AddedLines: rapid.IntRange(0, 1e6).Draw(t, "added"), Created: rapid.Bool().Draw(t, "created"),
			DaysSinceLastChange: rapid.Float64Range(0, 1e5).Draw(t, "days"), SizeLines: rapid.IntRange(1, 1e6).Draw(t, "size"),
		}
		degree := DegreeOfExpertise(facts)
		later, larger, busier := facts, facts, facts
		later.DaysSinceLastChange += 1
		larger.SizeLines++
		busier.AddedLines++
		if DegreeOfExpertise(later) >= degree || DegreeOfExpertise(larger) >= degree || DegreeOfExpertise(busier) <= degree {
			t.Errorf("not monotone around %+v", facts)
		}
	})
}
