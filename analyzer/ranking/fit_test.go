package ranking

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func drawParts(t *rapid.T) Parts {
	share := rapid.Float64Range(0, 1)
	return Parts{
		File: share.Draw(t, "file"), Directory: share.Draw(t, "directory"), CoChange: share.Draw(t, "co-change"),
		Subtree: share.Draw(t, "subtree"), Presence: rapid.Float64Range(0, 30).Draw(t, "presence"),
	}
}

func drawChoices(t *rapid.T) []Choice {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Choice {
		c := Choice{Parts: rapid.SliceOfN(rapid.Custom(drawParts), 2, 6).Draw(t, "parts"), Weight: rapid.Float64Range(0.1, 2).Draw(t, "weight")}
		c.Chosen = rapid.IntRange(0, len(c.Parts)-1).Draw(t, "chosen")
		return c
	}), 1, 8).Draw(t, "choices")
}

func TestTheGradientIsTheSlopeOfTheShortfall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := DefaultWeights()
		f := &shortfall{choices: drawChoices(t), start: start, begin: logarithms(start), trust: 50}
		x := make([]float64, fitted)
		for i := range x {
			x[i] = f.begin[i] + rapid.Float64Range(-1, 1).Draw(t, "step")
		}
		gradient := make([]float64, fitted)
		f.at(x, gradient)
		const step = 1e-5
		for i := range x {
			ahead, back := append([]float64(nil), x...), append([]float64(nil), x...)
			ahead[i] += step
			back[i] -= step
			slope := (f.at(ahead, nil) - f.at(back, nil)) / (2 * step)
			if math.Abs(slope-gradient[i]) > 1e-5 {
				t.Fatalf("weight %d at %v: gradient %v, slope %v", i, x, gradient[i], slope)
			}
		}
	})
}

// twoCandidates is a choice between who knows the file and who knows the directory, both equally present.
func twoCandidates(chosen int) Choice {
	return Choice{Parts: []Parts{{File: 1, Presence: 1}, {Directory: 1, Presence: 1}}, Chosen: chosen, Weight: 1}
}

func TestAFitFindsWhatTheChoicesWereMadeBy(t *testing.T) {
	var choices []Choice
	for range 100 {
		choices = append(choices, twoCandidates(1))
	}
	start := DefaultWeights()
	got, err := Fit(choices, start, 100)
	if err != nil {
		t.Fatal(err)
	}
	// Whoever knows the directory was always chosen: its weight has to exceed the file's, which is 1.
	if got.Directory <= 1 {
		t.Errorf("directory %v, want over 1", got.Directory)
	}
	if got.FileHalfLifeDays != start.FileHalfLifeDays || got.File != 1 {
		t.Errorf("half-lives and the weight of the file have to stay: %+v", got)
	}
}

func TestAFitToNothingIsTheStart(t *testing.T) {
	start := DefaultWeights()
	got, err := Fit(nil, start, 0)
	if err != nil || got != start {
		t.Errorf("got %+v, %v; want %+v", got, err, start)
	}
}

func TestAFitNeverRanksTheChosenWorseThanTheStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		choices, start := drawChoices(t), PlainWeights()
		got, err := Fit(choices, start, 20)
		if err != nil {
			return // said, and the start returned
		}
		f := &shortfall{choices: choices, start: start, begin: logarithms(start), trust: 20}
		if before, after := f.at(logarithms(start), nil), f.at(logarithms(got), nil); after > before+1e-9 {
			t.Fatalf("shortfall %v, it was %v", after, before)
		}
	})
}
