package pathpattern

import (
	"math"
	"strings"
)

// Glob is one pattern that matches a path and not what lies below it, as those of .gitattributes do. A pattern
// without a slash matches names in any directory, others match the path from the directory that it stands in.
type Glob struct {
	text   string
	onBase bool
	// literal is how much of text stands for itself before anything wild, in patterns with a slash. Git compares that
	// first and what follows as a pattern of its own: "gen**" with a slash before it spans directories, as "**" does.
	literal int
	// Most patterns are "*.ext" or a plain name: the comparison is then of the ending or the whole.
	ending string
	plain  bool
}

// NewGlob takes any text. One that is malformed, with a bracket that is not closed, matches nothing.
func NewGlob(text string) Glob {
	rooted := strings.HasPrefix(text, "/")
	g := Glob{text: strings.TrimPrefix(text, "/"), onBase: !rooted && !strings.Contains(text, "/")}
	first := strings.IndexAny(g.text, wild)
	g.plain = first < 0
	if first > 0 && !g.onBase {
		g.literal = first
	}
	if rest, ok := strings.CutPrefix(g.text, "*"); ok && g.onBase && !strings.ContainsAny(rest, wild) {
		g.ending = rest
	}
	return g
}

// wild are the bytes that mean something else than themselves.
const wild = `*?[\`

// Match takes a path relative to the pattern's directory, and its last component.
func (g *Glob) Match(path, base string) bool {
	steps := math.MaxInt
	return g.MatchWithin(path, base, &steps)
}

// MatchWithin is Match in at most so many steps, which it takes from steps; false where they did not suffice, and steps
// is below zero. A step compares a byte or begins anew.
func (g *Glob) MatchWithin(path, base string, steps *int) bool {
	if *steps--; *steps < 0 {
		return false
	}
	name := path
	if g.onBase {
		name = base
	}
	switch {
	case g.ending != "":
		return strings.HasSuffix(name, g.ending)
	case g.plain:
		return name == g.text
	}
	rest, ok := strings.CutPrefix(name, g.text[:g.literal])
	return ok && wildmatch(g.text[g.literal:], rest, steps)
}
