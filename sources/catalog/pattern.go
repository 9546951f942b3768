package catalog

import (
	"errors"
	"strings"
)

// maxPatternLength caps one path pattern, in bytes; longer ones are nobody's writing.
const maxPatternLength = 1024

// pattern is one gitignore pattern, compiled. It is matched against the paths of files: it matches a
// file when it matches the path itself or one of the directories above it.
type pattern struct {
	isNegated bool
	literal   string   // "dir/sub" for an anchored pattern without wildcards; else empty
	isEvery   bool     // matches every path
	isBelow   bool     // matches only what lies below, never a file of that very name
	segments  []string // of other patterns; "**" stands for any number of segments
}

// parsePattern compiles a pattern as gitignore defines it: a slash at the start or in the middle
// anchors it to the root of the repository, one at the end restricts it to directories, "**" spans
// directories, "!" takes out again what an earlier pattern took in, "\" quotes.
func parsePattern(text string) (pattern, error) {
	var p pattern
	if len(text) > maxPatternLength {
		return p, errors.New("the pattern is longer than 1024 bytes")
	}
	if strings.HasPrefix(text, "!") {
		p.isNegated, text = true, text[1:]
	}
	if err := checkPattern(text); err != nil {
		return p, err
	}
	if text == "/" || text == "**" || text == "/**" {
		p.isEvery = true
		return p, nil
	}
	body := text
	if strings.HasSuffix(body, "/**") {
		body = strings.TrimSuffix(body, "**")
	}
	p.isBelow = strings.HasSuffix(body, "/")
	body = strings.TrimSuffix(body, "/")
	isAnchored := strings.Contains(body, "/") || strings.HasSuffix(text, "/**")
	body = strings.TrimPrefix(body, "/")
	if body == "" {
		return p, errors.New("the pattern names nothing")
	}
	if isAnchored && !strings.ContainsAny(body, `*?[\`) {
		p.literal = body
		return p, nil
	}
	if !isAnchored {
		p.segments = append(p.segments, "**")
	}
	p.segments = append(p.segments, strings.Split(body, "/")...)
	return p, nil
}

func checkPattern(text string) error {
	switch {
	case text == "":
		return errors.New("the pattern is empty")
	case strings.HasPrefix(text, "//") || strings.HasPrefix(text, "~"):
		return errors.New("the pattern must be relative to the root of the repository")
	case len(text) > 2 && text[1] == ':' && (text[2] == '/' || text[2] == '\\'):
		return errors.New("the pattern must be relative to the root of the repository")
	case strings.ContainsRune(text, 0):
		return errors.New("the pattern has a NUL byte")
	case strings.Contains(text, "***"):
		return errors.New("the pattern has three stars in a row")
	}
	for segment := range strings.SplitSeq(text, "/") {
		if segment == ".." {
			return errors.New("the pattern leads outside the repository (..)")
		}
		if segment == "." {
			return errors.New("the pattern has a \".\" segment; write / for the whole repository")
		}
	}
	return nil
}

// matches tells whether the pattern, its negation aside, matches the file at path.
func (p *pattern) matches(path string) bool {
	switch {
	case p.isEvery:
		return true
	case p.literal != "":
		if !strings.HasPrefix(path, p.literal) {
			return false
		}
		return len(path) == len(p.literal) && !p.isBelow || len(path) > len(p.literal) && path[len(p.literal)] == '/'
	}
	return matchSegments(p.segments, path, p.isBelow)
}

// matchSegments matches whole segments, "**" by remembering the last one seen and retrying one
// segment further, so that time is bounded by the product of both lengths.
func matchSegments(segments []string, path string, isBelow bool) bool {
	rest, retryRest := path, ""
	i, retry := 0, -1
	for {
		if i == len(segments) {
			if rest != "" || !isBelow { // the pattern matched a directory above, or the file itself
				return true
			}
		} else if segments[i] == "**" {
			retry, retryRest = i, rest
			i++
			continue
		} else if rest != "" {
			name, after, _ := strings.Cut(rest, "/")
			if matchName(segments[i], name) {
				i, rest = i+1, after
				continue
			}
		}
		if retry < 0 || retryRest == "" {
			return false
		}
		_, retryRest, _ = strings.Cut(retryRest, "/")
		i, rest = retry+1, retryRest
	}
}

// matchName matches one path segment bytewise, as git does.
func matchName(glob, name string) bool {
	g, n, starGlob, starName := 0, 0, -1, 0
	for n < len(name) {
		if g < len(glob) {
			if glob[g] == '*' {
				starGlob, starName = g, n
				g++
				continue
			}
			if ok, width := matchByte(glob[g:], name[n]); ok {
				g, n = g+width, n+1
				continue
			}
		}
		if starGlob < 0 {
			return false
		}
		starName++
		g, n = starGlob+1, starName
	}
	for g < len(glob) && glob[g] == '*' {
		g++
	}
	return g == len(glob)
}

// matchByte matches the first element of glob with one byte and returns that element's width.
func matchByte(glob string, b byte) (bool, int) {
	switch glob[0] {
	case '?':
		return true, 1
	case '\\':
		if len(glob) > 1 {
			return glob[1] == b, 2
		}
	case '[':
		if end := classEnd(glob); end > 0 {
			return inClass(glob[1:end], b), end + 1
		}
	}
	return glob[0] == b, 1
}

// classEnd returns the index of the bracket that closes the class at the start of glob, or 0.
func classEnd(glob string) int {
	start := 1
	if start < len(glob) && (glob[start] == '!' || glob[start] == '^') {
		start++
	}
	if end := strings.IndexByte(glob[min(start+1, len(glob)):], ']'); end >= 0 {
		return start + 1 + end
	}
	return 0
}

func inClass(class string, b byte) bool {
	isNegated := class[0] == '!' || class[0] == '^'
	if isNegated {
		class = class[1:]
	}
	for i := 0; i < len(class); i++ {
		low, high := class[i], class[i]
		if i+2 < len(class) && class[i+1] == '-' {
			high, i = class[i+2], i+2
		}
		if low <= b && b <= high {
			return !isNegated
		}
	}
	return isNegated
}

// patterns are the patterns of one system or exclusion in the order they were written.
type patterns []pattern

// match tells whether the last pattern that matches path takes it in.
func (ps patterns) match(path string) bool {
	for i := len(ps) - 1; i >= 0; i-- {
		if ps[i].matches(path) {
			return !ps[i].isNegated
		}
	}
	return false
}

// dependsOnDirectory tells whether two files of one directory are always treated alike.
func (ps patterns) dependsOnDirectory() bool {
	for _, p := range ps {
		if !p.isEvery && (p.literal == "" || !p.isBelow) {
			return false
		}
	}
	return true
}
