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
	Findings   []sources.Finding    // on the data, and those of the gate itself
	Incomplete bool                 // a fatal finding was accepted by the user
	Tool       string               // version of this program
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
	if c.Undecided() {
		d.add(Warning{c.undecidedWarning()})
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

// decision is what the gate says in one word: what fails is certain, whatever could not be judged.
func (c Check) decision() string {
	switch {
	case c.Failed:
		return "failed"
	case c.Undecided():
		return "undecided"
	}
	return "passed"
}

// undecidedWarning says what the gate lacks to let through.
func (c Check) undecidedWarning() string {
	if unknown := len(c.Unknown()); unknown > 0 {
		return fmt.Sprintf("UNDECIDED. %s cannot be judged any more, which does not mean that nothing is wrong.", counted(unknown, "accepted risk", "accepted risks"))
	}
	return "UNDECIDED. Nothing could be judged, which does not mean that nothing is wrong."
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
	risks := len(c.Risks) - c.Count(gate.Absent) - c.Count(gate.Unknown)
	facts := Facts{{"Judged", c.Extent()}, {"Risks", fmt.Sprintf("%s, %d of them not accepted, %d waived", counted(risks, "risk", "risks"), failing, waived)}}
	if c.Compared {
		fact := Fact{"Baseline", fmt.Sprintf("%d new, %d worse, %d unchanged, %d gone",
			c.Count(gate.New), c.Count(gate.Worse), c.Count(gate.Unchanged), c.Count(gate.Absent))}
		if unknown := c.Count(gate.Unknown); unknown > 0 {
			fact.Text += fmt.Sprintf(", %d not known to be gone", unknown)
		}
		facts = append(facts, fact)
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
		switch {
		case b.Over:
			row[4] = Cell{"over", Alert}
		case b.Idle:
			row[4] = Cell{"for nothing that was read", Caution}
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
		if j.State == gate.Absent || j.State == gate.Unknown {
			value = absent
		}
		row := cells(string(j.State), decisionOn(j), string(j.Rule), value, accepted, j.Text, j.Fingerprint)
		switch {
		case j.Fails:
			row[1].Tone = Alert
		case j.State == gate.Unknown:
			row[1].Tone = Caution
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
	case j.State == gate.Unknown:
		return "not known"
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
	case w.Why == gate.RiskUnclear:
		return begins + "is about something that cannot be judged: keep the waiver until it can"
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
