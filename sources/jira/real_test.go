package jira

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyperson/sources"
)

// sharedData returns the path of a file of real tickets, which a newcomer does not have.
func sharedData(t testing.TB, name string) string {
	t.Helper()
	directory := os.Getenv("KEYPERSON_SHARED_DATA")
	if directory == "" {
		t.Skip("KEYPERSON_SHARED_DATA does not name the directory with real tickets")
	}
	path := filepath.Join(directory, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not there", path)
	}
	return path
}

func TestTheRealIssuesOfALOYGiveTheirKnownConcentration(t *testing.T) {
	history, err := ReadFiles(context.Background(), "aloy", []string{sharedData(t, "aloy-tickets.jsonl.gz")}, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	// Whoever published these issues took comments out and left their number.
	if len(history.Tickets) != 1499 || len(history.Findings) != 1 || history.Findings[0].Count != 374 {
		t.Errorf("%d tickets, findings %v; want 1499, and 374 of them with comments missing", len(history.Tickets), history.Findings)
	}
	type quarter struct {
		n   int
		hhi float64
	}
	closed := map[string]map[string]int{}
	for _, ticket := range history.Tickets {
		if ticket.Resolved == 0 || ticket.Assignee == sources.None {
			continue
		}
		at := time.Unix(ticket.Resolved, 0).UTC()
		name := at.Format("2006") + [...]string{"Q1", "Q2", "Q3", "Q4"}[(at.Month()-1)/3]
		if closed[name] == nil {
			closed[name] = map[string]int{}
		}
		closed[name][history.Identities[ticket.Assignee].Name]++
	}
	got := map[string]quarter{}
	want := map[string]quarter{
		"2013Q1": {51, 0.962}, "2013Q2": {58, 1}, "2013Q3": {66, 1}, "2013Q4": {41, 0.952},
		"2014Q1": {59, 0.474}, "2014Q2": {78, 0.545}, "2014Q3": {87, 0.328},
	}
	for name := range want {
		sum, squares := 0, 0
		for _, n := range closed[name] {
			sum, squares = sum+n, squares+n*n
		}
		got[name] = quarter{sum, float64(int(1000*float64(squares)/float64(sum*sum)+0.5)) / 1000}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(quarter{})); diff != "" {
		t.Errorf("quarters (-want +got):\n%s", diff)
	}
}

func serviceNowOptions() FileOptions {
	return FileOptions{
		Columns: map[string][]string{
			"key": {"number"}, "status": {"incident_state"}, "request_type": {"category", "subcategory"},
			"priority": {"priority"}, "group": {"assignment_group"}, "service": {"cmdb_ci"}, "resolution": {"closed_code"},
			"created": {"opened_at"}, "updated": {"sys_updated_at"}, "resolved": {"resolved_at"},
			"reporter": {"opened_by"}, "assignee": {"assigned_to"}, "resolver": {"resolved_by"},
			"reassigned": {"reassignment_count"}, "reopened": {"reopen_count"}, "used_procedure": {"knowledge"},
		},
		TimeLayout: "day-first", Nulls: []string{"?"},
	}
}

func TestTheRealServiceNowLogIsReadAsAnEventLog(t *testing.T) {
	history, err := ReadFiles(context.Background(), "servicenow", []string{sharedData(t, "servicenow-incidents.csv.gz")}, serviceNowOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(history.Tickets) != 890 || len(history.Findings) != 1 || history.Findings[0].Code != "separate-names" {
		t.Errorf("%d tickets, findings %v; want 890, and that assignees and resolvers have names of their own", len(history.Tickets), history.Findings)
	}
	at := func(text string) int64 {
		moment, err := time.Parse("02-01-2006 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return moment.Unix()
	}
	ticket := history.Tickets[1]
	for _, act := range []struct {
		person string
		want   sources.Act
	}{
		{"Opened by  397", sources.Act{Kind: sources.Reported, Time: at("29-02-2016 04:40")}},
		{"Resolver 89", sources.Act{Kind: sources.Assigned, Time: at("29-02-2016 04:40"), End: at("29-02-2016 05:30"), Reference: "line 6"}},
		{"Resolver 31", sources.Act{Kind: sources.Assigned, Time: at("29-02-2016 05:30"), End: at("01-03-2016 09:14"), Reference: "line 7"}},
		{"Resolver 89", sources.Act{Kind: sources.Assigned, Time: at("01-03-2016 09:14"), End: at("01-03-2016 09:52"), Reference: "line 12"}},
		{"Resolved by 81", sources.Act{Kind: sources.Resolved, Time: at("01-03-2016 09:52")}},
	} {
		got := ticket.Acts[0]
		ticket.Acts = ticket.Acts[1:]
		if identity := history.Identities[got.Person]; identity.Name != act.person || identity.Account != "servicenow/"+act.person {
			t.Errorf("%s: by %+v, want %s", act.want.Kind, identity, act.person)
		}
		act.want.Person = got.Person
		if diff := cmp.Diff(act.want, got); diff != "" {
			t.Errorf("act of INC0000047 (-want +got):\n%s", diff)
		}
	}
	ticket.Acts = nil
	want := sources.Ticket{
		Key: "INC0000047", RequestType: "Category 40 / Subcategory 215", Status: "Closed", Resolution: "code 5",
		Priority: "3 - Moderate", Group: "Group 24", Created: at("29-02-2016 04:40"), Updated: at("06-03-2016 10:00"),
		Resolved: at("01-03-2016 09:52"), Reporter: ticket.Reporter, Assignee: ticket.Assignee, Resolver: ticket.Resolver,
		Reassigned: 1, UsedProcedure: sources.Yes,
	}
	if diff := cmp.Diff(want, ticket, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("INC0000047 (-want +got):\n%s", diff)
	}
}
