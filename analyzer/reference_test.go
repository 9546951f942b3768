package analyzer

import (
	"strings"
	"testing"
)

func TestOnlyIDsOfCommitsAreShortened(t *testing.T) {
	for reference, want := range map[string]string{
		strings.Repeat("0123456789", 4): "0123456789",
		"OPERATIONS-101":                "OPERATIONS-101",
		"A-" + strings.Repeat("1", 38):  "A-" + strings.Repeat("1", 38),
		"":                              "",
	} {
		if got := ShortReference(reference); got != want {
			t.Errorf("%q: got %q, want %q", reference, got, want)
		}
	}
}

func TestSharesAreRoundedAsTablesRoundThem(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 0.001: "under 1 %", 0.007: "under 1 %", 0.01: "1 %", 0.5: "50 %", 0.99: "99 %", 0.993: "over 99 %", 1: "100 %",
	} {
		if got := percent(share); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}
