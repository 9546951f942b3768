package report

import (
	"testing"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
)

func sampleCheck() Check {
	asOf := time.Date(2026, 9, 30, 23, 59, 59, 0, time.UTC)
	hours := analyzer.Hours{AtLeast: 42.5, AtMost: 42.5}
	risks := []analyzer.Risk{
		{
			Rule: analyzer.RiskTaskStops, Fingerprint: "0123456789abcdef", Subject: analyzer.OfTask, ID: "certs", Name: "Renew certificates",
			System: "payments", Tier: 1, Path: "docs/runbooks/certs.md", Value: 0.91, Weight: 0.5, N: 14, Hours: &hours,
			Text: "Renew certificates: without one person the chance that nobody present can do it is 91 %, now 4 % (n = 14 executions, procedure M1)",
		},
		{
			Rule: analyzer.RiskOnePerson, Fingerprint: "fedcba9876543210", Subject: analyzer.OfSystem, ID: "web", Name: "=web|ui", System: "web",
			Tier: 2, Path: "web/<ui>.ts", Value: 0.59, Weight: 0.2, N: 120, Text: "=web|ui: 10 % of it is uncovered, and one absence makes that 59 % (n = 120 commits)",
		},
		{
			Rule: analyzer.RiskThinlyCovered, Fingerprint: "00000000000000aa", Subject: analyzer.OfSystem, ID: "api", Name: "api", System: "api",
			Value: 0.6, Weight: 0.1, N: 30, Text: "api: 45 % of it has nobody active who covers it (n = 30 commits)",
		},
	}
	seen := &gate.Seen{
		AsOf: asOf, Risks: risks, Sources: []analyzer.Source{{Label: "shop"}, {Label: "jira", IsTracker: true, Stale: true}},
		All: []analyzer.Riskable{
			{Subject: analyzer.OfSystem, ID: "gone", Name: "gone", Tier: 2, Judged: true},
			{Subject: analyzer.OfSystem, ID: "api", Name: "api", Fingerprint: "00000000000000aa"},
			{Subject: analyzer.OfTask, ID: "certs", Name: "Renew certificates", Tier: 1, Judged: true},
		},
	}
	baseline := &gate.Baseline{AsOf: asOf, Accepted: []gate.Entry{
		{Rule: analyzer.RiskNobodyLeft, Fingerprint: "00000000000000bb", Subject: analyzer.OfSystem, ID: "old", Value: 0.8, Sources: []string{"shop"}},
		{Rule: analyzer.RiskTaskStops, Fingerprint: "00000000000000cc", Subject: analyzer.OfTask, ID: "=restore|<b>", Value: 0.7, Sources: []string{"jira"}},
		{Rule: risks[1].Rule, Fingerprint: risks[1].Fingerprint, Subject: risks[1].Subject, ID: risks[1].ID, Value: risks[1].Value},
	}}
	result := gate.Judge(seen, baseline, gate.Policy{
		FailOn: []gate.State{gate.New, gate.Worse}, Tolerance: gate.DefaultTolerance,
		Budgets: []gate.Budget{{Tier: 1, Most: 0}, {Tier: 3, Most: 9, Line: 7}},
		Waivers: []gate.Waiver{
			{Rule: analyzer.RiskThinlyCovered, ID: "api", Owner: "head of platform", Reason: "hiring", Until: asOf.AddDate(0, 3, 0)},
			{Rule: analyzer.RiskOnePerson, ID: "gone", Owner: "nobody", Reason: "was one", Until: asOf.AddDate(0, 3, 0)},
			{Rule: analyzer.RiskTaskStops, ID: "cert", Owner: "team trust", Reason: "mistyped", Until: asOf.AddDate(0, 3, 0)},
			{Rule: analyzer.RiskTaskStops, ID: "=HYPERLINK(1)", Owner: "team <b>", Reason: "like nothing", Until: asOf.AddDate(0, 3, 0)},
			{Rule: analyzer.RiskNobodyLeft, ID: "web", Owner: "team web", Reason: "another rule", Until: asOf.AddDate(0, 3, 0)},
			{Fingerprint: "fedcba9876543210", Owner: "team web", Reason: "training", Until: asOf.AddDate(0, -1, 0)},
		},
	})
	return Check{Result: result, Tool: "test", Assessment: sampleAssessment().Assessment, Findings: result.Findings}
}

func TestADecisionLooksAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "check."+format, render(t, format, sampleCheck(), Options{Width: 140}))
	}
}
