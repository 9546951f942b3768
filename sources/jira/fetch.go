package jira

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	client "github.com/andygrunwald/go-jira"

	"keyperson/sources"
)

// Fetch reads the tickets of a live Jira that changed since the cursor, all of them for an empty one, and calls save
// with one page after the other. Each batch is whole: once it is saved, a reading that starts from its Cursor goes on
// behind it, so that whoever is stopped loses at most one batch. A ticket comes again in a later batch only in a newer
// version, which replaces the one before; an identity of a later batch can lack what an earlier one told of the same
// account. Where nothing changed, save is not called, and the old cursor stays good.
//
// The cursor goes by the server's own times of the last change; the clock of this machine plays no part. Errors name
// the request that failed and what to do; the token is in none of them. They are a *RequestError where the server was
// asked, and what save returned where that failed.
func Fetch(ctx context.Context, connection Connection, from string, save func(batch *sources.TicketHistory) error) error {
	reader, err := newReader(connection)
	if err != nil {
		return err
	}
	defer reader.close()
	if err := reader.prepare(ctx); err != nil {
		return err
	}
	reader.cursor = parseCursor(from, reader.scope())
	reader.save = save
	return reader.search(ctx)
}

// search reads everything from the cursor on.
func (r *reader) search(ctx context.Context) error {
	jql, err := query(r.Projects, r.JQL, r.cursor.since().Add(-r.zoneSlack), r.zone)
	if err != nil {
		return err
	}
	if r.Deployment == Cloud {
		return r.searchCloud(ctx, jql)
	}
	return r.searchDataCenter(ctx, jql)
}

// reader is one reading of one live Jira.
type reader struct {
	Connection
	client    *client.Client
	carrier   *http.Transport
	token     token
	zone      *time.Location // in which the server reads the times of a search
	zoneSlack time.Duration  // how far that may be wrong
	baseURL   string         // that people see the Jira under
	cursor    cursor
	people    *people
	save      func(*sources.TicketHistory) error
	keys      map[string]bool // gathers the keys where nothing else is asked for, else nil
}

func newReader(connection Connection) (*reader, error) {
	home, err := connection.check()
	if err != nil {
		return nil, err
	}
	if _, err := query(connection.Projects, connection.JQL, time.Time{}, time.UTC); err != nil {
		return nil, err
	}
	secret, err := connection.readToken()
	if err != nil {
		return nil, err
	}
	carrier := newTransport(connection.Concurrency)
	signing := &transport{
		next: carrier, home: home, user: connection.User, token: secret, sleep: connection.sleep, draw: connection.draw,
	}
	api, err := client.NewClient(&http.Client{Transport: signing, CheckRedirect: refuseStrangers(home)}, home.String())
	if err != nil {
		return nil, fmt.Errorf("jira: %w", err)
	}
	return &reader{
		Connection: connection, client: api, carrier: carrier, token: secret,
		baseURL: strings.TrimSuffix(home.String(), "/"), people: newPeople(connection.Label),
	}, nil
}

func (r *reader) close() { r.carrier.CloseIdleConnections() }

// ask sends one request through go-jira and decodes its answer; what says in messages what it was for.
func (r *reader) ask(ctx context.Context, what, method, path string, body, into any) error {
	request, err := r.client.NewRequestWithContext(ctx, method, path, body)
	if err != nil {
		return &RequestError{What: what, Err: errors.New(r.token.hide(err.Error()))}
	}
	response, err := r.client.Do(request, into)
	if response != nil && response.Body != nil {
		defer response.Body.Close()
	}
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if response != nil && response.Response != nil && response.StatusCode >= 300 {
		return r.refusal(what, response.Response)
	}
	return r.failure(what, err)
}

// prepare learns what the search needs to know of the server: its kind, the time zone of the user, the request type.
func (r *reader) prepare(ctx context.Context) error {
	if r.Deployment == "" {
		var info struct {
			DeploymentType string `json:"deploymentType"`
			BaseURL        string `json:"baseUrl"`
		}
		if err := r.ask(ctx, "what kind of server it is", http.MethodGet, "rest/api/2/serverInfo", nil, &info); err != nil {
			return err
		}
		r.Deployment = DataCenter
		if strings.EqualFold(info.DeploymentType, "Cloud") {
			r.Deployment = Cloud
		}
	}
	var myself struct {
		TimeZone string `json:"timeZone"`
	}
	if err := r.ask(ctx, "who the token belongs to", http.MethodGet, "rest/api/2/myself", nil, &myself); err != nil {
		return err
	}
	r.zone = time.UTC
	if zone, err := time.LoadLocation(myself.TimeZone); err == nil && myself.TimeZone != "" && myself.TimeZone != "Local" {
		r.zone = zone
	} else {
		r.zoneSlack = 26 * time.Hour // any zone there is, seen from any other
	}
	if r.RequestTypeField != "" {
		return nil
	}
	return r.findRequestType(ctx)
}

// findRequestType asks which custom field holds the request type; a Jira without service projects has none.
func (r *reader) findRequestType(ctx context.Context) error {
	var all []struct {
		ID     string `json:"id"`
		Schema struct {
			Custom string `json:"custom"`
		} `json:"schema"`
	}
	if err := r.ask(ctx, "the list of fields", http.MethodGet, "rest/api/2/field", nil, &all); err != nil {
		return err
	}
	for _, field := range all {
		if field.Schema.Custom == "com.atlassian.servicedesk:vp-origin" {
			r.RequestTypeField = field.ID
			return nil
		}
	}
	return nil
}

// fieldNames are asked for by name: Cloud returns nothing but ids otherwise, and Data Center everything.
func (r *reader) fieldNames() []string {
	if r.keys != nil {
		return []string{"updated"}
	}
	names := []string{
		"summary", "description", "issuetype", "project", "status", "resolution", "priority", "components", "labels",
		"created", "updated", "resolutiondate", "reporter", "creator", "assignee", "comment", "worklog",
	}
	if r.RequestTypeField != "" {
		names = append(names, r.RequestTypeField)
	}
	return names
}

// pageName names a page of the search in messages.
func (r *reader) pageName(page int) string {
	projects := strings.Join(r.Projects, ", ")
	if projects == "" {
		projects = "all projects"
	}
	return fmt.Sprintf("search page %d of %s", page, projects)
}

// found is an issue of a search.
type found struct {
	*issue
	requestType string
	updated     int64 // milliseconds since 1970
}

// newIssues decodes a page and returns the issues not seen in this version before, by the order of the page. What
// cannot be decoded is counted, not fatal: one issue must not keep all others out for good.
func (r *reader) newIssues(raw []json.RawMessage) (fresh []*found, unreadable []error) {
	for _, data := range raw {
		decoded, requestType, err := decodeIssue(data, r.RequestTypeField)
		if err != nil {
			unreadable = append(unreadable, err)
			continue
		}
		updated, err := updatedMillis(decoded.Fields.Updated)
		if err != nil {
			unreadable = append(unreadable, fmt.Errorf("issue %s: updated: %w", shorten(decoded.Key), err))
			continue
		}
		if r.cursor.saw(decoded.Key, updated) {
			fresh = append(fresh, &found{issue: decoded, requestType: requestType, updated: updated})
		}
	}
	return newestOf(fresh), unreadable
}

// newestOf leaves of each issue the newest version only.
func newestOf(all []*found) []*found {
	last := map[string]*found{}
	for _, f := range all {
		last[f.Key] = f // saw takes newer ones only
	}
	kept := all[:0]
	for _, f := range all {
		if last[f.Key] == f {
			kept = append(kept, f)
		}
	}
	return kept
}

func updatedMillis(text string) (int64, error) {
	if moment, err := time.Parse(restLayout, text); err == nil {
		return moment.UnixMilli(), nil
	}
	seconds, err := clock{}.read(text)
	if err == nil && seconds == 0 {
		err = errors.New("no date")
	}
	return seconds * 1000, err
}

// deliver completes the new issues of a page and saves them as one batch.
func (r *reader) deliver(ctx context.Context, page int, raw []json.RawMessage) error {
	if r.keys != nil {
		return r.gather(page, raw)
	}
	fresh, unreadable := r.newIssues(raw)
	if len(fresh) == 0 && len(unreadable) == 0 {
		return nil
	}
	if err := r.complete(ctx, fresh); err != nil {
		return err
	}
	b := newBuilder(r.Label, clock{})
	b.people = r.people
	for _, f := range fresh {
		if err := b.add(f.issue, f.requestType); err != nil {
			unreadable = append(unreadable, err)
		}
	}
	for i := range b.tickets {
		b.tickets[i].URL = r.baseURL + "/browse/" + b.tickets[i].Key
	}
	batch := b.history(r.URL)
	batch.Cursor = r.cursor.text()
	if len(unreadable) > 0 {
		batch.Findings = append(batch.Findings, sources.Finding{
			Code: "unreadable-tickets", Severity: sources.Note, Count: len(unreadable),
			Message: fmt.Sprintf("%s: %d tickets on %s could not be read, the first: %v", r.Label, len(unreadable), r.pageName(page), unreadable[0]),
		})
	}
	return r.save(batch)
}
