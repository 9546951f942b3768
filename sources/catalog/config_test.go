package catalog

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyperson/sources"
)

// uncommented takes the # off every line of an example; prose stays a comment.
func uncommented(text string) string {
	example := regexp.MustCompile(`(?m)^# ([a-z_]+:|  )`)
	return example.ReplaceAllString(text, "$1")
}

func TestEveryCommentedExampleOfAWrittenConfigurationCanBeUsed(t *testing.T) {
	config, err := ParseConfig("keyperson.yaml", []byte(uncommented(configTail)))
	if err != nil {
		t.Fatal(err)
	}
	yes, hours, tolerance := true, 2.0, 0.1
	want := &Config{
		Name: "keyperson.yaml", People: "keyperson-people.yaml", Exclude: []string{"third_party/"}, Left: []string{"someone@example.org"},
		ActivityWindowDays: 180, HalfLifeDays: 365, TaskHalfLifeDays: 180,
		Tickets: []TicketSource{
			{Label: "operations", Files: []string{"exports/*.json.gz"}},
			{
				Label: "servicedesk", Files: []string{"exports/incidents.csv"},
				Columns: map[string][]string{
					"key": {"number"}, "request_type": {"category", "subcategory"}, "assignee": {"assigned_to"},
					"created": {"opened_at"}, "resolved": {"resolved_at"},
				},
				TimeLayout: "day-first", TimeZone: "Europe/Berlin", Nulls: []string{"?"},
			},
			{
				Label: "example.atlassian.net", URL: "https://example.atlassian.net", User: "someone@example.org",
				TokenEnv: "KEYPERSON_JIRA_TOKEN", Projects: []string{"OPS"},
			},
		},
		Triage: []string{"servicedesk@example.org"},
		Check: CheckConfig{
			Budgets: []BudgetConfig{{Tier: 1, Most: 0}, {Most: 10}},
			Waivers: []WaiverConfig{{
				Rule: "system-one-person", ID: "payments", Owner: "head of operations", Reason: "the second person starts in January",
				Until: time.Date(2027, 3, 31, 23, 59, 59, 0, time.UTC).Unix(),
			}},
			Tolerance: &tolerance,
		},
		Runbooks: RunbookConfig{
			Paths: []string{"runbooks/", "docs/operations/"}, Owner: []string{"owner", "owner_slack"},
			Reviewed: []string{"last_reviewed_on"}, Interval: []string{"review_in"}, IntervalDays: 180,
		},
		Tasks: []sources.TaskRule{{
			ID: "cert-renewal", Name: "Renew a certificate", Summary: regexp.MustCompile(`(?i)certificate|\bcert\b`),
			Types: []string{"Service Request"}, Runbook: "runbooks/renew-certificate.md", Class: "scheduled", Obligation: &yes, Hours: &hours,
			Level: &sources.LevelRule{
				Level: "B", Reason: "the second person is being trained",
				Until: time.Date(2027, 3, 31, 23, 59, 59, 0, time.UTC).Unix(),
			},
		}},
	}
	expression := cmp.Comparer(func(a, b *regexp.Regexp) bool { return a == b || a != nil && b != nil && a.String() == b.String() })
	lines := []cmp.Option{cmpopts.IgnoreFields(TicketSource{}, "Line"), cmpopts.IgnoreFields(BudgetConfig{}, "Line"), cmpopts.IgnoreFields(WaiverConfig{}, "Line"), cmpopts.IgnoreFields(sources.TaskRule{}, "Line")}
	if diff := cmp.Diff(want, config, append(lines, expression)...); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestASystemMayBeMadeOfTicketsAndRunbooksAlone(t *testing.T) {
	config, err := ParseConfig("keyperson.yaml", []byte(`
systems:
  - id: vpn
    jira: {projects: [NET], components: [VPN], labels: [vpn], request_types: [Access], services: [gw1], groups: [network]}
    runbooks: [docs/vpn/]
`))
	if err != nil {
		t.Fatal(err)
	}
	want := TicketMatch{
		Projects: []string{"NET"}, Components: []string{"VPN"}, Labels: []string{"vpn"}, RequestTypes: []string{"Access"},
		Services: []string{"gw1"}, Groups: []string{"network"},
	}
	if diff := cmp.Diff(want, config.Systems[0].Tickets); diff != "" {
		t.Error(diff)
	}
	e, snapshots := evidence(memory{}.many("docs/vpn", 3))
	systems, findings, err := Discover(e, snapshots, config)
	if err != nil {
		t.Fatal(err)
	}
	if n := counts(e, systems)["vpn"]; n != 0 {
		t.Errorf("a system without paths has %d files", n)
	}
	for _, finding := range findings {
		if finding.Code == "system-without-files" {
			t.Errorf("a system that never had files is reported: %s", finding.Message)
		}
	}
}

func TestMistakesAboutTicketsAndTasksNameTheirPlace(t *testing.T) {
	const live, files, task = "tickets:\n  - url: https://j.example.org\n    ", "tickets:\n  - files: [a.json]\n    ", "tasks:\n  - id: a\n    match: {labels: [x]}\n    "
	for name, test := range map[string]struct{ yaml, want string }{
		"neither files nor url":         {"tickets:\n  - label: a\n", ":2:5: an entry of tickets needs files"},
		"both":                          {live + "files: [a.json]\n", ":2:5: an entry of tickets has files or url, not both"},
		"a file above":                  {"tickets:\n  - files: [../a.json]\n", `:2:13: files: "../a.json" must lie beside or below`},
		"a file of a drive":             {"tickets:\n  - files: ['C:\\a.json']\n", ":2:13: files: "},
		"an absolute file":              {"tickets:\n  - files: [/etc/passwd]\n", ":2:13: files: "},
		"an absolute token file":        {live + "token_file: /home/a/.ssh/id\n", ":3:17: token_file"},
		"another secret":                {live + "token_env: AWS_SECRET_ACCESS_KEY\n", ":3:16: token_env"},
		"an open glob":                  {"tickets:\n  - files: ['a[b.json']\n", ":2:13: files: "},
		"no files":                      {"tickets:\n  - files: []\n", ":2:12: files lists none"},
		"a label twice":                 {"tickets:\n  - files: [x/a.json]\n  - files: [y/a.csv]\n", `:3:5: tickets labelled "a" are already on line 2`},
		"a slash in a label":            {files + "label: a/b\n", ":3:12: label"},
		"plain http":                    {"tickets:\n  - url: http://j.example.org\n", ":2:10: url"},
		"a password in the url":         {"tickets:\n  - url: https://a:b@j.example.org\n", ":2:10: url must not hold"},
		"a script for a url":            {"tickets:\n  - url: 'javascript:alert(1)'\n", ":2:10: url"},
		"columns of a live Jira":        {live + "columns: {key: a, created: b}\n", ":3:14: columns does nothing here"},
		"a query of files":              {files + "jql: a\n", ":3:10: jql does nothing here"},
		"an unknown column":             {files + "columns: {key: a, summry: b}\n", `unknown key "summry" in columns; did you mean summary?`},
		"no key column":                 {files + "columns: {summary: b}\n", ":3:14: columns needs key and created"},
		"a layout without a day":        {files + "time_layout: '15:04'\n", ":3:18: time_layout"},
		"an unknown zone":               {files + "time_zone: Mars/Base\n", ":3:16: time_zone"},
		"the zone of this machine":      {files + "time_zone: Local\n", ":3:16: time_zone"},
		"a project that ends the query": {live + "projects: ['A) OR (1']\n", ":3:16: projects"},
		"an unknown deployment":         {live + "deployment: server\n", ":3:17: deployment"},
		"a task without a match":        {"tasks:\n  - id: a\n", `:2:5: task "a" needs a match`},
		"a task id twice":               {task + "\n  - id: a\n    match: {labels: [x]}\n", ":5:9: task id"},
		"an expression that is none":    {"tasks:\n  - id: a\n    match: {summary: '('}\n", ":3:22: summary: missing closing )"},
		"a look-behind":                 {"tasks:\n  - id: a\n    match: {summary: '(?<=a)b'}\n", ":3:22: summary"},
		"an expression of millions":     {"tasks:\n  - id: a\n    match: {summary: '\\pL{1000}\\pL{1000}\\pL{1000}'}\n", ":3:22: summary: the expressions up to here are too large"},
		"an unknown class":              {task + "class: often\n", ":4:12: class"},
		"a routineness of percent":      {task + "routineness: 80\n", ":4:18: routineness must be a number from 0 to 1"},
		"no time at all":                {task + "hours: 0\n", ":4:12: hours"},
		"an obligation of words":        {task + "obligation: maybe\n", ":4:17: obligation must be true or false"},
		"a level without an end":        {task + "level: {is: C, reason: x}\n", ":4:12: level needs"},
		"a level that is none":          {task + "level: {is: D, reason: x, until: 2027-01-01}\n", `is: "D" is not one of A, B, C`},
		"an end that is no date":        {task + "level: {is: C, reason: x, until: soon}\n", `until: "soon" is not a date`},
		"a runbook outside":             {task + "runbook: ops:../x.md\n", ":4:14: runbook"},
		"an unknown system": {
			"tasks:\n  - id: a\n    system: paymets\n    match: {labels: [x]}\nsystems:\n  - id: payments\n    paths: [x]\n",
			`:3:13: task "a" names system "paymets", which is not under systems; did you mean payments?`,
		},
		"an unknown key of jira":     {"systems:\n  - id: a\n    jira: {component: [x]}\n", `unknown key "component" in jira of a system; did you mean components?`},
		"a runbook key":              {"runbooks: {path: [x]}\n", `unknown key "path" in runbooks; did you mean paths?`},
		"a half-life below a day":    {"task_half_life_days: 0.5\n", ":1:22: task_half_life_days"},
		"a triage that is no list":   {"triage: someone\n", ":1:9: triage must be a list"},
		"a repeated key":             {"triage: [a]\ntriage: [b]\n", ":2:"},
		"a budget without a number":  {"check: {budgets: [{tier: 1}]}\n", ":1:19: a budget needs most"},
		"a budget of half a risk":    {"check: {budgets: [{most: 0.5}]}\n", ":1:26: most must be a whole number"},
		"a waiver without an end":    {"check: {waivers: [{rule: a, id: b, owner: c, reason: d}]}\n", ":1:19: a waiver needs an owner"},
		"a waiver of everything":     {"check: {waivers: [{rule: a, owner: c, reason: d, until: 2027-01-01}]}\n", ":1:19: a waiver needs a fingerprint"},
		"a weight below nothing":     {"ranking: {subtree: -1}\n", ":1:20: subtree must be a number from 0 to 100"},
		"an unknown weight":          {"ranking: {directry: 1}\n", `unknown key "directry" in ranking; did you mean directory?`},
		"a number that is no number": {task + "hours: '2'\n", ":4:12: hours"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseConfig("keyperson.yaml", []byte(test.yaml))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func TestTicketsAreLabelledLikeTheirFile(t *testing.T) {
	for file, want := range map[string]string{
		"aloy-tickets.jsonl.gz": "aloy-tickets", "exports/ops.csv": "ops", "exports/*.json": "exports", "*.json": "tickets",
		"a/[0-9]*/*.json": "a", "archive": "archive", ".json": "tickets", `exports\ops.json`: "ops",
	} {
		if got := TicketLabel(file); got != want {
			t.Errorf("TicketLabel(%q) = %q, want %q", file, got, want)
		}
	}
}

func TestLinesOfErrorsAreRightInFilesFromWindows(t *testing.T) {
	for text, want := range map[string]string{
		"# a\r\n# b\r\n\r\nsystems: 5 # c\r\n":                  "f:4:10: ",
		"systems:\r\n  # a\r\n  - id: a\r\n    pathes: [x]\r\n": "f:4:5: ",
	} {
		if _, err := ParseConfig("f", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got error %v, want one at %s", text, err, want)
		}
	}
}
