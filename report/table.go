package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// tableFormat writes plain text for a terminal.
type tableFormat struct{}

func (tableFormat) Name() string { return "table" }

// proseWidth is the width of running text where the terminal is wider or unknown.
const proseWidth = 100

func (tableFormat) Write(w io.Writer, r Report, options Options) error {
	t := terminal{options: options, prose: proseWidth}
	if options.Width > 0 {
		t.prose = min(proseWidth, options.Width)
	}
	underHeading := true
	for _, block := range r.Document().Blocks {
		if !underHeading {
			t.out.WriteByte('\n')
		}
		heading, ok := block.(Heading)
		underHeading = ok && heading.Level > 1
		if err := t.write(block); err != nil {
			return err
		}
	}
	return flush(w, &t.out)
}

// terminal collects the text of one report.
type terminal struct {
	out     bytes.Buffer
	options Options
	prose   int
}

func (t *terminal) write(block Block) error {
	switch b := block.(type) {
	case Heading:
		t.hanging("", Clean(b.Text), bold)
	case Paragraph:
		t.hanging("", Clean(b.Text), escapeNone)
	case Warning:
		t.hanging("", Clean(b.Text), red)
	case Facts:
		t.facts(b)
	case List:
		for i, item := range b.Items {
			mark := "- "
			if b.Ordered {
				mark = fmt.Sprintf("%2d. ", i+1)
			}
			t.hanging(mark, Clean(item), escapeNone)
		}
	case Checklist:
		for _, item := range b {
			t.hanging(item.State.mark(), Clean(item.Text), escapeNone)
			if len(item.Of) > 0 {
				t.hanging("    ", Clean(strings.Join(item.Of, "; ")), escapeNone)
			}
			if item.Note != "" {
				t.hanging("    ", Clean(item.Note), dim)
			}
		}
	case Lines:
		for _, line := range b {
			t.line(Clean(line))
		}
	case Table:
		return t.table(b)
	case Command:
		t.line(Clean(b.Lead) + ": " + t.emphasis(Clean(b.Line), bold))
	}
	return nil
}

func (t *terminal) line(s string) {
	t.out.WriteString(strings.TrimRight(s, " "))
	t.out.WriteByte('\n')
}

// hanging writes text behind a mark, with further lines indented to where the text begins.
func (t *terminal) hanging(mark, s string, escape string) {
	for i, line := range wrapped(s, t.prose-width(mark)) {
		if i > 0 {
			mark = strings.Repeat(" ", width(mark))
		}
		t.line(mark + t.emphasis(line, escape))
	}
}

func (t *terminal) facts(facts Facts) {
	label := 0
	for _, fact := range facts {
		label = max(label, width(Clean(fact.Label)))
	}
	for _, fact := range facts {
		mark := Clean(fact.Label)
		t.hanging(mark+strings.Repeat(" ", label+columnGap-width(mark)), Clean(fact.Text), escapeNone)
	}
}

// The escapes that colour needs. They are the only ones in any output.
const (
	escapeNone = ""
	bold       = "\x1b[1m"
	dim        = "\x1b[2m"
	red        = "\x1b[31m"
	yellow     = "\x1b[33m"
	reset      = "\x1b[0m"
)

func (t *terminal) emphasis(s, escape string) string {
	if !t.options.Colour || escape == escapeNone || s == "" {
		return s
	}
	return escape + s + reset
}

func (t *terminal) toned(s string, tone Tone) string {
	return t.emphasis(s, [...]string{Plain: escapeNone, Alert: red, Caution: yellow, Muted: dim}[tone])
}

// table lays the table out for the terminal and lets tablewriter draw it, without borders.
func (t *terminal) table(table Table) error {
	table = cleanTable(table)
	shown := fit(table, t.options.Width)
	alignments := make([]tw.Align, len(shown.columns))
	header := make([]string, len(shown.columns))
	for i, c := range shown.columns {
		alignments[i] = tw.AlignLeft
		if table.Columns[c].Right {
			alignments[i] = tw.AlignRight
		}
		lines := wrapped(strings.ToUpper(table.Columns[c].Title), shown.widths[i])
		header[i] = t.lines(lines, bold)
	}
	var drawn bytes.Buffer
	writer := newPlainTable(&drawn, alignments)
	writer.Header(header)
	for _, row := range table.Rows {
		if err := writer.Append(t.row(table, shown, row)); err != nil {
			return fmt.Errorf("draw a table: %w", err)
		}
	}
	if err := writer.Render(); err != nil {
		return fmt.Errorf("draw a table: %w", err)
	}
	for line := range strings.Lines(drawn.String()) {
		t.line(strings.TrimSuffix(line, "\n"))
	}
	return nil
}

func (t *terminal) row(table Table, shown layout, row []Cell) []string {
	out := make([]string, len(shown.columns))
	for i, c := range shown.columns {
		lines := []string{row[c].Text}
		if table.Columns[c].Wrap {
			lines = wrapped(row[c].Text, shown.widths[i])
		} else if table.Columns[c].Shortest > 0 {
			lines = []string{shorten(row[c].Text, shown.widths[i])}
		}
		for j := range lines {
			lines[j] = t.toned(lines[j], row[c].Tone)
		}
		out[i] = strings.Join(lines, "\n")
	}
	return out
}

func (t *terminal) lines(lines []string, escape string) string {
	for i := range lines {
		lines[i] = t.emphasis(lines[i], escape)
	}
	return strings.Join(lines, "\n")
}

func cleanTable(table Table) Table {
	out := Table{Columns: slices.Clone(table.Columns), Rows: make([][]Cell, len(table.Rows))}
	for i := range out.Columns {
		out.Columns[i].Title = Clean(out.Columns[i].Title) // some are names of people
	}
	for i, row := range table.Rows {
		out.Rows[i] = append([]Cell(nil), row...)
		for j := range row {
			out.Rows[i][j].Text = Clean(row[j].Text)
		}
	}
	return out
}

// newPlainTable makes a table of text and spaces only, whose cells are drawn as they are given.
func newPlainTable(out io.Writer, alignments []tw.Align) *tablewriter.Table {
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Padding:    tw.CellPadding{Global: tw.Padding{Left: "", Right: strings.Repeat(" ", columnGap), Overwrite: true}},
		Alignment:  tw.CellAlignment{PerColumn: alignments},
	}
	rendition := tw.Rendition{
		Borders: tw.BorderNone,
		Symbols: tw.NewSymbols(tw.StyleNone),
		Settings: tw.Settings{
			Lines:      tw.LinesNone,
			Separators: tw.SeparatorsNone,
		},
	}
	return tablewriter.NewTable(out,
		tablewriter.WithRenderer(renderer.NewBlueprint(rendition)),
		tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell, Behavior: tw.Behavior{TrimSpace: tw.Off, TrimLine: tw.Off, AutoHide: tw.Off}}),
		tablewriter.WithEastAsian(tw.Off),
	)
}
