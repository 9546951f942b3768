package jira

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// overlap is how far before the newest ticket known a reading begins again. It covers what makes a ticket appear late
// with an early date: clocks of a cluster's nodes that differ, and a search index that lags behind.
const overlap = 10 * time.Minute

// query returns the JQL of a reading: the projects, narrowed by the user's own JQL, not updated before since, oldest
// first. The order makes every page a safe place to stop: whatever changes meanwhile moves to the end.
func query(projects []string, own string, since time.Time, zone *time.Location) (string, error) {
	conditions := []string{}
	if len(projects) > 0 {
		quoted := make([]string, len(projects))
		for i, project := range projects {
			quoted[i] = quoteJQL(project)
		}
		conditions = append(conditions, "project in ("+strings.Join(quoted, ", ")+")")
	}
	if strings.TrimSpace(own) != "" {
		if err := checkJQL(own); err != nil {
			return "", err
		}
		conditions = append(conditions, "("+strings.TrimSpace(own)+")")
	}
	conditions = append(conditions, `updated >= "`+jqlTime(since, zone)+`"`)
	return strings.Join(conditions, " AND ") + " ORDER BY updated ASC, key ASC", nil
}

func quoteJQL(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// earliest is before any ticket: Cloud refuses searches without a bound.
var earliest = time.Unix(0, 0).Add(48 * time.Hour)

// jqlTime writes a time as JQL reads it: to the minute, in the time zone of the user who asks. An hour that the clocks
// repeat in autumn is left by going back further, since the server might mean the second one.
func jqlTime(since time.Time, zone *time.Location) string {
	if since.Before(earliest) {
		since = earliest
	}
	const layout = "2006/01/02 15:04"
	since = since.Truncate(time.Minute)
	written := func(d time.Duration) string { return since.Add(d).In(zone).Format(layout) }
	for written(0) == written(time.Hour) || written(0) == written(-time.Hour) ||
		written(0) == written(30*time.Minute) || written(0) == written(-30*time.Minute) {
		since = since.Add(-30 * time.Minute)
	}
	return written(0)
}

// checkJQL refuses a user's JQL that would not stay within the parentheses put around it.
func checkJQL(own string) error {
	depth, quote, escaped := 0, rune(0), false
	var bare strings.Builder // what stands outside of quotation marks
	for _, r := range own {
		switch {
		case quote != 0:
			if r == quote && !escaped {
				quote = 0
			}
			escaped = r == '\\' && !escaped
			continue
		case r == '"' || r == '\'':
			quote, escaped = r, false
			r = ' '
		case r == '(':
			depth++
		case r == ')':
			if depth--; depth < 0 {
				return fmt.Errorf("jira: jql %q closes a parenthesis that it did not open", shorten(own))
			}
		}
		bare.WriteRune(r)
	}
	if depth != 0 || quote != 0 {
		return fmt.Errorf("jira: jql %q leaves a parenthesis or quotation mark open", shorten(own))
	}
	words := strings.Fields(strings.ToLower(strings.NewReplacer("(", " ", ")", " ").Replace(bare.String())))
	for i := range words[:max(0, len(words)-1)] {
		if words[i] == "order" && words[i+1] == "by" {
			return errors.New("jira: jql has an ORDER BY; leave it out, tickets are read by the time of their last change")
		}
	}
	return nil
}
