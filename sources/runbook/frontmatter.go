package runbook

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// frontMatter is what stands above a document about it: keys in lower case with their values.
type frontMatter map[string][]string

// mostFrontMatterBytes bounds the front matter of one document.
const mostFrontMatterBytes = 64 << 10

// frontMatterError is a place in front matter that cannot be understood.
type frontMatterError struct {
	line    int // of the document, from 1
	message string
}

func (e *frontMatterError) Error() string { return e.message }

// splitFrontMatter cuts a document in front matter and the rest; firstLine is the number of lines before the rest.
func splitFrontMatter(content []byte) (matter, rest []byte, fence byte, firstLine int) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	first, after, found := bytes.Cut(content, []byte("\n"))
	first = bytes.TrimRight(first, " \t\r")
	if !found || string(first) != "---" && string(first) != "+++" {
		return nil, content, 0, 0
	}
	line := 1
	for body := after; len(body) > 0; {
		next, remaining, _ := bytes.Cut(body, []byte("\n"))
		line++
		if text := bytes.TrimRight(next, " \t\r"); bytes.Equal(text, first) || string(first) == "---" && string(text) == "..." {
			return after[:len(after)-len(body)], remaining, first[0], line
		}
		body = remaining
	}
	return nil, content, 0, 0 // a rule at the top, and nothing that closes it
}

// readFrontMatter reads front matter, which begins in the second line of its document. YAML is parsed; of TOML,
// which some site generators take between lines of +++, only the plain values.
func readFrontMatter(matter []byte, fence byte) (frontMatter, error) {
	switch {
	case fence == 0:
		return nil, nil
	case len(matter) > mostFrontMatterBytes:
		return nil, &frontMatterError{1, fmt.Sprintf("the front matter has %d bytes, more than %d", len(matter), mostFrontMatterBytes)}
	case fence == '+':
		return readPlainTOML(matter), nil
	}
	return readYAML(matter)
}

var plainTOML = lazily(`^\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s#"'\[{][^#]*))`)

func readPlainTOML(matter []byte) frontMatter {
	found := frontMatter{}
	for line := range bytes.Lines(matter) {
		if m := plainTOML.FindSubmatch(line); m != nil {
			found.add(string(m[1]), strings.TrimSpace(string(m[2])+string(m[3])+string(m[4])))
		}
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
			break // a table: its keys are about something else
		}
	}
	return found
}

func (f frontMatter) add(key, value string) {
	if key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value); key != "" && value != "" {
		f[key] = append(f[key], value)
	}
}

// readYAML takes the scalars, and lists of scalars, of a YAML mapping. Anchors, aliases and tags are refused: front
// matter has no use for them, and a small file could become a large one.
func readYAML(matter []byte) (found frontMatter, err error) {
	if isTooDeep(matter) {
		return nil, &frontMatterError{1, "the front matter is nested too deeply"}
	}
	defer func() {
		// The YAML library panics on some malformed input; for the reader that is malformed all the same.
		if cause := recover(); cause != nil {
			found, err = nil, &frontMatterError{1, fmt.Sprintf("the front matter is not YAML: %v", cause)}
		}
	}()
	// A lone carriage return ends a line for YAML, but not for the reader who looks for the line of an error.
	matter = bytes.ReplaceAll(bytes.ReplaceAll(matter, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte(" "))
	file, err := parser.ParseBytes(matter, 0)
	if err != nil {
		var syntax yaml.Error
		if errors.As(err, &syntax) && syntax.GetToken() != nil {
			return nil, &frontMatterError{syntax.GetToken().Position.Line + 1, "the front matter is not YAML: " + syntax.GetMessage()}
		}
		return nil, &frontMatterError{1, "the front matter is not YAML"}
	}
	found = frontMatter{}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return found, nil
	}
	if node := findRefused(file); node != nil {
		return nil, &frontMatterError{node.GetToken().Position.Line + 1, "anchors, aliases and tags of YAML are not read in front matter; write the text out"}
	}
	entries, ok := mappingOf(file.Docs[0].Body)
	if !ok {
		if _, isNull := file.Docs[0].Body.(*ast.NullNode); isNull || isOnlyComment(file.Docs[0].Body) {
			return found, nil
		}
		return nil, &frontMatterError{file.Docs[0].Body.GetToken().Position.Line + 1, "the front matter is no list of keys and values"}
	}
	for _, entry := range entries {
		key, _ := scalarOf(entry.Key)
		if list, ok := entry.Value.(*ast.SequenceNode); ok {
			for _, element := range list.Values {
				value, _ := scalarOf(element)
				found.add(key, value)
			}
			continue
		}
		value, _ := scalarOf(entry.Value)
		found.add(key, value)
	}
	return found, nil
}

func isOnlyComment(node ast.Node) bool {
	_, ok := node.(*ast.CommentGroupNode)
	return ok
}

// mostNesting is more than any front matter or alert rule needs.
const mostNesting = 64

// isTooDeep looks at the bytes before the recursive parser does, and counts too generously rather than too little.
func isTooDeep(data []byte) bool {
	depth := 0
	for line := range bytes.Lines(data) {
		indent := len(line) - len(bytes.TrimLeft(line, " -?:"))
		if indent > 2*mostNesting {
			return true
		}
		for _, b := range line {
			switch b {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			}
			if depth > mostNesting {
				return true
			}
		}
	}
	return false
}

// refusedFinder finds the first anchor, alias, merge or tag.
type refusedFinder struct{ found ast.Node }

func (f *refusedFinder) Visit(node ast.Node) ast.Visitor {
	if f.found != nil {
		return nil
	}
	switch node.Type() {
	case ast.AnchorType, ast.AliasType, ast.TagType, ast.MergeKeyType:
		f.found = node
		return nil
	}
	return f
}

func findRefused(file *ast.File) ast.Node {
	f := &refusedFinder{}
	for _, doc := range file.Docs {
		ast.Walk(f, doc)
	}
	return f.found
}

func mappingOf(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// scalarOf is the text of a scalar as it was written.
func scalarOf(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

// first is the first value of the first key that is set.
func (f frontMatter) first(keys []string) string {
	for _, key := range keys {
		if values := f[strings.ToLower(key)]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// all are all values of all keys, sorted, each once.
func (f frontMatter) all(keys []string) []string {
	var values []string
	for _, key := range keys {
		values = append(values, f[strings.ToLower(key)]...)
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// dateLayouts are how people write dates in front matter; only those that cannot be misread.
var dateLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-1-2", "2006/01/02", "2006/1/2", "2006.01.02", "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006",
	"2006年1月2日", "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700",
}

// dateOf reads a date as seconds since 1970; 0 for what is none.
func dateOf(text string) int64 {
	for _, layout := range dateLayouts {
		if at, err := time.Parse(layout, strings.TrimSpace(text)); err == nil && at.Unix() > 0 {
			return at.Unix()
		}
	}
	return 0
}

var (
	englishInterval  = lazily(`(?i)^\s*(?:every\s+)?(\d+(?:\.\d+)?|an?|one|two|three|six|twelve)?\s*-?\s*(day|week|fortnight|month|quarter|year)s?\s*$`)
	japaneseInterval = lazily(`^\s*(\d+)\s*(日|週間?|[かヶケカ]月|年)\s*(?:ごと|毎)?\s*$`)
	isoInterval      = lazily(`^P(\d+)([DWMY])$`)
	plainInterval    = lazily(`^\s*(\d+)\s*d?\s*$`)
)

var (
	daysOfUnit = map[string]float64{
		"day": 1, "week": 7, "fortnight": 14, "month": 365.25 / 12, "quarter": 365.25 / 4, "year": 365.25,
		"日": 1, "週": 7, "週間": 7, "か月": 365.25 / 12, "ヶ月": 365.25 / 12, "ケ月": 365.25 / 12, "カ月": 365.25 / 12, "年": 365.25,
		"D": 1, "W": 7, "M": 365.25 / 12, "Y": 365.25,
	}
	daysOfWord  = map[string]float64{"daily": 1, "weekly": 7, "monthly": 365.25 / 12, "quarterly": 365.25 / 4, "yearly": 365.25, "annually": 365.25, "毎月": 365.25 / 12, "毎年": 365.25, "半年": 365.25 / 2}
	numberWords = map[string]float64{"": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "six": 6, "twelve": 12}
)

// daysOf reads an interval such as "6 months", "P6M", "180" or "半年", in days; 0 for what is none.
func daysOf(text string) float64 {
	if days, ok := daysOfWord[strings.ToLower(strings.TrimSpace(text))]; ok {
		return days
	}
	if m := plainInterval.FindStringSubmatch(text); m != nil {
		return number(m[1])
	}
	for _, form := range []*expression{englishInterval, japaneseInterval, isoInterval} {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		unit := m[2]
		if form == englishInterval {
			unit = strings.ToLower(unit)
		}
		return number(m[1]) * daysOfUnit[unit]
	}
	return 0
}

func number(text string) float64 {
	if n, ok := numberWords[strings.ToLower(text)]; ok {
		return n
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n > 36500 {
		return 0
	}
	return n
}
