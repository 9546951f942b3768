package report

import (
	"fmt"
	"strings"

	"keyperson/analyzer"
)

// planColumn says of each row what the plan does for it.
var planColumn = Column{Title: "The plan", Importance: 9}

func helpCell(h analyzer.PlanHelp) Cell {
	switch h {
	case analyzer.NoNeed:
		return Cell{absent, Plain}
	case analyzer.NotEnough, analyzer.NotPlanned, analyzer.NoUse:
		return Cell{string(h), Alert}
	}
	return Cell{string(h), Plain}
}

// planFacts say what of the plan counts.
func (x WhatIf) planFacts() Facts {
	if x.After == nil {
		return nil
	}
	number := map[analyzer.ActionState]int{}
	for i := range x.After.Actions {
		number[x.After.Actions[i].State]++
	}
	var said []string
	for _, state := range []struct {
		state analyzer.ActionState
		words string
	}{
		{analyzer.ActionCounts, "counted"},
		{analyzer.ActionDone, "done already"},
		{analyzer.ActionTeachesLeaver, "teaching somebody who leaves"},
		{analyzer.ActionLeftOut, "left out"},
	} {
		if n := number[state.state]; n > 0 {
			said = append(said, grouped(n)+" "+state.words)
		}
	}
	if len(said) == 0 {
		said = []string{"nothing to count"}
	}
	due := "to be done by"
	if x.After.Until.Before(x.AsOf) {
		due = "that was to be done by"
	}
	return Facts{{"Plan", fmt.Sprintf("of %s, %s %s; of its %s %s", day(x.After.AsOf), due, day(x.After.Until),
		counted(len(x.After.Actions), "action", "actions"), strings.Join(said, ", "))}}
}

// planSentences sum up what a plan saves, and what it does not.
func (x WhatIf) planSentences() []string {
	if x.After == nil {
		return nil
	}
	var saves []string
	lost, saved := 0, 0
	for i := range x.Tasks {
		t := &x.Tasks[i]
		countSaved(t.Planned.Help, t.IsLost() && !t.WasLost(), &lost, &saved)
	}
	saves = append(saves, savedOf(saved, lost, "task", "tasks")...)
	lost, saved = 0, 0
	for i := range x.Systems {
		s := &x.Systems[i]
		countSaved(s.Planned.Help, s.IsLost() && !s.WasLost(), &lost, &saved)
	}
	saves = append(saves, savedOf(saved, lost, "system", "systems")...)
	if len(saves) == 0 {
		return []string{"Nothing would be lost that the plan could save."}
	}
	return []string{"Carried out before, the plan saves " + strings.Join(saves, " and ") + " that would be lost."}
}

func countSaved(help analyzer.PlanHelp, isLost bool, lost, saved *int) {
	if !isLost {
		return
	}
	if *lost++; help == analyzer.Saves {
		*saved++
	}
}

// savedOf says how many are saved, and nothing where none would be lost.
func savedOf(saved, lost int, one, many string) []string {
	if lost == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %s", saved, counted(lost, one, many))}
}

// addPlan shows what the plan leaves, and what its actions do for this departure.
func (x WhatIf) addPlan(d *Document) {
	if x.After == nil {
		return
	}
	if list := x.remains(); len(list.Items) > 0 {
		d.add(Heading{2, "What the plan leaves"}, list)
	}
	x.addActions(d)
	d.add(Paragraph{"Where three values stand they are today, without them, and without them after the plan. Lost is a task that stops, and a " +
		"system of which nobody active knows most. What the plan does is what it predicts, without the interval that it shows itself: " +
		"executions count as if half as old as the plan is long, and whoever pairs on a file covers it then."})
}

// remains gathers what is lost or falls to one person in spite of the plan, by why.
func (x WhatIf) remains() List {
	var order []string
	named := map[string][]string{}
	note := func(reason, name string) {
		if named[reason] == nil {
			order = append(order, reason)
		}
		named[reason] = append(named[reason], name)
	}
	for i := range x.Systems {
		switch s := &x.Systems[i]; {
		case !s.Planned.Help.Fails():
		case s.IsLost():
			note(remainsWords("systems of which nobody active would know most", s.Planned.Help, s.WasLost()), s.System)
		default:
			note(remainsWords("systems that one person alone would hold", s.Planned.Help, false), fmt.Sprintf("%s (%s)", s.System, x.name(s.FallsTo)))
		}
	}
	for i := range x.Tasks {
		switch t := &x.Tasks[i]; {
		case !t.Planned.Help.Fails():
		case t.IsLost():
			note(remainsWords("tasks that nobody present could be counted on for", t.Planned.Help, t.WasLost()), t.Name)
		default:
			note(remainsWords("tasks that one person alone would keep going", t.Planned.Help, false), fmt.Sprintf("%s (%s)", t.Name, x.name(t.FallsTo)))
		}
	}
	const shown = 6
	var list List
	for _, reason := range order {
		list.Items = append(list.Items, reason+": "+enumerate(named[reason], shown))
	}
	return list
}

// remainsWords says what remains, and what the plan does about it.
func remainsWords(what string, h analyzer.PlanHelp, wasLost bool) string {
	if wasLost {
		what += ", as today already"
	}
	switch h {
	case analyzer.NotEnough:
		return what + ", since the plan does too little for them"
	case analyzer.NoUse:
		return what + ", since what the plan does for them cannot be carried out or teaches somebody who leaves"
	}
	return what + ", and that are not in the plan"
}

// addActions lists the actions that lower what is lost, and those that do not count, with the reason.
func (x WhatIf) addActions(d *Document) {
	table := Table{Columns: []Column{
		{Title: "#", Right: true, Importance: 9},
		{Title: "Do", Importance: 9, Wrap: true},
		{Title: "For", Importance: 9, Wrap: true},
		{Title: "Writes or learns", Importance: 8, Wrap: true},
		{Title: "Lost without them", Right: true, Importance: 8},
		{Title: "Counts", Importance: 9, Wrap: true},
	}}
	var others []string
	for i := range x.After.Actions {
		p := &x.After.Actions[i]
		a := &p.Action
		if p.State == analyzer.ActionCounts && p.Before-p.After < leastShown {
			others = append(others, fmt.Sprintf("%d. %s", i+1, a.Name))
			continue
		}
		row := cells(fmt.Sprint(i+1), string(a.Kind), a.Name, x.name(a.Writes), absent, stateWords(p))
		if p.State != analyzer.ActionLeftOut {
			row[4].Text = then(percent(p.Before), percent(p.After))
		}
		table.Rows = append(table.Rows, row)
	}
	if len(table.Rows) > 0 {
		d.add(Heading{2, "What the plan's actions do for that"}, table)
	}
	if len(others) > 0 {
		const named = 5
		d.add(Paragraph{"Of little concern to this departure: " + enumerate(others, named) + "."})
	}
}

// stateWords says whether an action counts, and why not.
func stateWords(p *analyzer.PlannedAction) string {
	switch p.State {
	case analyzer.ActionCounts:
		if p.Reason != "" {
			return "in part: " + p.Reason
		}
		return "yes"
	case analyzer.ActionTeachesLeaver:
		return "no: " + p.Reason
	}
	return string(p.State) + ": " + p.Reason
}
