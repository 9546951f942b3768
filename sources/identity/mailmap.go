package identity

import (
	"bytes"
	"fmt"
	"strings"

	"keyperson/sources"
)

// Limits on what is read from a mailmap. The largest public ones have a few thousand lines.
const (
	maxMailmapBytes = 16 << 20
	maxMailmapLines = 200_000
	maxProblems     = 100 // problems kept; more are counted by the last one
	maxProblemText  = 200 // bytes of an offending line that are quoted
)

// Mailmap maps identities as written to proper ones, with the semantics of git: see gitmailmap(5).
// The zero value and nil map nothing.
type Mailmap struct {
	byAddress map[string]*mailmapEntry // key: the address as written in commits, ASCII lower case
	problems  []Problem                // what ParseMailmap returned, for Resolve's findings
}

// mailmapEntry is what a mailmap says of one address.
type mailmapEntry struct {
	proper properIdentity
	byName map[string]properIdentity // key: the name as written in commits, ASCII lower case
}

// properIdentity is what replaces an identity; an empty field leaves that part as it was.
type properIdentity struct {
	name, address string
}

// Problem is a part of a mailmap that has no effect, for its author to mend.
type Problem struct {
	Line    int    // from 1; 0 where it concerns the whole file
	Text    string // the line, shortened
	Message string // what is wrong, in one sentence
}

// ParseMailmap reads a mailmap as git does: a line maps `Proper Name <commit@address>`,
// `<proper@address> <commit@address>`, `Proper Name <proper@address> <commit@address>` or
// `Proper Name <proper@address> Commit Name <commit@address>`; later lines override; a line that
// begins with # is a comment. What git silently ignores is returned as problems, the rest is kept.
func ParseMailmap(data []byte) (*Mailmap, []Problem) {
	parser := mailmapParser{mailmap: &Mailmap{byAddress: map[string]*mailmapEntry{}}}
	if len(data) > maxMailmapBytes {
		data = data[:maxMailmapBytes]
		if end := bytes.LastIndexByte(data, '\n'); end >= 0 {
			data = data[:end] // never half a line
		}
		parser.report(0, nil, fmt.Sprintf("the mailmap has more than %d bytes; the rest is ignored", maxMailmapBytes))
	}
	if end := bytes.IndexByte(data, 0); end >= 0 {
		parser.report(1+bytes.Count(data[:end], []byte{'\n'}), nil, "a NUL byte ends the mailmap here, as it does for git")
		data = data[:end]
	}
	for number := 1; len(data) > 0; number++ {
		if number > maxMailmapLines {
			parser.report(number, nil, fmt.Sprintf("the mailmap has more than %d lines; the rest is ignored", maxMailmapLines))
			break
		}
		line, rest, _ := bytes.Cut(data, []byte{'\n'})
		data = rest
		parser.line(number, line)
	}
	parser.mailmap.problems = parser.finish()
	return parser.mailmap, parser.mailmap.problems
}

type mailmapParser struct {
	mailmap  *Mailmap
	problems []Problem
	more     int // problems beyond maxProblems
}

func (p *mailmapParser) report(number int, line []byte, message string) {
	if len(p.problems) >= maxProblems {
		p.more++
		return
	}
	if len(line) > maxProblemText {
		line = line[:maxProblemText]
	}
	p.problems = append(p.problems, Problem{Line: number, Text: string(line), Message: message})
}

func (p *mailmapParser) finish() []Problem {
	if p.more > 0 {
		p.problems = append(p.problems, Problem{Message: fmt.Sprintf("%d more problems are not listed", p.more)})
	}
	return p.problems
}

func (p *mailmapParser) line(number int, line []byte) {
	text := trimMailmapSpace(string(line))
	if text == "" || line[0] == '#' {
		return
	}
	first, rest, ok := cutNameAndAddress(string(line), false)
	if !ok {
		p.report(number, line, "no address in angle brackets, so the line maps nothing")
		return
	}
	second, _, two := cutNameAndAddress(rest, true)
	if !two {
		// Proper name for the address itself.
		if first.name == "" {
			p.report(number, line, "one address and no name, so the line maps nothing")
		}
		p.mailmap.add(properIdentity{name: first.name}, properIdentity{address: first.address})
		return
	}
	p.mailmap.add(first, second)
}

// cutNameAndAddress takes `name <address>` off the front of text. As in git, the address is taken
// as it stands between the first pair of brackets, and only the name is trimmed.
func cutNameAndAddress(text string, allowEmptyAddress bool) (identity properIdentity, rest string, ok bool) {
	left := strings.IndexByte(text, '<')
	if left < 0 {
		return identity, "", false
	}
	length := strings.IndexByte(text[left+1:], '>')
	if length < 0 || length == 0 && !allowEmptyAddress {
		return identity, "", false
	}
	right := left + 1 + length
	return properIdentity{name: trimMailmapSpace(text[:left]), address: text[left+1 : right]}, text[right+1:], true
}

// trimMailmapSpace trims what git takes for space, which is less than Unicode does.
func trimMailmapSpace(text string) string { return strings.Trim(text, " \t\r\n") }

func (m *Mailmap) add(proper, written properIdentity) {
	key := lowerASCII(written.address)
	entry := m.byAddress[key]
	if entry == nil {
		entry = &mailmapEntry{}
		m.byAddress[key] = entry
	}
	if written.name != "" {
		if entry.byName == nil {
			entry.byName = map[string]properIdentity{}
		}
		entry.byName[lowerASCII(written.name)] = proper
		return
	}
	// A simple entry overrides field by field.
	if proper.name != "" {
		entry.proper.name = proper.name
	}
	if proper.address != "" {
		entry.proper.address = proper.address
	}
}

// Apply returns the proper identity for one as written in a commit, or that itself.
func (m *Mailmap) Apply(written sources.Identity) sources.Identity {
	proper, _ := m.lookup(written)
	if proper.name != "" {
		written.Name = proper.name
	}
	if proper.address != "" {
		written.Address = proper.address
	}
	return written
}

// lookup returns what the mailmap says of an identity, and whether it asked for the name to say it.
func (m *Mailmap) lookup(written sources.Identity) (proper properIdentity, byName bool) {
	if m == nil {
		return properIdentity{}, false
	}
	entry := m.byAddress[lowerASCII(written.Address)]
	if entry == nil {
		return properIdentity{}, false
	}
	if len(entry.byName) > 0 {
		if named, ok := entry.byName[lowerASCII(written.Name)]; ok {
			return named, true
		}
	}
	return entry.proper, false
}

// lowerASCII folds case as git compares addresses and names: bytewise, ASCII letters only.
func lowerASCII(text string) string {
	for i := range len(text) {
		if 'A' <= text[i] && text[i] <= 'Z' {
			folded := []byte(text)
			for j := i; j < len(folded); j++ {
				if 'A' <= folded[j] && folded[j] <= 'Z' {
					folded[j] += 'a' - 'A'
				}
			}
			return string(folded)
		}
	}
	return text
}
