package gate

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"keyperson/analyzer"
)

var (
	today    = time.Date(2026, 9, 30, 23, 59, 59, 0, time.UTC)
	tomorrow = today.Add(24 * time.Hour)
	before   = today.Add(-24 * time.Hour)
)

func risk(id string, tier int, value float64) analyzer.Risk {
	return analyzer.Risk{
		Rule: analyzer.RiskTaskStops, Fingerprint: "f-" + id, Subject: analyzer.OfTask, ID: id, Name: id, Tier: tier, Value: value, Weight: value,
	}
}

// saw is what a gate sees of risks that are all from one tracker, which is read to its end.
func saw(at time.Time, risks ...analyzer.Risk) *Seen {
	seen := &Seen{AsOf: at, Risks: risks, Sources: []analyzer.Source{{Label: "jira", IsTracker: true}}}
	for _, r := range risks {
		seen.All = append(seen.All, analyzer.Riskable{
			Subject: r.Subject, ID: r.ID, Name: r.Name, Tier: r.Tier, Fingerprint: r.Fingerprint, Sources: []string{"jira"}, Judged: true,
		})
	}
	return seen
}

// said writes each risk as "id state", with "!" where it fails and "~" where it is waived.
func said(r *Result) []string {
	var list []string
	for _, j := range r.Risks {
		text := j.ID + " " + string(j.State)
		if j.Fails {
			text += "!"
		}
		if j.Waiver != nil {
			text += "~"
		}
		list = append(list, text)
	}
	return list
}

func TestAGateFailsOnWhatWasNotAccepted(t *testing.T) {
	risks := []analyzer.Risk{risk("certs", 1, 0.9), risk("restart", 2, 0.6)}
	baseline := Accept(saw(before, risk("certs", 1, 0.7), risk("restart", 2, 0.55), risk("gone", 2, 0.5)), "c")
	for name, test := range map[string]struct {
		baseline *Baseline
		policy   Policy
		want     []string
		failed   bool
	}{
		"without a baseline everything is new and fails": {nil, Policy{}, []string{"certs new!", "restart new!"}, true},
		"against a baseline only what grew by more than the tolerance is worse": {
			baseline,
			Policy{FailOn: []State{New, Worse}, Tolerance: DefaultTolerance},
			[]string{"certs worse!", "restart unchanged", "gone absent"},
			true,
		},
		"within the tolerance nothing fails": {
			baseline,
			Policy{FailOn: []State{New, Worse}, Tolerance: 0.25},
			[]string{"certs unchanged", "restart unchanged", "gone absent"},
			false,
		},
		"a waiver holds until its end": {
			nil,
			Policy{Waivers: []Waiver{{Rule: analyzer.RiskTaskStops, ID: "certs", Until: tomorrow}}},
			[]string{"restart new!", "certs new~"},
			true,
		},
		"and not after": {
			nil,
			Policy{Waivers: []Waiver{{Fingerprint: "f-certs", Until: before}}},
			[]string{"certs new!", "restart new!"},
			true,
		},
		"a budget that is not used up accepts": {
			nil,
			Policy{Budgets: []Budget{{Most: 2}}},
			[]string{"certs new", "restart new"},
			false,
		},
		"a budget of a tier fails only that tier": {
			nil,
			Policy{Budgets: []Budget{{Tier: 1, Most: 0}, {Most: 5}}},
			[]string{"certs new!", "restart new"},
			true,
		},
		"a budget that is over fails what the baseline knows, too": {
			baseline,
			Policy{FailOn: []State{New, Worse}, Tolerance: 0.25, Budgets: []Budget{{Most: 0}}},
			[]string{"certs unchanged!", "restart unchanged!", "gone absent"},
			true,
		},
		"and one that is not accepts what is worse": {
			baseline,
			Policy{FailOn: []State{New, Worse}, Tolerance: DefaultTolerance, Budgets: []Budget{{Most: 2}}},
			[]string{"certs worse", "restart unchanged", "gone absent"},
			false,
		},
		"what no budget counts fails as without budgets": {
			nil,
			Policy{Budgets: []Budget{{Tier: 1, Most: 4}}},
			[]string{"restart new!", "certs new"},
			true,
		},
		"or is accepted as without them": {
			baseline,
			Policy{FailOn: []State{New, Worse}, Tolerance: DefaultTolerance, Budgets: []Budget{{Tier: 1, Most: 4}}},
			[]string{"certs worse", "restart unchanged", "gone absent"},
			false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			result := Judge(saw(today, risks...), test.baseline, test.policy)
			if got := said(result); !slices.Equal(got, test.want) || result.Failed != test.failed {
				t.Errorf("got %v, failed %v; want %v, failed %v", got, result.Failed, test.want, test.failed)
			}
		})
	}
}

func TestATaskThatSomeoneCanDoAgainIsNotNew(t *testing.T) {
	nobody, one := risk("certs", 1, 0.6), risk("certs", 1, 0.9)
	nobody.Rule = analyzer.RiskTaskNobody
	policy := Policy{FailOn: []State{New, Worse}, Tolerance: DefaultTolerance}
	if got := said(Judge(saw(today, one), Accept(saw(before, nobody), "c"), policy)); !slices.Equal(got, []string{"certs unchanged"}) {
		t.Errorf("from nobody to one person: got %v, want it unchanged", got)
	}
	accepted := Accept(saw(before, one), "c")
	if got := said(Judge(saw(today, nobody), accepted, policy)); !slices.Equal(got, []string{"certs worse!"}) {
		t.Errorf("from one person to nobody: got %v, want it worse", got)
	}
	if updated := accepted.Ratchet(saw(today, nobody)); updated.Accepted[0].Rule != analyzer.RiskTaskStops {
		t.Errorf("an update accepted the graver rule: %v", updated.Accepted)
	}
}

func TestWaiversThatExpiredOrCoverNothingAreListed(t *testing.T) {
	result := Judge(saw(today, risk("certs", 1, 0.9)), nil, Policy{Waivers: []Waiver{
		{Rule: analyzer.RiskTaskStops, ID: "certs", Until: before}, {Rule: analyzer.RiskTaskStops, ID: "other", Until: tomorrow},
	}})
	if len(result.Expired) != 1 || result.Expired[0].ID != "certs" || len(result.Unused) != 1 || result.Unused[0].ID != "other" {
		t.Errorf("got expired %v and unused %v", result.Expired, result.Unused)
	}
}

func TestABaselineReadBackIsTheOneWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var risks []analyzer.Risk
		for i := range rapid.IntRange(0, 20).Draw(t, "risks") {
			risks = append(risks, risk(fmt.Sprint(i), rapid.IntRange(0, 3).Draw(t, "tier"), rapid.Float64Range(0, 1).Draw(t, "value")))
		}
		written := Accept(saw(today, risks...), "hash")
		var file bytes.Buffer
		if err := written.Write(&file); err != nil {
			t.Fatal(err)
		}
		first := file.String()
		read, err := Read("baseline.json", &file, "hash")
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := read.Write(&again); err != nil || again.String() != first {
			t.Errorf("written again (%v):\n%s\nfirst:\n%s", err, again.String(), first)
		}
		if result := Judge(saw(today, risks...), read, Policy{FailOn: []State{New, Worse}, Tolerance: 1e-3}); result.Failed {
			t.Errorf("what was accepted just now fails: %v", said(result))
		}
	})
}

func TestARatchetNeverAcceptsMore(t *testing.T) {
	baseline := Accept(saw(before, risk("better", 1, 0.9), risk("worse", 1, 0.5), risk("gone", 1, 0.5)), "c")
	updated := baseline.Ratchet(saw(today, risk("better", 1, 0.6), risk("worse", 1, 0.8), risk("new", 1, 0.7)))
	got := map[string]float64{}
	for _, entry := range updated.Accepted {
		got[entry.ID] = entry.Value
	}
	if len(got) != 2 || got["better"] != 0.6 || got["worse"] != 0.5 {
		t.Errorf("got %v, want better 0.6 and worse still 0.5", got)
	}
}

func TestABaselineThatDoesNotFitIsRefusedWithTheReason(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":                   {"{\n nonsense", "line 2"},
		"another schema":            {`{"schema_version": 7}`, "schema version 7"},
		"another configuration":     {`{"schema_version": 1, "configuration": "x", "accepted": []}`, "another configuration"},
		"an unknown field":          {`{"schema_version": 1, "configuration": "c", "extra": 1}`, "extra"},
		"a fingerprint twice":       {`{"schema_version":1,"configuration":"c","accepted":[{"fingerprint":"a","rule":"task-nobody","subject":"task"},{"fingerprint":"a"}]}`, "twice"},
		"a value that is no share":  {`{"schema_version":1,"configuration":"c","accepted":[{"fingerprint":"a","rule":"task-one-person","subject":"task","value":7}]}`, "between 0 and 1"},
		"a rule that is none":       {`{"schema_version":1,"configuration":"c","accepted":[{"fingerprint":"a","rule":"task-one-persn","subject":"task","value":0.1}]}`, `no such rule about a task`},
		"a rule about other things": {`{"schema_version":1,"configuration":"c","accepted":[{"fingerprint":"a","rule":"task-one-person","subject":"system","value":0.1}]}`, `no such rule about a system`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("baseline.json", strings.NewReader(test.text), "c")
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "baseline.json") {
				t.Errorf("got %v, want an error with %q and the file's name", err, test.want)
			}
		})
	}
	_, err := Read("b", strings.NewReader(`{"schema_version": 7}`), "c")
	if !errors.Is(err, ErrOtherBaseline) {
		t.Errorf("got %v, want ErrOtherBaseline", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema_version":1,"configuration":"c","as_of":"2026-09-30T00:00:00Z","accepted":[{"fingerprint":"a","rule":"task-nobody","subject":"task","id":"x","value":0.5,"sources":["jira"]}]}`))
	f.Add([]byte(`{"schema_version":1`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read("b", bytes.NewReader(data), "c")
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		if _, err := Read("b", &out, "c"); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}
