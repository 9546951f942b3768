package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Runbooks is the state of every procedure document: how far it can be relied on, and what to mend in it.
type Runbooks struct {
	AsOf       time.Time
	People     []analyzer.Person
	Runbooks   []analyzer.Runbook // by repository and path
	Findings   []sources.Finding
	Incomplete bool   // a fatal finding was accepted by the user
	Lint       bool   // list every finding of the lint, by file and line
	Explain    string // the beginning of a command line that explains one; empty for none
}

// Document is the list for a reader.
func (r Runbooks) Document() Document {
	var d Document
	d.add(Heading{1, fmt.Sprintf("%s as of %s", counted(len(r.Runbooks), "runbook", "runbooks"), moment(r.AsOf))})
	if r.Incomplete {
		d.add(Warning{incompleteWarning})
	}
	if len(r.Runbooks) == 0 {
		d.add(Paragraph{"No procedure documents were found. Directories and files called runbooks, playbooks, procedures or operations are " +
			"looked into; say under runbooks: paths: in keyperson.yaml where yours are."})
		r.addFindings(&d)
		return d
	}
	d.add(r.facts())
	if r.Lint {
		d.add(Heading{2, "What to mend"})
		if lines := r.lintLines(); len(lines) > 0 {
			d.add(Lines(lines))
		} else {
			d.add(Paragraph{"Nothing: every document meets every rule that applies to it."})
		}
	} else {
		d.add(Heading{2, "Least to be relied on first"}, r.table())
		if r.Explain != "" {
			d.add(Command{"Next", r.Explain + " " + ShellQuoted(r.name(r.byMaturity()[0]))})
		}
	}
	r.addFindings(&d)
	return d
}

func (r Runbooks) addFindings(d *Document) {
	if list := findingList(r.Findings); len(list.Items) > 0 {
		d.add(Heading{2, "Data quality"}, list)
	}
}

// maturityWords say what a level amounts to.
var maturityWords = [...]string{
	"no runbook", "exists", "structured", "fresh", "independent of its author", "executed by others", "proven", "automated",
}

// facts count the runbooks by maturity, and what their revisions amounted to.
func (r Runbooks) facts() Facts {
	counts := [len(maturityWords)]int{}
	revisions, substantive, bumps := 0, 0, 0
	for i := range r.Runbooks {
		counts[r.Runbooks[i].Maturity]++
		revisions += r.Runbooks[i].Revisions
		substantive += r.Runbooks[i].Substantive
		bumps += r.Runbooks[i].Bumps
	}
	var levels []string
	for level, n := range counts {
		if n > 0 {
			levels = append(levels, fmt.Sprintf("%s %s (%s)", grouped(n), analyzer.Maturity(level), maturityWords[level]))
		}
	}
	return Facts{
		{"Maturity", strings.Join(levels, ", ")},
		{"Revisions", fmt.Sprintf("%s, of which %s changed what a document says and %s only moved a review date",
			grouped(revisions), grouped(substantive), grouped(bumps))},
	}
}

// byMaturity lists the runbooks, the least mature first, those of one level by path.
func (r Runbooks) byMaturity() []*analyzer.Runbook {
	sorted := make([]*analyzer.Runbook, len(r.Runbooks))
	for i := range r.Runbooks {
		sorted[i] = &r.Runbooks[i]
	}
	slices.SortStableFunc(sorted, func(a, b *analyzer.Runbook) int {
		return cmp.Or(cmp.Compare(a.Maturity, b.Maturity), cmp.Compare(r.name(a), r.name(b)))
	})
	return sorted
}

// name is a runbook's path, with its repository where there are several.
func (r Runbooks) name(b *analyzer.Runbook) string {
	for i := range r.Runbooks {
		if r.Runbooks[i].Repository != b.Repository {
			return b.Repository + ":" + b.Path
		}
	}
	return b.Path
}

func (r Runbooks) table() Table {
	table := Table{Columns: []Column{
		{Title: "Runbook", Importance: 9, Shortest: 24},
		{Title: "Maturity", Importance: 9},
		{Title: "Next level lacks", Importance: 8, Wrap: true},
		{Title: "People", Right: true, Importance: 4},
		{Title: "Machines", Right: true, Importance: 4},
		{Title: "Logic", Right: true, Importance: 4},
		{Title: "Edits", Right: true, Importance: 3},
		{Title: "Authors", Right: true, Importance: 6},
		{Title: "Run by others", Right: true, Importance: 5},
		{Title: "Reviewed", Importance: 6},
	}}
	for _, b := range r.byMaturity() {
		row := cells(r.name(b), b.Maturity.String(), strings.Join(b.Missing, "; "),
			percent(b.Scores.People), percent(b.Scores.Machines), percent(b.Scores.Logic),
			grouped(b.Substantive), grouped(len(b.Authors)), grouped(b.OtherExecutions), day(b.LastReviewed))
		if b.Maturity <= analyzer.Exists {
			row[1].Tone = Caution
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// lintLines are the findings of the lint as path:line, what is wrong, and the rule's id.
func (r Runbooks) lintLines() []string {
	var lines []string
	for i := range r.Runbooks {
		b := &r.Runbooks[i]
		for _, f := range b.Lint {
			lines = append(lines, fmt.Sprintf("%s:%d: %s [%s]", r.name(b), max(f.Line, 1), f.Message, f.Rule))
		}
	}
	return lines
}
