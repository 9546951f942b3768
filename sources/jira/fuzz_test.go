package jira

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"keyperson/sources"
)

// checkWhole fails unless a history is one that others can use without looking twice.
func checkWhole(t *testing.T, history *sources.TicketHistory) {
	t.Helper()
	exists := func(person uint32) bool { return person == sources.None || int(person) < len(history.Identities) }
	for _, ticket := range history.Tickets {
		if ticket.Key == "" || ticket.Created <= 0 || !exists(ticket.Reporter) || !exists(ticket.Assignee) || !exists(ticket.Resolver) {
			t.Fatalf("ticket %+v", ticket)
		}
		if len(ticket.Citations) > maxCitations || len(ticket.Checklist) > maxChecklist || len(ticket.Acts) > maxActs {
			t.Fatalf("%s has %d citations, %d steps, %d acts", ticket.Key, len(ticket.Citations), len(ticket.Checklist), len(ticket.Acts))
		}
		for i, act := range ticket.Acts {
			if int(act.Person) >= len(history.Identities) || i > 0 && act.Time < ticket.Acts[i-1].Time || act.Seconds < 0 || act.End != 0 && act.End < act.Time {
				t.Fatalf("%s has the act %+v", ticket.Key, act)
			}
		}
		for _, citation := range ticket.Citations {
			if !exists(citation.Person) || citation.Target == "" {
				t.Fatalf("%s has the citation %+v", ticket.Key, citation)
			}
		}
	}
	for _, identity := range history.Identities {
		if identity.Account == "" || identity.Name == "" {
			t.Fatalf("identity %+v", identity)
		}
	}
}

// readTwice reads what a fuzzer made, and checks that the answer does not change.
func readTwice(t *testing.T, data []byte, options FileOptions) {
	first, err := Read(context.Background(), "ops", "fuzz", bytes.NewReader(data), options)
	var problems *ProblemsError
	if err != nil && !errors.As(err, &problems) {
		t.Fatalf("%v is not about the input", err)
	}
	checkWhole(t, first)
	second, again := Read(context.Background(), "ops", "fuzz", bytes.NewReader(data), options)
	if messageOf(again) != messageOf(err) || len(second.Tickets) != len(first.Tickets) {
		t.Fatalf("read twice: %v and %v", err, again)
	}
}

func FuzzJSONExport(f *testing.F) {
	f.Add([]byte("[" + issueJSON("OPS-1", `,"labels":["a"]`) + "]"))
	f.Add([]byte(`{"issues":[` + issueJSON("OPS-1", `,"components":[{"name":"c"}],"assignee":`+ann) + `],"total":1}`))
	f.Add([]byte(`{"key":"OPS-1","fields":{"created":"` + minute(0) + `","comment":{"comments":[{"id":"1","author":` + bob + `,"created":"` + minute(1) +
		`","body":"1. a\n[b|https://e.org]"}]}},"changelog":{"histories":[` + entry("2", tri, 5, assign("ann", "bob")) + "," + entry("3", bob, 6, resolve) + `]}}`))
	f.Add([]byte(issueJSON("A-1", "") + "\n{\n\"\\\"\n" + issueJSON("A-2", `,"resolution":"Done"`)))
	f.Fuzz(func(t *testing.T, data []byte) { readTwice(t, append([]byte("{"), data...), FileOptions{}) })
}

func FuzzTable(f *testing.F) {
	f.Add([]byte(jiraExport), false)
	f.Add([]byte("number,opened,at,resolved,who,state,priority,area,topic,kb\nINC1,04-03-2024 09:00,04-03-2024 09:40,?,Bob,Active,2,Mail,Quota,TRUE\nINC1,04-03-2024 09:00,04-03-2024 09:50,?,Ann,,,,,\n"), true)
	f.Fuzz(func(t *testing.T, data []byte, isMapped bool) {
		options := FileOptions{}
		if isMapped {
			options = logOptions
		}
		readTwice(t, data, options)
	})
}

func FuzzDate(f *testing.F) {
	for _, text := range []string{"2012-05-16T07:56:13.000+0000", "16/May/12 7:56 AM", "2012年5月16日 19:56", "16.05.2012", "1337154973000", "May 16, 2012 7:56 p.m."} {
		f.Add(text, "")
		f.Add(text, "day-first")
	}
	f.Fuzz(func(t *testing.T, text, layout string) {
		if len(layout) > 40 {
			return
		}
		seconds, err := clock{layout: layout, location: time.UTC}.read(text)
		if err == nil && strings.TrimSpace(text) != "" && (seconds <= 0 || time.Unix(seconds, 0).UTC().Year() > 2201) {
			t.Fatalf("%q is read as %d", text, seconds)
		}
	})
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte(`{"type":"doc","content":[{"type":"orderedList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"a","marks":[{"type":"link","attrs":{"href":"https://e.org"}}]}]}]}]}]}`))
	f.Add([]byte(`{"type":"taskList","attrs":5,"content":[{"type":"taskItem","content":[{"type":"inlineCard","attrs":{"url":7}}]}]}`))
	f.Add([]byte(strings.Repeat(`{"type":"panel","content":[`, 300) + strings.Repeat("]}", 300)))
	f.Fuzz(func(_ *testing.T, data []byte) {
		var text richText
		if json.Unmarshal(data, &text) != nil {
			return
		}
		var ticket sources.Ticket
		cite(&ticket, string(text), 0, 0)
		listSteps(&ticket, string(text))
	})
}
