package runbook

import (
	"strings"
)

var (
	asciidocHeading   = lazily(`^(={1,6}|#{1,6})\s+(\S.*?)\s*=*$`)
	asciidocAttribute = lazily(`^:([\w-]+):\s*(.*)$`)
	asciidocItem      = lazily(`^\s*(\*{1,5}|-|\.{1,5}|\d+\.|[a-z]\.|<\d+>|<\.>)\s+(\S.*)$`)
	asciidocSource    = lazily(`^\[source\s*,\s*([\w+-]+)`)
	asciidocMacro     = lazily(`(?:link|xref|image|include|mailto):{1,2}([^\s\[]+)\[`)
	asciidocReference = lazily(`<<([^,>]+?)(?:,[^>]*)?>>`)
	asciidocFence     = lazily("^(-{4,}|\\.{4,}|={4,}|\\*{4,}|_{4,}|\\+{4,}|/{4,}|--|\\|===|`{3,})\\s*([\\w+-]*)\\s*$")
	asciidocPassCode  = lazily(`\+([^+\s][^+]*)\+`)
)

// asciidocReader is the state between lines.
type asciidocReader struct {
	*lineReader
	language string // of the next block of code, from the line above it
	attached bool   // a + said that the next block belongs to the item
	header   bool   // attributes of the document may follow
}

// parseAsciiDoc reads headings, attributes, lists, blocks of code and links.
func parseAsciiDoc(content []byte, firstLine int) *structure {
	a := &asciidocReader{lineReader: newLineReader(content, firstLine, asciidocLinks), header: true}
	for ; a.at < len(a.lines); a.at++ {
		a.readLine(strings.TrimRight(a.lines[a.at], " \t"))
	}
	a.end()
	return a.structure
}

func (a *asciidocReader) readLine(line string) {
	switch {
	case strings.TrimSpace(line) == "": // also of other kinds of space, which only look like an indented paragraph
		a.end()
		a.header = a.header && len(a.blocks) == 0
		return
	case strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "////"):
		return
	case line == "+":
		a.end()
		a.attached = true
		return
	}
	if m := asciidocAttribute.FindStringSubmatch(line); m != nil {
		if a.header {
			a.matter.add(strings.ToLower(m[1]), m[2])
		}
		return
	}
	if m := asciidocHeading.FindStringSubmatch(line); m != nil {
		a.heading(len(m[1]), asciidocText(m[2]))
		return
	}
	if m := asciidocFence.FindStringSubmatch(line); m != nil {
		a.fence(m[1], m[2])
		return
	}
	if len(a.paragraph) == 0 && strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
		if m := asciidocSource.FindStringSubmatch(line); m != nil {
			a.language = m[1]
		}
		return
	}
	if m := asciidocItem.FindStringSubmatch(line); m != nil && (!strings.HasPrefix(m[1], "<") || a.item >= 0) {
		a.openItem(a.depthOf(m[1]), m[1] != "-" && m[1][0] != '*', asciidocText(m[2]))
		return
	}
	a.text(line)
}

// depthOf is the depth a mark opens: one more than that of the list it stands in, or that of its own list.
func (a *asciidocReader) depthOf(mark string) int {
	switch mark[0] {
	case '*':
		return 10 * len(mark)
	case '.':
		return 10*len(mark) + 1
	case '-':
		return 5
	case '<':
		return 90
	}
	return 7
}

// text gathers a line that is nothing special. Text after an empty line ends a list, unless a + attached it; what is
// indented, outside of a list, is shown as it stands.
func (a *asciidocReader) text(line string) {
	if len(a.paragraph) == 0 {
		if a.item >= 0 && !a.attached && a.target < 0 {
			a.closeItems()
		}
		if a.item < 0 && (line[0] == ' ' || line[0] == '\t') {
			a.literal()
			return
		}
		if line[0] == '.' && len(line) > 1 {
			line = line[1:] // the title of a block
		}
	}
	a.attached = false
	a.gather(asciidocText(line))
}

// literal reads an indented paragraph.
func (a *asciidocReader) literal() {
	begun := a.number()
	var lines []string
	for ; a.at < len(a.lines) && strings.TrimSpace(a.lines[a.at]) != ""; a.at++ {
		lines = append(lines, strings.TrimSpace(a.lines[a.at]))
	}
	a.at--
	a.code(begun, a.language, lines)
	a.language = ""
}

// fence reads a delimited block, or steps over the delimiter of one whose content is ordinary text.
func (a *asciidocReader) fence(mark, language string) {
	a.end()
	switch mark[0] {
	case '=', '*', '_', '|':
		return
	case '-':
		if mark == "--" {
			return
		}
	}
	if language == "" {
		language = a.language
	}
	a.language = ""
	begun := a.number()
	var lines []string
	for a.at++; a.at < len(a.lines) && strings.TrimRight(a.lines[a.at], " \t") != mark; a.at++ {
		lines = append(lines, a.lines[a.at])
	}
	if mark[0] == '/' || mark[0] == '+' {
		return
	}
	if a.item >= 0 && !a.attached {
		a.closeItems()
	}
	a.attached = false
	a.code(begun, language, lines)
}

func asciidocText(text string) string {
	return asciidocPassCode.ReplaceAllString(text, "`$1`")
}

func asciidocLinks(r *lineReader, line string) {
	for _, m := range asciidocMacro.FindAllStringSubmatch(line, -1) {
		r.addLink(m[1], r.number())
	}
	for _, m := range asciidocReference.FindAllStringSubmatch(line, -1) {
		target := m[1]
		if !strings.Contains(target, ".") && !strings.HasPrefix(target, "#") {
			target = "#" + target
		}
		r.addLink(target, r.number())
	}
	r.addBareAddresses(asciidocMacro.ReplaceAllString(line, ""))
}
