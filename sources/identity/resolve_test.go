package identity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

// evidenceOf makes evidence in which each identity authored one commit, a day after the one before.
func evidenceOf(identities ...sources.Identity) *sources.Evidence {
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: "r"}}, Identities: identities}
	for i := range identities {
		e.Events = append(e.Events, sources.Event{Time: int64(i) * 86400})
		e.Records = append(e.Records, sources.Record{Person: uint32(i), Event: uint32(i)})
	}
	return e
}

// parse reads `Name <address>`.
func parse(text string) sources.Identity {
	left := strings.LastIndexByte(text, '<')
	return id(strings.TrimSpace(text[:left]), strings.TrimSuffix(text[left+1:], ">"))
}

func evidenceFrom(texts ...string) *sources.Evidence {
	var identities []sources.Identity
	for _, text := range texts {
		identities = append(identities, parse(text))
	}
	return evidenceOf(identities...)
}

func TestRulesJoinOnePerson(t *testing.T) {
	for name, texts := range map[string][]string{
		"same address in other case":          {"Ada Lovelace <ada@engine.org>", "ada <ADA@Engine.org>"},
		"a mailbox with dots and tags":        {"Ada Lovelace <a.lovelace@gmail.com>", "ada <alovelace+git@googlemail.com>"},
		"same account number":                 {"Ada Lovelace <12+ada@users.noreply.github.com>", "countess <12+countess@users.noreply.github.com>"},
		"same account, with number or not":    {"Ada Lovelace <12+ada@users.noreply.github.com>", "x <ada@users.noreply.github.com>"},
		"same account at another host":        {"Ada Lovelace <12-ada@users.noreply.gitlab.com>", "x <12-lovelace@users.noreply.gitlab.com>"},
		"same full name":                      {"Ada Lovelace <ada@engine.org>", "ADA LOVELACE <ada@home.net>"},
		"accents and width":                   {"Zoë Ångström <z@a.org>", "Zoe Angstrom <zoe@b.org>"},
		"Latin-1 bytes":                       {"Zo\xeb Lovelace <z@a.org>", "Zoë Lovelace <zoe@b.org>"},
		"UTF-8 encoded twice":                 {"ZoÃ« Lovelace <z@a.org>", "Zoë Lovelace <zoe@b.org>"},
		"company in brackets":                 {"Ada Lovelace (Engines) <z@a.org>", "Ada Lovelace <zoe@b.org>"},
		"name without spaces":                 {"Ada Lovelace <ada@engine.org>", "adalovelace <x@home.net>"},
		"handle as name and login":            {"byronette <b@home.net>", "byronette <byronette@users.noreply.github.com>"},
		"handle made of the name":             {"Ada Lovelace <alovelace@engine.org>", "alovelace <x@home.net>"},
		"last name first, same address":       {"Lovelace, Ada <ada@engine.org>", "Ada Lovelace <ada@engine.org>"},
		"middle initial":                      {"Ada Lovelace <ada@engine.org>", "Ada B. Lovelace <countess@home.net>"},
		"a patch forwarded by a service":      {"Ada Lovelace via Forwarder <forwarder@gmail.com>", "Ada Lovelace <ada@engine.org>"},
		"a married name at one address":       {"Ada Byron <ada@engine.org>", "Ada Lovelace <ada@engine.org>"},
		"a common name with one office":       {"John Smith <john@engine.org>", "John Smith <jsmith@engine.org>"},
		"a name and the bare machine account": {"Ada Lovelace <ada@box.(none)>", "Ada Lovelace <ada@engine.org>"},
	} {
		people, _ := Resolve(evidenceFrom(texts...), Options{})
		if len(people.Persons) != 1 || len(people.Merges) != len(texts)-1 {
			t.Errorf("%s: %q became %d people with %d merges, want one: %+v", name, texts, len(people.Persons), len(people.Merges), people)
		}
	}
}

func TestANameIsShownWithoutWhatATrackerAddedToIt(t *testing.T) {
	for name, test := range map[string]struct {
		texts []string // the latest last
		want  string
	}{
		"a later account that is inactive":      {[]string{"Ada Lovelace <ada@engine.org>", "Ada Lovelace (Inactive) <ada@home.net>"}, "Ada Lovelace"},
		"as Jira marks it":                      {[]string{"Ada Lovelace <ada@engine.org>", "Ada Lovelace [X] <ada@home.net>"}, "Ada Lovelace"},
		"in front of it":                        {[]string{"Ada Lovelace <ada@engine.org>", "(Deactivated) Ada Lovelace <ada@home.net>"}, "Ada Lovelace"},
		"beside a plain form in small letters":  {[]string{"ada lovelace <ada@engine.org>", "Ada Lovelace (Inactive) <ada@home.net>"}, "ada lovelace"},
		"a handle is no form of the name":       {[]string{"adal <ada@engine.org>", "Ada Lovelace (Inactive) <ada@engine.org>"}, "Ada Lovelace (Inactive)"},
		"of two plain forms the latest is left": {[]string{"Ada Lovelace <ada@engine.org>", "Ada B. Lovelace <ada@engine.org>"}, "Ada B. Lovelace"},
	} {
		people, _ := Resolve(evidenceFrom(test.texts...), Options{})
		if len(people.Persons) != 1 || people.Persons[0].Name != test.want {
			t.Errorf("%s: %q are shown as %+v, want %s", name, test.texts, people.Persons, test.want)
		}
	}
}

func TestDifferentPeopleAreNotJoined(t *testing.T) {
	for name, texts := range map[string][]string{
		"accounts that differ":                 {"Ada Lovelace <1+ada@users.noreply.github.com>", "Ada Lovelace <2+ada2@users.noreply.github.com>"},
		"numbered mailboxes of one office":     {"Minh Hoangson <minh.h@engine.org>", "Minh Hoangson <minh.h2@engine.org>"},
		"a common name":                        {"John Smith <john@engine.org>", "John Smith <john@mill.org>"},
		"a short common name":                  {"Wei Wang <wei@engine.org>", "Wei Wang <wang@mill.org>"},
		"a placeholder":                        {"John Doe <a@engine.org>", "John Doe <b@mill.org>"},
		"a given name":                         {"michael <michael@engine.org>", "michael <michael@mill.org>"},
		"a given name known from the evidence": {"Byronette Lovelace <b@x.org>", "byronette <byronette@engine.org>", "byronette <byronette@mill.org>"},
		"an initial and a common name":         {"jsmith <jsmith@engine.org>", "Jane Smith <jsmith@mill.org>"},
		"a role address":                       {"Ada Lovelace <root@localhost>", "Charles Babbage <root@localhost>"},
		"no address":                           {"ada <>", "charles <>"},
		"a placeholder address":                {"Ada Lovelace <none@none>", "Charles Babbage <none@none>"},
		"two people at one mailbox":            {"Ada Lovelace <engine@engine.org>", "Charles Babbage <engine@engine.org>"},
		"a shared forwarder":                   {"Ada Lovelace via Forwarder <f@gmail.com>", "Charles Babbage via Forwarder <f@gmail.com>"},
		"a pair and one of it":                 {"Ada Lovelace and Charles Babbage <ada@engine.org>", "Ada Lovelace <ada@engine.org>"},
		"similar names":                        {"Ada Lovelace <a@engine.org>", "Ada Lovelacy <b@mill.org>"},
		"the same family name":                 {"Ada Lovelace <ada@x.org>", "Allegra Lovelace <allegra@y.org>"},
	} {
		people, _ := Resolve(evidenceFrom(texts...), Options{})
		if len(people.Persons) != len(texts) {
			t.Errorf("%s: %q became %d people, want %d: %+v", name, texts, len(people.Persons), len(texts), people.Merges)
		}
	}
}

func TestAnAddressWithThreeNamesJoinsNobody(t *testing.T) {
	people, findings := Resolve(evidenceFrom("Ada Lovelace <lab@engine.org>", "Charles Babbage <lab@engine.org>", "Mary Somerville <lab@engine.org>"), Options{})
	if len(people.Persons) != 3 || len(findings) != 1 || findings[0].Code != "shared-addresses" {
		t.Errorf("got %d people and findings %+v, want 3 and shared-addresses", len(people.Persons), findings)
	}
}

func TestAChainDoesNotJoinItsEnds(t *testing.T) {
	people, _ := Resolve(evidenceFrom(
		"Ada Byron <one@engine.org>", "Ada Lovelace <one@engine.org>",
		"Ada Lovelace <two@engine.org>", "Mary Lovelace <two@engine.org>",
	), Options{})
	if people.ByIdentity[0] == people.ByIdentity[3] {
		t.Errorf("Ada Byron and Mary Lovelace are one person: %+v", people.Merges)
	}
	if len(people.Suspects) == 0 {
		t.Error("the refused link is no suspect")
	}
}

func TestContradictionsBecomeSuspectsWithTheirReason(t *testing.T) {
	people, _ := Resolve(evidenceFrom("Ada Lovelace <1+ada@users.noreply.github.com>", "Ada Lovelace <2+ada2@users.noreply.github.com>"), Options{})
	if len(people.Suspects) != 1 || people.Suspects[0].Reason != "same full name, but several accounts" {
		t.Errorf("suspects: %+v", people.Suspects)
	}
}

func TestAMailmapOutranksTheRules(t *testing.T) {
	mailmap, _ := ParseMailmap([]byte("Ada Lovelace <ada@engine.org> <countess@home.net>\nAda King <king@x.org> root <root@localhost>\n"))
	people, _ := Resolve(evidenceFrom("Ada Lovelace <ada@engine.org>", "Enchantress Number <countess@home.net>",
		"root <root@localhost>", "K <king@x.org>", "Root Other <root@localhost>"), Options{Mailmaps: []*Mailmap{mailmap}})
	by := people.ByIdentity
	if by[0] != by[1] || by[2] == by[4] {
		t.Errorf("people %v, merges %+v", by, people.Merges)
	}
	if got := people.Persons[by[0]]; got.Name != "Ada Lovelace" || got.Address != "ada@engine.org" || got.ID != "ada@engine.org" {
		t.Errorf("shown as %+v", got)
	}
}

func TestMalformedMailmapLinesAreFindings(t *testing.T) {
	mailmap, _ := ParseMailmap([]byte("Ada Lovelace <a@x.org>\nbroken\n"))
	_, findings := Resolve(evidenceFrom("ada <a@x.org>"), Options{Mailmaps: []*Mailmap{mailmap}})
	if len(findings) != 1 || findings[0].Code != "malformed-mailmap" || findings[0].Repository != "r" || !strings.Contains(findings[0].Message, "(line 2: ") {
		t.Errorf("findings: %+v", findings)
	}
}

func TestTheShownNameIsTheLatestWellWrittenFullName(t *testing.T) {
	people, _ := Resolve(evidenceFrom("Ada Byron <ada@engine.org>", "Ada Lovelace <ada@engine.org>", "ada lovelace <ada@engine.org>", "ada <ada@engine.org>"), Options{})
	if got := people.Persons[0].Name; got != "Ada Lovelace" {
		t.Errorf("shown name %q, want Ada Lovelace", got)
	}
}

// anyEvidence draws identities from few words, so that every rule has something to do.
func anyEvidence(t *rapid.T) *sources.Evidence {
	name := rapid.SampledFrom([]string{
		"Ada Lovelace", "ada lovelace", "Lovelace, Ada", "Ada B. Lovelace", "adalovelace", "alovelace",
		"Charles Babbage", "cbabbage", "Mary Lovelace", "John Smith", "root", "", "Ada Lovelace & Mary Shelley", "renovate[bot]", "Claude", "\xff", "Zoë Ada",
	})
	address := rapid.SampledFrom([]string{
		"ada@engine.org", "ADA@engine.org", "alovelace@mill.org", "a@gmail.com", "1+ada@users.noreply.github.com",
		"2+ada@users.noreply.github.com", "ada@users.noreply.github.com", "root@localhost", "", "noreply@anthropic.com", "cbabbage@x.org", "lab@engine.org", "ada+git@engine.org", "\xfe",
	})
	account := rapid.SampledFrom([]string{"", "", "", "ops/1", "ops/2", "desk/1", "ops/ \xff"})
	login := rapid.SampledFrom([]string{"", "ada", "alovelace", "cbabbage", "ada@engine.org", "svc-sync"})
	e := evidenceOf(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) sources.Identity {
		identity := id(name.Draw(t, "name"), address.Draw(t, "address"))
		if identity.Account = account.Draw(t, "account"); identity.Account != "" {
			identity.Login = login.Draw(t, "login")
		}
		return identity
	}), 0, 25).Draw(t, "identities")...)
	for i := range e.Identities { // each is said to have had the ticket that the commit of another cites
		key := fmt.Sprintf("OPS-%d", i)
		e.Tickets = append(e.Tickets, sources.Ticket{Key: key, Assignee: uint32(i), Resolver: sources.None, Reporter: sources.None})
		cited := rapid.IntRange(0, len(e.Identities)-1).Draw(t, "author")
		e.Mentions = append(e.Mentions, sources.Mention{Event: uint32(cited), Text: key, Runbook: sources.None})
	}
	return e
}

func TestPeopleAreAPartitionAndMergesAreItsSpanningForest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvidence(t)
		people, _ := Resolve(e, Options{})
		seen := map[uint32]bool{}
		ids := map[string]bool{}
		for number, person := range people.Persons {
			if ids[person.ID] || person.ID == "" || number > 0 && people.Persons[number-1].ID > person.ID || !slices.IsSorted(person.Identities) {
				t.Fatalf("IDs are not unique and sorted, or identities are not ascending: %+v", people.Persons)
			}
			ids[person.ID] = true
			for _, identity := range person.Identities {
				if seen[identity] || people.ByIdentity[identity] != uint32(number) {
					t.Fatalf("identity %d is in two persons", identity)
				}
				seen[identity] = true
			}
		}
		if len(seen) != len(e.Identities) || len(people.Merges) != len(e.Identities)-len(people.Persons) {
			t.Fatalf("%d identities, %d placed, %d persons, %d merges", len(e.Identities), len(seen), len(people.Persons), len(people.Merges))
		}
		for _, merge := range people.Merges {
			if merge.A >= merge.B || merge.Reason == "" || people.ByIdentity[merge.A] != merge.Person || people.ByIdentity[merge.B] != merge.Person {
				t.Fatalf("wrong merge %+v", merge)
			}
		}
		for _, suspect := range people.Suspects {
			if suspect.A >= suspect.B || suspect.Reason == "" {
				t.Fatalf("wrong suspect %+v", suspect)
			}
		}
	})
}

func TestTheOrderOfIdentitiesChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvidence(t)
		order := rapid.Permutation(indices(len(e.Identities))).Draw(t, "order")
		other := &sources.Evidence{Repositories: e.Repositories, Events: e.Events, Mentions: e.Mentions, Identities: make([]sources.Identity, len(order))}
		for i, at := range order {
			other.Identities[at] = e.Identities[i]
		}
		for _, record := range e.Records {
			record.Person = uint32(order[record.Person])
			other.Records = append(other.Records, record)
		}
		for _, ticket := range e.Tickets {
			ticket.Assignee = uint32(order[ticket.Assignee])
			other.Tickets = append(other.Tickets, ticket)
		}
		if diff := cmp.Diff(outline(e), outline(other)); diff != "" {
			t.Fatalf("order %v (-first +second):\n%s", order, diff)
		}
	})
}

func indices(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// outline is a result without indices.
func outline(e *sources.Evidence) []string {
	people, _ := Resolve(e, Options{})
	var lines []string
	for _, person := range people.Persons {
		var members []string
		for _, identity := range person.Identities {
			members = append(members, fmt.Sprintf("%q", e.Identities[identity]))
		}
		slices.Sort(members)
		lines = append(lines, fmt.Sprint(person.ID, person.Name, person.Address, person.Kind, person.KindReason, members))
	}
	for _, suspect := range people.Suspects {
		lines = append(lines, fmt.Sprint(suspect))
	}
	return lines
}

func BenchmarkResolve5000(b *testing.B) { benchmarkResolve(b, 5_000) }

func BenchmarkResolve100000(b *testing.B) { benchmarkResolve(b, 100_000) }

func benchmarkResolve(b *testing.B, count int) {
	var identities []sources.Identity
	source := rand.New(rand.NewPCG(1, 2))
	for i := range count {
		name := inventName(source, 2) + " " + inventName(source, 3)
		if i%10 == 0 {
			name = "Ada Lovelace" // one person with a tenth of all addresses
		}
		identities = append(identities, id(name, fmt.Sprintf("user%d@host%d.org", i, i%500)))
	}
	e := evidenceOf(identities...)
	for b.Loop() {
		Resolve(e, Options{})
	}
}

func inventName(source *rand.Rand, syllables int) string {
	name := ""
	for range syllables {
		name += string("bdfgklmnprst"[source.IntN(12)]) + string("aeiou"[source.IntN(5)]) + string("lmnrs"[source.IntN(5)])
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func TestAnAccountCalledLikeAnotherIdentityIsAtLeastSuspected(t *testing.T) {
	t.Parallel()
	e := &sources.Evidence{Repositories: []sources.Repository{{}}, Identities: []sources.Identity{
		{Name: "Michael", Address: "m1ga@users.noreply.github.com"},
		{Name: "Michael Gangolf", Address: "m1ga@users.noreply.github.com"},
		{Name: "m1ga", Address: "migamiga@web.example"},
		{Name: "Michael", Address: "migamiga@web.example"},
	}}
	people, _ := Resolve(e, Options{})
	if len(people.Persons) == 1 {
		return
	}
	if len(people.Suspects) == 0 {
		t.Errorf("m1ga the account and m1ga the name: got %d people and no suspects", len(people.Persons))
	}
}
