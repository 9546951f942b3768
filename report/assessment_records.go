package report

import (
	"keyperson/analyzer"
)

// assessmentRecord is one row of the assessment's CSV. What a row is about stands in Record:
// "system" (one a system, the worst first), "whole" (everything as one system), then the details
// that JSON nests: "tasks" (where tickets were read), "hat" (how many people wear it), "key_person", "file", "truck_factor", "developer", "sentence", "repository",
// "census", "finding", "excluded", "mechanical", "system_origin" and "unmapped".
type assessmentRecord struct {
	Record     text      `csv:"record"`
	AsOf       timestamp `csv:"as_of"`
	Since      timestamp `csv:"since"`
	Method     text      `csv:"method"`
	Incomplete bool      `csv:"incomplete"`
	System     text      `csv:"system"`
	*systemColumns
	Item     text       `csv:"item"`   // label, path, code or reason, by record
	Person   *text      `csv:"person"` // who the row is about
	PersonID *text      `csv:"person_id"`
	Active   *bool      `csv:"active"`
	LastSeen *timestamp `csv:"last_seen"`
	Count    *int       `csv:"count"`
	Share    *decimal   `csv:"share"`
	Text     text       `csv:"text"`
}

type systemColumns struct {
	Name                     text       `csv:"name"`
	Team                     text       `csv:"team"`
	Tier                     int        `csv:"tier"`
	Origin                   text       `csv:"origin"`
	Files                    int        `csv:"files"`
	Commits                  int        `csv:"commits"`
	RecentCommits            int        `csv:"recent_commits"`
	ActivePeople             int        `csv:"active_people"`
	EverPeople               int        `csv:"ever_people"`
	BusFactor                *int       `csv:"bus_factor"`
	BusFactorExact           *bool      `csv:"bus_factor_exact"`
	BusFactorLow             *int       `csv:"bus_factor_low"`
	BusFactorHigh            *int       `csv:"bus_factor_high"`
	Resamples                *int       `csv:"resamples"`
	TopPerson                *text      `csv:"top_person"`
	TopPersonID              *text      `csv:"top_person_id"`
	TopShare                 decimal    `csv:"top_share"`
	UncoveredNow             decimal    `csv:"uncovered_now"`
	UncoveredWithoutTop      decimal    `csv:"uncovered_without_top"`
	LastByOther              *timestamp `csv:"last_by_other"`
	MonthsSinceOther         *decimal   `csv:"months_since_other"`
	Robustness               []decimal  `csv:"robustness"`
	RobustnessArea           decimal    `csv:"robustness_area"`
	ContributorAbsenceFactor int        `csv:"contributor_absence_factor"`
	HHI                      decimal    `csv:"hhi"`
	Gini                     decimal    `csv:"gini"`
	EffectivePeople          decimal    `csv:"effective_people"`
	Major                    int        `csv:"major"`
	Minor                    int        `csv:"minor"`
	TopOwnership             decimal    `csv:"top_ownership"`
	TruckFactorAvelino       int        `csv:"truck_factor_avelino"`
	Verdict                  text       `csv:"verdict"`
	VerdictReason            text       `csv:"verdict_reason"`
}

func systemColumnsOf(people []analyzer.Person, s analyzer.System) *systemColumns {
	c := s.Comparison
	columns := &systemColumns{
		Name: text(s.Name), Team: text(s.Team), Tier: s.Tier, Origin: text(s.Origin), Files: s.Files,
		Commits: s.Commits, RecentCommits: s.RecentCommits, ActivePeople: s.ActivePeople, EverPeople: s.EverPeople,
		TopShare: decimal(s.TopShare), UncoveredNow: decimal(s.UncoveredNow), UncoveredWithoutTop: decimal(s.UncoveredWithoutTop),
		LastByOther: optionalTimestamp(s.LastByOther), MonthsSinceOther: optionalDecimal(s.MonthsSinceOther),
		Robustness: decimals(s.Robustness), RobustnessArea: decimal(s.RobustnessArea),
		ContributorAbsenceFactor: c.ContributorAbsenceFactor, HHI: decimal(c.HHI), Gini: decimal(c.Gini),
		EffectivePeople: decimal(c.EffectivePeople), Major: c.Major, Minor: c.Minor, TopOwnership: decimal(c.TopOwnership),
		TruckFactorAvelino: c.TruckFactorAvelino, Verdict: text(s.Verdict), VerdictReason: text(s.VerdictReason),
	}
	if b := s.BusFactor; b.Enough {
		columns.BusFactor, columns.BusFactorExact = &b.Value, &b.Exact
		columns.BusFactorLow, columns.BusFactorHigh, columns.Resamples = &b.Low, &b.High, &b.Resamples
	}
	if p := personViewOf(people, s.TopPerson); p != nil {
		columns.TopPerson, columns.TopPersonID = &p.Name, &p.ID
	}
	return columns
}

// Records is the assessment for a spreadsheet.
func (a Assessment) Records() any {
	var rows []assessmentRecord
	for _, s := range a.Systems {
		rows = append(rows, assessmentRecord{Record: "system", System: text(s.ID), systemColumns: systemColumnsOf(a.People, s)})
	}
	rows = append(rows, assessmentRecord{Record: "whole", systemColumns: systemColumnsOf(a.People, a.Whole)})
	for _, s := range a.Systems {
		rows = append(rows, a.systemDetails(s)...)
	}
	rows = append(rows, a.truckFactorRecords()...)
	for _, s := range a.Sentences {
		rows = append(rows, assessmentRecord{Record: "sentence", System: text(s.System), Item: text(s.Code), Text: text(s.Text)})
	}
	rows = append(rows, a.inputRecords()...)
	for i := range rows {
		rows[i].AsOf, rows[i].Method, rows[i].Incomplete = timestamp(a.AsOf), text(a.Method), a.Incomplete
		if a.Since != nil {
			rows[i].Since = timestamp(*a.Since)
		}
	}
	return rows
}

// about makes a row point at a person; negative is nobody.
func (r assessmentRecord) about(people []analyzer.Person, index int) assessmentRecord {
	if p := personViewOf(people, index); p != nil {
		r.Person, r.PersonID, r.Active, r.LastSeen = &p.Name, &p.ID, &p.Active, &p.LastSeen
	}
	return r
}

func (a Assessment) systemDetails(s analyzer.System) []assessmentRecord {
	var rows []assessmentRecord
	if a.Work.Tickets > 0 {
		rows = append(rows,
			assessmentRecord{Record: "tasks", System: text(s.ID), Item: "count", Count: new(s.Tasks.Count)},
			assessmentRecord{Record: "tasks", System: text(s.ID), Item: "would stop", Count: new(s.Tasks.Stops)})
		if s.Tasks.Worst >= 0 {
			rows = append(rows, assessmentRecord{Record: "tasks", System: text(s.ID), Item: "worst", Text: text(a.Tasks[s.Tasks.Worst].ID)})
		}
	}
	for _, h := range s.Hats {
		rows = append(rows, assessmentRecord{Record: "hat", System: text(s.ID), Item: text(h.Hat), Count: new(h.People), Text: text(counted(h.Events, "event", "events"))})
	}
	for _, k := range s.KeyPeople {
		row := assessmentRecord{Record: "key_person", System: text(s.ID), Share: new(decimal(k.CoveredAlone))}.about(a.People, k.Person)
		row.LastSeen = new(timestamp(k.LastSeen)) // on this system, as in JSON
		rows = append(rows, row)
	}
	for _, f := range s.OnlyCovered {
		rows = append(rows, assessmentRecord{
			Record: "file", System: text(s.ID), Item: text(f.Path), Count: new(f.Commits), Share: new(decimal(f.Weight)),
		}.about(a.People, f.Next))
	}
	return rows
}

func (a Assessment) truckFactorRecords() []assessmentRecord {
	t := a.TruckFactor
	if t == nil {
		return nil
	}
	rows := []assessmentRecord{
		{Record: "truck_factor", Item: "value", Count: &t.Value},
		{Record: "truck_factor", Item: "files", Count: &t.Files},
		{Record: "truck_factor", Item: "coverage_left", Share: new(decimal(t.CoverageLeft))},
	}
	for _, d := range t.Developers {
		rows = append(rows, assessmentRecord{Record: "developer", Count: new(d.Files), Share: new(decimal(d.Share))}.about(a.People, d.Person))
	}
	return rows
}

// inputRecords says what was read and what was left out.
func (a Assessment) inputRecords() []assessmentRecord {
	var rows []assessmentRecord
	count := func(record, item text, n int, note text) {
		rows = append(rows, assessmentRecord{Record: record, Item: item, Count: &n, Text: note})
	}
	for _, r := range a.Repositories {
		count("repository", text(r.Label), r.Commits, "commits")
		count("repository", text(r.Label), r.Merges, "merges")
		count("repository", text(r.Label), r.Files, "files")
		rows = append(rows,
			assessmentRecord{Record: "repository", Item: text(r.Label), Text: text("path " + r.Path)},
			assessmentRecord{Record: "repository", Item: text(r.Label), Text: text("revision " + r.Revision)},
			assessmentRecord{Record: "repository", Item: text(r.Label), Text: text("first " + timestamp(r.First).String())},
			assessmentRecord{Record: "repository", Item: text(r.Label), Text: text("last " + timestamp(r.Last).String())})
	}
	c := a.Census
	count("census", "identities", c.Identities, "")
	count("census", "people", c.People, "")
	count("census", "active", c.Active, "")
	count("census", "activity_window_days", c.ActivityWindowDays, "")
	count("census", "merged", c.Merged, "")
	count("census", "suspects", c.Suspects, "")
	for _, bot := range c.Bots {
		rows = append(rows, assessmentRecord{Record: "census", Item: "bot", Text: text(bot)})
	}
	for _, agent := range c.Agents {
		rows = append(rows, assessmentRecord{Record: "census", Item: "agent", Text: text(agent)})
	}
	for _, f := range a.Findings {
		where := ""
		if f.Repository != "" {
			where = f.Repository + ": "
		}
		count("finding", text(f.Code), f.Count, text(severityWord(f.Severity)+": "+where+sentenceWithAdvice(f.Message, f.Advice)))
	}
	for _, e := range a.Exclusions.Files {
		count("excluded", text(e.Reason), e.Count, text(e.Example))
	}
	for _, m := range a.Exclusions.Mechanical {
		count("mechanical", text(m.Commit), m.Files, text(m.Repository+": "+m.Reason))
	}
	rows = append(rows,
		assessmentRecord{Record: "system_origin", Text: text(a.SystemOrigin)},
		assessmentRecord{Record: "unmapped", Count: new(a.Unmapped.Files), Share: new(decimal(a.Unmapped.Share)), Text: text(a.Unmapped.Example)})
	return rows
}
