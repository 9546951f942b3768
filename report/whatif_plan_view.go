package report

import "keyperson/analyzer"

type afterActionsView struct {
	AsOf            timestamp            `json:"plan_as_of"`
	Until           timestamp            `json:"plan_until"`
	Actions         []plannedActionView  `json:"actions"`
	KnowledgeAtRisk *knowledgeAtRiskView `json:"knowledge_at_risk"`
}

type plannedActionView struct {
	ID       text        `json:"id"`
	Kind     text        `json:"kind"`
	Subject  text        `json:"subject"`
	Of       text        `json:"of"`
	Name     text        `json:"name"`
	System   text        `json:"system"`
	Dictates *personView `json:"dictates"`
	Writes   *personView `json:"writes_or_learns"`
	Verifies *personView `json:"verifies"`
	State    text        `json:"state"`
	Before   *decimal    `json:"lost_before"` // without those who leave; null where the action is left out
	After    *decimal    `json:"lost_after"`
	Reason   text        `json:"reason"`
}

type systemOutcomeView struct {
	BusFactor *busFactorView `json:"bus_factor"`
	Uncovered decimal        `json:"uncovered"`
	Verdict   text           `json:"verdict"`
	FallsTo   *personView    `json:"falls_to"`
	Help      text           `json:"plan_help"`
}

type taskOutcomeView struct {
	Risk    decimal     `json:"risk"`
	Stops   bool        `json:"stops"`
	FallsTo *personView `json:"falls_to"`
	Help    text        `json:"plan_help"`
}

func (x WhatIf) systemOutcomeView(p *analyzer.SystemOutcome) *systemOutcomeView {
	if p == nil {
		return nil
	}
	return &systemOutcomeView{busFactorViewOf(p.BusFactor), decimal(p.Uncovered), text(p.Verdict), personViewOf(x.People, p.FallsTo), text(p.Help)}
}

func (x WhatIf) taskOutcomeView(p *analyzer.TaskOutcome) *taskOutcomeView {
	if p == nil {
		return nil
	}
	return &taskOutcomeView{decimal(p.Risk), p.Stops, personViewOf(x.People, p.FallsTo), text(p.Help)}
}

func (x WhatIf) afterActionsView() *afterActionsView {
	if x.After == nil {
		return nil
	}
	view := &afterActionsView{AsOf: timestamp(x.After.AsOf), Until: timestamp(x.After.Until), Actions: []plannedActionView{}}
	for i := range x.After.Actions {
		p := &x.After.Actions[i]
		a := &p.Action
		action := plannedActionView{
			ID: text(a.ID), Kind: text(a.Kind), Subject: text(a.Subject), Of: text(a.Of), Name: text(a.Name), System: text(a.System),
			Dictates: personViewOf(x.People, a.Dictates), Writes: personViewOf(x.People, a.Writes), Verifies: personViewOf(x.People, a.Verifies),
			State: text(p.State), Reason: text(p.Reason),
		}
		if p.State != analyzer.ActionLeftOut {
			action.Before, action.After = new(decimal(p.Before)), new(decimal(p.After))
		}
		view.Actions = append(view.Actions, action)
	}
	if x.After.Risk != nil {
		view.KnowledgeAtRisk = knowledgeAtRiskViewOf(x.After.Risk)
	}
	return view
}
