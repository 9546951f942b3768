package report

import "keyperson/analyzer"

// View is the list for programs.
func (r Runbooks) View() any {
	view := runbooksView{
		SchemaVersion: SchemaVersion, Report: "runbooks", AsOf: timestamp(r.AsOf), Incomplete: r.Incomplete, Runbooks: []runbookView{}, Findings: findingViews(r.Findings),
	}
	for i := range r.Runbooks {
		view.Runbooks = append(view.Runbooks, runbookViewOf(r.People, &r.Runbooks[i]))
	}
	return view
}

type runbooksView struct {
	SchemaVersion int           `json:"schema_version"`
	Report        string        `json:"report"`
	AsOf          timestamp     `json:"as_of"`
	Incomplete    bool          `json:"incomplete"`
	Runbooks      []runbookView `json:"runbooks"`
	Findings      []findingView `json:"findings"`
}

type runbookView struct {
	Repository      text              `json:"repository"`
	Path            text              `json:"path"`
	Title           text              `json:"title"`
	Systems         []text            `json:"systems"`
	Owner           text              `json:"owner"`
	Diagnosis       bool              `json:"explains_alert"`
	Maturity        int               `json:"maturity"`
	Missing         []text            `json:"missing"`
	Revisions       int               `json:"revisions"`
	Substantive     int               `json:"substantive_revisions"`
	Bumps           int               `json:"review_bumps"`
	Authors         []*personView     `json:"authors"`
	LastSubstantive timestamp         `json:"last_substantive"`
	LastReviewed    timestamp         `json:"last_reviewed"`
	OtherExecutions int               `json:"executions_by_others"`
	OtherExecutors  int               `json:"other_executors"`
	People          decimal           `json:"score_people"`
	Machines        decimal           `json:"score_machines"`
	Logic           decimal           `json:"score_logic"`
	Alerts          []text            `json:"alerts"`
	Tasks           []text            `json:"tasks"`
	Lint            []lintFindingView `json:"lint"`
}

type lintFindingView struct {
	Axis    text `json:"axis"`
	Rule    text `json:"rule"`
	Line    int  `json:"line"`
	Message text `json:"message"`
}

func runbookViewOf(people []analyzer.Person, b *analyzer.Runbook) runbookView {
	view := runbookView{
		text(b.Repository), text(b.Path), text(b.Title), texts(b.Systems), text(b.Owner), b.Diagnosis, int(b.Maturity), texts(b.Missing),
		b.Revisions, b.Substantive, b.Bumps,
		[]*personView{},
		timestamp(b.LastSubstantive), timestamp(b.LastReviewed),
		b.OtherExecutions, b.OtherExecutors, decimal(b.Scores.People), decimal(b.Scores.Machines), decimal(b.Scores.Logic),
		texts(b.Alerts), texts(b.Tasks),
		[]lintFindingView{},
	}
	for _, author := range b.Authors {
		view.Authors = append(view.Authors, personViewOf(people, author))
	}
	for _, f := range b.Lint {
		view.Lint = append(view.Lint, lintFindingView{text(f.Axis), text(f.Rule), f.Line, text(f.Message)})
	}
	return view
}

// runbookRecord is one row of the list's CSV. Record is "runbook", then "lint" for what to mend in it, "author" for
// who wrote it, and "finding".
type runbookRecord struct {
	Record          text       `csv:"record"`
	AsOf            timestamp  `csv:"as_of"`
	Repository      text       `csv:"repository"`
	Path            text       `csv:"path"`
	Line            *int       `csv:"line"`
	Title           text       `csv:"title"`
	Systems         []text     `csv:"systems"`
	Owner           text       `csv:"owner"`
	Maturity        *int       `csv:"maturity"`
	Missing         []text     `csv:"missing"`
	Revisions       *int       `csv:"revisions"`
	Substantive     *int       `csv:"substantive_revisions"`
	Bumps           *int       `csv:"review_bumps"`
	AuthorCount     *int       `csv:"authors"`
	LastSubstantive *timestamp `csv:"last_substantive"`
	LastReviewed    *timestamp `csv:"last_reviewed"`
	OtherExecutions *int       `csv:"executions_by_others"`
	OtherExecutors  *int       `csv:"other_executors"`
	People          *decimal   `csv:"score_people"`
	Machines        *decimal   `csv:"score_machines"`
	Logic           *decimal   `csv:"score_logic"`
	Alerts          []text     `csv:"alerts"`
	Tasks           []text     `csv:"tasks"`
	Person          *text      `csv:"person"`
	PersonID        *text      `csv:"person_id"`
	Axis            text       `csv:"axis"`
	Rule            text       `csv:"rule"`
	Text            text       `csv:"text"`
	Diagnosis       *bool      `csv:"explains_alert"`
	Incomplete      bool       `csv:"incomplete"`
}

// Records is the list for a spreadsheet.
func (r Runbooks) Records() any {
	rows := []runbookRecord{}
	for i := range r.Runbooks {
		b := &r.Runbooks[i]
		of := runbookRecord{Incomplete: r.Incomplete, AsOf: timestamp(r.AsOf), Repository: text(b.Repository), Path: text(b.Path)}
		rows = append(rows, r.record(b))
		for _, f := range b.Lint {
			row := of
			row.Record, row.Line, row.Axis, row.Rule, row.Text = "lint", new(f.Line), text(f.Axis), text(f.Rule), text(f.Message)
			rows = append(rows, row)
		}
		for _, author := range b.Authors {
			if p := personViewOf(r.People, author); p != nil {
				row := of
				row.Record, row.Person, row.PersonID = "author", &p.Name, &p.ID
				rows = append(rows, row)
			}
		}
	}
	for _, f := range r.Findings {
		rows = append(rows, runbookRecord{
			Record: "finding", AsOf: timestamp(r.AsOf), Incomplete: r.Incomplete, Repository: text(f.Repository), Rule: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice)),
		})
	}
	return rows
}

// record is the row of one runbook.
func (r Runbooks) record(b *analyzer.Runbook) runbookRecord {
	return runbookRecord{
		Record: "runbook", AsOf: timestamp(r.AsOf), Incomplete: r.Incomplete, Repository: text(b.Repository), Path: text(b.Path),
		Title: text(b.Title), Systems: texts(b.Systems), Owner: text(b.Owner), Diagnosis: new(b.Diagnosis), Maturity: new(int(b.Maturity)),
		Missing: texts(b.Missing), Revisions: new(b.Revisions), Substantive: new(b.Substantive), Bumps: new(b.Bumps),
		AuthorCount: new(len(b.Authors)), LastSubstantive: new(timestamp(b.LastSubstantive)), LastReviewed: new(timestamp(b.LastReviewed)),
		OtherExecutions: new(b.OtherExecutions), OtherExecutors: new(b.OtherExecutors),
		People: new(decimal(b.Scores.People)), Machines: new(decimal(b.Scores.Machines)), Logic: new(decimal(b.Scores.Logic)),
		Alerts: texts(b.Alerts), Tasks: texts(b.Tasks),
	}
}
