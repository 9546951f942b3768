package jira

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
)

// keysAPage is how many issues are listed at once; a server may give fewer.
const keysAPage = 1000

// Keys lists the keys of all issues there are, sorted: what a tracker that says what changed does not say is what was deleted
// or moved elsewhere. It asks for nothing else of them, so that a hundred thousand take a hundred requests. Errors are those
// of Fetch.
func Keys(ctx context.Context, connection Connection) ([]string, error) {
	connection.PageSize = max(connection.PageSize, keysAPage)
	reader, err := newReader(connection)
	if err != nil {
		return nil, err
	}
	defer reader.close()
	if err := reader.prepare(ctx); err != nil {
		return nil, err
	}
	reader.keys = map[string]bool{}
	if err := reader.search(ctx); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(reader.keys)), nil
}

// gather takes the keys off a page. An issue without one fails the whole: a list that lacks an issue says that it is gone.
func (r *reader) gather(page int, raw []json.RawMessage) error {
	for _, data := range raw {
		var only struct {
			Key string `json:"key"`
		}
		if err := json.Unmarshal(data, &only); err != nil {
			return &RequestError{What: r.pageName(page), Err: explainJSON(data, err)}
		}
		key := strings.TrimSpace(only.Key)
		if key == "" {
			return &RequestError{What: r.pageName(page), Err: errors.New("the server lists an issue without a key; try again later")}
		}
		r.keys[key] = true
	}
	return nil
}
