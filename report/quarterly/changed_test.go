package quarterly

import (
	"slices"
	"testing"

	"keyperson/analyzer"
)

func TestEveryVerdictOfAChangeHasATranslation(t *testing.T) {
	assessed := func(verdict analyzer.Verdict) *analyzer.Assessment {
		return &analyzer.Assessment{Systems: []analyzer.System{{ID: "pay", TopPerson: -1, Verdict: verdict, VerdictReason: "so it is"}}}
	}
	for _, verdict := range []analyzer.Verdict{
		analyzer.VerdictOrphaned, analyzer.VerdictThinlyCovered, analyzer.VerdictOnePerson, analyzer.VerdictTaskStops,
		analyzer.VerdictTwoPeople, analyzer.VerdictDormant, analyzer.VerdictThin,
	} {
		changes := analyzer.Compare(assessed(analyzer.VerdictShared), assessed(verdict)).Changes
		if len(changes) != 1 {
			t.Fatalf("from shared to %s: %d changes, want 1", verdict, len(changes))
		}
		for _, words := range []string{changes[0].Before, changes[0].After} {
			if !slices.Contains(knownValues, words) {
				t.Errorf("%q is not among the values that are translated", words)
			}
		}
	}
}
