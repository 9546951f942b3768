package planfile

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer"
)

func sample() *File {
	return &File{Configuration: "c0ffee", Key: "person-abc", Plan: &analyzer.Plan{
		AsOf: time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 9, 29, 0, 0, 0, 0, time.UTC), CapHours: 16, Risk: 26.5, RiskThen: 18.4,
		People: []analyzer.Person{{ID: "person-abc", Name: "person-abc"}, {ID: "person-def", Name: "person-def"}},
		Actions: []analyzer.Action{
			{
				ID: "a", Kind: analyzer.WriteRunbook, Subject: analyzer.OfTask, Of: "renew", Name: "Renew", System: "dns", Dictates: 0, Writes: 1, Verifies: -1,
				Files: []string{}, Hours: 8, Effect: 1.6, PerHour: 0.2, Before: 1, Expected: 0.3, Low: 0.25, High: 0.35,
			},
			{
				ID: "b", Kind: analyzer.SpreadCode, Subject: analyzer.OfSystem, Of: "web", Name: "web", System: "web", Dictates: 1, Writes: 0, Verifies: 0,
				Files: []string{"web/a.go"}, Hours: 4, Effect: 1, PerHour: 0.25, Before: 1, Expected: 0.5, Low: 0.5, High: 0.5,
			},
		},
	}}
}

// many is a plan of so many actions.
func many(actions int) *File {
	f := sample()
	first := f.Plan.Actions[0]
	f.Plan.Actions = nil
	for i := range actions {
		first.ID = strconv.Itoa(i)
		f.Plan.Actions = append(f.Plan.Actions, first)
	}
	return f
}

func written(t *testing.T, f *File) string {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	got, err := Read("plan.json", strings.NewReader(written(t, sample())))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReasonsStayOutOfTheFile(t *testing.T) {
	f := sample()
	f.Plan.Actions[0].Why = "Ann did all of it"
	f.Plan.People[0].Name = "Ann"
	if text := written(t, f); strings.Contains(text, "Ann") {
		t.Errorf("the file names Ann:\n%s", text)
	}
}

func TestFilesThatAreNoPlansAreRefusedWithAReason(t *testing.T) {
	whole := written(t, sample())
	for _, c := range []struct{ name, text, says string }{
		{"not JSON", "{\n\"schema_version\": oops", "line 2"},
		{"cut off", whole[:len(whole)/2], "is no plan"},
		{"another version", strings.Replace(whole, `"schema_version": 1`, `"schema_version": 2`, 1), "schema version 2"},
		{"an unknown field", strings.Replace(whole, `"risk":`, `"danger":`, 1), "danger"},
		{"an unknown action", strings.Replace(whole, "write the manual", "write a poem", 1), `action 1: "write a poem"`},
		{"an action twice", strings.Replace(whole, `"id": "b"`, `"id": "a"`, 1), "action 2"},
		{"a risk out of range", strings.Replace(whole, `"risk_expected": 0.3`, `"risk_expected": 3`, 1), "not between 0 and 1"},
		{"no hours", strings.Replace(whole, `"hours": 8`, `"hours": 0`, 1), "0 hours"},
		{"backwards", strings.Replace(whole, "2026-09-29", "2025-09-29", 1), "ends before it begins"},
		{"people as numbers", strings.Replace(whole, `"people": "pseudonyms"`, `"people": "numbers"`, 1), `"numbers"`},
		{"more actions than are planned", written(t, many(mostActions+1)), "it has 1001 actions, at most 1000 are read"},
		{"too large", strings.Repeat(" ", largestFile+1), "more than"},
	} {
		_, err := Read("plan.json", strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "plan.json") {
			t.Errorf("%s: got %v, want it to name plan.json and say %q", c.name, err, c.says)
		}
		if (c.name == "another version") != errors.Is(err, ErrOtherPlan) {
			t.Errorf("%s: ErrOtherPlan: %v", c.name, errors.Is(err, ErrOtherPlan))
		}
	}
}

func FuzzRead(f *testing.F) {
	var out bytes.Buffer
	if err := sample().Write(&out); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes())
	f.Add([]byte(`{"schema_version":1,"people":"names","as_of":"2026-06-30T00:00:00Z","until":"2026-09-30T00:00:00Z","actions":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		plan, err := Read("p", bytes.NewReader(data))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := plan.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := Read("p", &out)
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
		if len(again.Plan.Actions) != len(plan.Plan.Actions) {
			t.Fatalf("%d actions, then %d", len(plan.Plan.Actions), len(again.Plan.Actions))
		}
	})
}
