package pathpattern

import "strings"

// wildmatch matches a whole path against a pattern of git's: "?" and "*" stay within a directory,
// "**" between slashes spans any number of them, "[…]" is a class, "\" takes the next byte as it is.
// A pattern that is malformed matches nothing. The time is bounded by the product of the lengths,
// squared: after a mismatch only the last "*" and the last "**" can still help, as an earlier one
// taking more would leave a later one less to choose from. What that takes is taken from steps; below zero the answer
// is false.
func wildmatch(pattern, path string, steps *int) bool {
	p, n := 0, 0
	star, starAt := -1, 0     // after the last "*", and where what it takes ends
	double, doubleAt := -1, 0 // after the last "**/" or "**", likewise
	doubleStops := false      // it takes whole directories
	for p < len(pattern) || n < len(path) {
		if *steps--; *steps < 0 {
			return false
		}
		if span, stops := doubleStar(pattern, p); span > 0 {
			p += span
			double, doubleAt, doubleStops, star = p, n, stops, -1
			continue
		}
		if p < len(pattern) && pattern[p] == '*' {
			for p < len(pattern) && pattern[p] == '*' {
				p++
			}
			star, starAt = p, n
			continue
		}
		if p < len(pattern) && n < len(path) {
			if size, ok := matchByte(pattern[p:], path[n]); ok {
				p += size
				n++
				continue
			}
		}
		switch {
		case star >= 0 && starAt < len(path) && path[starAt] != '/':
			starAt++
			p, n = star, starAt
		case double >= 0 && doubleAt < len(path):
			doubleAt++
			if doubleStops {
				next := strings.IndexByte(path[doubleAt-1:], '/')
				if next < 0 {
					return false
				}
				doubleAt += next
			}
			p, n, star = double, doubleAt, -1
		default:
			return false
		}
	}
	return true
}

// doubleStar returns the length of a "**/", or of a "**" that ends the pattern, at a place in it;
// stops reports whether it takes whole directories.
func doubleStar(pattern string, at int) (span int, stops bool) {
	if !strings.HasPrefix(pattern[at:], "**") || at > 0 && pattern[at-1] != '/' {
		return 0, false
	}
	switch {
	case at+2 == len(pattern):
		return 2, false
	case pattern[at+2] == '/':
		return 3, true
	}
	return 0, false
}

// matchByte matches one byte against the beginning of a pattern and returns how much of it that took.
func matchByte(pattern string, b byte) (size int, ok bool) {
	switch pattern[0] {
	case '?':
		return 1, b != '/'
	case '[':
		return matchClass(pattern, b)
	case '\\':
		if len(pattern) < 2 {
			return 0, false
		}
		return 2, pattern[1] == b
	}
	return 1, pattern[0] == b
}

// matchClass matches one byte against a class such as [a-z], [!a] or [[:digit:]_].
func matchClass(pattern string, b byte) (size int, ok bool) {
	at := 1
	negated := at < len(pattern) && (pattern[at] == '!' || pattern[at] == '^')
	if negated {
		at++
	}
	found := false
	for first := true; ; first = false {
		if at >= len(pattern) {
			return 0, false // it is not closed
		}
		if pattern[at] == ']' && !first {
			return at + 1, found != negated && b != '/'
		}
		if strings.HasPrefix(pattern[at:], "[:") {
			// As in git, what ends before the next "]" is the name of a class if a ":" is before that.
			name, _, isClosed := strings.Cut(pattern[at+2:], "]")
			if !isClosed {
				return 0, false
			}
			if class, isNamed := strings.CutSuffix(name, ":"); isNamed {
				isIn, isKnown := isInClass(class, b)
				if !isKnown {
					return 0, false
				}
				found = found || isIn
				at += 2 + len(name) + 1
				continue
			}
		}
		low, next := classByte(pattern, at)
		high := low
		if next+1 < len(pattern) && pattern[next] == '-' && pattern[next+1] != ']' {
			high, next = classByte(pattern, next+1)
		}
		found = found || low <= b && b <= high
		at = next
	}
}

func classByte(pattern string, at int) (b byte, next int) {
	if pattern[at] == '\\' && at+1 < len(pattern) {
		at++
	}
	return pattern[at], at + 1
}

func isInClass(name string, b byte) (isIn, isKnown bool) {
	lower, upper, digit := 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9'
	switch name {
	case "alpha":
		return lower || upper, true
	case "alnum":
		return lower || upper || digit, true
	case "lower":
		return lower, true
	case "upper":
		return upper, true
	case "digit":
		return digit, true
	case "xdigit":
		return digit || 'a' <= b && b <= 'f' || 'A' <= b && b <= 'F', true
	case "space":
		return b == ' ' || '\t' <= b && b <= '\r', true
	case "blank":
		return b == ' ' || b == '\t', true
	case "punct":
		return '!' <= b && b <= '~' && !lower && !upper && !digit, true
	case "print":
		return ' ' <= b && b <= '~', true
	case "graph":
		return '!' <= b && b <= '~', true
	case "cntrl":
		return b < ' ' || b == 127, true
	}
	return false, false
}
