package jira

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// issue is what is read of an issue in the shape of Jira's REST interface. The types of go-jira are not used for it:
// they hide whether comments, work logs and the change log are whole.
type issue struct {
	ID        flexible   `json:"id"`
	Key       string     `json:"key"`
	Self      string     `json:"self"`
	Fields    *fields    `json:"fields"`
	Changelog *changelog `json:"changelog"`
}

type fields struct {
	Summary        string   `json:"summary"`
	Description    richText `json:"description"`
	IssueType      named    `json:"issuetype"`
	Project        named    `json:"project"`
	Status         named    `json:"status"`
	Resolution     named    `json:"resolution"`
	Priority       named    `json:"priority"`
	Components     []named  `json:"components"`
	Labels         []string `json:"labels"`
	Created        string   `json:"created"`
	Updated        string   `json:"updated"`
	ResolutionDate string   `json:"resolutiondate"`
	Reporter       *user    `json:"reporter"`
	Creator        *user    `json:"creator"`
	Assignee       *user    `json:"assignee"`
	Comments       comments `json:"comment"`
	WorkLogs       workLogs `json:"worklog"`
}

// named is anything Jira shows by name; some exports write the name alone.
type named struct{ Key, Name string }

func (n *named) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &n.Name)
	}
	var object struct {
		Key   string `json:"key"`
		Name  string `json:"name"`
		Value string `json:"value"` // of choice fields
	}
	if err := json.Unmarshal(data, &object); err != nil {
		return err
	}
	if object.Name == "" {
		object.Name = object.Value
	}
	*n = named{object.Key, object.Name}
	return nil
}

// UnmarshalJSON takes a user as an object, or as the bare handle that some exports write.
func (u *user) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &u.Name)
	}
	type plain user
	return json.Unmarshal(data, (*plain)(u))
}

type comments struct {
	Comments   []comment `json:"comments"`
	MaxResults int       `json:"maxResults"`
	Total      int       `json:"total"`
}

type comment struct {
	ID      string   `json:"id"`
	Author  *user    `json:"author"`
	Body    richText `json:"body"`
	Created string   `json:"created"`
}

type workLogs struct {
	WorkLogs   []workLog `json:"worklogs"`
	MaxResults int       `json:"maxResults"`
	Total      int       `json:"total"`
}

type workLog struct {
	ID               string   `json:"id"`
	Author           *user    `json:"author"`
	Comment          richText `json:"comment"`
	Started          string   `json:"started"`
	Created          string   `json:"created"`
	TimeSpentSeconds int64    `json:"timeSpentSeconds"`
}

type changelog struct {
	Histories []change `json:"histories"`
	Total     int      `json:"total"`
}

type change struct {
	ID      flexible     `json:"id"`
	Author  *user        `json:"author"`
	Created flexible     `json:"created"`
	Items   []changeItem `json:"items"`
}

type changeItem struct {
	Field      string   `json:"field"`
	FieldID    string   `json:"fieldId"`
	From       flexible `json:"from"`
	FromString flexible `json:"fromString"`
	To         flexible `json:"to"`
	ToString   flexible `json:"toString"`
}

// flexible is a text that some versions write as a number.
type flexible string

func (f *flexible) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '"':
		return json.Unmarshal(data, (*string)(f))
	case '{', '[': // no text, whatever it is
		return nil
	case 'n': // null
		*f = ""
		return nil
	}
	*f = flexible(data)
	return nil
}

// decodeIssue reads one issue. requestTypeField is the id of a custom field, or empty for the one that has the shape
// of a request type.
func decodeIssue(data []byte, requestTypeField string) (*issue, string, error) {
	var decoded issue
	if err := json.Unmarshal(data, &decoded); err != nil {
		return nil, "", explainJSON(data, err)
	}
	if decoded.Fields == nil {
		return nil, "", errNoIssue
	}
	if strings.TrimSpace(decoded.Key) == "" {
		return nil, "", errors.New(`an issue without "key"`)
	}
	if decoded.Fields.Created == "" {
		return nil, "", fmt.Errorf(`issue %s has no "created" among its fields`, shorten(decoded.Key))
	}
	requestType, err := decodeRequestType(data, requestTypeField)
	return &decoded, requestType, err
}

var errNoIssue = errors.New(`not an issue: it has no "fields"`)

// explainJSON adds the field that does not fit, which encoding/json knows by its path.
func explainJSON(data []byte, err error) error {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return fmt.Errorf("the field %q is a JSON %s, which does not belong there", wrongType.Field, wrongType.Value)
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := bytes.Count(data[:min(len(data), int(syntax.Offset))], []byte{'\n'})
		if line > 0 {
			return fmt.Errorf("not JSON, %d lines further: %w", line, err)
		}
		return fmt.Errorf("not JSON: %w", err)
	}
	return err
}

// decodeRequestType finds the customer request type, which is a custom field with an id of each site's own.
func decodeRequestType(data []byte, field string) (string, error) {
	if field == "" && !bytes.Contains(data, []byte(`"requestType"`)) || field != "" && !bytes.Contains(data, []byte(field)) {
		return "", nil
	}
	var custom struct {
		Fields map[string]json.RawMessage `json:"fields"`
	}
	if err := json.Unmarshal(data, &custom); err != nil {
		return "", explainJSON(data, err)
	}
	if field != "" {
		return requestTypeOf(custom.Fields[field]), nil
	}
	best, bestField := "", ""
	for id, raw := range custom.Fields { // the smallest id, should there be several
		if strings.HasPrefix(id, "customfield_") && bytes.Contains(raw, []byte(`"requestType"`)) && (bestField == "" || id < bestField) {
			best, bestField = requestTypeOf(raw), id
		}
	}
	return best, nil
}

// requestTypeOf reads a request type from the field's value: {"requestType": {"name": …}}, a choice, or a text.
func requestTypeOf(raw json.RawMessage) string {
	var wrapped struct {
		RequestType named `json:"requestType"`
	}
	if json.Unmarshal(raw, &wrapped) == nil && wrapped.RequestType.Name != "" {
		return wrapped.RequestType.Name
	}
	var plain named
	if len(raw) > 0 && json.Unmarshal(raw, &plain) == nil {
		return plain.Name
	}
	return ""
}
