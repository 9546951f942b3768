package catalog

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"keyperson/sources"
)

// The caps on a YAML document: nothing a person wrote comes near them.
const (
	maxDocumentBytes = 1 << 20
	maxNesting       = 64
)

// SyntaxError is a place in a catalog or configuration file that cannot be understood.
type SyntaxError struct {
	File    string
	Line    int // from 1; 0 when the file as a whole is meant
	Column  int // from 1, in characters
	Message string
	Excerpt string // the line, and a caret below the column; may be empty
}

// Error returns "file:line:column: message" and, on lines of their own, the excerpt.
func (e *SyntaxError) Error() string {
	text := e.File
	if e.Line > 0 {
		text += fmt.Sprintf(":%d:%d", e.Line, e.Column)
	}
	text += ": " + e.Message
	if e.Excerpt != "" {
		text += "\n" + e.Excerpt
	}
	return text
}

// document is one YAML file with its lines for excerpts.
type document struct {
	name string
	data []byte
}

// failAt returns the error for a place.
func (d *document) failAt(position *token.Position, format string, args ...any) *SyntaxError {
	e := &SyntaxError{File: d.name, Message: fmt.Sprintf(format, args...)}
	if position == nil || position.Line < 1 {
		return e
	}
	e.Line, e.Column = position.Line, max(position.Column, 1)
	lines := strings.Split(string(d.data), "\n")
	if e.Line <= len(lines) {
		line := []rune(strings.TrimRight(strings.ToValidUTF8(lines[e.Line-1], "?"), "\r"))
		const width = 100 // of a terminal line, the number before it included
		if len(line) <= width && e.Column <= len(line)+1 {
			gutter := fmt.Sprintf("%5d | ", e.Line)
			e.Excerpt = gutter + cleanLine(line) + "\n" + strings.Repeat(" ", len(gutter)+e.Column-1) + "^"
		}
	}
	return e
}

// cleanLine blanks control characters: the excerpt goes to a terminal.
func cleanLine(line []rune) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, string(line))
}

func (d *document) failNode(node ast.Node, format string, args ...any) *SyntaxError {
	return d.failAt(position(node), format, args...)
}

// position returns where a node stands, nil when unknown.
func position(node ast.Node) *token.Position {
	if node == nil || node.GetToken() == nil {
		return nil
	}
	if pair, ok := node.(*ast.MappingValueNode); ok && pair.Key != nil {
		return pair.Key.GetToken().Position
	}
	if mapping, ok := node.(*ast.MappingNode); ok && len(mapping.Values) > 0 && !mapping.IsFlowStyle {
		return position(mapping.Values[0])
	}
	return node.GetToken().Position
}

// parse returns the bodies of the documents in a YAML file. Aliases are left unexpanded, so that a
// small file cannot become a large one.
func (d *document) parse() (bodies []ast.Node, err error) {
	if len(d.data) > maxDocumentBytes {
		return nil, &SyntaxError{File: d.name, Message: fmt.Sprintf("the file has %d bytes, more than %d", len(d.data), maxDocumentBytes)}
	}
	d.data = sources.LineFeeds(d.data)
	if line := tooDeep(d.data); line > 0 {
		return nil, d.failAt(&token.Position{Line: line, Column: 1}, "nested more than %d levels deep", maxNesting)
	}
	// The library is used on files of strangers; a defect in it must not end the run.
	defer func() {
		if r := recover(); r != nil {
			bodies, err = nil, &SyntaxError{File: d.name, Message: fmt.Sprintf("not YAML that can be read: %v", r)}
		}
	}()
	file, err := parser.Parse(lexer.Tokenize(string(d.data)), 0)
	if err != nil {
		var e yaml.Error
		if errors.As(err, &e) && e.GetToken() != nil {
			return nil, d.failAt(e.GetToken().Position, "not YAML: %s", e.GetMessage())
		}
		return nil, &SyntaxError{File: d.name, Message: "not YAML: " + err.Error()}
	}
	for _, doc := range file.Docs {
		if doc != nil && doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	return bodies, nil
}

// tooDeep returns the line on which nesting passes the cap, or 0. It looks at bytes before the
// recursive parser does, counting brackets and block indicators too generously rather than too few.
func tooDeep(data []byte) int {
	line, depth := 1, 0
	isStart, indicators := true, 0
	for i, b := range data {
		switch b {
		case '\n':
			line++
			isStart, indicators = true, 0
			continue
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '-', '?', '!', '&', ':':
			if isStart || i > 0 && data[i-1] == ' ' {
				indicators++
			}
		}
		if isStart && b == ' ' && i > 0 && data[i-1] == ' ' {
			indicators++ // two blanks indent one level
		}
		isStart = isStart && (b == ' ' || b == '-')
		if depth > maxNesting || isStart && indicators > 2*maxNesting {
			return line
		}
	}
	return 0
}

// pairs returns the entries of a mapping; ok is false for any other node.
func pairs(node ast.Node) (entries []*ast.MappingValueNode, ok bool) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// field returns the value under a key of a mapping, nil when there is none.
func field(node ast.Node, path ...string) ast.Node {
	for _, key := range path {
		entries, _ := pairs(node)
		node = nil
		for _, entry := range entries {
			if name, ok := scalar(entry.Key); ok && name == key {
				node = entry.Value
				break
			}
		}
	}
	return node
}

// text returns a scalar under a key, "" when there is none.
func text(node ast.Node, path ...string) string {
	value, _ := scalar(field(node, path...))
	return value
}

// scalar returns the text of a string or number.
func scalar(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode:
		return n.GetToken().Value, true
	case *ast.FloatNode:
		return strconv.FormatFloat(n.Value, 'g', -1, 64), true
	}
	return "", false
}

// elements returns the elements of a sequence.
func elements(node ast.Node) []ast.Node {
	if sequence, ok := node.(*ast.SequenceNode); ok {
		return sequence.Values
	}
	return nil
}
