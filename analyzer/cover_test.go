package analyzer

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"keyperson/analyzer/busfactor"
	"keyperson/analyzer/evidencetest"
)

func TestHandWorkedFamiliarityThatCovers(t *testing.T) {
	for name, test := range map[string]struct{ share, best, want float64 }{
		// The best has 1 − 2^(−1/2) = 0.2929; half is 0.1464 = 1 − 2^(−F/2), F = −2·log2(0.8536) = 0.4568.
		"half of one change": {0.5, 1, 0.4568},
		// 1 − 2^(−3/2) = 0.6464; half is 0.3232; F = −2·log2(0.6768) = 1.1265.
		"half of a file written today": {0.5, 3, 1.1265},
		// Half of nearly 1 would be 2; √½ of it is the most that is asked.
		"half of very much": {0.5, 50, math.Sqrt2},
		"all there is":      {1, 500, 500},
	} {
		if got := coversByFamiliarity(test.share)(test.best); math.Abs(got-test.want) > 1e-4 {
			t.Errorf("%s: the best has %v: got %v, want %v", name, test.best, got, test.want)
		}
	}
}

// worker prepares a story without resampling.
func worker(t interface{ Fatal(...any) }, s *evidencetest.Story, asOf string) *work {
	w, err := newWork(s.Evidence, s.People(), s.Systems(), DefaultOptions(date(asOf)))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// busFactorAt is the bus factor of some files by who covers them, with the change weights of another time: the work that a
// second person does makes a file weigh more, which is no matter of who knows it.
func busFactorAt(w, weights *work, files []uint32) int {
	var c busfactor.Coverage
	w.coverage(&c, files, &w.covering, func(history uint32) float64 { return weights.graph.Histories[history].ChangeWeight })
	return busfactor.Of(&c).Value
}

// Who covers a file with less than two changes of the last half year, for nobody knows more, may fall under half of the best
// when someone comes to know it better. Everyone else keeps what they have, whatever a second person does, and when.
func TestEvidenceOfASecondPersonNeverLowersTheBusFactor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := []string{"api/a.go", "api/b.go", "api/c.go", "web/a.go"}
		s, again := evidencetest.New(), evidencetest.New()
		commit := func(who, on string, changes ...string) {
			s.On(on).By(who).Commit(changes...)
			again.On(on).By(who).Commit(changes...)
		}
		day := func(from string, days int) string {
			return date(from).AddDate(0, 0, rapid.IntRange(0, days).Draw(t, "day")).Format("2006-01-02")
		}
		for _, file := range files {
			for range rapid.IntRange(1, 6).Draw(t, "commits of who left") {
				commit("Xena", day("2022-06-01", 300), "M "+file)
			}
		}
		second := func(when string) {
			for range rapid.IntRange(0, 4).Draw(t, "visits of the second person "+when) {
				file, on := rapid.SampledFrom(files).Draw(t, "file"), day("2023-01-01", 540)
				for range rapid.SampledFrom([]int{1, 2, 12}).Draw(t, "commits") {
					again.On(on).By("Pat").Commit("M "+file, "& "+rapid.SampledFrom([]string{"Pat", "Quinn"}).Draw(t, "beside"))
				}
			}
		}
		s.By("Pat") // the same people in both
		s.By("Quinn")
		again.By("Pat")
		again.By("Quinn")
		second("before")
		for _, who := range []string{"Ann", "Bo", "Cy"} {
			for _, file := range files {
				for range rapid.SampledFrom([]int{0, 1, 2, 3, 5}).Draw(t, who+" on "+file) {
					commit(who, day("2024-01-10", 170), "M "+file)
				}
			}
		}
		second("after")
		before, after := worker(t, s.Tree(files...), "2024-06-30"), worker(t, again.Tree(files...), "2024-06-30")
		for system, of := range before.graph.SystemFiles {
			if was, is := busFactorAt(before, before, of), busFactorAt(after, before, of); is < was {
				t.Fatalf("%s: with a second person the bus factor fell from %d to %d", before.systems.Systems[system].ID, was, is)
			}
		}
	})
}

func TestASecondPasserByTakesNoHoldFromTheFirst(t *testing.T) {
	s := evidencetest.New()
	var files []string
	for i := range 3 {
		files = append(files, fmt.Sprintf("pay/%d.go", i))
		busy(s, "Xena", files[i], "2024-01-01", 4)
	}
	for i := range 3 {
		busy(s, "Ann", files[i], "2026-06-01", 2)
	}
	s.Tree(files...)
	covered := func() (names []string) {
		w := worker(t, s, "2026-06-30")
		for _, person := range w.coverageOf(w.allFiles()).People() {
			names = append(names, w.people.Persons[person].Name)
		}
		return names
	}
	if got := covered(); !slices.Equal(got, []string{"Ann"}) {
		t.Fatalf("Ann changed each file twice: %v cover them", got)
	}
	for i := range 3 {
		busy(s, "Bo", files[i], "2026-06-10", 1)
	}
	if got := covered(); !slices.Equal(got, []string{"Ann"}) {
		t.Errorf("Bo changed each once, besides: %v cover them, want Ann still", got)
	}
	for i := range 3 {
		busy(s, "Bo", files[i], "2026-06-20", 9)
	}
	if got := covered(); !slices.Equal(got, []string{"Ann", "Bo"}) {
		t.Errorf("Bo changed each nine times more: %v cover them, want both", got)
	}
}
