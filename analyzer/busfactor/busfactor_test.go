package busfactor

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

type thing struct {
	weight float64
	people []uint32
}

func coverageOf(things ...thing) *Coverage {
	c := &Coverage{}
	for _, t := range things {
		c.Add(t.weight, t.people...)
	}
	return c
}

func TestBusFactorOfHandWorkedCoverages(t *testing.T) {
	for name, test := range map[string]struct {
		things []thing
		want   Result
	}{
		// 60 of 100 is Ann's alone: her absence leaves 60 % uncovered.
		"one person holds more than half": {
			[]thing{{60, []uint32{1}}, {40, []uint32{2}}}, Result{1, true, []uint32{1}},
		},
		// exactly half is not more than half
		"exactly half is not lost": {
			[]thing{{50, []uint32{1}}, {50, []uint32{2}}}, Result{2, true, []uint32{1, 2}},
		},
		"nobody covers most of it": {
			[]thing{{60, nil}, {40, []uint32{2}}}, Result{0, true, nil},
		},
		// 40 uncovered already; Ann alone holds 11: 51 %.
		"what is uncovered already counts": {
			[]thing{{40, nil}, {11, []uint32{1}}, {49, []uint32{1, 2}}}, Result{1, true, []uint32{1}},
		},
		"two people cover everything": {
			[]thing{{1, []uint32{1, 2}}, {1, []uint32{1, 2}}, {1, []uint32{1, 2}}}, Result{2, true, []uint32{1, 2}},
		},
		// Removing by single counts takes the generalist 9 first; 1 and 2 are the only pair that does it.
		"a generalist is no key person": {
			[]thing{{30, []uint32{1, 2}}, {22, []uint32{1}}, {24, []uint32{9, 3}}, {24, []uint32{9, 4}}},
			Result{2, true, []uint32{1, 2}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Of(coverageOf(test.things...))); diff != "" {
				t.Errorf("bus factor of %v (-want +got):\n%s", test.things, diff)
			}
		})
	}
}

func TestNoWeightGivesNobody(t *testing.T) {
	c := coverageOf(thing{0, []uint32{1}})
	if got := Of(c); got.Value != 0 || !got.Exact {
		t.Errorf("bus factor without weight: got %+v, want exactly 0", got)
	}
	if _, _, ok := Worst(&Coverage{}); ok {
		t.Error("the worst loss of nothing: got somebody, want nobody")
	}
	if got := Robustness(&Coverage{}, 3, nil); got != nil {
		t.Errorf("robustness of nothing: got %v, want none", got)
	}
}

func drawThings(t *rapid.T) []thing {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) thing {
		people := rapid.SliceOfNDistinct(rapid.Uint32Range(0, 8), 0, 4, rapid.ID).Draw(t, "people")
		return thing{float64(rapid.IntRange(1, 9).Draw(t, "weight")), people}
	}), 1, 14).Draw(t, "things")
}

// bruteForce tries all sets of people, small ones first.
func bruteForce(c *Coverage) int {
	people := c.People()
	best := len(people) + 1
	for set := range 1 << len(people) {
		var absent []uint32
		for i, person := range people {
			if set>>i&1 == 1 {
				absent = append(absent, person)
			}
		}
		if len(absent) < best && c.Uncovered(absent...) > Threshold+1e-9 {
			best = len(absent)
		}
	}
	return best
}

func TestTheExactAnswerIsThatOfBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := coverageOf(drawThings(t)...)
		got := Of(c)
		if want := bruteForce(c); got.Value != want || !got.Exact {
			t.Fatalf("bus factor: got %+v, want exactly %d", got, want)
		}
		if c.Uncovered(got.Absent...) <= Threshold {
			t.Fatalf("absence of %v uncovers only %v", got.Absent, c.Uncovered(got.Absent...))
		}
		if bound := new(Bounder).UpperBound(c); bound < got.Value {
			t.Fatalf("greedy answer %d is below the exact %d", bound, got.Value)
		}
	})
}

func TestOneMoreCoveringPersonNeverLowersTheBusFactor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		things := drawThings(t)
		before := Of(coverageOf(things...)).Value
		i := rapid.IntRange(0, len(things)-1).Draw(t, "thing")
		person := rapid.Uint32Range(0, 9).Draw(t, "second person")
		if !slices.Contains(things[i].people, person) {
			things[i].people = append(slices.Clone(things[i].people), person)
		}
		if after := Of(coverageOf(things...)).Value; after < before {
			t.Fatalf("person %d now covers thing %d too: bus factor fell from %d to %d", person, i, before, after)
		}
	})
}

func TestRobustnessFallsFromAllCoveredToNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := coverageOf(drawThings(t)...)
		curve := Robustness(c, 100, nil)
		if want := 1 - c.Uncovered(); curve[0]-want > 1e-9 || want-curve[0] > 1e-9 {
			t.Fatalf("with everyone present: got %v, want %v", curve[0], want)
		}
		for i := 1; i < len(curve); i++ {
			if curve[i] > curve[i-1]+1e-9 {
				t.Fatalf("loss %d raised what is covered: %v", i, curve)
			}
		}
		if last := curve[len(curve)-1]; last != 0 {
			t.Fatalf("after everyone is gone %v is covered", last)
		}
	})
}

// Tenths and thirds summed in another order come to a little less or more than all of them.
func TestOnlyEverythingIsAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, divided := &Coverage{}, rapid.SliceOfN(rapid.IntRange(1, 30), 1, 30).Draw(t, "divisors")
		for i, divisor := range divided {
			switch {
			case i%3 == 0:
				c.Add(1 / float64(divisor))
			case i%2 == 0:
				c.Add(1/float64(divisor), 1, 2)
			default:
				c.Add(1/float64(divisor), 1)
			}
		}
		if _, uncovered, ok := Worst(c); ok && (uncovered == 1) != (len(divided) < 3) { // the third thing has two people
			t.Fatalf("without the worst %v is uncovered of %d things", uncovered, len(divided))
		}
		if curve := Robustness(c, 2, nil); curve[len(curve)-1] != 0 {
			t.Fatalf("with everyone gone %v is covered", curve[len(curve)-1])
		}
	})
	for n := 1; n <= 20; n++ {
		sum, total := 0.0, 0.0
		for range n {
			sum += 1 / float64(n)
		}
		for i := range n {
			total += float64(i) / 7
		}
		if got := Share(sum, 1); got != 1 {
			t.Errorf("%d of %d parts: got %v, want 1", n, n, got)
		}
		if got := Share(total, 0); got != 0 {
			t.Errorf("a share of nothing: got %v, want 0", got)
		}
	}
}

func TestRobustnessOfAHandWorkedCoverage(t *testing.T) {
	// One loss: Ann's 30. Two: Cy and Dee uncover 50, as Ann and Bo do; looking ahead from Ann, Cy comes next, and 70 stay. Three:
	// Ann with Cy and Dee uncover 80; Ann, Bo and another 50.
	c := coverageOf(thing{30, []uint32{1}}, thing{20, []uint32{2}}, thing{50, []uint32{3, 4}})
	want := []float64{1, 0.7, 0.5, 0.2, 0}
	if diff := cmp.Diff(want, Robustness(c, 10, nil), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The curve says what the bus factor and the worst loss say beside it.
func TestRobustnessAgreesWithTheBusFactorAndTheWorstLoss(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := coverageOf(drawThings(t)...)
		found := Of(c)
		curve := Robustness(c, 100, found.Absent)
		if curve[found.Value] >= 1-Threshold {
			t.Fatalf("after as many losses as the bus factor, %d, half is covered still: %v", found.Value, curve)
		}
		if found.Value > 0 && found.Exact && curve[found.Value-1] < 1-Threshold-1e-9 {
			t.Fatalf("after fewer losses than the bus factor, %d, less than half is covered: %v", found.Value, curve)
		}
		if _, uncovered, ok := Worst(c); ok && math.Abs(curve[1]-(1-uncovered)) > 1e-9 {
			t.Fatalf("after the worst loss %v is uncovered, the curve says %v", uncovered, curve)
		}
	})
}

func TestTheWorstSingleLossIsTheLargest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := coverageOf(drawThings(t)...)
		person, uncovered, ok := Worst(c)
		if !ok {
			return
		}
		if direct := c.Uncovered(person); direct-uncovered > 1e-9 || uncovered-direct > 1e-9 {
			t.Fatalf("without %d: got %v uncovered, want %v", person, uncovered, direct)
		}
		for _, other := range c.People() {
			if c.Uncovered(other) > uncovered+1e-9 {
				t.Fatalf("losing %d costs more (%v) than losing %d (%v)", other, c.Uncovered(other), person, uncovered)
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	c := &Coverage{}
	for i := range 20_000 {
		c.Add(float64(i%17+1), uint32(i*7%40), uint32(i*13%41+1))
	}
	b.ResetTimer()
	for b.Loop() {
		Of(c)
	}
}

// A hostile history has tens of thousands of people with a file each.
func BenchmarkOfManyPeople(b *testing.B) {
	c := &Coverage{}
	for i := range 20_000 {
		c.Add(1, uint32(i))
	}
	for b.Loop() {
		new(Bounder).UpperBound(c)
	}
}
