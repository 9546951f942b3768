package jira

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"keyperson/sources"
)

// Bounds of what is kept of a ticket's texts.
const (
	maxCitations     = 64
	maxTargetBytes   = 512
	maxChecklist     = 256
	maxStepTextBytes = 4096
)

// documentEndings are the endings of the documents that a procedure can be written in.
var documentEndings = []string{".md", ".markdown", ".adoc", ".asciidoc", ".rst", ".txt"}

// cite adds the documents that a text points at: addresses, and paths of documents below some directory.
func cite(ticket *sources.Ticket, text string, person uint32, time int64) {
	add := func(target string) {
		if target == "" || len(target) > maxTargetBytes || !utf8.ValidString(target) || len(ticket.Citations) >= maxCitations {
			return
		}
		for _, known := range ticket.Citations {
			if known.Target == target {
				return
			}
		}
		ticket.Citations = append(ticket.Citations, sources.Citation{Target: strings.Clone(target), Person: person, Time: time})
	}
	for text != "" {
		address := nextAddress(text)
		before := text
		if address >= 0 {
			before = text[:address]
		}
		if strings.Contains(before, "/") {
			for _, word := range strings.FieldsFunc(before, endsPath) {
				add(documentPath(word))
			}
		}
		if address < 0 {
			return
		}
		length := addressLength(text[address:])
		add(trimAddress(text[address : address+length]))
		text = text[address+length:]
	}
}

// nextAddress returns where the next http or https address begins, -1 for none.
func nextAddress(text string) int {
	for offset := 0; ; {
		at := strings.Index(text[offset:], "http")
		if at < 0 {
			return -1
		}
		at += offset
		if rest := text[at+len("http"):]; strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, "s://") {
			return at
		}
		offset = at + len("http")
	}
}

// addressLength returns how far an address goes: to a space, to a sign that no address has or that wiki markup and
// Markdown end links with, or to a parenthesis that it did not open.
func addressLength(text string) int {
	open := 0
	for i, r := range text {
		switch {
		case unicode.IsSpace(r), unicode.IsControl(r), strings.ContainsRune("|]>[<\"`{}\\^。、」）", r):
			return i
		case r == '(':
			open++
		case r == ')':
			if open--; open < 0 {
				return i
			}
		}
	}
	return len(text)
}

// trimAddress takes off the signs that end sentences; an address without a host is none.
func trimAddress(address string) string {
	address = strings.TrimRight(address, ".,;:!?'*_")
	_, host, _ := strings.Cut(address, "://")
	if host == "" || host[0] == '/' {
		return ""
	}
	return address
}

// endsPath is asked of every letter of every text, so that it decides ASCII by a table.
func endsPath(r rune) bool {
	if r < 128 {
		return asciiEndsPath[r]
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("。、「」（）", r)
}

var asciiEndsPath = func() (ends [128]bool) {
	for r := range rune(128) {
		ends[r] = r <= ' ' || r == 127 || strings.ContainsRune("[]|()<>{}\"'`,;*=!?", r)
	}
	return ends
}()

// documentPath returns the path of a document that a word is, with its anchor if it has one; empty for other words.
func documentPath(word string) string {
	word = strings.TrimRight(word, ".:")
	path, _, _ := strings.Cut(word, "#")
	slash := strings.LastIndexByte(path, '/')
	if slash < 0 || slash == len(path)-1 || strings.Contains(path, "://") {
		return ""
	}
	lower := strings.ToLower(path)
	for _, ending := range documentEndings {
		if strings.HasSuffix(lower, ending) && len(path)-len(ending) > slash+1 {
			return word
		}
	}
	return ""
}
