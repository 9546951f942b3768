package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the page and its style
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// htmlFormat writes one self-contained page: no script, nothing from elsewhere, for the screen in light and dark and for A4. A content-security
// policy forbids everything but its own style, so that what slipped through the escaping could still do nothing.
type htmlFormat struct{}

func (htmlFormat) Name() string { return "html" }

//go:embed html.css
var htmlStyle string

//go:embed html.tmpl
var htmlPage string

var htmlTemplate = template.Must(template.New("page").Parse(htmlPage))

// htmlPolicy allows the one style by its hash.
var htmlPolicy = func() string {
	hash := sha256.Sum256([]byte(htmlStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
}()

func (htmlFormat) Write(w io.Writer, r Report, _ Options) error {
	page := struct {
		Policy, Title string
		Style         template.CSS
		Blocks        []htmlBlock
	}{Policy: htmlPolicy, Title: "Keyperson", Style: template.CSS(htmlStyle)} //nolint:gosec // our own file
	for _, block := range r.Document().Blocks {
		shown := htmlBlockOf(block)
		if shown.Heading != nil && shown.Heading.Level == 1 && page.Title == "Keyperson" {
			page.Title = shown.Heading.Text
		}
		page.Blocks = append(page.Blocks, shown)
	}
	var out bytes.Buffer
	if err := htmlTemplate.Execute(&out, page); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return flush(w, &out)
}

// htmlBlock is one block with its texts cleaned; exactly one field is set, none for a block that says nothing.
type htmlBlock struct {
	Heading            *Heading
	Paragraph, Warning string
	Facts              []Fact
	Ordered, Unordered []string
	Checks             []htmlCheck
	Lines              []string
	Table              *htmlTable
	Command            *Command
}

type htmlCheck struct {
	Mark, Word, Text string
	Of               []string
	Note             string
}

type htmlTable struct {
	Header []htmlCell
	Rows   [][]htmlCell
}

type htmlCell struct{ Text, Class string }

func htmlBlockOf(block Block) htmlBlock {
	switch b := block.(type) {
	case Heading:
		return htmlBlock{Heading: &Heading{b.Level, Clean(b.Text)}}
	case Paragraph:
		return htmlBlock{Paragraph: Clean(b.Text)}
	case Warning:
		return htmlBlock{Warning: Clean(b.Text)}
	case Facts:
		shown := htmlBlock{}
		for _, fact := range b {
			shown.Facts = append(shown.Facts, Fact{Clean(fact.Label), Clean(fact.Text)})
		}
		return shown
	case List:
		if b.Ordered {
			return htmlBlock{Ordered: cleaned(b.Items)}
		}
		return htmlBlock{Unordered: cleaned(b.Items)}
	case Checklist:
		shown := htmlBlock{}
		for _, item := range b {
			shown.Checks = append(shown.Checks, htmlCheck{item.State.htmlMark(), item.State.word(), Clean(item.Text), cleaned(item.Of), Clean(item.Note)})
		}
		return shown
	case Lines:
		return htmlBlock{Lines: cleaned(b)}
	case Table:
		return htmlBlock{Table: htmlTableOf(b)}
	case Command:
		return htmlBlock{Command: &Command{Clean(b.Lead), Clean(b.Line)}}
	}
	return htmlBlock{}
}

func cleaned(texts []string) []string {
	clean := make([]string, len(texts))
	for i, text := range texts {
		clean[i] = Clean(text)
	}
	return clean
}

// htmlTableOf lays a table out. What is short in a whole column is kept on one line, so that dates and numbers stay readable.
func htmlTableOf(t Table) *htmlTable {
	shown := &htmlTable{}
	classes := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		var class []string
		if column.Right {
			class = append(class, "number")
		}
		switch {
		case isShort(t, i):
			class = append(class, "steady")
		case column.Wrap:
			class = append(class, "prose")
		}
		classes[i] = strings.Join(class, " ")
		head := ""
		if column.Right {
			head = "number"
		}
		shown.Header = append(shown.Header, htmlCell{Clean(column.Title), head})
	}
	for _, row := range t.Rows {
		var cells []htmlCell
		for i, cell := range row {
			class := strings.TrimSpace(classes[i] + " " + [...]string{Plain: "", Alert: "alert", Caution: "caution", Muted: "muted"}[cell.Tone])
			cells = append(cells, htmlCell{Clean(cell.Text), class})
		}
		shown.Rows = append(shown.Rows, cells)
	}
	return shown
}

// isShort says whether no cell of a column is long.
func isShort(t Table, column int) bool {
	const long = 18 // characters
	for _, row := range t.Rows {
		if width(Clean(row[column].Text)) > long {
			return false
		}
	}
	return true
}
