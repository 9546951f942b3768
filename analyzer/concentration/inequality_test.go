package concentration

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestMeasuresOfInequalityWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name                        string
		contributions               []float64
		hhi, effective, gini, top   float64
		absenceFactor, major, minor int
	}{
		{name: "nobody"},
		{name: "only people without contributions", contributions: []float64{0, 0, -1, math.NaN()}},
		{name: "one person", contributions: []float64{7}, hhi: 1, effective: 1, top: 1, absenceFactor: 1, major: 1},
		{
			// HHI 4·(1/4)² = 1/4, exp(ln 4) = 4; two of four make exactly half.
			name: "four alike", contributions: []float64{5, 5, 5, 5},
			hhi: 0.25, effective: 4, top: 0.25, absenceFactor: 2, major: 4,
		},
		{
			// Shares 0.1 0.2 0.7: HHI 0.01+0.04+0.49; −Σp·ln p = 0.230258509+0.321887582+0.249672461 = 0.801818552,
			// exp of it 2.229591874; Gini ((2−4)·1+(4−4)·2+(6−4)·7)/(3·10) = 12/30.
			name: "a team with a lead", contributions: []float64{7, 1, 2},
			hhi: 0.54, effective: 2.2295918739, gini: 0.4, top: 0.7, absenceFactor: 1, major: 3,
		},
		{
			// 19 and 1 of 20: the small share is exactly 5 %, which is major. HHI 0.9025+0.0025.
			// −Σp·ln p = 0.048728629+0.149786614 = 0.198515243. Gini ((2−3)·1+(4−3)·19)/(2·20) = 18/40.
			name: "exactly five percent", contributions: []float64{19, 1},
			hhi: 0.905, effective: 1.2195905873, gini: 0.45, top: 0.95, absenceFactor: 1, major: 2,
		},
		{
			// 96, 2, 2 of 100: HHI 0.9216+2·0.0004; −Σp·ln p = 0.039189115+2·0.078240460 = 0.195670035.
			// Gini over 4 people, one of them with nothing: ((4−5)·2+(6−5)·2+(8−5)·96)/(4·100) = 288/400.
			name: "minors and a bystander", contributions: []float64{2, 96, 0, 2},
			hhi: 0.9224, effective: 1.2161256, gini: 0.72, top: 0.96, absenceFactor: 1, major: 1, minor: 2,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			major, minor := MajorMinor(row.contributions)
			for _, measure := range []struct {
				name      string
				got, want float64
			}{
				{"HHI", HHI(row.contributions), row.hhi},
				{"EffectiveNumber", EffectiveNumber(row.contributions), row.effective},
				{"Gini", Gini(row.contributions), row.gini},
				{"TopShare", TopShare(row.contributions), row.top},
				{"ContributorAbsenceFactor", float64(ContributorAbsenceFactor(row.contributions)), float64(row.absenceFactor)},
				{"major", float64(major), float64(row.major)},
				{"minor", float64(minor), float64(row.minor)},
			} {
				if math.Abs(measure.got-measure.want) > 1e-7 {
					t.Errorf("%s of %v: got %v, want %v", measure.name, row.contributions, measure.got, measure.want)
				}
			}
		})
	}
}

func contributionsOf(minLength int) *rapid.Generator[[]float64] {
	return rapid.SliceOfN(rapid.OneOf(
		rapid.Float64Range(0, 1000),
		rapid.Map(rapid.IntRange(0, 50), func(n int) float64 { return float64(n) }),
		rapid.SampledFrom([]float64{0, math.SmallestNonzeroFloat64, math.MaxFloat64, math.MaxFloat64 / 3, 1e-300}),
	), minLength, 60)
}

func TestNoMeasureDependsOnTheOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		contributions := contributionsOf(0).Draw(t, "contributions")
		shuffled := rapid.Permutation(contributions).Draw(t, "shuffled")
		for name, measure := range map[string]func([]float64) float64{
			"HHI": HHI, "EffectiveNumber": EffectiveNumber, "Gini": Gini, "TopShare": TopShare,
			"ContributorAbsenceFactor": func(c []float64) float64 { return float64(ContributorAbsenceFactor(c)) },
			"MajorMinor":               func(c []float64) float64 { a, b := MajorMinor(c); return float64(1000*a + b) },
		} {
			if got, want := measure(shuffled), measure(contributions); got != want {
				t.Errorf("%s: %v in one order, %v in another", name, got, want)
			}
		}
	})
}

func TestMeasuresStayInTheirRange(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		contributions := append(contributionsOf(0).Draw(t, "contributions"), 1e-3)
		n := float64(len(contributors(contributions)))
		hhi, effective, gini, top := HHI(contributions), EffectiveNumber(contributions), Gini(contributions), TopShare(contributions)
		if hhi < 1/n*(1-tolerance) || hhi > 1 {
			t.Errorf("HHI %v is not in [1/%v, 1]", hhi, n)
		}
		if effective < 1 || effective > n {
			t.Errorf("effective number %v is not in [1, %v]", effective, n)
		}
		if effective < 1/hhi*(1-tolerance) {
			t.Errorf("effective number %v is under that of order 2, %v", effective, 1/hhi)
		}
		if gini < 0 || gini >= 1 {
			t.Errorf("Gini %v is not in [0, 1)", gini)
		}
		if top < 1/n*(1-tolerance) || top > 1 {
			t.Errorf("top share %v is not in [1/%v, 1]", top, n)
		}
		if factor := ContributorAbsenceFactor(contributions); factor < 1 || float64(factor) > math.Ceil(n/2) {
			t.Errorf("contributor absence factor %d is not in [1, half of %v]", factor, n)
		}
		if major, minor := MajorMinor(contributions); float64(major+minor) != n || major > 20 {
			t.Errorf("%d major and %d minor contributors of %v", major, minor, n)
		}
	})
}

// One who does more than everyone else together can lower the effective number; one who does no more
// than the average of the effective people cannot.
func TestAddingAnAveragePersonNeverLowersTheEffectiveNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		contributions := rapid.SliceOfN(rapid.Float64Range(0.01, 1000), 1, 60).Draw(t, "contributions")
		total := 0.0
		for _, contribution := range contributions {
			total += contribution
		}
		before := EffectiveNumber(contributions)
		part := rapid.Float64Range(0.001, 1).Draw(t, "part")
		after := EffectiveNumber(append(contributions, part*total/before))
		if after < before*(1-tolerance) {
			t.Errorf("fell from %v to %v", before, after)
		}
	})
}

func TestMeasuresIgnoreTheUnit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		contributions := rapid.SliceOfN(rapid.Float64Range(0.01, 1000), 1, 60).Draw(t, "contributions")
		scaled := make([]float64, len(contributions))
		for i := range scaled {
			scaled[i] = contributions[i] * 1024
		}
		if HHI(scaled) != HHI(contributions) || Gini(scaled) != Gini(contributions) || EffectiveNumber(scaled) != EffectiveNumber(contributions) {
			t.Errorf("another unit gives another result for %v", contributions)
		}
	})
}

func TestRobustnessAreaIsTheMeanAfterEachLoss(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		curve  []float64
		people int
		want   float64
	}{
		{"nobody", nil, 0, 0},
		{"one person", []float64{1, 0}, 1, 0},
		{"two people with half each", []float64{1, 0.5, 0}, 2, 0.25},            // (0.5 + 0)/2
		{"three who all know everything", []float64{1, 1, 1, 0}, 3, 2.0 / 3},    // (1 + 1 + 0)/3
		{"the curve ends where nothing is left", []float64{0.9, 0.3}, 3, 0.1},   // (0.3 + 0 + 0)/3
		{"losses beyond the last person", []float64{1, 0.4, 0.2, 0.1}, 2, 0.3},  // (0.4 + 0.2)/2
		{"a curve without losses", []float64{1}, 2, 0},                          //
		{"a number of people that cannot be", []float64{1, 0.4, 0.2}, -1, 0},    //
		{"the same with no people at all, curve or not", []float64{0, 0}, 0, 0}, //
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if got := RobustnessArea(row.curve, row.people); !near(got, row.want) {
				t.Errorf("RobustnessArea(%v, %d) = %v, want %v", row.curve, row.people, got, row.want)
			}
		})
	}
}

func BenchmarkMeasures(b *testing.B) {
	contributions := make([]float64, 5000)
	for i := range contributions {
		contributions[i] = 1e5 / float64(1+(i*7919)%5000)
	}
	for name, measure := range map[string]func([]float64) float64{
		"HHI": HHI, "EffectiveNumber": EffectiveNumber, "Gini": Gini, "TopShare": TopShare,
		"ContributorAbsenceFactor": func(c []float64) float64 { return float64(ContributorAbsenceFactor(c)) },
		"MajorMinor":               func(c []float64) float64 { a, _ := MajorMinor(c); return float64(a) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				measure(contributions)
			}
		})
	}
}
