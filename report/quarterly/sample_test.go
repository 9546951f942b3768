package quarterly

import (
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/quarterly"
	"keyperson/sources"
)

// payloads are texts that mean harm to a page, a terminal or Markdown.
var payloads = []string{
	`<script>alert(1)</script>`, `"><svg onload=alert(2)>`, `'-alert(3)-'`, `=HYPERLINK("http://evil.example","x")`, "\u202egnp.exe",
	"\x1b[31mred\x1b[0m", `[click](javascript:alert(4)) **bold** | cell`, `{{.Title}}`, `</title></style></script><img src=x onerror=alert(5)>`, "nul\x00 and\nlines",
}

// sample has every part of a report, and a payload wherever a history has its say.
func sample() *quarterly.Report {
	next := 0
	evil := func() string {
		next++
		return payloads[next%len(payloads)]
	}
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 23, 59, 59, 0, time.UTC)
	}
	hours, months, risk := analyzer.Hours{AtMost: 120.4}, 7.2, 0.42
	task := quarterly.Step{
		Kind: quarterly.WriteManual, Subject: analyzer.OfTask, ID: "certs", Name: "Renew " + evil(), System: "payments", Dictates: "person-ann", Learns: "person-bo", Verifies: "person-cy",
		Hours: new(8.0), Before: 0.83, Expected: new(0.33), Low: new(0.3), High: new(0.4),
	}
	code := quarterly.Step{
		Kind: quarterly.PairOnCode, Subject: analyzer.OfSystem, ID: "ledger", Name: "ledger", System: "ledger", Dictates: "person-ann", Learns: "person-bo",
		Paths: []string{"ledger/src/a.go", "ledger/src/" + evil()}, Before: 0.9, Expected: new(0.5),
	}
	return &quarterly.Report{
		Quarter: quarterly.Quarter{Year: 2026, Number: 3}, Compared: quarterly.Quarter{Year: 2026, Number: 2},
		AsOf: date(2026, 8, 20), ComparedAsOf: date(2026, 6, 30), Unfinished: true, Incomplete: true, HasTickets: true, Hidden: true,
		Headline: quarterly.Headline{
			Services: quarterly.Count{Now: 2, Of: 12, HasBefore: true, Before: 1, BeforeOf: 12, Names: []string{"payments", evil()}, Joined: []string{evil()}, MoreJoined: 3, Gone: []string{"dns"}},
			Tasks:    quarterly.Count{Now: 3, Of: 40, HasBefore: true, Before: 4, BeforeOf: 39, Names: []string{"Renew"}, More: 2, HoursYear: &hours},
			Code:     quarterly.Count{Now: 1, Of: 11, HasBefore: true, Before: 1, BeforeOf: 11, Names: []string{"ledger"}},
		},
		Points: []quarterly.Point{
			{Subject: analyzer.OfTask, ID: "certs", Name: "Renew " + evil(), System: "payments", Tier: 1, Risk: 0.83, Impact: 0.2, Hours: &hours, Quadrant: analyzer.Fix, N: 48, RiskBefore: &risk, ImpactBefore: new(0.1), Rank: 1},
			{Subject: analyzer.OfSystem, ID: "ledger", Name: "ledger", System: "ledger", Risk: 0.9, Impact: 0.12, N: 210, Rank: 2},
			{Subject: analyzer.OfTask, ID: "design", Name: evil(), System: evil(), Risk: 0.7, Impact: 0.01, Quadrant: analyzer.Protect, N: 9, RiskBefore: new(0.71), ImpactBefore: new(0.01)},
			{Subject: analyzer.OfTask, ID: "restart", Name: "Restart", Risk: 0.004, Impact: 0.05, Quadrant: analyzer.KeepOrAutomate, N: 80},
		},
		Risks: []quarterly.Risk{
			{
				Rule: analyzer.RiskTaskStops, Subject: analyzer.OfTask, ID: "certs", Name: "Renew " + evil(), System: "payments", Tier: 1, Movement: quarterly.IsNew,
				Value: 0.83, Before: &risk, Now: 0.05, Holder: evil(), N: 48, Counted: 31, Recent: 31, TopShare: 0.97, People: 1, HoursYear: &hours, Step: task,
			},
			{
				Rule: analyzer.RiskOnePerson, Subject: analyzer.OfSystem, ID: "ledger", Name: "ledger", System: "ledger", Movement: quarterly.IsWorse, Value: 0.9, Before: &risk, Now: 0.1,
				Holder: "person-ann", N: 210, Recent: 30, People: 2, Months: &months, Step: code,
			},
			{
				Rule: analyzer.RiskAlertRunbook, Subject: analyzer.OfRunbook, ID: "shop:disk.md", Name: evil(), Movement: quarterly.IsSame, Value: 0.9, Before: new(0.9), Maturity: analyzer.Exists, Path: evil(), N: 3,
				Step: quarterly.Step{Kind: quarterly.MendManual, Subject: analyzer.OfRunbook, Name: evil(), Before: 0.9, Paths: []string{evil()}},
			},
		},
		AllRisks: 9, MorePoints: 7,
		Worse: []quarterly.Change{{
			Subject: analyzer.OfTask, Name: evil(), System: "payments", Measure: "level", Before: "C", After: "B", Direction: analyzer.Worse,
			Cause: analyzer.CausePersonLeft, Reason: evil() + " last authored or reviewed code on 2026-05-02", Who: []string{evil()},
		}},
		Better: []quarterly.Change{{
			Subject: analyzer.OfSystem, Name: "web", System: "web", Measure: "verdict", Before: "one person", After: "shared", Direction: analyzer.Better,
			Cause: analyzer.CauseSecondPerson, Reason: "person-cy has come to cover part of it", Who: []string{"person-cy"},
		}},
		MoreChanges: 4, Neutral: 1, OnlyData: 2, Conversions: 1, Regressions: 1,
		Coverage: quarterly.Coverage{
			Systems: []quarterly.Column{{ID: "payments", Name: evil(), Capable: 1}, {ID: "ledger", Name: "ledger", Capable: 2}, {ID: "old", Name: "old"}},
			Rows: []quarterly.Row{
				{Person: evil(), Marks: []quarterly.Mark{quarterly.Key, quarterly.Covers, quarterly.NoMark}},
				{Person: "person-bo", Marks: []quarterly.Mark{quarterly.Some, quarterly.Covers, quarterly.NoMark}},
			},
			MoreSystems: 1, MorePeople: 3,
		},
		Trend: []quarterly.QuarterStock{
			{Quarter: quarterly.Quarter{Year: 2026, Number: 1}, Stock: analyzer.Stock{A: 4, B: 22, C: 9}, OnOne: 2, Systems: 11},
			{Quarter: quarterly.Quarter{Year: 2026, Number: 2}, Stock: analyzer.Stock{A: 5, B: 21, C: 10}, OnOne: 1, Systems: 11},
			{Quarter: quarterly.Quarter{Year: 2026, Number: 3}, Stock: analyzer.Stock{A: 5, B: 19, C: 12}, OnOne: 1, Systems: 11},
		},
		Manuals: []quarterly.Step{task}, Pairs: []quarterly.Step{code}, MoreSteps: 3,
		Plan: quarterly.PlanSummary{Before: 41.2, After: 23.7, Tasks: 38, Systems: 11, CapHours: 16, Least: 0.41},

		Deferred: []quarterly.PutOff{{Name: evil(), Person: "person-ann"}, {Name: "Mailbox quota", Person: "person-ann"}}, MoreDeferred: 2,
		Unteachable: []string{evil(), "Zone transfer"}, MoreUnteachable: 2,
		Trust: quarterly.Trust{
			Repositories: []analyzer.RepositorySummary{{Label: evil(), Revision: "4f8cdc2a00112233", Commits: 12006, First: date(2009, 3, 22), Last: date(2026, 8, 20), Files: 1734}},
			Trackers:     []analyzer.TrackerSummary{{Label: "jira", Tickets: 2988, First: date(2024, 7, 1), Last: date(2026, 5, 1)}},
			Census:       analyzer.Census{Identities: 34, People: 15, Active: 12, ActivityWindowDays: 180, Merged: 19, Suspects: 2, Bots: []string{evil()}},
			SystemOrigin: "keyperson.yaml", Files: 117, Unmapped: analyzer.Unmapped{Files: 7, Share: 0.06}, Tickets: 2988, Placed: 2900, Executions: 2761, Runbooks: 15,
			Excluded: []analyzer.ExcludedFiles{{Reason: "generated", Count: 170}}, Mechanical: 2,
			Findings: []sources.Finding{{Code: "stale-source", Count: 1, Message: evil()}, {Code: "something-else", Count: 3, Message: evil()}}, MoreFindings: 1,
			Thresholds:  quarterly.Thresholds{ActivityWindowDays: 180, HalfLifeDays: 365, TaskHalfLifeDays: 180, RunbookIntervalDays: 365, CoverShare: 0.5, SmallestGroup: 5},
			BacktestRun: true,
			Backtest: &quarterly.Backtest{
				Works: 280, Cells: 3, HorizonDays: 182, MRR: 0.64, Low: 0.61, High: 0.68, Hit3: 0.81, BestOther: "decayed file", BestOtherMRR: 0.6, BestOtherHit3: 0.7,
				Newcomers: 0.12, HasCost: true, GoneWorks: 40, GoneByNewcomer: 0.75, SharedWorks: 90, SharedByNewcomer: 0.59,
			},
		},
		PredictionsAsked: true,
		Predictions: []quarterly.Prediction{
			{Kind: quarterly.WriteManual, Name: evil(), System: "dns", Before: 0.9, Expected: 0.3, Low: 0.2, High: 0.4, Actual: 0.35, Outcome: analyzer.CameTrue},
			{Kind: quarterly.PairOnCode, Name: "ledger", System: "ledger", Before: 0.9, Expected: 0.5, Actual: 0.9, Outcome: analyzer.NotDone},
		},
	}
}
