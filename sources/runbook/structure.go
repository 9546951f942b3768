package runbook

import (
	"strings"
	"unicode"
)

// structure is what stands in a document, whatever its format: blocks in reading order, and links.
type structure struct {
	matter frontMatter // what the format itself says about the document
	blocks []block
	links  []link
}

// blockKind says what a block is.
type blockKind uint8

const (
	headingBlock blockKind = iota
	textBlock              // a paragraph, the cell of a table
	itemBlock              // an item of a list: its own first text
	codeBlock
)

// block is one piece of a document.
type block struct {
	kind     blockKind
	line     int    // from 1
	level    int    // of a heading, 1 for the highest; of an item, 1 for the outermost list
	ordered  bool   // an item of a numbered list
	language string // of code
	text     string // code between ` ` within; of code blocks the content
	item     int    // the outermost item that holds it, an index into blocks; -1 for none, its own for that item
}

// link is what a document points at, before anyone looked whether that exists.
type link struct {
	target string
	line   int
}

// add appends a block and returns its index.
func (s *structure) add(b block) int {
	if b.kind == itemBlock && b.level == 1 {
		b.item = len(s.blocks)
	}
	s.blocks = append(s.blocks, b)
	return len(s.blocks) - 1
}

func (s *structure) addLink(target string, line int) {
	if target = strings.TrimSpace(target); target != "" && len(target) <= longestTarget {
		s.links = append(s.links, link{target, line})
	}
}

// longestTarget is longer than any link a person follows.
const longestTarget = 2048

// countWords counts words; two letters of a script without spaces are about one.
func countWords(text string) int {
	words, ideographs, inWord := 0, 0, false
	for _, r := range text {
		switch {
		case isIdeograph(r):
			ideographs++
			inWord = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inWord {
				words++
			}
			inWord = true
		case unicode.IsSpace(r):
			inWord = false
		}
	}
	return words + (ideographs+1)/2
}

func isIdeograph(r rune) bool {
	return r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff
}

// languageOf tells English and Japanese; empty where it cannot be told.
func languageOf(blocks []block) string {
	letters, japanese, common, words := 0, 0, 0, 0
	for i := range blocks {
		if blocks[i].kind == codeBlock {
			continue
		}
		for _, r := range blocks[i].text {
			switch {
			case isIdeograph(r):
				japanese++
				letters++
			case unicode.IsLetter(r):
				letters++
			}
		}
		for word := range strings.FieldsSeq(strings.ToLower(blocks[i].text)) {
			words++
			switch word {
			case "the", "to", "of", "and", "is", "in", "a", "this", "that", "for", "you":
				common++
			}
		}
	}
	switch {
	case letters == 0:
		return ""
	case japanese*5 > letters:
		return "ja"
	case common*12 > words:
		return "en"
	}
	return ""
}
