package jira

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// issueJSON is a small issue; more is put among its fields.
func issueJSON(key, more string) string {
	return `{"key":"` + key + `","fields":{"summary":"s","created":"2024-01-02T03:04:05.000+0000"` + more + `}}`
}

func readText(t *testing.T, content string, options FileOptions) (*sources.TicketHistory, error) {
	t.Helper()
	return Read(context.Background(), "ops", "export", strings.NewReader(content), options)
}

func keysOf(history *sources.TicketHistory) []string {
	var keys []string
	for _, ticket := range history.Tickets {
		keys = append(keys, ticket.Key)
	}
	return keys
}

func TestEveryShapeOfJSONExportIsRead(t *testing.T) {
	one, two := issueJSON("OPS-2", ""), issueJSON("OPS-10", "")
	pretty := strings.ReplaceAll(one, ",", ",\n  ")
	zipped := func(text string) string {
		var buffer bytes.Buffer
		writer := gzip.NewWriter(&buffer)
		_, _ = writer.Write([]byte(text)) // into memory
		_ = writer.Close()
		return buffer.String()
	}
	for name, content := range map[string]string{
		"array":                       "[" + two + ",\n" + one + "]",
		"lines":                       two + "\n" + one + "\n",
		"lines without a last break":  two + "\n\n" + one,
		"page of a search":            `{"expand":"schema","startAt":0,"total":2,"issues":[` + two + "," + one + `],"names":{"a":[1,{}]}}`,
		"several pages in one file":   `{"issues":[` + two + `]}` + "\n" + `{"startAt":1,"issues":[` + one + `],"isLast":true}`,
		"indented objects, one after": pretty + "\n" + two,
		"with a byte order mark":      "\ufeff[" + two + "," + one + "]",
		"gzipped array":               zipped("[" + two + "," + one + "]"),
		"gzipped lines with a mark":   zipped("\ufeff" + two + "\n" + one),
	} {
		t.Run(name, func(t *testing.T) {
			history, err := readText(t, content, FileOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"OPS-2", "OPS-10"}, keysOf(history)); diff != "" {
				t.Errorf("keys (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatCannotBeUsedIsNamedByFileAndLineAndTheRestIsRead(t *testing.T) {
	one, two := issueJSON("OPS-1", ""), issueJSON("OPS-2", "")
	for name, test := range map[string]struct {
		content string
		keys    []string
		message string
	}{
		"a line that is not JSON": {
			one + "\n" + `{"key": nope}` + "\n" + two,
			[]string{"OPS-1", "OPS-2"},
			`tickets: export line 2: not JSON: invalid character 'o' in literal null (expecting 'u')`,
		},
		"a line cut off within a text": {
			one + "\n" + `{"key": "OPS-` + "\n" + two,
			[]string{"OPS-1", "OPS-2"},
			`tickets: export line 2: a line break within a text`,
		},
		"a wrong type within an array": {
			"[" + one + ",\n" + `{"key":"OPS-3","fields":{"summary":{"a":1},"created":"x"}},` + "\n" + two + "]",
			[]string{"OPS-1", "OPS-2"},
			`tickets: export line 2: the field "fields.summary" is a JSON object, which does not belong there`,
		},
		"an issue without a key": {
			`{"fields":{"created":"2024-01-02"}}`, nil,
			`tickets: export line 1: an issue without "key"`,
		},
		"no issue at all": {
			`{"name":"OPS"}`, nil,
			`tickets: export line 1: not an issue: it has no "fields"`,
		},
		"a date that is none": {
			one + "\n" + `{"key":"OPS-2","fields":{"created":"yesterday"}}`,
			[]string{"OPS-1"},
			`tickets: export line 2: issue OPS-2: created: date "yesterday" is in no form known here; time_layout says how dates are written, nulls what stands for none`,
		},
		"an array cut off": {
			"[" + one + "," + two[:20],
			[]string{"OPS-1"},
			`tickets: export line 1: ends in the middle of a value: the file was cut off`,
		},
		"an array with a comma too few": {
			"[" + one + "\n" + two + "]",
			[]string{"OPS-1"},
			`tickets: export line 1: '{' where a comma or the end of the array belongs`,
		},
		"nested too deep": {
			`{"key":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + "}\n" + two,
			[]string{"OPS-2"},
			`tickets: export line 1: nested more than 1000 deep`,
		},
		"empty":          {" \n", nil, `tickets: export: an empty file`},
		"UTF-16":         {"\xff\xfek\x00", nil, `tickets: export: written in UTF-16; save it as UTF-8`},
		"gzip by halves": {"\x1f\x8b\x08\x00", nil, `tickets: export: not gzip after all: unexpected EOF`},
	} {
		t.Run(name, func(t *testing.T) {
			history, err := readText(t, test.content, FileOptions{})
			if err == nil || err.Error() != test.message {
				t.Errorf("message\n got %v\nwant %s", err, test.message)
			}
			var problems *ProblemsError
			if !errors.As(err, &problems) {
				t.Fatalf("%T is no *ProblemsError", err)
			}
			if diff := cmp.Diff(test.keys, keysOf(history)); diff != "" {
				t.Errorf("keys (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADirectoryIsReadSortedAndAMalformedFileHarmsNoOther(t *testing.T) {
	root := t.TempDir()
	for name, content := range map[string]string{
		"b/OPS-2.json":   issueJSON("OPS-2", ""),
		"a/OPS-1.json":   issueJSON("OPS-1", ""),
		"broken.json":    "{\n",
		"project.json":   `{"key":"OPS","name":"Operations"}`,
		"notes.txt":      "not read",
		"c/table.csv":    "Issue key,Created\nOPS-3,2024-05-06 07:08\n",
		"d/lines.ndjson": issueJSON("OPS-4", ""),
		".hidden":        "of nobody's concern",
		"d/wrong.csv":    "Number,State\n1,2\n",
		"e/OPS-1b.json":  issueJSON("OPS-1", `,"status":{"name":"newer"},"updated":"2024-06-01T00:00:00.000+0000"`),
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(root, "a", "OPS-1.json"), filepath.Join(root, "link.json")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	missing := filepath.Join(root, "absent.json")
	history, err := ReadFiles(context.Background(), "ops", []string{root, missing}, FileOptions{})
	want := strings.ReplaceAll(`tickets: ROOT/broken.json line 1: ends in the middle of a value: the file was cut off
tickets: ROOT/d/wrong.csv line 1: no column "Created", "Issue key"; the columns there are: Number, State; for an export that is not Jira's own, say under columns which column holds what
tickets: ROOT/absent.json: no such file or directory`, "ROOT", root)
	if err == nil || err.Error() != want {
		t.Errorf("message\n got %v\nwant %s", err, want)
	}
	if diff := cmp.Diff([]string{"OPS-1", "OPS-2", "OPS-3", "OPS-4"}, keysOf(history)); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	if got := history.Tickets[0].Status; got != "newer" {
		t.Errorf("status of OPS-1 is %q, want that of its newer version", got)
	}
	var codes []string
	for _, finding := range history.Findings {
		codes = append(codes, finding.Code)
	}
	if diff := cmp.Diff([]string{"repeated-tickets", "files-without-tickets", "files-passed-over"}, codes); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if got, want := history.Findings[2].Message, "ops: 2 links and files of other kinds in directories of exports were not read, the first: link.json"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestADirectoryNamedTwiceIsNoProblem(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "OPS-1.json"), []byte(issueJSON("OPS-1", "")), 0o644); err != nil {
		t.Fatal(err)
	}
	history, err := ReadFiles(context.Background(), "ops", []string{root, root}, FileOptions{})
	if err != nil || len(history.Tickets) != 1 {
		t.Errorf("%d tickets, %v; want one", len(history.Tickets), err)
	}
	empty := t.TempDir()
	_, err = ReadFiles(context.Background(), "ops", []string{empty}, FileOptions{})
	want := "tickets: " + empty + ": a directory without exported tickets: no .json, .jsonl, .ndjson or .csv file with issues in it, gzipped or not"
	if got := messageOf(err); got != want {
		t.Errorf("message\n got %s\nwant %s", got, want)
	}
}
