package report

import (
	"fmt"
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// PlanScore is what became of an earlier plan.
type PlanScore struct {
	Plan        *analyzer.Plan
	Predictions []analyzer.Prediction
	AsOf        time.Time
	Findings    []sources.Finding
	Incomplete  bool
}

// Document is the score for a reader.
func (s PlanScore) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("What became of the plan of %s, as of %s", day(s.Plan.AsOf), moment(s.AsOf))})
	if s.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	counts := map[analyzer.Outcome]int{}
	for i := range s.Predictions {
		counts[s.Predictions[i].Outcome]++
	}
	taken := counts[analyzer.CameTrue] + counts[analyzer.DidNot]
	facts := Facts{
		{"Plan", fmt.Sprintf("%s until %s", counted(len(s.Predictions), "action", "actions"), day(s.Plan.Until))},
		{"Done", fmt.Sprintf("%d, of which %d came true and %d did not", taken, counts[analyzer.CameTrue], counts[analyzer.DidNot])},
		{"Others", fmt.Sprintf("%d not done, %d cannot be scored", counts[analyzer.NotDone], counts[analyzer.CannotScore])},
	}
	d.add(facts)
	if list := findingList(s.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	if len(s.Predictions) == 0 {
		d.add(Paragraph{"The plan had no actions."})
		return d
	}
	d.add(Heading{2, "Actions, in the order of the plan"}, s.table(), Paragraph{scoreLegend})
	return d
}

const scoreLegend = "An action counts as done when the evidence shows it: a manual written since, someone else having done the task since, " +
	"or one other person having changed half of the files twice. " +
	"A prediction came true when the risk is within the range that was given, or better."

func (s PlanScore) table() Table {
	table := Table{Columns: []Column{
		{Title: "#", Right: true, Importance: 9},
		{Title: "Do", Importance: 8, Wrap: true},
		{Title: "For", Importance: 9, Wrap: true},
		{Title: "Before", Right: true, Importance: 6},
		{Title: "Expected", Right: true, Importance: 8},
		{Title: "Now", Right: true, Importance: 8},
		{Title: "Outcome", Importance: 9, Wrap: true},
		{Title: "Why we say so", Importance: 7, Wrap: true},
	}}
	for i := range s.Predictions {
		p := &s.Predictions[i]
		row := cells(fmt.Sprint(i+1), string(p.Action.Kind), p.Action.Name, percent(p.Action.Before), Plan{}.then(&p.Action), s.actual(p), string(p.Outcome), p.Reason)
		switch p.Outcome {
		case analyzer.DidNot:
			row[6].Tone = Alert
		case analyzer.NotDone:
			row[6].Tone = Caution
		case analyzer.CannotScore:
			row[6].Tone = Muted
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// actual is what is now, absent where nothing can be compared.
func (s PlanScore) actual(p *analyzer.Prediction) string {
	if p.Outcome == analyzer.CannotScore {
		return absent
	}
	return percent(p.Actual)
}

// View is the score for programs.
func (s PlanScore) View() any {
	view := planScoreView{
		SchemaVersion: SchemaVersion, Report: "plan-score", PlanAsOf: timestamp(s.Plan.AsOf), Until: timestamp(s.Plan.Until), AsOf: timestamp(s.AsOf),
		Incomplete: s.Incomplete, Predictions: []predictionView{}, Findings: findingViews(s.Findings),
	}
	for i := range s.Predictions {
		p := &s.Predictions[i]
		view.Predictions = append(view.Predictions, predictionView{
			text(p.Action.ID), text(p.Action.Kind), text(p.Action.Subject), text(p.Action.Of), text(p.Action.Name), decimal(p.Action.Before), decimal(p.Predicted),
			decimal(p.Action.Low), decimal(p.Action.High), scored(p), p.Done, text(p.Outcome), text(p.Reason),
		})
	}
	return view
}

func scored(p *analyzer.Prediction) *decimal {
	if p.Outcome == analyzer.CannotScore {
		return nil
	}
	return new(decimal(p.Actual))
}

type planScoreView struct {
	SchemaVersion int              `json:"schema_version"`
	Report        string           `json:"report"`
	PlanAsOf      timestamp        `json:"plan_as_of"`
	Until         timestamp        `json:"until"`
	AsOf          timestamp        `json:"as_of"`
	Incomplete    bool             `json:"incomplete"`
	Predictions   []predictionView `json:"predictions"`
	Findings      []findingView    `json:"findings"`
}

type predictionView struct {
	ID       text     `json:"id"`
	Kind     text     `json:"kind"`
	Subject  text     `json:"subject"`
	Of       text     `json:"of"`
	Name     text     `json:"name"`
	Before   decimal  `json:"risk_before"`
	Expected decimal  `json:"risk_expected"`
	Low      decimal  `json:"risk_expected_low"`
	High     decimal  `json:"risk_expected_high"`
	Actual   *decimal `json:"risk_now"` // null where it cannot be scored
	Done     bool     `json:"done"`
	Outcome  text     `json:"outcome"`
	Reason   text     `json:"reason"`
}

// predictionRecord is one row of the CSV of a score.
type predictionRecord struct {
	PlanAsOf   timestamp `csv:"plan_as_of"`
	Until      timestamp `csv:"until"`
	AsOf       timestamp `csv:"as_of"`
	Order      int       `csv:"order"`
	ID         text      `csv:"id"`
	Kind       text      `csv:"kind"`
	Subject    text      `csv:"subject"`
	Of         text      `csv:"of"`
	Name       text      `csv:"name"`
	Before     decimal   `csv:"risk_before"`
	Expected   decimal   `csv:"risk_expected"`
	Low        decimal   `csv:"risk_expected_low"`
	High       decimal   `csv:"risk_expected_high"`
	Actual     *decimal  `csv:"risk_now"`
	Done       bool      `csv:"done"`
	Outcome    text      `csv:"outcome"`
	Reason     text      `csv:"reason"`
	Incomplete bool      `csv:"incomplete"`
}

// Records is the score for a spreadsheet.
func (s PlanScore) Records() any {
	rows := []predictionRecord{}
	for i := range s.Predictions {
		p := &s.Predictions[i]
		rows = append(rows, predictionRecord{
			timestamp(s.Plan.AsOf), timestamp(s.Plan.Until), timestamp(s.AsOf), i + 1, text(p.Action.ID), text(p.Action.Kind), text(p.Action.Subject),
			text(p.Action.Of), text(p.Action.Name), decimal(p.Action.Before), decimal(p.Predicted), decimal(p.Action.Low), decimal(p.Action.High),
			scored(p), p.Done, text(p.Outcome), text(p.Reason), s.Incomplete,
		})
	}
	if s.Incomplete && len(rows) == 0 {
		rows = append(rows, predictionRecord{
			PlanAsOf: timestamp(s.Plan.AsOf), Until: timestamp(s.Plan.Until), AsOf: timestamp(s.AsOf), Outcome: incompleteRow, Incomplete: true,
		})
	}
	return rows
}
