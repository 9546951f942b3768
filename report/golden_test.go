package report

import (
	"bytes"
	"flag"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "renew the golden files")

func render(t *testing.T, format string, r Report, options Options) string {
	t.Helper()
	f, err := Lookup(format)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, r, options); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.String()
}

func TestReportsLookAsReviewed(t *testing.T) {
	reports := map[string]Report{
		"assessment": sampleAssessment(), "truckfactor": sampleTruckFactor(), "incomplete": sampleIncomplete(),
		"people": samplePeople(), "systems": sampleSystems(), "tasks": sampleTasks(), "whatif": sampleWhatIf(), "handover": sampleHandover(),
	}
	for name, explanation := range sampleExplanations() {
		reports[name] = explanation
	}
	for name, explanation := range sampleTaskExplanations() {
		reports[name] = explanation
	}
	unmapped := sampleTasks()
	unmapped.Unmapped = true
	reports["tasks-unmapped"] = unmapped
	for name, r := range reports {
		for _, format := range Names() {
			compareGolden(t, name+"."+format, render(t, format, r, Options{}))
		}
	}
	compareGolden(t, "assessment-80.table", render(t, "table", sampleAssessment(), Options{Width: 80}))
	compareGolden(t, "assessment-50.table", render(t, "table", sampleAssessment(), Options{Width: 50}))
	compareGolden(t, "assessment-colour.table", render(t, "table", sampleIncomplete(), Options{Width: 100, Colour: true}))
	compareGolden(t, "tasks-120.table", render(t, "table", sampleTasks(), Options{Width: 120}))
	all := sampleTasks()
	all.All = true
	compareGolden(t, "tasks-all.table", render(t, "table", all, Options{}))
	few := sampleAssessment()
	few.Show = 2
	compareGolden(t, "assessment-few.table", render(t, "table", few, Options{}))
	hidden := samplePeople()
	hidden.Pseudonyms = true
	compareGolden(t, "people-pseudonyms.json", render(t, "json", hidden, Options{}))
	compareGolden(t, "people-pseudonyms.table", render(t, "table", hidden, Options{}))
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if strings.HasSuffix(name, ".html") { // one change of the style must not change every file
		got = strings.NewReplacer(htmlStyle, "", htmlPolicy, "").Replace(got)
		got = strings.Replace(got, html.EscapeString(htmlPolicy), "", 1)
	}
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs from what was reviewed (go test ./report -update renews it) (-want +got):\n%s", name, diff)
	}
}
