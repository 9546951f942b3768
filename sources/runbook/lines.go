package runbook

import (
	"strings"
)

// lineReader is what the readers of AsciiDoc and reStructuredText share: lines, and the paragraph that is being
// gathered. No library that is kept reads either in Go; both need only headings, lists, code and links here.
type lineReader struct {
	*structure
	lines     []string
	firstLine int // lines before the first of lines
	at        int // the line looked at, an index into lines
	paragraph []string
	begun     int   // line of the paragraph's first, from 1
	target    int   // item that the paragraph belongs to as its own first text, an index into blocks; -1 for none
	items     []int // open items by depth: the indentation, or the rank of the mark
	item      int   // outermost open item, -1 for none
	links     func(r *lineReader, line string)
}

func newLineReader(content []byte, firstLine int, links func(*lineReader, string)) *lineReader {
	text := strings.ReplaceAll(string(content), "\r\n", "\n")
	return &lineReader{structure: &structure{matter: frontMatter{}}, lines: strings.Split(text, "\n"), firstLine: firstLine, target: -1, item: -1, links: links}
}

// number is the line looked at as a reader counts.
func (r *lineReader) number() int { return r.firstLine + r.at + 1 }

// gather adds a line to the paragraph.
func (r *lineReader) gather(line string) {
	if len(r.paragraph) == 0 {
		r.begun = r.number()
	}
	r.links(r, line)
	r.paragraph = append(r.paragraph, strings.TrimSpace(line))
}

// end closes the paragraph.
func (r *lineReader) end() {
	if len(r.paragraph) == 0 {
		return
	}
	text := strings.Join(r.paragraph, " ")
	r.paragraph = nil
	if r.target >= 0 {
		r.blocks[r.target].text = text
		r.target = -1
		return
	}
	r.add(block{kind: textBlock, line: r.begun, text: text, item: r.item})
}

// openItem begins an item whose mark stands at a depth: items that are deeper, or as deep, are closed.
func (r *lineReader) openItem(depth int, ordered bool, text string) {
	r.end()
	for len(r.items) > 0 && r.items[len(r.items)-1] >= depth {
		r.items = r.items[:len(r.items)-1]
	}
	r.items = append(r.items, depth)
	b := block{kind: itemBlock, line: r.number(), level: len(r.items), ordered: ordered, item: r.item}
	at := r.add(b)
	if len(r.items) == 1 {
		r.item = at
	}
	r.target = at
	r.gather(text)
}

// closeItems ends the list.
func (r *lineReader) closeItems() {
	r.end()
	r.items, r.item, r.target = nil, -1, -1
}

func (r *lineReader) heading(level int, text string) {
	r.closeItems()
	r.links(r, text)
	r.add(block{kind: headingBlock, line: r.number(), level: level, text: strings.TrimSpace(text), item: -1})
}

func (r *lineReader) code(line int, language string, lines []string) {
	r.end()
	r.add(block{kind: codeBlock, line: line, language: strings.ToLower(language), text: strings.Join(lines, "\n"), item: r.item})
}

// bareAddress is an address in running text.
var bareAddress = lazily(`https?://[^\s<>"'\x60\[\])]+`)

func (r *lineReader) addBareAddresses(line string) {
	for _, found := range bareAddress.FindAllString(line, -1) {
		r.addLink(strings.TrimRight(found, ".,;:!?"), r.number())
	}
}
