package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer"
)

// addRunbook shows how far a runbook can be relied on and what says so.
func (e Explanation) addRunbook(d *Document, x *analyzer.RunbookExplanation) {
	b := &x.Runbook
	facts := Facts{{"Tasks", coveredTasks(x.Tasks)}, {"Maturity", b.Maturity.String() + ": " + maturityWords[b.Maturity]}}
	if b.Diagnosis {
		facts = append(facts, Fact{"Kind", "explains an alert and how to find its cause, so that these rules are not asked of it: " +
			strings.Join(analyzer.NotAskedOfDiagnoses(), ", ")})
	}
	if len(b.Missing) > 0 {
		facts = append(facts, Fact{"Next level lacks", strings.Join(b.Missing, "; ")})
	}
	owner := b.Owner
	if owner == "" {
		owner = "nobody"
	}
	facts = append(facts,
		Fact{"Named as owner", owner},
		Fact{"Last reviewed", day(b.LastReviewed)},
		Fact{"Revisions", fmt.Sprintf("%s, of which %s changed what it says and %s only moved a review date", grouped(b.Revisions), grouped(b.Substantive), grouped(b.Bumps))},
		Fact{"Run by others", counted(b.OtherExecutions, "execution", "executions")},
		Fact{"Rules met", fmt.Sprintf("%s for people, %s for machines, %s of logic", percent(b.Scores.People), percent(b.Scores.Machines), percent(b.Scores.Logic))})
	if len(b.Alerts) > 0 {
		facts = append(facts, Fact{"Alerts", enumerate(b.Alerts, 8)})
	}
	d.add(Heading{2, "As a runbook"}, facts)
	if len(b.Lint) > 0 {
		lines := make(Lines, len(b.Lint))
		for i, f := range b.Lint {
			lines[i] = fmt.Sprintf("%s:%d: %s [%s]", b.Path, max(f.Line, 1), f.Message, f.Rule)
		}
		d.add(Heading{2, "What to mend"}, lines)
	}
	e.addRevisions(d, x)
}

// runbookSystems are the systems that a document is about by its place or by configuration, else those of the tasks done by it.
func runbookSystems(x *analyzer.RunbookExplanation) string {
	if len(x.Runbook.Systems) > 0 {
		return enumerate(x.Runbook.Systems, 8)
	}
	var systems []string
	for i := range x.Tasks {
		if system := x.Tasks[i].System; system != "" {
			systems = append(systems, system)
		}
	}
	if len(systems) == 0 {
		return "none"
	}
	slices.Sort(systems)
	return enumerate(slices.Compact(systems), 8) + ", by the tasks done by it"
}

func coveredTasks(tasks []analyzer.CoveredTask) string {
	if len(tasks) == 0 {
		return "none that is known: no ticket cites it, and no rule names it"
	}
	names := make([]string, len(tasks))
	for i := range tasks {
		names[i] = tasks[i].Name
	}
	return enumerate(names, 8)
}

func (e Explanation) addRevisions(d *Document, x *analyzer.RunbookExplanation) {
	if len(x.Revisions) > 0 {
		table := Table{Columns: []Column{
			{Title: "Date", Importance: 9},
			{Title: "Commit", Importance: 9},
			{Title: "Person", Importance: 7, Shortest: 10},
			{Title: "What", Importance: 8},
			{Title: "Amounts to", Importance: 8},
			{Title: "Words", Right: true, Importance: 4},
		}}
		for _, r := range x.Revisions {
			table.Rows = append(table.Rows, cells(r.Time.UTC().Format(time.DateOnly), analyzer.ShortReference(r.Reference), e.name(r.Person), r.Kind, r.Nature, grouped(r.Words)))
		}
		d.add(Heading{2, "Revisions, the newest first"}, table)
	}
	if len(x.Executions) > 0 {
		table := Table{Columns: []Column{
			{Title: "Date", Importance: 9},
			{Title: "Ticket or commit", Importance: 9},
			{Title: "Person", Importance: 7, Shortest: 10},
			{Title: "Notes", Importance: 6},
		}}
		for _, done := range x.Executions {
			table.Rows = append(table.Rows, cells(done.Time.UTC().Format(time.DateOnly), analyzer.ShortReference(done.Reference), e.name(done.Person), executionNotes(done)))
		}
		d.add(Heading{2, "Executions, the newest first"}, table)
	}
	if x.Omitted > 0 {
		d.add(Paragraph{fmt.Sprintf("%s not shown.", counted(x.Omitted, "more revision or execution is", "more revisions and executions are"))})
	}
}

func executionNotes(done analyzer.RunbookExecution) string {
	var notes []string
	if done.Wrote {
		notes = append(notes, "wrote it")
	}
	if done.Escalated {
		notes = append(notes, "escalated")
	}
	return strings.Join(notes, ", ")
}

type runbookExplanationView struct {
	Runbook    runbookView            `json:"runbook"`
	Tasks      []coveredTaskView      `json:"tasks"`
	Revisions  []revisionView         `json:"revisions"`
	Executions []runbookExecutionView `json:"executions"`
	Omitted    int                    `json:"omitted"`
}

type coveredTaskView struct {
	ID     text `json:"id"`
	Name   text `json:"name"`
	System text `json:"system"`
}

type revisionView struct {
	Time       timestamp   `json:"time"`
	Repository text        `json:"repository"`
	Reference  text        `json:"reference"`
	Person     *personView `json:"person"`
	Kind       text        `json:"kind"`
	Nature     text        `json:"nature"`
	Words      int         `json:"words"`
}

type runbookExecutionView struct {
	Time      timestamp   `json:"time"`
	Reference text        `json:"reference"`
	Person    *personView `json:"person"`
	Wrote     bool        `json:"wrote"`
	Escalated bool        `json:"escalated"`
}

func (e Explanation) runbookView(x *analyzer.RunbookExplanation) *runbookExplanationView {
	if x == nil {
		return nil
	}
	view := &runbookExplanationView{runbookViewOf(e.People, &x.Runbook), []coveredTaskView{}, []revisionView{}, []runbookExecutionView{}, x.Omitted}
	for _, t := range x.Tasks {
		view.Tasks = append(view.Tasks, coveredTaskView{text(t.ID), text(t.Name), text(t.System)})
	}
	for _, r := range x.Revisions {
		view.Revisions = append(view.Revisions, revisionView{
			timestamp(r.Time), text(r.Repository), text(r.Reference), personViewOf(e.People, r.Person), text(r.Kind), text(r.Nature), r.Words,
		})
	}
	for _, done := range x.Executions {
		view.Executions = append(view.Executions, runbookExecutionView{
			timestamp(done.Time), text(done.Reference), personViewOf(e.People, done.Person), done.Wrote, done.Escalated,
		})
	}
	return view
}

func (e Explanation) runbookRecords(x *analyzer.RunbookExplanation) []explanationRecord {
	if x == nil {
		return nil
	}
	rows := []explanationRecord{{Record: "runbook", Item: text(x.Runbook.Maturity.String()), Text: text(strings.Join(x.Runbook.Missing, "; "))}}
	for _, t := range x.Tasks {
		rows = append(rows, explanationRecord{Record: "task", Item: text(t.ID), Text: text(t.Name)})
	}
	for _, f := range x.Runbook.Lint {
		rows = append(rows, explanationRecord{Record: "lint", Item: text(f.Rule), Kind: text(f.Axis), Text: text(fmt.Sprintf("line %d: %s", f.Line, f.Message))})
	}
	for _, r := range x.Revisions {
		rows = append(rows, explanationRecord{
			Record: "revision", Repository: text(r.Repository), Reference: text(r.Reference), Time: new(timestamp(r.Time)), Kind: text(r.Kind), Text: text(r.Nature),
		}.about(e.People, r.Person))
	}
	for _, done := range x.Executions {
		rows = append(rows, explanationRecord{
			Record: "execution", Reference: text(done.Reference), Time: new(timestamp(done.Time)), Text: text(executionNotes(done)),
		}.about(e.People, done.Person))
	}
	return rows
}
