package analyzer

import "testing"

func TestDrawsAreThoseOfTheCumulativeProbabilities(t *testing.T) {
	counts := make([]int, 16)
	for seed := range uint64(100_000) {
		bits := mix(seed)
		got, want := poisson(bits), poissonOf(uint32(bits>>32))
		if got != want {
			t.Fatalf("bits %x: drew %d, the probabilities say %d", bits, got, want)
		}
		counts[got]++
	}
	// e⁻¹ of 100,000 are 36,788 draws of 0 and as many of 1; half of that of 2. Three standard deviations are 458.
	for k, want := range []int{36_788, 36_788, 18_394} {
		if counts[k] < want-458 || counts[k] > want+458 {
			t.Errorf("%d was drawn %d times, want %d ± 458", k, counts[k], want)
		}
	}
}
