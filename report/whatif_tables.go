package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"keyperson/analyzer"
)

// then writes a change, or several, one after the other; a value that stays the same once.
func then(values ...string) string {
	if !isChange(values) {
		return values[0]
	}
	return strings.Join(values, " → ")
}

func isChange(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return v != values[0] })
}

func (x WhatIf) addSystems(d *Document) {
	if len(x.Systems) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "System", Importance: 9, Shortest: 10},
		{Title: "Uncovered", Right: true, Importance: 8},
		{Title: "Bus factor", Right: true, Importance: 6},
		{Title: "Verdict", Importance: 7, Wrap: true},
		{Title: "Falls to", Importance: 8, Shortest: 10},
	}}
	if x.After != nil {
		table.Columns = append(table.Columns, planColumn)
	}
	var alike []string
	for i := range x.Systems {
		row, changes := x.systemRow(&x.Systems[i])
		if !changes {
			alike = append(alike, x.Systems[i].System)
			continue
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Systems, the most pressing first"})
	x.addTable(d, table, alike)
}

// systemRow writes what becomes of a system, and says whether anything shows.
func (x WhatIf) systemRow(s *analyzer.SystemEffect) (row []Cell, changes bool) {
	uncovered, factor := []string{percent(s.UncoveredBefore), percent(s.UncoveredAfter)}, []string{busFactorWords(s.BusFactorBefore), busFactorWords(s.BusFactorAfter)}
	verdict, falls := []string{verdictWords(s.VerdictBefore), verdictWords(s.VerdictAfter)}, []string{x.name(s.FallsTo)}
	tone := verdictTone(s.VerdictAfter)
	if p := s.Planned; p != nil {
		uncovered, factor = append(uncovered, percent(p.Uncovered)), append(factor, busFactorWords(p.BusFactor))
		verdict, falls = append(verdict, verdictWords(p.Verdict)), append(falls, x.name(p.FallsTo))
		tone = verdictTone(p.Verdict)
	}
	row = cells(s.System, then(uncovered...), then(factor...), then(verdict...), then(falls...))
	row[3].Tone = tone
	changes = math.Abs(s.UncoveredAfter-s.UncoveredBefore) >= leastShown || isChange(factor) || isChange(verdict) || isChange(append(falls, absent))
	if s.Planned != nil {
		row = append(row, helpCell(s.Planned.Help))
	}
	return row, changes
}

// leastShown is the change of a share that deserves a row.
const leastShown = 0.01

// addTable adds a table and names what changes by too little to show in it.
func (x WhatIf) addTable(d *Document, table Table, alike []string) {
	const named = 8
	if len(table.Rows) > 0 {
		d.add(table)
	}
	if len(alike) > 0 {
		d.add(Paragraph{fmt.Sprintf("Changing by too little to show: %s.", enumerate(alike, named))})
	}
}

func (x WhatIf) addTasks(d *Document) {
	if len(x.Tasks) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Task", Importance: 9, Shortest: 14},
		{Title: "System", Importance: 4, Shortest: 8},
		{Title: "Risk", Right: true, Importance: 8},
		{Title: "Stops", Importance: 9},
		{Title: "Falls to", Importance: 8, Shortest: 10},
		{Title: "Hours a year", Right: true, Importance: 5},
	}}
	isLater := x.On.After(x.AsOf)
	if isLater {
		table.Columns = append(table.Columns, Column{Title: "Chances until then", Right: true, Importance: 7})
	}
	if x.After != nil {
		table.Columns = append(table.Columns, planColumn)
	}
	var alike []string
	for i := range x.Tasks {
		row, changes := x.taskRow(&x.Tasks[i])
		if !changes {
			alike = append(alike, x.Tasks[i].Name)
			continue
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Recurring tasks"})
	x.addTable(d, table, alike)
	d.add(Paragraph{"Risk is the chance that nobody present can do the task, by practice and procedure; from 50 % on it stops."})
	if isLater {
		d.add(Paragraph{"Chances are how often each will probably be done until then: so often can someone do it beside those who leave."})
	}
}

// taskRow writes what becomes of a task, and says whether anything shows.
func (x WhatIf) taskRow(t *analyzer.TaskEffect) (row []Cell, changes bool) {
	risk, falls := []string{percent(t.RiskBefore), percent(t.RiskAfter)}, []string{x.name(t.FallsTo)}
	if t.Planned != nil {
		risk, falls = append(risk, percent(t.Planned.Risk)), append(falls, x.name(t.Planned.FallsTo))
	}
	row = cells(t.Name, cmp.Or(t.System, absent), then(risk...), "", then(falls...), absent)
	if t.Stops {
		row[3] = Cell{"stops", Alert}
	}
	if t.Hours != nil {
		row[5].Text = oneDecimal(t.Hours.AtMost)
		if t.Hours.AtLeast < t.Hours.AtMost {
			row[5].Text = "≤ " + row[5].Text
		}
	}
	if x.On.After(x.AsOf) {
		row = append(row, Cell{Text: fmt.Sprintf("%.0f", t.Chances)})
	}
	if t.Planned != nil {
		row = append(row, helpCell(t.Planned.Help))
	}
	return row, math.Abs(t.RiskAfter-t.RiskBefore) >= leastShown || isChange(append(falls, absent)) || t.Hours != nil
}
