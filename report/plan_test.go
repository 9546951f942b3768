package report

import (
	"testing"

	"keyperson/analyzer"
)

// samplePlan has an action of each kind, and texts that mean harm in each format.
func samplePlan() Plan {
	return Plan{Explain: "keyperson explain", Plan: &analyzer.Plan{
		AsOf: date(2026, 6, 30), Until: date(2026, 9, 29), CapHours: 16, Risk: 26.53, RiskThen: 19.1, Tasks: 38, Systems: 1, Further: 3, Minor: 12, Least: 0.2653,
		People: []analyzer.Person{
			{ID: "ada@example.org", Name: "Ada Example", Active: true},
			{ID: "bo@example.org", Name: "Bo | `Ticks` <b>bold</b>", Active: true},
			{ID: "cy@example.org", Name: "=cmd()\x1b[31m\u202eevil", Active: true},
		},
		Actions: []analyzer.Action{
			{
				ID: "6c2f9c1d8a30b1e4", Kind: analyzer.WriteRunbook, Subject: analyzer.OfTask, Of: "renew-certificate", Name: "Renew a customer certificate",
				System: "dns", Dictates: 0, Writes: 1, Verifies: 2, Hours: 8.083333, Effect: 1.61, PerHour: 0.199, Before: 1, Expected: 0.2957, Low: 0.28, High: 0.31,
				Why: "Ada Example did 49 of 49 executions in the last year; no manual, M5 then; Bo | `Ticks` <b>bold</b> does other tasks of dns",
			},
			{
				ID: "1c2f9c1d8a30b1e4", Kind: analyzer.PairUp, Subject: analyzer.OfTask, Of: "=restart", Name: "=Restart | the <queue>",
				Dictates: 0, Writes: 2, Verifies: 2, Hours: 3, Effect: 0.4, PerHour: 0.133, Before: 0.86, Expected: 0.65, Low: 0.58, High: 0.72, Why: "judgement",
			},
			{
				ID: "2c2f9c1d8a30b1e4", Kind: analyzer.WriteRunbook, Subject: analyzer.OfTask, Of: "quota", Name: "Raise a quota",
				Dictates: -1, Writes: 1, Verifies: -1, Hours: 8, Effect: 0.2, PerHour: 0.025, Before: 1, Expected: 0.8, Low: 0.8, High: 0.8, Why: "nobody present has done it",
			},
			{
				ID: "3c2f9c1d8a30b1e4", Kind: analyzer.SpreadCode, Subject: analyzer.OfSystem, Of: "web", Name: "web", System: "web",
				Dictates: 0, Writes: 1, Verifies: 1, Files: []string{"web/\tindex.ts", "web/style.css"}, Hours: 8, Effect: 0.1, PerHour: 0.0125, Before: 0.71, Expected: 0.4, Low: 0.3, High: 0.5, Why: "4 changes to 2 files",
			},
		},
		Unteachable: []analyzer.Unteachable{
			{Subject: analyzer.OfSystem, Of: "=arch", Name: "=arch | <b>ive</b>", System: "=arch", Lost: true, Reason: "nobody here can teach it", Instead: "ask =cmd() while that can be done"},
			{Subject: analyzer.OfTask, Of: "zone", Name: "Zone change", System: "dns", Reason: "nobody else present does tickets near it", Instead: "name someone for it"},
		},
		Deferred: []analyzer.DeferredAction{
			{Kind: analyzer.PairUp, Of: "zone", Name: "Zone change", Reason: "it would ask Ada Example for more than 16 hours until 2026-09-29, and nobody else could stand in"},
			{Kind: analyzer.WriteRunbook, Of: "zone", Name: "Zone change", Reason: "it would ask Ada Example for more than 16 hours until 2026-09-29, and nobody else could stand in"},
		},
	}}
}

func TestPlansLookAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "plan."+format, render(t, format, samplePlan(), Options{Width: 120}))
	}
	nothing := Plan{Plan: &analyzer.Plan{AsOf: date(2026, 6, 30), Until: date(2026, 9, 29), CapHours: 16}}
	compareGolden(t, "plan-nothing.table", render(t, "table", nothing, Options{}))
}

func TestScoresOfPlansLookAsReviewed(t *testing.T) {
	plan := samplePlan().Plan
	score := PlanScore{Plan: plan, AsOf: date(2026, 10, 1), Predictions: []analyzer.Prediction{
		{Action: plan.Actions[0], Predicted: 0.2957, Actual: 0.29, Done: true, Outcome: analyzer.CameTrue, Reason: "docs/certs.md was written on 2026-07-20 and is at M5: 30 % expected (28 % to 31 %), 29 % now, 100 % before"},
		{Action: plan.Actions[1], Predicted: 0.65, Actual: 1, Done: true, Outcome: analyzer.DidNot, Reason: "=Cy has done it once since, but 65 % expected"},
		{Action: plan.Actions[2], Predicted: 0.8, Actual: 1, Outcome: analyzer.NotDone, Reason: "it has no manual"},
		{Action: plan.Actions[3], Predicted: 0.4, Outcome: analyzer.CannotScore, Reason: "the system has no files any more"},
	}}
	for _, format := range Names() {
		compareGolden(t, "plan-score."+format, render(t, format, score, Options{Width: 120}))
	}
}
