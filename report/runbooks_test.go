package report

import (
	"testing"

	"keyperson/analyzer"
	"keyperson/analyzer/runbooklint"
)

func sampleRunbooks() Runbooks {
	return Runbooks{
		AsOf: date(2025, 9, 10), Explain: "keyperson explain", People: []analyzer.Person{{ID: "ada@example.org", Name: "Ada", Active: true}},
		Runbooks: []analyzer.Runbook{
			{
				Repository: "shop", Path: "runbooks/restore.md", Title: "Restore", Systems: []string{"shop"}, Owner: "#ops", Maturity: analyzer.Independent,
				Missing: []string{"an execution by someone who did not write it"}, Revisions: 5, Substantive: 2, Bumps: 3, Authors: []int{0},
				LastSubstantive: date(2025, 6, 1), LastReviewed: date(2025, 9, 1), Scores: analyzer.LintScores{People: 1, Machines: 0.5, Logic: 1},
				Alerts: []string{"ShopDown"}, Tasks: []string{"restore"},
			},
			{
				Repository: "shop", Path: "runbooks/=cache.md", Title: "Cache | <b>", Maturity: analyzer.Exists, Missing: []string{"steps", "escalation"}, Revisions: 1, Substantive: 1,
				Lint: []analyzer.LintFinding{
					{Axis: runbooklint.ForPeople, Rule: "no-escalation", Message: "nothing says whom to turn to"},
					{Axis: runbooklint.ForPeople, Rule: "unfinished", Line: 7, Message: "\"TODO\x1b[31m\": write what is missing"},
				},
			},
		},
	}
}

func TestRunbookReportsLookAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "runbooks."+format, render(t, format, sampleRunbooks(), Options{}))
	}
	linted := sampleRunbooks()
	linted.Lint = true
	for _, format := range []string{"table", "markdown"} {
		compareGolden(t, "runbooks-lint."+format, render(t, format, linted, Options{Width: 60}))
	}
	diagnosis := sampleRunbooks().Runbooks[0]
	diagnosis.Diagnosis = true
	explained := Explanation{Explain: "keyperson explain", Explanation: &analyzer.Explanation{
		AsOf: date(2025, 9, 10), People: sampleRunbooks().People,
		File: &analyzer.FileExplanation{Path: "runbooks/restore.md", Repository: "shop", Exclusion: "documentation", Runbook: &analyzer.RunbookExplanation{
			Runbook:    diagnosis,
			Tasks:      []analyzer.CoveredTask{{ID: "restore-request", Name: "Restore | request", System: "backup"}, {ID: "drill", Name: "Drill"}},
			Revisions:  []analyzer.RunbookRevision{{Time: date(2025, 9, 1), Repository: "shop", Reference: "0123456789abcdef0123456789abcdef01234567", Kind: "confirmed", Nature: "review bump"}},
			Executions: []analyzer.RunbookExecution{{Time: date(2025, 9, 2), Reference: "OPS-7", Wrote: true, Escalated: true}}, Omitted: 3,
		}},
	}}
	for _, format := range Names() {
		compareGolden(t, "explain-runbook."+format, render(t, format, explained, Options{}))
	}
}
