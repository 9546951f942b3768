package report

import (
	"keyperson/analyzer"
)

func (e Explanation) addPerson(d *Document) {
	p := e.Person
	e.title(d, e.name(p.Person))
	var facts Facts
	if p.Person >= 0 && p.Person < len(e.People) {
		person := e.People[p.Person]
		state := "last seen " + day(person.LastSeen)
		switch {
		case person.Left:
			state += ", has left: covers nothing"
		case person.Active:
			state += ", active"
		default:
			state += ", not active: covers nothing"
		}
		facts = append(facts, Fact{"State", state})
	}
	label := "Written as"
	for _, identity := range p.Identities {
		facts = append(facts, Fact{label, identity})
		label = ""
	}
	d.add(facts)
	if len(p.Merges) > 0 {
		d.add(Heading{2, "Why these are one person"}, List{Items: p.Merges})
	}
	e.addPersonSystems(d)
	e.addPersonTasks(d)
	e.addPersonRunbooks(d)
}

func (e Explanation) addPersonSystems(d *Document) {
	p := e.Person
	if len(p.Systems) == 0 {
		d.add(Paragraph{"No system would lose coverage without this person."})
		return
	}
	table := Table{Columns: []Column{
		{Title: "System", Importance: 9, Shortest: 10},
		{Title: "Uncovered now", Right: true, Importance: 7},
		{Title: "Uncovered without", Right: true, Importance: 9},
		{Title: "Files only theirs", Right: true, Importance: 6},
		{Title: "Last seen here", Importance: 5},
	}}
	for _, s := range p.Systems {
		table.Rows = append(table.Rows, cells(s.System, percent(s.UncoveredNow), percent(s.UncoveredWithout), grouped(s.FilesOnlyTheirs), day(s.LastSeen)))
	}
	d.add(Heading{2, "What would be uncovered without them"}, table)
}

func (e Explanation) addPersonTasks(d *Document) {
	if len(e.Person.Tasks) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Task", Importance: 9, Shortest: 18},
		{Title: "System", Importance: 5, Shortest: 8},
		{Title: "Runs", Right: true, Importance: 6},
		{Title: "By them", Right: true, Importance: 7},
		{Title: "Without them", Importance: 9},
		{Title: "Manual", Importance: 7},
	}}
	for i := range e.Person.Tasks {
		t := &e.Person.Tasks[i]
		row := cells(t.Name, t.System, grouped(t.Counted), percent(t.Share), withoutWords(t), manualWords(t.Runbook != "", t.Maturity))
		if t.Stops {
			row[4].Tone = Alert
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Recurring tasks that hang on them"}, table)
}

// withoutWords say what becomes of a task without the person.
func withoutWords(t *analyzer.PersonTask) string {
	switch {
	case t.Nobody:
		return "nobody can be counted on as it is"
	case t.Stops:
		return "stops"
	}
	return "goes on"
}

func (e Explanation) addPersonRunbooks(d *Document) {
	if len(e.Person.Runbooks) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Runbook", Importance: 9, Shortest: 16},
		{Title: "Maturity", Importance: 7},
		{Title: "Written by others", Importance: 8},
		{Title: "Executions", Right: true, Importance: 6},
		{Title: "By them", Right: true, Importance: 8},
	}}
	for i := range e.Person.Runbooks {
		r := &e.Person.Runbooks[i]
		others, own := "yes", absent
		if r.OnlyAuthor {
			others = "no"
		}
		if r.Executions > 0 {
			own = percent(r.Share)
		}
		table.Rows = append(table.Rows, cells(r.Path, r.Maturity.String(), others, grouped(r.Executions), own))
	}
	d.add(Heading{2, "Procedures that hang on them"}, table)
}
