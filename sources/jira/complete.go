package jira

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"golang.org/x/sync/errgroup"
)

// detailPage is how many comments or work logs are asked for at once; a server may give fewer.
const detailPage = 100

// complete fetches what the search left out of the issues: change logs, comments and work logs.
func (r *reader) complete(ctx context.Context, issues []*found) error {
	if len(issues) == 0 {
		return nil
	}
	if r.Deployment == Cloud {
		if err := r.fetchChangeLogs(ctx, issues); err != nil {
			return err
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(r.Concurrency)
	for _, f := range issues {
		group.Go(func() error { return r.completeIssue(ctx, f) })
	}
	return group.Wait()
}

func (r *reader) completeIssue(ctx context.Context, f *found) error {
	if log := f.Changelog; log != nil && log.Total > len(log.Histories) {
		if err := r.fetchChangeLog(ctx, f); err != nil {
			return err
		}
	}
	if c := &f.Fields.Comments; c.Total > len(c.Comments) {
		all, total, err := fetchAll(ctx, r, f.Key, "comment", func(page comments) ([]comment, int) { return page.Comments, page.Total },
			func(c comment) string { return c.ID })
		if err != nil {
			return err
		}
		c.Comments, c.Total = all, total
	}
	if w := &f.Fields.WorkLogs; w.Total > len(w.WorkLogs) {
		all, total, err := fetchAll(ctx, r, f.Key, "worklog", func(page workLogs) ([]workLog, int) { return page.WorkLogs, page.Total },
			func(w workLog) string { return w.ID })
		if err != nil {
			return err
		}
		w.WorkLogs, w.Total = all, total
	}
	return nil
}

// fetchChangeLog asks an issue of a Data Center for its change log, which a search may have truncated.
func (r *reader) fetchChangeLog(ctx context.Context, f *found) error {
	var answer struct {
		Changelog *changelog `json:"changelog"`
	}
	path := "rest/api/2/issue/" + url.PathEscape(f.Key) + "?fields=created&expand=changelog"
	if err := r.ask(ctx, "the change log of "+f.Key, http.MethodGet, path, nil, &answer); err != nil {
		return err
	}
	if answer.Changelog != nil {
		f.Changelog = answer.Changelog
	}
	return nil
}

// fetchAll pages through the comments or work logs of an issue. It returns those there are, each once, and the number
// that the server says there are; a server that ignores the offset gives all at once.
func fetchAll[Page, Entry any](ctx context.Context, r *reader, key, what string, entries func(Page) ([]Entry, int), id func(Entry) string) ([]Entry, int, error) {
	var all []Entry
	seen := map[string]bool{}
	for start := 0; ; {
		var page Page
		path := fmt.Sprintf("rest/api/2/issue/%s/%s?startAt=%d&maxResults=%d", url.PathEscape(key), what, start, detailPage)
		if err := r.ask(ctx, fmt.Sprintf("the %ss of %s", what, key), http.MethodGet, path, nil, &page); err != nil {
			return nil, 0, err
		}
		found, total := entries(page)
		before := len(all)
		for _, entry := range found {
			if !seen[id(entry)] {
				seen[id(entry)] = true
				all = append(all, entry)
			}
		}
		start += len(found)
		if len(all) == before || len(all) >= total || len(all) >= maxActs {
			return all, total, nil
		}
	}
}
