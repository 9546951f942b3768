package jira

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// What a server may do before its paging is given up: answer with pages without an issue, one after the other, and
// hand out the same token.
const (
	maxEmptyPages = 100
	maxRepeats    = 3
)

// searchCloud pages by tokens. go-jira's own call of this search is not used: its issues hide whether comments and
// work logs are whole.
func (r *reader) searchCloud(ctx context.Context, jql string) error {
	next, empty := "", 0
	used := map[string]int{}
	for page := 1; ; page++ {
		values := url.Values{
			"jql": {jql}, "maxResults": {strconv.Itoa(r.PageSize)}, "fields": {strings.Join(r.fieldNames(), ",")},
		}
		if next != "" {
			values.Set("nextPageToken", next)
		}
		var answer struct {
			Issues        []json.RawMessage `json:"issues"`
			NextPageToken string            `json:"nextPageToken"`
			IsLast        bool              `json:"isLast"`
		}
		if err := r.ask(ctx, r.pageName(page), http.MethodGet, "rest/api/2/search/jql?"+values.Encode(), nil, &answer); err != nil {
			return err
		}
		if err := r.deliver(ctx, page, answer.Issues); err != nil {
			return err
		}
		if answer.IsLast || answer.NextPageToken == "" {
			return nil
		}
		if empty++; len(answer.Issues) > 0 {
			empty = 0
		}
		next = answer.NextPageToken
		if used[next]++; used[next] > maxRepeats || empty >= maxEmptyPages {
			return &RequestError{What: r.pageName(page + 1), Err: errors.New("the server hands out the same pages again and again; run it again to go on from here")}
		}
	}
}

// fetchChangeLogs asks for the change logs of several issues at once, in full.
func (r *reader) fetchChangeLogs(ctx context.Context, issues []*found) error {
	byID := map[string]*found{}
	ids := make([]string, 0, len(issues))
	for _, f := range issues {
		byID[string(f.ID)] = f
		ids = append(ids, string(f.ID))
		f.Changelog = &changelog{}
	}
	used := map[string]bool{}
	question := map[string]any{"issueIdsOrKeys": ids, "maxResults": 1000}
	for {
		var answer struct {
			Logs []struct {
				IssueID   flexible `json:"issueId"`
				Histories []change `json:"changeHistories"`
			} `json:"issueChangeLogs"`
			NextPageToken string `json:"nextPageToken"`
		}
		what := "the change logs of " + issues[0].Key + " and others"
		if err := r.ask(ctx, what, http.MethodPost, "rest/api/3/changelog/bulkfetch", question, &answer); err != nil {
			return err
		}
		for _, log := range answer.Logs {
			if f := byID[string(log.IssueID)]; f != nil {
				f.Changelog.Histories = append(f.Changelog.Histories, log.Histories...)
			}
		}
		if answer.NextPageToken == "" {
			return nil
		}
		if used[answer.NextPageToken] {
			return &RequestError{What: what, Err: errors.New("the server hands out the same page again and again; try again later")}
		}
		used[answer.NextPageToken] = true
		question["nextPageToken"] = answer.NextPageToken
	}
}
