package quarterly

import (
	"regexp"
	"strings"
	"testing"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
)

func TestLongTextsAreShortened(t *testing.T) {
	r := sample()
	r.Risks[0].Name = strings.Repeat("very long ", 100)
	if got := contentOf(r, words(t, "en")).Risks[0].Title; len([]rune(got)) > longestName {
		t.Errorf("%d letters: %s", len([]rune(got)), got)
	}
}

func TestFiguresThatMeanNothingAreAbsent(t *testing.T) {
	r := sample()
	r.Predictions = []quarterly.Prediction{{Outcome: analyzer.CannotScore}}
	r.Headline.Services, r.Headline.Tasks.BeforeOf = quarterly.Count{HasBefore: true}, 0
	c := contentOf(r, words(t, "en"))
	if got := c.Predictions.Rows[0][4]; got != absent {
		t.Errorf("what cannot be scored is %q now, want %q", got, absent)
	}
	if got, want := c.Tiles[0], (tile{Figure: absent, Label: "no service has recurring work that can be judged"}); got != want {
		t.Errorf("none of none: %+v, want %+v", got, want)
	}
	if got, want := c.Tiles[1].Change, "in 2026Q2 none could be judged"; got != want {
		t.Errorf("some after none: %q, want %q", got, want)
	}
}

func TestOneMonthIsOneMonth(t *testing.T) {
	r := sample()
	r.Risks[1].Months = new(1.2)
	if got, want := contentOf(r, words(t, "en")).Risks[1].Evidence, "Nobody else has worked there for 1 month."; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end in %q", got, want)
	}
}

func TestFilesOfTheTopDirectoryAreSaidToBeThere(t *testing.T) {
	if got, want := pathList([]string{"Gemfile", ".rubocop.yml"}, words(t, "en")), "Gemfile, .rubocop.yml in the top directory"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoNumberIsCutInTheMiddle(t *testing.T) {
	const text = "4 people active on it, 5 people before; 0 % of it is uncovered, and one absence makes that 68 % (n = 1234 commits); resampled commits give 0 to 1"
	for longest := 20; longest < len(text); longest++ {
		for _, part := range strings.Split(shortened(text, longest), "…") {
			at := strings.Index(text, part)
			before, after := text[:at], text[at+len(part):]
			if regexp.MustCompile(`\d$`).MatchString(part) && regexp.MustCompile(`^ ?[\d%]`).MatchString(after) || regexp.MustCompile(`^[\d%]`).MatchString(part) && regexp.MustCompile(`\d ?$`).MatchString(before) {
				t.Errorf("in %d letters: %q", longest, shortened(text, longest))
			}
		}
	}
}
