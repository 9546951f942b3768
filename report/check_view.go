package report

import "keyperson/analyzer/gate"

// View is the decision for programs.
func (c Check) View() any {
	view := checkView{
		SchemaVersion: SchemaVersion, Report: "check", AsOf: timestamp(c.AsOf), Incomplete: c.Incomplete, Failed: c.Failed, Compared: c.Compared,
		Decision: text(c.decision()), Systems: c.Systems.Of, SystemsJudged: c.Systems.Judged, Tasks: c.Tasks.Of, TasksJudged: c.Tasks.Judged,
		Risks: []riskView{}, Budgets: []budgetView{}, Expired: []waiverView{}, Unused: []idleWaiverView{}, Findings: findingViews(c.Findings),
	}
	for i := range c.Risks {
		view.Risks = append(view.Risks, riskViewOf(&c.Risks[i]))
	}
	for _, b := range c.Budgets {
		view.Budgets = append(view.Budgets, budgetView{b.Tier, text(b.Rule), b.Most, b.Used, b.Over, b.Idle})
	}
	for i := range c.Expired {
		view.Expired = append(view.Expired, *waiverViewOf(&c.Expired[i]))
	}
	for i := range c.Unused {
		view.Unused = append(view.Unused, idleWaiverViewOf(&c.Unused[i]))
	}
	return view
}

type checkView struct {
	SchemaVersion int              `json:"schema_version"`
	Report        string           `json:"report"`
	AsOf          timestamp        `json:"as_of"`
	Incomplete    bool             `json:"incomplete"`
	Failed        bool             `json:"failed"`
	Compared      bool             `json:"compared_with_baseline"`
	Decision      text             `json:"decision"` // "passed", "failed" or "undecided"
	Systems       int              `json:"systems"`
	SystemsJudged int              `json:"systems_judged"`
	Tasks         int              `json:"tasks"`
	TasksJudged   int              `json:"tasks_judged"`
	Risks         []riskView       `json:"risks"`
	Budgets       []budgetView     `json:"budgets"`
	Expired       []waiverView     `json:"expired_waivers"`
	Unused        []idleWaiverView `json:"unused_waivers"`
	Findings      []findingView    `json:"findings"`
}

type riskView struct {
	Fingerprint text        `json:"fingerprint"`
	Rule        text        `json:"rule"`
	Subject     text        `json:"subject"`
	ID          text        `json:"id"`
	Name        text        `json:"name"`
	System      text        `json:"system"`
	Tier        int         `json:"tier"`
	Repository  text        `json:"repository"`
	Path        text        `json:"path"` // within the repository
	State       text        `json:"state"`
	Fails       bool        `json:"fails"`
	Value       decimal     `json:"value"`
	Accepted    *decimal    `json:"accepted_value"`
	Weight      decimal     `json:"weight"`
	N           int         `json:"n"`
	Hours       *decimal    `json:"sole_person_hours"`
	Text        text        `json:"text"`
	Waiver      *waiverView `json:"waiver"`
}

func riskViewOf(j *gate.Judged) riskView {
	return riskView{
		text(j.Fingerprint), text(j.Rule), text(j.Subject), text(j.ID), text(j.Name), text(j.System), j.Tier, text(j.Repository), text(j.Path),
		text(j.State), j.Fails, decimal(j.Value), optionalDecimal(j.Accepted), decimal(j.Weight), j.N, mostHours(j.Hours),
		text(j.Text), waiverViewOf(j.Waiver),
	}
}

type budgetView struct {
	Tier int  `json:"tier"`
	Rule text `json:"rule"`
	Most int  `json:"most"`
	Used int  `json:"used"`
	Over bool `json:"over"`
	Idle bool `json:"idle"` // nothing that was read is of its tier and rule
}

type waiverView struct {
	Fingerprint text      `json:"fingerprint"`
	Rule        text      `json:"rule"`
	ID          text      `json:"id"`
	Owner       text      `json:"owner"`
	Reason      text      `json:"reason"`
	Until       timestamp `json:"until"`
}

func waiverViewOf(w *gate.Waiver) *waiverView {
	if w == nil {
		return nil
	}
	return &waiverView{text(w.Fingerprint), text(w.Rule), text(w.ID), text(w.Owner), text(w.Reason), timestamp(w.Until)}
}

// idleWaiverView is a waiver that covers nothing, with the reason.
type idleWaiverView struct {
	waiverView
	Why     text `json:"why"`
	RuleNow text `json:"rule_now"`
	Nearest text `json:"nearest"`
}

func idleWaiverViewOf(w *gate.IdleWaiver) idleWaiverView {
	return idleWaiverView{*waiverViewOf(&w.Waiver), text(w.Why), text(w.RuleNow), text(w.Nearest)}
}
