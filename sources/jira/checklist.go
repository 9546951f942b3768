package jira

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"keyperson/sources"
)

// listSteps adds the hash of each item of the numbered lists and checkboxes of a text.
func listSteps(ticket *sources.Ticket, text string) {
	for line := range strings.Lines(text) {
		if len(ticket.Checklist) >= maxChecklist {
			return
		}
		item := itemOf(strings.TrimSpace(line))
		if item == "" || len(item) > maxStepTextBytes {
			continue
		}
		if hash := sources.StepHash(item); hash != 0 {
			ticket.Checklist = append(ticket.Checklist, hash)
		}
	}
}

// itemOf returns the text of a line that is an item to do, empty for other lines: "# text" as wiki markup numbers,
// "1. text", "- [x] text" and the ticks of wiki markup, "* (/) text".
func itemOf(line string) string {
	if line == "" {
		return ""
	}
	if rest := strings.TrimLeft(line, "#"); rest != line {
		if strings.HasPrefix(rest, " ") && len(line)-len(rest) <= 3 {
			return strings.TrimSpace(rest)
		}
		return ""
	}
	if rest := strings.TrimLeft(line, "*-+"); rest != line {
		if !strings.HasPrefix(rest, " ") {
			return ""
		}
		line = strings.TrimSpace(rest)
		return afterBox(line)
	}
	if rest := afterNumber(line); rest != "" {
		if boxed := afterBox(rest); boxed != "" {
			return boxed
		}
		return rest
	}
	return afterBox(line)
}

// afterNumber returns what follows "1. ", "1) " or "１．" at the start of a line.
func afterNumber(line string) string {
	rest := strings.TrimLeftFunc(line, unicode.IsDigit)
	if rest == line || rest == "" || utf8.RuneCountInString(line[:len(line)-len(rest)]) > 3 {
		return ""
	}
	sign, size := utf8.DecodeRuneInString(rest)
	switch sign {
	case '．', '）', '、':
		return strings.TrimSpace(rest[size:])
	case '.', ')':
		if strings.HasPrefix(rest[size:], " ") || strings.HasPrefix(rest[size:], "\t") {
			return strings.TrimSpace(rest[size:])
		}
	}
	return ""
}

// afterBox returns what follows a box or a tick at the start of a line.
func afterBox(line string) string {
	for _, box := range []string{"[ ]", "[x]", "[X]", "[]", "(/)", "(x)", "(!)", "☐", "☑", "☒", "✓", "✔", "✅"} {
		if rest, found := strings.CutPrefix(line, box); found {
			return strings.TrimSpace(strings.TrimPrefix(rest, "\uFE0F"))
		}
	}
	return ""
}
