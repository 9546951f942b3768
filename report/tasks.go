package report

import (
	"fmt"
	"strconv"
	"strings"

	"keyperson/analyzer"
)

// Tasks is the work catalog: one row a kind of recurring work, the most pressing first.
type Tasks struct {
	*analyzer.Assessment
	All      bool   // show a reader also the tasks that cannot be judged
	Unmapped bool   // show the tickets of no task instead
	Show     int    // how many tasks a reader sees; 0 for all. Records and View have all
	ShowAll  string // the command line that shows all, named where some are left out
	Explain  string // the command line that explains a task, up to its ID
}

// Document is the catalog for a reader.
func (t Tasks) Document() Document {
	var d Document
	d.add(Heading{1, "Recurring work as of " + moment(t.AsOf)})
	if t.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	d.add(t.facts())
	if list := findingList(t.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	if t.Unmapped {
		t.addUnmapped(&d)
		return d
	}
	t.addTasks(&d)
	if len(t.Work.Sentences) > 0 {
		list := List{Ordered: true}
		for _, sentence := range t.Work.Sentences {
			list.Items = append(list.Items, sentence.Text)
		}
		d.add(Heading{2, "What to do first"}, list)
	}
	if len(t.Tasks) > 0 && t.Explain != "" {
		d.add(Command{"Next", t.Explain + " " + ShellQuoted(t.Tasks[0].ID)})
	}
	return d
}

func (t Tasks) facts() Facts {
	var facts Facts
	w := &t.Work
	label := "Read"
	for _, tracker := range w.Trackers {
		text := fmt.Sprintf("%s: %s", tracker.Label, counted(tracker.Tickets, "ticket", "tickets"))
		if !tracker.First.IsZero() {
			text += fmt.Sprintf(" from %s to %s", day(tracker.First), day(tracker.Last))
		}
		facts = append(facts, Fact{label, text})
		label = ""
	}
	if w.Tickets == 0 {
		return append(facts, Fact{"Read", "no tickets: give --tickets FILE, or name them in keyperson.yaml"})
	}
	rules := make([]string, len(w.ByRule))
	for i, placed := range w.ByRule {
		rules[i] = fmt.Sprintf("%s by %s (%s)", grouped(placed.Tickets), placed.Rule, counted(placed.Tasks, "task", "tasks"))
	}
	placed := fmt.Sprintf("%s of %s tickets in tasks (%s)", grouped(w.Placed), grouped(w.Tickets), percent(float64(w.Placed)/float64(w.Tickets)))
	if len(rules) > 0 {
		placed += ": " + strings.Join(rules, ", ")
	}
	omitted := make([]string, len(w.NotExecutions))
	for i, o := range w.NotExecutions {
		omitted[i] = grouped(o.Count) + " " + o.Reason
	}
	executions := fmt.Sprintf("%s of these tickets show someone doing the work", grouped(w.Executions))
	if len(omitted) > 0 {
		executions += "; the others: " + strings.Join(omitted, ", ")
	}
	tasks := fmt.Sprintf("%s of %s have the evidence to be judged; one absence would probably stop %s of them (A ≥ 0.5)", grouped(w.Judged), counted(len(t.Tasks), "task", "tasks"), grouped(w.Stops))
	if w.Nobody > 0 {
		tasks += fmt.Sprintf(", and %s nobody present can be counted on for", grouped(w.Nobody))
	}
	levels := fmt.Sprintf("A (judgement) %d, B (routine, not shared) %d, C (routine, shared, with a procedure) %d, unknown %d", w.Stock.A, w.Stock.B, w.Stock.C, w.Stock.Unknown)
	facts = append(facts, Fact{"Placed", placed}, Fact{"Executions", executions}, Fact{"Tasks", tasks}, Fact{"Levels", levels})
	if w.SoleHours != nil {
		facts = append(facts, Fact{"Hours", fmt.Sprintf("%s of the last year hung on one person, in the tasks whose handling time is known", hoursWords(*w.SoleHours))})
	}
	return append(facts, costFacts(&w.Cost)...)
}

// addTasks adds the table. What cannot be judged is only counted, unless everything was asked for.
func (t Tasks) addTasks(d *Document) {
	shown, judged := t.Tasks, 0
	for judged < len(shown) && shown[judged].Quadrant != analyzer.QuadrantUnknown {
		judged++
	}
	if !t.All {
		shown = shown[:judged]
		if t.Show > 0 && len(shown) > t.Show {
			shown = shown[:t.Show]
		}
	}
	if len(shown) > 0 {
		d.add(Heading{2, "Tasks, the most pressing first"}, t.table(shown), Paragraph{tasksLegend})
	}
	if len(shown) < len(t.Tasks) && t.ShowAll != "" {
		d.add(Command{moreTasks(judged-len(shown), len(t.Tasks)-judged), t.ShowAll})
	}
}

// moreTasks says what is not shown: less pressing tasks, and those of which too little is known to say.
func moreTasks(judged, thin int) string {
	switch {
	case thin == 0:
		return counted(judged, "less pressing task", "less pressing tasks")
	case judged == 0:
		return counted(thin, "more task", "more tasks") + " with too little evidence"
	}
	return fmt.Sprintf("%s, and %s with too little evidence", counted(judged, "less pressing task", "less pressing tasks"), grouped(thin))
}

// tasksLegend says what the columns of the table mean.
const tasksLegend = "II = 100 R·A·(0.5 + 0.5 C): routineness R, absence risk A (the chance that nobody present can do it without the top person, " +
	"with its 80 % interval, or n where nobody else present has done it), same hands C (the chance that the same person did two of the runs). Runs are of the last year. " +
	"Can do: active people with enough recent practice. Order: by quadrant, then by II times n/(n + 6) of n runs."

func (t Tasks) table(tasks []analyzer.Task) Table {
	table := Table{Columns: []Column{
		{Title: "Task", Importance: 9, Shortest: 18},
		{Title: "System", Importance: 3, Shortest: 8},
		{Title: "Class", Importance: 4},
		{Title: "Level", Importance: 5},
		{Title: "Quadrant", Importance: 9},
		{Title: "Runs", Right: true, Importance: 7},
		{Title: "Can do", Right: true, Importance: 8},
		{Title: "Top person", Importance: 8, Shortest: 10},
		{Title: "Share", Right: true, Importance: 6},
		{Title: "II", Right: true, Importance: 8},
		{Title: "R", Right: true, Importance: 8},
		{Title: "A", Right: true, Importance: 8},
		{Title: "C", Right: true, Importance: 8},
		{Title: "Manual", Importance: 7},
	}}
	for i := range tasks {
		table.Rows = append(table.Rows, t.row(&tasks[i]))
	}
	return table
}

func (t Tasks) row(task *analyzer.Task) []Cell {
	row := cells(task.Name, orAbsent(task.System), string(task.Class), string(task.Level), quadrantWords(task), grouped(task.Recent),
		strconv.Itoa(t.able(task)), personName(t.People, task.TopPerson), percent(task.TopShare), fmt.Sprintf("%.0f", task.Individualization),
		fmt.Sprintf("%.2f", task.Routineness.Value), riskWords(task), fmt.Sprintf("%.2f", task.SameHands), manualWords(task.Runbook >= 0, task.Maturity))
	if !task.Enough {
		for _, i := range []int{8, 9, 10, 11, 12} {
			row[i].Text = absent
		}
	}
	row[4].Tone = quadrantTone(task)
	return row
}

// able counts the active people who can do a task.
func (t Tasks) able(task *analyzer.Task) int {
	n := 0
	for _, e := range task.Executors {
		if t.People[e.Person].Active && (e.Capability == analyzer.Alone || e.Capability == analyzer.Teaches) {
			n++
		}
	}
	return n
}

func orAbsent(s string) string {
	if s == "" {
		return absent
	}
	return s
}

func riskWords(task *analyzer.Task) string {
	if task.RiskLow == task.RiskHigh {
		return fmt.Sprintf("%.2f (n = %d)", task.AbsenceRisk, task.Counted)
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", task.AbsenceRisk, task.RiskLow, task.RiskHigh)
}

// manualWords say how far the best procedure of a task can be relied on.
func manualWords(exists bool, maturity analyzer.Maturity) string {
	if !exists {
		return "none"
	}
	return maturity.String()
}

func quadrantWords(task *analyzer.Task) string {
	switch {
	case task.Dormant:
		return "dormant"
	case task.Quadrant == analyzer.QuadrantUnknown:
		return "too little"
	case task.Quadrant == analyzer.KeepOrAutomate:
		return "keep/automate"
	case task.Quadrant == analyzer.Protect && task.IsLost():
		return "nobody left" // there is no one to protect
	}
	return string(task.Quadrant)
}

func quadrantTone(task *analyzer.Task) Tone {
	switch {
	case task.Quadrant == analyzer.Fix, task.Quadrant == analyzer.Protect && task.IsLost():
		return Alert
	case task.Quadrant == analyzer.Protect:
		return Caution
	case task.Quadrant == analyzer.QuadrantUnknown:
		return Muted
	}
	return Plain
}

func (t Tasks) addUnmapped(d *Document) {
	if len(t.Work.Unmapped) == 0 {
		d.add(Paragraph{"Every ticket belongs to a task."})
		return
	}
	table := Table{Columns: []Column{
		{Title: "Tickets", Right: true, Importance: 9},
		{Title: "Reason", Importance: 7, Wrap: true},
		{Title: "Shared", Importance: 8, Shortest: 10},
		{Title: "Example", Importance: 9},
		{Title: "Its summary", Importance: 8, Shortest: 20},
	}}
	for _, u := range t.Work.Unmapped {
		table.Rows = append(table.Rows, cells(grouped(u.Count), u.Reason, orAbsent(u.Group), u.Example, u.Summary))
	}
	d.add(Heading{2, "Tickets of no task"}, table,
		Paragraph{"A rule under tasks: in keyperson.yaml, with an id and what to match (summary, projects, types, request_types, components, labels, groups), makes a task of them."})
}
