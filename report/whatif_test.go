package report

import (
	"slices"
	"testing"

	"keyperson/analyzer"
)

// sampleWhatIf has every part of a departure, and a name that means harm.
func sampleWhatIf() WhatIf {
	a := sampleAssessment()
	quantiles := make([]float64, 21)
	for i := range quantiles {
		quantiles[i] = float64(i) / 25
	}
	loss := analyzer.Loss{Mean: 0.14, Median: 0.02, Percentile95: 0.76, Low: 0.75, High: 0.77, Quantiles: quantiles}
	factor := func(n int) analyzer.BusFactor { return analyzer.BusFactor{Enough: true, Value: n, Exact: true} }
	return WhatIf{Findings: a.Findings, Handover: "keyperson handover", Plan: "keyperson plan --save keyperson-plan.json --names", WhatIf: &analyzer.WhatIf{
		AsOf: a.AsOf, On: date(2026, 12, 31), People: a.People, Leaving: []int{0, 2},
		Joining: []analyzer.Joiner{{Name: "New <b>hand</b>", Person: -1}, {Name: "bo", Person: 1}},
		Whole: analyzer.SystemEffect{
			BusFactorBefore: factor(3), BusFactorAfter: factor(2), UncoveredBefore: 0.1, UncoveredAfter: 0.4,
			VerdictBefore: analyzer.VerdictShared, VerdictAfter: analyzer.VerdictTwoPeople, RecentCommits: 91, FallsTo: -1,
		},
		Systems: []analyzer.SystemEffect{
			{
				System: "billing", BusFactorBefore: factor(1), BusFactorAfter: factor(0), UncoveredBefore: 0.1, UncoveredAfter: 0.9,
				VerdictBefore: analyzer.VerdictOnePerson, VerdictAfter: analyzer.VerdictOrphaned, RecentCommits: 14, FallsTo: -1, Holder: 0,
			},
			{System: "tools", UncoveredAfter: 1, VerdictBefore: analyzer.VerdictThin, VerdictAfter: analyzer.VerdictThin, FallsTo: -1},
			{
				System: "web", BusFactorBefore: factor(2), BusFactorAfter: factor(1), VerdictBefore: analyzer.VerdictTwoPeople,
				VerdictAfter: analyzer.VerdictOnePerson, RecentCommits: 77, FallsTo: 1,
			},
		},
		Tasks: []analyzer.TaskEffect{
			{
				Task: "cert-renewal", Name: "Renew | certificates", System: "web", Executions: 14, RiskBefore: 0.2, RiskAfter: 1, Stops: true, FallsTo: -1,
				LosesMain: true, Hours: &analyzer.Hours{AtLeast: 4, AtMost: 18.5}, Chances: 1.35,
			},
			{Task: "backup", Name: "Restore backup", Executions: 30, RiskBefore: 0.1, RiskAfter: 0.4, FallsTo: 1},
		},
		Orphans: []string{"shop:runbooks/certificates.md"}, Hours: &analyzer.Hours{AtLeast: 4, AtMost: 18.5},
		Learn: []analyzer.Lesson{{Subject: analyzer.OfTask, ID: "cert-renewal", Reason: "nobody present could do it; done 12 times in the last year"}},
		Risk:  &analyzer.KnowledgeAtRisk{AnnualAttrition: 0.15, Simulations: 10_000, People: 41, Files: loss, Tasks: loss, TaskCount: 16},
	}}
}

// sampleAfterActions is the same after a plan with an action in each state.
func sampleAfterActions() WhatIf {
	x := sampleWhatIf()
	upTo := analyzer.BusFactor{Enough: true, Value: 2}
	x.Whole.Planned = &analyzer.SystemOutcome{BusFactor: upTo, Uncovered: 0.2, Verdict: analyzer.VerdictTwoPeople, FallsTo: -1}
	x.Systems[0].Planned = &analyzer.SystemOutcome{BusFactor: x.Systems[0].BusFactorAfter, Uncovered: 0.9, Verdict: analyzer.VerdictOrphaned, FallsTo: -1, Help: analyzer.NoUse}
	x.Systems[1].Planned = &analyzer.SystemOutcome{Uncovered: 1, Verdict: analyzer.VerdictThin, FallsTo: -1}
	x.Systems[2].Planned = &analyzer.SystemOutcome{BusFactor: upTo, Verdict: analyzer.VerdictTwoPeople, FallsTo: -1, Help: analyzer.Shares}
	x.Systems = append(x.Systems, analyzer.SystemEffect{
		System: "docs", BusFactorBefore: upTo, BusFactorAfter: upTo, UncoveredAfter: 0.001, UncoveredBefore: 0.002, VerdictBefore: analyzer.VerdictTwoPeople,
		VerdictAfter: analyzer.VerdictTwoPeople, FallsTo: -1, Planned: &analyzer.SystemOutcome{BusFactor: upTo, Uncovered: 0.001, Verdict: analyzer.VerdictTwoPeople, FallsTo: -1},
	})
	x.Tasks[0].Planned = &analyzer.TaskOutcome{Risk: 0.2991, FallsTo: 1, Help: analyzer.Saves}
	x.Tasks[1].Planned = &analyzer.TaskOutcome{Risk: 0.4, FallsTo: 1, Help: analyzer.NotPlanned}
	actions := samplePlan().Actions
	x.After = &analyzer.AfterActions{AsOf: date(2026, 6, 30), Until: date(2026, 9, 29), Risk: x.Risk, Actions: []analyzer.PlannedAction{
		{Action: actions[0], State: analyzer.ActionCounts, Before: 1, After: 0.2991},
		{Action: actions[1], State: analyzer.ActionTeachesLeaver, Before: 0.4, After: 0.4, Reason: "=cmd()\x1b[31m\u202eevil, who is to learn it, leaves"},
		{Action: actions[2], State: analyzer.ActionDone, Before: 0.2, After: 0.2, Reason: "runbooks/quota.md was written on 2026-10-02 and is at M3"},
		{Action: actions[3], State: analyzer.ActionLeftOut, Reason: "none of its files is there any more"},
	}}
	x.After.Actions[0].Action.Of = x.Tasks[0].Task
	return x
}

func TestDeparturesAfterAPlanLookAsReviewed(t *testing.T) {
	for _, format := range Names() {
		compareGolden(t, "whatif-after-actions."+format, render(t, format, sampleAfterActions(), Options{Width: 120}))
	}
}

func TestADepartureWithoutEffectSaysSo(t *testing.T) {
	x := sampleWhatIf()
	x.Systems, x.Tasks, x.Orphans, x.Learn, x.Risk = nil, nil, nil, nil, nil
	compareGolden(t, "whatif-nothing.table", render(t, "table", x, Options{}))
}

// What is lost comes before what falls to one person, what a plan does not save before what it does; what was lost before anyone
// left is no reason to hand anything over.
func TestTheNextStepIsTheHandoverOfWhatIsHitMost(t *testing.T) {
	people := []analyzer.Person{{ID: "ann@example.org", Name: "Ann"}, {ID: "bo@example.org", Name: "Bo"}}
	lost := analyzer.SystemEffect{System: "lost", VerdictBefore: analyzer.VerdictOnePerson, VerdictAfter: analyzer.VerdictOrphaned, FallsTo: -1, Holder: 0}
	before := analyzer.SystemEffect{System: "before", VerdictBefore: analyzer.VerdictOrphaned, VerdictAfter: analyzer.VerdictOrphaned, FallsTo: -1, Holder: -1}
	falls := analyzer.SystemEffect{System: "falls", VerdictBefore: analyzer.VerdictTwoPeople, VerdictAfter: analyzer.VerdictOnePerson, FallsTo: 1, Holder: 0}
	stops := analyzer.TaskEffect{Task: "stops", System: "of-task", RiskAfter: 1, Stops: true, FallsTo: -1, LosesMain: true, Holder: 0}
	saved := lost
	saved.Planned = &analyzer.SystemOutcome{Help: analyzer.Saves, FallsTo: -1}
	stopsStill := stops
	stopsStill.Planned = &analyzer.TaskOutcome{Help: analyzer.NotPlanned, FallsTo: -1}
	for _, c := range []struct {
		name    string
		systems []analyzer.SystemEffect
		tasks   []analyzer.TaskEffect
		after   *analyzer.AfterActions
		want    []string
	}{
		{"lost first", []analyzer.SystemEffect{before, lost, falls}, []analyzer.TaskEffect{stops}, nil, []string{"plan", "handover lost --leaver ann@example.org"}},
		{"then tasks", []analyzer.SystemEffect{before, falls}, []analyzer.TaskEffect{stops}, nil, []string{"plan", "handover of-task --leaver ann@example.org"}},
		{"then what falls to one", []analyzer.SystemEffect{before, falls}, nil, nil, []string{"plan", "handover falls --leaver ann@example.org"}},
		{"nothing to hand over", []analyzer.SystemEffect{before}, nil, nil, nil},
		{"not what the plan saves", []analyzer.SystemEffect{saved}, []analyzer.TaskEffect{stopsStill}, &analyzer.AfterActions{}, []string{"handover of-task --leaver ann@example.org"}},
	} {
		x := WhatIf{Handover: "handover", Plan: "plan", WhatIf: &analyzer.WhatIf{People: people, Leaving: []int{0}, Systems: c.systems, Tasks: c.tasks, After: c.after}}
		var d Document
		x.addNext(&d)
		var got []string
		for _, block := range d.Blocks {
			got = append(got, block.(Command).Line)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
