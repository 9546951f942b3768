package jira

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// story renders the acts of a history's first ticket, one line each, times in minutes after its creation.
func story(history *sources.TicketHistory) []string {
	ticket := history.Tickets[0]
	var lines []string
	for _, act := range ticket.Acts {
		line := fmt.Sprintf("%3d %s %s", (act.Time-ticket.Created)/60, history.Identities[act.Person].Name, act.Kind)
		if act.Kind == sources.Assigned && act.End != 0 {
			line += fmt.Sprintf(" until %d", (act.End-ticket.Created)/60)
		}
		if act.Kind == sources.LoggedWork {
			line += fmt.Sprintf(" %d s", act.Seconds)
		}
		if act.Reference != "" {
			line += " (" + act.Reference + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

const (
	ann = `{"key":"ann","name":"ann","displayName":"Ann"}`
	bob = `{"key":"bob","name":"bob","displayName":"Bob"}`
	tri = `{"key":"tri","name":"tri","displayName":"Triage"}`
)

// minute is a time so many minutes after nine o'clock.
func minute(n int) string { return fmt.Sprintf("2024-03-04T%02d:%02d:00.000+0000", 9+n/60, n%60) }

func entry(id string, author string, at int, items string) string {
	return fmt.Sprintf(`{"id":%q,"author":%s,"created":%q,"items":[%s]}`, id, author, minute(at), items)
}

func assign(from, to string) string {
	quote := func(handle string) string {
		if handle == "" {
			return "null"
		}
		return `"` + handle + `"`
	}
	return fmt.Sprintf(`{"field":"assignee","from":%s,"fromString":%[1]s,"to":%s,"toString":%[2]s}`, quote(from), quote(to))
}

const (
	resolve   = `{"field":"resolution","from":null,"fromString":null,"to":"1","toString":"Done"},{"field":"status","to":"5","toString":"Resolved"}`
	unresolve = `{"field":"resolution","from":"1","fromString":"Done","to":null,"toString":null},{"field":"status","to":"4","toString":"Reopened"}`
)

func TestTheChangeLogTellsWhoHadATicketWhen(t *testing.T) {
	for name, test := range map[string]struct {
		fields, changes                 string
		story                           []string
		reassigned, reopened, escalated int32
		former                          []string
		resolver                        string
	}{
		"from triage to Ann to Bob, resolved, opened again, resolved": {
			fields: `"assignee":` + bob + `,"resolution":{"name":"Done"},"resolutiondate":"` + minute(90) + `"`,
			// Newest first, as Cloud writes it, and one change on two pages.
			changes: entry("6", bob, 90, resolve) + "," + entry("5", tri, 70, unresolve) + "," + entry("4", bob, 60, resolve) + "," +
				entry("3", ann, 30, assign("ann", "bob")) + "," + entry("2", tri, 5, assign("tri", "ann")) + "," + entry("2", tri, 5, assign("tri", "ann")),
			// Reassigned twice: triage to Ann, Ann to Bob. Bob's span ends with the resolution at 90, not at 60.
			story: []string{
				"  0 Triage reported", "  0 Triage assigned until 5 (OPS-1)", "  5 Triage handed over (2)", "  5 Ann assigned until 30 (2)",
				" 30 Ann handed over (3)", " 30 Bob assigned until 90 (3)", " 60 Bob resolved (4)", " 90 Bob resolved (6)",
			},
			reassigned: 2, reopened: 1, resolver: "Bob",
		},
		"taken by whom it belongs to afterwards": {
			fields:  `"assignee":` + bob,
			changes: entry("2", bob, 5, assign("ann", "bob")),
			// Bob took it: nobody handed it over. Of Ann no more is known than what the change log calls her.
			story:      []string{"  0 Triage reported", "  0 ann assigned until 5 (OPS-1)", "  5 Bob assigned (2)"},
			reassigned: 1,
		},
		"assigned after the fact": {
			fields:   `"assignee":` + ann + `,"resolution":{"name":"Done"},"resolutiondate":"` + minute(10) + `"`,
			changes:  entry("2", bob, 10, resolve) + "," + entry("3", tri, 20, assign("", "ann")),
			story:    []string{"  0 Triage reported", " 10 Bob resolved (2)", " 20 Ann assigned until 20 (3)"},
			resolver: "Bob",
		},
		"given back to nobody": {
			fields:  `"assignee":null`,
			changes: entry("2", ann, 5, assign("ann", "")),
			story:   []string{"  0 Triage reported", "  0 Ann assigned until 5 (OPS-1)"},
		},
		"never reassigned": {
			fields:  `"assignee":` + ann,
			changes: entry("2", ann, 5, `{"field":"summary","fromString":"a","toString":"b"}`),
			story:   []string{"  0 Triage reported", "  0 Ann assigned (OPS-1)"},
		},
		"a change by someone deleted": {
			fields:  `"assignee":null,"resolution":{"name":"Done"},"resolutiondate":"` + minute(10) + `"`,
			changes: entry("2", "null", 10, resolve),
			story:   []string{"  0 Triage reported"},
		},
		"raised twice, lowered once": {
			fields: `"assignee":null`,
			changes: entry("2", ann, 1, `{"field":"priority","fromString":"Low","toString":"High"}`) + "," +
				entry("3", ann, 2, `{"field":"priority","fromString":"High","toString":"Medium"}`) + "," +
				entry("4", ann, 3, `{"field":"Support level","fromString":"L1","toString":"L2"}`) + "," +
				entry("5", ann, 4, `{"field":"priority","fromString":"Red","toString":"Green"}`),
			story:     []string{"  0 Triage reported"},
			escalated: 2,
		},
		"moved twice": {
			fields: `"assignee":null`,
			changes: entry("2", ann, 1, `{"field":"Key","fromString":"DESK-4","toString":"NET-9"}`) + "," +
				entry("3", ann, 2, `{"field":"Key","fromString":"NET-9","toString":"OPS-1"}`),
			story:  []string{"  0 Triage reported"},
			former: []string{"DESK-4", "NET-9"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			content := `{"key":"OPS-1","fields":{"created":"` + minute(0) + `","reporter":` + tri + `,` + test.fields + `},"changelog":{"histories":[` + test.changes + `]}}`
			history, err := readText(t, content, FileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.story, story(history)); diff != "" {
				t.Errorf("acts (-want +got):\n%s", diff)
			}
			ticket := history.Tickets[0]
			if diff := cmp.Diff(test.former, ticket.FormerKeys); diff != "" {
				t.Errorf("former keys (-want +got):\n%s", diff)
			}
			got := [3]int32{ticket.Reassigned, ticket.Reopened, ticket.Escalated}
			if want := [3]int32{test.reassigned, test.reopened, test.escalated}; got != want {
				t.Errorf("reassigned, reopened, escalated: %v, want %v", got, want)
			}
			resolver := ""
			if ticket.Resolver != sources.None {
				resolver = history.Identities[ticket.Resolver].Name
			}
			if resolver != test.resolver {
				t.Errorf("resolved by %q, want %q", resolver, test.resolver)
			}
		})
	}
}

func TestWithoutAChangeLogOneAssignmentIsAssumedAndBearsNoReference(t *testing.T) {
	history, err := readText(t, `{"key":"OPS-1","fields":{"created":"`+minute(0)+`","resolutiondate":"`+minute(30)+`","assignee":`+ann+`,
		"creator":`+bob+`,
		"comment":{"total":3,"comments":[{"id":"7","author":null,"created":"`+minute(3)+`","body":null},{"id":"8","author":`+bob+`,"created":"`+minute(4)+`","body":"x"}]},
		"worklog":{"total":1,"worklogs":[{"id":"9","author":`+ann+`,"started":"`+minute(2)+`","timeSpentSeconds":120}]}}}`, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"  0 Bob reported", "  0 Ann assigned until 30", "  2 Ann logged work 120 s (9)", "  4 Bob commented (8)"}
	if diff := cmp.Diff(want, story(history)); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
	ticket := history.Tickets[0]
	if ticket.Reassigned != -1 || ticket.Reopened != -1 || ticket.Escalated != -1 {
		t.Errorf("counts %d, %d, %d, want -1 for what cannot be told", ticket.Reassigned, ticket.Reopened, ticket.Escalated)
	}
	// Two of three comments are there.
	if !ticket.Incomplete || len(history.Findings) != 1 || history.Findings[0].Code != "truncated-tickets" || history.Findings[0].Count != 1 {
		t.Errorf("incomplete %v, findings %+v; want the missing comment told", ticket.Incomplete, history.Findings)
	}
}

func TestOnePersonHasOneIdentityWhateverHandleAPlaceShows(t *testing.T) {
	issue := func(key, assignee, changes string) string {
		return `{"key":"` + key + `","fields":{"created":"` + minute(0) + `","assignee":` + assignee + `},"changelog":{"histories":[` + changes + `]}}` + "\n"
	}
	content := issue("OPS-1", `null`, entry("1", tri, 1, assign("ann", ""))) + // a login, as old change logs write people
		issue("OPS-2", `{"key":"JIRAUSER1","name":"ann","displayName":"Ann A.","emailAddress":"ann@example.org"}`, "") +
		issue("OPS-3", `{"accountId":"5b:1","key":"JIRAUSER1","displayName":"Ann A."}`, "") + // during a move to Cloud
		issue("OPS-4", `{"accountId":"5b:1"}`, "") +
		issue("OPS-5", `{"key":"JIRAUSER2","name":"annette","displayName":"Ann A."}`, "") // someone else of that name
	history, err := readText(t, content, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []sources.Identity{
		{Name: "ann", Account: "ops/5b:1", Login: "ann", Address: "ann@example.org"},
		{Name: "Ann A.", Account: "ops/JIRAUSER2", Login: "annette"},
	}
	if diff := cmp.Diff(want, history.Identities); diff != "" {
		t.Errorf("identities (-want +got):\n%s", diff)
	}
}
