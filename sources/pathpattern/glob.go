package pathpattern

import "strings"

// Glob is one pattern that matches a path and not what lies below it, as those of .gitattributes do. A pattern
// without a slash matches names in any directory, others match the path from the directory that it stands in.
type Glob struct {
	text   string
	onBase bool
	// Most patterns are "*.ext" or a plain name: the comparison is then of the ending or the whole.
	ending string
	plain  bool
}

// NewGlob takes any text. One that is malformed, with a bracket that is not closed, matches nothing.
func NewGlob(text string) Glob {
	rooted := strings.HasPrefix(text, "/")
	g := Glob{text: strings.TrimPrefix(text, "/"), onBase: !rooted && !strings.Contains(text, "/")}
	g.plain = !strings.ContainsAny(g.text, wild)
	if rest, ok := strings.CutPrefix(g.text, "*"); ok && g.onBase && !strings.ContainsAny(rest, wild) {
		g.ending = rest
	}
	return g
}

// wild are the bytes that mean something else than themselves.
const wild = `*?[\`

// Match takes a path relative to the pattern's directory, and its last component.
func (g *Glob) Match(path, base string) bool {
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
	return wildmatch(g.text, name)
}
