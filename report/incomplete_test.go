package report

import (
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"keyperson/analyzer"
	"keyperson/analyzer/backtest"
	"keyperson/analyzer/gate"
)

// scoredReports are those that show numbers that incomplete data makes wrong, made from such data: one with content and,
// where it can be without any, one without, by the type's name.
func scoredReports() map[string][]Report {
	a := sampleAssessment()
	a.Incomplete = true
	tasks, unmapped := sampleTasks(), sampleTasks()
	tasks.Incomplete, unmapped.Incomplete, unmapped.Unmapped = true, true, true
	backtested := sampleBacktest()
	backtested.Incomplete = true
	runbooks := sampleRunbooks()
	runbooks.Incomplete = true
	plan, progress, handover, whatif := samplePlan(), sampleProgress(), sampleHandover(), sampleWhatIf()
	plan.Incomplete, progress.Incomplete, handover.Incomplete, whatif.Incomplete = true, true, true, true
	score := PlanScore{Plan: samplePlan().Plan, Incomplete: true}
	for _, action := range score.Plan.Actions {
		score.Predictions = append(score.Predictions, analyzer.Prediction{Action: action})
	}
	check := sampleCheck()
	check.Incomplete = true
	var explanations []Report
	for _, e := range slices.Concat(slices.Collect(maps.Values(sampleExplanations())), slices.Collect(maps.Values(sampleTaskExplanations()))) {
		e.Incomplete = true
		explanations = append(explanations, e)
	}
	empty := &analyzer.Assessment{Incomplete: true}
	return map[string][]Report{
		"Assessment": {a, Assessment{Assessment: empty}}, "Tasks": {tasks, unmapped, Tasks{Assessment: empty}, Tasks{Assessment: empty, Unmapped: true}},
		"Backtest": {backtested, Backtest{Result: &backtest.Result{}, Incomplete: true}}, "Runbooks": {runbooks},
		"Plan": {plan, Plan{Plan: &analyzer.Plan{}, Incomplete: true}}, "PlanScore": {score, PlanScore{Plan: &analyzer.Plan{}, Incomplete: true}},
		"Progress": {progress, Progress{Progress: &analyzer.Progress{}, Incomplete: true}}, "Handover": {handover}, "WhatIf": {whatif},
		"Check":       {check, Check{Result: &gate.Result{}, Assessment: empty, Incomplete: true}},
		"Explanation": explanations,
	}
}

// unscoredReports are the others, with why nothing in them is wrong.
var unscoredReports = map[string]string{
	"People":   "who is who is read from what there is; the findings stand beside it",
	"Systems":  "what files belong to is read from the newest revision",
	"Privacy":  "it shows no data",
	"Accuracy": "it is about data that was made up",
}

func TestEveryFormatOfEveryReportSaysThatItsDataIsIncomplete(t *testing.T) {
	reports := scoredReports()
	for _, name := range reportTypes(t) {
		if len(reports[name]) == 0 && unscoredReports[name] == "" {
			t.Errorf("%s says nowhere that its data is incomplete: give it a mark, and list it in this test", name)
		}
	}
	for name, list := range reports {
		for _, r := range list {
			formats := Names()
			if name == "Check" {
				formats = CheckNames()
			}
			for _, format := range formats {
				if text := renderAny(t, format, r); !saysIncomplete(format, text) {
					t.Errorf("%s as %s does not say so:\n%s", name, format, text)
				}
			}
		}
	}
}

func renderAny(t *testing.T, format string, r Report) string {
	t.Helper()
	f, err := LookupCheck(format)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := f.Write(&out, r, Options{}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.String()
}

// saysIncomplete knows how each format says it; a new format has to say it in the words of a document.
func saysIncomplete(format, text string) bool {
	switch format {
	case "csv": // the column of that name is true in every row
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(rows) < 2 {
			return false
		}
		column := slices.Index(rows[0], "incomplete")
		return column >= 0 && !slices.ContainsFunc(rows[1:], func(row []string) bool { return row[column] != "true" })
	case "json":
		return strings.Contains(text, `"incomplete": true`)
	case "openmetrics":
		return strings.Contains(text, "keyperson_incomplete 1.0")
	}
	return strings.Contains(text, "INCOMPLETE")
}

// reportTypes lists the types of this package that have records, and so are reports.
func reportTypes(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			method, isFunction := declaration.(*ast.FuncDecl)
			if !isFunction || method.Recv == nil || method.Name.Name != "Records" || strings.HasSuffix(name, "_test.go") {
				continue
			}
			if receiver, isValue := method.Recv.List[0].Type.(*ast.Ident); isValue {
				names = append(names, receiver.Name)
			}
		}
	}
	if len(names) < 10 {
		t.Fatalf("only %v", names)
	}
	return names
}
