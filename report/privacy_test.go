package report

import (
	"errors"
	"testing"
)

func TestThePrivacyStatementLooksAsReviewed(t *testing.T) {
	for _, language := range PrivacyLanguages {
		statement, err := PrivacyIn(language)
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, "privacy-"+language+".markdown", render(t, "markdown", statement, Options{}))
		compareGolden(t, "privacy-"+language+"-100.table", render(t, "table", statement, Options{Width: 100}))
	}
	if _, err := PrivacyIn("de"); !errors.Is(err, ErrUnknownLanguage) {
		t.Errorf("got %v", err)
	}
}

// A statement that one language leaves out is one that its readers were not told.
func TestThePrivacyStatementSaysTheSameInEveryLanguage(t *testing.T) {
	en, ja := privacyInEnglish, privacyInJapanese
	for name, pair := range map[string][2]int{
		"purposes": {len(en.purposes), len(ja.purposes)}, "reads": {len(en.reads), len(ja.reads)}, "keeps": {len(en.keeps), len(ja.keeps)},
		"sees": {len(en.sees), len(ja.sees)}, "nevers": {len(en.nevers), len(ja.nevers)}, "choices": {len(en.choicesGiven), len(ja.choicesGiven)},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %d in English, %d in Japanese", name, pair[0], pair[1])
		}
	}
}
