package jira

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// maxSeen bounds the tickets that a cursor remembers; without their memory they are only read again.
const maxSeen = 2000

// cursor is how far a reading has come: every ticket last updated before Newest, less the overlap, has been saved.
type cursor struct {
	Scope  string           `json:"scope"`          // what was searched: a cursor of another search says nothing
	Newest int64            `json:"newest"`         // milliseconds since 1970
	Seen   map[string]int64 `json:"seen,omitempty"` // tickets within the overlap, with the version that was saved
	all    map[string]int64 // the same of every ticket of this reading
}

// parseCursor reads a cursor; one that is empty, damaged or of another search begins at the beginning.
func parseCursor(text, scope string) cursor {
	var c cursor
	if json.Unmarshal([]byte(text), &c) != nil || c.Scope != scope || c.Newest < 0 {
		c = cursor{Scope: scope}
	}
	if c.Seen == nil {
		c.Seen = map[string]int64{}
	}
	c.all = maps.Clone(c.Seen)
	return c
}

// scope names what a connection searches.
func (c *Connection) scope() string {
	projects := slices.Sorted(slices.Values(c.Projects))
	sum := sha256.Sum256([]byte(strings.Join([]string{c.URL, strings.Join(projects, ","), c.JQL, c.RequestTypeField}, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// since returns where to begin again.
func (c *cursor) since() time.Time {
	if c.Newest == 0 {
		return time.Time{}
	}
	return time.UnixMilli(c.Newest).Add(-overlap)
}

// saw notes a version of a ticket; false if that version or a newer one was seen before.
func (c *cursor) saw(key string, updated int64) bool {
	if before, known := c.all[key]; known && before >= updated {
		return false
	}
	c.all[key], c.Seen[key] = updated, updated
	c.Newest = max(c.Newest, updated)
	return true
}

// text returns the cursor as it is kept, remembering only the tickets that the next reading will meet again.
func (c *cursor) text() string {
	// The search goes by minutes, and back over a repeated hour.
	floor := time.UnixMilli(c.Newest).Add(-overlap - 3*time.Hour).UnixMilli()
	maps.DeleteFunc(c.Seen, func(_ string, updated int64) bool { return updated < floor })
	kept := cursor{Scope: c.Scope, Newest: c.Newest}
	if len(c.Seen) <= maxSeen {
		kept.Seen = c.Seen
	}
	data, err := json.Marshal(kept) // with its keys sorted
	if err != nil {
		return "" // unreachable: it holds nothing but texts and numbers
	}
	return string(data)
}
