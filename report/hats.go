package report

import "keyperson/analyzer"

// addHats says how many people wear each hat of a system, never who.
func addHats(d *Document, hats []analyzer.HatCoverage) {
	if len(hats) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Hat", Importance: 9},
		{Title: "People", Right: true, Importance: 9},
		{Title: "Events", Right: true, Importance: 6},
		{Title: "What they do", Importance: 5, Wrap: true},
	}}
	for _, h := range hats {
		row := cells(string(h.Hat), grouped(h.People), grouped(h.Events), hatWords[h.Hat])
		if h.People == 1 {
			row[1].Tone = Caution
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Hats of the quarter: how many people wear each, with five events or more"}, table)
}

var hatWords = map[analyzer.Hat]string{
	analyzer.HatRescue:           "solve what is urgent and rare",
	analyzer.HatImplementer:      "write the code",
	analyzer.HatTechLead:         "review, and touch at least half of what changes",
	analyzer.HatArchitect:        "make changes that join several systems",
	analyzer.HatSupport:          "answer what others ask for",
	analyzer.HatOperationManager: "hand tickets on, or close those that others solved",
	analyzer.HatBridge:           "wrote procedures that others then followed",
	analyzer.HatAssociate:        "work by procedures that others wrote",
}
