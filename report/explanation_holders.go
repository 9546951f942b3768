package report

import (
	"strings"

	"keyperson/analyzer"
)

// holdersShown bounds who a reader sees of those who ever touched a file.
const holdersShown = 10

// addHolders says who knows a file, and what it takes to cover it.
func (e Explanation) addHolders(d *Document, f *analyzer.FileExplanation) {
	if len(f.Holders) == 0 {
		return
	}
	shown := f.Holders[:min(len(f.Holders), holdersShown)]
	d.add(Heading{2, "Who knows it"}, e.holders(shown, true))
	if f.Exclusion == "" {
		knows := "knows it at least half as well as whoever knows it best; 1.41 fresh changes are enough, however much that is"
		if e.Method == analyzer.MethodExpertise {
			knows = "has a DOE of 3 or more"
		}
		d.add(Paragraph{"Covers it: active, wrote it or has two commits to it, and " + knows + "."})
	}
	if hidden := len(f.Holders) - len(shown); hidden > 0 {
		d.add(Paragraph{counted(hidden, "more person has", "more people have") + " worked on it; CSV and JSON list them."})
	}
}

// holders is who knows the subject. Authorship and expertise exist for files only.
func (e Explanation) holders(holders []analyzer.Holder, ofFile bool) Table {
	table := Table{Columns: []Column{
		{Title: "Person", Importance: 9, Shortest: 10},
		{Title: "Share", Right: true, Importance: 9},
		{Title: "Commits", Right: true, Importance: 6},
		{Title: "Last seen", Importance: 7},
		{Title: "State", Importance: 8},
	}}
	lines := false
	if ofFile {
		table.Columns = append(table.Columns, Column{Title: "DOA", Right: true, Importance: 5})
		for _, h := range holders {
			lines = lines || h.LinesOwned != nil
		}
	}
	if lines {
		table.Columns = append(table.Columns, Column{Title: "DOE", Right: true, Importance: 4}, Column{Title: "Lines", Right: true, Importance: 4})
	}
	for _, h := range holders {
		row := cells(e.name(h.Person), percent(h.Share), grouped(h.Commits), day(h.LastSeen), e.holderState(h, ofFile))
		if ofFile {
			row = append(row, cells(measure(h.DegreeOfAuthorship))...)
		}
		if lines {
			owned := absent
			if h.LinesOwned != nil {
				owned = grouped(*h.LinesOwned)
			}
			row = append(row, cells(measure(h.DegreeOfExpertise), owned)...)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (e Explanation) holderState(h analyzer.Holder, ofFile bool) string {
	var words []string
	if h.Person >= 0 && h.Person < len(e.People) {
		switch p := e.People[h.Person]; {
		case p.Left:
			words = append(words, "left")
		case p.Active:
			words = append(words, "active")
		default:
			words = append(words, "away")
		}
	}
	if ofFile && h.Covers {
		words = append(words, "covers it")
	}
	if h.Created {
		words = append(words, "created it")
	}
	return strings.Join(words, ", ")
}
