package catalog

import (
	"net"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// The fields of a ticket that columns: can name.
var ticketColumns = []string{
	"key", "summary", "type", "request_type", "components", "labels", "project", "status", "resolution", "priority",
	"group", "service", "created", "updated", "resolved", "reporter", "assignee", "resolver", "reassigned", "reopened",
	"escalated", "used_procedure", "description",
}

func (c *configDecoder) tickets(node ast.Node, config *Config) {
	lines := map[string]int{}
	for _, element := range c.sequence(node, "tickets") {
		source := c.ticketSource(element)
		if c.err != nil {
			return
		}
		if line, isTaken := lines[source.Label]; isTaken {
			at := field(element, "label")
			if at == nil {
				at = element
			}
			c.fail(at, "tickets labelled %q are already on line %d; give them a label of their own", source.Label, line)
			return
		}
		lines[source.Label] = source.Line
		config.Tickets = append(config.Tickets, source)
	}
}

func (c *configDecoder) ticketSource(node ast.Node) TicketSource {
	var s TicketSource
	if at := position(node); at != nil {
		s.Line = at.Line
	}
	if _, ok := pairs(node); !ok {
		c.fail(node, "an entry of tickets must be a mapping with files or url, not %s", kindOf(node))
		return s
	}
	c.mapping(node, "an entry of tickets", map[string]func(ast.Node){
		"label":              func(n ast.Node) { s.Label = c.label(n) },
		"files":              func(n ast.Node) { s.Files = c.files(n) },
		"columns":            func(n ast.Node) { s.Columns = c.columns(n) },
		"time_layout":        func(n ast.Node) { s.TimeLayout = c.timeLayout(n) },
		"time_zone":          func(n ast.Node) { s.TimeZone = c.timeZone(n) },
		"nulls":              func(n ast.Node) { s.Nulls = c.textOrTexts(n, "nulls") },
		"url":                func(n ast.Node) { s.URL = c.address(n) },
		"deployment":         func(n ast.Node) { s.Deployment = c.oneOf(n, "deployment", "cloud", "datacenter") },
		"user":               func(n ast.Node) { s.User = c.text(n, "user") },
		"token_env":          func(n ast.Node) { s.TokenEnv = c.tokenVariable(n) },
		"token_file":         func(n ast.Node) { s.TokenFile = c.filePath(n, "token_file") },
		"projects":           func(n ast.Node) { s.Projects = c.projects(n) },
		"jql":                func(n ast.Node) { s.JQL = c.text(n, "jql") },
		"request_type_field": func(n ast.Node) { s.RequestTypeField = c.text(n, "request_type_field") },
	})
	if c.err != nil {
		return s
	}
	c.eitherFilesOrLive(node, &s)
	if s.Label == "" && s.URL != "" {
		s.Label = host(s.URL)
	} else if s.Label == "" && len(s.Files) > 0 {
		s.Label = TicketLabel(s.Files[0])
	}
	return s
}

// eitherFilesOrLive refuses an entry that is neither, both, or has a key that would do nothing.
func (c *configDecoder) eitherFilesOrLive(node ast.Node, s *TicketSource) {
	ofFiles := []string{"columns", "time_layout", "time_zone", "nulls"}
	ofLive := []string{"deployment", "user", "token_env", "token_file", "projects", "jql"}
	idle, needed := ofFiles, "files"
	switch {
	case len(s.Files) > 0 && s.URL != "":
		c.fail(node, "an entry of tickets has files or url, not both: make two entries of it")
	case len(s.Files) == 0 && s.URL == "":
		c.fail(node, "an entry of tickets needs files (an export) or url (a live Jira)")
	case len(s.Files) > 0:
		idle, needed = ofLive, "url"
	}
	for _, key := range idle {
		if at := field(node, key); at != nil {
			c.fail(at, "%s does nothing here: it belongs to an entry with %s", key, needed)
		}
	}
	if s.TokenEnv != "" && s.TokenFile != "" {
		c.fail(field(node, "token_file"), "token_env and token_file contradict each other; give one")
	}
}

// label reads a name that can stand before a slash.
func (c *configDecoder) label(node ast.Node) string {
	value := c.text(node, "label")
	if strings.Contains(value, "/") {
		c.fail(node, "label: %q has a slash, which separates it from what it labels", value)
	}
	return value
}

// files reads paths and globs beside or below keyperson.yaml.
func (c *configDecoder) files(node ast.Node) []string {
	var files []string
	for _, element := range c.sequence(node, "files") {
		file := c.filePath(element, "files")
		if _, err := path.Match(file, ""); err != nil {
			c.fail(element, "files: %q is not a pattern that can be read: a [ is not closed", file)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		c.fail(node, "files lists none")
	}
	return files
}

func (c *configDecoder) columns(node ast.Node) map[string][]string {
	columns := map[string][]string{}
	decode := make(map[string]func(ast.Node), len(ticketColumns))
	for _, name := range ticketColumns {
		decode[name] = func(n ast.Node) { columns[name] = c.textOrTexts(n, name) }
	}
	c.mapping(node, "columns", decode)
	if c.err == nil && (len(columns["key"]) == 0 || len(columns["created"]) == 0) {
		c.fail(node, "columns needs key and created: which ticket, and since when there was one")
	}
	return columns
}

// timeLayout accepts the named layouts and every Go layout that tells the day.
func (c *configDecoder) timeLayout(node ast.Node) string {
	value := c.text(node, "time_layout")
	if c.err != nil || slices.Contains([]string{"iso", "day-first", "month-first"}, value) {
		return value
	}
	day := time.Date(2031, 11, 23, 0, 0, 0, 0, time.UTC)
	again, err := time.Parse(value, day.Format(value))
	if err != nil || !again.UTC().Truncate(24*time.Hour).Equal(day) {
		c.fail(node, "time_layout: %q is none of iso, day-first and month-first, and no layout that tells year, month and day, such as \"02/01/2006 15:04\" (Go's reference time)", value)
	}
	return value
}

func (c *configDecoder) timeZone(node ast.Node) string {
	value := c.text(node, "time_zone")
	if c.err != nil {
		return value
	}
	if _, err := time.LoadLocation(value); err != nil || value == "Local" {
		c.fail(node, "time_zone: %q is not a name of the IANA time zone database, such as Europe/Berlin or UTC", value)
	}
	return value
}

// address reads where a live Jira is. A token travels there, so that the way must be encrypted, except to this
// machine itself.
func (c *configDecoder) address(node ast.Node) string {
	value := c.text(node, "url")
	if c.err != nil {
		return value
	}
	parsed, err := url.Parse(value)
	switch {
	case err != nil || parsed.Host == "" || parsed.Hostname() == "":
		c.fail(node, "url: %q is no address such as https://example.atlassian.net", value)
	case parsed.User != nil:
		c.fail(node, "url must not hold a user or password: use user, and a token in the environment or in a file")
	case parsed.RawQuery != "" || parsed.Fragment != "":
		c.fail(node, "url: %q must end with the path: no ? and no #", value)
	case parsed.Scheme != "https" && (parsed.Scheme != "http" || !isLoopback(parsed.Hostname())):
		c.fail(node, "url: %q must begin with https://, or the token could be read on its way", value)
	}
	return strings.TrimRight(value, "/")
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func host(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Host
}

// tokenPrefix keeps a configuration of strangers from sending other secrets of the environment to their server.
const tokenPrefix = "KEYPERSON_"

var tokenVariable = regexp.MustCompile(`^KEYPERSON_[A-Z0-9_]+$`)

func (c *configDecoder) tokenVariable(node ast.Node) string {
	value := c.text(node, "token_env")
	if c.err == nil && !tokenVariable.MatchString(value) {
		c.fail(node, "token_env: %q must begin with %s and have only capitals, digits and _: no other variable is sent to a server", value, tokenPrefix)
	}
	return value
}

var projectKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// projects reads keys, which become part of a query.
func (c *configDecoder) projects(node ast.Node) []string {
	var keys []string
	for _, element := range c.sequence(node, "projects") {
		key := c.text(element, "an element of projects")
		if c.err == nil && !projectKey.MatchString(key) {
			c.fail(element, "projects: %q is no project key such as OPS", key)
		}
		keys = append(keys, key)
	}
	return keys
}

// TicketLabel is the label of tickets that were given none: the file's name without directories and endings;
// for a glob that of the directory.
func TicketLabel(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	base := path.Base(file)
	for strings.ContainsAny(base, "*?[") && path.Dir(file) != file {
		file = path.Dir(file)
		base = path.Base(file)
	}
	for _, ending := range []string{".gz", ".json", ".jsonl", ".ndjson", ".csv"} {
		base = strings.TrimSuffix(base, ending)
	}
	if base == "" || base == "." || base == "/" || base == ".." {
		return "tickets"
	}
	return base
}
