package sources

import (
	"strings"
	"unicode"
)

// FoldCase makes equal what strings.EqualFold calls equal, for use as the key of a map. It may make equal a little
// more than that.
func FoldCase(text string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, text)
}
