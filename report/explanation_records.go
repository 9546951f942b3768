package report

import (
	"strings"

	"keyperson/analyzer"
)

// explanationRecord is one row of an explanation's CSV. Record is "system", "file" or "person" for
// the subject, then "key_person", "holder", "risk" (a heavy file: person is the nearest to take over, text who covers it), "only_covered", "loss" (a system that loses coverage without
// the person), "task" (that hangs on the person, with their share of it, or that a runbook covers), "runbook" (that hangs on the person; of a runbook what
// its next level lacks: item is the level), "lint" (item is the rule), "revision", "execution", "identity", "merge", "former_path", "evidence", "omitted" and "finding".
type explanationRecord struct {
	Record     text      `csv:"record"`
	AsOf       timestamp `csv:"as_of"`
	Incomplete bool      `csv:"incomplete"`
	Subject    text      `csv:"subject"`
	*systemColumns
	Item               text       `csv:"item"`
	Repository         text       `csv:"repository"`
	Reference          text       `csv:"reference"`
	Time               *timestamp `csv:"time"`
	Person             *text      `csv:"person"`
	PersonID           *text      `csv:"person_id"`
	Active             *bool      `csv:"active"`
	LastSeen           *timestamp `csv:"last_seen"`
	Share              *decimal   `csv:"share"`
	ShareWithout       *decimal   `csv:"share_without"`
	Covers             *bool      `csv:"covers"`
	Created            *bool      `csv:"created"`
	CommitCount        *int       `csv:"commit_count"`
	FileCount          *int       `csv:"file_count"`
	DegreeOfAuthorship *decimal   `csv:"degree_of_authorship"`
	DegreeOfExpertise  *decimal   `csv:"degree_of_expertise"`
	LinesOwned         *int       `csv:"lines_owned"`
	Familiarity        *decimal   `csv:"familiarity"`
	Kind               text       `csv:"kind"`
	Mechanical         text       `csv:"mechanical"`
	Text               text       `csv:"text"`
}

// Records is the explanation for a spreadsheet.
func (e Explanation) Records() any {
	var rows []explanationRecord
	subject := text("")
	switch {
	case e.System != nil:
		subject = text(e.System.System.ID)
		rows = e.systemRecords()
	case e.File != nil:
		subject = text(e.File.Path)
		rows = e.fileRecords()
	case e.Person != nil:
		subject = text(e.name(e.Person.Person))
		rows = e.personRecords()
	case e.Task != nil:
		subject = text(e.Task.Task.ID)
		rows = e.taskRecords()
	case e.Ticket != nil:
		subject = text(e.Ticket.Key)
		rows = e.ticketRecords()
	}
	for _, line := range e.Evidence {
		rows = append(rows, explanationRecord{
			Record: "evidence", Item: text(line.Example), Repository: text(line.Repository), Reference: text(line.Reference),
			Time: new(timestamp(line.Time)), FileCount: new(line.Files), Familiarity: new(decimal(line.Familiarity)),
			Kind: text(line.Kind), Mechanical: text(line.Mechanical), Text: text(line.Subject),
		}.about(e.People, line.Person))
	}
	rows = append(rows, explanationRecord{Record: "omitted", CommitCount: e.omitted()})
	for _, f := range e.Findings {
		rows = append(rows, explanationRecord{
			Record: "finding", Item: text(f.Code), Repository: text(f.Repository), Kind: text(severityWord(f.Severity)),
			Text: text(sentenceWithAdvice(f.Message, f.Advice)),
		})
	}
	for i := range rows {
		rows[i].AsOf, rows[i].Incomplete, rows[i].Subject = timestamp(e.AsOf), e.Incomplete, subject
	}
	return rows
}

func (r explanationRecord) about(people []analyzer.Person, index int) explanationRecord {
	if p := personViewOf(people, index); p != nil {
		r.Person, r.PersonID, r.Active, r.LastSeen = &p.Name, &p.ID, &p.Active, &p.LastSeen
	}
	return r
}

func (e Explanation) systemRecords() []explanationRecord {
	s := e.System.System
	rows := []explanationRecord{{Record: "system", Item: text(s.ID), systemColumns: systemColumnsOf(e.People, s)}}
	for _, k := range s.KeyPeople {
		row := explanationRecord{Record: "key_person", Share: new(decimal(k.CoveredAlone))}.about(e.People, k.Person)
		row.LastSeen = new(timestamp(k.LastSeen))
		rows = append(rows, row)
	}
	rows = append(rows, e.holderRecords(e.System.Holders)...)
	rows = append(rows, e.riskRecords("risk", e.System.Files)...)
	for _, r := range e.System.Related {
		rows = append(rows, explanationRecord{Record: "related_system", Item: text(r.System), Text: text(counted(r.People, "person", "people"))})
	}
	return append(rows, e.riskRecords("only_covered", s.OnlyCovered)...)
}

func (e Explanation) riskRecords(record text, risks []analyzer.FileRisk) []explanationRecord {
	var rows []explanationRecord
	for _, r := range risks {
		coverers := make([]string, len(r.Coverers))
		for i, person := range r.Coverers {
			coverers[i] = e.name(person)
		}
		rows = append(rows, explanationRecord{
			Record: record, Item: text(r.Path), Share: new(decimal(r.Weight)), CommitCount: new(r.Commits),
			Text: text(strings.Join(coverers, "; ")),
		}.about(e.People, r.Next))
	}
	return rows
}

func (e Explanation) holderRecords(holders []analyzer.Holder) []explanationRecord {
	var rows []explanationRecord
	for _, h := range holders {
		row := explanationRecord{
			Record: "holder", Share: new(decimal(h.Share)), Covers: new(h.Covers), Created: new(h.Created), CommitCount: new(h.Commits),
			DegreeOfAuthorship: optionalDecimal(h.DegreeOfAuthorship), DegreeOfExpertise: optionalDecimal(h.DegreeOfExpertise),
			LinesOwned: h.LinesOwned,
		}.about(e.People, h.Person)
		row.LastSeen = new(timestamp(h.LastSeen))
		rows = append(rows, row)
	}
	return rows
}

func (e Explanation) fileRecords() []explanationRecord {
	f := e.File
	rows := []explanationRecord{{
		Record: "file", Item: text(f.Path), Repository: text(f.Repository), Share: new(decimal(f.ChangeWeight)), Text: text(f.Exclusion),
	}}
	for _, s := range f.Systems {
		rows = append(rows, explanationRecord{Record: "system", Item: text(s)})
	}
	for _, path := range f.FormerPaths {
		rows = append(rows, explanationRecord{Record: "former_path", Item: text(path)})
	}
	rows = append(rows, e.runbookRecords(f.Runbook)...)
	return append(rows, e.holderRecords(f.Holders)...)
}

func (e Explanation) personRecords() []explanationRecord {
	p := e.Person
	rows := []explanationRecord{explanationRecord{Record: "person"}.about(e.People, p.Person)}
	for _, identity := range p.Identities {
		rows = append(rows, explanationRecord{Record: "identity", Text: text(identity)})
	}
	for _, merge := range p.Merges {
		rows = append(rows, explanationRecord{Record: "merge", Text: text(merge)})
	}
	for _, s := range p.Systems {
		rows = append(rows, explanationRecord{
			Record: "loss", Item: text(s.System), Share: new(decimal(s.UncoveredNow)), ShareWithout: new(decimal(s.UncoveredWithout)),
			FileCount: new(s.FilesOnlyTheirs), LastSeen: new(timestamp(s.LastSeen)),
		})
	}
	for i := range p.Tasks {
		t := &p.Tasks[i]
		rows = append(rows, explanationRecord{Record: "task", Item: text(t.ID), Share: new(decimal(t.Share)), Kind: text(withoutWords(t)), Text: text(t.Name)})
	}
	for i := range p.Runbooks {
		r := &p.Runbooks[i]
		row := explanationRecord{Record: "runbook", Item: text(r.Path), Repository: text(r.Repository), Kind: text(r.Maturity.String())}
		if r.Executions > 0 {
			row.Share = new(decimal(r.Share))
		}
		rows = append(rows, row)
	}
	return rows
}
