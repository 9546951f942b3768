package report

import (
	"testing"
	"time"

	"keyperson/analyzer"
)

func sampleProgress() Progress {
	return Progress{Progress: &analyzer.Progress{
		From: time.Date(2026, 6, 30, 23, 59, 59, 0, time.UTC), To: time.Date(2026, 9, 30, 23, 59, 59, 0, time.UTC),
		People: []analyzer.Person{
			{ID: "bo@example.org", Name: "Bo Ek", LastSeen: time.Date(2026, 7, 4, 9, 0, 0, 0, time.UTC)},
			{ID: "cy@example.org", Name: "Cy Ode", Active: true, LastSeen: time.Date(2026, 9, 28, 9, 0, 0, 0, time.UTC)},
		},
		Changes: []analyzer.Change{
			{
				Subject: analyzer.OfTask, ID: "certs", Name: "Renew certificates", System: "payments", Measure: "level", Before: "C", After: "B",
				Direction: analyzer.Worse, Cause: analyzer.CausePersonLeft, Reason: "Bo Ek last authored or reviewed code on 2026-07-04", Persons: []int{0},
			},
			{
				Subject: analyzer.OfTask, ID: "restart", Name: "=Restart | the <queue>", System: "payments", Measure: "quadrant", Before: "fix", After: "keep or automate",
				Direction: analyzer.Better, Cause: analyzer.CauseSecondPerson, Reason: "Cy Ode can do it now", Persons: []int{1},
			},
			{
				Subject: analyzer.OfTask, ID: "quota", Name: "Raise a quota", Measure: "existence", Before: "absent", After: "level B",
				Direction: analyzer.Neutral, Cause: analyzer.CauseDataChanged, Reason: "the earlier assessment had not read tracker support",
			},
		},
		Conversions: 0, Regressions: 1, Before: analyzer.Stock{A: 2, B: 7, C: 4}, After: analyzer.Stock{A: 2, B: 9, C: 3, Unknown: 5},
	}}
}

func TestProgressLooksAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "progress."+format, render(t, format, sampleProgress(), Options{Width: 120}))
	}
	nothing := Progress{Progress: &analyzer.Progress{From: sampleProgress().From, To: sampleProgress().To}}
	compareGolden(t, "progress-nothing.table", render(t, "table", nothing, Options{}))
	many := sampleProgress()
	for range neutralShown + 3 {
		many.Changes = append(many.Changes, analyzer.Change{
			Subject: analyzer.OfTask, ID: "new", Name: "New work", Measure: "existence", Before: "absent", After: "level B",
			Direction: analyzer.Neutral, Cause: analyzer.CauseNewWork, Reason: "first done on 2026-07-01",
		})
	}
	compareGolden(t, "progress-many.table", render(t, "table", many, Options{Width: 120}))
}
