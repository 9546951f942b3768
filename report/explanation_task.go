package report

import (
	"fmt"
	"math"
	"strings"

	"keyperson/analyzer"
)

func (e Explanation) addTask(d *Document) {
	t := &e.Task.Task
	e.title(d, fmt.Sprintf("%s: %s", t.Name, quadrantWords(t)))
	d.add(e.taskFacts(t))
	if len(t.Executors) > 0 {
		table := Table{Columns: []Column{
			{Title: "Person", Importance: 9, Shortest: 10},
			{Title: "Share", Right: true, Importance: 8},
			{Title: "Practice", Right: true, Importance: 7},
			{Title: "Capability", Importance: 9},
			{Title: "Last done", Importance: 6},
			{Title: "State", Importance: 6},
		}}
		for _, x := range t.Executors {
			state := "away"
			if e.People[x.Person].Active {
				state = "active"
			}
			table.Rows = append(table.Rows, cells(e.name(x.Person), percent(x.Share), fmt.Sprintf("%.2f", x.Practice), string(x.Capability), day(x.LastSeen), state))
		}
		d.add(Heading{2, "Who has done it"}, table)
	}
	table := Table{Columns: []Column{
		{Title: "Date", Importance: 9},
		{Title: "Ticket", Importance: 9},
		{Title: "Done by", Importance: 8, Shortest: 10},
		{Title: "Why", Importance: 7, Shortest: 20},
		{Title: "Summary", Importance: 6, Shortest: 16},
	}}
	for _, line := range e.Task.Tickets {
		row := cells(day(line.Time), line.Key, e.name(line.Person), line.Reason, line.Summary)
		if line.Person < 0 {
			row[3].Tone = Muted
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Its tickets, the newest first"}, table)
	if e.Task.Omitted > 0 {
		d.add(Paragraph{fmt.Sprintf("%s not shown.", counted(e.Task.Omitted, "more ticket is", "more tickets are"))})
	}
}

func (e Explanation) taskFacts(t *analyzer.Task) Facts {
	facts := Facts{
		{"ID", t.ID},
		{"Placed by", t.Rule},
		{"System", orAbsent(t.System)},
		{"Class", fmt.Sprintf("%s: %s", t.Class, t.ClassReason)},
		{"Trigger", t.Trigger},
		{"Level", fmt.Sprintf("%s: %s", t.Level, t.LevelReason)},
		{"Executions", taskExecutions(t)},
	}
	if t.Enough {
		parts := make([]string, len(t.Routineness.Parts))
		for i, p := range t.Routineness.Parts {
			parts[i] = fmt.Sprintf("%s %.2f (n = %d)", p.Name, p.Value, p.N)
		}
		how := "the mean of " + strings.Join(parts, ", ")
		if t.Routineness.Pinned {
			how = "pinned by the configuration; by evidence " + how
		}
		risk := fmt.Sprintf("%.2f that nobody present can do it now", t.RiskNow)
		if t.TopPerson >= 0 {
			risk += fmt.Sprintf("; %.2f without %s (%s)", t.AbsenceRisk, e.name(t.TopPerson), riskDoubt(t))
		}
		facts = append(facts,
			Fact{"Same hands", fmt.Sprintf("%.2f; top share %s, as many as %.1f people sharing evenly (n = %d since %s)", t.SameHands, percent(t.TopShare), t.EffectiveExecutors, t.Counted, day(t.CountedFrom))},
			Fact{"Absence risk", risk},
			Fact{"Routineness", fmt.Sprintf("%.2f: %s", t.Routineness.Value, how)},
			Fact{"II", fmt.Sprintf("%.0f = 100 · %.2f · %.2f · (0.5 + 0.5 · %.2f)", t.Individualization, t.Routineness.Value, t.AbsenceRisk, t.SameHands)})
	}
	manual := "none"
	if e.Task.Runbook != "" {
		manual = fmt.Sprintf("%s at %s", e.Task.Runbook, t.Maturity)
	}
	facts = append(facts, Fact{"Manual", manual}, Fact{"Rates", taskRates(t)}, Fact{"Handling", handlingWords(t)})
	for _, r := range t.Readiness {
		words := "yes"
		if !r.Ready {
			words = "no, it lacks " + strings.Join(r.Missing, "; ")
		}
		facts = append(facts, Fact{asLabel(r.Question), words})
	}
	return facts
}

func asLabel(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// riskDoubt says how far an absence risk can be trusted: by redrawn executions, or by their number where all that count are
// of one person, since any draw of these gives the same. If others did a share p of such work, none of n executions would
// show it with a chance of (1 − p)^n, which is 20 % at p = 1 − 0.2^(1/n).
func riskDoubt(t *analyzer.Task) string {
	if t.RiskLow < t.RiskHigh {
		return fmt.Sprintf("80 %% interval %.2f–%.2f", t.RiskLow, t.RiskHigh)
	}
	for _, x := range t.Executors {
		if x.Person == t.TopPerson && x.Share == 1 && t.Counted > 0 {
			return fmt.Sprintf("all %s that count are theirs, so that no draw shows anything else; others may do up to %s of such work, an 80 %% bound",
				grouped(t.Counted), percent(1-math.Pow(0.2, 1/float64(t.Counted))))
		}
	}
	return "nobody else who has done it is present, so that no draw shows anything else"
}

func taskExecutions(t *analyzer.Task) string {
	words := fmt.Sprintf("%s of %s, %s in the last year", grouped(t.Executions), counted(t.Tickets, "ticket", "tickets"), grouped(t.Recent))
	if !t.First.IsZero() {
		words += fmt.Sprintf("; first %s, last %s", day(t.First), day(t.Last))
	}
	if len(t.NotExecutions) > 0 {
		words += "; the others: " + omissionWords(t.NotExecutions)
	}
	return words
}

func taskRates(t *analyzer.Task) string {
	rate := func(name string, share *float64) string {
		if share == nil {
			return name + " unknown"
		}
		return name + " " + percent(*share)
	}
	return strings.Join([]string{rate("reassigned", t.ReassignmentRate), rate("opened again", t.ReopenRate), rate("raised", t.EscalationRate)}, ", ")
}

func handlingWords(t *analyzer.Task) string {
	if t.HandlingHours == nil {
		return "unknown"
	}
	bound := ""
	if t.HandlingSource == analyzer.HandlingElapsed {
		bound = "at most "
	}
	words := fmt.Sprintf("%s%.1f hours each (%s, n = %d)", bound, *t.HandlingHours, t.HandlingSource, t.HandlingN)
	if t.SolePersonHours != nil {
		words += fmt.Sprintf("; %s of the last year hung on one person", hoursWords(*t.SolePersonHours))
	}
	return words
}

func (e Explanation) addTicket(d *Document) {
	t := e.Ticket
	title := t.Key
	if t.Summary != "" {
		title += ": " + t.Summary
	}
	e.title(d, title)
	task := "none"
	if t.Task != "" {
		task = fmt.Sprintf("%s (%s)", t.TaskName, t.Task)
	}
	d.add(Facts{{"Task", task}, {"Placed by", t.PlacedBy}, {"System", orAbsent(t.System)}, {"Counts as", t.Verdict}})
	if len(t.Deeds) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Person", Importance: 9, Shortest: 10},
		{Title: "Points", Right: true, Importance: 8},
		{Title: "What they did", Importance: 9, Wrap: true},
	}}
	for _, deed := range t.Deeds {
		table.Rows = append(table.Rows, cells(e.name(deed.Person), fmt.Sprintf("%.1f", deed.Points), orAbsent(deed.Reason)))
	}
	d.add(Heading{2, "Who did what on it"}, table)
}
