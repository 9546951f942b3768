package report

import "keyperson/analyzer"

// View is the departure for programs.
func (x WhatIf) View() any {
	view := whatIfView{
		SchemaVersion: SchemaVersion, Report: "whatif", AsOf: timestamp(x.AsOf), On: timestamp(x.On), Incomplete: x.Incomplete,
		Leaving: []*personView{}, Joining: []joinerView{}, Whole: x.systemEffectView(x.Whole), Systems: []systemEffectView{}, Tasks: []taskEffectView{},
		OrphanedRunbooks: texts(x.Orphans), HoursToRedistribute: optionalDecimal(x.Hours), Learn: []lessonView{}, Findings: findingViews(x.Findings),
	}
	for _, person := range x.Leaving {
		view.Leaving = append(view.Leaving, personViewOf(x.People, person))
	}
	for _, j := range x.Joining {
		view.Joining = append(view.Joining, joinerView{text(j.Name), personViewOf(x.People, j.Person)})
	}
	for _, s := range x.Systems {
		view.Systems = append(view.Systems, x.systemEffectView(s))
	}
	for _, t := range x.Tasks {
		view.Tasks = append(view.Tasks, taskEffectView{
			text(t.Task), text(t.Name), text(t.System), t.Executions, decimal(t.RiskBefore), decimal(t.RiskAfter), t.Stops,
			personViewOf(x.People, t.FallsTo), t.LosesMain, optionalDecimal(t.Hours), decimal(t.Chances),
		})
	}
	for _, l := range x.Learn {
		view.Learn = append(view.Learn, lessonView{text(l.Subject), text(l.ID), text(l.Reason)})
	}
	if r := x.Risk; r != nil {
		view.KnowledgeAtRisk = &knowledgeAtRiskView{decimal(r.AnnualAttrition), r.Simulations, r.People, lossViewOf(r.Files), r.TaskCount, lossViewOf(r.Tasks)}
	}
	return view
}

type whatIfView struct {
	SchemaVersion       int                  `json:"schema_version"`
	Report              string               `json:"report"`
	AsOf                timestamp            `json:"as_of"`
	On                  timestamp            `json:"on"`
	Incomplete          bool                 `json:"incomplete"`
	Leaving             []*personView        `json:"leaving"`
	Joining             []joinerView         `json:"joining"`
	Whole               systemEffectView     `json:"whole"`
	Systems             []systemEffectView   `json:"systems"`
	Tasks               []taskEffectView     `json:"tasks"`
	OrphanedRunbooks    []text               `json:"orphaned_runbooks"`
	HoursToRedistribute *decimal             `json:"hours_a_year_to_redistribute"`
	Learn               []lessonView         `json:"learn"`
	KnowledgeAtRisk     *knowledgeAtRiskView `json:"knowledge_at_risk"`
	Findings            []findingView        `json:"findings"`
}

type joinerView struct {
	Name   text        `json:"name"`
	Person *personView `json:"person"` // null for a newcomer
}

type systemEffectView struct {
	System          text           `json:"system"`
	BusFactorBefore *busFactorView `json:"bus_factor_before"`
	BusFactorAfter  *busFactorView `json:"bus_factor_after"`
	UncoveredBefore decimal        `json:"uncovered_before"`
	UncoveredAfter  decimal        `json:"uncovered_after"`
	VerdictBefore   text           `json:"verdict_before"`
	VerdictAfter    text           `json:"verdict_after"`
	FallsTo         *personView    `json:"falls_to"`
}

type taskEffectView struct {
	Task       text        `json:"task"`
	Name       text        `json:"name"`
	System     text        `json:"system"`
	Executions int         `json:"executions"`
	RiskBefore decimal     `json:"risk_before"`
	RiskAfter  decimal     `json:"risk_after"`
	Stops      bool        `json:"stops"`
	FallsTo    *personView `json:"falls_to"`
	LosesMain  bool        `json:"loses_main_executor"`
	Hours      *decimal    `json:"hours_a_year"`
	Chances    decimal     `json:"chances_until_then"`
}

type lessonView struct {
	Subject text `json:"subject"`
	ID      text `json:"id"`
	Reason  text `json:"reason"`
}

type knowledgeAtRiskView struct {
	AnnualAttrition decimal  `json:"annual_attrition"`
	Simulations     int      `json:"simulations"`
	People          int      `json:"people"`
	Files           lossView `json:"files"`
	TaskCount       int      `json:"task_count"`
	Tasks           lossView `json:"tasks"`
}

type lossView struct {
	Mean         decimal   `json:"mean"`
	Median       decimal   `json:"median"`
	Percentile95 decimal   `json:"percentile_95"`
	Low          decimal   `json:"percentile_95_low"`
	High         decimal   `json:"percentile_95_high"`
	Quantiles    []decimal `json:"quantiles"`
}

func lossViewOf(l analyzer.Loss) lossView {
	return lossView{decimal(l.Mean), decimal(l.Median), decimal(l.Percentile95), decimal(l.Low), decimal(l.High), decimals(l.Quantiles)}
}

func (x WhatIf) systemEffectView(s analyzer.SystemEffect) systemEffectView {
	return systemEffectView{
		text(s.System), busFactorViewOf(s.BusFactorBefore), busFactorViewOf(s.BusFactorAfter), decimal(s.UncoveredBefore), decimal(s.UncoveredAfter),
		text(s.VerdictBefore), text(s.VerdictAfter), personViewOf(x.People, s.FallsTo),
	}
}

// whatIfRecord is one row of a departure's CSV. Record is "leaving", "joining", "whole", "system", "task", "orphaned_runbook", "learn",
// "at_risk" (before is the mean, after the 95th percentile, low and high its interval, n the simulations) and "finding".
type whatIfRecord struct {
	Record     text      `csv:"record"`
	AsOf       timestamp `csv:"as_of"`
	On         timestamp `csv:"on"`
	Incomplete bool      `csv:"incomplete"`
	Item       text      `csv:"item"`
	Name       text      `csv:"name"`
	System     text      `csv:"system"`
	Before     *decimal  `csv:"before"`
	After      *decimal  `csv:"after"`
	Low        *decimal  `csv:"low"`
	High       *decimal  `csv:"high"`
	N          *int      `csv:"n"`
	BusBefore  *int      `csv:"bus_factor_before"`
	BusAfter   *int      `csv:"bus_factor_after"`
	Verdict    text      `csv:"verdict_before"`
	VerdictNow text      `csv:"verdict_after"`
	Stops      *bool     `csv:"stops"`
	Person     *text     `csv:"person"`
	PersonID   *text     `csv:"person_id"`
	Hours      *decimal  `csv:"hours_a_year"`
	Chances    *decimal  `csv:"chances_until_then"`
	Text       text      `csv:"text"`
}

// Records is the departure for a spreadsheet; the person of a system or task is whom it falls to.
func (x WhatIf) Records() any {
	var rows []whatIfRecord
	for _, person := range x.Leaving {
		rows = append(rows, whatIfRecord{Record: "leaving"}.about(x.People, person))
	}
	for _, j := range x.Joining {
		rows = append(rows, whatIfRecord{Record: "joining", Name: text(j.Name)}.about(x.People, j.Person))
	}
	rows = append(rows, x.systemRecord("whole", x.Whole))
	for _, s := range x.Systems {
		rows = append(rows, x.systemRecord("system", s))
	}
	for _, t := range x.Tasks {
		rows = append(rows, whatIfRecord{
			Record: "task", Item: text(t.Task), Name: text(t.Name), System: text(t.System), N: new(t.Executions), Before: new(decimal(t.RiskBefore)),
			After: new(decimal(t.RiskAfter)), Stops: new(t.Stops), Hours: optionalDecimal(t.Hours), Chances: new(decimal(t.Chances)),
		}.about(x.People, t.FallsTo))
	}
	for _, path := range x.Orphans {
		rows = append(rows, whatIfRecord{Record: "orphaned_runbook", Item: text(path)})
	}
	for _, l := range x.Learn {
		rows = append(rows, whatIfRecord{Record: "learn", Item: text(l.ID), Name: text(l.Subject), Text: text(l.Reason)})
	}
	if r := x.Risk; r != nil {
		rows = append(rows, atRiskRecord("files", r, r.Files), atRiskRecord("tasks", r, r.Tasks))
	}
	for _, f := range x.Findings {
		rows = append(rows, whatIfRecord{Record: "finding", Item: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	for i := range rows {
		rows[i].AsOf, rows[i].On, rows[i].Incomplete = timestamp(x.AsOf), timestamp(x.On), x.Incomplete
	}
	return rows
}

func atRiskRecord(item text, r *analyzer.KnowledgeAtRisk, l analyzer.Loss) whatIfRecord {
	return whatIfRecord{
		Record: "at_risk", Item: item, Before: new(decimal(l.Mean)), After: new(decimal(l.Percentile95)), Low: new(decimal(l.Low)), High: new(decimal(l.High)),
		N: new(r.Simulations),
	}
}

func (x WhatIf) systemRecord(record text, s analyzer.SystemEffect) whatIfRecord {
	row := whatIfRecord{
		Record: record, Item: text(s.System), System: text(s.System), Before: new(decimal(s.UncoveredBefore)), After: new(decimal(s.UncoveredAfter)),
		N: new(s.RecentCommits), Verdict: text(s.VerdictBefore), VerdictNow: text(s.VerdictAfter),
	}
	if s.BusFactorBefore.Enough {
		row.BusBefore, row.BusAfter = new(s.BusFactorBefore.Value), new(s.BusFactorAfter.Value)
	}
	return row.about(x.People, s.FallsTo)
}

func (r whatIfRecord) about(people []analyzer.Person, index int) whatIfRecord {
	if p := personViewOf(people, index); p != nil {
		r.Person, r.PersonID = &p.Name, &p.ID
	}
	return r
}
