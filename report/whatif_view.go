package report

import "keyperson/analyzer"

// View is the departure for programs.
func (x WhatIf) View() any {
	view := whatIfView{
		SchemaVersion: SchemaVersion, Report: "whatif", AsOf: timestamp(x.AsOf), On: timestamp(x.On), Incomplete: x.Incomplete,
		Leaving: []*personView{}, Joining: []joinerView{}, Whole: x.systemEffectView(x.Whole), Systems: []systemEffectView{}, Tasks: []taskEffectView{},
		OrphanedRunbooks: texts(x.Orphans), HoursToRedistribute: mostHours(x.Hours), HoursAtLeast: leastHours(x.Hours), Learn: []lessonView{}, Findings: findingViews(x.Findings),
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
			personViewOf(x.People, t.FallsTo), t.LosesMain, mostHours(t.Hours), decimal(t.Chances), x.taskOutcomeView(t.Planned), leastHours(t.Hours),
		})
	}
	for _, l := range x.Learn {
		view.Learn = append(view.Learn, lessonView{text(l.Subject), text(l.ID), text(l.Reason)})
	}
	if r := x.Risk; r != nil {
		view.KnowledgeAtRisk = knowledgeAtRiskViewOf(r)
	}
	view.AfterActions = x.afterActionsView()
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
	AfterActions        *afterActionsView    `json:"after_actions"`
	HoursAtLeast        *decimal             `json:"hours_a_year_at_least"` // the others are at most
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

	AfterActions *systemOutcomeView `json:"after_actions"`
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

	AfterActions *taskOutcomeView `json:"after_actions"`
	AtLeast      *decimal         `json:"hours_a_year_at_least"`
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
		text(s.VerdictBefore), text(s.VerdictAfter), personViewOf(x.People, s.FallsTo), x.systemOutcomeView(s.Planned),
	}
}

func knowledgeAtRiskViewOf(r *analyzer.KnowledgeAtRisk) *knowledgeAtRiskView {
	return &knowledgeAtRiskView{decimal(r.AnnualAttrition), r.Simulations, r.People, lossViewOf(r.Files), r.TaskCount, lossViewOf(r.Tasks)}
}
