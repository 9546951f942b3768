package gate

import (
	"slices"
	"strings"
	"testing"

	"keyperson/analyzer"
)

func TestWhatCannotBeJudgedIsNotGone(t *testing.T) {
	task := Entry{Fingerprint: "f-certs", Rule: analyzer.RiskTaskStops, Subject: analyzer.OfTask, ID: "certs", Value: 0.9, Sources: []string{"jira"}}
	system := Entry{Fingerprint: "f-shop", Rule: analyzer.RiskOnePerson, Subject: analyzer.OfSystem, ID: "shop", Value: 0.9, Sources: []string{"app", "web"}}
	runbook := Entry{Fingerprint: "f-manual", Rule: analyzer.RiskAlertRunbook, Subject: analyzer.OfRunbook, ID: "app:manual.md", Value: 0.9}
	of := func(e Entry, unclear string, from ...string) []analyzer.Riskable {
		return []analyzer.Riskable{{Subject: e.Subject, ID: e.ID, Fingerprint: e.Fingerprint, Sources: from, Unclear: unclear}}
	}
	unsaid := task
	unsaid.Sources = nil
	jira, old := analyzer.Source{Label: "jira", IsTracker: true}, analyzer.Source{Label: "jira", IsTracker: true, Stale: true}
	app, web, desk := analyzer.Source{Label: "app"}, analyzer.Source{Label: "web"}, analyzer.Source{Label: "desk", IsTracker: true}
	for name, test := range map[string]struct {
		entry   Entry
		sources []analyzer.Source
		all     []analyzer.Riskable
		want    string // part of the reason; empty: it is gone
	}{
		"a task that others do now":                 {task, []analyzer.Source{app, jira}, of(task, "", "jira"), ""},
		"a task whose tickets end early":            {task, []analyzer.Source{app, old}, of(task, "jira ends early", "jira"), "jira ends early"},
		"a task without tickets in a tracker read":  {task, []analyzer.Source{app, jira}, nil, ""},
		"a task without tickets in one that is old": {task, []analyzer.Source{app, old}, nil, "jira, which it was read from, ends long before"},
		"a task of a tracker that is not read":      {task, []analyzer.Source{app, desk}, nil, "jira, which it was read from, is not read any more"},
		"a task where no tracker is read":           {task, []analyzer.Source{app}, nil, "no tickets are read any more"},
		"a task of an old baseline, nowhere read":   {unsaid, []analyzer.Source{app, jira}, nil, ""},
		"the same in a tracker that is old":         {unsaid, []analyzer.Source{app, old}, nil, "jira, where it may be from, ends long before"},
		"a system of a repository that is quiet":    {system, []analyzer.Source{app, {Label: "web", Stale: true}}, nil, ""},
		"a task of an old baseline that is read":    {unsaid, []analyzer.Source{app, jira}, of(task, "", "jira"), ""},
		"a system that others know now":             {system, []analyzer.Source{app, web}, of(system, "", "app", "web"), ""},
		"a system of which one repository is read":  {system, []analyzer.Source{app}, of(system, "", "app"), "web, which it was read from, is not read any more"},
		"a system in checkouts of other names":      {system, []analyzer.Source{{Label: "a"}, {Label: "b"}}, of(system, "", "a", "b"), ""},
		"a system that was removed":                 {system, []analyzer.Source{app, web}, nil, ""},
		"a system of a repository that is not read": {system, []analyzer.Source{app, jira}, nil, "web, which"},
		"a system where only tickets are read":      {system, []analyzer.Source{jira}, nil, "no repository is read any more"},
		"a procedure that was removed":              {runbook, []analyzer.Source{app}, nil, ""},
		"a procedure of a repository not read":      {runbook, []analyzer.Source{web}, nil, "app, which"},
	} {
		t.Run(name, func(t *testing.T) {
			seen := &Seen{AsOf: today, Sources: test.sources, All: test.all}
			baseline := &Baseline{AsOf: before, Accepted: []Entry{test.entry}}
			result := Judge(seen, baseline, Policy{FailOn: []State{New, Worse}})
			j := result.Risks[0]
			if want := test.want != ""; (j.State == Unknown) != want || !strings.Contains(j.Text, test.want) || j.Fails {
				t.Errorf("got %s, %q; want a reason with %q", j.State, j.Text, test.want)
			}
			if kept := baseline.Ratchet(seen).Accepted; (len(kept) == 1) != (test.want != "") {
				t.Errorf("an update keeps %v", kept)
			}
		})
	}
}

func TestASourceOfAnotherNameIsKnownByWhatIsLeftInIt(t *testing.T) {
	entry := func(name string) Entry {
		return Entry{Fingerprint: "f-" + name, Rule: analyzer.RiskOnePerson, Subject: analyzer.OfSystem, ID: name, Value: 0.9, Sources: []string{"shop"}}
	}
	baseline := &Baseline{AsOf: before, Accepted: []Entry{entry("api"), entry("web")}}
	web := analyzer.Riskable{Subject: analyzer.OfSystem, ID: "web", Fingerprint: "f-web", Sources: []string{"build-17"}, Judged: true}
	for name, test := range map[string]struct {
		all  []analyzer.Riskable
		want int
	}{
		"one of two is known from there": {[]analyzer.Riskable{web}, 0},
		"nothing is":                     {nil, 2},
	} {
		seen := &Seen{AsOf: today, Sources: []analyzer.Source{{Label: "build-17"}}, All: test.all}
		if got := len(Judge(seen, baseline, Policy{}).Unknown()); got != test.want {
			t.Errorf("%s: %d unknown, want %d", name, got, test.want)
		}
	}
}

func TestAnUpdateHoldsNothingToWhatAStaleSourceSays(t *testing.T) {
	baseline := Accept(saw(before, risk("certs", 1, 0.9)), "c")
	seen := saw(today, risk("certs", 1, 0.6))
	seen.All[0].Unclear = "jira ends long before the date looked from"
	if got := baseline.Ratchet(seen).Accepted[0].Value; got != 0.9 {
		t.Errorf("got %v, want it left at 0.9", got)
	}
}

func TestAGateThatJudgedNothingOrLostSightIsUndecided(t *testing.T) {
	baseline := Accept(saw(before, risk("certs", 1, 0.9)), "c")
	blind := func(unclear string, judged bool) *Seen {
		seen := saw(today, risk("certs", 1, 0.9))
		seen.Risks, seen.All[0].Unclear, seen.All[0].Judged = nil, unclear, judged
		return seen
	}
	for name, test := range map[string]struct {
		seen     *Seen
		baseline *Baseline
		policy   Policy
		want     []string // codes of findings
		through  bool     // all the same
	}{
		"a task that others do now":  {blind("", true), baseline, Policy{}, nil, true},
		"a task that cannot be seen": {blind("x", true), baseline, Policy{}, []string{"accepted-unknown"}, false},
		"one that was waived":        {blind("x", true), baseline, Policy{Waivers: []Waiver{{Fingerprint: "f-certs", Until: tomorrow}}}, nil, true},
		"nothing that can be judged": {blind("", false), nil, Policy{}, []string{"nothing-judged"}, true},
		"the same once judged":       {blind("", false), baseline, Policy{}, []string{"nothing-judged"}, false},
		"the same where a source ends early": {
			func() *Seen {
				seen := blind("", false)
				seen.Sources = append(seen.Sources, analyzer.Source{Label: "shop", Stale: true})
				return seen
			}(), nil, Policy{}, []string{"nothing-judged"}, false,
		},
		"nothing at all":              {&Seen{AsOf: today}, nil, Policy{}, []string{"nothing-judged"}, false},
		"a procedure is not judgment": {&Seen{AsOf: today, All: []analyzer.Riskable{{Subject: analyzer.OfRunbook, Judged: true}}}, nil, Policy{}, []string{"nothing-judged"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			result := Judge(test.seen, test.baseline, test.policy)
			var codes []string
			for _, finding := range result.Findings {
				codes = append(codes, finding.Code)
			}
			if result.Failed || result.Undecided() == test.through || !slices.Equal(codes, test.want) {
				t.Errorf("got failed %v, undecided %v, %v; want %v", result.Failed, result.Undecided(), codes, test.want)
			}
		})
	}
}

func TestABudgetOfATierOrRuleThatNothingHasIsTold(t *testing.T) {
	result := Judge(saw(today, risk("certs", 1, 0.9)), nil, Policy{Budgets: []Budget{
		{Tier: 1, Most: 1}, {Tier: 3, Most: 1, Line: 7}, {Rule: analyzer.RiskOnePerson, Most: 1}, {Tier: 1, Rule: analyzer.RiskTaskNobody},
	}})
	var got []string
	for _, finding := range result.Findings {
		got = append(got, finding.Code+": "+finding.Message)
	}
	want := []string{
		"idle-budget: the budget on line 7 of the configuration is for tier 3, and no system or task that was read is of that tier",
		"idle-budget: a budget is for system-one-person, and no system was read",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRisksThatFailAndNoBudgetCountsAreTold(t *testing.T) {
	result := Judge(saw(today, risk("certs", 1, 0.9), risk("dns", 2, 0.9)), nil, Policy{Budgets: []Budget{{Tier: 1, Most: 1}}})
	if len(result.Findings) != 1 || result.Findings[0].Message != "no budget counts 1 risk that the gate fails on" || !result.Failed {
		t.Errorf("got failed %v, %+v", result.Failed, result.Findings)
	}
	accepted := Accept(saw(before, risk("certs", 1, 0.9), risk("dns", 2, 0.9)), "c")
	result = Judge(saw(today, risk("certs", 1, 0.9), risk("dns", 2, 0.9)), accepted, Policy{FailOn: []State{New, Worse}, Budgets: []Budget{{Tier: 1, Most: 1}}})
	if len(result.Findings) != 0 || result.Failed {
		t.Errorf("accepted: got failed %v, %+v", result.Failed, result.Findings)
	}
}
