package practice

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func TestTheConcentrationOfAHandWorkedTask(t *testing.T) {
	// Ann 6, Bo 3, Cy 1; n = 10.
	// Same hands: (6·5 + 3·2 + 1·0) / (10·9) = 36/90 = 0.4
	// Effective executors: 100 / (36 + 9 + 1) = 100/46 = 2.1739…
	// Top share: 6/10
	counts := []int{6, 3, 1}
	same, err := SameHands(counts)
	if err != nil {
		t.Fatal(err)
	}
	effective, _ := EffectiveExecutors(counts)
	top, _ := TopShare(counts)
	near(t, "same hands", same, 0.4)
	near(t, "effective executors", effective, 100.0/46)
	near(t, "top share", top, 0.6)
}

func TestFourExecutionsAreNotEnoughEvidence(t *testing.T) {
	for name, of := range map[string]func([]int) (float64, error){
		"same hands": SameHands, "effective executors": EffectiveExecutors, "top share": TopShare,
	} {
		if _, err := of([]int{3, 1}); !errors.Is(err, ErrThinEvidence) {
			t.Errorf("%s of four executions: got %v, want ErrThinEvidence", name, err)
		}
		if _, err := of(nil); !errors.Is(err, ErrThinEvidence) {
			t.Errorf("%s of none: got %v, want ErrThinEvidence", name, err)
		}
	}
}

func TestTheAbsenceRiskOfAHandWorkedTask(t *testing.T) {
	// Half-life 180 days. Ann: today, 180 and 360 days ago: x = 1 + ½ + ¼ = 1.75, q = 1 − 2^(−0.875) = 0.4547…
	// Bo: twice today: x = 2, q = 1 − 2^(−1) = 0.5.
	ann := Practice(Recent([]float64{0, 180, 360}, 180))
	bo := Practice(Recent([]float64{0, 0}, 180))
	near(t, "Ann's practice", ann, 1-math.Pow(2, -0.875))
	near(t, "Bo's practice", bo, 0.5)
	// Without a procedure: now (1−0.4547)(1−0.5) = 0.2726; without Bo, who practised most, 0.5453.
	r := AbsenceRisk([]float64{ann, bo}, 0)
	near(t, "risk now", r.Now, math.Pow(2, -0.875)*0.5)
	near(t, "risk without Bo", r.Absence, math.Pow(2, -0.875))
	if r.Top != 1 {
		t.Errorf("top: got %d, want 1", r.Top)
	}
	// With a procedure that others have executed (M5) only 0.4 of the risk is left: 0.5453 · 0.4 = 0.2181.
	near(t, "the same with M5", AbsenceRisk([]float64{ann, bo}, 5).Absence, math.Pow(2, -0.875)*0.4)
	// Nobody is left: 1, or what the procedure leaves of it.
	near(t, "nobody, M0", AbsenceRisk(nil, 0).Absence, 1)
	near(t, "nobody, M7", AbsenceRisk([]float64{0}, 7).Now, 0.1)
	// R = 0.8, A = 0.5, C = 0.4: 100 · 0.8 · 0.5 · (0.5 + 0.2) = 28.
	near(t, "individualization", Individualization(0.8, 0.5, 0.4), 28)
}

func TestThePartsOfRoutinenessByHand(t *testing.T) {
	near(t, "recurrence of 18", Recurrence(18), 0.75) // 18/24
	// Five summaries: four times {renew, certificate}, once {other}. Of the 10 pairs 6 are equal (cosine 1), 4 share
	// nothing: 0.6. A sixth without words does not count.
	same := []string{"certificate", "renew"}
	similarity, n, err := Similarity([][]string{same, same, {"other"}, same, nil, same})
	if err != nil || n != 5 {
		t.Fatalf("got n %d, %v; want 5", n, err)
	}
	near(t, "similarity", similarity, 0.6)
	// 1, 2, 3, 4, 5 hours: quartiles 2 and 4; 1 − 2/6.
	steady, _ := Steadiness([]float64{5, 1, 4, 2, 3})
	near(t, "steadiness", steady, 1-2.0/6)
	// Gaps of 7, 7, 7 and 11 days: mean 8, variance (1+1+1+9)/4 = 3.
	variation, gap, _ := Regularity([]float64{0, 7, 14, 21, 32})
	near(t, "variation of gaps", variation, math.Sqrt(3)/8)
	near(t, "median gap", gap, 7)
}

func counts(t *rapid.T) []int { return rapid.SliceOfN(rapid.IntRange(1, 30), 1, 12).Draw(t, "counts") }

func TestConcentrationStaysInItsRangeWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := counts(t)
		same, err := SameHands(c)
		if err != nil {
			return
		}
		effective, _ := EffectiveExecutors(c)
		top, _ := TopShare(c)
		if same < 0 || same > 1 || effective < 1 || effective > float64(len(c))+1e-9 || top <= 0 || top > 1 {
			t.Fatalf("%v: same hands %v, effective executors %v, top share %v", c, same, effective, top)
		}
		shuffled := rapid.Permutation(c).Draw(t, "shuffled")
		if other, _ := SameHands(shuffled); other != same {
			t.Fatalf("%v gives %v, %v gives %v", c, same, shuffled, other)
		}
	})
}

func practices(t *rapid.T) []float64 {
	return rapid.SliceOfN(rapid.Float64Range(0, 0.999), 0, 8).Draw(t, "practices")
}

func TestMoreMaturityNeverRaisesTheRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := practices(t)
		m := rapid.IntRange(0, Maturities-2).Draw(t, "maturity")
		less, more := AbsenceRisk(q, m), AbsenceRisk(q, m+1)
		if more.Now > less.Now || more.Absence > less.Absence {
			t.Fatalf("M%d: %+v, M%d: %+v", m, less, m+1, more)
		}
	})
}

func TestAnExecutionByAnyoneNeverRaisesTheRisk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(0, 10), 1, 8).Draw(t, "recent executions")
		who := rapid.IntRange(0, len(x)).Draw(t, "who")
		before := make([]float64, len(x)+1) // the last is someone who had never done it
		for i := range x {
			before[i] = Practice(x[i])
		}
		after := slices.Clone(before)
		if who < len(x) {
			after[who] = Practice(x[who] + 1)
		} else {
			after[who] = Practice(1)
		}
		a, b := AbsenceRisk(before, 0), AbsenceRisk(after, 0)
		if b.Now > a.Now || b.Absence > a.Absence+1e-12 {
			t.Fatalf("before %+v, after %+v", a, b)
		}
		if a.Absence < a.Now || a.Now < 0 || a.Absence > 1 {
			t.Fatalf("out of range: %+v", a)
		}
	})
}

func TestRoutinenessIsWithinItsRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 5, rapid.ID)
		summaries := rapid.SliceOfN(words, 5, 30).Draw(t, "summaries")
		durations := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 5, 30).Draw(t, "durations")
		similarity, _, err := Similarity(summaries)
		if err == nil && (similarity < 0 || similarity > 1) {
			t.Fatalf("similarity %v", similarity)
		}
		if steady, err := Steadiness(durations); err != nil || steady < 0 || steady > 1 {
			t.Fatalf("steadiness %v, %v", steady, err)
		}
	})
}
