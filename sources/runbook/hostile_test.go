package runbook

import (
	"strings"
	"testing"
	"time"
)

// TestHostileDocumentsAreReadInTime reads large documents made to nest, to open and
// never to close, or to refer to each other.
func TestHostileDocumentsAreReadInTime(t *testing.T) {
	const (
		size  = mostParsedBytes / 8 // enough to show time that grows with the square
		limit = 10 * time.Second    // on a loaded machine; alone each takes a fraction of a second
	)
	for name, unit := range map[string]string{
		"brackets": "[", "stars": "*a ", "quotes": "> ", "backticks": "`a``b```c", "links": "[a](b", "references": "[a]: b\n", "items": "1. a\n",
		"deeper items": "- ", "tables": "|a|b|\n|-|-|\n", "headings": "# a\n", "html": "<a ", "templates": "<% ", "numbers": "1.1.1.1.", "titles": "a\n=\n", "tildes": "~~a ",
	} {
		content := []byte(strings.Repeat(unit, size/len(unit)))
		for format, parse := range map[string]func([]byte, int) *structure{markdown: parseMarkdown, asciidoc: parseAsciiDoc, restructured: parseReStructuredText} {
			start := time.Now()
			s := parse(content, 0)
			spans := spansOf(s)
			passagesOf(s, spans, stepsOf(s, spans))
			if took := time.Since(start); took > limit {
				t.Errorf("%s as %s took %s, want under %s", name, format, took, limit)
			} else if testing.Verbose() {
				t.Logf("%s as %s: %s", name, format, took)
			}
		}
	}
}
