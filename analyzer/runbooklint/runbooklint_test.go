package runbooklint

import (
	"slices"
	"testing"

	"keyperson/sources"
)

// complete is a document that meets every rule.
func complete() *sources.Runbook {
	return &sources.Runbook{
		Title: "Renew", Titled: true, Owner: "ops",
		Sections: []sources.Section{
			{Role: sources.Purpose, Heading: "Purpose", Line: 3, Level: 2, Words: 9},
			{Role: sources.Trigger, Heading: "When", Line: 5, Level: 2, Words: 9},
			{Role: sources.Prerequisites, Heading: "Before", Line: 7, Level: 2, Words: 9},
			{Role: sources.Rollback, Heading: "Back", Line: 20, Level: 2, Words: 9},
		},
		Steps: []sources.Step{
			{Line: 10, HasCommand: true, ChangesState: true, HasCheck: true, IsNumbered: true, Words: 9, Destroys: "rm -rf", HasWarning: true},
			{Line: 12, HasCommand: true, HasCheck: true, IsNumbered: true},
			{Line: 14, HasCommand: true, HasCheck: true, IsNumbered: true},
		},
		Parameters: []sources.Parameter{{Name: "$NODE", Line: 11, Explained: true}, {Name: "${ZONE}", Line: 11, Explained: true}},
		Commands:   []sources.CommandBlock{{Line: 11, Language: "shell", IsShell: true}},
		Links:      []sources.Link{{Target: "b.md", Line: 9, State: sources.Resolves}},
	}
}

func TestACompleteRunbookMeetsEveryRule(t *testing.T) {
	findings, scores := Check(complete())
	if len(findings) > 0 || scores != (Scores{1, 1, 1}) {
		t.Errorf("findings %v, scores %v; want none and full scores", findings, scores)
	}
	for _, e := range Elements(complete()) {
		if e.Applies && !e.Present {
			t.Errorf("%s is missing", e.Name)
		}
	}
}

func TestEachRuleFindsWhatItIsAbout(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(r *sources.Runbook)
		rule  string
		line  int
	}{
		"no title":                    {func(r *sources.Runbook) { r.Titled = false }, "no-title", 1},
		"an empty purpose":            {func(r *sources.Runbook) { r.Sections[0].Words = 0 }, "no-purpose", 0},
		"and its heading":             {func(r *sources.Runbook) { r.Sections[0].Words = 0 }, "empty-section", 3},
		"no trigger":                  {func(r *sources.Runbook) { r.Sections[1].Role = sources.OtherSection }, "no-trigger", 0},
		"no steps":                    {func(r *sources.Runbook) { r.Steps = nil }, "no-steps", 0},
		"nobody to turn to":           {func(r *sources.Runbook) { r.Owner = "" }, "no-escalation", 0},
		"a note to oneself":           {passage(sources.Unfinished), "unfinished", 8},
		"a long step":                 {func(r *sources.Runbook) { r.Steps[1].Words = 121 }, "long-step", 12},
		"a vague step":                {passage(sources.Vague), "vague-step", 8},
		"a broken link":               {func(r *sources.Runbook) { r.Links[0].State = sources.Broken }, "broken-link", 9},
		"no commands":                 {func(r *sources.Runbook) { eachStep(r, func(s *sources.Step) { s.HasCommand = false }) }, "no-commands", 10},
		"a parameter nobody explains": {func(r *sources.Runbook) { r.Parameters[1].Explained = false }, "unexplained-parameter", 11},
		"placeholders of two kinds":   {func(r *sources.Runbook) { r.Parameters[1].Name = "<zone>" }, "mixed-placeholders", 11},
		"a block without a language":  {func(r *sources.Runbook) { r.Commands[0].Language = "" }, "code-without-language", 11},
		"a prompt in the way":         {func(r *sources.Runbook) { r.Commands[0].Prompts = true }, "prompt-in-command", 11},
		"steps without numbers":       {func(r *sources.Runbook) { eachStep(r, func(s *sources.Step) { s.IsNumbered = false }) }, "steps-not-numbered", 10},
		"a change without a check":    {func(r *sources.Runbook) { r.Steps[0].HasCheck = false }, "unchecked-change", 10},
		"nothing to expect": {func(r *sources.Runbook) {
			eachStep(r, func(s *sources.Step) { s.ChangesState, s.HasCheck = false, false })
		}, "no-results", 10},
		"no way back":           {func(r *sources.Runbook) { r.Sections = r.Sections[:3] }, "no-rollback", 10},
		"a loss without a word": {func(r *sources.Runbook) { r.Steps[0].HasWarning = false }, "unguarded-destruction", 10},
		"nothing said of access": {func(r *sources.Runbook) {
			r.Sections = slices.Delete(r.Sections, 2, 3)
		}, "no-prerequisites", 10},
	} {
		t.Run(name, func(t *testing.T) {
			r := complete()
			c.spoil(r)
			findings, _ := Check(r)
			at := slices.IndexFunc(findings, func(f Finding) bool { return f.Rule == c.rule })
			if at < 0 || findings[at].Line != c.line {
				t.Errorf("findings %v, want %s in line %d", findings, c.rule, c.line)
			}
		})
	}
}

func passage(kind sources.PassageKind) func(*sources.Runbook) {
	return func(r *sources.Runbook) { r.Passages = []sources.Passage{{Kind: kind, Line: 8, Text: "if needed"}} }
}

func eachStep(r *sources.Runbook, change func(*sources.Step)) {
	for i := range r.Steps {
		change(&r.Steps[i])
	}
}

func TestADocumentThatExplainsAnAlertIsAskedForNoWayBack(t *testing.T) {
	r := complete()
	r.Sections = []sources.Section{
		{Role: sources.Purpose, Heading: "Meaning", Line: 3, Level: 2, Words: 9}, {Role: sources.Diagnosis, Heading: "Diagnosis", Line: 5, Level: 2, Words: 9},
	}
	eachStep(r, func(s *sources.Step) { s.IsNumbered, s.HasCheck = false, false })
	rules := func() (ids []string) {
		findings, _ := Check(r)
		for _, f := range findings {
			ids = append(ids, f.Rule)
		}
		return ids
	}
	if got, want := rules(), []string{"no-trigger", "no-prerequisites", "no-rollback", "steps-not-numbered", "unchecked-change"}; !slices.Equal(got, want) {
		t.Errorf("as a procedure: got %v, want %v", got, want)
	}
	r.Diagnosis = true
	if got, want := rules(), []string{"unchecked-change"}; !slices.Equal(got, want) {
		t.Errorf("as what explains an alert: got %v, want %v", got, want)
	}
	r.Steps = nil
	if got := rules(); len(got) > 0 {
		t.Errorf("without steps: got %v, want nothing to mend", got)
	}
	for _, e := range Elements(r) {
		if e.Applies && !e.Present {
			t.Errorf("%s is missing", e.Name)
		}
	}
}

func TestASessionShownWithItsPromptsIsFine(t *testing.T) {
	r := complete()
	r.Commands[0].Language, r.Commands[0].Prompts = "console", true
	if findings, _ := Check(r); len(findings) > 0 {
		t.Errorf("findings %v, want none", findings)
	}
}

func TestOfOneRuleOnlyTheFirstFewPlacesAreNamed(t *testing.T) {
	r := complete()
	for line := range 50 {
		r.Passages = append(r.Passages, sources.Passage{Kind: sources.Vague, Line: line + 1})
	}
	if findings, _ := Check(r); len(findings) != mostPlaces {
		t.Errorf("%d findings, want %d", len(findings), mostPlaces)
	}
}
