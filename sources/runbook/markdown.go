package runbook

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// markdownReader is Markdown as hosting sites write it: with tables, task lists and bare addresses.
var markdownReader = goldmark.New(goldmark.WithExtensions(extension.Table, extension.TaskList, extension.Linkify, extension.Strikethrough))

// embeddedRuby is a template's code, and liquidTag one of Jekyll's or Hugo's; neither is the document's text.
var (
	embeddedRuby = lazily(`(?s)<%.*?%>`)
	liquidTag    = lazily(`(?s)\{%.*?%\}|\{\{[<%].*?[>%]\}\}`)
)

// blank replaces what matches by spaces, so that lines and offsets stay.
func blank(content []byte, form *expression) []byte {
	return form.ReplaceAllFunc(content, func(found []byte) []byte {
		return bytes.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, bytes.ToValidUTF8(found, nil))
	})
}

// The library's time grows with the square of how many quotes and lists open in one line, and of a line's length.
const (
	deepestQuote = 32
	longestLine  = 8 << 10
)

// withoutHostileLines replaces lines that nest, or go on, further than anyone writes by blanks, so that lines and
// offsets stay.
func withoutHostileLines(content []byte) []byte {
	for start := 0; start < len(content); {
		end := start + bytes.IndexByte(content[start:], '\n') + 1
		if end == start {
			end = len(content)
		}
		marks := 0
		for i := start; i < end && bytes.IndexByte([]byte("> -+*\t"), content[i]) >= 0; i++ {
			if content[i] != ' ' && content[i] != '\t' {
				marks++
			}
		}
		isRule := len(bytes.Trim(content[start:end], "-*\r\n ")) == 0
		if marks > deepestQuote && !isRule || end-start > longestLine {
			for i := start; i < end; i++ {
				if content[i] != '\n' {
					content[i] = ' '
				}
			}
		}
		start = end
	}
	return content
}

// parseMarkdown reads the structure of Markdown; firstLine is the number of lines before the content.
func parseMarkdown(content []byte, firstLine int) *structure {
	content = withoutHostileLines(blank(blank(content, embeddedRuby), liquidTag))
	m := &markdownWalk{source: content, structure: &structure{}, item: -1, firstLine: firstLine}
	for i, b := range content {
		if b == '\n' {
			m.lineEnds = append(m.lineEnds, i)
		}
	}
	m.blocks(markdownReader.Parser().Parse(text.NewReader(content)), 0)
	return m.structure
}

// markdownWalk turns the library's tree into blocks.
type markdownWalk struct {
	*structure
	source    []byte
	lineEnds  []int
	firstLine int
	last      int // line of the block before
	item      int // outermost item that the walk is in, -1 for none
}

// lineAt is the line of an offset.
func (m *markdownWalk) lineAt(offset int) int {
	return sort.SearchInts(m.lineEnds, offset) + 1 + m.firstLine
}

// lineOf is the line on which a block begins, that of the block before where the library does not say.
func (m *markdownWalk) lineOf(node ast.Node) int {
	for n := node; n != nil; n = n.FirstChild() {
		if n.Type() == ast.TypeInline {
			if t, ok := n.(*ast.Text); ok {
				m.last = m.lineAt(t.Segment.Start)
				break
			}
			continue
		}
		if lines := n.Lines(); lines != nil && lines.Len() > 0 {
			m.last = m.lineAt(lines.At(0).Start)
			break
		}
	}
	return max(m.last, m.firstLine+1)
}

// blocks walks the blocks below a node; depth is the number of lists it is in.
func (m *markdownWalk) blocks(parent ast.Node, depth int) {
	for node := parent.FirstChild(); node != nil; node = node.NextSibling() {
		switch n := node.(type) {
		case *ast.Heading:
			line := m.lineOf(n)
			m.add(block{kind: headingBlock, line: line, level: n.Level, text: m.inline(n, line), item: m.item})
		case *ast.FencedCodeBlock:
			line := m.fenceLine(n)
			m.add(block{kind: codeBlock, line: line, language: strings.ToLower(string(n.Language(m.source))), text: m.raw(n), item: m.item})
		case *ast.CodeBlock:
			m.add(block{kind: codeBlock, line: m.lineOf(n), text: m.raw(n), item: m.item})
		case *ast.List:
			m.list(n, depth)
		case *ast.Paragraph, *ast.TextBlock, *east.TableHeader, *east.TableRow:
			line := m.lineOf(n)
			m.add(block{kind: textBlock, line: line, text: m.inline(n, line), item: m.item})
		case *ast.HTMLBlock, *ast.ThematicBreak:
		default:
			m.blocks(n, depth)
		}
	}
}

// fenceLine is the line of the fence above the code.
func (m *markdownWalk) fenceLine(n *ast.FencedCodeBlock) int {
	switch {
	case n.Info != nil:
		m.last = m.lineAt(n.Info.Segment.Start)
	case n.Lines().Len() > 0:
		m.last = m.lineAt(n.Lines().At(0).Start) - 1
	}
	return max(m.last, m.firstLine+1)
}

func (m *markdownWalk) list(list *ast.List, depth int) {
	for node := list.FirstChild(); node != nil; node = node.NextSibling() {
		line := m.lineOf(node)
		b := block{kind: itemBlock, line: line, level: depth + 1, ordered: list.IsOrdered(), item: m.item}
		first := node.FirstChild()
		isText := first != nil && (first.Kind() == ast.KindTextBlock || first.Kind() == ast.KindParagraph)
		if isText {
			b.text = m.inline(first, line)
		}
		at, outer := m.add(b), m.item
		if depth == 0 {
			m.item = at
		}
		if isText {
			node.RemoveChild(node, first)
		}
		m.blocks(node, depth+1)
		m.item = outer
	}
}

// inlineLine is the line of the first text in a link, the one given where it has none.
func (m *markdownWalk) inlineLine(node ast.Node, line int) int {
	for n := node.FirstChild(); n != nil; n = n.FirstChild() {
		if t, ok := n.(*ast.Text); ok {
			return m.lineAt(t.Segment.Start)
		}
	}
	return line
}

// raw is the content of a block of code.
func (m *markdownWalk) raw(node ast.Node) string {
	var b strings.Builder
	lines := node.Lines()
	for i := range lines.Len() {
		at := lines.At(i)
		b.Write(at.Value(m.source))
	}
	return b.String()
}

// inline is the text of a block with code between ` `; its links are noted.
func (m *markdownWalk) inline(node ast.Node, line int) string {
	var b strings.Builder
	_ = ast.Walk(node, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.CodeSpan:
			b.WriteByte('`')
		case *ast.Text:
			if entering {
				line = m.lineAt(n.Segment.Start)
				b.Write(n.Segment.Value(m.source))
				if n.SoftLineBreak() || n.HardLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		case *ast.AutoLink:
			if entering {
				m.addLink(string(n.URL(m.source)), line)
				b.Write(n.Label(m.source))
			}
		case *ast.Link:
			if entering {
				m.addLink(string(n.Destination), m.inlineLine(n, line))
			}
		case *ast.Image:
			if entering {
				m.addLink(string(n.Destination), m.inlineLine(n, line))
				return ast.WalkSkipChildren, nil
			}
		case *east.TableCell:
			if !entering {
				b.WriteByte(' ')
			}
		case *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}
