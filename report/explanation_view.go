package report

import "keyperson/analyzer"

// View is the explanation for programs. Exactly one of system, file, person, task and ticket is there.
func (e Explanation) View() any {
	view := explanationView{
		SchemaVersion: SchemaVersion, Report: "explanation", AsOf: timestamp(e.AsOf), Incomplete: e.Incomplete,
		Findings: findingViews(e.Findings), Evidence: []evidenceView{}, Omitted: e.omitted(),
	}
	switch {
	case e.System != nil:
		view.System = &systemExplanationView{
			systemViewOf(e.People, e.System.System), e.holderViews(e.System.Holders), fileRiskViews(e.People, e.System.Files),
			relatedViews(e.System.Related),
		}
	case e.File != nil:
		f := e.File
		view.File = &fileExplanationView{
			text(f.Path), text(f.Repository), texts(f.Systems), text(f.Exclusion), texts(f.FormerPaths),
			decimal(f.ChangeWeight), e.holderViews(f.Holders), e.runbookView(f.Runbook),
		}
	case e.Person != nil:
		view.Person = e.personView()
	case e.Task != nil:
		view.Task = e.taskView()
	case e.Ticket != nil:
		view.Ticket = e.ticketView()
	}
	for _, line := range e.Evidence {
		view.Evidence = append(view.Evidence, evidenceView{
			text(line.Repository), text(line.Reference), timestamp(line.Time), personViewOf(e.People, line.Person), text(line.Kind),
			line.Files, text(line.Example), decimal(line.Familiarity), text(line.Mechanical), text(line.Subject),
		})
	}
	return view
}

// omitted is how many lines of evidence are not listed, nil where that would tell a total of someone's work.
func (e Explanation) omitted() *int {
	if e.Omitted == analyzer.Uncounted {
		return nil
	}
	return &e.Omitted
}

type explanationView struct {
	SchemaVersion int                    `json:"schema_version"`
	Report        string                 `json:"report"`
	AsOf          timestamp              `json:"as_of"`
	Incomplete    bool                   `json:"incomplete"`
	Findings      []findingView          `json:"findings"`
	System        *systemExplanationView `json:"system"`
	File          *fileExplanationView   `json:"file"`
	Person        *personExplanationView `json:"person"`
	Task          *taskExplanationView   `json:"task,omitempty"`
	Ticket        *ticketExplanationView `json:"ticket,omitempty"`
	Evidence      []evidenceView         `json:"evidence"`
	Omitted       *int                   `json:"omitted"` // null where some of a person are not listed
}

type systemExplanationView struct {
	System  systemView     `json:"system"`
	Holders []holderView   `json:"holders"`
	Files   []fileRiskView `json:"files"`
	Related []relatedView  `json:"related_systems"`
}

type relatedView struct {
	System text `json:"system"`
	People int  `json:"people"`
}

func relatedViews(related []analyzer.RelatedSystem) []relatedView {
	views := make([]relatedView, len(related))
	for i, r := range related {
		views[i] = relatedView{text(r.System), r.People}
	}
	return views
}

type fileExplanationView struct {
	Path         text                    `json:"path"`
	Repository   text                    `json:"repository"`
	Systems      []text                  `json:"systems"`
	Exclusion    text                    `json:"exclusion"`
	FormerPaths  []text                  `json:"former_paths"`
	ChangeWeight decimal                 `json:"change_weight"`
	Holders      []holderView            `json:"holders"`
	Runbook      *runbookExplanationView `json:"runbook"` // null where the file is none
}

type personExplanationView struct {
	Person     *personView         `json:"person"`
	Identities []text              `json:"identities"`
	Merges     []text              `json:"merges"`
	Systems    []personSystemView  `json:"systems"`
	Tasks      []personTaskView    `json:"tasks"`
	Runbooks   []personRunbookView `json:"runbooks"`
}

type personTaskView struct {
	ID       text    `json:"id"`
	Name     text    `json:"name"`
	System   text    `json:"system"`
	Counted  int     `json:"counted_executions"`
	Share    decimal `json:"share"`
	Stops    bool    `json:"stops_without"`
	Nobody   bool    `json:"nobody_present_can"`
	Runbook  text    `json:"runbook"`
	Maturity text    `json:"maturity"`
}

type personRunbookView struct {
	Repository text    `json:"repository"`
	Path       text    `json:"path"`
	Maturity   text    `json:"maturity"`
	OnlyAuthor bool    `json:"only_author"`
	Executions int     `json:"executions"`
	Share      decimal `json:"share_of_executions"`
}

type personSystemView struct {
	System           text      `json:"system"`
	UncoveredNow     decimal   `json:"uncovered_now"`
	UncoveredWithout decimal   `json:"uncovered_without"`
	FilesOnlyTheirs  int       `json:"files_only_theirs"`
	LastSeen         timestamp `json:"last_seen"`
}

type holderView struct {
	Person             *personView `json:"person"`
	Share              decimal     `json:"share"`
	Covers             bool        `json:"covers"`
	Commits            int         `json:"commits"`
	Created            bool        `json:"created"`
	LastSeen           timestamp   `json:"last_seen"`
	DegreeOfAuthorship *decimal    `json:"degree_of_authorship"`
	DegreeOfExpertise  *decimal    `json:"degree_of_expertise"`
	LinesOwned         *int        `json:"lines_owned"`
}

type evidenceView struct {
	Repository  text        `json:"repository"`
	Reference   text        `json:"reference"`
	Time        timestamp   `json:"time"`
	Person      *personView `json:"person"`
	Kind        text        `json:"kind"`
	Files       int         `json:"files"`
	Example     text        `json:"example"`
	Familiarity decimal     `json:"familiarity"`
	Mechanical  text        `json:"mechanical"`
	Subject     text        `json:"subject"`
}

func (e Explanation) holderViews(holders []analyzer.Holder) []holderView {
	views := make([]holderView, len(holders))
	for i, h := range holders {
		views[i] = holderView{
			personViewOf(e.People, h.Person), decimal(h.Share), h.Covers, h.Commits, h.Created, timestamp(h.LastSeen),
			optionalDecimal(h.DegreeOfAuthorship), optionalDecimal(h.DegreeOfExpertise), h.LinesOwned,
		}
	}
	return views
}

func (e Explanation) personView() *personExplanationView {
	view := &personExplanationView{
		Person: personViewOf(e.People, e.Person.Person), Identities: texts(e.Person.Identities), Merges: texts(e.Person.Merges),
		Systems: []personSystemView{}, Tasks: []personTaskView{}, Runbooks: []personRunbookView{},
	}
	for _, s := range e.Person.Systems {
		view.Systems = append(view.Systems, personSystemView{
			text(s.System), decimal(s.UncoveredNow), decimal(s.UncoveredWithout), s.FilesOnlyTheirs, timestamp(s.LastSeen),
		})
	}
	for i := range e.Person.Tasks {
		t := &e.Person.Tasks[i]
		view.Tasks = append(view.Tasks, personTaskView{
			text(t.ID), text(t.Name), text(t.System), t.Counted, decimal(t.Share), t.Stops, t.Nobody, text(t.Runbook), text(t.Maturity.String()),
		})
	}
	for i := range e.Person.Runbooks {
		r := &e.Person.Runbooks[i]
		view.Runbooks = append(view.Runbooks, personRunbookView{
			text(r.Repository), text(r.Path), text(r.Maturity.String()), r.OnlyAuthor, r.Executions, decimal(r.Share),
		})
	}
	return view
}
