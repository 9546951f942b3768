package taskkinds

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

func all(tickets []sources.Ticket) []uint32 {
	list := make([]uint32, len(tickets))
	for i := range list {
		list[i] = uint32(i)
	}
	return list
}

// times makes n tickets of one sort.
func times(n int, t sources.Ticket) []sources.Ticket { return slices.Repeat([]sources.Ticket{t}, n) }

// rows lists the kinds as "ID: name [rule] n".
func rows(p *Placement) []string {
	var list []string
	for _, k := range p.Kinds {
		list = append(list, fmt.Sprintf("%s: %s [%s] %d", k.ID, k.Name, k.Why, len(k.Tickets)))
	}
	return list
}

func TestWordsLeaveOutWhatChanges(t *testing.T) {
	for summary, want := range map[string]string{
		"Renew certificate for web-01.example.com":       "certificate renew",
		"[OPS-123] Restart payments v2.14.1 on 10.0.0.7": "payment restart",
		"Reset the password of ann@example.org":          "password reset",
		`Rename "Old Group" to 'New Group'`:              "rename",
		"Backup failed 2024-03-02 03:00 (job 4711)":      "backup failed job",
		"See https://example.org/a and /var/log/syslog":  "see",
		"証明書の更新（web01）":                                  "更新 証明書",
		"「田中」のパスワードをリセットしてください":                          "パスワード リセット",
		"本番サーバーの再起動 ２０２４年３月":                             "サーバー 再起動 年 月",
		"Don't panic":            "panic",
		"production: deploy":     "deploy",
		"":                       "",
		"12345":                  "",
		"\xff\xfe broken bytes":  "broken byte",
		strings.Repeat("語", 400): strings.Repeat("語", 100),
	} {
		if got := strings.Join(Words(summary), " "); got != want {
			t.Errorf("%q: got %q, want %q", summary, got, want)
		}
	}
}

func TestTheFirstRuleThatHoldsPlacesATicket(t *testing.T) {
	rules := []sources.TaskRule{
		{ID: "certificates", Name: "Renew certificates", Summary: regexp.MustCompile(`(?i)certificate`)},
		{ID: "web", Components: []string{"web"}, Types: []string{"task", "bug"}},
	}
	tickets := []sources.Ticket{
		{Summary: "Renew certificate", Components: []string{"Web"}, Type: "Task"},
		{Summary: "Restart", Components: []string{"Db", "WEB"}, Type: "Task"},
		{Summary: "Restart", Components: []string{"Web"}, Type: "Epic"},
	}
	p := Place(tickets, all(tickets), rules, nil)
	if diff := cmp.Diff([]string{"certificates: Renew certificates [rule certificates] 1", "web: web [rule web] 1"}, rows(p)); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	if p.Of[2] != -1 || p.Unplaced[2] != RareComponent {
		t.Errorf("the epic: got kind %d, %s", p.Of[2], p.Unplaced[2])
	}
}

func TestTicketsOfEverySortArePlacedOnce(t *testing.T) {
	var tickets []sources.Ticket
	add := func(n int, t sources.Ticket) { tickets = append(tickets, times(n, t)...) }
	add(6, sources.Ticket{Project: "SD", RequestType: "Network / VPN"})
	add(3, sources.Ticket{Project: "SD", RequestType: "Network / DNS"})
	add(2, sources.Ticket{Project: "SD", RequestType: "Network / WLAN"})
	add(4, sources.Ticket{Project: "SD", RequestType: "Telephone / Headset"})
	add(7, sources.Ticket{Project: "DEV", Components: []string{"Core"}, Type: "Bug"})
	add(3, sources.Ticket{Project: "DEV", Components: []string{"Core", "Api"}, Type: "Story"})
	add(2, sources.Ticket{Project: "DEV", Components: []string{"Api", "Core"}, Type: "Epic"})
	add(5, sources.Ticket{Project: "SD", Type: "Access request"})
	add(5, sources.Ticket{Project: "SD", Type: "Task"})
	for i := range 6 {
		add(1, sources.Ticket{Project: "DEV", Components: []string{"Core"}, Type: "Bug", Summary: fmt.Sprintf("Rotate signing key %d", i)})
	}
	for _, host := range []string{"web-1", "web-2", "db-1"} {
		add(1, sources.Ticket{Project: "OPS", Summary: "Renew certificate for " + host, Type: "Task"})
		add(1, sources.Ticket{Project: "OPS", Summary: host + "の証明書の更新", Type: "Task"})
	}
	add(1, sources.Ticket{Project: "OPS", Summary: "Something that happened once"})
	p := Place(tickets, all(tickets), nil, nil)
	want := []string{
		"dev-core-bug: Core / Bug [component Core, type Bug] 7",
		"dev-core-other: Core / other [component Core, rare types] 5",
		"dev-core-rotate-signing-key: rotate signing key * [component Core, template rotate signing key *] 6",
		"ops-renew-certificate: renew certificate for * [template renew certificate for *] 3",
		"ops-証明書-更新: * の証明書の更新 [template * の証明書の更新] 3",
		"sd-access-request: Access request [type Access request] 5",
		"sd-network-other: Network / other [rare request types of Network] 5",
		"sd-network-vpn: Network / VPN [request type Network / VPN] 6",
	}
	if diff := cmp.Diff(want, rows(p)); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	left := map[string]int{}
	for i := range tickets {
		if p.Of[i] < 0 {
			left[p.Unplaced[i].String()]++
		}
	}
	wantLeft := map[string]int{RareRequestType.String(): 4, NothingToGoBy.String(): 5, OwnWords.String(): 1}
	if diff := cmp.Diff(wantLeft, left); diff != "" {
		t.Errorf("placed nowhere (-want +got):\n%s", diff)
	}
}

func TestATicketWithoutAComponentJoinsTheTemplateThatItFitsAlone(t *testing.T) {
	made := func(n int, component, summary string) []sources.Ticket {
		ticket := sources.Ticket{Project: "OPS", Type: "Incident", Summary: summary}
		if component != "" {
			ticket.Components = []string{component}
		}
		return times(n, ticket)
	}
	tickets := slices.Concat(
		made(8, "backup", "Disk full on db-07"), made(6, "mail", "Queue stuck on mx-02"), made(6, "relay", "Queue stuck on mx-05"),
		made(4, "", "Disk full on db-02"),                           // fits the first alone
		made(1, "", "Queue stuck on mx-09"),                         // may be of mail or of relay
		made(1, "", "Disk full of photographs of the summer party"), // has more of its own than in common
		made(1, "", "Order a new disk"),                             // has not all the words
	)
	p := Place(tickets, all(tickets), nil, nil)
	first := p.Of[0]
	for i := 20; i < 24; i++ {
		if p.Of[i] != first {
			t.Errorf("%q without a component is in kind %d, those with one in %d", tickets[i].Summary, p.Of[i], first)
		}
	}
	for i := 24; i < len(tickets); i++ {
		if p.Of[i] >= 0 {
			t.Errorf("%q is in %q, want none", tickets[i].Summary, p.Kinds[p.Of[i]].Name)
		}
	}
}

func TestSummariesOfOneKindWithDifferentNamesAreOneTemplate(t *testing.T) {
	var tickets []sources.Ticket
	for _, summary := range []string{
		"Create account for Ada Lovelace", "Create account for Alan Turing", "Create account: Grace Hopper", "create accounts for Edsger Dijkstra",
		"Restart the billing service", "Restart billing service after crash", "Please restart billing service",
		"Odd noise in the basement", "Weird login screen colours", "Slow queries since Tuesday",
	} {
		tickets = append(tickets, sources.Ticket{Project: "OPS", Summary: summary})
	}
	want := []string{
		"ops-create-account: create account * [template create account *] 4",
		"ops-restart-billing-service: restart the billing service [template restart the billing service] 3",
	}
	if diff := cmp.Diff(want, rows(Place(tickets, all(tickets), nil, nil))); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
}

func TestNamesAndIDsAreUniqueAcrossProjects(t *testing.T) {
	tickets := append(times(5, sources.Ticket{Project: "A", Components: []string{"Core"}, Type: "Bug"}), times(5, sources.Ticket{Project: "B", Components: []string{"Core"}, Type: "Bug"})...)
	tickets = append(tickets, append(times(5, sources.Ticket{Project: "C", Components: []string{"x-y"}, Type: "Bug"}), times(5, sources.Ticket{Project: "C", Components: []string{"x.y"}, Type: "Bug"})...)...)
	ids, names := map[string]bool{}, map[string]bool{}
	for _, k := range Place(tickets, all(tickets), nil, nil).Kinds {
		ids[k.ID], names[k.Name] = true, true
	}
	if len(ids) != 4 || len(names) != 4 {
		t.Errorf("got IDs %v and names %v, want four each", ids, names)
	}
}

func TestAKindThatALaterRuleMakesLeavesTheIDOfTheFirst(t *testing.T) {
	requested := times(5, sources.Ticket{Project: "P", RequestType: "Network / Incident"})
	both := slices.Concat(requested, times(5, sources.Ticket{Project: "P", Components: []string{"Network"}, Type: "Incident"}))
	want := []string{"p-network-incident: Network / Incident [request type Network / Incident] 5"}
	if diff := cmp.Diff(want, rows(Place(requested, all(requested), nil, nil))); diff != "" {
		t.Errorf("one kind (-want +got):\n%s", diff)
	}
	want = []string{
		"p-network-incident: Network / Incident (P, request type) [request type Network / Incident] 5",
		"p-network-incident-1af1: Network / Incident (P, component and type) [component Network, type Incident] 5",
	}
	if diff := cmp.Diff(want, rows(Place(both, all(both), nil, nil))); diff != "" {
		t.Errorf("two kinds (-want +got):\n%s", diff)
	}
	rules := []sources.TaskRule{{ID: "p-network-incident", Projects: []string{"other"}}}
	if got := Place(requested, all(requested), rules, nil).Kinds; got[0].ID != rules[0].ID || !strings.HasPrefix(got[1].ID, rules[0].ID+"-") {
		t.Errorf("got IDs %q and %q, want the plain one for the rule of the configuration alone", got[0].ID, got[1].ID)
	}
}

func TestNoTwoKindsHaveOneID(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "A", "a b", "a / b", "a/other", "a-other", "other", "renew the certificate", "--", "a\x00b"})
	rapid.Check(t, func(t *rapid.T) {
		var tickets []sources.Ticket
		for range rapid.IntRange(0, 12).Draw(t, "sorts") {
			ticket := sources.Ticket{Project: text.Draw(t, "project"), Type: text.Draw(t, "type"), RequestType: text.Draw(t, "request type"), Summary: text.Draw(t, "summary")}
			if component := text.Draw(t, "component"); component != "" {
				ticket.Components = []string{component}
			}
			tickets = append(tickets, times(rapid.IntRange(1, 6).Draw(t, "times"), ticket)...)
		}
		of := map[string]Kind{}
		for _, k := range Place(tickets, all(tickets), []sources.TaskRule{{ID: "a-b", Summary: regexp.MustCompile("certificate")}}, nil).Kinds {
			if other, isTaken := of[k.ID]; isTaken || k.ID == "" {
				t.Fatalf("%q is the ID of %q and of %q", k.ID, k.Why, other.Why)
			}
			of[k.ID] = k
		}
	})
}

func TestPlacementDoesNotDependOnTheOrderOfTickets(t *testing.T) {
	words := rapid.SampledFrom([]string{"renew", "certificate", "restart", "billing", "web-1", "ann", "更新", "証明書", "account", "create"})
	rapid.Check(t, func(t *rapid.T) {
		tickets := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sources.Ticket {
			return sources.Ticket{
				Project: rapid.SampledFrom([]string{"", "A"}).Draw(t, "project"),
				Type:    rapid.SampledFrom([]string{"", "Bug", "Access request"}).Draw(t, "type"), RequestType: rapid.SampledFrom([]string{"", "", "N / V", "N / W"}).Draw(t, "request type"),
				Components: rapid.SampledFrom([][]string{nil, nil, {"c"}, {"c", "d"}, {"d", "c"}}).Draw(t, "components"),
				Summary:    strings.Join(rapid.SliceOfN(words, 0, 5).Draw(t, "summary"), " "),
			}
		}), 0, 60).Draw(t, "tickets")
		order := rapid.Permutation(all(tickets)).Draw(t, "order")
		shuffled := make([]sources.Ticket, len(tickets))
		for i, from := range order {
			shuffled[i] = tickets[from]
		}
		a, b := Place(tickets, all(tickets), nil, nil), Place(shuffled, all(shuffled), nil, nil)
		if diff := cmp.Diff(rows(a), rows(b)); diff != "" {
			t.Fatalf("kinds (-in order +shuffled):\n%s", diff)
		}
		for i, from := range order {
			kind := func(p *Placement, ticket uint32) string {
				if p.Of[ticket] < 0 {
					return p.Unplaced[ticket].String()
				}
				return p.Kinds[p.Of[ticket]].ID
			}
			if x, y := kind(a, from), kind(b, uint32(i)); x != y {
				t.Fatalf("%+v: %s in order, %s shuffled", tickets[from], x, y)
			}
		}
	})
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"Renew certificate for web-01", "証明書の更新（web01）", "\"\"'`「", "a/b/c @ ://", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, summary string) {
		words := Words(summary)
		if len(words) > maxWords || !slices.IsSorted(words) {
			t.Fatalf("%q: %q", summary, words)
		}
		for _, word := range words {
			if word == "" || !utf8.ValidString(word) || strings.ContainsAny(word, " \x00\n") {
				t.Fatalf("%q has the word %q", summary, word)
			}
		}
	})
}

func BenchmarkPlace(b *testing.B) {
	for _, n := range []int{1000, 10000, 100000} {
		tickets := make([]sources.Ticket, n)
		for i := range tickets {
			tickets[i] = sources.Ticket{Project: "OPS", Type: "Task", Summary: fmt.Sprintf("%s the %s of customer%d on host-%d word%d",
				[]string{"Renew", "Restart", "Resize", "Remove"}[i%4], []string{"certificate", "service", "volume", "account", "queue"}[i/4%5], i, i%300, i%977)}
		}
		chosen := all(tickets)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Place(tickets, chosen, nil, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/ticket")
		})
	}
}
