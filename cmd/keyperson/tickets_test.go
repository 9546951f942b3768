package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// exported are two tickets as Jira's REST interface writes them.
const exported = `[
{"key": "OPS-1", "fields": {"summary": "Renew for Ada Example", "created": "2025-07-01T09:00:00.000+0000", "components": [{"name": "VPN"}], "assignee": {"name": "ada", "displayName": "Ada Example"}}},
{"key": "OPS-2", "fields": {"summary": "Restart", "created": "2025-11-01T09:00:00.000+0000", "components": [{"name": "DNS"}], "assignee": {"name": "bo", "displayName": "Bo Sample"}}}]`

// readHere reads in an empty directory with the tickets in it and no repository.
func readHere(t *testing.T, flags sourceFlags, paths []string, configuration string) (*reading, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{"ops.json": exported, configFile: configuration} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, messages bytes.Buffer
	r, err := (&program{stdout: &out, stderr: &messages}).read(context.Background(), paths, flags, need{ticketsSuffice: true})
	if r != nil {
		t.Cleanup(r.close)
	}
	return r, err
}

func TestTicketsAloneAreEnoughWhereACommandSaysSo(t *testing.T) {
	r, err := readHere(t, sourceFlags{tickets: []string{"ops.json"}, noCache: true}, nil, "triage: [desk]\ntask_half_life_days: 90\ntasks: [{id: a, match: {labels: [x]}}]\n")
	if err != nil {
		t.Fatal(err)
	}
	if r.systems.Origin != "projects and components of the tickets" || len(r.systems.Systems) != 2 || len(r.people.Persons) != 2 {
		t.Errorf("%d systems from %q, %d people", len(r.systems.Systems), r.systems.Origin, len(r.people.Persons))
	}
	if want := time.Date(2025, 11, 1, 9, 0, 0, 0, time.UTC); !r.options.AsOf.Equal(want) {
		t.Errorf("looked from %s, want the newest event on a ticket, %s", r.options.AsOf, want)
	}
	if r.options.TaskHalfLifeDays != 90 || len(r.options.Triage) != 1 || len(r.options.TaskRules) != 1 {
		t.Errorf("the options do not follow the configuration: %+v", r.options)
	}
}

func TestTicketsUnderPseudonymsNameNobody(t *testing.T) {
	r, err := readHere(t, sourceFlags{tickets: []string{"./ops.json"}, noCache: true, pseudonyms: true}, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if summary := r.veil.coverSummary(r.evidence.Tickets[0].Summary); strings.Contains(summary, "Ada") || !strings.HasPrefix(summary, "Renew for person-") {
		t.Errorf("the summary is shown as %q", summary)
	}
	if origin := r.evidence.Trackers[0].Origin; origin != "ops" {
		t.Errorf("the origin is %q, which shows a path", origin)
	}
}

func TestNothingIsReadFromTicketsAloneWhereMoreWasAskedFor(t *testing.T) {
	for name, test := range map[string]struct {
		flags sourceFlags
		paths []string
		want  string
	}{
		"a path that is no repository": {sourceFlags{tickets: []string{"ops.json"}}, []string{"."}, "not a git repository"},
		"a revision":                   {sourceFlags{tickets: []string{"ops.json"}, revision: "v1"}, nil, "--revision v1: there is no repository here"},
		"line counts":                  {sourceFlags{tickets: []string{"ops.json"}, lines: true}, nil, "--lines: there is no repository here"},
		"nothing at all":               {sourceFlags{}, nil, "neither a repository here nor a ticket source"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readHere(t, test.flags, test.paths, ""); err == nil || !strings.Contains(err.Error(), test.want) || exitCode(err) != exitUsage {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestNobodyBecomesKnownByATicketOfLater(t *testing.T) {
	r, err := readHere(t, sourceFlags{tickets: []string{"ops.json"}, asOf: "2025-08-01"}, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.people.Persons) != 1 || r.people.Persons[0].Name != "Ada Example" {
		t.Errorf("%d people in August, want Ada Example alone", len(r.people.Persons))
	}
	if len(r.evidence.Tickets) != 1 || r.evidence.Trackers[0].Tickets != 1 {
		t.Errorf("%d tickets in August, want 1", len(r.evidence.Tickets))
	}
}

func TestTheReadingsOfOneRunShareWhatWasReadOfTickets(t *testing.T) {
	t.Chdir(t.TempDir())
	var out, messages bytes.Buffer
	p := &program{stdout: &out, stderr: &messages}
	tickets := func(asOf, content string) []sources.Ticket {
		t.Helper()
		if err := os.WriteFile("ops.json", []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := p.read(context.Background(), nil, sourceFlags{tickets: []string{"ops.json"}, asOf: asOf, noCache: true}, need{ticketsSuffice: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.close)
		return r.evidence.Tickets
	}
	newest := tickets("", exported)
	if earlier := tickets("2025-08-01", "nothing more, as from a pipe"); len(earlier) != 1 || earlier[0].Key != "OPS-1" {
		t.Errorf("as of August: %d tickets, want OPS-1 alone", len(earlier))
	}
	if diff := cmp.Diff(newest, tickets("", "nothing more, as from a pipe")); diff != "" {
		t.Errorf("the reading of August changed what was shared (-before +after):\n%s", diff)
	}
}
