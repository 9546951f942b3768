package pathpattern

import (
	"errors"
	"strings"
)

// longest caps one pattern, in bytes; longer ones are nobody's writing.
const longest = 1024

// Check returns why a pattern that a person wrote for a List cannot mean what they hoped, else nil: it could
// never match, or leads out of the repository. The errors name the reason and not the pattern.
func Check(text string) error {
	if len(text) > longest {
		return errors.New("the pattern is longer than 1024 bytes")
	}
	text = strings.TrimPrefix(text, "!")
	switch {
	case strings.TrimSpace(text) == "":
		return errors.New("the pattern is empty")
	case strings.HasPrefix(text, "//") || strings.HasPrefix(text, "~"):
		return errors.New("the pattern must be relative to the root of the repository")
	case len(text) > 2 && text[1] == ':' && (text[2] == '/' || text[2] == '\\'):
		return errors.New("the pattern must be relative to the root of the repository")
	case strings.ContainsRune(text, 0):
		return errors.New("the pattern has a NUL byte")
	case strings.Contains(text, "***"):
		return errors.New("the pattern has three stars in a row")
	case !isClosed(text):
		return errors.New(`the pattern has a [ without ], an unknown [:class:] or ends in \, so that it matches nothing`)
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
