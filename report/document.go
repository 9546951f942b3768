package report

// Document is a report for a reader, as blocks in reading order. Its texts are raw: the format that
// renders it cleans them.
type Document struct {
	Blocks []Block
}

// Block is one of Heading, Paragraph, Warning, Facts, List, Checklist, Lines, Table and Command.
type Block interface{ isBlock() }

// Heading opens a section; Level 1 is the title.
type Heading struct {
	Level int
	Text  string
}

// Paragraph is running text.
type Paragraph struct{ Text string }

// Warning is what a reader must not miss.
type Warning struct{ Text string }

// Facts are labelled statements, one below the other.
type Facts []Fact

// Fact is one labelled statement.
type Fact struct{ Label, Text string }

// List is a sequence of sentences.
type List struct {
	Ordered bool
	Items   []string
}

// Lines are statements of one line each, never broken: an editor can jump to the place each begins with.
type Lines []string

// Command is something to type next.
type Command struct{ Lead, Line string }

// Table is rows under titled columns. Every row has one cell for each column.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is how one column of a table looks and what may happen to it where space is short.
type Column struct {
	Title string
	Right bool // numbers
	// Importance decides which column goes first where a terminal is too narrow: the lowest. The
	// columns with the highest importance in a table are never dropped.
	Importance int
	Shortest   int  // its texts may be shortened in the middle down to this width; 0: never shortened
	Wrap       bool // its texts may be broken at spaces
}

// Cell is one text of a table.
type Cell struct {
	Text string
	Tone Tone
}

// Tone is how much attention something asks for.
type Tone uint8

// The tones. Nothing depends on them: the words say the same without colour.
const (
	Plain Tone = iota
	Alert
	Caution
	Muted
)

func (Heading) isBlock()   {}
func (Paragraph) isBlock() {}
func (Warning) isBlock()   {}
func (Facts) isBlock()     {}
func (List) isBlock()      {}
func (Lines) isBlock()     {}
func (Table) isBlock()     {}
func (Command) isBlock()   {}

func (d *Document) add(blocks ...Block) { d.Blocks = append(d.Blocks, blocks...) }

func cells(texts ...string) []Cell {
	row := make([]Cell, len(texts))
	for i, text := range texts {
		row[i].Text = text
	}
	return row
}
