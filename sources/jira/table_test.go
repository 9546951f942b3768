package jira

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

const jiraExport = `Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Assignee Id,Reporter,Reporter Id,Created,Updated,Resolved,Component/s,Component/s,Labels,Labels,Labels,Description,Log Work,Comment,Comment,Custom field (Request Type),Sprint,Sprint
"Renew ""the"" certificate, again",OPS-7,1,Service Request,Closed,OPS,High,Done,Ann A.,5b:1,Rea,5b:2,04/Mar/24 9:00 AM,05/Mar/24 9:00 AM,04/Mar/24 11:30 AM,Certificates,Mail,tls,,yearly,"# Fetch the key
# Restart; see ops/runbooks/cert.md","done; quickly;04/Mar/24 10:00 AM;5b:1;1800",04/Mar/24 10:30 AM;5b:2;thank you; really,a note of old without a date,Renew a certificate,S1,S2
Open one,OPS-8,2,Bug,Open,OPS,Low,Unresolved,Unassigned,,,,04/Mar/24 9:05 AM,,,,,,,,,,,,,,
`

func TestJirasOwnExportIsReadWithItsRepeatedColumns(t *testing.T) {
	history, err := readText(t, "\ufeff"+jiraExport, FileOptions{TimeZone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	at := func(hour, minute int) int64 { return time.Date(2024, 3, 4, hour-1, minute, 0, 0, time.UTC).Unix() }
	want := &sources.TicketHistory{
		Tracker: sources.Tracker{Label: "ops", Origin: "export", Tickets: 2, First: at(9, 0), Newest: at(9, 0) + 86400},
		Identities: []sources.Identity{
			{Name: "Rea", Account: "ops/5b:2"}, {Name: "Ann A.", Account: "ops/5b:1"},
		},
		Tickets: []sources.Ticket{
			{
				Key: "OPS-7", ID: "1", Project: "OPS", Type: "Service Request", RequestType: "Renew a certificate",
				Summary: `Renew "the" certificate, again`, Status: "Closed", Resolution: "Done", Priority: "High",
				Components: []string{"Certificates", "Mail"}, Labels: []string{"tls", "yearly"},
				Created: at(9, 0), Updated: at(9, 0) + 86400, Resolved: at(11, 30),
				Reporter: 0, Assignee: 1, Resolver: sources.None,
				Acts: []sources.Act{
					{Person: 0, Kind: sources.Reported, Time: at(9, 0)},
					{Person: 1, Kind: sources.Assigned, Time: at(9, 0), End: at(11, 30)},
					{Person: 1, Kind: sources.LoggedWork, Time: at(10, 0), Seconds: 1800},
					{Person: 0, Kind: sources.Commented, Time: at(10, 30)},
				},
				Reassigned: -1, Reopened: -1, Escalated: -1,
				Citations: []sources.Citation{{Target: "ops/runbooks/cert.md", Person: 0, Time: at(9, 0)}},
				Checklist: []uint64{sources.StepHash("Fetch the key"), sources.StepHash("Restart; see ops/runbooks/cert.md")},
			},
			{
				Key: "OPS-8", ID: "2", Project: "OPS", Type: "Bug", Summary: "Open one", Status: "Open", Priority: "Low", Created: at(9, 5),
				Reporter: sources.None, Assignee: sources.None, Resolver: sources.None, Reassigned: -1, Reopened: -1, Escalated: -1,
			},
		},
	}
	if diff := cmp.Diff(want, history); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestHeadersAndSeparatorsOfOtherLanguagesAreKnown(t *testing.T) {
	for name, content := range map[string]string{
		"German, semicolons":   "Schlüssel;Zusammenfassung;Bearbeiter;Erstellt\nOPS-1;s;Ann;04.03.2024 09:00\n",
		"Japanese":             "課題キー,要約,担当者,作成日\nOPS-1,s,Ann,2024/03/04 9:00 午前\n",
		"old server, tabs":     "Key\tSummary\tAssignee\tCreated\nOPS-1\ts\tAnn\t04/Mar/24 9:00 AM\n",
		"newer Cloud, by work": "\"Work type\",\"Key\",\"Summary\",\"Assignee\",\"Created\"\r\nTask,OPS-1,s,Ann,2024-03-04T09:00:00.000+0000\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			history, err := readText(t, content, FileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			ticket := history.Tickets[0]
			if ticket.Key != "OPS-1" || ticket.Summary != "s" || ticket.Created != 1709542800 || history.Identities[ticket.Assignee].Name != "Ann" {
				t.Errorf("got %+v by %+v", ticket, history.Identities)
			}
		})
	}
}

// logOptions read a log of events in which each row is a state of a ticket.
var logOptions = FileOptions{
	Columns: map[string][]string{
		"key": {"number"}, "created": {"opened"}, "updated": {"at"}, "resolved": {"resolved"}, "assignee": {"who"},
		"status": {"state"}, "priority": {"priority"}, "request_type": {"area", "topic"}, "used_procedure": {"kb"},
	},
	TimeLayout: "day-first", Nulls: []string{"?"},
}

func TestRowsOfOneTicketAreItsStates(t *testing.T) {
	history, err := readText(t, `number,opened,at,resolved,who,state,priority,area,topic,kb
INC1,04-03-2024 09:00,04-03-2024 09:40,?,Bob,Active,2 - High,Mail,Quota,TRUE
INC2,04-03-2024 09:00,04-03-2024 09:00,?,Ann,New,3 - Low,Mail,?,?
INC1,04-03-2024 09:00,04-03-2024 09:00,?,Ann,New,3 - Moderate,Mail,Quota,FALSE
INC1,04-03-2024 09:00,04-03-2024 09:20,?,?,New,3 - Moderate,Mail,Quota,FALSE
INC1,04-03-2024 09:00,04-03-2024 10:10,04-03-2024 10:00,Cem,Resolved,2 - High,Mail,Quota,KB0017
`, logOptions)
	if err != nil {
		t.Fatal(err)
	}
	// The rows are not in the order of time. Cem got it after it was resolved; nobody had it from 9:20 to 9:40.
	want := []string{"  0 Ann assigned until 20 (line 4)", " 40 Bob assigned until 70 (line 2)", " 70 Cem assigned until 70 (line 6)"}
	if diff := cmp.Diff(want, story(history)); diff != "" {
		t.Errorf("acts of INC1 (-want +got):\n%s", diff)
	}
	first, second := history.Tickets[0], history.Tickets[1]
	if first.Reassigned != 1 || first.Escalated != 1 || first.Reopened != -1 || first.UsedProcedure != sources.Yes || first.Status != "Resolved" || first.RequestType != "Mail / Quota" {
		t.Errorf("INC1 is %+v", first)
	}
	// A single row shows an assignee, not since when.
	if second.Acts[0].Reference != "" || second.Reassigned != -1 || second.UsedProcedure != sources.Unknown || second.RequestType != "Mail" {
		t.Errorf("INC2 is %+v", second)
	}
}

func TestAMalformedRowIsNamedByItsLineAndTheOthersAreRead(t *testing.T) {
	history, err := readText(t, `Issue key,Created,Assignee,Log Work
OPS-1,04/Mar/24 9:00 AM,"A
name on two lines",
OPS-2,04/Mar/24 29:00 AM,Ann,
,04/Mar/24 9:00 AM,Ann,
OPS-3,,Ann,
OPS-4,04/Mar/24 9:00 AM,An"n,
OPS-5,04/Mar/24 9:00 AM,Ann,an hour
OPS-6,04/Mar/24 9:00 AM
`, FileOptions{})
	want := `tickets: export line 4: OPS-2: created: date "04/Mar/24 29:00 AM" is in no form known here; time_layout says how dates are written, nulls what stands for none
tickets: export line 5: a row without a key
tickets: export line 6: OPS-3: no date of creation
tickets: export line 7: not CSV: bare " in non-quoted-field
tickets: export line 8: work log 1 of OPS-5 is not "text;date;author;seconds"`
	if got := messageOf(err); got != want {
		t.Errorf("message\n got %s\nwant %s", got, want)
	}
	if diff := cmp.Diff([]string{"OPS-1", "OPS-6"}, keysOf(history)); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

func TestAMissingColumnIsNamedBesideThoseThatThereAre(t *testing.T) {
	_, err := readText(t, "\nnumber,opened,at\nINC1,1,2\n", logOptions)
	want := `tickets: export line 2: no column "area", "kb", "priority", "resolved", "state", "topic", "who"; the columns there are: number, opened, at`
	if got := messageOf(err); got != want {
		t.Errorf("message\n got %s\nwant %s", got, want)
	}
}

func TestAWrongColumnMappingIsRefused(t *testing.T) {
	for want, columns := range map[string]map[string][]string{
		`tickets: columns: "assigned" is none of key, summary,`:                        {"key": {"a"}, "created": {"b"}, "assigned": {"c"}},
		`tickets: columns: no column is named for "created", which every ticket needs`: {"key": {"a"}},
	} {
		if _, err := readText(t, "a,b\n", FileOptions{Columns: columns}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestAQuotationMarkLeftOpenDoesNotSwallowTheMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads more than a record may be")
	}
	head := "Issue key,Created,Summary\nOPS-1,2024-03-04,s\nOPS-2,2024-03-04,\"open\n"
	history, err := readText(t, head+strings.Repeat("OPS-3,2024-03-04,s\n", 4<<20), FileOptions{})
	want := "tickets: export: a record of more than 64 MiB: is a quotation mark left open?"
	if got := messageOf(err); got != want {
		t.Errorf("message\n got %s\nwant %s", got, want)
	}
	if diff := cmp.Diff([]string{"OPS-1"}, keysOf(history)); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}
