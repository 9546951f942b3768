package report

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/sources"
)

func renderCheck(t *testing.T, format string, c Check) string {
	t.Helper()
	f, err := LookupCheck(format)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := f.Write(&out, c, Options{}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.String()
}

// hostileCheck has a payload in every text that a history or configuration can put there.
func hostileCheck() Check {
	const payload = "x\n::error::y,a=b:c%0A\x1b[31m<script>alert(1)</script>]]>&\"'\u202e\x00\xff|`=HYPERLINK("
	c := sampleCheck()
	risks := make([]gate.Judged, len(c.Risks))
	copy(risks, c.Risks)
	for i := range risks {
		risks[i].ID, risks[i].Name, risks[i].Text, risks[i].Path, risks[i].System = payload, payload, payload, "a b/"+payload, payload
		if risks[i].Waiver != nil {
			waiver := *risks[i].Waiver
			waiver.Owner, waiver.Reason = payload, payload
			risks[i].Waiver = &waiver
		}
	}
	c.Result = &gate.Result{AsOf: c.AsOf, Risks: risks, Failed: true, Compared: true}
	c.Findings = []sources.Finding{{Code: payload, Repository: payload, Message: payload, Advice: payload}, {Code: payload, Severity: sources.Fatal, Message: payload}}
	a := *c.Assessment
	a.Systems = append([]analyzer.System{}, a.Systems...)
	for i := range a.Systems {
		a.Systems[i].ID += payload
	}
	c.Assessment = &a
	return c
}

func TestDecisionsForProgramsLookAsReviewed(t *testing.T) {
	for _, format := range CheckNames()[len(Names()):] {
		compareGolden(t, "check."+format, renderCheck(t, format, sampleCheck()))
	}
}

// severalRepositories has the same file in two of them.
func severalRepositories() Check {
	c := sampleCheck()
	a := *c.Assessment
	a.Repositories = []analyzer.RepositorySummary{{Label: "shop"}, {Label: "desk"}}
	c.Assessment = &a
	for i, label := range []string{"shop", "desk"} {
		c.Risks[i].Repository, c.Risks[i].Path, c.Risks[i].State, c.Risks[i].Fails = label, "main.go", gate.New, true
	}
	return c
}

func TestEachFormatPointsIntoTheRepositoryThatAFileIsIn(t *testing.T) {
	for format, wants := range map[string][]string{
		"sarif":  {`"uri": "main.go",`, `"uriBaseId": "desk"`, `"uriBaseId": "shop"`},
		"junit":  {`classname="keyperson.task-one-person in shop" name="certs" file="main.go"`},
		"github": {"::error file=main.go,title=task-one-person in shop::"},
		"gitlab": {`"path": "main.go"`, `"check_name": "task-one-person in desk"`},
		"csv":    {",main.go,new,true,", ",desk,"},
		"json":   {`"repository": "desk"`, `"path": "main.go"`},
	} {
		text := renderCheck(t, format, severalRepositories())
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %s in\n%s", format, want, text)
			}
		}
		if strings.Contains(text, ":main.go") || strings.Contains(text, "%3Amain.go") {
			t.Errorf("%s: a path that no checkout has in\n%s", format, text)
		}
	}
}

func TestSARIFFitsItsPublishedSchema(t *testing.T) {
	for name, c := range map[string]Check{"sample": sampleCheck(), "hostile": hostileCheck(), "several": severalRepositories(), "nothing": {Result: &gate.Result{}, Assessment: &analyzer.Assessment{}}} {
		log, err := sarif.FromString(renderCheck(t, "sarif", c), sarif.WithStrictValidation())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := log.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := len(log.Runs[0].Results); got != len(c.Risks) {
			t.Errorf("%s: %d results for %d risks", name, got, len(c.Risks))
		}
	}
}

func TestOpenMetricsCanBeParsedAndNamesNobody(t *testing.T) {
	for name, c := range map[string]Check{"sample": sampleCheck(), "hostile": hostileCheck()} {
		text := renderCheck(t, "openmetrics", c)
		decoder := expfmt.NewDecoder(strings.NewReader(text), expfmt.NewFormat(expfmt.TypeOpenMetrics))
		families := 0
		for {
			var family dto.MetricFamily
			if err := decoder.Decode(&family); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v in\n%s", name, err, text)
			}
			families++
			for _, metric := range family.Metric {
				for _, label := range metric.Label {
					if strings.Contains(label.GetName(), "person") {
						t.Errorf("%s: a label about a person: %s", name, label)
					}
				}
			}
		}
		if families < 5 {
			t.Errorf("%s: only %d families in\n%s", name, families, text)
		}
		for _, person := range c.Assessment.People {
			if strings.Contains(text, person.Name) || strings.Contains(text, person.ID) {
				t.Errorf("%s: %s stands in the metrics", name, person.Name)
			}
		}
	}
}

func TestJUnitCountsWhatItLists(t *testing.T) {
	for name, c := range map[string]Check{"sample": sampleCheck(), "hostile": hostileCheck()} {
		var suites junitSuites
		if err := xml.Unmarshal([]byte(renderCheck(t, "junit", c)), &suites); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		tests, failures, failed := 0, 0, 0
		for _, suite := range suites.Suites {
			for _, test := range suite.Cases {
				tests++
				if test.Failure != nil {
					failures++
				}
				if test.Failed != nil {
					failed++
				}
			}
		}
		wantFailures := 0
		for _, j := range c.Risks {
			if j.Fails {
				wantFailures++
			}
		}
		if tests != suites.Tests || failures != suites.Failures || failures != wantFailures || failed != suites.Errors || len(suites.Suites) != 1+len(analyzer.RiskRules) {
			t.Errorf("%s: %d tests and %d failures, stated %d and %d, want %d failures", name, tests, failures, suites.Tests, suites.Failures, wantFailures)
		}
	}
}

func TestNoTextEndsOrBeginsAWorkflowCommand(t *testing.T) {
	c := hostileCheck()
	lines := strings.Split(strings.TrimSuffix(renderCheck(t, "github", c), "\n"), "\n")
	told := len(c.Findings)
	for _, j := range c.Risks {
		if j.Fails || j.State == gate.Unknown {
			told++
		}
	}
	if len(lines) != told+1 {
		t.Errorf("%d lines for %d risks and findings and a notice:\n%s", len(lines), told, strings.Join(lines, "\n"))
	}
	for _, line := range lines {
		properties, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), "::")
		if strings.ContainsAny(line, "\x1b\r\x00") || strings.Count(properties, ",") > 1 || strings.Count(properties, ":") > 0 {
			t.Errorf("properties of %q are not those written", line)
		}
	}
}

func TestGitLabGetsWhatItsSchemaAsksFor(t *testing.T) {
	for name, c := range map[string]Check{"sample": sampleCheck(), "hostile": hostileCheck()} {
		var issues []map[string]any
		if err := json.Unmarshal([]byte(renderCheck(t, "gitlab", c)), &issues); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, issue := range issues {
			location, _ := issue["location"].(map[string]any)
			for key, value := range map[string]any{
				"description": issue["description"], "check_name": issue["check_name"], "fingerprint": issue["fingerprint"],
				"severity": issue["severity"], "path": location["path"],
			} {
				if text, ok := value.(string); !ok || text == "" {
					t.Errorf("%s: %s is %v", name, key, value)
				}
			}
		}
	}
}

func TestFormatsOfGatesRefuseOtherReports(t *testing.T) {
	f, err := LookupCheck("sarif")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(io.Discard, sampleProgress(), Options{}); !errors.Is(err, ErrOnlyForChecks) {
		t.Errorf("got %v, want ErrOnlyForChecks", err)
	}
	if _, err := LookupCheck("sarf"); !errors.Is(err, ErrUnknownFormat) {
		t.Errorf("got %v, want ErrUnknownFormat", err)
	}
}
