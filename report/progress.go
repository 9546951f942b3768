package report

import (
	"fmt"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Progress is what changed between two dates, and why.
type Progress struct {
	*analyzer.Progress
	Incomplete bool              // the user accepted incomplete data for one of the dates
	Findings   []sources.Finding // on the data of the later date
}

// neutralShown bounds what a reader sees of changes that are neither better nor worse.
const neutralShown = 8

// Document is what changed for a reader.
func (p Progress) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("What changed from %s to %s", moment(p.From), moment(p.To))})
	if p.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(p.facts())
	if list := findingList(p.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	for _, part := range []struct {
		title   string
		belongs func(*analyzer.Change) bool
		limited bool
	}{
		{"Worse", func(c *analyzer.Change) bool { return isReal(c) && c.Direction == analyzer.Worse }, false},
		{"Better", func(c *analyzer.Change) bool { return isReal(c) && c.Direction == analyzer.Better }, false},
		{"New, ended or neither better nor worse", func(c *analyzer.Change) bool { return isReal(c) && c.Direction == analyzer.Neutral }, true},
		{"Only the data changed", func(c *analyzer.Change) bool { return !isReal(c) }, true},
	} {
		table := p.table(part.belongs)
		if len(table.Rows) == 0 {
			continue
		}
		hidden := len(table.Rows) - neutralShown
		if part.limited && hidden > 0 {
			table.Rows = table.Rows[:neutralShown]
		}
		if d.add(Heading{2, part.title}, table); part.limited && hidden > 0 {
			d.add(Paragraph{fmt.Sprintf("and %s of this kind; --format csv or json lists them.", counted(hidden, "more change", "more changes"))})
		}
	}
	if len(p.Changes) == 0 {
		d.add(Paragraph{"No system, task or runbook changed beyond what resampling explains."})
	}
	return d
}

// isReal says whether a change is one in the world.
func isReal(c *analyzer.Change) bool { return c.Cause != analyzer.CauseDataChanged }

func (p Progress) facts() Facts {
	counts := map[analyzer.Direction]int{}
	for i := range p.Changes {
		if isReal(&p.Changes[i]) {
			counts[p.Changes[i].Direction]++
		}
	}
	facts := Facts{{"Changes", fmt.Sprintf("%d worse, %d better, %d neither", counts[analyzer.Worse], counts[analyzer.Better], counts[analyzer.Neutral])}}
	if p.Before != (analyzer.Stock{}) || p.After != (analyzer.Stock{}) {
		facts = append(
			facts,
			Fact{"Tasks", fmt.Sprintf("%s; before: %s", stockWords(p.After), stockWords(p.Before))},
			Fact{"Shared", fmt.Sprintf("%s from B to C, %s from C to B", counted(p.Conversions, "task went", "tasks went"), counted(p.Regressions, "went back", "went back"))},
		)
	}
	return facts
}

// stockWords counts tasks by level.
func stockWords(s analyzer.Stock) string {
	text := fmt.Sprintf("%s judgement (A), %s recurring (B), %s shared by procedure (C)", grouped(s.A), grouped(s.B), grouped(s.C))
	if s.Unknown > 0 {
		text += fmt.Sprintf(", %s without enough evidence", grouped(s.Unknown))
	}
	return text
}

func (p Progress) table(belongs func(*analyzer.Change) bool) Table {
	table := Table{Columns: []Column{
		{Title: "What", Importance: 9, Shortest: 14},
		{Title: "Kind", Importance: 4},
		{Title: "Measure", Importance: 8},
		{Title: "Before", Importance: 8},
		{Title: "Now", Importance: 9},
		{Title: "Cause", Importance: 7},
		{Title: "Why we say so", Importance: 5, Wrap: true},
	}}
	for i := range p.Changes {
		c := &p.Changes[i]
		if !belongs(c) {
			continue
		}
		row := cells(c.Name, string(c.Subject), c.Measure, c.Before, c.After, string(c.Cause), c.Reason)
		if c.Direction == analyzer.Worse {
			row[4].Tone = Alert
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// View is what changed for programs.
func (p Progress) View() any {
	view := progressView{
		SchemaVersion: SchemaVersion, Report: "progress", From: timestamp(p.From), To: timestamp(p.To), Incomplete: p.Incomplete,
		Conversions: p.Conversions, Regressions: p.Regressions, Before: stockViewOf(p.Before), After: stockViewOf(p.After),
		Changes: []changeView{}, Findings: findingViews(p.Findings),
	}
	for i := range p.Changes {
		view.Changes = append(view.Changes, p.changeViewOf(&p.Changes[i]))
	}
	return view
}

type progressView struct {
	SchemaVersion int           `json:"schema_version"`
	Report        string        `json:"report"`
	From          timestamp     `json:"from"`
	To            timestamp     `json:"to"`
	Incomplete    bool          `json:"incomplete"`
	Conversions   int           `json:"conversions"`
	Regressions   int           `json:"regressions"`
	Before        stockView     `json:"tasks_before"`
	After         stockView     `json:"tasks_after"`
	Changes       []changeView  `json:"changes"`
	Findings      []findingView `json:"findings"`
}

type stockView struct {
	A       int `json:"a"`
	B       int `json:"b"`
	C       int `json:"c"`
	Unknown int `json:"unknown"`
}

func stockViewOf(s analyzer.Stock) stockView { return stockView{s.A, s.B, s.C, s.Unknown} }

type changeView struct {
	Subject   text         `json:"subject"`
	ID        text         `json:"id"`
	Name      text         `json:"name"`
	System    text         `json:"system"`
	Measure   text         `json:"measure"`
	Before    text         `json:"before"`
	After     text         `json:"after"`
	Direction text         `json:"direction"`
	Cause     text         `json:"cause"`
	Reason    text         `json:"reason"`
	Persons   []personView `json:"persons"`
}

func (p Progress) changeViewOf(c *analyzer.Change) changeView {
	view := changeView{
		text(c.Subject), text(c.ID), text(c.Name), text(c.System), text(c.Measure), text(c.Before), text(c.After),
		text(c.Direction), text(c.Cause), text(c.Reason),
		[]personView{},
	}
	for _, person := range c.Persons {
		view.Persons = append(view.Persons, *personViewOf(p.People, person))
	}
	return view
}

// changeRecord is one row of the CSV of what changed.
type changeRecord struct {
	From       timestamp `csv:"from"`
	To         timestamp `csv:"to"`
	Subject    text      `csv:"subject"`
	ID         text      `csv:"id"`
	Name       text      `csv:"name"`
	System     text      `csv:"system"`
	Measure    text      `csv:"measure"`
	Before     text      `csv:"before"`
	After      text      `csv:"after"`
	Direction  text      `csv:"direction"`
	Cause      text      `csv:"cause"`
	Reason     text      `csv:"reason"`
	Incomplete bool      `csv:"incomplete"`
}

// Records is what changed for a spreadsheet.
func (p Progress) Records() any {
	rows := p.changeRecords()
	if p.Incomplete && len(rows) == 0 {
		rows = append(rows, changeRecord{From: timestamp(p.From), To: timestamp(p.To), Subject: incompleteRow, Incomplete: true})
	}
	return rows
}

// changeRecords has one row a change.
func (p Progress) changeRecords() []changeRecord {
	rows := []changeRecord{}
	for i := range p.Changes {
		c := &p.Changes[i]
		rows = append(rows, changeRecord{
			timestamp(p.From), timestamp(p.To), text(c.Subject), text(c.ID), text(c.Name), text(c.System), text(c.Measure),
			text(c.Before), text(c.After), text(c.Direction), text(c.Cause), text(c.Reason), p.Incomplete,
		})
	}
	return rows
}
