package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"

	"keyperson/analyzer"
	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
	"keyperson/sources/identity"
)

// veil replaces everyone's name, address and identity by a stable pseudonym. A nil veil covers nothing.
//
// A pseudonym is a keyed hash of sources.Person.ID. The key is a secret the user gives, so that the same
// person has the same pseudonym in every report made with it. Without one it comes from the ids of the root
// commits, and whoever has the repository can find out who is who.
//
// What a veil cannot cover are names that teams gave to files and systems.
type veil struct {
	key      []byte
	issued   map[string]bool   // pseudonyms
	replaced *strings.Replacer // names and addresses in running text
	words    map[string]bool   // lower-case words of names and addresses
	human    map[string]bool   // those of them that people are called by, not programs or roles
	named    map[string]string // pseudonym by lower-case name, address or login; empty where several people have it
}

const keyVariable = "KEYPERSON_PSEUDONYM_KEY"

// cover puts the veil over people and evidence, if one was asked for or belongs there: what is computed from them
// afterwards cannot show a name, because it does not know any. Only the texts of tickets stay as they are, since tasks are
// placed and compared by them: what a task is called is covered where it is named (taskkinds.Names, which knows the words of
// names without a veil too, for the IDs), and a summary where it is shown.
func (r *reading) cover(p *program) error {
	r.options.Left = r.config.Left
	if !r.flags.hidesPeople() || r.config.Check.Names && !r.flags.pseudonyms {
		if len(r.evidence.Tickets) > 0 {
			v := &veil{issued: map[string]bool{}}
			v.learn(r.evidence, r.people)
			r.options.Names = taskkinds.NewNames(p.namesOf(v), v.replaced.Replace, false)
		}
		return nil
	}
	key, err := r.pseudonymKey()
	if err != nil {
		return err
	}
	v := &veil{key: key, issued: map[string]bool{}}
	v.learn(r.evidence, r.people)
	r.options.Names = taskkinds.NewNames(p.namesOf(v), v.replaced.Replace, true)
	r.options.Left = append(slices.Clone(r.options.Left), v.coverPeople(r.people, r.config.Left)...)
	for i := range r.systems.Systems {
		system := &r.systems.Systems[i]
		system.Team = v.coverOwner(system.Team)
		system.Origin = v.replaced.Replace(system.Origin)
	}
	for i := range r.evidence.Runbooks {
		// An account that no commit was made with looks like the name of a team; only a team of an organisation is sure.
		if owner := r.evidence.Runbooks[i].Owner; !strings.Contains(owner, "/") || v.pointsAtPerson(owner) {
			r.evidence.Runbooks[i].Owner = ""
		}
	}
	for i := range r.evidence.Trackers {
		r.evidence.Trackers[i].Origin = r.evidence.Trackers[i].Label // a path begins with someone's home often enough
	}
	for i := range r.evidence.Runbooks {
		v.coverRunbook(&r.evidence.Runbooks[i])
	}
	v.coverConfigured(r)
	for i := range r.evidence.Findings {
		finding := &r.evidence.Findings[i]
		finding.Message, finding.Advice = v.replaced.Replace(finding.Message), v.replaced.Replace(finding.Advice)
	}
	r.veil = v
	return nil
}

// pseudonymKey is the secret given, else one that the repositories give away.
func (r *reading) pseudonymKey() ([]byte, error) {
	if r.flags.pseudonymKey != "" {
		key, err := os.ReadFile(r.flags.pseudonymKey)
		if err != nil {
			return nil, usage("--pseudonym-key: %w", err)
		}
		return checkedKey("--pseudonym-key "+r.flags.pseudonymKey, key)
	}
	if key, ok := os.LookupEnv(keyVariable); ok {
		return checkedKey(keyVariable, []byte(key))
	}
	var roots []string
	for _, history := range r.histories {
		for i := range history.Commits {
			if len(history.Commits[i].Parents) == 0 {
				roots = append(roots, history.Commits[i].Hash.String())
			}
		}
	}
	if len(r.histories) == 0 {
		for i := range r.evidence.Tickets { // without a repository, whoever has the tickets can; new ones change nothing
			if i == 0 || r.evidence.Tickets[i].Tracker != r.evidence.Tickets[i-1].Tracker {
				roots = append(roots, r.evidence.Tickets[i].Key)
			}
		}
	}
	slices.Sort(roots)
	key := sha256.Sum256([]byte("keyperson pseudonyms\n" + strings.Join(slices.Compact(roots), "\n")))
	return key[:], nil
}

func checkedKey(source string, key []byte) ([]byte, error) {
	const shortest = 16
	key = []byte(strings.TrimSpace(string(key)))
	if len(key) < shortest {
		return nil, usage("%s: a key needs at least %d characters, or the pseudonyms can be guessed", source, shortest)
	}
	return key, nil
}

// letters of a pseudonym cannot be mistaken for one another when read aloud.
var letters = base32.NewEncoding("abcdefghjkmnpqrstvwxyz0123456789").WithPadding(base32.NoPadding)

// pseudonym is stable for a key, a kind and an ID. Forty bits tell a hundred thousand people apart.
func (v *veil) pseudonym(kind sources.PersonKind, id string) string {
	const bytes = 5
	hash := hmac.New(sha256.New, v.key)
	hash.Write([]byte(id))
	name := kind.String() + "-" + letters.EncodeToString(hash.Sum(nil)[:bytes])
	v.issued[name] = true
	return name
}

// coverPeople renames everyone, and returns the pseudonyms of those listed as having left.
func (v *veil) coverPeople(people *sources.People, left []string) []string {
	var gone []string
	for i := range people.Persons {
		person := &people.Persons[i]
		name := v.pseudonym(person.Kind, person.ID)
		if slices.ContainsFunc(left, func(l string) bool {
			return strings.EqualFold(l, person.ID) || strings.EqualFold(l, person.Name) || strings.EqualFold(l, person.Address)
		}) {
			gone = append(gone, name)
		}
		person.ID, person.Name, person.Address = name, name, ""
	}
	return gone
}

// learn remembers every name and address, to find them in running text.
func (v *veil) learn(e *sources.Evidence, people *sources.People) {
	v.words, v.human, v.named = map[string]bool{}, map[string]bool{}, map[string]string{}
	replacements := map[string]string{}
	note := func(kind sources.PersonKind, text, pseudonym string) {
		if known, again := v.named[bareName(text)]; again && known != pseudonym {
			v.named[bareName(text)] = ""
		} else {
			v.named[bareName(text)] = pseudonym
		}
		for _, word := range wordsOf(text) {
			v.words[word] = true
			if kind == sources.Human && !identity.IsRole(word) {
				v.human[word] = true
			}
		}
		const tellsSomeone = 5 // shorter names are words of ordinary sentences too
		if len(text) >= tellsSomeone && (strings.Contains(text, "@") || strings.Contains(text, " ")) {
			replacements[text] = pseudonym
		}
	}
	for i := range people.Persons {
		person := &people.Persons[i]
		pseudonym := v.pseudonym(person.Kind, person.ID)
		for _, text := range []string{person.ID, person.Name, person.Address} {
			note(person.Kind, text, pseudonym)
		}
		for _, index := range person.Identities {
			note(person.Kind, e.Identities[index].Name, pseudonym)
			note(person.Kind, e.Identities[index].Address, pseudonym)
			_, key, _ := strings.Cut(e.Identities[index].Account, "/") // the tracker's label tells nobody
			note(person.Kind, key, pseudonym)
			note(person.Kind, e.Identities[index].Login, pseudonym)
			note(person.Kind, people.Mapped[index].Name, pseudonym)
			note(person.Kind, people.Mapped[index].Address, pseudonym)
		}
	}
	texts := make([]string, 0, len(replacements))
	for text := range replacements {
		texts = append(texts, text)
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(texts))
	for _, text := range texts {
		pairs = append(pairs, text, replacements[text])
	}
	v.replaced = strings.NewReplacer(pairs...)
}

// wordsOf are the words of a name or address that could point at someone.
func wordsOf(text string) []string {
	local, _, _ := strings.Cut(text, "@")
	words := strings.FieldsFunc(strings.ToLower(local), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < 3 })
}

// pointsAtPerson says whether a team's name is, or holds, the name or account of someone.
func (v *veil) pointsAtPerson(team string) bool {
	for _, word := range strings.Fields(team) {
		if strings.Contains(word, "@") && !strings.Contains(word, "/") {
			return true // an account or an address is someone's, whoever stands beside it
		}
	}
	return slices.ContainsFunc(wordsOf(strings.ReplaceAll(team, "@", " ")), func(word string) bool { return v.words[word] })
}

// coverSummary takes names out of a ticket's summary: whole names become pseudonyms, and single words of names go.
func (v *veil) coverSummary(summary string) string {
	words := strings.Fields(v.replaced.Replace(summary))
	for i, word := range words {
		if slices.ContainsFunc(wordsOf(word), func(w string) bool { return v.words[w] }) && !v.issued[word] {
			words[i] = "*"
		}
	}
	return strings.Join(words, " ")
}

// namesOf are the words that people are called by, sorted: those of this reading and of the ones before it in the same run,
// which begins with the newest. A task must not change its ID with the date looked from.
func (p *program) namesOf(v *veil) []string {
	if p.names == nil {
		p.names = map[string]bool{}
	}
	maps.Copy(p.names, v.human)
	return slices.Sorted(maps.Keys(p.names))
}

// coverAssessment covers what the published methods name by rules of their own.
func (v *veil) coverAssessment(a *analyzer.Assessment) {
	if v == nil {
		return
	}
	v.coverListed(a.People)
	for i := range a.Repositories {
		a.Repositories[i].Path = a.Repositories[i].Label // a path begins with someone's home often enough
	}
	for i := range a.Work.Unmapped {
		a.Work.Unmapped[i].Summary = ""
	}
}

func (v *veil) coverListed(people []analyzer.Person) {
	if v == nil {
		return
	}
	for i := range people {
		switch {
		case v.issued[people[i].ID]:
			people[i].Name = people[i].ID // one pseudonym for one person, whatever a method calls them
		case !v.issued[people[i].Name]:
			people[i].Name = v.pseudonym(sources.Human, people[i].Name)
		}
		if !v.issued[people[i].ID] {
			people[i].ID = people[i].Name
		}
	}
}

// coverExplanation takes away what only names say: how someone wrote themselves, and why they were joined.
func (v *veil) coverExplanation(x *analyzer.Explanation) {
	if v == nil {
		return
	}
	v.coverListed(x.People)
	if x.Person != nil {
		x.Person.Identities, x.Person.Merges = nil, nil
	}
	if x.Ticket != nil {
		x.Ticket.Summary = ""
	}
	if x.Task != nil {
		for i := range x.Task.Tickets {
			x.Task.Tickets[i].Summary = ""
		}
	}
	for i := range x.Evidence {
		x.Evidence[i].Subject = "" // people thank and blame one another by name
	}
}
