package pathpattern

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// List is a list of patterns as in .gitignore: a directory that matches takes all below it along, "/" at the
// end matches directories only, and "!" takes back what an earlier pattern matched. Unlike in .gitignore that
// also works below a directory that matched: the last pattern that matches a file or a directory above it
// decides. "/" alone matches everything. A List remembers what it found out about directories: goroutines do
// not share one. The zero value has no patterns and matches nothing.
type List struct {
	rules       []rule
	directories map[string]int // for each directory, the last rule that matches it or one above, or -1
	steps       *int           // that may still be taken; nil for any number
}

type rule struct {
	glob          Glob
	directoryOnly bool
	negated       bool
	every         bool // of files and directories alike
}

// Parse compiles patterns. It returns an error for the first that Check refuses.
func Parse(patterns []string) (*List, error) {
	l := &List{}
	for _, text := range patterns {
		if err := l.Add(text); err != nil {
			return nil, fmt.Errorf("%q: %w", text, err)
		}
	}
	return l, nil
}

// Add compiles one more pattern, which decides over those before it, unless Check refuses it.
func (l *List) Add(text string) error {
	if err := Check(text); err != nil {
		return err
	}
	rest, negated := strings.CutPrefix(text, "!")
	body, directoryOnly := strings.CutSuffix(rest, "/")
	l.rules = append(l.rules, rule{NewGlob(body), directoryOnly, negated, body == "" || rest == "**" || rest == "/**"})
	l.directories = map[string]int{"": -1}
	return nil
}

// ErrTooLong says that the comparisons of patterns with paths took all the steps that they were given.
var ErrTooLong = errors.New("the patterns take too long to compare with the paths; write fewer or simpler ones")

// Bound makes the list take the steps of its comparisons from steps, which several lists may share. Once that is below
// zero, what Match says is of no use: whoever bounds a list returns ErrTooLong, or a finding. Patterns can be made to take
// their length times that of a path, on every path.
func (l *List) Bound(steps *int) { l.steps = steps }

// Match tells whether the last pattern that matches a file takes it in.
func (l *List) Match(path string) bool {
	if len(l.rules) == 0 {
		return false
	}
	at := strings.LastIndexByte(path, '/') + 1
	last := l.last(path, path[at:], false, l.directory(path[:at]))
	return last >= 0 && !l.rules[last].negated
}

// Forget gives back the memory of what the list found out about directories; it finds it out anew when it is asked.
func (l *List) Forget() {
	if len(l.rules) > 0 {
		l.directories = map[string]int{"": -1}
	}
}

// directory returns the last rule for a directory, "" or ending in "/".
func (l *List) directory(directory string) int {
	if last, ok := l.directories[directory]; ok {
		return last
	}
	// Downwards in a loop: a path may be as deep as it is long.
	last := -1
	for end := 0; end < len(directory); {
		start := end
		end += strings.IndexByte(directory[end:], '/') + 1
		known, ok := l.directories[directory[:end]]
		if !ok {
			known = l.last(directory[:end-1], directory[start:end-1], true, last)
			l.directories[directory[:end]] = known
		}
		last = known
	}
	return last
}

// last returns the last rule that matches, or above, whichever comes later in the list.
func (l *List) last(path, base string, isDirectory bool, above int) int {
	unbounded := math.MaxInt
	steps := l.steps
	if steps == nil {
		steps = &unbounded
	}
	for i := len(l.rules) - 1; i > above && *steps >= 0; i-- {
		r := &l.rules[i]
		if r.every || (isDirectory || !r.directoryOnly) && r.glob.MatchWithin(path, base, steps) {
			return i
		}
	}
	return above
}
