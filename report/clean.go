package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from a history safe to show: control characters, terminal escapes, invisible
// and direction-changing characters, line breaks and bytes that are not UTF-8 come out as visible
// escapes (\n, \x1b, \u202e, \xff). Everything else stays as it is. The result is one line of valid UTF-8.
func Clean(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case isHarmless(r):
			b.WriteString(s[i : i+size])
		default:
			b.WriteString(escape(r))
		}
		i += size
	}
	return b.String()
}

func needsCleaning(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return !utf8.ValidString(s) || strings.IndexFunc(s, func(r rune) bool { return !isHarmless(r) }) >= 0
		}
	}
	return false
}

// Joiners are invisible, but Persian names and emoji need them.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
)

// isHarmless says whether a character can be shown as it is: it neither moves the cursor, nor ends
// the line, nor changes the direction of its neighbours, nor hides.
func isHarmless(r rune) bool {
	if r >= ' ' && r < 0x7f {
		return true
	}
	if r == zeroWidthNonJoiner || r == zeroWidthJoiner {
		return true
	}
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp)
}

func escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < 0x80:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}
