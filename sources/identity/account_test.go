package identity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"keyperson/sources"
)

// ofTracker reads `Name [tracker/key login] <address>`; login and address may be left out.
func ofTracker(text string) sources.Identity {
	left, right := strings.IndexByte(text, '['), strings.IndexByte(text, ']')
	account, login, _ := strings.Cut(text[left+1:right], " ")
	identity := sources.Identity{Name: strings.TrimSpace(text[:left]), Account: account, Login: login}
	identity.Address = strings.Trim(text[right+1:], " <>")
	return identity
}

// evidenceAcross makes evidence of identities from commits and from trackers, all active in the same days.
func evidenceAcross(texts ...string) *sources.Evidence {
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: "r"}}}
	for i, text := range texts {
		if !strings.Contains(text, "[") {
			e.Identities = append(e.Identities, parse(text))
			e.Events = append(e.Events, sources.Event{Time: int64(1e9 + 86400*i)})
			e.Records = append(e.Records, sources.Record{Person: uint32(i), Event: uint32(len(e.Events) - 1), From: sources.None})
			continue
		}
		e.Identities = append(e.Identities, ofTracker(text))
		e.Tickets = append(e.Tickets, sources.Ticket{
			Key: fmt.Sprintf("OTHER-%d", i), Reporter: uint32(i), Assignee: sources.None, Resolver: sources.None,
			Acts: []sources.Act{{Person: uint32(i), Kind: sources.Reported, Time: int64(1e9 + 86400*i)}},
		})
	}
	return e
}

func TestAccountsAreJoinedWithAuthors(t *testing.T) {
	for name, row := range map[string]struct {
		texts  []string
		reason string
	}{
		"same address":                       {[]string{"Ada Lovelace <ada@engine.org>", "A. L. [ops/1] <ada@engine.org>"}, "same address ada@engine.org"},
		"an address to log in with":          {[]string{"Ada Lovelace <ada@engine.org>", "A. L. [ops/1 ada@engine.org]"}, "same address ada@engine.org"},
		"same full name":                     {[]string{"Zoë Ångström <z@a.org>", "zoe angstrom [ops/1]"}, "same full name: zoe angstrom"},
		"the other order":                    {[]string{"Taro Urashima <t@a.org>", "Urashima Taro [ops/1]"}, "same name in the other order: urashima taro"},
		"Japanese, with and without a space": {[]string{"浦島太郎 <t@a.org>", "浦島 太郎 [ops/1]"}, "same name but for its spaces: 浦島 太郎"},
		"written together":                   {[]string{"Ada Lovelace <a@x.org>", "adalovelace [ops/1]"}, "the full name without spaces: adalovelace"},
		"login as mailbox, longer name":      {[]string{"Ada Byron <abyronk@engine.org>", "Ada Byron King [ops/1 abyronk]"}, "same login and forms of one name: abyronk"},
		"login as mailbox, short name":       {[]string{"Benjamin Hoffstatter <bhoff@engine.org>", "Ben Hoffstatter [ops/1 bhoff]"}, "same login and forms of one name: bhoff"},
		"a common name, login and office":    {[]string{"John Smith <jsmith@engine.org>", "John Smith [ops/1 jsmith]"}, "same login and forms of one name: jsmith"},
		"login at a code host":               {[]string{"countess <countess@users.noreply.github.com>", "Ada Lovelace [ops/1 countess]"}, "same login: countess"},
		"a given name, login as mailbox":     {[]string{"Ada <a.lovelace@gmail.com>", "Ada Lovelace [ops/1 alovelace]"}, "same login: alovelace"},
		"a handle shown in place of a name":  {[]string{"Fred Thompson <fthompson@engine.org>", "fthompson [ops/1]"}, "login made of the full name, and nobody else's: fthompson"},
		"one account under two names":        {[]string{"Ada Byron [ops/1]", "Countess Lovelace [ops/1]"}, "same account: ops/1"},
		"two accounts at one address":        {[]string{"Ada Lovelace [ops/1] <ada@engine.org>", "Ada Lovelace [ops/2] <ada@engine.org>"}, "same address ada@engine.org"},
		"accounts in two trackers":           {[]string{"Ada Lovelace [ops/1]", "Ada Lovelace [desk/7]"}, "same full name: ada lovelace"},
	} {
		people, _ := Resolve(evidenceAcross(row.texts...), Options{})
		if len(people.Persons) != 1 || people.Merges[0].Reason != row.reason {
			t.Errorf("%s: %q became %d people by %+v, want one by %q", name, row.texts, len(people.Persons), people.Merges, row.reason)
		}
	}
}

func TestAccountsOfDifferentPeopleAreNotJoined(t *testing.T) {
	for name, row := range map[string]struct {
		texts     []string
		suspected bool
	}{
		"two accounts of one tracker with one name":      {[]string{"Ada Lovelace [ops/1 ada]", "Ada Lovelace [ops/2 lovelace]"}, true},
		"those and an author":                            {[]string{"Ada Lovelace [ops/1 ada]", "Ada Lovelace [ops/2 lovelace]", "Ada Lovelace <a@x.org>"}, true},
		"an author whose mailbox is made of that name":   {[]string{"Ada Lovelace [ops/1 adalovelace]", "Ada Lovelace [ops/2 ada]", "Ada Lovelace <ada.lovelace@x.org>"}, true},
		"a common name":                                  {[]string{"John Smith <john@gmail.com>", "John Smith [ops/1 jsmith]"}, true},
		"a common name and its handle at no office":      {[]string{"John Smith <jsmith@gmail.com>", "jsmith [ops/1]"}, true},
		"siblings with one login":                        {[]string{"Tim Lovelacy <tlovelacy@x.org>", "Tom Lovelacy [ops/1 tlovelacy]"}, true},
		"a login that another gave his mailbox":          {[]string{"Charles Babbage <countess@x.org>", "Ada Lovelace [ops/1 countess]"}, false},
		"a given name at a mailbox called like a login":  {[]string{"Karl <alovelace@x.org>", "Ada Lovelace [ops/1 alovelace]"}, true},
		"a handle that two full names make":              {[]string{"Fred Thompson <fthompson@a.org>", "Frank Thompson <fthompson@b.org>", "fthompson [ops/1]"}, false},
		"one given name":                                 {[]string{"Michael <m@x.org>", "Michael [ops/1 michael]"}, false},
		"numbers instead of names":                       {[]string{"Resolver 21 [ops/Resolver-21]", "Resolver 22 [ops/Resolver-22]", "Resolver 2 [ops/Resolver-2]"}, false},
		"such numbers in two trackers":                   {[]string{"Resolved by 149 [ops/149]", "Resolved by 149 [desk/149]"}, false},
		"a name of two words and a number":               {[]string{"Resolved by 149 [ops/a]", "Resolved by 148 [desk/b]", "Resolved By <rb@x.org>"}, false},
		"a person and a program":                         {[]string{"Automation for Jira [ops/1]", "Automation Jira <a@x.org>"}, false},
		"an account whose name the author's name begins": {[]string{"Ada [ops/1 ada]", "Ada Lovelace <ada@x.org>"}, false},
	} {
		people, _ := Resolve(evidenceAcross(row.texts...), Options{})
		if len(people.Persons) != len(row.texts) {
			t.Errorf("%s: %q became %d people, want %d: %+v", name, row.texts, len(people.Persons), len(row.texts), people.Merges)
		}
		if row.suspected && len(people.Suspects) == 0 {
			t.Errorf("%s: %q: nobody is suspected", name, row.texts)
		}
	}
}

func TestALoginIsNotJoinedWithSomeoneWhoLeftLongBefore(t *testing.T) {
	e := evidenceAcross("Fred Thompson <fthompson@engine.org>", "fthompson [ops/1]")
	e.Tickets[0].Acts[0].Time += 3 * 365 * 86400
	if people, _ := Resolve(e, Options{}); len(people.Persons) != 2 {
		t.Errorf("joined by %+v", people.Merges)
	}
}

// assigned gives tickets to accounts, each cited by a commit of an author: pairs of indices.
func assigned(e *sources.Evidence, pairs ...[2]uint32) *sources.Evidence {
	for i, pair := range pairs {
		key := fmt.Sprintf("OPS-%d", i+1)
		e.Tickets = append(e.Tickets, sources.Ticket{Key: key, Reporter: sources.None, Assignee: pair[0], Resolver: sources.None})
		event := uint32(len(e.Events))
		e.Events = append(e.Events, sources.Event{Time: int64(1e9 + 86400*i)})
		e.Records = append(e.Records, sources.Record{Person: pair[1], Event: event, From: sources.None})
		e.Mentions = append(e.Mentions, sources.Mention{Event: event, Text: key, Runbook: sources.None})
	}
	return e
}

func TestTicketsAndTheirCommitsSpeakForSimilarNames(t *testing.T) {
	one := [2]uint32{0, 1}
	for name, row := range map[string]struct {
		texts  []string
		pairs  [][2]uint32
		joined bool
		reason string // of the join or of the suspect
	}{
		"forms of one name": {
			[]string{"Samuel Haigson [ops/1]", "Sam Haigson <s@gmail.com>"},
			[][2]uint32{one, one},
			true, "similar names, and of 2 cited tickets of the account and 2 of the author, 2 are the same",
		},
		"forms of one name, one ticket": {
			[]string{"Samuel Haigson [ops/1]", "Sam Haigson <s@gmail.com>"},
			[][2]uint32{one},
			false, "similar names: sam haigson, samuel haigson",
		},
		"a common name": {
			[]string{"John Smith [ops/1]", "John Smith <s@gmail.com>"},
			[][2]uint32{one, one, one},
			true, "similar names, and of 3 cited tickets of the account and 3 of the author, 3 are the same",
		},
		"a common name, two tickets": {
			[]string{"John Smith [ops/1]", "John Smith <s@gmail.com>"},
			[][2]uint32{one, one},
			false, "same full name, but a common one: john smith",
		},
		"a handle made of the name": {
			[]string{"Ada Lovelace [ops/1]", "lovelacea <x@gmail.com>"},
			[][2]uint32{one, one, one},
			true, "similar names, and of 3 cited tickets of the account and 3 of the author, 3 are the same",
		},
		"which of two accounts": {
			[]string{"Ada Lovelace [ops/1]", "Ada Lovelace <x@gmail.com>", "Ada Lovelace [ops/2]"},
			[][2]uint32{one, one, one},
			true, "similar names, and of 3 cited tickets of the account and 3 of the author, 3 are the same",
		},
		"half of the account's tickets": {
			[]string{"Samuel Haigson [ops/1]", "Sam Haigson <s@gmail.com>", "Mary Somerville <m@gmail.com>"},
			[][2]uint32{one, one, {0, 2}, {0, 2}},
			false, "similar names: sam haigson, samuel haigson",
		},
		"half of the author's tickets": {
			[]string{"Samuel Haigson [ops/1]", "Sam Haigson <s@gmail.com>", "Mary Somerville [ops/2]"},
			[][2]uint32{one, one, {2, 1}, {2, 1}},
			false, "similar names: sam haigson, samuel haigson",
		},
		"another name": {
			[]string{"Tess Checker [ops/1]", "Ada Lovelace <x@gmail.com>"},
			[][2]uint32{one, one, one, one},
			false, "of 4 cited tickets of the account and 4 of the author, 4 are the same",
		},
		"another name, three tickets": {
			[]string{"Tess Checker [ops/1]", "Ada Lovelace <x@gmail.com>"},
			[][2]uint32{one, one, one},
			false, "of 3 cited tickets of the account and 3 of the author, 3 are the same",
		},
		"another name, two tickets": {
			[]string{"Tess Checker [ops/1]", "Ada Lovelace <x@gmail.com>"},
			[][2]uint32{one, one},
			false, "nothing",
		},
		"the same family name only": {
			[]string{"Tim Lovelacy [ops/1]", "Olga Lovelacy <x@gmail.com>"},
			[][2]uint32{one, one, one, one},
			false, "of 4 cited tickets of the account and 4 of the author, 4 are the same",
		},
		"the same given name only": {
			[]string{"Michaela Lovelacy [ops/1]", "Michaela Babbage <x@gmail.com>"},
			[][2]uint32{one, one, one, one},
			false, "of 4 cited tickets of the account and 4 of the author, 4 are the same",
		},
	} {
		people, _ := Resolve(assigned(evidenceAcross(row.texts...), row.pairs...), Options{})
		got := "nothing"
		if joined := people.ByIdentity[0] == people.ByIdentity[1]; joined != row.joined {
			t.Errorf("%s: %q joined %v, want %v: %+v", name, row.texts, joined, row.joined, people.Merges)
			continue
		}
		if row.joined {
			got = people.Merges[0].Reason
		} else if len(people.Suspects) > 0 {
			got = people.Suspects[0].Reason
		}
		if got != row.reason {
			t.Errorf("%s: the reason is %q, want %q", name, got, row.reason)
		}
	}
}

func TestAnAuthorWhoseTicketsTwoAccountsHadIsJoinedWithNeither(t *testing.T) {
	e := evidenceAcross("Samuel Haigson [ops/1]", "Sam Haigson <s@gmail.com>", "Sammy Haigson [ops/2]")
	assigned(e, [2]uint32{0, 1}, [2]uint32{0, 1}, [2]uint32{0, 1})
	for i := range e.Tickets {
		if e.Tickets[i].Assignee == 0 {
			e.Tickets[i].Resolver = 2 // the other account closed what the first had
		}
	}
	people, _ := Resolve(e, Options{})
	if len(people.Persons) != 3 || len(people.Suspects) < 2 {
		t.Errorf("got %d people by %+v and the suspects %+v, want three and both accounts suspected", len(people.Persons), people.Merges, people.Suspects)
	}
}

func TestAnAccountWhoseTicketsTwoAuthorsCiteIsJoinedWithNeither(t *testing.T) {
	e := evidenceAcross("Sam Haigson [ops/1]", "Samuel Haigson <s@gmail.com>", "Sammy Haigson <t@gmail.com>")
	assigned(e, [2]uint32{0, 1}, [2]uint32{0, 1}, [2]uint32{0, 1})
	for _, mention := range slices.Clone(e.Mentions) { // the other author's commits cite the same tickets
		event := uint32(len(e.Events))
		e.Events = append(e.Events, e.Events[mention.Event])
		e.Records = append(e.Records, sources.Record{Person: 2, Event: event, From: sources.None})
		mention.Event = event
		e.Mentions = append(e.Mentions, mention)
	}
	people, _ := Resolve(e, Options{})
	if people.ByIdentity[0] == people.ByIdentity[1] || people.ByIdentity[0] == people.ByIdentity[2] || len(people.Suspects) < 2 {
		t.Errorf("joined by %+v, with the suspects %+v; want both authors suspected", people.Merges, people.Suspects)
	}
}

func TestTrackersHaveProgramsToo(t *testing.T) {
	for text, want := range map[string]sources.PersonKind{
		"Automation for Jira [ops/557058:f58131cb]": sources.Bot,
		"GitHub Integration [ops/2]":                sources.Bot,
		"Backup [ops/3 svc-backup]":                 sources.Bot,
		"Backup Service Account [ops/4 backup]":     sources.Bot,
		"Deploys [ops/5 jenkins-bot]":               sources.Bot,
		"Svenja Carlson [ops/6 svcarlson]":          sources.Human,
		"Ada Automation [ops/7 ada]":                sources.Human,
		"Lowell Abbott [ops/8 labbott]":             sources.Human,
	} {
		people, _ := Resolve(evidenceAcross(text), Options{})
		if got := people.Persons[0]; got.Kind != want {
			t.Errorf("%s is a %v (%q), want %v", text, got.Kind, got.KindReason, want)
		}
	}
}

func TestAnAliasFileNamesAccounts(t *testing.T) {
	aliases := mustReadAliases(t, `
people:
  - name: Ada King
    addresses: [ada@engine.org]
    accounts: [ops/1, ops/2]
bots: ["account:ops/3"]
different:
  - ["account:ops/4", "Mary Somerville <mary@x.org>"]
`)
	people, findings := Resolve(evidenceAcross("Ada Lovelace <ada@engine.org>", "Countess [ops/1]", "AAL [ops/2]", "Sync [ops/3]",
		"Mary Somerville [ops/4]", "Mary Somerville <mary@x.org>"), Options{Aliases: aliases})
	by := people.ByIdentity
	if by[0] != by[1] || by[0] != by[2] || people.Persons[by[0]].Name != "Ada King" {
		t.Errorf("Ada is %v: %+v", by, people.Persons)
	}
	if people.Persons[by[3]].Kind != sources.Bot || by[4] == by[5] || len(findings) != 0 {
		t.Errorf("kind %v, people %v, findings %+v", people.Persons[by[3]].Kind, by, findings)
	}
	if _, err := ReadAliases("people.yaml", []byte("people:\n  - {name: A, accounts: [ops/1]}\nbots: ['account:ops/1']\n")); err == nil || !strings.HasPrefix(err.Error(), "people.yaml:3:") {
		t.Errorf("an account that two claim: got %v", err)
	}
}

func TestSomeoneWhomOnlyATrackerKnowsGoesByTheAccount(t *testing.T) {
	people, _ := Resolve(evidenceAcross("Ada Lovelace [ops/1 ada]"), Options{})
	if got := people.Persons[0]; got.ID != "ops/1" || got.Name != "Ada Lovelace" || got.Address != "" {
		t.Errorf("got %+v", got)
	}
}
