package report

import (
	"fmt"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/sources"
)

// Check is what a gate decided: which risks there are, which of them were accepted, and whether it lets through.
type Check struct {
	*gate.Result
	Assessment *analyzer.Assessment // what was judged
	Findings   []sources.Finding
	Incomplete bool
	Tool       string // version of this program
	// Configuration is the path of the configuration file in the repository, "" where there is none.
	Configuration string
}

// Document is the decision for a reader.
func (c Check) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("Gate as of %s: %s", moment(c.AsOf), c.decision())})
	if c.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(c.facts())
	if len(c.Budgets) > 0 {
		d.add(Heading{2, "Budgets"}, c.budgets())
	}
	if len(c.Risks) > 0 {
		d.add(Heading{2, "Risks"}, c.risks())
	}
	if items := c.waiverNotes(); len(items) > 0 {
		d.add(Heading{2, "Waivers to look at"}, List{Items: items})
	}
	if list := findingList(c.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	return d
}

func (c Check) decision() string {
	if c.Failed {
		return "failed"
	}
	return "passed"
}

func (c Check) facts() Facts {
	failing, waived := 0, 0
	for i := range c.Risks {
		if c.Risks[i].Fails {
			failing++
		}
		if c.Risks[i].Waiver != nil {
			waived++
		}
	}
	risks := len(c.Risks) - c.Count(gate.Absent)
	facts := Facts{{"Risks", fmt.Sprintf("%s, %d of them not accepted, %d waived", counted(risks, "risk", "risks"), failing, waived)}}
	if c.Compared {
		facts = append(facts, Fact{"Baseline", fmt.Sprintf("%d new, %d worse, %d unchanged, %d gone",
			c.Count(gate.New), c.Count(gate.Worse), c.Count(gate.Unchanged), c.Count(gate.Absent))})
	}
	return facts
}

func (c Check) budgets() Table {
	table := Table{Columns: []Column{
		{Title: "Tier", Importance: 9},
		{Title: "Rule", Importance: 8},
		{Title: "Accepted", Right: true, Importance: 9},
		{Title: "There", Right: true, Importance: 9},
		{Title: "Decision", Importance: 9},
	}}
	for _, b := range c.Budgets {
		row := cells(tierWords(b.Tier), anyOr(string(b.Rule)), grouped(b.Most), grouped(b.Used), "within")
		if b.Over {
			row[4] = Cell{"over", Alert}
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func tierWords(tier int) string {
	if tier == 0 {
		return "every"
	}
	return fmt.Sprint(tier)
}

func anyOr(text string) string {
	if text == "" {
		return "every"
	}
	return text
}

func (c Check) risks() Table {
	table := Table{Columns: []Column{
		{Title: "State", Importance: 9},
		{Title: "Decision", Importance: 9},
		{Title: "Rule", Importance: 8},
		{Title: "Value", Right: true, Importance: 8},
		{Title: "Accepted", Right: true, Importance: 6},
		{Title: "What", Importance: 9, Wrap: true},
		{Title: "Fingerprint", Importance: 3},
	}}
	for i := range c.Risks {
		j := &c.Risks[i]
		accepted := absent
		if j.Accepted != nil {
			accepted = percent(*j.Accepted)
		}
		value := percent(j.Value)
		if j.State == gate.Absent {
			value = absent
		}
		row := cells(string(j.State), decisionOn(j), string(j.Rule), value, accepted, j.Text, j.Fingerprint)
		if j.Fails {
			row[1].Tone = Alert
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// decisionOn is what the gate does about one risk.
func decisionOn(j *gate.Judged) string {
	switch {
	case j.Fails:
		return "fails"
	case j.Waiver != nil:
		return "waived until " + day(j.Waiver.Until)
	case j.State == gate.Absent:
		return "gone"
	}
	return "accepted"
}

// waiverNotes are waivers that do nothing any more.
func (c Check) waiverNotes() []string {
	var notes []string
	for i := range c.Expired {
		w := &c.Expired[i]
		notes = append(notes, fmt.Sprintf("%s, accepted by %s, expired on %s: mend it, or accept it anew (%s)", waived(w), w.Owner, day(w.Until), w.Reason))
	}
	for i := range c.Unused {
		notes = append(notes, idleNote(&c.Unused[i]))
	}
	return notes
}

// idleNote says why a waiver covers nothing, and what to do about it.
func idleNote(w *gate.IdleWaiver) string {
	begins := fmt.Sprintf("%s, accepted by %s, ", waived(&w.Waiver), w.Owner)
	switch {
	case w.Why == gate.OtherRule:
		return begins + fmt.Sprintf("comes under %s now, which the waiver does not cover: mend it, or accept it under that rule", w.RuleNow)
	case w.Why == gate.RiskGone:
		return begins + "is no risk any more: remove the waiver"
	case w.Nearest == "":
		return begins + "matches nothing known, and nothing is called nearly so: mend its id, or remove the waiver"
	}
	return begins + fmt.Sprintf("matches nothing known; nearest is %s: mend its id, or remove the waiver", w.Nearest)
}

func waived(w *gate.Waiver) string {
	if w.Fingerprint != "" {
		return w.Fingerprint
	}
	return string(w.Rule) + " of " + w.ID
}

// View is the decision for programs.
func (c Check) View() any {
	view := checkView{
		SchemaVersion: SchemaVersion, Report: "check", AsOf: timestamp(c.AsOf), Incomplete: c.Incomplete, Failed: c.Failed, Compared: c.Compared,
		Risks: []riskView{}, Budgets: []budgetView{}, Expired: []waiverView{}, Unused: []idleWaiverView{}, Findings: findingViews(c.Findings),
	}
	for i := range c.Risks {
		view.Risks = append(view.Risks, riskViewOf(&c.Risks[i]))
	}
	for _, b := range c.Budgets {
		view.Budgets = append(view.Budgets, budgetView{b.Tier, text(b.Rule), b.Most, b.Used, b.Over})
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
	Path        text        `json:"path"`
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
		text(j.Fingerprint), text(j.Rule), text(j.Subject), text(j.ID), text(j.Name), text(j.System), j.Tier, text(j.Path),
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

// checkRecord is one row of the decision's CSV: one risk.
type checkRecord struct {
	Fingerprint text      `csv:"fingerprint"`
	Rule        text      `csv:"rule"`
	Subject     text      `csv:"subject"`
	ID          text      `csv:"id"`
	Name        text      `csv:"name"`
	System      text      `csv:"system"`
	Tier        int       `csv:"tier"`
	Path        text      `csv:"path"`
	State       text      `csv:"state"`
	Fails       bool      `csv:"fails"`
	Value       decimal   `csv:"value"`
	Accepted    *decimal  `csv:"accepted_value"`
	Weight      decimal   `csv:"weight"`
	N           int       `csv:"n"`
	Hours       *decimal  `csv:"sole_person_hours"`
	Text        text      `csv:"text"`
	WaiverOwner text      `csv:"waiver_owner"`
	WaiverUntil timestamp `csv:"waiver_until"`
}

// Records is the decision for a spreadsheet: one row a risk.
func (c Check) Records() any {
	rows := []checkRecord{}
	for i := range c.Risks {
		j := &c.Risks[i]
		row := checkRecord{
			Fingerprint: text(j.Fingerprint), Rule: text(j.Rule), Subject: text(j.Subject), ID: text(j.ID), Name: text(j.Name),
			System: text(j.System), Tier: j.Tier, Path: text(j.Path), State: text(j.State), Fails: j.Fails, Value: decimal(j.Value),
			Accepted: optionalDecimal(j.Accepted), Weight: decimal(j.Weight), N: j.N, Hours: mostHours(j.Hours), Text: text(j.Text),
		}
		if j.Waiver != nil {
			row.WaiverOwner, row.WaiverUntil = text(j.Waiver.Owner), timestamp(j.Waiver.Until)
		}
		rows = append(rows, row)
	}
	return rows
}
