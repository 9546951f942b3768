package filekind

import (
	"fmt"
	"strings"
)

// excludes are the user's patterns, as in .gitignore: a directory that matches takes all below it
// along, "/" at the end matches directories only, and "!" takes back what an earlier pattern
// matched. Unlike in .gitignore that also works below a directory that matched: the last pattern that
// matches a file or a directory above it decides.
type excludes struct {
	rules       []excludeRule
	directories map[string]int // for each directory, the last rule that matches it or one above, or -1
}

type excludeRule struct {
	pattern       pattern
	directoryOnly bool
	negated       bool
}

// newExcludes returns an error for a pattern that could never match.
func newExcludes(patterns []string) (*excludes, error) {
	e := &excludes{directories: map[string]int{"": -1}}
	for _, text := range patterns {
		text = strings.TrimSpace(text)
		rest, negated := strings.CutPrefix(text, "!")
		rest, directoryOnly := strings.CutSuffix(rest, "/")
		rest = strings.TrimPrefix(rest, "./")
		if rest == "" || !isClosed(rest) {
			return nil, fmt.Errorf("filekind: the exclude pattern %q matches nothing: close its bracket, end it without a backslash, and name something", text)
		}
		e.rules = append(e.rules, excludeRule{newPattern(rest), directoryOnly, negated})
	}
	return e, nil
}

// isClosed reports whether classes are closed and no backslash ends the pattern.
func isClosed(text string) bool {
	for at := 0; at < len(text); {
		switch text[at] {
		case '\\':
			at += 2
			if at > len(text) {
				return false
			}
		case '[':
			size, _ := matchClass(text[at:], 'x')
			if size == 0 {
				return false
			}
			at += size
		default:
			at++
		}
	}
	return true
}

// match reports whether a file is excluded.
func (e *excludes) match(directory, path, base string) bool {
	if len(e.rules) == 0 {
		return false
	}
	last := e.last(path, base, false, e.directory(directory))
	return last >= 0 && !e.rules[last].negated
}

// directory returns the last rule for a directory, "" or ending in "/".
func (e *excludes) directory(directory string) int {
	if last, ok := e.directories[directory]; ok {
		return last
	}
	// Downwards in a loop: a path may be as deep as it is long.
	last := -1
	for end := 0; end < len(directory); {
		start := end
		end += strings.IndexByte(directory[end:], '/') + 1
		known, ok := e.directories[directory[:end]]
		if !ok {
			known = e.last(directory[:end-1], directory[start:end-1], true, last)
			e.directories[directory[:end]] = known
		}
		last = known
	}
	return last
}

// last returns the last rule that matches, or above, whichever comes later in the list.
func (e *excludes) last(path, base string, isDirectory bool, above int) int {
	for i := len(e.rules) - 1; i > above; i-- {
		if e.rules[i].directoryOnly && !isDirectory {
			continue
		}
		if e.rules[i].pattern.match(path, base) {
			return i
		}
	}
	return above
}
