package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownFormat writes GitHub-flavoured Markdown that can be pasted into an issue or a wiki.
type markdownFormat struct{}

func (markdownFormat) Name() string { return "markdown" }

func (markdownFormat) Write(w io.Writer, r Report, _ Options) error {
	var out bytes.Buffer
	for i, block := range r.Document().Blocks {
		if i > 0 {
			out.WriteByte('\n')
		}
		writeMarkdown(&out, block)
	}
	return flush(w, &out)
}

func writeMarkdown(out *bytes.Buffer, block Block) {
	switch b := block.(type) {
	case Heading:
		fmt.Fprintf(out, "%s %s\n", strings.Repeat("#", b.Level), markdownText(b.Text))
	case Paragraph:
		fmt.Fprintf(out, "%s\n", markdownText(b.Text))
	case Warning:
		fmt.Fprintf(out, "> **%s**\n", markdownText(b.Text))
	case Facts:
		for _, fact := range b {
			fmt.Fprintf(out, "- **%s:** %s\n", markdownText(fact.Label), markdownText(fact.Text))
		}
	case List:
		for i, item := range b.Items {
			mark := "-"
			if b.Ordered {
				mark = fmt.Sprintf("%d.", i+1)
			}
			fmt.Fprintf(out, "%s %s\n", mark, markdownText(item))
		}
	case Lines:
		for _, line := range b {
			fmt.Fprintf(out, "- %s\n", markdownText(line))
		}
	case Checklist:
		for _, item := range b {
			box, note := "[ ]", ""
			if item.State == Ticked || item.State == Before {
				box = "[x]"
			}
			if item.Note != "" {
				note = " – " + markdownText(item.Note)
			}
			fmt.Fprintf(out, "- %s %s%s\n", box, markdownText(item.Text), note)
			for _, of := range item.Of {
				fmt.Fprintf(out, "  - %s %s\n", box, markdownText(of))
			}
		}
	case Table:
		writeMarkdownTable(out, b)
	case Command:
		fmt.Fprintf(out, "%s: %s\n", markdownText(b.Lead), codeSpan(b.Line))
	}
}

func writeMarkdownTable(out *bytes.Buffer, table Table) {
	for _, column := range table.Columns {
		fmt.Fprintf(out, "| %s ", markdownText(column.Title))
	}
	out.WriteString("|\n")
	for _, column := range table.Columns {
		if column.Right {
			out.WriteString("| ---: ")
		} else {
			out.WriteString("| --- ")
		}
	}
	out.WriteString("|\n")
	for _, row := range table.Rows {
		for _, cell := range row {
			fmt.Fprintf(out, "| %s ", markdownText(cell.Text))
		}
		out.WriteString("|\n")
	}
}

// markdownMarks are the ASCII characters that can start or end something in Markdown anywhere in a
// line. A backslash before any of them makes it plain.
const markdownMarks = "\\`*_[]|~#!$"

// markdownText cleans text and takes every meaning from it that Markdown would see: links, images,
// HTML, emphasis, table borders, mentions of accounts and automatic links.
func markdownText(s string) string {
	s = Clean(s)
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' && endsInWord(s[:i]) && strings.Contains(firstWord(s[i:]), "."):
			b.WriteString("&#64;") // nor mail be sent from it
		case r == '@' && !endsInWord(s[:i]):
			b.WriteString("@<!-- -->") // an account must not be notified by a report
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteString("&#58;") // nor a link be made of a name
		case r == '.' && endsWith(s[:i], "www"):
			b.WriteString("&#46;")
		case strings.ContainsRune(markdownMarks, r), i == 0 && strings.ContainsRune("-+=", r), (r == '.' || r == ')') && isNumber(s[:i]) && firstWord(s[i:]) == s[i:i+1]:
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// isNumber says whether text before a full stop or bracket at the beginning of a line would make it an entry of a list.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func endsWith(s, word string) bool {
	return len(s) >= len(word) && strings.EqualFold(s[len(s)-len(word):], word)
}

// codeSpan fences text with more backticks than it has in a row.
func codeSpan(s string) string {
	s = Clean(s)
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		run++
		if s[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	fence := strings.Repeat("`", longest+1)
	if r, _ := utf8.DecodeRuneInString(s); r == '`' || strings.HasSuffix(s, "`") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}
