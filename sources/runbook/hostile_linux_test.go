package runbook

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the processor time that this goroutine's thread has had: what else the machine does is not in it.
func threadTime(t *testing.T) time.Duration {
	t.Helper()
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_THREAD, &usage); err != nil {
		t.Skipf("no processor time of a thread to be had: %v", err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// TestHostileDocumentsAreReadInTime reads large documents made to nest, to open and
// never to close, or to refer to each other.
func TestHostileDocumentsAreReadInTime(t *testing.T) {
	const (
		size  = mostParsedBytes / 8 // enough to show time that grows with the square
		limit = 20 * time.Second    // of processor time, with the race detector; without it each takes a fraction of a second
	)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for name, unit := range map[string]string{
		"brackets": "[", "stars": "*a ", "quotes": "> ", "backticks": "`a``b```c", "links": "[a](b", "references": "[a]: b\n", "items": "1. a\n",
		"deeper items": "- ", "tables": "|a|b|\n|-|-|\n", "headings": "# a\n", "html": "<a ", "templates": "<% ", "numbers": "1.1.1.1.", "titles": "a\n=\n", "tildes": "~~a ",
	} {
		content := []byte(strings.Repeat(unit, size/len(unit)))
		for format, parse := range map[string]func([]byte, int) *structure{markdown: parseMarkdown, asciidoc: parseAsciiDoc, restructured: parseReStructuredText} {
			start := threadTime(t)
			s := parse(content, 0)
			spans := spansOf(s)
			passagesOf(s, spans, stepsOf(s, spans))
			if took := threadTime(t) - start; took > limit {
				t.Errorf("%s as %s took %s, want under %s", name, format, took, limit)
			} else if testing.Verbose() {
				t.Logf("%s as %s: %s", name, format, took)
			}
		}
	}
}
