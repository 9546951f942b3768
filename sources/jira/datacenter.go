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

// searchDataCenter pages by offsets. An issue that changes meanwhile leaves its place and moves to the end, and all
// behind it move up by one: the next page would miss one. So each page begins with the last issue of the page before;
// if it begins with an unknown one instead, something moved, and the reading steps back until it meets what it knows.
func (r *reader) searchDataCenter(ctx context.Context, jql string) error {
	known := map[version]bool{}
	start, stepBack, stepsBack := 0, r.PageSize/2+1, 0
	for page := 1; ; page++ {
		values := url.Values{
			"jql": {jql}, "startAt": {strconv.Itoa(start)}, "maxResults": {strconv.Itoa(r.PageSize)},
			"fields": {strings.Join(r.fieldNames(), ",")},
		}
		if r.keys == nil {
			values.Set("expand", "changelog")
		}
		var answer struct {
			Issues []json.RawMessage `json:"issues"`
			Total  int               `json:"total"`
		}
		if err := r.ask(ctx, r.pageName(page), http.MethodGet, "rest/api/2/search?"+values.Encode(), nil, &answer); err != nil {
			return err
		}
		versions := versionsOf(answer.Issues)
		if start > 0 && (len(versions) == 0 || !known[versions[0]]) {
			if stepsBack++; stepsBack > maxStepsBack {
				return &RequestError{What: r.pageName(page), Err: errors.New("tickets change faster than they can be read; try again at a quieter time")}
			}
			start = max(0, start-stepBack)
			stepBack *= 2
			continue
		}
		stepBack = r.PageSize/2 + 1
		for _, v := range versions {
			known[v] = true
		}
		if err := r.deliver(ctx, page, answer.Issues); err != nil {
			return err
		}
		if len(versions) == 0 || start+len(versions) >= answer.Total {
			return nil
		}
		start += max(1, len(versions)-1)
	}
}

// maxStepsBack bounds how often a reading steps back in all.
const maxStepsBack = 1000

// version is one state of one issue. A state that was met proves that everything before it was met, since whatever
// changes gets another state at the end.
type version struct{ key, updated string }

func versionsOf(issues []json.RawMessage) []version {
	versions := make([]version, len(issues))
	for i, data := range issues {
		var only struct {
			Key    string `json:"key"`
			Fields struct {
				Updated string `json:"updated"`
			} `json:"fields"`
		}
		if json.Unmarshal(data, &only) == nil {
			versions[i] = version{only.Key, only.Fields.Updated}
		}
	}
	return versions
}
