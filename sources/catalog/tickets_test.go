package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// systemsOf names the system of each ticket, "" for none.
func systemsOf(t *testing.T, e *sources.Evidence, snapshots []sources.Snapshot, yaml string) ([]string, *sources.SystemMap, []sources.Finding) {
	t.Helper()
	config, err := ParseConfig("keyperson.yaml", []byte(yaml))
	if err != nil {
		t.Fatal(err)
	}
	m, findings, err := Discover(e, snapshots, config)
	if err != nil {
		t.Fatal(err)
	}
	of := make([]string, len(m.ByTicket))
	for i, system := range m.ByTicket {
		if system != sources.None {
			of[i] = m.Systems[system].ID
		}
	}
	return of, m, findings
}

const paymentsAndWeb = `
systems:
  - {id: payments, name: Payment Gateway, paths: [payments/]}
  - {id: web, paths: [web/], jira: {components: [Frontend], labels: [ui]}}
`

func TestATicketBelongsWhereRulesNamesOrCommitsSay(t *testing.T) {
	e, snapshots := evidence(memory{}.many("payments", 3).many("web", 3))
	e.Trackers = []sources.Tracker{{Label: "ops"}}
	e.Tickets = []sources.Ticket{
		{Key: "OPS-1", Components: []string{"frontend"}},                         // a rule, case aside
		{Key: "OPS-2", Components: []string{"payment-gateway"}},                  // the system's name
		{Key: "OPS-3", Service: "PAYMENTS"},                                      // the system's id
		{Key: "OPS-4", Components: []string{"web"}},                              // web says by rules what is its own
		{Key: "OPS-5", Components: []string{"payments"}, Labels: []string{"UI"}}, // rules come first
		{Key: "OPS-6", FormerKeys: []string{"DESK-1"}},                           // two of three files
		{Key: "OPS-7"}, // one of two files: no strict majority
		{Key: "OPS-8", RequestType: "Payment gateway"},
	}
	thing := func(path string) uint32 {
		for i := range e.Things {
			if e.Things[i].Path == path {
				return uint32(i)
			}
		}
		t.Fatal("no " + path)
		return 0
	}
	change := func(key string, paths ...string) {
		event := uint32(len(e.Events))
		e.Events = append(e.Events, sources.Event{})
		e.Mentions = append(e.Mentions, sources.Mention{Event: event, Text: key})
		for _, path := range paths {
			e.Records = append(e.Records, sources.Record{Event: event, Thing: thing(path)})
		}
	}
	change("UTF-8", "web/f2.go")
	change("OPS-6", "web/f0.go", "payments/f0.go")
	change("desk-1", "web/f1.go", "payments/f0.go")
	change("OPS-7", "web/f0.go", "payments/f0.go")
	got, _, findings := systemsOf(t, e, snapshots, paymentsAndWeb)
	want := []string{"web", "payments", "payments", "", "web", "web", "", "payments"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(findings) != 0 {
		t.Errorf("two of eight tickets without a system are nothing to report: %v", findings)
	}
}

func TestANameThatTwoSystemsShareDecidesNothing(t *testing.T) {
	e, snapshots := evidence(memory{}.many("a", 3).many("b", 3))
	e.Trackers = []sources.Tracker{{Label: "ops"}}
	e.Tickets = []sources.Ticket{{Key: "OPS-1", Components: []string{"Mail Relay"}}, {Key: "OPS-2", Components: []string{"a"}}}
	got, _, _ := systemsOf(t, e, snapshots, "systems:\n  - {id: a, name: mail-relay, paths: [a/]}\n  - {id: b, name: MailRelay, paths: [b/]}\n")
	if diff := cmp.Diff([]string{"", "a"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestMostTicketsWithoutASystemAreReported(t *testing.T) {
	e, snapshots := evidence(memory{}.many("payments", 3).many("web", 3))
	e.Trackers = []sources.Tracker{{Label: "ops"}}
	e.Tickets = []sources.Ticket{{Key: "OPS-1", Service: "payments"}, {Key: "OPS-2"}, {Key: "OPS-3"}}
	_, _, findings := systemsOf(t, e, snapshots, paymentsAndWeb)
	if len(findings) != 1 || findings[0].Code != "unmapped-tickets" || findings[0].Count != 2 || findings[0].Severity != sources.Note {
		t.Errorf("got %+v, want one note about 2 of 3 tickets", findings)
	}
}

func TestTheRulesThatAreOfferedPlaceTheTickets(t *testing.T) {
	e, snapshots := evidence(memory{}.many("payments", 3).many("web", 3))
	e.Trackers = []sources.Tracker{{Label: "ops"}}
	add := func(n int, ticket sources.Ticket) {
		for range n {
			ticket.Key = fmt.Sprintf("OPS-%d", len(e.Tickets)+1)
			e.Tickets = append(e.Tickets, ticket)
		}
	}
	add(6, sources.Ticket{Components: []string{"Mail & [relay]: #1", "Spam"}, Project: "OPS"})
	add(5, sources.Ticket{Service: "null", Project: "OPS"})
	add(4, sources.Ticket{RequestType: "Zugang / \"VPN\"", Project: "OPS"})
	add(3, sources.Ticket{Group: "運用", Project: "OPS"})
	add(2, sources.Ticket{Project: "OPS"})
	add(1, sources.Ticket{Project: "NET"})
	add(1, sources.Ticket{})
	_, _, findings := systemsOf(t, e, snapshots, paymentsAndWeb)
	if len(findings) != 1 {
		t.Fatalf("got %v, want one finding", findings)
	}
	_, offered, _ := strings.Cut(findings[0].Advice, "the largest: ")
	config, placed := "systems:\n  - {id: web, paths: [web/]}\n", 0
	for i, rule := range strings.Split(offered, " · ") {
		rule, count, _ := strings.Cut(rule, "} (")
		config += fmt.Sprintf("  - id: s%d\n    %s}\n", i, rule)
		n, err := strconv.Atoi(strings.TrimSuffix(count, ")"))
		if err != nil {
			t.Fatal(err)
		}
		placed += n
	}
	got, _, _ := systemsOf(t, e, snapshots, config)
	if outside := slices.DeleteFunc(got, func(system string) bool { return system != "" }); len(outside) != 2 || placed != 20 {
		t.Errorf("the rules, which say that they place %d, leave %d outside; want 20 and 2 by\n%s", placed, len(outside), config)
	}
}

func TestWithoutARepositorySystemsComeFromTheTickets(t *testing.T) {
	for name, test := range map[string]struct {
		tickets []sources.Ticket
		yaml    string
		want    []string
		origin  string
	}{
		"components of the only project": {
			tickets: []sources.Ticket{{Project: "OPS", Components: []string{"VPN", "DNS"}}, {Project: "OPS", Components: []string{"DNS"}}, {Project: "OPS"}},
			want:    []string{"VPN", "DNS", "OPS"}, origin: "projects and components of the tickets",
		},
		"projects, of which one is divided": {
			tickets: []sources.Ticket{{Project: "OPS", Components: []string{"VPN"}}, {Project: "OPS", Components: []string{"DNS"}}, {Project: "NET", Components: []string{"LAN"}}},
			want:    []string{"OPS/VPN", "OPS/DNS", "NET"}, origin: "projects and components of the tickets",
		},
		"services where there are neither projects nor components": {
			tickets: []sources.Ticket{{Service: "mail"}, {Service: "web"}},
			want:    []string{"mail", "web"}, origin: "projects and components of the tickets",
		},
		"the tracker where nothing else is known": {
			tickets: []sources.Ticket{{}, {}}, want: []string{"desk", "desk"}, origin: "projects of the tickets",
		},
		"not where systems are configured": {
			tickets: []sources.Ticket{{Project: "OPS"}, {Project: "NET"}}, yaml: "systems:\n  - {id: network, jira: {projects: [net]}}\n",
			want: []string{"", "network"}, origin: "keyperson.yaml",
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := &sources.Evidence{Trackers: []sources.Tracker{{Label: "desk"}}, Tickets: test.tickets}
			got, m, _ := systemsOf(t, e, nil, test.yaml)
			if diff := cmp.Diff(test.want, got); diff != "" || m.Origin != test.origin {
				t.Errorf("origin %q, want %q; systems (-want +got)\n%s", m.Origin, test.origin, diff)
			}
		})
	}
}

func TestATaskOfASystemThatWasNotFoundIsReported(t *testing.T) {
	e, snapshots := evidence(memory{"payments/go.mod": "module a", "web/go.mod": "module b"}.many("payments", 8).many("web", 8))
	_, _, findings := systemsOf(t, e, snapshots, "tasks:\n  - {id: a, system: paymens, match: {labels: [x]}}\n  - {id: b, system: web, match: {labels: [x]}}\n")
	if len(findings) != 1 || findings[0].Code != "unknown-system" {
		t.Errorf("got %+v, want one finding about paymens", findings)
	}
}
