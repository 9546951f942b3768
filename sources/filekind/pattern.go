package filekind

import "strings"

// pattern is one pattern of .gitattributes or of the user's. One without a slash matches names in
// any directory, others match the path from the directory that the pattern stands in.
type pattern struct {
	text   string
	onBase bool
	// Most patterns are "*.ext" or a plain name: the comparison is then of the ending or the whole.
	ending string
	plain  bool
}

func newPattern(text string) pattern {
	rooted := strings.HasPrefix(text, "/")
	p := pattern{text: strings.TrimPrefix(text, "/"), onBase: !rooted && !strings.Contains(text, "/")}
	p.plain = !strings.ContainsAny(p.text, `*?[\`)
	if rest, ok := strings.CutPrefix(p.text, "*"); ok && p.onBase && !strings.ContainsAny(rest, `*?[\`) {
		p.ending = rest
	}
	return p
}

// match takes a path relative to the pattern's directory, and its last component.
func (p *pattern) match(path, base string) bool {
	name := path
	if p.onBase {
		name = base
	}
	switch {
	case p.ending != "":
		return strings.HasSuffix(name, p.ending)
	case p.plain:
		return name == p.text
	}
	return matchGlob(p.text, name)
}
