package sources

import (
	"strings"
	"testing"
	"unicode"
)

func TestWhatIsEqualCaseAsideFoldsToTheSame(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		other := unicode.SimpleFold(r)
		a, b := "x"+string(r), "X"+string(other)
		if !strings.EqualFold(a, b) {
			t.Fatalf("%q and %q are not equal case aside", a, b)
		}
		if FoldCase(a) != FoldCase(b) {
			t.Errorf("%q folds to %q, %q to %q", a, FoldCase(a), b, FoldCase(b))
		}
	}
	if FoldCase("Straße") == FoldCase("Strasse") || FoldCase("a") == FoldCase("b") {
		t.Error("different names fold to the same")
	}
}
