package git

import (
	"bytes"
	"slices"
	"strings"

	"keyperson/sources"
)

// mostTrailers bounds the people taken from the trailers of one commit.
const mostTrailers = 256

// longestTrailerBlock bounds how much of a message's end is searched for trailers, in bytes.
const longestTrailerBlock = 64 << 10

// namedPerson is a person that a trailer names.
type namedPerson struct {
	identity sources.Identity
	kind     sources.Kind
}

// trailerLines returns the trailers of a message that has any of those read here: one line each, in its
// order, folded lines joined.
//
// Trailers are in the last paragraph, unless that is the subject; it counts when all its lines are
// trailers, or, as in git, when one of the lines that git itself writes is among them and a quarter
// of them are trailers. Paragraphs of nothing but trailers before it count too, and so do rules of
// dashes between them: merging on GitHub appends such a block to a message that already has one.
func trailerLines(message []byte) [][]byte {
	if !mayHaveTrailers(message) {
		return nil
	}
	var blocks [][][]byte
	body := message
	for len(blocks) < mostTrailers {
		rest, block := lastParagraph(body)
		if len(bytes.TrimSpace(rest)) == 0 {
			break // the first paragraph is the subject, whatever it looks like
		}
		lines := unfold(block)
		if !isTrailerBlock(lines, len(blocks) == 0) {
			break
		}
		blocks = append(blocks, lines)
		body = rest
	}
	slices.Reverse(blocks)
	return slices.Concat(blocks...)
}

// trailerPeople returns the people whom Co-authored-by, Reviewed-by and Reviewers trailers name, in their
// order, each only once for a kind.
func trailerPeople(trailers [][]byte) []namedPerson {
	var people []namedPerson
	for _, line := range trailers {
		people = appendPeople(people, line)
	}
	return people
}

// mayHaveTrailers is a cheap test that most messages fail.
func mayHaveTrailers(message []byte) bool {
	end := message[max(0, len(message)-longestTrailerBlock):]
	for {
		colon := bytes.IndexByte(end, ':')
		if colon < 0 {
			return false
		}
		token := lastWord(end[:colon])
		if _, ok := kindOfTrailer(token); ok || isDocumentTrailer(token) {
			return true
		}
		end = end[colon+1:]
	}
}

func lastWord(text []byte) []byte {
	text = bytes.TrimRight(text, " \t")
	return text[bytes.LastIndexAny(text, " \t\n\r")+1:]
}

// kindOfTrailer says what the people named under a trailer's token did.
func kindOfTrailer(token []byte) (sources.Kind, bool) {
	switch {
	case len(token) == len("Co-authored-by") && strings.EqualFold(string(token), "Co-authored-by"):
		return sources.CoAuthored, true
	case len(token) == len("Reviewed-by") && strings.EqualFold(string(token), "Reviewed-by"),
		len(token) == len("Reviewers") && strings.EqualFold(string(token), "Reviewers"):
		return sources.Reviewed, true
	}
	return 0, false
}

// lastParagraph cuts off the lines after the last empty one, leaving out empty lines at the end.
func lastParagraph(text []byte) (rest, paragraph []byte) {
	text = bytes.TrimRight(text, whitespace)
	start := len(text)
	for start > 0 {
		lineStart := bytes.LastIndexByte(text[:start-1], '\n') + 1
		if len(bytes.TrimSpace(text[lineStart:start])) == 0 {
			break
		}
		start = lineStart
		if len(text)-start > longestTrailerBlock {
			return nil, nil
		}
	}
	return text[:start], text[start:]
}

// unfold splits a paragraph into lines; one that begins with a space continues the line before.
func unfold(paragraph []byte) [][]byte {
	var lines [][]byte
	for line := range bytes.Lines(paragraph) {
		content := bytes.TrimRight(line, whitespace)
		if len(lines) > 0 && (line[0] == ' ' || line[0] == '\t') {
			last := len(lines) - 1
			joined := append(bytes.Clone(lines[last]), ' ')
			lines[last] = append(joined, bytes.TrimLeft(content, whitespace)...)
			continue
		}
		if content = bytes.TrimLeft(content, whitespace); len(content) > 0 && content[0] != '#' {
			lines = append(lines, content)
		}
	}
	return lines
}

func isTrailerBlock(lines [][]byte, isLast bool) bool {
	trailers, others := 0, 0
	writtenByGit := false
	for _, line := range lines {
		token, _, ok := splitTrailer(line)
		switch {
		case bytes.HasPrefix(line, []byte("(cherry picked from commit ")):
			trailers++
			writtenByGit = true
		case ok:
			trailers++
			writtenByGit = writtenByGit || strings.EqualFold(string(token), "Signed-off-by")
		case len(bytes.Trim(line, "-")) > 0: // not a rule of dashes
			others++
		}
	}
	if others == 0 {
		return len(lines) > 0
	}
	return isLast && writtenByGit && trailers*3 >= others
}

// splitTrailer splits "Token: value". A token is letters, digits and hyphens.
func splitTrailer(line []byte) (token, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon < 1 {
		return nil, nil, false
	}
	token = bytes.TrimRight(line[:colon], " \t")
	for _, b := range token {
		isWord := b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-'
		if !isWord {
			return nil, nil, false
		}
	}
	return token, bytes.TrimSpace(line[colon+1:]), true
}

// appendPeople adds the people of one trailer line to those already found.
func appendPeople(people []namedPerson, line []byte) []namedPerson {
	token, value, ok := splitTrailer(line)
	if !ok {
		return people
	}
	kind, ok := kindOfTrailer(token)
	if !ok {
		return people
	}
	for _, text := range splitList(value) {
		person := namedPerson{personNamed(text), kind}
		if person.identity == (sources.Identity{}) || contains(people, person) {
			continue
		}
		if len(people) == mostTrailers {
			return people
		}
		people = append(people, person)
	}
	return people
}

func contains(people []namedPerson, person namedPerson) bool {
	for _, known := range people {
		if known == person {
			return true
		}
	}
	return false
}

// splitList splits a list of people at its commas. A comma inside a quoted name or an address belongs
// to it, and so does one in "Family, Given <address>", told by the part before it being a single word
// without an address while the list has just one address.
func splitList(value []byte) [][]byte {
	var parts [][]byte
	start, quoted, inAddress := 0, false, false
	for i, b := range value {
		switch {
		case b == '"':
			quoted = !quoted
		case b == '<':
			inAddress = true
		case b == '>':
			inAddress = false
		case (b == ',' || b == ';') && !quoted && !inAddress:
			parts = append(parts, value[start:i])
			start = i + 1
		}
	}
	parts = append(parts, value[start:])
	if len(parts) == 2 && isFamilyName(parts[0]) && bytes.Count(value, []byte("<")) == 1 {
		return [][]byte{value}
	}
	return parts
}

func isFamilyName(text []byte) bool {
	text = bytes.TrimSpace(text)
	return len(text) > 0 && !bytes.ContainsAny(text, "<>@ \t")
}

// personNamed reads "Name <address>", or a lone name or address.
func personNamed(text []byte) sources.Identity {
	name, address := bytes.TrimSpace(text), []byte(nil)
	if open := bytes.LastIndexByte(text, '<'); open >= 0 {
		name = bytes.TrimSpace(text[:open])
		address = text[open+1:]
		if end := bytes.IndexByte(address, '>'); end >= 0 {
			address = address[:end]
		}
		address = bytes.TrimSpace(address)
	} else if at := bytes.IndexByte(name, '@'); at > 0 && !bytes.ContainsAny(name, " \t") {
		name, address = nil, name
	}
	if len(name) > 1 && name[0] == '"' && name[len(name)-1] == '"' {
		name = bytes.TrimSpace(name[1 : len(name)-1])
	}
	return sources.Identity{Name: string(name), Address: string(address)}
}
