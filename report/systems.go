package report

import (
	"fmt"

	"keyperson/sources"
)

// Systems is the mapping of files to systems: where it comes from and what belongs nowhere.
type Systems struct {
	Origin    string // in words
	Systems   []MappedSystem
	Unmapped  []string // assessed files of no system, sorted
	Assessed  int      // assessed files in all
	LeftOut   int      // files of the tree that are not assessed
	Findings  []sources.Finding
	ListFiles bool // show every file, not only how many
}

// MappedSystem is one system with its files.
type MappedSystem struct {
	sources.System
	Files   []string // assessed, sorted, as repository:path where there are several repositories
	LeftOut int      // files that belong to it but are generated, vendored, documentation …
}

// unmappedShown is how many files of no system a reader sees unless all files were asked for.
const unmappedShown = 10

// Document is the mapping for a reader.
func (s Systems) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("%s from %s", counted(len(s.Systems), "system", "systems"), s.Origin)})
	d.add(Facts{
		{"Files", fmt.Sprintf("%s assessed, %s left out", grouped(s.Assessed), grouped(s.LeftOut))},
		{"In no system", counted(len(s.Unmapped), "file", "files")},
	})
	if len(s.Systems) > 0 {
		d.add(s.table())
	}
	if s.ListFiles {
		for _, system := range s.Systems {
			if len(system.Files) > 0 {
				d.add(Heading{2, system.ID}, List{Items: system.Files})
			}
		}
	}
	if len(s.Unmapped) > 0 {
		shown := s.Unmapped
		if !s.ListFiles && len(shown) > unmappedShown {
			shown = shown[:unmappedShown]
		}
		d.add(Heading{2, "Files of no system"}, List{Items: shown})
		if hidden := len(s.Unmapped) - len(shown); hidden > 0 {
			d.add(Paragraph{fmt.Sprintf("%s: keyperson systems --files lists them.", counted(hidden, "more file", "more files"))})
		}
	}
	if list := findingList(s.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	return d
}

func (s Systems) table() Table {
	table := Table{Columns: []Column{
		{Title: "System", Importance: 9, Shortest: 10},
		{Title: "Files", Right: true, Importance: 9},
		{Title: "Left out", Right: true, Importance: 4},
		{Title: "Tier", Right: true, Importance: 3},
		{Title: "Team", Importance: 5, Shortest: 8},
		{Title: "Defined by", Importance: 7, Shortest: 14},
	}}
	for _, system := range s.Systems {
		tier := absent
		if system.Tier > 0 {
			tier = grouped(system.Tier)
		}
		table.Rows = append(table.Rows, cells(system.ID, grouped(len(system.Files)), grouped(system.LeftOut), tier, system.Team, system.Origin))
	}
	return table
}

// View is the mapping for programs.
func (s Systems) View() any {
	view := systemsView{
		SchemaVersion: SchemaVersion, Report: "systems", Origin: text(s.Origin), Assessed: s.Assessed, LeftOut: s.LeftOut,
		Systems: []mappedSystemView{}, Unmapped: texts(s.Unmapped), Findings: findingViews(s.Findings),
	}
	for _, m := range s.Systems {
		system := mappedSystemView{
			text(m.ID), text(m.Name), m.Tier, text(m.Team), text(m.Origin), len(m.Files), m.LeftOut, nil,
		}
		if s.ListFiles {
			system.Paths = texts(m.Files)
		}
		view.Systems = append(view.Systems, system)
	}
	return view
}

type systemsView struct {
	SchemaVersion int                `json:"schema_version"`
	Report        string             `json:"report"`
	Origin        text               `json:"origin"`
	Assessed      int                `json:"assessed_files"`
	LeftOut       int                `json:"left_out_files"`
	Systems       []mappedSystemView `json:"systems"`
	Unmapped      []text             `json:"unmapped"`
	Findings      []findingView      `json:"findings"`
}

type mappedSystemView struct {
	ID      text   `json:"id"`
	Name    text   `json:"name"`
	Tier    int    `json:"tier"`
	Team    text   `json:"team"`
	Origin  text   `json:"origin"`
	Files   int    `json:"files"`
	LeftOut int    `json:"left_out_files"`
	Paths   []text `json:"paths,omitempty"` // only when files were asked for
}

// systemsRecord is one row of the mapping's CSV. Record is "system", "file", "unmapped" or "finding".
type systemsRecord struct {
	Record  text `csv:"record"`
	System  text `csv:"system"`
	Name    text `csv:"name"`
	Tier    *int `csv:"tier"`
	Team    text `csv:"team"`
	Origin  text `csv:"origin"`
	Files   *int `csv:"files"`
	LeftOut *int `csv:"left_out_files"`
	Path    text `csv:"path"`
	Text    text `csv:"text"`
}

// Records is the mapping for a spreadsheet.
func (s Systems) Records() any {
	rows := []systemsRecord{}
	for _, m := range s.Systems {
		rows = append(rows, systemsRecord{
			Record: "system", System: text(m.ID), Name: text(m.Name), Tier: new(m.Tier), Team: text(m.Team), Origin: text(m.Origin),
			Files: new(len(m.Files)), LeftOut: new(m.LeftOut),
		})
	}
	if s.ListFiles {
		for _, m := range s.Systems {
			for _, path := range m.Files {
				rows = append(rows, systemsRecord{Record: "file", System: text(m.ID), Path: text(path)})
			}
		}
	}
	for _, path := range s.Unmapped {
		rows = append(rows, systemsRecord{Record: "unmapped", Path: text(path)})
	}
	for _, f := range s.Findings {
		rows = append(rows, systemsRecord{Record: "finding", Name: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	return rows
}
