package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// Handover is the sheet by which a system is handed over.
type Handover struct {
	*analyzer.Handover
	Incomplete   bool              // a fatal finding was accepted by the user
	Findings     []sources.Finding // about the input
	FromLastSeen bool              // the start is not given: it is the last that is known of who left
	Check        string            // command that tells later how far it is; empty for none
}

// Document is the sheet for a reader: who can take over, what only the leaver knows, what to do, and when it is done.
func (h Handover) Document() Document {
	var d Document
	title := fmt.Sprintf("Handover of %s from %s, as of %s", h.what(), h.name(h.Leaver), moment(h.AsOf))
	if !h.Due.IsZero() {
		title += ", due " + day(h.Due)
		if h.Due.Before(h.AsOf) {
			title += ", which is over"
		}
	}
	d.add(Heading{1, title})
	if h.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	if h.Strong || !h.HangsOnLeaver() {
		d.add(Paragraph{h.Verdict})
	} else {
		d.add(Warning{h.Verdict})
	}
	if h.TooEarly != nil {
		d.add(Warning{h.tooEarly()})
	}
	d.add(h.facts())
	h.addSuccessors(&d)
	h.addClusters(&d)
	h.addTasks(&d)
	h.addMatrix(&d)
	h.addOpenEnds(&d)
	h.addSteps(&d)
	h.addCriteria(&d)
	if h.Check != "" {
		lead := "Once it has begun, this tells how far it is"
		if h.HasBegun {
			lead = "The same later"
		}
		d.add(Command{lead, h.Check})
	}
	if list := findingList(h.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
	return d
}

func (h Handover) what() string {
	if h.System.ID == "" {
		return "everything"
	}
	return cmp.Or(h.System.Name, h.System.ID)
}

func (h Handover) addSuccessors(d *Document) {
	d.add(Heading{2, "Who can take over"})
	if len(h.Successors) == 0 {
		d.add(Paragraph{"No one here: nobody active has done any of it, or come near it."})
		return
	}
	table := Table{Columns: []Column{
		{Title: "Person", Importance: 9, Shortest: 10},
		{Title: "Evidence", Importance: 9},
		{Title: "Share of ranking", Right: true, Importance: 4},
		{Title: "Hangs on them", Importance: 7},
		{Title: "Why", Importance: 8, Wrap: true},
	}}
	for i := range h.Successors {
		s := &h.Successors[i]
		row := cells(h.name(s.Person), confidenceWord(s.Confidence), percent(s.Score), then(grouped(s.Load.Before), grouped(s.Load.After)), strings.Join(s.Reasons, "; "))
		if s.Load.OverCap {
			row[3] = Cell{row[3].Text + ", over the cap", Alert}
		}
		table.Rows = append(table.Rows, row)
	}
	hit := func(word ranking.Confidence) string { return percent(ranking.AfterLeaving.HitRate(word)) }
	note := fmt.Sprintf("Evidence on code is strong, likely or weak as measured on public histories: where the one who knew a file best had left, the first of a ranking did the next work in %s, %s and %s of cases (keyperson backtest tells it of yours). Strong takes half of what %s covers besides.",
		hit(ranking.Strong), hit(ranking.Likely), hit(ranking.Weak), h.name(h.Leaver))
	if len(h.Tasks) > 0 {
		note += " On tasks it is strong for who can do all of them alone, likely for half; where there are both, the weaker word counts."
	}
	d.add(table, Paragraph{note}, Paragraph{fmt.Sprintf("Hangs on them: systems and tasks that one absence would leave without anyone, now and after the transfer; at most %d may. It is no measure of how much anyone works.", h.LoadCap)})
}

func confidenceWord(c ranking.Confidence) string {
	if c == ranking.NoOne {
		return "none: not active"
	}
	return string(c)
}

func (h Handover) addClusters(d *Document) {
	if len(h.Clusters) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "What", Importance: 9, Shortest: 12},
		{Title: "Files", Right: true, Importance: 7},
		{Title: "Weight", Right: true, Importance: 8},
		{Title: "For example", Importance: 4, Shortest: 16},
		{Title: "Nearest", Importance: 9, Shortest: 10},
		{Title: "Why", Importance: 5, Wrap: true},
	}}
	if h.HasBegun {
		table.Columns = slices.Insert(table.Columns, 2, Column{Title: "Still alone", Right: true, Importance: 8}, Column{Title: "Touched since", Right: true, Importance: 8})
	}
	for i := range h.Clusters {
		c := &h.Clusters[i]
		example := ""
		if len(c.Paths) > 0 {
			example = c.Paths[0]
		}
		nearest := h.name(c.Nearest)
		if c.Nearest < 0 {
			nearest = "no one here"
		}
		row := cells(c.Name, grouped(c.Files), percent(c.Weight), example, nearest, c.Reason)
		if h.HasBegun {
			row = slices.Insert(row, 2, Cell{Text: grouped(c.Alone)}, Cell{Text: grouped(c.Touched)})
		}
		table.Rows = append(table.Rows, row)
	}
	title := "What only " + h.name(h.Leaver) + " knows"
	if h.HasBegun {
		title = "What only " + h.name(h.Leaver) + " knew when it began, or knows since"
	}
	d.add(Heading{2, title}, table)
}

func (h Handover) addTasks(d *Document) {
	if len(h.Tasks) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Task", Importance: 9, Shortest: 14},
		{Title: "Last year", Right: true, Importance: 6},
		{Title: "Risk without", Right: true, Importance: 7},
		{Title: "Stops", Importance: 9},
		{Title: "Manual", Importance: 7, Shortest: 12},
		{Title: "Most practised other", Importance: 8, Shortest: 10},
	}}
	withDue := !h.Due.IsZero()
	if withDue {
		table.Columns = append(table.Columns, Column{Title: "Chances until due", Right: true, Importance: 5})
	}
	for i := range h.Tasks {
		t := &h.Tasks[i]
		manual := "none"
		if t.IsJudgement {
			manual = "none; judgement"
		}
		if t.Runbook != "" {
			manual = fmt.Sprintf("%s %s", t.Maturity, t.Runbook)
		}
		other := h.name(t.Nearest)
		if t.Nearest < 0 {
			other = "no one here"
		}
		row := cells(t.Name, grouped(t.Recent), percent(t.RiskAfter), "", manual, other)
		switch {
		case t.Stops:
			row[3] = Cell{"stops", Alert}
		case t.StoppedAtStart:
			row[3].Text = "no more"
		}
		if withDue {
			row = append(row, Cell{Text: fmt.Sprintf("%.0f", t.Chances)})
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Recurring tasks, those that stop first"}, table)
}

// peopleInMatrix bounds the columns of who knows what.
const peopleInMatrix = 5

func (h Handover) addMatrix(d *Document) {
	if len(h.Tasks)+len(h.Clusters) == 0 {
		return
	}
	table := Table{Columns: []Column{{Title: "What", Importance: 9, Wrap: true}}}
	shown := h.Knows[:min(len(h.Knows), peopleInMatrix)]
	for i := range shown {
		table.Columns = append(table.Columns, Column{Title: h.name(shown[i].Person), Importance: 9 - i})
	}
	for _, alike := range h.alike(shown) {
		row := cells(alike.name)
		for _, who := range shown {
			cell := Cell{Text: string(who.Of[alike.first])}
			if cell.Text == string(analyzer.Untrained) {
				cell.Tone = Muted
			}
			row = append(row, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	d.add(Heading{2, "Who knows what"}, table, Paragraph{
		"By evidence: a task is untrained, in training (done too seldom or too long ago), can do (twice lately, or more), can teach (and wrote a manual that others followed); files are in training where someone worked there within the activity window, can do where they cover half of what changes, can teach where they reviewed there too.",
	})
}

// subject names a task or cluster by its place in the rows of who knows what.
func (h Handover) subject(i int) string {
	if i < len(h.Tasks) {
		return h.Tasks[i].Name
	}
	return h.Clusters[i-len(h.Tasks)].Name
}

// openShown is how many open ends a reader sees.
const openShown = 15

func (h Handover) addOpenEnds(d *Document) {
	if len(h.Open) == 0 {
		return
	}
	table := Table{Columns: []Column{
		{Title: "Where", Importance: 9, Shortest: 12},
		{Title: "What", Importance: 8, Wrap: true},
		{Title: "Text", Importance: 7, Shortest: 20},
	}}
	for _, end := range h.Open[:min(len(h.Open), openShown)] {
		what := string(end.Kind)
		if end.Why != "" {
			what += ": " + end.Why
		}
		table.Rows = append(table.Rows, cells(end.Where, what, end.Text))
	}
	title := "What still names " + h.name(h.Leaver)
	if slices.ContainsFunc(h.Open, func(end analyzer.OpenEnd) bool { return end.Kind == analyzer.UnknownOwner }) {
		title += ", or may"
	}
	d.add(Heading{2, title}, table)
	if more := len(h.Open) - openShown; more > 0 {
		d.add(Paragraph{counted(more, "more is", "more are") + " in CSV and JSON."})
	}
}

func (h Handover) name(person int) string { return personName(h.People, person) }
