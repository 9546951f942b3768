package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	gogit "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"keyperson/report"
)

// Texts that a program which shows them must take the meaning from. A name and a path cannot hold everything that a
// ticket can; terminal escapes in paths, which go-git does not write, are in the tests of package report.
const (
	hostileName = "=cmd|'/c calc'!A0 \x1b]0;pwned\x07 \u202egnp.exe\u2066 [a](javascript:alert(1)) `x` @here"
	hostilePath = "=1+1 <img src=x onerror=alert(1)> \u202e [a](javascript:alert(1))|x"
	hostileText = "=HYPERLINK(\"http://evil.example/\",\"x\") <script>alert(1)</script> ![i](http://evil.example/i.png) \x1b[31m \u202e\u0000 |" +
		" </title><svg onload=alert(1)>\r\n::error::pwned\n# pwned\n- [a](javascript:alert(1)) `code` &lt;"
)

// makeHostileOrganisation writes a repository and an export of tickets in which every text is hostile.
func makeHostileOrganisation(t *testing.T, directory string) (repository, tickets string) {
	t.Helper()
	repository, tickets = filepath.Join(directory, "shop"), filepath.Join(directory, "=ops <b>.json")
	made, err := gogit.PlainInit(repository, false)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := made.Worktree()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{
		hostilePath + "/" + hostilePath + ".go": "package x\n",
		"plain/a.go":                            "package x\n",
		"docs/runbooks/" + hostilePath + ".md":  "---\nowner: \"" + hostilePath + "\"\n---\n# " + hostileText + "\n\n1. " + hostileText + "\n\n    rm -rf /\n",
		"CODEOWNERS":                            "plain/ @" + strings.ReplaceAll(hostilePath, " ", "") + "\n",
		"rules.yaml":                            "groups:\n- rules:\n  - alert: \"=A <b>\"\n    annotations: {runbook_url: \"javascript:alert(1)\"}\n",
	}
	begin := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	var issues []map[string]any
	for i := range 40 {
		at := begin.AddDate(0, 0, 7*i)
		for name, content := range files {
			path := filepath.Join(repository, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, fmt.Appendf(nil, "%s\n%d\n", content, i), 0o644)); err != nil {
				t.Fatal(err)
			}
			if _, err := tree.Add(name); err != nil {
				t.Fatal(err)
			}
		}
		who := object.Signature{Name: hostileName, Email: "a\x1b@evil.example", When: at}
		message := "OPS-1: " + hostileText + "\n\nCo-authored-by: " + hostileName + "2 <b@evil.example>\n"
		if _, err := tree.Commit(message, &gogit.CommitOptions{Author: &who, Committer: &who}); err != nil {
			t.Fatal(err)
		}
		stamp := at.Format("2006-01-02T15:04:05.000-0700")
		person := map[string]any{"name": hostileName, "displayName": hostileName, "emailAddress": "a\x1b@evil.example"}
		issues = append(issues, map[string]any{"key": fmt.Sprintf("OPS-%d", i+1), "fields": map[string]any{
			"summary": "Renew " + hostileText, "description": hostileText + " docs/runbooks/" + hostilePath + ".md",
			"created": stamp, "updated": stamp, "resolutiondate": stamp, "assignee": person, "reporter": person,
			"resolution": map[string]any{"name": "Done"}, "project": map[string]any{"key": "OPS", "name": hostileText},
			"issuetype": map[string]any{"name": hostileText}, "components": []any{map[string]any{"name": hostileText}},
			"labels": []any{hostileText}, "status": map[string]any{"name": hostileText},
			"comment": map[string]any{"comments": []any{map[string]any{"id": "1", "author": person, "created": stamp, "body": hostileText}}},
		}})
	}
	encoded, err := json.Marshal(issues)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tickets, encoded, 0o644); err != nil {
		t.Fatal(err)
	}
	return repository, tickets
}

// TestNoCommandAndNoFormatCarriesAHostileText runs every command in every format on an organisation of hostile texts.
func TestNoCommandAndNoFormatCarriesAHostileText(t *testing.T) {
	directory := t.TempDir()
	repository, tickets := makeHostileOrganisation(t, directory)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(directory, "cache"))
	t.Chdir(repository)
	commands := map[string][]string{
		"assess": {"--all"}, "systems": {"systems"}, "people": {"people"}, "tasks": {"tasks"},
		"tasks not placed": {"tasks", "--unmapped"}, "runbooks": {"runbooks"},
		"a system": {"explain", hostilePath}, "a person": {"explain", "b@evil.example"},
		"a file": {"explain", hostilePath + "/" + hostilePath + ".go"}, "a ticket": {"explain", "OPS-1"},
		"a runbook": {"explain", "docs/runbooks/" + hostilePath + ".md"}, "nothing": {"explain", hostileText},
		"plan": {"plan"}, "whatif": {"whatif", "--leave", "b@evil.example"}, "changes": {"changes", "--from", "2025-06-01"},
		"backtest": {"backtest"}, "check": {"check", "--names"}, "check under pseudonyms": {"check"},
	}
	for name, command := range commands {
		formats := report.Names()
		if command[0] == "check" {
			formats = report.CheckNames()
		}
		for _, format := range formats {
			t.Run(name+" as "+format, func(t *testing.T) {
				var out, messages bytes.Buffer
				code := run(append(command, "--tickets", tickets, "--format", format), &out, &messages)
				if code != exitOK && code != exitOverBudget && (code != exitUsage || command[0] != "explain" || out.Len() > 0) {
					t.Errorf("exit code %d: %s", code, messages.String())
				}
				checkTame(t, "", messages.String())
				if out.Len() > 0 {
					checkTame(t, format, out.String())
				}
			})
		}
	}
	for name, command := range map[string][]string{
		"report": {"report", "--names", "--backtest=false"}, "report in Japanese": {"report", "--names", "--lang", "ja", "--backtest=false"},
		"tables": {"check", "--names", "--edges"},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			flag := map[string]string{"report": "--output", "check": "--tables"}[command[0]]
			var stdout, messages bytes.Buffer
			if code := run(append(command, "--tickets", tickets, flag, out), &stdout, &messages); code != exitOK && code != exitOverBudget {
				t.Fatalf("exit code %d: %s", code, messages.String())
			}
			checkTame(t, "", messages.String())
			checkFiles(t, out)
		})
	}
}

func checkFiles(t *testing.T, directory string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		format := strings.TrimPrefix(filepath.Ext(path), ".")
		if format == "md" {
			format = "markdown"
		}
		checkTame(t, format, string(content))
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("%d files, %v", files, err)
	}
}

var (
	codeSpans = regexp.MustCompile("(`+)[^`\n][^\n]*?[^`\n](`+)|`[^`\n]`")
	liveLink  = regexp.MustCompile(`(^|[^\\])\]\(`)
)

// checkTame fails where an output of a format, "" for messages, would do anything but show its texts.
func checkTame(t *testing.T, format, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Error("not UTF-8")
	}
	if len(out) > 8<<20 {
		t.Errorf("%d bytes", len(out))
	}
	for at, r := range strings.ReplaceAll(out, "\r\n", "\n") {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Fatalf("%q in %q", r, out[max(0, at-80):min(len(out), at+80)])
		}
	}
	if strings.Contains(out, "\n::error::pwned") || strings.Contains(out, "\n# pwned") {
		t.Error("a text begins a line of its own")
	}
	switch format {
	case "csv":
		checkCells(t, out)
	case "json", "sarif", "gitlab":
		if !json.Valid([]byte(out)) {
			t.Errorf("no JSON: %.200s", out)
		}
	case "junit":
		for decoder := xml.NewDecoder(strings.NewReader(out)); ; {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
	case "markdown", "summary":
		checkMarkdown(t, out)
	case "html":
		for _, live := range []string{"<script>alert", "<img src=x", "<svg onload", `="javascript:`, `href="http://evil`, `src="http://evil`} {
			if at := strings.Index(out, live); at >= 0 {
				t.Errorf("live markup: %q", out[max(0, at-80):at+40])
			}
		}
	}
}

func checkCells(t *testing.T, out string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("a spreadsheet would compute %q", cell)
			}
		}
	}
}

func checkMarkdown(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		line = codeSpans.ReplaceAllString(line, "code")
		for _, live := range []string{"<script", "<img", "<svg", "http://evil", "</title"} {
			if strings.Contains(line, live) {
				t.Errorf("%q is live in %q", live, line)
			}
		}
		if liveLink.MatchString(line) && (strings.Contains(line, "](javascript") || strings.Contains(line, "](http")) {
			t.Errorf("a live link in %q", line)
		}
	}
}
