package jira

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const fakeToken = "s3cret-token"

// fakeJira answers as a Cloud or a Data Center does: searches page by tokens or offsets and truncate comments, work
// logs and change logs; what is truncated can be asked for.
type fakeJira struct {
	*httptest.Server
	isCloud bool
	zone    *time.Location
	// disturb is called before each answer and may give another one; it returns true where it did.
	disturb func(n int, w http.ResponseWriter, r *http.Request) bool

	mutex    sync.Mutex
	issues   map[string]*fakeIssue
	requests []string
	searches int
	now      time.Time
}

type fakeIssue struct {
	id               int
	key              string
	created, updated time.Time
	assignee         string
	comments         []map[string]any
	workLogs         []map[string]any
	changes          []map[string]any
}

func newFakeJira(t *testing.T, isCloud bool) *fakeJira {
	t.Helper()
	f := &fakeJira{isCloud: isCloud, zone: time.UTC, issues: map[string]*fakeIssue{}, now: time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

// connection returns a connection to the fake that never really waits.
func (f *fakeJira) connection(t *testing.T) Connection {
	t.Helper()
	return Connection{
		Label: "ops", URL: f.URL, User: "reader@example.org", Projects: []string{"OPS"}, PageSize: 5,
		sleep: noSleep, draw: func() float64 { return 0 },
		getenv: func(string) string { return fakeToken },
	}
}

func (f *fakeJira) user(name string) map[string]any {
	if f.isCloud {
		return map[string]any{"accountId": "id-" + name, "displayName": strings.ToUpper(name)}
	}
	return map[string]any{"key": "JIRAUSER-" + name, "name": name, "displayName": strings.ToUpper(name)}
}

func (f *fakeJira) handleOf(name string) string {
	if f.isCloud {
		return "id-" + name
	}
	return "JIRAUSER-" + name
}

// tick moves the clock of the fake on.
func (f *fakeJira) tick(d time.Duration) time.Time {
	f.now = f.now.Add(d)
	return f.now
}

func stamp(t time.Time) string { return t.Format(restLayout) }

// open adds an issue with some past: n comments, n work logs and n changes of assignee.
func (f *fakeJira) open(number, n int) *fakeIssue {
	issue := &fakeIssue{id: 10000 + number, key: fmt.Sprintf("OPS-%d", number), created: f.tick(time.Minute)}
	issue.updated = issue.created
	f.issues[issue.key] = issue
	for range n {
		f.work(issue)
	}
	return issue
}

// work lets time pass in which somebody takes an issue over, comments on it and books time.
func (f *fakeJira) work(issue *fakeIssue) {
	names := []string{"ann", "bob", "cem", ""}
	next := names[(len(issue.changes)+issue.id)%len(names)]
	author := f.user(names[issue.id%3])
	at := f.tick(37 * time.Second)
	id := func(kind int) string { return strconv.Itoa(issue.id*1000 + kind*100 + len(issue.changes)) }
	change := map[string]any{"id": id(1), "author": author, "created": stamp(at), "items": []any{map[string]any{
		"field": "assignee", "fieldId": "assignee", "from": f.handleOf(issue.assignee), "fromString": strings.ToUpper(issue.assignee),
		"to": f.handleOf(next), "toString": strings.ToUpper(next),
	}}}
	item := change["items"].([]any)[0].(map[string]any)
	if issue.assignee == "" {
		item["from"], item["fromString"] = nil, nil
	}
	if next == "" {
		item["to"], item["toString"] = nil, nil
	}
	issue.changes = append(issue.changes, change)
	issue.assignee = next
	issue.comments = append(issue.comments, map[string]any{"id": id(2), "author": author, "created": stamp(at), "body": "see ops/runbooks/a.md"})
	issue.workLogs = append(issue.workLogs, map[string]any{"id": id(3), "author": author, "started": stamp(at), "timeSpentSeconds": 60})
	issue.updated = f.now
}

// render returns an issue as the REST interface does, with at most a few of its entries unless it is to be whole.
func (f *fakeJira) render(issue *fakeIssue, isWhole bool) map[string]any {
	few := func(entries []map[string]any) []map[string]any {
		if isWhole {
			return entries
		}
		return entries[:min(len(entries), 2)]
	}
	fields := map[string]any{
		"summary": "renew " + issue.key, "project": map[string]any{"key": "OPS"}, "status": map[string]any{"name": "Open"},
		"created": stamp(issue.created), "updated": stamp(issue.updated), "reporter": f.user("rea"),
		"comment": map[string]any{"comments": few(issue.comments), "total": len(issue.comments)},
		"worklog": map[string]any{"worklogs": few(issue.workLogs), "total": len(issue.workLogs)},
	}
	if issue.assignee != "" {
		fields["assignee"] = f.user(issue.assignee)
	}
	rendered := map[string]any{"id": strconv.Itoa(issue.id), "key": issue.key, "fields": fields}
	if isWhole || !f.isCloud {
		rendered["changelog"] = map[string]any{"histories": few(issue.changes), "total": len(issue.changes)}
	}
	return rendered
}

// export returns all issues whole, as an export file would hold them.
func (f *fakeJira) export(t *testing.T) string {
	t.Helper()
	var all []any
	for _, issue := range f.sorted() {
		all = append(all, f.render(issue, true))
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func (f *fakeJira) sorted() []*fakeIssue {
	var all []*fakeIssue
	for _, issue := range f.issues {
		all = append(all, issue)
	}
	slices.SortFunc(all, func(a, b *fakeIssue) int {
		return cmp.Or(a.updated.Compare(b.updated), cmp.Compare(a.id, b.id))
	})
	return all
}

func (f *fakeJira) serve(w http.ResponseWriter, r *http.Request) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.requests = append(f.requests, r.Method+" "+r.URL.Path)
	if f.disturb != nil && f.disturb(len(f.requests), w, r) {
		return
	}
	if user, secret, ok := r.BasicAuth(); !ok || user != "reader@example.org" || secret != fakeToken {
		if r.Header.Get("Authorization") != "Bearer "+fakeToken {
			http.Error(w, `{"errorMessages":["who are you?"]}`, http.StatusUnauthorized)
			return
		}
	}
	switch path := strings.TrimPrefix(r.URL.Path, "/rest/api/"); {
	case path == "2/serverInfo":
		kind := "Server"
		if f.isCloud {
			kind = "Cloud"
		}
		answer(w, map[string]any{"deploymentType": kind})
	case path == "2/myself":
		answer(w, map[string]any{"timeZone": f.zone.String()})
	case path == "2/field":
		answer(w, []any{map[string]any{"id": "customfield_1", "schema": map[string]any{"custom": "com.atlassian.servicedesk:vp-origin"}}})
	case path == "2/search/jql" && f.isCloud:
		f.searches++
		f.searchByToken(w, r)
	case path == "2/search" && !f.isCloud:
		f.searches++
		f.searchByOffset(w, r)
	case path == "3/changelog/bulkfetch" && f.isCloud && r.Method == http.MethodPost:
		f.bulkChanges(w, r)
	case strings.HasPrefix(path, "2/issue/"):
		f.details(w, r, strings.Split(strings.TrimPrefix(path, "2/issue/"), "/"))
	case path == "2/search":
		http.Error(w, `{"errorMessages":["The requested API has been removed."]}`, http.StatusGone)
	default:
		http.NotFound(w, r)
	}
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value) // whoever asked may be gone
}

var updatedSince = regexp.MustCompile(`updated >= "([0-9/: ]+)" ORDER BY updated ASC, key ASC$`)

// matching returns the issues that a search finds, in its order.
func (f *fakeJira) matching(w http.ResponseWriter, r *http.Request) ([]*fakeIssue, bool) {
	match := updatedSince.FindStringSubmatch(r.URL.Query().Get("jql"))
	if match == nil || !strings.Contains(r.URL.Query().Get("fields"), "updated") {
		http.Error(w, `{"errorMessages":["not understood"]}`, http.StatusBadRequest)
		return nil, false
	}
	since, err := time.ParseInLocation("2006/01/02 15:04", match[1], f.zone)
	if err != nil {
		http.Error(w, "{}", http.StatusBadRequest)
		return nil, false
	}
	return slices.DeleteFunc(f.sorted(), func(issue *fakeIssue) bool { return issue.updated.Before(since) }), true
}

func (f *fakeJira) searchByToken(w http.ResponseWriter, r *http.Request) {
	found, ok := f.matching(w, r)
	if !ok {
		return
	}
	if token := r.URL.Query().Get("nextPageToken"); token != "" { // continues behind the issue it names
		millis, id, _ := strings.Cut(token, "-")
		at, _ := strconv.ParseInt(millis, 10, 64)
		number, _ := strconv.Atoi(id)
		found = slices.DeleteFunc(found, func(issue *fakeIssue) bool {
			return cmp.Or(cmp.Compare(issue.updated.UnixMilli(), at), cmp.Compare(issue.id, number)) <= 0
		})
	}
	size, _ := strconv.Atoi(r.URL.Query().Get("maxResults"))
	page := found[:min(len(found), size-1)] // pages may be short
	body := map[string]any{"isLast": len(page) == len(found)}
	issues := []any{}
	for _, issue := range page {
		issues = append(issues, f.render(issue, false))
	}
	body["issues"] = issues
	if len(page) < len(found) {
		last := page[len(page)-1]
		body["nextPageToken"] = fmt.Sprintf("%d-%d", last.updated.UnixMilli(), last.id)
	}
	answer(w, body)
}

func (f *fakeJira) searchByOffset(w http.ResponseWriter, r *http.Request) {
	found, ok := f.matching(w, r)
	if !ok {
		return
	}
	start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
	size, _ := strconv.Atoi(r.URL.Query().Get("maxResults"))
	issues := []any{}
	for _, issue := range found[min(start, len(found)):min(start+size, len(found))] {
		issues = append(issues, f.render(issue, false))
	}
	answer(w, map[string]any{"startAt": start, "total": len(found), "issues": issues})
}

// bulkChanges answers with three changes a page, dates in milliseconds as Cloud writes them.
func (f *fakeJira) bulkChanges(w http.ResponseWriter, r *http.Request) {
	var question struct {
		Issues []string `json:"issueIdsOrKeys"`
		Token  string   `json:"nextPageToken"`
	}
	if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
		http.Error(w, "{}", http.StatusBadRequest)
		return
	}
	type log struct {
		IssueID   string           `json:"issueId"`
		Histories []map[string]any `json:"changeHistories"`
	}
	var all []log
	for _, issue := range f.sorted() {
		if !slices.Contains(question.Issues, strconv.Itoa(issue.id)) {
			continue
		}
		for _, change := range issue.changes {
			at, _ := time.Parse(restLayout, change["created"].(string))
			all = append(all, log{strconv.Itoa(issue.id), []map[string]any{
				{"id": change["id"], "author": change["author"], "created": at.UnixMilli(), "items": change["items"]},
			}})
		}
	}
	slices.SortStableFunc(all, func(a, b log) int { // what comes meanwhile comes last
		return cmp.Compare(a.Histories[0]["created"].(int64), b.Histories[0]["created"].(int64))
	})
	start, _ := strconv.Atoi(question.Token)
	end := min(start+3, len(all))
	body := map[string]any{"issueChangeLogs": all[min(start, end):end]}
	if end < len(all) {
		body["nextPageToken"] = strconv.Itoa(end)
	}
	answer(w, body)
}

func (f *fakeJira) details(w http.ResponseWriter, r *http.Request, parts []string) {
	issue := f.issues[parts[0]]
	if issue == nil {
		http.NotFound(w, r)
		return
	}
	start, _ := strconv.Atoi(r.URL.Query().Get("startAt"))
	page := func(entries []map[string]any) []map[string]any {
		return entries[min(start, len(entries)):min(start+2, len(entries))]
	}
	switch {
	case len(parts) == 1:
		answer(w, f.render(issue, true))
	case parts[1] == "comment":
		answer(w, map[string]any{"comments": page(issue.comments), "total": len(issue.comments)})
	case parts[1] == "worklog":
		answer(w, map[string]any{"worklogs": page(issue.workLogs), "total": len(issue.workLogs)})
	}
}
