package report

import "keyperson/analyzer"

// View is the plan for programs.
func (p Plan) View() any {
	view := planView{
		SchemaVersion: SchemaVersion, Report: "plan", AsOf: timestamp(p.AsOf), Until: timestamp(p.Until), Incomplete: p.Incomplete,
		CapHours: decimal(p.CapHours), Risk: decimal(p.Risk), RiskThen: decimal(p.RiskThen), Tasks: p.Tasks, Systems: p.Systems,
		Actions: []actionView{}, Deferred: []deferredView{}, Unteachable: []unteachableView{}, Findings: findingViews(p.Findings),
		Further: p.Further, Minor: p.Minor, Least: decimal(p.Least),
	}
	for i := range p.Actions {
		view.Actions = append(view.Actions, p.actionViewOf(&p.Actions[i]))
	}
	for _, a := range p.Deferred {
		view.Deferred = append(view.Deferred, deferredView{text(a.Kind), text(a.Of), text(a.Name), text(a.Reason)})
	}
	for i := range p.Unteachable {
		u := &p.Unteachable[i]
		view.Unteachable = append(view.Unteachable, unteachableView{text(u.Subject), text(u.Of), text(u.Name), text(u.System), u.Lost, text(u.Reason), text(u.Instead)})
	}
	return view
}

type planView struct {
	SchemaVersion int            `json:"schema_version"`
	Report        string         `json:"report"`
	AsOf          timestamp      `json:"as_of"`
	Until         timestamp      `json:"until"`
	Incomplete    bool           `json:"incomplete"`
	CapHours      decimal        `json:"cap_hours"`
	Risk          decimal        `json:"risk"`
	RiskThen      decimal        `json:"risk_then"`
	Tasks         int            `json:"tasks_judged"`
	Systems       int            `json:"systems_judged"`
	Actions       []actionView   `json:"actions"`
	Deferred      []deferredView `json:"deferred"`
	Findings      []findingView  `json:"findings"`

	Unteachable []unteachableView `json:"unteachable"`
	Further     int               `json:"further_actions"`
	Minor       int               `json:"minor_actions"`
	Least       decimal           `json:"least_effect"`
}

type actionView struct {
	ID       text        `json:"id"`
	Kind     text        `json:"kind"`
	Subject  text        `json:"subject"`
	Of       text        `json:"of"`
	Name     text        `json:"name"`
	System   text        `json:"system"`
	Dictates *personView `json:"dictates"`
	Writes   *personView `json:"writes_or_learns"`
	Verifies *personView `json:"verifies"`
	Files    []text      `json:"files"`
	Hours    decimal     `json:"hours"`
	Effect   decimal     `json:"effect"`
	PerHour  decimal     `json:"effect_per_hour"`
	Before   decimal     `json:"risk_before"`
	Expected decimal     `json:"risk_expected"`
	Low      decimal     `json:"risk_expected_low"`
	High     decimal     `json:"risk_expected_high"`
	Why      text        `json:"why"`
}

type deferredView struct {
	Kind   text `json:"kind"`
	Of     text `json:"of"`
	Name   text `json:"name"`
	Reason text `json:"reason"`
}

type unteachableView struct {
	Subject text `json:"subject"`
	Of      text `json:"of"`
	Name    text `json:"name"`
	System  text `json:"system"`
	Lost    bool `json:"lost"` // nobody active knows it; else nobody is near enough to learn it
	Reason  text `json:"reason"`
	Instead text `json:"instead"`
}

func (p Plan) actionViewOf(a *analyzer.Action) actionView {
	return actionView{
		text(a.ID), text(a.Kind), text(a.Subject), text(a.Of), text(a.Name), text(a.System),
		personViewOf(p.People, a.Dictates), personViewOf(p.People, a.Writes), personViewOf(p.People, a.Verifies), texts(a.Files),
		decimal(a.Hours), decimal(a.Effect), decimal(a.PerHour), decimal(a.Before), decimal(a.Expected), decimal(a.Low), decimal(a.High), text(a.Why),
	}
}

// planRecord is one row of the CSV of a plan: an action, one that was deferred, or what no action can help.
type planRecord struct {
	AsOf       timestamp `csv:"as_of"`
	Until      timestamp `csv:"until"`
	Order      *int      `csv:"order"`
	State      text      `csv:"state"` // "planned", "deferred", "nobody can teach it", "nobody can learn it" or "incomplete", see incompleteRow
	ID         text      `csv:"id"`
	Kind       text      `csv:"kind"`
	Subject    text      `csv:"subject"`
	Of         text      `csv:"of"`
	Name       text      `csv:"name"`
	System     text      `csv:"system"`
	Dictates   text      `csv:"dictates"`
	Writes     text      `csv:"writes_or_learns"`
	Verifies   text      `csv:"verifies"`
	Files      []text    `csv:"files"`
	Hours      *decimal  `csv:"hours"`
	Effect     *decimal  `csv:"effect"`
	PerHour    *decimal  `csv:"effect_per_hour"`
	Before     *decimal  `csv:"risk_before"`
	Expected   *decimal  `csv:"risk_expected"`
	Low        *decimal  `csv:"risk_expected_low"`
	High       *decimal  `csv:"risk_expected_high"`
	Why        text      `csv:"why"`
	Instead    text      `csv:"instead"`
	Incomplete bool      `csv:"incomplete"`
}

// Records is the plan for a spreadsheet.
func (p Plan) Records() any {
	rows := []planRecord{}
	for i := range p.Actions {
		a := &p.Actions[i]
		rows = append(rows, planRecord{
			timestamp(p.AsOf), timestamp(p.Until), new(i + 1), "planned", text(a.ID), text(a.Kind), text(a.Subject), text(a.Of), text(a.Name), text(a.System),
			text(p.nameOf(a.Dictates)), text(p.nameOf(a.Writes)), text(p.nameOf(a.Verifies)), texts(a.Files), new(decimal(a.Hours)), new(decimal(a.Effect)),
			new(decimal(a.PerHour)), new(decimal(a.Before)), new(decimal(a.Expected)), new(decimal(a.Low)), new(decimal(a.High)), text(a.Why), "", false,
		})
	}
	for _, a := range p.Deferred {
		rows = append(rows, planRecord{
			AsOf: timestamp(p.AsOf), Until: timestamp(p.Until), State: "deferred", Kind: text(a.Kind), Of: text(a.Of), Name: text(a.Name), Why: text(a.Reason),
		})
	}
	for i := range p.Unteachable {
		u := &p.Unteachable[i]
		state := text("nobody can learn it")
		if u.Lost {
			state = "nobody can teach it"
		}
		rows = append(rows, planRecord{
			AsOf: timestamp(p.AsOf), Until: timestamp(p.Until), State: state, Subject: text(u.Subject), Of: text(u.Of), Name: text(u.Name),
			System: text(u.System), Why: text(u.Reason), Instead: text(u.Instead),
		})
	}
	if p.Incomplete && len(rows) == 0 {
		rows = append(rows, planRecord{AsOf: timestamp(p.AsOf), Until: timestamp(p.Until), State: incompleteRow})
	}
	for i := range rows {
		rows[i].Incomplete = p.Incomplete
	}
	return rows
}
