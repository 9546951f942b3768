package quarterly

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"html"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
	"keyperson/report"
)

var update = flag.Bool("update", false, "renew the golden files")

func words(t testing.TB, name string) *Words {
	t.Helper()
	w, err := Language(name)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func rendered(t testing.TB, r *quarterly.Report, w *Words) map[string][]byte {
	t.Helper()
	files, err := Files(r, w, report.Manifest{Tool: "keyperson test", Configuration: "0011", Inputs: []report.ManifestInput{{Kind: "repository", Label: "shop\x1b", Hash: "4f8c"}}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for _, file := range files {
		got[file.Name] = file.Content
	}
	return got
}

func TestReportsLookAsReviewed(t *testing.T) {
	for _, language := range Languages {
		for name, content := range rendered(t, sample(), words(t, language)) {
			path := filepath.Join("testdata", strings.Replace(name, ".", "-"+language+".", 1))
			if *update {
				if err := os.WriteFile(path, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(content)); diff != "" {
				t.Errorf("%s differs from what was reviewed; -update renews it (-want +got):\n%s", path, diff)
			}
		}
	}
}

func TestTheSameReportGivesTheSameBytes(t *testing.T) {
	first, second := rendered(t, sample(), words(t, "ja")), rendered(t, sample(), words(t, "ja"))
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs between two runs", name)
		}
	}
}

// Texts are looked up by their English wording: one that has no Japanese would come out in English unnoticed.
func TestEveryTextThatAReportSaysHasItsJapanese(t *testing.T) {
	w := words(t, "ja")
	w.said = func(key string) {
		if _, isKnown := japaneseTexts[key]; !isKnown {
			t.Errorf("%q has no Japanese", key)
		}
	}
	for _, change := range variants() {
		r := sample()
		change(r)
		contentOf(r, w)
	}
	for _, value := range knownValues {
		w.say(value)
	}
	for _, text := range findingTexts {
		w.say(text)
	}
}

// variants make a report say what the sample does not.
func variants() map[string]func(r *quarterly.Report) {
	return map[string]func(r *quarterly.Report){
		"as it is": func(*quarterly.Report) {},
		"first quarter": func(r *quarterly.Report) {
			r.ComparedAsOf, r.Worse, r.Better, r.Unfinished = time.Time{}, nil, nil, false
			for i := range r.Risks {
				r.Risks[i].Movement, r.Risks[i].Before = quarterly.IsUnknown, nil
			}
		},
		"no tickets": func(r *quarterly.Report) {
			r.HasTickets, r.Headline.Services, r.Headline.Tasks = false, quarterly.Count{}, quarterly.Count{}
		},
		"nothing": func(r *quarterly.Report) {
			*r = quarterly.Report{Quarter: r.Quarter, Compared: r.Compared, AsOf: r.AsOf, ComparedAsOf: r.ComparedAsOf, HasTickets: true}
		},
		"another rule before": func(r *quarterly.Report) {
			for _, known := range analyzer.RiskRules {
				r.Risks = append(r.Risks, quarterly.Risk{Rule: "none", RuleBefore: known.Rule, Movement: quarterly.IsWorse})
			}
		},
		"one month": func(r *quarterly.Report) { r.Risks[1].Months = new(1.2) },
		"not judged before": func(r *quarterly.Report) {
			for _, reason := range []quarterly.Unjudged{quarterly.Dormant, quarterly.TooLittle} {
				r.Risks = append(r.Risks, quarterly.Risk{Movement: quarterly.IsNew, Unjudged: reason})
			}
		},
		"nothing to judge before": func(r *quarterly.Report) { r.Headline.Services.BeforeOf, r.MorePoints = 0, 1 },
		"names":                   func(r *quarterly.Report) { r.Hidden, r.PredictionsAsked = false, false },
		"few":                     func(r *quarterly.Report) { r.Coverage = quarterly.Coverage{TooFew: true} },
		"no backtest":             func(r *quarterly.Report) { r.Trust.Backtest = nil },
		"calm": func(r *quarterly.Report) {
			r.Headline.Services, r.Headline.Code = quarterly.Count{Of: 3}, quarterly.Count{Of: 3}
			r.Headline.Tasks.Now = 0
		},
		"every step": func(r *quarterly.Report) {
			for _, kind := range []quarterly.StepKind{quarterly.WriteManual, quarterly.MendManual, quarterly.SuperviseRuns, quarterly.PairOnTask, quarterly.PairOnCode, quarterly.NameOwner, quarterly.FindLearner} {
				for _, who := range [][3]string{{"person-ann", "person-bo", "person-cy"}, {"", "person-bo", ""}, {"person-bo", "person-bo", ""}} {
					for _, paths := range [][]string{nil, {"a.md"}, {"a.go", "b.go"}, {"a/b.go", "c/d.go"}} {
						step := quarterly.Step{Kind: kind, Subject: analyzer.OfTask, Name: "x", Dictates: who[0], Learns: who[1], Verifies: who[2], Paths: paths, Further: 1}
						r.Pairs, r.Manuals = append(r.Pairs, step), append(r.Manuals, step)
						r.Risks = append(r.Risks, quarterly.Risk{Rule: analyzer.RiskTaskNobody, Subject: analyzer.OfTask, Maturity: analyzer.Structured, Movement: quarterly.IsBetter, HoursYear: &analyzer.Hours{AtLeast: 0.2, AtMost: 0.2}, Recent: 1, Step: step})
					}
				}
			}
			for _, reason := range []quarterly.Unplanned{quarterly.HoursUsed, quarterly.OthersFirst, quarterly.TooLittleGain} {
				r.Risks = append(r.Risks, quarterly.Risk{Step: quarterly.Step{Kind: quarterly.NothingPlanned, Unplanned: reason, Dictates: "person-ann"}})
			}
			r.Risks = append(r.Risks, quarterly.Risk{Rule: analyzer.RiskNobodyLeft, Subject: analyzer.OfSystem, Recent: 1}, quarterly.Risk{Rule: analyzer.RiskThinlyCovered, Subject: analyzer.OfTask, Maturity: analyzer.Proven})
			for _, outcome := range []analyzer.Outcome{analyzer.DidNot, analyzer.CannotScore} {
				r.Predictions = append(r.Predictions, quarterly.Prediction{Kind: quarterly.PairOnTask, Outcome: outcome}, quarterly.Prediction{Kind: quarterly.SuperviseRuns, Outcome: outcome})
			}
		},
		"every cause": func(r *quarterly.Report) {
			for _, cause := range []analyzer.Cause{
				analyzer.CauseRunbookWritten, analyzer.CauseRunbookImproved, analyzer.CauseRunbookStale, analyzer.CauseRunbookDeleted, analyzer.CauseNewWork, analyzer.CauseWorkEnded, analyzer.CauseWorkMoved, analyzer.CauseMoreWork,
			} {
				for _, measure := range []string{"bus factor", "quadrant", "people able", "absence risk", "risk with everyone present", "uncovered without one person", "maturity", "existence"} {
					r.Worse = append(r.Worse, quarterly.Change{Measure: measure, Before: "fix", After: "gone", Cause: cause})
				}
			}
		},
	}
}

// No letter of a payload gets a meaning: there is no tag, attribute or address on the page but those of its layout.
func TestTextsOfAHistoryStayTexts(t *testing.T) {
	harmless := sample()
	for _, language := range Languages {
		for name, change := range variants() {
			r := sample()
			change(r)
			page := string(rendered(t, r, words(t, language))["report.html"])
			for _, tag := range regexp.MustCompile(`<[a-zA-Z!/][^\s>]*`).FindAllString(page, -1) {
				if !knownTags[strings.Trim(tag, "</")] {
					t.Errorf("%s: the page has the tag %q", name, tag)
				}
			}
			if n := strings.Count(page, "<script>"); n != 1 {
				t.Errorf("%s: %d scripts, want the page's own", name, n)
			}
			for _, forbidden := range []string{"onload=alert(2)>", "\x1b", "\u202e", "\x00", `href="`, `src="`} {
				if strings.Contains(page, forbidden) {
					t.Errorf("%s: the page holds %q", name, forbidden)
				}
			}
		}
	}
	markdown := string(rendered(t, harmless, words(t, "en"))["report.md"])
	for _, forbidden := range []string{"<script", "<svg", "[click](", "\n=HYPERLINK", "\x1b", "\u202e", "**bold**"} {
		if strings.Contains(markdown, forbidden) {
			t.Errorf("the Markdown holds %q", forbidden)
		}
	}
}

var knownTags = func() map[string]bool {
	known := map[string]bool{"!doctype": true}
	for _, tag := range regexp.MustCompile(`<([a-z0-9]+)`).FindAllStringSubmatch(pageText, -1) {
		known[tag[1]] = true
	}
	return known
}()

// A browser runs nothing that the policy does not hash, and loads nothing.
func TestThePolicyAllowsThePagesOwnStyleAndScriptAlone(t *testing.T) {
	page := string(rendered(t, sample(), words(t, "en"))["report.html"])
	policy := html.UnescapeString(regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)[1])
	for element, directive := range map[string]string{"style": "style-src", "script": "script-src"} {
		text := regexp.MustCompile(`(?s)<` + element + `>(.*?)</` + element + `>`).FindStringSubmatch(page)[1]
		hash := sha256.Sum256([]byte(text))
		if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q does not hold %q", policy, want)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; ") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	if regexp.MustCompile(`\s(style|on[a-z]+)=`).MatchString(regexp.MustCompile(`(?s)<script>.*?</script>|>[^<]*<|"[^"]*"`).ReplaceAllString(page, "")) {
		t.Error("an element has a style or handler of its own, which the policy forbids")
	}
}

// People are a property of systems and tasks: no field of a report holds a number of one person, an order of people, or
// a time at which someone works. Walked are the types, so that a new field is noticed.
func TestNoPersonIsCountedRankedOrTimed(t *testing.T) {
	people := regexp.MustCompile(`(?i)^(person|holder|who|dictates|learns|verifies|names|writes|author)s?$`)
	allowed := map[string]bool{"Row.Marks": true} // letters, not numbers
	seen := map[reflect.Type]bool{}
	var walk func(of reflect.Type)
	walk = func(of reflect.Type) {
		for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] || of == reflect.TypeFor[time.Time]() {
			return
		}
		seen[of] = true
		isAboutSomething := false
		named := ""
		for i := range of.NumField() {
			switch name := of.Field(i).Name; {
			case people.MatchString(name):
				named = name
			case name == "ID", name == "Name", name == "Subject", name == "Now":
				isAboutSomething = true
			}
			if lower := strings.ToLower(of.Field(i).Name); strings.Contains(lower, "speed") || strings.Contains(lower, "ranking") || strings.Contains(lower, "weekday") || strings.Contains(lower, "clock") {
				t.Errorf("%s.%s", of, of.Field(i).Name)
			}
			walk(of.Field(i).Type)
		}
		if named == "" || isAboutSomething {
			return
		}
		for i := range of.NumField() {
			field := of.Field(i)
			if field.Name != named && !allowed[of.Name()+"."+field.Name] {
				t.Errorf("%s holds %s beside %s: a number of one person?", of, field.Name, named)
			}
		}
	}
	walk(reflect.TypeFor[quarterly.Report]())
	if !seen[reflect.TypeFor[quarterly.Row]()] || !seen[reflect.TypeFor[quarterly.Risk]()] {
		t.Error("the walk did not reach the rows of the coverage and the risks")
	}
}

// The rows of the coverage are the only ones that belong to people: they hold letters, and no row sums them up.
func TestTheCoverageOfAPersonHoldsNoNumber(t *testing.T) {
	page := string(rendered(t, sample(), words(t, "en"))["report.html"])
	body := regexp.MustCompile(`(?s)<table class="matrix">.*?<tbody>(.*?)</tbody>`).FindStringSubmatch(page)[1]
	for _, cell := range regexp.MustCompile(`<td[^>]*>([^<]*)</td>`).FindAllStringSubmatch(body, -1) {
		if cell[1] != "" && cell[1] != "K" && cell[1] != "C" && cell[1] != "s" {
			t.Errorf("a cell of the coverage holds %q", cell[1])
		}
	}
	for _, forbidden := range []string{"hours per person", "working hours:", "fastest", "slowest", "top performer"} {
		if strings.Contains(page, forbidden) {
			t.Errorf("the page says %q", forbidden)
		}
	}
}

func TestAnUnknownLanguageSaysWhichThereAre(t *testing.T) {
	if _, err := Language("de\x1b"); err == nil || !strings.Contains(err.Error(), `unknown language "de\\x1b": use one of en, ja`) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkReport renders the largest report there can be; its parts are bounded, whatever the organisation.
func BenchmarkReport(b *testing.B) {
	r := sample()
	for range 200 {
		r.Points, r.Coverage.Rows = append(r.Points, r.Points[0]), append(r.Coverage.Rows, r.Coverage.Rows[0])
	}
	w := words(b, "en")
	for b.Loop() {
		rendered(b, r, w)
	}
}
