package analyzer

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func register(change func(a *Assessment)) []Risk {
	return Register(quarter("2026-06-30", func(a *Assessment) {
		a.Systems[0].RecentCommits, a.Systems[0].Commits = 40, 100
		a.Tasks[0].StopsWithout, a.Tasks[0].Routineness.Value = true, 0.8
		change(a)
	}))
}

func rulesOf(risks []Risk) []RiskRule {
	rules := make([]RiskRule, len(risks))
	for i := range risks {
		rules[i] = risks[i].Rule
	}
	return rules
}

func TestTheRegisterListsWhatHangsOnOnePerson(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*Assessment)
		want   []RiskRule // heaviest first
	}{
		"a system and a routine task": {unchanged, []RiskRule{RiskOnePerson, RiskTaskStops}},
		"judgement is nothing to mend": {
			func(a *Assessment) { a.Tasks[0].Quadrant = Protect },
			[]RiskRule{RiskOnePerson},
		},
		"too little evidence is no risk": {
			func(a *Assessment) { a.Tasks[0].Enough, a.Systems[0].Verdict = false, VerdictThin },
			[]RiskRule{},
		},
		"work that nobody does any more is no risk": {
			func(a *Assessment) { a.Tasks[0].Recent, a.Systems[0].Verdict = 0, VerdictDormant },
			[]RiskRule{},
		},
		"nobody can do it": {
			func(a *Assessment) { a.Tasks[0].RiskNow, a.Tasks[0].StopsWithout, a.Systems = 0.7, false, nil },
			[]RiskRule{RiskTaskNobody},
		},
		"an alert that points at a stub": {
			func(a *Assessment) {
				a.Systems, a.Tasks = nil, nil
				a.Runbooks = []Runbook{
					{Repository: "shop", Path: "a.md", Maturity: Exists, Alerts: []string{"DiskFull"}, Missing: []string{"steps"}},
					{Repository: "shop", Path: "b.md", Maturity: Fresh, Alerts: []string{"DiskSlow"}},
					{Repository: "shop", Path: "c.md", Maturity: Exists},
				}
			},
			[]RiskRule{RiskAlertRunbook},
		},
	} {
		t.Run(name, func(t *testing.T) {
			risks := register(test.change)
			if got := rulesOf(risks); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			for _, risk := range risks {
				if strings.Contains(risk.Text, "Ann") {
					t.Errorf("%q names a person", risk.Text)
				}
				if risk.Value < 0 || risk.Value > 1 || risk.N < 0 {
					t.Errorf("%s: value %v of n = %d", risk.ID, risk.Value, risk.N)
				}
			}
		})
	}
}

// Without its top person the task is at 0.9, as it is at 0.6: nobody can be lost who is not there, so 0.6 counts.
func TestTheValueOfATaskNobodyCanDoIsTheChanceNow(t *testing.T) {
	for _, risk := range register(func(a *Assessment) { a.Tasks[0].RiskNow, a.Tasks[0].StopsWithout, a.Systems = 0.6, false, nil }) {
		if risk.Value != 0.6 || !strings.Contains(risk.Text, "60 %") {
			t.Errorf("value %v beside %q", risk.Value, risk.Text)
		}
	}
}

// The system: 0.8 of what changes would be uncovered, all 40 recent commits are its own, no tier: 0.8 × 1 × 1.
// The task: absence risk 0.9 × routineness 0.8 × all 6 recent executions × 1 = 0.72.
func TestWeightsOfTheRegisterAreAsDocumented(t *testing.T) {
	for _, risk := range register(unchanged) {
		want := map[Subject]float64{OfSystem: 0.8, OfTask: 0.72}[risk.Subject]
		if math.Abs(risk.Weight-want) > 1e-12 {
			t.Errorf("%s: weight %v, want %v", risk.ID, risk.Weight, want)
		}
	}
	first := register(func(a *Assessment) { a.Tasks[0].Tier = 1 })[0]
	if first.Subject != OfTask || math.Abs(first.Weight-1.44) > 1e-12 {
		t.Errorf("a task of tier 1 weighs twice: got %s with %v, want the task with 1.44", first.ID, first.Weight)
	}
}

func TestAFingerprintStaysWhileTheSubjectDoes(t *testing.T) {
	before := register(unchanged)
	after := register(func(a *Assessment) {
		a.People[0] = Person{ID: "zoe", Name: "Zoe"}
		a.Systems[0].UncoveredWithoutTop, a.Tasks[0].AbsenceRisk, a.Tasks[0].Name = 0.6, 0.7, "Renew them"
	})
	fingerprints := func(risks []Risk) []string {
		var list []string
		for _, risk := range risks {
			list = append(list, risk.Fingerprint)
		}
		slices.Sort(list)
		return list
	}
	if got, want := fingerprints(after), fingerprints(before); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(slices.Compact(fingerprints(before))) != 2 {
		t.Errorf("two risks have one fingerprint: %v", fingerprints(before))
	}
}

func TestTiersWeighAsDocumented(t *testing.T) {
	for tier, want := range map[int]float64{0: 1, 1: 2, 2: 1.5, 3: 0.75, 4: 0.75} {
		if got := TierWeight(tier); got != want {
			t.Errorf("tier %d weighs %v, want %v", tier, got, want)
		}
	}
}
