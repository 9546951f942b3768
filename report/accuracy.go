package report

import (
	"fmt"

	"keyperson/analyzer/accuracy"
)

// Accuracy is how much of what was planted in made-up organisations was found.
type Accuracy struct {
	Organisations int
	Noise         float64
	Scores        []accuracy.Score
	// Of those, what must never happen: pairs of different people joined, and the craftsman's tasks called ones to fix.
	WronglyJoined, CraftToFix []string
	ListAll                   bool // show every fact missed or wrong, not only some
}

// factsShown is how many missed or wrong facts of a category a reader sees unless all were asked for.
const factsShown = 3

// Document is the comparison for a reader.
func (a Accuracy) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("What was found of what was planted in %s at noise %g", counted(a.Organisations, "organisation", "organisations"), a.Noise)})
	table := Table{Columns: []Column{
		{Title: "Category", Importance: 9},
		{Title: "Planted", Right: true, Importance: 9},
		{Title: "Found", Right: true, Importance: 9},
		{Title: "Both", Right: true, Importance: 9},
		{Title: "Recall", Right: true, Importance: 9},
		{Title: "Precision", Right: true, Importance: 9},
	}}
	pooled := accuracy.Pool(a.Scores)
	for _, s := range append(a.Scores[:len(a.Scores):len(a.Scores)], pooled) {
		table.Rows = append(table.Rows, cells(s.Category, grouped(s.Planted), grouped(s.Found), grouped(s.Hits),
			fmt.Sprintf("%.3f", s.Recall()), fmt.Sprintf("%.3f", s.Precision())))
	}
	d.add(table)
	d.add(Facts{
		{"Different people joined", grouped(len(a.WronglyJoined))},
		{"Good personal work called one to fix", grouped(len(a.CraftToFix))},
	})
	for _, s := range a.Scores {
		items := append(a.some("missed", s.Missed), a.some("wrong", s.Wrong)...)
		if len(items) > 0 {
			d.add(Heading{2, s.Category}, List{Items: items})
		}
	}
	return d
}

func (a Accuracy) some(what string, facts []string) []string {
	var items []string
	for i, fact := range facts {
		if i == factsShown && !a.ListAll {
			return append(items, fmt.Sprintf("… and %d more %s; --all lists them", len(facts)-i, what))
		}
		items = append(items, what+": "+fact)
	}
	return items
}

type accuracyView struct {
	SchemaVersion int         `json:"schema_version"`
	Report        string      `json:"report"`
	Organisations int         `json:"organisations"`
	Noise         float64     `json:"noise"`
	Scores        []scoreView `json:"scores"`
	WronglyJoined []text      `json:"different_people_joined"`
	CraftToFix    []text      `json:"good_personal_work_called_one_to_fix"`
}

type scoreView struct {
	Category  text    `json:"category"`
	Planted   int     `json:"planted"`
	Found     int     `json:"found"`
	Both      int     `json:"both"`
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
	Missed    []text  `json:"missed"`
	Wrong     []text  `json:"wrong"`
}

// View is the comparison for programs.
func (a Accuracy) View() any {
	view := accuracyView{
		SchemaVersion: SchemaVersion, Report: "accuracy", Organisations: a.Organisations, Noise: a.Noise, Scores: []scoreView{},
		WronglyJoined: texts(a.WronglyJoined), CraftToFix: texts(a.CraftToFix),
	}
	for _, s := range a.Scores {
		view.Scores = append(view.Scores, scoreView{
			text(s.Category), s.Planted, s.Found, s.Hits, s.Recall(), s.Precision(), texts(s.Missed), texts(s.Wrong),
		})
	}
	return view
}

// accuracyRecord is one row of the comparison's CSV. Record is "category", "missed" or "wrong".
type accuracyRecord struct {
	Record    text     `csv:"record"`
	Category  text     `csv:"category"`
	Planted   *int     `csv:"planted"`
	Found     *int     `csv:"found"`
	Both      *int     `csv:"both"`
	Recall    *float64 `csv:"recall"`
	Precision *float64 `csv:"precision"`
	Fact      text     `csv:"fact"`
}

// Records is the comparison for a spreadsheet.
func (a Accuracy) Records() any {
	rows := []accuracyRecord{}
	for _, s := range a.Scores {
		rows = append(rows, accuracyRecord{
			Record: "category", Category: text(s.Category), Planted: new(s.Planted), Found: new(s.Found), Both: new(s.Hits),
			Recall: new(s.Recall()), Precision: new(s.Precision()),
		})
		for _, fact := range s.Missed {
			rows = append(rows, accuracyRecord{Record: "missed", Category: text(s.Category), Fact: text(fact)})
		}
		for _, fact := range s.Wrong {
			rows = append(rows, accuracyRecord{Record: "wrong", Category: text(s.Category), Fact: text(fact)})
		}
	}
	return rows
}
