package quarterly

import (
	"strings"

	"keyperson/report"
)

// asDocument is the content as blocks in reading order.
type asDocument struct{ *content }

// View is not asked for: Files writes no JSON.
func (asDocument) View() any { return struct{}{} }

// Records is not asked for either.
func (asDocument) Records() any { return []struct{}{} }

// Document is the three pages.
func (c asDocument) Document() report.Document {
	d := &report.Document{}
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(report.Heading{Level: 1, Text: c.Title}, report.Paragraph{Text: c.Subtitle})
	for _, warning := range c.Warnings {
		add(report.Warning{Text: warning})
	}
	c.decideBlocks(add)
	c.changedBlocks(add)
	c.trustedBlocks(add)
	return *d
}

func (c asDocument) decideBlocks(add func(...report.Block)) {
	l := &c.Labels
	add(report.Heading{Level: 2, Text: l.Decide}, report.Paragraph{Text: c.Lead})
	var tiles report.List
	for _, t := range c.Tiles {
		text := t.Figure + " " + t.Label
		if t.Of != "" {
			text = t.Figure + " " + t.Of + " " + t.Label
		}
		for _, more := range []string{t.Change, t.Names} {
			if more != "" {
				text += "; " + more
			}
		}
		tiles.Items = append(tiles.Items, text)
	}
	add(tiles, report.Heading{Level: 3, Text: l.Risks})
	risks := report.List{Ordered: true}
	for _, r := range c.Risks {
		risks.Items = append(risks.Items, strings.Join([]string{
			r.Title + ": " + r.Where, l.Evidence + ": " + r.Evidence, l.Exposure + ": " + r.Exposure, l.Change + ": " + r.Change,
			l.Next + ": " + r.Next, l.Effect + ": " + r.Effect,
		}, " · "))
	}
	if len(risks.Items) > 0 {
		add(risks)
	}
	paragraph(add, c.RiskNote)
	add(report.Heading{Level: 3, Text: l.Quadrant})
	pictureBlocks(add, &c.Quadrant)
}

func (c asDocument) changedBlocks(add func(...report.Block)) {
	l := &c.Labels
	add(report.Heading{Level: 2, Text: l.Changed}, report.Heading{Level: 3, Text: l.Changes})
	tableBlocks(add, &c.Changes)
	paragraph(add, c.ChangeNote)
	add(report.Heading{Level: 3, Text: l.Coverage})
	matrixBlocks(add, &c.Coverage, l.Capable)
	add(report.Heading{Level: 3, Text: l.Stock})
	pictureBlocks(add, &c.Stock)
	add(report.Heading{Level: 3, Text: l.Manuals})
	tableBlocks(add, &c.Manuals)
	add(report.Heading{Level: 3, Text: l.Pairs})
	tableBlocks(add, &c.Pairs)
	paragraph(add, c.PlanNote)
	if len(c.DeferredList) > 0 {
		add(report.List{Items: c.DeferredList})
	}
}

func (c asDocument) trustedBlocks(add func(...report.Block)) {
	l := &c.Labels
	add(report.Heading{Level: 2, Text: l.Trusted}, report.Heading{Level: 3, Text: l.Sources})
	var facts report.Facts
	for _, f := range c.Facts {
		facts = append(facts, report.Fact{Label: f.Label, Text: f.Text})
	}
	add(facts)
	if len(c.Findings) > 0 {
		add(report.Heading{Level: 3, Text: l.Findings}, report.List{Items: c.Findings})
	}
	add(report.Heading{Level: 3, Text: l.Backtest}, report.List{Items: c.Backtest}, report.Heading{Level: 3, Text: l.Predictions})
	paragraph(add, c.Predicted)
	tableBlocks(add, &c.Predictions)
	add(report.Heading{Level: 3, Text: l.Blind}, report.List{Items: c.Blind})
	add(report.Heading{Level: 3, Text: l.Privacy}, report.Paragraph{Text: c.Privacy}, report.Heading{Level: 3, Text: l.Glossary})
	tableBlocks(add, &c.Glossary)
	paragraph(add, l.Footer)
}

func paragraph(add func(...report.Block), text string) {
	if text != "" {
		add(report.Paragraph{Text: text})
	}
}

func tableBlocks(add func(...report.Block), t *table) {
	if len(t.Rows) == 0 {
		paragraph(add, t.Empty)
		return
	}
	var block report.Table
	for i, title := range t.Titles {
		block.Columns = append(block.Columns, report.Column{Title: title, Right: i < len(t.Numbers) && t.Numbers[i]})
	}
	for _, row := range t.Rows {
		cells := make([]report.Cell, len(row))
		for i, text := range row {
			cells[i].Text = text
		}
		block.Rows = append(block.Rows, cells)
	}
	add(block)
}

func pictureBlocks(add func(...report.Block), p *picture) {
	paragraph(add, p.Empty)
	paragraph(add, p.Description)
	tableBlocks(add, &p.Table)
}

func matrixBlocks(add func(...report.Block), m *matrix, capable string) {
	if m.Empty != "" {
		paragraph(add, m.Empty)
		return
	}
	block := report.Table{Columns: []report.Column{{}}}
	last := []report.Cell{{Text: capable}}
	for _, column := range m.Columns {
		block.Columns = append(block.Columns, report.Column{Title: column.Name})
		last = append(last, report.Cell{Text: column.Capable})
	}
	for _, row := range m.Rows {
		cells := []report.Cell{{Text: row.Person}}
		for _, c := range row.Cells {
			cells = append(cells, report.Cell{Text: c.Mark})
		}
		block.Rows = append(block.Rows, cells)
	}
	block.Rows = append(block.Rows, last)
	var legend report.List
	for _, l := range m.Legend {
		if l.Sign != "▣" {
			legend.Items = append(legend.Items, l.Sign+": "+l.Text)
		}
	}
	add(block, legend)
	paragraph(add, m.Note)
}
