package main

import (
	"bytes"
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"keyperson/sources"
	"keyperson/sources/identity"
	"keyperson/sources/jira"
)

// TestAssigneesAreFoundAmongTheAuthorsWhoCiteTheirTickets reads the tickets from the directory that
// KEYPERSON_SHARED_DATA names, and tidev/alloy from the one in KEYPERSON_REPOSITORIES. 425 of the tickets
// have an assignee and are cited by a commit, no merge, of any reference. For 22 of them, looked at one by
// one, somebody else wrote the commits. Two more are cited by Christopher Williams, whose name is too common
// to tell by it alone that the assignee is the same one. That leaves 401.
func TestAssigneesAreFoundAmongTheAuthorsWhoCiteTheirTickets(t *testing.T) {
	e := ticketsOfAlloy(t)
	people, _ := identity.Resolve(e, identity.Options{})
	authors := authorsByKey(e)
	linked, joined := 0, 0
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		citing := authors[ticket.Key]
		if ticket.Assignee == sources.None || len(citing) == 0 {
			continue
		}
		linked++
		if slices.ContainsFunc(citing, func(author uint32) bool { return people.ByIdentity[author] == people.ByIdentity[ticket.Assignee] }) {
			joined++
		}
	}
	if linked != 425 || joined != 401 {
		t.Errorf("of %d tickets with an assignee and a citing commit, %d are joined; want 401 of 425", linked, joined)
	}
	checkApart(t, people, e)
}

// peopleOfAlloy are names in the tickets and commits, each of another human: those who cite each other's
// tickets, and those who share a word of their names. Names on one line are one human's.
var peopleOfAlloy = [][]string{
	{"Tony Lukasavage", "tonylukasavage"},
	{"Tim Poulsen", "skypanther"},
	{"Tim Statler"},
	{"Feon Sua", "Feon Sua Xin Miao"},
	{"Fokke Zandbergen"},
	{"Kosuke Isobe"},
	{"Ewan Harris"},
	{"Hans Knöchel", "Hans Knoechel"},
	{"Rene Pot"},
	{"Ingo Muschenetz"},
	{"Praveen Innamuri"},
	{"Nuno Costa"},
	{"Bruce Wayne"},
	{"Brenton House"},
	{"Federico", "Federico Casali"},
	{"Flavio De Stefano"},
	{"David Bankier"},
	{"João Teixeira"},
	{"Chris Barber"},
	{"Chris Williams", "Christopher Williams"},
	{"Chris Gedrim"},
	{"Michael Gangolf"},
	{"Michael Kåring"},
	{"Sergey Volkov"},
	{"Sergey Nosenko"},
	{"Daniel Mahon"},
	{"Daniel Pfeifffer", "Daniel Pfeiffer"},
	{"Jeff Haynie"},
	{"Jeff Antram"},
	{"Ben Hatfield", "Benjamin Hatfield"},
	{"Sam Haig", "Samuel Haig"},
	{"Samir Mohammed"},
	{"Brian Immel", "(deactived) Brian Immel"},
	{"Manuel Lehner"},
	{"Manuel Conde Vendrell"},
	{"Vui Nguyen"},
	{"John Nguyen"},
	{"Paul Mietz Egli"},
	{"Xavier Lacot"},
	{"Kevin Whinnery"},
	{"Russ McMahon", "Russell McMahon"},
	{"Jan Vennemann"},
	{"Bryan Hughes"},
	{"Thomas Wiesen"},
	{"Thomas Wilkinson"},
	{"William Dent"},
	{"Yair"},
	{"Far", "farwayer"},
}

// checkApart reports every person who has the names of two humans.
func checkApart(t *testing.T, people *sources.People, e *sources.Evidence) {
	t.Helper()
	human := map[string]int{}
	for i, names := range peopleOfAlloy {
		for _, name := range names {
			human[name] = i + 1
		}
	}
	seen := map[string]bool{}
	for _, person := range people.Persons {
		found := map[int]string{}
		for _, i := range person.Identities {
			name := e.Identities[i].Name
			if human[name] > 0 {
				seen[name] = true
				found[human[name]] = name
			}
		}
		if len(found) > 1 {
			t.Errorf("%v are one person", slices.Collect(maps.Values(found)))
		}
	}
	if len(seen) != len(human) {
		for name := range human {
			if !seen[name] {
				t.Errorf("nobody is called %q: a name that cannot be joined proves nothing", name)
			}
		}
	}
}

// authorsByKey returns who wrote the commits that cite each key.
func authorsByKey(e *sources.Evidence) map[string][]uint32 {
	author := make([]uint32, len(e.Events))
	for _, record := range e.Records {
		author[record.Event] = record.Person
	}
	authors := map[string][]uint32{}
	for _, mention := range e.Mentions {
		authors[mention.Text] = append(authors[mention.Text], author[mention.Event])
	}
	return authors
}

// ticketsOfAlloy is evidence of the tickets and of the commits of all references.
func ticketsOfAlloy(t *testing.T) *sources.Evidence {
	t.Helper()
	data, repositories := os.Getenv("KEYPERSON_SHARED_DATA"), os.Getenv("KEYPERSON_REPOSITORIES")
	if data == "" || repositories == "" {
		t.Skip("KEYPERSON_SHARED_DATA and KEYPERSON_REPOSITORIES name no tickets and no history to join")
	}
	path := filepath.Join(repositories, "tidev+alloy")
	if inner := filepath.Join(path, "repo"); isDirectory(inner) {
		path = inner
	}
	if !isDirectory(path) {
		t.Skipf("%s is not there", path)
	}
	e := &sources.Evidence{Repositories: []sources.Repository{{Label: "alloy"}}}
	addEveryCommit(t, e, path)
	tickets := filepath.Join(data, "aloy-tickets.jsonl.gz")
	if _, err := os.Stat(tickets); err != nil {
		t.Skipf("%s is not there", tickets)
	}
	history, err := jira.ReadFiles(context.Background(), "aloy", []string{tickets}, jira.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	history.AddTo(e)
	return e
}

// addEveryCommit adds the commits of all references but merges, as git shows them.
func addEveryCommit(t *testing.T, e *sources.Evidence, path string) {
	t.Helper()
	out, err := exec.Command("git", "-C", path, "log", "--all", "--no-merges", "-z", "--format=%H%x01%an%x01%ae%x01%at%x01%B").Output()
	if err != nil {
		t.Skipf("git shows no history of %s: %v", path, err)
	}
	key := regexp.MustCompile(`\bALOY-[1-9][0-9]{0,8}\b`)
	known := map[sources.Identity]uint32{}
	for entry := range bytes.SplitSeq(out, []byte{0}) {
		fields := bytes.SplitN(entry, []byte{1}, 5)
		if len(fields) < 5 {
			continue
		}
		person := sources.Identity{Name: string(fields[1]), Address: string(fields[2])}
		index, ok := known[person]
		if !ok {
			index = uint32(len(e.Identities))
			known[person] = index
			e.Identities = append(e.Identities, person)
		}
		seconds, _ := strconv.ParseInt(string(fields[3]), 10, 64)
		event := uint32(len(e.Events))
		e.Events = append(e.Events, sources.Event{Reference: string(fields[0]), Time: seconds})
		e.Records = append(e.Records, sources.Record{Person: index, Event: event, From: sources.None, Kind: sources.Authored})
		seen := map[string]bool{}
		for _, found := range key.FindAllString(string(fields[4]), -1) {
			if !seen[found] {
				seen[found] = true
				e.Mentions = append(e.Mentions, sources.Mention{Event: event, Text: found, Runbook: sources.None})
			}
		}
	}
}
