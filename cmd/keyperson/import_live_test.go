package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// dataCenter answers searches like a Jira Data Center with so many issues, and refuses one page where it is told to.
type dataCenter struct {
	issues    int
	refuse    atomic.Int64 // offset of the page, 0 for none
	requests  atomic.Int64
	strangers atomic.Int64 // requests without the token
}

var updatedSince = regexp.MustCompile(`updated >= "([0-9/]+)`)

func (d *dataCenter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.requests.Add(1)
	if r.Header.Get("Authorization") != "Bearer the-token" {
		d.strangers.Add(1)
	}
	var body any
	switch path := strings.TrimPrefix(r.URL.Path, "/rest/api/2/"); path {
	case "serverInfo":
		body = map[string]any{"deploymentType": "Server"}
	case "myself":
		body = map[string]any{"timeZone": "UTC"}
	case "field":
		body = []any{}
	case "search":
		start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
		if refused := d.refuse.Load(); refused > 0 && start >= int(refused) {
			http.Error(w, `{"errorMessages": ["not now"]}`, http.StatusForbidden)
			return
		}
		day := func(i int) string { return fmt.Sprintf("2025-10-%02d", 1+i/100) }
		first := 0 // asked for by the date of its last change
		if since := updatedSince.FindStringSubmatch(r.URL.Query().Get("jql")); since != nil {
			for first < d.issues && day(first) < strings.ReplaceAll(since[1], "/", "-") {
				first++
			}
		}
		issues := []any{}
		for i := first + start; i < min(first+start+100, d.issues); i++ {
			moment := day(i) + "T09:00:00.000+0000"
			user := map[string]any{"key": fmt.Sprintf("JIRAUSER%d", i%3), "name": fmt.Sprintf("user%d", i%3), "displayName": fmt.Sprintf("User %d", i%3)}
			issues = append(issues, map[string]any{"key": fmt.Sprintf("OPS-%d", i+1), "fields": map[string]any{
				"summary": "Renew", "created": moment, "updated": moment, "assignee": user, "project": map[string]any{"key": "OPS"},
			}, "changelog": map[string]any{"total": 0}})
		}
		body = map[string]any{"total": d.issues - first, "issues": issues}
	default:
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func TestALiveJiraIsImportedInPartsAndEveryOtherCommandLeavesItAlone(t *testing.T) {
	jira := &dataCenter{issues: 250}
	server := httptest.NewServer(jira)
	defer server.Close()
	directory := t.TempDir()
	t.Setenv("XDG_DATA_HOME", filepath.Join(directory, "data"))
	t.Setenv("XDG_CACHE_HOME", filepath.Join(directory, "cache"))
	t.Setenv("KEYPERSON_JIRA_TOKEN", "the-token")
	repository := filepath.Join(directory, "shop")
	story := "@ 2025-07-01 Ada Example <ada@example.org>: Begin\n  a.go\n"
	if err := makeHistory(story, repository, nil); err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf("tickets:\n  - label: ops\n    url: %s\n    projects: [OPS]\n", server.URL)
	if err := os.WriteFile(filepath.Join(repository, configFile), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	expect := func(code int, says string, arguments ...string) {
		t.Helper()
		var out, messages bytes.Buffer
		got := run(append(arguments, repository), &out, &messages)
		if all := out.String() + messages.String(); got != code || !strings.Contains(all, says) || strings.Contains(all, "the-token") {
			t.Fatalf("keyperson %s: exit code %d, want %d and %q\n%s", strings.Join(arguments, " "), got, code, says, all)
		}
	}

	expect(exitDataQuality, "none of its tickets were imported", "systems")
	jira.refuse.Store(150)
	expect(exitSource, "ops: jira: search page 3 of OPS", "import")
	expect(exitDataQuality, "the import from "+server.URL+" was begun, but never came to its end", "systems")
	jira.refuse.Store(0)
	expect(exitOK, "250 tickets kept, newest event 2025-10-03 09:00:00 UTC", "import")
	expect(exitOK, "ops  read 0, new 0, changed 0; 250 tickets kept", "import")

	// What the server has no more it does not say: it is found out where that is asked for.
	jira.issues = 240
	expect(exitOK, "ops  read 0, new 0, changed 0; 250 tickets kept", "import")
	expect(exitOK, "ops  read 0, new 0, changed 0, gone 10; 240 tickets kept", "import", "--full")
	jira.issues = 0
	expect(exitSource, "lists no ticket at all, so none was taken off", "import", "--full")
	expect(exitSource, "240 tickets kept", "import", "--full")

	// A source that fails after it was imported is used as it was.
	jira.refuse.Store(1)
	asked := jira.requests.Load()
	expect(exitOK, "4 people behind 4 names and addresses", "people")
	if now := jira.requests.Load(); now != asked {
		t.Errorf("%d requests by a command that imports nothing", now-asked)
	}
	if n := jira.strangers.Load(); n > 0 {
		t.Errorf("%d requests came without the token", n)
	}
}
