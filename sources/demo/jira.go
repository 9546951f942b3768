package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// The shapes of Jira's REST interface, as far as an export has them.
type (
	jiraUser struct {
		Name         string `json:"name"`
		Key          string `json:"key"`
		EmailAddress string `json:"emailAddress,omitempty"`
		DisplayName  string `json:"displayName"`
		Active       bool   `json:"active"`
		TimeZone     string `json:"timeZone"`
	}
	jiraName struct {
		ID   string `json:"id,omitempty"`
		Key  string `json:"key,omitempty"`
		Name string `json:"name"`
	}
	jiraIssue struct {
		ID        string        `json:"id"`
		Key       string        `json:"key"`
		Fields    jiraFields    `json:"fields"`
		Changelog jiraHistories `json:"changelog"`
	}
	jiraFields struct {
		Project        jiraName         `json:"project"`
		IssueType      jiraName         `json:"issuetype"`
		Summary        string           `json:"summary"`
		Description    string           `json:"description"`
		Status         jiraStatus       `json:"status"`
		Resolution     *jiraName        `json:"resolution"`
		ResolutionDate *string          `json:"resolutiondate"`
		Created        string           `json:"created"`
		Updated        string           `json:"updated"`
		Priority       jiraName         `json:"priority"`
		Labels         []string         `json:"labels"`
		Components     []jiraName       `json:"components"`
		Assignee       *jiraUser        `json:"assignee"`
		Reporter       *jiraUser        `json:"reporter"`
		Creator        *jiraUser        `json:"creator"`
		RequestType    *jiraRequestType `json:"customfield_10010,omitempty"`
		Worklog        jiraWorklogs     `json:"worklog"`
		Comment        jiraComments     `json:"comment"`
	}
	jiraStatus struct {
		Name           string       `json:"name"`
		StatusCategory jiraCategory `json:"statusCategory"`
	}
	jiraCategory struct {
		Key  string `json:"key"`
		Name string `json:"name"`
	}
	jiraRequestType struct {
		RequestType jiraName `json:"requestType"`
	}
	jiraPage struct {
		StartAt    int `json:"startAt"`
		MaxResults int `json:"maxResults"`
		Total      int `json:"total"`
	}
	jiraWorklogs struct {
		jiraPage
		Worklogs []jiraWorklog `json:"worklogs"`
	}
	jiraWorklog struct {
		ID               string    `json:"id"`
		Author           *jiraUser `json:"author"`
		UpdateAuthor     *jiraUser `json:"updateAuthor"`
		Comment          string    `json:"comment"`
		Created          string    `json:"created"`
		Updated          string    `json:"updated"`
		Started          string    `json:"started"`
		TimeSpent        string    `json:"timeSpent"`
		TimeSpentSeconds int32     `json:"timeSpentSeconds"`
	}
	jiraComments struct {
		jiraPage
		Comments []jiraComment `json:"comments"`
	}
	jiraComment struct {
		ID           string    `json:"id"`
		Author       *jiraUser `json:"author"`
		UpdateAuthor *jiraUser `json:"updateAuthor"`
		Body         string    `json:"body"`
		Created      string    `json:"created"`
		Updated      string    `json:"updated"`
	}
	jiraHistories struct {
		jiraPage
		Histories []jiraHistory `json:"histories"`
	}
	jiraHistory struct {
		ID      string     `json:"id"`
		Author  *jiraUser  `json:"author"`
		Created string     `json:"created"`
		Items   []jiraItem `json:"items"`
	}
	jiraItem struct {
		Field      string  `json:"field"`
		FieldType  string  `json:"fieldtype"`
		From       *string `json:"from"`
		FromString *string `json:"fromString"`
		To         *string `json:"to"`
		ToString   *string `json:"toString"`
	}
)

// projectKey is the project of all tickets.
const projectKey = "OPS"

// portal is the account that customers' requests and scheduled work arrive by.
var portal = &jiraUser{Name: "portal", Key: "portal", DisplayName: "Service Desk Portal", Active: true, TimeZone: "Etc/UTC"}

// writeTickets writes the export as lines, in the order of the keys.
func (o *organisation) writeTickets(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	users := map[*person]*jiraUser{}
	for _, p := range o.people {
		users[p] = &jiraUser{
			Name: p.tracker.Account, Key: p.tracker.Account, EmailAddress: p.tracker.Address,
			DisplayName: p.tracker.Name, Active: p.leaves.IsZero(), TimeZone: "Europe/Stockholm",
		}
	}
	for i := range o.tickets {
		written := issueWriter{ticket: &o.tickets[i], users: users, number: i + 1, choose: newChooserAt(o.tickets[i].text, 4)}
		if err := encoder.Encode(written.issue()); err != nil {
			return fmt.Errorf("write ticket %s: %w", ticketKey(i), err)
		}
	}
	return nil
}

func ticketKey(index int) string { return fmt.Sprintf("%s-%d", projectKey, index+1) }

func jiraTime(seconds int64) string {
	return time.Unix(seconds, 0).UTC().Format("2006-01-02T15:04:05.000-0700")
}

var resolutions = map[outcome]jiraName{
	done:       {ID: "1", Name: "Done"},
	bulkClosed: {ID: "1", Name: "Done"},
	duplicate:  {ID: "3", Name: "Duplicate"},
	wontDo:     {ID: "2", Name: "Won't Do"},
}

func (k *kind) requestType() *jiraRequestType {
	if k.placing != byRequestType {
		return nil
	}
	return &jiraRequestType{jiraName{Name: k.name}}
}
