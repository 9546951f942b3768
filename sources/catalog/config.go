package catalog

import (
	"errors"
	"fmt"
	"io"
	"os"

	"keyperson/sources"
	"keyperson/sources/pathpattern"
)

// The origins a user can force with systems_from.
const (
	FromConfig      = "config"
	FromBackstage   = "backstage"
	FromGitLab      = "gitlab"
	FromCodeowners  = "codeowners"
	FromModules     = "modules"
	FromDirectories = "directories"
)

var origins = []string{FromConfig, FromBackstage, FromGitLab, FromCodeowners, FromModules, FromDirectories}

// Config is what keyperson.yaml says. The zero value is the configuration of someone who wrote none.
type Config struct {
	Name    string         // of the file, for messages
	Systems []SystemConfig // systems:, in the order written
	People  string         // people: path of the alias file, relative to keyperson.yaml; "" for none
	Exclude []string       // exclude: gitignore patterns of files not to assess
	Left    []string       // left: IDs, addresses or names of people who have left
	// ActivityWindowDays is activity_window_days: how recently a person must have done something to
	// count as active, in days, 1 to 36500; 0 where not set.
	ActivityWindowDays float64
	// HalfLifeDays is half_life_days: after how many days familiarity with code has halved, 1 to
	// 36500; 0 where not set.
	HalfLifeDays float64
	SystemsFrom  string // systems_from: the only origin to take systems from; "" for the first that yields any

	Tickets  []TicketSource     // tickets:, in the order written
	Runbooks RunbookConfig      // runbooks:
	Tasks    []sources.TaskRule // tasks:, in the order written
	Check    CheckConfig        // check:
	Triage   []string           // triage: accounts, names or addresses of people who only assign and close
	// TaskHalfLifeDays is task_half_life_days: after how many days practice of a task has halved, 1 to 36500; 0
	// where not set.
	TaskHalfLifeDays float64
	Ranking          RankingConfig // ranking:
}

// TicketSource is one entry under tickets: exported files, or a live Jira.
type TicketSource struct {
	Label string   // label: unique; default: the first file's name, or the host
	Files []string // files: paths or globs beside or below keyperson.yaml

	// For files of a tracker without an importer of its own: columns: says which column holds what (key, summary,
	// type, request_type, components, labels, project, status, resolution, priority, group, service, created, updated,
	// resolved, reporter, assignee, resolver, reassigned, reopened, escalated, used_procedure, description), several
	// columns joined by " / " where the value is a list.
	Columns    map[string][]string
	TimeLayout string   // time_layout: Go layout, or one of the names "iso", "day-first", "month-first"
	TimeZone   string   // time_zone: IANA name; default UTC
	Nulls      []string // nulls: texts that mean nothing, such as "?"

	URL              string   // url: of a live Jira, https
	Deployment       string   // deployment: "cloud" or "datacenter"; default: asked of the server
	User             string   // user: for basic authentication; default: the token is a bearer token
	TokenEnv         string   // token_env: environment variable with the token, beginning with KEYPERSON_; default KEYPERSON_JIRA_TOKEN
	TokenFile        string   // token_file: file with the token beside or below keyperson.yaml, readable by its owner only
	Projects         []string // projects: keys
	JQL              string   // jql: narrows the search further
	RequestTypeField string   // request_type_field: custom field id of the request type, in JSON exports too
	Line             int
}

// RunbookConfig says which documents are runbooks and what their front matter means. The zero value takes the
// defaults of package runbook.
type RunbookConfig struct {
	Paths        []string // paths: gitignore patterns; empty: the defaults
	Owner        []string // owner: front-matter keys, first that is set; likewise below
	Reviewed     []string // reviewed:
	Interval     []string // interval:
	IntervalDays float64  // interval_days: where a document states none; 0 for the default
}

// SystemConfig is one entry under systems.
type SystemConfig struct {
	ID           string      // id: required, unique
	Name         string      // name: shown instead of the id
	Tier         int         // tier: 1 (most important) to 9; 0 where not set
	Team         string      // team: who is listed as owner
	Repositories []string    // repositories: labels of the repositories paths apply to; empty: all
	Paths        []string    // paths: gitignore patterns, ! takes out again; empty: the whole repositories
	Tickets      TicketMatch // jira: which tickets belong to it
	Runbooks     []string    // runbooks: gitignore patterns of documents about it, beside those under its paths
	Line         int         // where the entry starts
	compiled     *pathpattern.List
}

// TicketMatch says which tickets belong to a system: those of which any list has a value, case aside. All empty:
// those with a component, service or request type named like the system. Of the tickets that no system takes in one of
// these ways, each belongs to the system of most files that the commits citing it changed.
type TicketMatch struct {
	Projects, Components, Labels, RequestTypes, Services, Groups []string
}

// LoadConfig reads keyperson.yaml. A file that is not there is an error satisfying errors.Is with
// fs.ErrNotExist; content that cannot be used is a *SyntaxError.
func LoadConfig(path string) (*Config, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w; keyperson init writes a configuration", err)
	}
	data, err := io.ReadAll(io.LimitReader(file, maxDocumentBytes+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return ParseConfig(path, data)
}

// ParseConfig reads the content of keyperson.yaml; name is used in messages. Every error is a
// *SyntaxError: unknown keys, wrong types and values out of range are refused, never skipped.
func ParseConfig(name string, data []byte) (*Config, error) {
	d := &document{name: name, data: data}
	bodies, err := d.parse()
	if err != nil {
		return nil, err
	}
	config := &Config{Name: name}
	if len(bodies) == 0 {
		return config, nil
	}
	if len(bodies) > 1 {
		return nil, d.failNode(bodies[1], "a second document; keyperson.yaml has one")
	}
	decoder := configDecoder{document: d}
	decoder.config(bodies[0], config)
	if decoder.err != nil {
		return nil, decoder.err
	}
	return config, nil
}
