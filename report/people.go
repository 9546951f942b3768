package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// People is who is who: which names and addresses are one person and why, which may be, and who is
// a program. It says nothing of what anyone did.
type People struct {
	*sources.People
	Identities []sources.Identity
	Findings   []sources.Finding
	// Pseudonyms leaves out the names and addresses behind each person, and what joins them.
	Pseudonyms bool
}

// Document is the list for a reader.
func (p People) Document() Document {
	humans := p.ofKind(sources.Human)
	var d Document
	d.add(Heading{1, "Who is who"})
	d.add(Facts{
		{"People", fmt.Sprintf("%s behind %s", counted(len(humans), "person", "people"), counted(len(p.Identities), "name and address", "names and addresses"))},
		{"Joined", counted(len(p.Merges), "pair", "pairs")},
		{"To review", counted(len(p.Suspects), "pair", "pairs")},
	})
	if p.Pseudonyms {
		d.add(Paragraph{"The names and addresses behind each pseudonym are not shown."})
	} else if len(p.Merges) > 0 {
		d.add(Heading{2, "Joined, and why"}, p.joins())
	}
	if len(p.Suspects) > 0 {
		d.add(Heading{2, "Not joined, but may be one person"}, p.suspects(),
			Paragraph{"Put those that are one person into the alias file: keyperson people --write prepares it."})
	}
	for _, kind := range []sources.PersonKind{sources.Bot, sources.Agent} {
		if programs := p.ofKind(kind); len(programs) > 0 {
			d.add(Heading{2, map[sources.PersonKind]string{sources.Bot: "Bots: not people", sources.Agent: "AI agents: not people"}[kind]}, p.programs(programs))
		}
	}
	if list := findingList(p.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	return d
}

// ofKind lists the persons of one kind by name, then ID.
func (p People) ofKind(kind sources.PersonKind) []sources.Person {
	var list []sources.Person
	for _, person := range p.Persons {
		if person.Kind == kind {
			list = append(list, person)
		}
	}
	slices.SortFunc(list, byName)
	return list
}

func byName(a, b sources.Person) int {
	return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
}

func (p People) joins() Table {
	table := Table{Columns: []Column{
		{Title: "Person", Importance: 6, Shortest: 10},
		{Title: "One", Importance: 9, Wrap: true},
		{Title: "Other", Importance: 9, Wrap: true},
		{Title: "Why", Importance: 8, Wrap: true},
	}}
	for _, m := range p.sortedMerges() {
		table.Rows = append(table.Rows, cells(p.Persons[m.Person].Name, p.identity(m.A), p.identity(m.B), m.Reason))
	}
	return table
}

// sortedMerges orders merges by the name of the person.
func (p People) sortedMerges() []sources.Merge {
	merges := slices.Clone(p.Merges)
	slices.SortStableFunc(merges, func(a, b sources.Merge) int { return byName(p.Persons[a.Person], p.Persons[b.Person]) })
	return merges
}

func (p People) suspects() Table {
	table := Table{Columns: []Column{
		{Title: "One", Importance: 9, Wrap: true},
		{Title: "Other", Importance: 9, Wrap: true},
		{Title: "Why", Importance: 9, Wrap: true},
	}}
	for _, s := range p.Suspects {
		table.Rows = append(table.Rows, cells(p.shown(p.Persons[s.A]), p.shown(p.Persons[s.B]), p.reason(s.Reason)))
	}
	return table
}

func (p People) programs(programs []sources.Person) Table {
	table := Table{Columns: []Column{
		{Title: "Name", Importance: 9, Shortest: 16},
		{Title: "Why", Importance: 9, Wrap: true},
	}}
	for _, program := range programs {
		table.Rows = append(table.Rows, cells(p.shown(program), p.reason(program.KindReason)))
	}
	return table
}

// reason is why something was or may be joined; reasons quote names, so pseudonyms hide them.
func (p People) reason(reason string) string {
	if p.Pseudonyms {
		return "hidden"
	}
	return reason
}

func (p People) shown(person sources.Person) string {
	shown := sources.Identity{Name: person.Name, Address: person.Address}
	if shown.Address == "" && !p.Pseudonyms { // someone whom only trackers know is told from namesakes by the account
		for _, i := range person.Identities {
			if p.Identities[i].Account != "" {
				shown.Account, shown.Login = p.Identities[i].Account, p.Identities[i].Login
				break
			}
		}
	}
	return shown.Written()
}

func (p People) identity(index uint32) string { return p.Identities[index].Written() }

// View is the list for programs.
func (p People) View() any {
	view := peopleView{SchemaVersion: SchemaVersion, Report: "people", People: []identifiedView{}, Suspects: []suspectView{}, Findings: findingViews(p.Findings)}
	merges := map[string][]sources.Merge{}
	for _, m := range p.Merges {
		id := p.Persons[m.Person].ID
		merges[id] = append(merges[id], m)
	}
	for _, kind := range []sources.PersonKind{sources.Human, sources.Bot, sources.Agent} {
		for _, person := range p.ofKind(kind) {
			view.People = append(view.People, p.identified(person, merges[person.ID]))
		}
	}
	for _, s := range p.Suspects {
		view.Suspects = append(view.Suspects, suspectView{text(p.Persons[s.A].ID), text(p.Persons[s.B].ID), text(p.reason(s.Reason))})
	}
	return view
}

type peopleView struct {
	SchemaVersion int              `json:"schema_version"`
	Report        string           `json:"report"`
	People        []identifiedView `json:"people"`
	Suspects      []suspectView    `json:"suspects"`
	Findings      []findingView    `json:"findings"`
}

type identifiedView struct {
	ID         text           `json:"id"`
	Name       text           `json:"name"`
	Address    text           `json:"address"`
	Kind       text           `json:"kind"`
	KindReason text           `json:"kind_reason"`
	Identities []identityView `json:"identities"`
	Merges     []mergeView    `json:"merges"`
}

type identityView struct {
	Name    text `json:"name"`
	Address text `json:"address"`
	Account text `json:"account,omitempty"` // in a tracker, as tracker/key
	Login   text `json:"login,omitempty"`   // there
}

type mergeView struct {
	One    identityView `json:"one"`
	Other  identityView `json:"other"`
	Reason text         `json:"reason"`
}

type suspectView struct {
	One    text `json:"one"`
	Other  text `json:"other"`
	Reason text `json:"reason"`
}

func (p People) identified(person sources.Person, merges []sources.Merge) identifiedView {
	view := identifiedView{
		ID: text(person.ID), Name: text(person.Name), Address: text(person.Address), Kind: text(person.Kind.String()),
		KindReason: text(p.reason(person.KindReason)), Identities: []identityView{}, Merges: []mergeView{},
	}
	if person.KindReason == "" {
		view.KindReason = ""
	}
	if p.Pseudonyms {
		return view
	}
	for _, i := range person.Identities {
		view.Identities = append(view.Identities, p.identityView(i))
	}
	for _, m := range merges {
		view.Merges = append(view.Merges, mergeView{p.identityView(m.A), p.identityView(m.B), text(m.Reason)})
	}
	return view
}

func (p People) identityView(index uint32) identityView {
	i := &p.Identities[index]
	return identityView{text(i.Name), text(i.Address), text(i.Account), text(i.Login)}
}

// peopleRecord is one row of the list's CSV. Record is "person" (or "bot", "agent"), "identity",
// "merge", "suspect" or "finding".
type peopleRecord struct {
	Record   text `csv:"record"`
	PersonID text `csv:"person_id"`
	Name     text `csv:"name"`
	Address  text `csv:"address"`
	Other    text `csv:"other"` // the other person's ID, name or address
	Reason   text `csv:"reason"`
	Account  text `csv:"account"` // in a tracker, as tracker/key
	Login    text `csv:"login"`   // there
}

// Records is the list for a spreadsheet.
func (p People) Records() any {
	rows := []peopleRecord{}
	for _, person := range p.View().(peopleView).People {
		rows = append(rows, peopleRecord{Record: person.Kind, PersonID: person.ID, Name: person.Name, Address: person.Address, Reason: person.KindReason})
		for _, identity := range person.Identities {
			rows = append(rows, peopleRecord{Record: "identity", PersonID: person.ID, Name: identity.Name, Address: identity.Address, Account: identity.Account, Login: identity.Login})
		}
		for _, m := range person.Merges {
			other := sources.Identity{Name: string(m.Other.Name), Address: string(m.Other.Address), Account: string(m.Other.Account), Login: string(m.Other.Login)}
			rows = append(rows, peopleRecord{
				Record: "merge", PersonID: person.ID, Name: m.One.Name, Address: m.One.Address, Account: m.One.Account, Login: m.One.Login,
				Other: text(other.Written()), Reason: m.Reason,
			})
		}
	}
	for _, s := range p.Suspects {
		rows = append(rows, peopleRecord{
			Record: "suspect", PersonID: text(p.Persons[s.A].ID), Name: text(p.Persons[s.A].Name),
			Other: text(p.Persons[s.B].ID), Reason: text(p.reason(s.Reason)),
		})
	}
	for _, f := range p.Findings {
		rows = append(rows, peopleRecord{Record: "finding", Name: text(f.Code), Other: text(f.Repository), Reason: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	return rows
}
