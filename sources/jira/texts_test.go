package jira

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

func targetsOf(text string) []string {
	var ticket sources.Ticket
	cite(&ticket, text, 0, 0)
	var targets []string
	for _, citation := range ticket.Citations {
		targets = append(targets, citation.Target)
	}
	return targets
}

func TestATextCitesPagesAndDocuments(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"wiki markup":           {"see [the runbook|https://wiki.example.org/x/Ab|smart-link].", []string{"https://wiki.example.org/x/Ab"}},
		"Markdown":              {"[a](https://e.org/a),[b](https://e.org/b) and <https://e.org/c>.", []string{"https://e.org/a", "https://e.org/b", "https://e.org/c"}},
		"parentheses within":    {"(https://e.org/A_(b))", []string{"https://e.org/A_(b)"}},
		"at the end":            {"done as in https://e.org/a.", []string{"https://e.org/a"}},
		"a path":                {"followed ops/runbooks/renew-cert.md, then `docs/手順/再起動.adoc`", []string{"ops/runbooks/renew-cert.md", "docs/手順/再起動.adoc"}},
		"a path with an anchor": {"[renew](ops/cert.md#renew)", []string{"ops/cert.md#renew"}},
		"twice":                 {"a/b.md a/b.md", []string{"a/b.md"}},
		"no document":           {"README.md and/or src/main.go .md/ a/.md http:// https:///x", nil},
		"Japanese around":       {"手順はhttps://e.org/手順。を参照", []string{"https://e.org/手順"}},
		"too long":              {"https://e.org/" + strings.Repeat("a", 600), nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, targetsOf(test.text)); diff != "" {
				t.Errorf("citations of %q (-want +got):\n%s", test.text, diff)
			}
		})
	}
}

func TestCitationsAndStepsAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "%d. step https://e.org/%d\n", i%100, i)
	}
	var ticket sources.Ticket
	cite(&ticket, text.String(), 0, 0)
	listSteps(&ticket, text.String())
	if len(ticket.Citations) != maxCitations || len(ticket.Checklist) != maxChecklist {
		t.Errorf("%d citations and %d steps, want %d and %d", len(ticket.Citations), len(ticket.Checklist), maxCitations, maxChecklist)
	}
}

func TestItemsOfListsAreFoundInEveryMarkup(t *testing.T) {
	hash := sources.StepHash("Drain the node")
	for _, line := range []string{
		"# Drain the node", "## Drain the node", "1. Drain the node", "12) *Drain* the node", "- [ ] Drain the node", "* [x] drain the node",
		"* (/) Drain the node", "1. [x] Drain the node", "☑ Drain the node", "  1.\tDrain the node", "１．Drain the node",
	} {
		var ticket sources.Ticket
		listSteps(&ticket, "Steps:\n"+line+"\n* plain item\n1.5 hours\n2024. was\n#hashtag\n")
		if diff := cmp.Diff([]uint64{hash}, ticket.Checklist); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
}

func TestADocumentOfTheCloudReadsLikeItsWikiMarkup(t *testing.T) {
	document := `{"type":"doc","version":1,"content":[
		{"type":"paragraph","content":[{"type":"text","text":"as in "},{"type":"text","text":"the runbook","marks":[{"type":"strong"},{"type":"link","attrs":{"href":"https://e.org/r"}}]}]},
		{"type":"orderedList","attrs":{"order":1},"content":[
			{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"Drain the node"}]},
				{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"or not"}]}]}]}]}]},
		{"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"Tell everyone"}]}]},
		{"type":"blockCard","attrs":{"url":"https://e.org/card"}},
		{"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"cell"}]}]}]}]}
	]}`
	var text richText
	if err := json.Unmarshal([]byte(document), &text); err != nil {
		t.Fatal(err)
	}
	var ticket sources.Ticket
	listSteps(&ticket, string(text))
	want := []uint64{sources.StepHash("Drain the node"), sources.StepHash("Tell everyone")}
	if diff := cmp.Diff(want, ticket.Checklist); diff != "" {
		t.Errorf("steps of %q (-want +got):\n%s", text, diff)
	}
	if diff := cmp.Diff([]string{"https://e.org/r", "https://e.org/card"}, targetsOf(string(text))); diff != "" {
		t.Errorf("citations of %q (-want +got):\n%s", text, diff)
	}
}
