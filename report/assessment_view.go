package report

import (
	"keyperson/analyzer"
	"keyperson/sources"
)

// View is the whole assessment for programs.
func (a Assessment) View() any {
	view := assessmentView{
		SchemaVersion: SchemaVersion, Report: "assessment",
		AsOf: timestamp(a.AsOf), Since: optionalTimestamp(a.Since), Method: text(a.Method), Incomplete: a.Incomplete,
		Repositories: []repositoryView{}, Findings: findingViews(a.Findings), SystemOrigin: text(a.SystemOrigin),
		Census: censusView{
			Identities: a.Census.Identities, People: a.Census.People, Active: a.Census.Active,
			ActivityWindowDays: a.Census.ActivityWindowDays, Merged: a.Census.Merged, Suspects: a.Census.Suspects,
			Bots: texts(a.Census.Bots), Agents: texts(a.Census.Agents),
		},
		Exclusions: exclusionsViewOf(a.Exclusions),
		Unmapped:   unmappedView{a.Unmapped.Files, decimal(a.Unmapped.Share), text(a.Unmapped.Example)},
		Whole:      systemViewOf(a.People, a.Whole),
		Systems:    []systemView{}, Sentences: []sentenceView{},
	}
	for _, r := range a.Repositories {
		view.Repositories = append(view.Repositories, repositoryView{
			Label: text(r.Label), Path: text(r.Path), Revision: text(r.Revision), Commits: r.Commits, Merges: r.Merges,
			First: timestamp(r.First), Last: timestamp(r.Last), Files: r.Files,
		})
	}
	view.Whole.Tasks = systemTasksViewOf(a.Assessment, a.Whole.Tasks)
	for _, s := range a.Systems {
		system := systemViewOf(a.People, s)
		system.Tasks = systemTasksViewOf(a.Assessment, s.Tasks)
		view.Systems = append(view.Systems, system)
	}
	for _, s := range a.Sentences {
		view.Sentences = append(view.Sentences, sentenceView{text(s.System), text(s.Task), text(s.Code), text(s.Text)})
	}
	if t := a.TruckFactor; t != nil {
		view.TruckFactor = &truckFactorView{t.Value, t.Files, decimal(t.CoverageLeft), []developerView{}}
		for _, d := range t.Developers {
			view.TruckFactor.Developers = append(view.TruckFactor.Developers,
				developerView{personViewOf(a.People, d.Person), d.Files, decimal(d.Share)})
		}
	}
	return view
}

type assessmentView struct {
	SchemaVersion int              `json:"schema_version"`
	Report        string           `json:"report"`
	AsOf          timestamp        `json:"as_of"`
	Since         *timestamp       `json:"since"`
	Method        text             `json:"method"`
	Incomplete    bool             `json:"incomplete"`
	Repositories  []repositoryView `json:"repositories"`
	Census        censusView       `json:"census"`
	Findings      []findingView    `json:"findings"`
	Exclusions    exclusionsView   `json:"exclusions"`
	SystemOrigin  text             `json:"system_origin"`
	Unmapped      unmappedView     `json:"unmapped"`
	TruckFactor   *truckFactorView `json:"truck_factor"`
	Whole         systemView       `json:"whole"`
	Systems       []systemView     `json:"systems"`
	Sentences     []sentenceView   `json:"sentences"`
}

type repositoryView struct {
	Label    text      `json:"label"`
	Path     text      `json:"path"`
	Revision text      `json:"revision"`
	Commits  int       `json:"commits"`
	Merges   int       `json:"merges"`
	First    timestamp `json:"first"`
	Last     timestamp `json:"last"`
	Files    int       `json:"files"`
}

type censusView struct {
	Identities         int    `json:"identities"`
	People             int    `json:"people"`
	Active             int    `json:"active"`
	ActivityWindowDays int    `json:"activity_window_days"`
	Merged             int    `json:"merged"`
	Suspects           int    `json:"suspects"`
	Bots               []text `json:"bots"`
	Agents             []text `json:"agents"`
}

type findingView struct {
	Code       text `json:"code"`
	Severity   text `json:"severity"`
	Repository text `json:"repository"`
	Count      int  `json:"count"`
	Message    text `json:"message"`
	Advice     text `json:"advice"`
}

func findingViews(findings []sources.Finding) []findingView {
	views := make([]findingView, len(findings))
	for i, f := range findings {
		views[i] = findingView{text(f.Code), text(severityWord(f.Severity)), text(f.Repository), f.Count, text(f.Message), text(f.Advice)}
	}
	return views
}

func severityWord(s sources.Severity) string {
	if s == sources.Fatal {
		return "fatal"
	}
	return "note"
}

type exclusionsView struct {
	Files      []excludedFilesView `json:"files"`
	Mechanical []mechanicalView    `json:"mechanical_commits"`
}

type excludedFilesView struct {
	Reason  text `json:"reason"`
	Count   int  `json:"count"`
	Example text `json:"example"`
}

type mechanicalView struct {
	Repository text `json:"repository"`
	Commit     text `json:"commit"`
	Files      int  `json:"files"`
	Reason     text `json:"reason"`
}

func exclusionsViewOf(e analyzer.Exclusions) exclusionsView {
	view := exclusionsView{[]excludedFilesView{}, []mechanicalView{}}
	for _, f := range e.Files {
		view.Files = append(view.Files, excludedFilesView{text(f.Reason), f.Count, text(f.Example)})
	}
	for _, m := range e.Mechanical {
		view.Mechanical = append(view.Mechanical, mechanicalView{text(m.Repository), text(m.Commit), m.Files, text(m.Reason)})
	}
	return view
}

type unmappedView struct {
	Files   int     `json:"files"`
	Share   decimal `json:"share"`
	Example text    `json:"example"`
}

type truckFactorView struct {
	Value        int             `json:"value"`
	Files        int             `json:"files"`
	CoverageLeft decimal         `json:"coverage_left"`
	Developers   []developerView `json:"developers"`
}

type developerView struct {
	Person *personView `json:"person"`
	Files  int         `json:"files"`
	Share  decimal     `json:"share"`
}

type sentenceView struct {
	System text `json:"system"`
	Task   text `json:"task,omitempty"`
	Code   text `json:"code"`
	Text   text `json:"text"`
}

// personView is how a report points at someone, null for nobody.
type personView struct {
	ID       text      `json:"id"`
	Name     text      `json:"name"`
	Active   bool      `json:"active"`
	Left     bool      `json:"left"`
	LastSeen timestamp `json:"last_seen"`
}

func personViewOf(people []analyzer.Person, index int) *personView {
	if index < 0 || index >= len(people) {
		return nil
	}
	p := people[index]
	return &personView{text(p.ID), text(p.Name), p.Active, p.Left, timestamp(p.LastSeen)}
}
