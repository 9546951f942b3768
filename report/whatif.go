package report

import (
	"fmt"
	"strings"

	"keyperson/analyzer"
	"keyperson/sources"
)

// WhatIf is what a departure would do.
type WhatIf struct {
	*analyzer.WhatIf
	Incomplete bool              // a fatal finding was accepted by the user
	Findings   []sources.Finding // about the input
	Handover   string            // the command line that plans a handover, up to the system; empty for none
	Plan       string            // the command line that says what to do first, and keeps it; empty for none
}

// Document is the departure for a reader: what stops, what falls to one person, what is lost in a year.
func (x WhatIf) Document() Document {
	var d Document
	d.add(Heading{1, x.title()})
	if x.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(x.facts())
	if len(x.Leaving)+len(x.Joining) > 0 {
		d.add(List{Items: x.sentences()})
		x.addSystems(&d)
		x.addTasks(&d)
		x.addPlan(&d)
		x.addRest(&d)
	}
	x.addRisk(&d)
	if list := findingList(x.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	x.addNext(&d)
	return d
}

func (x WhatIf) title() string {
	var parts []string
	if len(x.Leaving) > 0 {
		parts = append(parts, fmt.Sprintf("%s left", enumerate(x.names(x.Leaving), 5)))
	}
	if len(x.Joining) > 0 {
		names := make([]string, len(x.Joining))
		for i, j := range x.Joining {
			names[i] = j.Name
			if j.Person >= 0 {
				names[i] = x.name(j.Person)
			}
		}
		parts = append(parts, fmt.Sprintf("%s came", enumerate(names, 5)))
	}
	if len(parts) == 0 {
		parts = []string{"What a year of departures may cost, as of " + moment(x.AsOf)}
		if x.After != nil {
			parts = append(parts, "and after the plan of "+day(x.After.AsOf))
		}
		return strings.Join(parts, ", ")
	}
	title := "What if " + strings.Join(parts, " and ") + ", as of " + moment(x.AsOf)
	if x.On.After(x.AsOf) {
		title += ", on " + day(x.On)
	}
	if x.After != nil {
		title += ", after the plan of " + day(x.After.AsOf)
	}
	return title
}

func (x WhatIf) facts() Facts {
	w := x.Whole
	facts := Facts{{"Everything", fmt.Sprintf("%s of what changes has nobody active who knows it", percent(w.UncoveredBefore))}}
	if len(x.Leaving)+len(x.Joining) > 0 {
		uncovered, factor := percent(w.UncoveredAfter), busFactorWords(w.BusFactorAfter)
		if w.Planned != nil {
			uncovered += ", with the plan " + percent(w.Planned.Uncovered)
			factor += ", with the plan " + busFactorWords(w.Planned.BusFactor)
		}
		facts[0].Text += fmt.Sprintf("; then %s. Bus factor %s, then %s", uncovered, busFactorWords(w.BusFactorBefore), factor)
	}
	facts = append(facts, x.planFacts()...)
	for _, person := range x.Leaving {
		if p := x.People[person]; !p.Active {
			facts = append(facts, Fact{"Note", fmt.Sprintf("%s was last seen %s and is not active: their leaving changes nothing", p.Name, day(p.LastSeen))})
		}
	}
	for _, j := range x.Joining {
		if j.Person >= 0 {
			facts = append(facts, Fact{"Note", fmt.Sprintf("%s was here before, last seen %s, and is taken as active with what they still know", x.name(j.Person), day(x.People[j.Person].LastSeen))})
		} else {
			facts = append(facts, Fact{"Note", fmt.Sprintf("%s is new and knows nothing yet: the numbers do not move for that", j.Name)})
		}
	}
	meaning := "before and after by the evidence up to now: nothing that those who stay may yet learn"
	if x.After != nil {
		meaning += "; with the plan: as if all of it that counts had been done before"
	}
	return append(facts, Fact{"Meaning", meaning})
}

// sentences sum up the effects.
func (x WhatIf) sentences() []string {
	uncovered, alone, stop, taskAlone := 0, 0, 0, 0
	for _, s := range x.Systems {
		if s.VerdictAfter == analyzer.VerdictOrphaned && s.VerdictBefore != analyzer.VerdictOrphaned {
			uncovered++
		}
		if s.FallsTo >= 0 {
			alone++
		}
	}
	for _, t := range x.Tasks {
		if t.Stops {
			stop++
		}
		if t.FallsTo >= 0 {
			taskAlone++
		}
	}
	sentences := []string{
		none(uncovered, "more system", "more systems") + " would have nobody active who knows most of it; " +
			none(alone, "system", "systems") + " would fall to one person alone.",
	}
	switch {
	case len(x.Tasks) == 0:
		sentences = append(sentences, "No recurring task that could be judged would change.")
	default:
		hours := "no source tells how long those take"
		if x.Hours != nil {
			hours = hoursWords(*x.Hours) + " a year are to be redistributed"
		}
		sentences = append(sentences, fmt.Sprintf("%s would probably stop, %s would fall to one person alone; of those that lose the one who does them most, %s.",
			none(stop, "recurring task", "recurring tasks"), none(taskAlone, "task", "tasks"), hours))
	}
	if len(x.Orphans) > 0 {
		sentences = append(sentences, counted(len(x.Orphans), "runbook", "runbooks")+" would lose the last active author.")
	}
	sentences = append(sentences, x.planSentences()...)
	for i := range sentences {
		sentences[i] = asSentence(sentences[i])
	}
	return sentences
}

// none counts, and says nothing with a word.
func none(n int, one, many string) string {
	if n == 0 {
		return "no " + one
	}
	return counted(n, one, many)
}

func (x WhatIf) addRest(d *Document) {
	if len(x.Orphans) > 0 {
		d.add(Heading{2, "Runbooks that lose their last active author"}, List{Items: x.Orphans})
	}
	if len(x.Learn) == 0 {
		return
	}
	var items []string
	for _, lesson := range x.Learn {
		items = append(items, fmt.Sprintf("%s %s: %s", lesson.Subject, lesson.ID, lesson.Reason))
	}
	d.add(Heading{2, "What whoever joins would best learn first"}, List{Ordered: true, Items: items})
}

func (x WhatIf) addRisk(d *Document) {
	if x.Risk == nil {
		return
	}
	r := x.Risk
	table := Table{Columns: []Column{
		{Title: "Lost within a year", Importance: 9},
		{Title: "Mean", Right: true, Importance: 8},
		{Title: "Median", Right: true, Importance: 7},
		{Title: "75th percentile", Right: true, Importance: 6},
		{Title: "95th percentile", Right: true, Importance: 9},
		{Title: "its 80 % interval", Right: true, Importance: 5},
	}}
	row := func(label string, l analyzer.Loss) {
		table.Rows = append(table.Rows, cells(label, percent(l.Mean), percent(l.Median), percent(l.Quantiles[15]), percent(l.Percentile95),
			percent(l.Low)+" to "+percent(l.High)))
	}
	row("Files, by the work on them", r.Files)
	if r.TaskCount > 0 {
		row(counted(r.TaskCount, "task that can be done now", "tasks that can be done now"), r.Tasks)
	}
	if x.After != nil && x.After.Risk != nil {
		planned := x.After.Risk
		row("Files, with the plan", planned.Files)
		if planned.TaskCount > 0 {
			row(counted(planned.TaskCount, "task, with the plan", "tasks, with the plan"), planned.Tasks)
		}
	}
	d.add(Heading{2, "Knowledge at risk"}, table, Paragraph{fmt.Sprintf(
		"%s simulated years; each of %s who can be missed leaves with a chance of %s, independently. In one year of four more is lost than the 75th percentile, in one of twenty more than the 95th; its interval is that of the simulation: what it assumes is not in it. After Rigby et al. 2016.",
		grouped(r.Simulations), counted(r.People, "active person", "active people"), percent(r.AnnualAttrition))})
}

func (x WhatIf) name(person int) string { return personName(x.People, person) }

func (x WhatIf) names(people []int) []string {
	names := make([]string, len(people))
	for i, person := range people {
		names[i] = x.name(person)
	}
	return names
}
