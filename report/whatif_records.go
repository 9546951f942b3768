package report

import "keyperson/analyzer"

// whatIfRecord is one row of a departure's CSV. Record is "leaving", "joining", "whole", "system", "task", "orphaned_runbook", "learn",
// "at_risk" and "at_risk_after_actions" (before is the mean, after the 95th percentile, low and high its interval, n the
// simulations), "action" (before and after are how far its subject is lost without those who leave, planned is empty) and "finding".
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

	BusBeforeExact *bool     `csv:"bus_factor_before_exact"`
	BusAfterExact  *bool     `csv:"bus_factor_after_exact"`
	PlanAsOf       timestamp `csv:"plan_as_of"`
	PlanUntil      timestamp `csv:"plan_until"`
	Planned        *decimal  `csv:"planned"` // uncovered share of a system, risk of a task, without them and after the plan
	BusPlanned     *int      `csv:"bus_factor_planned"`
	BusPlannedSure *bool     `csv:"bus_factor_planned_exact"`
	VerdictPlanned text      `csv:"verdict_planned"`
	StopsPlanned   *bool     `csv:"stops_planned"`
	PersonPlanned  *text     `csv:"person_planned"`
	PlannedID      *text     `csv:"person_planned_id"`
	Help           text      `csv:"plan_help"`
	Kind           text      `csv:"action_kind"`
	Subject        text      `csv:"action_subject"`
	State          text      `csv:"action_state"`
	Dictates       text      `csv:"dictates"`
	Writes         text      `csv:"writes_or_learns"`
	Verifies       text      `csv:"verifies"`
	HoursAtLeast   *decimal  `csv:"hours_a_year_at_least"` // hours_a_year are at most
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
		row := whatIfRecord{
			Record: "task", Item: text(t.Task), Name: text(t.Name), System: text(t.System), N: new(t.Executions), Before: new(decimal(t.RiskBefore)),
			After: new(decimal(t.RiskAfter)), Stops: new(t.Stops), Hours: mostHours(t.Hours), HoursAtLeast: leastHours(t.Hours), Chances: new(decimal(t.Chances)),
		}.about(x.People, t.FallsTo)
		if p := t.Planned; p != nil {
			row.Planned, row.StopsPlanned, row.Help = new(decimal(p.Risk)), new(p.Stops), text(p.Help)
			row = row.thenAbout(x.People, p.FallsTo)
		}
		rows = append(rows, row)
	}
	for _, path := range x.Orphans {
		rows = append(rows, whatIfRecord{Record: "orphaned_runbook", Item: text(path)})
	}
	for _, l := range x.Learn {
		rows = append(rows, whatIfRecord{Record: "learn", Item: text(l.ID), Name: text(l.Subject), Text: text(l.Reason)})
	}
	if r := x.Risk; r != nil {
		rows = append(rows, atRiskRecord("at_risk", "files", r, r.Files), atRiskRecord("at_risk", "tasks", r, r.Tasks))
	}
	rows = append(rows, x.planRecords()...)
	for _, f := range x.Findings {
		rows = append(rows, whatIfRecord{Record: "finding", Item: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	for i := range rows {
		rows[i].AsOf, rows[i].On, rows[i].Incomplete = timestamp(x.AsOf), timestamp(x.On), x.Incomplete
		if x.After != nil {
			rows[i].PlanAsOf, rows[i].PlanUntil = timestamp(x.After.AsOf), timestamp(x.After.Until)
		}
	}
	return rows
}

func atRiskRecord(record, item text, r *analyzer.KnowledgeAtRisk, l analyzer.Loss) whatIfRecord {
	return whatIfRecord{
		Record: record, Item: item, Before: new(decimal(l.Mean)), After: new(decimal(l.Percentile95)), Low: new(decimal(l.Low)), High: new(decimal(l.High)),
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
		row.BusBeforeExact, row.BusAfterExact = new(s.BusFactorBefore.Exact), new(s.BusFactorAfter.Exact)
	}
	if p := s.Planned; p != nil {
		row.Planned, row.VerdictPlanned, row.Help = new(decimal(p.Uncovered)), text(p.Verdict), text(p.Help)
		if p.BusFactor.Enough {
			row.BusPlanned, row.BusPlannedSure = new(p.BusFactor.Value), new(p.BusFactor.Exact)
		}
		row = row.thenAbout(x.People, p.FallsTo)
	}
	return row.about(x.People, s.FallsTo)
}

func (r whatIfRecord) about(people []analyzer.Person, index int) whatIfRecord {
	if p := personViewOf(people, index); p != nil {
		r.Person, r.PersonID = &p.Name, &p.ID
	}
	return r
}

func (r whatIfRecord) thenAbout(people []analyzer.Person, index int) whatIfRecord {
	if p := personViewOf(people, index); p != nil {
		r.PersonPlanned, r.PlannedID = &p.Name, &p.ID
	}
	return r
}

// planRecords are the actions of the plan, and what a year may cost after it.
func (x WhatIf) planRecords() []whatIfRecord {
	if x.After == nil {
		return nil
	}
	var rows []whatIfRecord
	for i := range x.After.Actions {
		p := &x.After.Actions[i]
		a := &p.Action
		row := whatIfRecord{
			Record: "action", Item: text(a.Of), Name: text(a.Name), System: text(a.System), Text: text(p.Reason), Kind: text(a.Kind),
			Subject: text(a.Subject), State: text(p.State), Dictates: x.orNobody(a.Dictates), Writes: x.orNobody(a.Writes), Verifies: x.orNobody(a.Verifies),
		}
		if p.State != analyzer.ActionLeftOut {
			row.Before, row.After = new(decimal(p.Before)), new(decimal(p.After))
		}
		rows = append(rows, row)
	}
	if r := x.After.Risk; r != nil {
		rows = append(rows, atRiskRecord("at_risk_after_actions", "files", r, r.Files), atRiskRecord("at_risk_after_actions", "tasks", r, r.Tasks))
	}
	return rows
}

// orNobody names someone; nobody has no name.
func (x WhatIf) orNobody(person int) text {
	if person < 0 {
		return ""
	}
	return text(x.name(person))
}
