package runbook

import (
	"strings"
	"unicode/utf8"
)

var (
	restField      = lazily(`^:([\w .-]+):\s*(.*)$`)
	restItem       = lazily(`^(\s*)([-*+•]|\(?(?:\d+|#|[a-z])[.)])\s+(\S.*)$`)
	restDirective  = lazily(`^(\s*)\.\.\s+([\w-]+)::\s*(.*)$`)
	restTarget     = lazily(`^\s*\.\.\s+_([^:]+):\s*(\S*)\s*$`)
	restEmbedded   = lazily("`[^`]*<([^`>]+)>`_{1,2}")
	restRole       = lazily(":(doc|download):`(?:[^`<]*<)?([^`>]+)>?`")
	restDoubleCode = lazily("``([^`]+)``")
)

// restReader is the state between lines.
type restReader struct {
	*lineReader
	marks  []string // the marks of titles in the order in which they were met: their levels
	fields bool     // a field list about the document may stand here
}

// parseReStructuredText reads titles, field lists, lists, blocks of code and links.
func parseReStructuredText(content []byte, firstLine int) *structure {
	r := &restReader{lineReader: newLineReader(content, firstLine, restLinks), fields: true}
	for ; r.at < len(r.lines); r.at++ {
		r.readLine(strings.TrimRight(r.lines[r.at], " \t"))
	}
	r.end()
	return r.structure
}

func (r *restReader) readLine(line string) {
	if line == "" {
		r.end()
		return
	}
	if r.title(line) {
		return
	}
	if m := restField.FindStringSubmatch(line); m != nil && r.fields {
		r.matter.add(m[1], m[2])
		return
	}
	if m := restTarget.FindStringSubmatch(line); m != nil {
		r.end()
		r.addLink(m[2], r.number())
		return
	}
	if m := restDirective.FindStringSubmatch(line); m != nil {
		r.directive(len(m[1]), m[2], m[3])
		return
	}
	indent := indentOf(line)
	if strings.HasPrefix(strings.TrimLeft(line, " "), "..") && (strings.TrimSpace(line) == ".." || strings.HasPrefix(strings.TrimSpace(line), ".. ")) {
		r.end()
		r.indented(indent) // a comment
		return
	}
	if m := restItem.FindStringSubmatch(line); m != nil && (len(r.paragraph) == 0 || r.item >= 0) {
		r.fields = false
		r.openItem(len(m[1])+1, !strings.ContainsAny(m[2], "-*+•"), restText(strings.TrimSuffix(m[3], "::")))
		r.literalAfter(line, indent)
		return
	}
	r.fields = r.fields && len(r.blocks) <= 1
	if len(r.paragraph) == 0 {
		r.closeShallower(indent)
	}
	r.gather(restText(strings.TrimSuffix(line, "::")))
	r.literalAfter(line, indent)
}

// title reads a title with its line below, and the line above it where it has one.
func (r *restReader) title(line string) bool {
	var mark string
	text, skip := line, 1
	if isTitleMark(line) && r.at+2 < len(r.lines) && strings.TrimRight(r.lines[r.at+2], " \t") == line && strings.TrimSpace(r.lines[r.at+1]) != "" {
		text, mark, skip = strings.TrimSpace(r.lines[r.at+1]), "over"+line[:1], 2
		r.at++
	} else if r.at+1 < len(r.lines) {
		below := strings.TrimRight(r.lines[r.at+1], " \t")
		if !isTitleMark(below) || line[0] == ' ' || len(r.paragraph) > 0 || isTitleMark(line) || len(below) < min(utf8.RuneCountInString(line), 4) {
			return false
		}
		mark = below[:1]
	} else {
		return false
	}
	level := 0
	for level < len(r.marks) && r.marks[level] != mark {
		level++
	}
	if level == len(r.marks) {
		r.marks = append(r.marks, mark)
	}
	r.heading(level+1, restText(text))
	r.at += skip
	if skip == 2 {
		r.at--
	}
	return true
}

func isTitleMark(line string) bool {
	return len(line) >= 3 && strings.ContainsRune("=-~^\"'`#*+.:_<>", rune(line[0])) && strings.Trim(line, line[:1]) == ""
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

// closeShallower ends the items that a text with this indentation no longer belongs to.
func (r *restReader) closeShallower(indent int) {
	for len(r.items) > 0 && r.items[len(r.items)-1] > indent {
		r.items = r.items[:len(r.items)-1]
	}
	if len(r.items) == 0 {
		r.item = -1
	}
	if r.item < 0 {
		r.target = -1
	}
}

// literalAfter reads the block that a paragraph ending with :: announces.
func (r *restReader) literalAfter(line string, indent int) {
	if !strings.HasSuffix(line, "::") {
		return
	}
	r.end()
	begun := r.number() + 1
	if lines := r.indented(indent); len(lines) > 0 {
		r.code(begun, "", lines)
	}
}

// directive reads code, steps over the options of others, and leaves their content to be read as text.
func (r *restReader) directive(indent int, name, argument string) {
	r.end()
	begun := r.number()
	switch name {
	case "code-block", "code", "sourcecode", "parsed-literal", "prompt":
		r.closeShallower(indent)
		r.code(begun, argument, withoutOptions(r.indented(indent)))
	case "image", "figure", "include", "literalinclude":
		r.addLink(argument, begun)
		r.indented(indent)
	case "toctree", "contents", "raw", "meta", "index", "highlight":
		r.indented(indent)
	default:
		if argument != "" {
			r.gather(restText(argument))
		}
	}
}

// indented takes the lines that are indented further, without their common indentation, and leaves the reader at
// the last of them.
func (r *restReader) indented(indent int) []string {
	first, common := r.at+1, -1
	last := first
	for i := first; i < len(r.lines); i++ {
		if strings.TrimSpace(r.lines[i]) == "" {
			continue
		}
		if indentOf(r.lines[i]) <= indent {
			break
		}
		if common < 0 || indentOf(r.lines[i]) < common {
			common = indentOf(r.lines[i])
		}
		last = i + 1
	}
	var lines []string
	for _, line := range r.lines[min(first, len(r.lines)):min(last, len(r.lines))] {
		lines = append(lines, line[min(max(common, 0), len(line)):])
	}
	if last > first {
		r.at = last - 1
	}
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return lines
}

func withoutOptions(lines []string) []string {
	for len(lines) > 0 && (restField.MatchString(lines[0]) || strings.TrimSpace(lines[0]) == "") {
		lines = lines[1:]
	}
	return lines
}

func restText(text string) string { return restDoubleCode.ReplaceAllString(text, "`$1`") }

func restLinks(r *lineReader, line string) {
	for _, m := range restEmbedded.FindAllStringSubmatch(line, -1) {
		r.addLink(m[1], r.number())
	}
	for _, m := range restRole.FindAllStringSubmatch(line, -1) {
		target := m[2]
		if m[1] == "doc" {
			target += ".rst"
		}
		r.addLink(target, r.number())
	}
	r.addBareAddresses(restEmbedded.ReplaceAllString(line, ""))
}
