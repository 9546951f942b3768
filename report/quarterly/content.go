package quarterly

import (
	"reflect"

	"keyperson/analyzer/quarterly"
	"keyperson/report"
)

// content is everything a report says, in words and in reading order. Every text in it is clean.
type content struct {
	Lang, Title, Subtitle string
	Warnings              []string
	Labels                labels

	Lead     string
	Tiles    []tile
	Quadrant picture
	Risks    []risk
	RiskNote string

	Changes      table
	ChangeNote   string
	Coverage     matrix
	Stock        picture
	Manuals      table
	Pairs        table
	PlanNote     string
	DeferredList []string

	Facts       []fact
	Findings    []string
	Backtest    []string
	Predictions table
	Predicted   string
	Blind       []string
	Privacy     string
	Glossary    table
}

// labels are the headings and what the page itself says.
type labels struct {
	Decide, Changed, Trusted                                           string
	Quadrant, Risks, Changes, Coverage, Stock, Manuals, Pairs          string
	Sources, Findings, Backtest, Predictions, Blind, Privacy, Glossary string
	Evidence, Exposure, Change, Next, Effect                           string
	ShowTable, Filter, All, Footer, Capable                            string
}

// tile is one figure to see at once.
type tile struct {
	Figure, Of, Label, Change, Names string
	Tone                             string // "bad", "good" or empty; the words say the same
}

// risk is one thing to decide about.
type risk struct {
	Number                                   int
	Title, Where, System                     string
	Evidence, Exposure, Change, Next, Effect string
	IsNew                                    bool
}

// fact is one labelled statement.
type fact struct{ Label, Text string }

// table is rows under titles; Systems says for each row what a filter looks for.
type table struct {
	Titles  []string
	Rows    [][]string
	Systems []string
	Numbers []bool // by column: figures, set to the right
	Empty   string // said instead of a table without rows
}

// picture is a drawing with its text alternative and the table behind it.
type picture struct {
	Title, Description string
	Table              table
	Legend             []legend
	Scatter            *scatter // one of these two is set, or Empty is
	Bars               *bars
	Empty              string
}

// legend explains one sign.
type legend struct{ Sign, Text string }

// matrix is who covers what.
type matrix struct {
	Columns []column
	Rows    []matrixRow
	Note    string
	Legend  []legend
	Empty   string
}

type column struct {
	Name, System, Capable string
	Single, Nobody        bool
}

type matrixRow struct {
	Person string
	Cells  []cell
}

type cell struct {
	Mark, Meaning string
	Single        bool
}

// contentOf says in words what a report holds.
func contentOf(r *quarterly.Report, w *Words) *content {
	c := &content{Lang: w.name}
	c.label(r, w)
	c.decide(r, w)
	c.changed(r, w)
	c.trusted(r, w)
	clean(reflect.ValueOf(c).Elem())
	return c
}

// clean makes every text safe to show, in one place, so that none can be forgotten.
func clean(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(report.Clean(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			clean(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			clean(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			clean(v.Elem())
		}
	}
}
