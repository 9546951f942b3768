package report

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestShortenKeepsBothEndsAndTheNameOfAPath(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 10, "short"},
		{"services/payments/gateway", 11, "…/gateway"},
		{"services/payments/gateway", 20, "…/payments/gateway"},
		{"services/payments/gateway", 8, "…gateway"},
		{"services/payments/gateway", 7, "…ateway"},
		{"services/payments/gateway", 5, "ga…ay"},
		{"payments / Problem of one", 11, "payme…f one"},
		{"services/payments/gateway", 2, "g…"},
		{"services/payments/gateway", 1, "…"},
		{"王小明王小明", 7, "王…明"},
	} {
		if got := shorten(c.in, c.limit); got != c.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestAMarkWithoutWidthIsCutWithItsLetter(t *testing.T) {
	if got := shorten("/\u0300A", 1); got != "…" {
		t.Errorf("got %q", got)
	}
}

func TestShortenedTextsFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Clean(rapid.String().Draw(t, "text"))
		limit := rapid.IntRange(1, 40).Draw(t, "limit")
		if got := shorten(s, limit); width(got) > limit {
			t.Errorf("shorten(%q, %d) = %q, which is %d wide", s, limit, got, width(got))
		}
	})
}

func TestTablesFitFiftyColumns(t *testing.T) {
	for limit := 50; limit <= 200; limit++ {
		for name, r := range map[string]Report{"assessment": sampleAssessment(), "systems": sampleSystems(), "people": samplePeople()} {
			for line := range strings.Lines(render(t, "table", r, Options{Width: limit})) {
				if w := width(strings.TrimSuffix(line, "\n")); w > limit {
					t.Errorf("%s at %d columns has a line of %d:\n%s", name, limit, w, line)
				}
			}
		}
	}
}

func TestTheMostImportantColumnsStay(t *testing.T) {
	for limit := 1; limit < 60; limit++ {
		out := render(t, "table", sampleAssessment(), Options{Width: limit})
		for _, title := range []string{"SYSTEM", "FACTOR", "VERDICT"} {
			if !strings.Contains(out, title) {
				t.Errorf("at %d columns %s is gone:\n%s", limit, title, out)
			}
		}
	}
}

func TestNumbersReadAsPeopleWriteThem(t *testing.T) {
	for want, got := range map[string]string{
		"0 %": percent(0), "<1 %": percent(0.0001), "71 %": percent(0.713), ">99 %": percent(0.9999), "100 %": percent(1),
		"49.79 %": exactPercent(0.4979), "1,234,567": grouped(1234567), "999": grouped(999), "-1,000": grouped(-1000),
		"1 commit": counted(1, "commit", "commits"), "2,000 commits": counted(2000, "commit", "commits"),
		"0.0": monthsAgo(new(0.04)), "never": monthsAgo(nil), "1–2": span(1, 2), "3": span(3, 3),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAnUnknownFormatNamesTheKnown(t *testing.T) {
	_, err := Lookup("yaml")
	if want := `unknown format "yaml": use one of table, csv, json, markdown, html`; fmt.Sprint(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
