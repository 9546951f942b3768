package report

import (
	"time"

	"keyperson/analyzer"
)

func sampleTasks() Tasks {
	hours, rate := 1.5, 0.25
	sole := analyzer.Hours{AtLeast: 21, AtMost: 21}
	day := func(month time.Month, d int) time.Time { return date(2026, month, d) }
	return Tasks{
		Explain: "keyperson explain", ShowAll: "keyperson tasks --all",
		Assessment: &analyzer.Assessment{
			AsOf: day(6, 30),
			People: []analyzer.Person{
				{ID: "ada@example.org", Name: "Ada Example", Active: true, LastSeen: day(6, 29)},
				{ID: "bo@example.org", Name: "Bo Sample", Active: true, LastSeen: day(6, 20)},
			},
			Runbooks: []analyzer.Runbook{{Path: "docs/restore.md", Title: "Restore a backup", Maturity: analyzer.ExecutedByOthers}},
			Work: analyzer.WorkCatalog{
				Trackers: []analyzer.TrackerSummary{{Label: "ops", Origin: "ops.json", Tickets: 41, First: day(1, 2), Last: day(6, 29)}},
				Tickets:  41, Placed: 38, Executions: 36, Judged: 2, Stops: 1, SoleHours: &sole, Cost: sampleCost(),
				Stock:         analyzer.Stock{B: 1, C: 1, Unknown: 1},
				NotExecutions: []analyzer.Omission{{Reason: "not resolved", Count: 5}},
				ByRule:        []analyzer.PlacedTickets{{Rule: "configuration", Tickets: 15, Tasks: 1}, {Rule: "mined template", Tickets: 23, Tasks: 2}},
				Unmapped:      []analyzer.UnmappedTickets{{Reason: "no summary to go by", Group: "Task", Count: 3, Example: "OPS-9", Summary: "=HYPERLINK(\"x\")\x1b[31m"}},
				Sentences:     []analyzer.Sentence{{System: "web", Task: "certs", Code: "routine-on-one", Text: "Only Ada Example has run «Renew certificates» in the last year (14 of 14 executions, no procedure): write its manual first."}},
			},
			Tasks: []analyzer.Task{
				{
					ID: "certs", Name: "Renew certificates", Rule: "rule certs", System: "web", Tier: 1, Class: analyzer.Personal, ClassReason: "no procedure, and one person did 100 % of 14 executions",
					Trigger: "comes back every 30 days", Tickets: 15, NotExecutions: []analyzer.Omission{{Reason: "not resolved", Count: 1}}, Executions: 14, Recent: 14, Counted: 14,
					CountedFrom: day(1, 3), First: day(1, 3), Last: day(6, 25), Enough: true, SameHands: 1, TopShare: 1, EffectiveExecutors: 1,
					Executors:        []analyzer.Executor{{Person: 0, Share: 1, Practice: 0.93, Capability: analyzer.Alone, LastSeen: day(6, 25)}},
					ReassignmentRate: &rate, Routineness: analyzer.Routineness{Value: 0.82, Parts: []analyzer.RoutinenessPart{{Name: "recurrence", Value: 0.7, N: 14}, {Name: "similar summaries", Value: 0.94, N: 14}}},
					RiskNow: 0.07, AbsenceRisk: 1, RiskLow: 1, RiskHigh: 1, Individualization: 82, StopsWithout: true, Runbook: -1, Level: analyzer.LevelB, LevelReason: "routine, but the procedure is at M0",
					Quadrant: analyzer.Fix, HandlingHours: &hours, HandlingSource: "work logs", HandlingN: 9, SolePersonHours: &sole,
					Readiness: []analyzer.Readiness{{Question: "evaluable", Ready: true}, {Question: "ready to hand over", Missing: []string{"a procedure"}}, {Question: "ready to automate", Missing: []string{"level C: it is at B", "a procedure"}}},
				},
				{
					ID: "restore", Name: "Restore a backup", Rule: "template restore backup *", System: "web", Class: analyzer.Requested, ClassReason: "comes in irregularly", Trigger: "when somebody asks",
					Tickets: 20, Executions: 20, Recent: 20, Counted: 20, CountedFrom: day(1, 5), First: day(1, 5), Last: day(6, 29), Enough: true, SameHands: 0.47, TopShare: 0.5, EffectiveExecutors: 2, TopPerson: 1,
					Executors:   []analyzer.Executor{{Person: 1, Share: 0.5, Practice: 0.9, Capability: analyzer.Teaches, LastSeen: day(6, 29)}, {Person: 0, Share: 0.5, Practice: 0.8, Capability: analyzer.InTraining, LastSeen: day(2, 1)}},
					Routineness: analyzer.Routineness{Value: 0.8, Pinned: true}, RiskNow: 0.02, AbsenceRisk: 0.08, RiskLow: 0.03, RiskHigh: 0.2, Individualization: 5, Maturity: analyzer.ExecutedByOthers,
					Level: analyzer.LevelC, LevelReason: "a procedure at M5", Quadrant: analyzer.KeepOrAutomate,
				},
				{ID: "move", Name: "Move an office", Rule: "template move office *", Class: analyzer.Requested, Tickets: 3, Executions: 2, TopPerson: -1, Runbook: -1, Level: analyzer.LevelUnknown, Quadrant: analyzer.QuadrantUnknown},
			},
		},
	}
}

func sampleTaskExplanations() map[string]Explanation {
	tasks := sampleTasks()
	return map[string]Explanation{
		"explain-task": {Explanation: &analyzer.Explanation{
			AsOf: tasks.AsOf, People: tasks.People, Task: &analyzer.TaskExplanation{
				Task: tasks.Tasks[0], Omitted: 13, Tickets: []analyzer.TicketLine{
					{Key: "OPS-15", Summary: "Renew certificate of web-2", Time: date(2026, 6, 26), Person: -1, Reason: "not resolved"},
					{Key: "OPS-14", Summary: "Renew certificate of web-1", Time: date(2026, 6, 25), Person: 0, Reason: "resolved it, had it when it was resolved"},
				},
			},
		}},
		"explain-ticket": {Explanation: &analyzer.Explanation{
			AsOf: tasks.AsOf, People: tasks.People, Ticket: &analyzer.TicketExplanation{
				Key: "OPS-14", Summary: "Renew certificate of web-1", Task: "certs", TaskName: "Renew certificates", PlacedBy: "rule certs", System: "web", Counts: true,
				Verdict: "an execution by Ada Example", Deeds: []analyzer.Deed{{Person: 0, Points: 4, Reason: "resolved it, had it when it was resolved"}, {Person: 1, Points: 0.5, Reason: "1 comment"}},
			},
		}},
	}
}

func sampleCost() analyzer.Cost {
	return analyzer.Cost{
		ScarceHours: &analyzer.Hours{AtLeast: 21, AtMost: 42.5}, ScarceTasks: 3, ScarceKnown: 2,
		Wait: analyzer.Wait{Enough: true, Sole: 61, Shared: 9, Excess: 52, Low: -1.5, High: 75, SoleN: 17, SharedN: 28, Strata: 2},
		Exposure: analyzer.Exposure{
			Tasks: 1, Executions: 52, Low: 2, High: 6, LowHours: new(1.0), HighHours: new(3.0), Assumptions: "each holder away 2 to 6 weeks of the year",
		},
	}
}
