package jira

import (
	"compress/gzip"
	"context"
	"io"
	"strings"
	"testing"
)

// repeated is a reader of the same text without an end.
type repeated struct {
	text string
	at   int
}

func (r *repeated) Read(p []byte) (int, error) {
	n := copy(p, r.text[r.at:])
	r.at = (r.at + n) % len(r.text)
	return n, nil
}

// bomb is a gzipped file that begins as an export does and then repeats itself for a long time.
func bomb(t *testing.T, head, tail string, bytes int64) io.Reader {
	t.Helper()
	packed, out := io.Pipe()
	go func() {
		writer, _ := gzip.NewWriterLevel(out, gzip.BestSpeed) // a level that exists
		_, err := io.Copy(writer, io.MultiReader(strings.NewReader(head), io.LimitReader(&repeated{text: tail}, bytes)))
		if err == nil {
			err = writer.Close()
		}
		out.CloseWithError(err) // also where the reader has gone, which is what this is for
	}()
	t.Cleanup(func() { _ = packed.Close() })
	return packed
}

func TestASmallFileCannotBecomeAnEndlessOne(t *testing.T) {
	for name, c := range map[string]struct {
		content io.Reader
		want    string
	}{
		"nothing but spaces":        {bomb(t, "[", strings.Repeat(" ", 1<<20), 1<<40), "compressed more than 150 times"},
		"objects that say nothing":  {bomb(t, `{"issues":[`, strings.Repeat("{},\n", 1<<18), 1<<40), "100000 problems in one file; the rest of it was not read"},
		"rows without a key":        {bomb(t, "Issue key,Summary,Created\n", strings.Repeat(",,\n", 1<<18), 1<<40), "100000 problems in one file; the rest of it was not read"},
		"rows of nothing":           {bomb(t, "Issue key,Summary,Created\n", strings.Repeat("\n", 1<<20), 1<<40), "more than"},
		"a field that never closes": {bomb(t, "Issue key,Summary,Created\n\"", strings.Repeat("a", 1<<20), 1<<40), "more than"},
		"a text that never closes":  {bomb(t, `{"key":"`, strings.Repeat("a", 1<<20), 1<<40), "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			history, err := Read(context.Background(), "ops", "bomb.gz", c.content, FileOptions{})
			if err == nil || !strings.Contains(err.Error(), "bomb.gz") || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want an error that names the file and says %q", err, c.want)
			}
			if len(history.Tickets) != 0 {
				t.Errorf("%d tickets out of nothing", len(history.Tickets))
			}
		})
	}
}

func TestATableHasABoundedNumberOfColumns(t *testing.T) {
	_, err := readText(t, "Issue key,Summary,Created"+strings.Repeat(",Comment", maxColumns)+"\nOPS-1,a,2025-07-01 09:00\n", FileOptions{})
	if err == nil || !strings.Contains(err.Error(), "export line 1: 100003 columns, more than 100000") {
		t.Errorf("got %v, want the place and the limit", err)
	}
}

func TestARecordOfManyCommentsIsReadInOneGo(t *testing.T) {
	const comments = 90_000
	cell := "," + strings.Repeat("x", 100)
	history, err := readText(t, "Issue key,Summary,Created"+strings.Repeat(",Comment", comments)+"\nOPS-1,a,2025-07-01 09:00"+strings.Repeat(cell, comments)+"\n", FileOptions{})
	if err != nil || len(history.Tickets) != 1 {
		t.Errorf("got %d tickets, %v", len(history.Tickets), err)
	}
}

func TestATicketOfManyCommentsAndAssignmentsKeepsABoundedPart(t *testing.T) {
	var comments, changes []string
	for i := range 12_000 {
		comments = append(comments, `{"id":"1","author":`+bob+`,"created":"`+minute(i%600)+`","body":"see docs/a.md"}`)
		changes = append(changes, entry("2", tri, i%600, assign("ann", "bob")), entry("3", tri, i%600, assign("bob", "ann")))
	}
	history, err := readText(t, `{"key":"OPS-1","fields":{"created":"`+minute(0)+`","comment":{"comments":[`+strings.Join(comments, ",")+
		`]}},"changelog":{"histories":[`+strings.Join(changes, ",")+`]}}`, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	checkWhole(t, history)
	isTold := false
	for _, finding := range history.Findings {
		isTold = isTold || finding.Code == "truncated-tickets"
	}
	if !isTold {
		t.Errorf("nothing says that a part was left out: %+v", history.Findings)
	}
}
