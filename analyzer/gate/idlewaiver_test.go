package gate

import (
	"testing"

	"keyperson/analyzer"
)

func TestAWaiverThatCoversNothingSaysWhy(t *testing.T) {
	certs := risk("renew-certificate", 1, 0.9)
	seen := &Seen{AsOf: today, Risks: []analyzer.Risk{certs}, Sources: []analyzer.Source{{Label: "jira", IsTracker: true}}}
	seen.All = []analyzer.Riskable{
		{Subject: analyzer.OfTask, ID: "renew-certificate", Name: "Renew a certificate", Fingerprint: "f-renew-certificate"},
		{Subject: analyzer.OfTask, ID: "rotate-keys", Name: "Rotate the keys", Fingerprint: "0123456789abcdef"},
		{Subject: analyzer.OfTask, ID: "restore", Name: "Restore", Fingerprint: "f-restore", Unclear: "jira ends long before the date looked from"},
		{Subject: analyzer.OfSystem, ID: "rotate-kays", Name: "rotate-kays", Fingerprint: "fedcba9876543210"},
	}
	baseline := Accept(saw(before, risk("old-task", 1, 0.9)), "c")
	for name, test := range map[string]struct {
		waiver  Waiver
		why     Idleness
		nearest string
		now     analyzer.RiskRule
	}{
		"a task that is no risk":                   {Waiver{Rule: analyzer.RiskTaskStops, ID: "Rotate-Keys"}, RiskGone, "", ""},
		"a task that only the baseline knows":      {Waiver{Rule: analyzer.RiskTaskStops, ID: "old-task"}, RiskGone, "", ""},
		"a task that cannot be judged":             {Waiver{Rule: analyzer.RiskTaskStops, ID: "restore"}, RiskUnclear, "", ""},
		"a fingerprint that is no risk":            {Waiver{Fingerprint: "0123456789abcdef"}, RiskGone, "", ""},
		"a risk under another rule":                {Waiver{Rule: analyzer.RiskTaskNobody, ID: "renew-certificate"}, OtherRule, "", analyzer.RiskTaskStops},
		"a mistyped id":                            {Waiver{Rule: analyzer.RiskTaskStops, ID: "renew-certifcate"}, NothingSuch, "renew-certificate", ""},
		"a mistyped id of what is no risk":         {Waiver{Rule: analyzer.RiskTaskStops, ID: "rotate-key"}, NothingSuch, "rotate-keys", ""},
		"the name instead of the id":               {Waiver{Rule: analyzer.RiskTaskStops, ID: "rotate the keys"}, NothingSuch, "rotate-keys", ""},
		"an id of another kind of thing":           {Waiver{Rule: analyzer.RiskOnePerson, ID: "rotate-keys"}, NothingSuch, "rotate-kays", ""},
		"a mistyped fingerprint":                   {Waiver{Fingerprint: "0123456789abcdee"}, NothingSuch, "0123456789abcdef", ""},
		"an id that is like nothing that is known": {Waiver{Rule: analyzer.RiskTaskStops, ID: "water the plants"}, NothingSuch, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			test.waiver.Until = tomorrow
			unused := Judge(seen, baseline, Policy{Waivers: []Waiver{test.waiver}}).Unused
			if len(unused) != 1 {
				t.Fatalf("got %d idle waivers, want 1", len(unused))
			}
			if got := unused[0]; got.Why != test.why || got.Nearest != test.nearest || got.RuleNow != test.now {
				t.Errorf("got %s, nearest %q, now %q; want %s, %q, %q", got.Why, got.Nearest, got.RuleNow, test.why, test.nearest, test.now)
			}
		})
	}
}

func TestEveryRuleHasASubject(t *testing.T) {
	for _, known := range analyzer.RiskRules {
		if known.Rule.Subject() == "" {
			t.Errorf("%s: no waiver under it could be told to be mistyped", known.Rule)
		}
	}
}
