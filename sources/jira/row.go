package jira

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"keyperson/sources"
)

// row is one record of a table: the state of a ticket at one time.
type row struct {
	ticket   sources.Ticket
	updated  int64 // when this state was reached, 0 where the file does not say
	line     int
	comments []comment
	workLogs []workLog
	text     string
}

// row reads one record.
func (r *fileReading) row(layout columnLayout, record []string) (*row, error) {
	cells := func(what string) []string {
		var values []string
		for _, at := range layout.at[what] {
			if at < len(record) {
				if value := strings.TrimSpace(record[at]); value != "" && !r.nulls[value] {
					values = append(values, value)
				}
			}
		}
		return values
	}
	joined := func(what string) string { return strings.Clone(strings.Join(cells(what), " / ")) }
	key := joined(keyColumn)
	if key == "" {
		return nil, errors.New("a row without a key")
	}
	shared := func(what string) string { return r.once(joined(what)) }
	ticket := sources.Ticket{
		Key: key, ID: joined(idColumn), Project: shared(projectColumn), Type: shared(typeColumn), RequestType: shared(requestTypeColumn),
		Summary: joined(summaryColumn), Status: shared(statusColumn), Resolution: shared(resolutionColumn),
		Priority: shared(priorityColumn), Group: shared(groupColumn), Service: shared(serviceColumn),
		Components: r.values(cells(componentsColumn)), Labels: r.values(cells(labelsColumn)),
	}
	if ticket.Project == "" {
		ticket.Project = r.once(projectOf(named{}, key))
	}
	if strings.EqualFold(ticket.Resolution, "unresolved") {
		ticket.Resolution = ""
	}
	if err := r.numbers(&ticket, joined); err != nil {
		return nil, fmt.Errorf("%s: %w", shorten(key), err)
	}
	ticket.UsedProcedure = readAnswer(joined(usedProcedureColumn))
	ticket.Reporter = r.person(joined(reporterColumn), joined(reporterIDColumn))
	ticket.Assignee = r.person(joined(assigneeColumn), joined(assigneeIDColumn))
	ticket.Resolver = r.person(joined(resolverColumn), "")
	r.tables.note(joined(assigneeColumn), joined(resolverColumn))
	result := &row{ticket: ticket, updated: ticket.Updated, text: joined(descriptionColumn)}
	return result, r.entries(result, cells(commentColumn), cells(workLogColumn))
}

// numbers reads the dates and counts of a record.
func (r *fileReading) numbers(ticket *sources.Ticket, joined func(what string) string) error {
	for _, date := range []struct {
		what string
		to   *int64
	}{{createdColumn, &ticket.Created}, {updatedColumn, &ticket.Updated}, {resolvedColumn, &ticket.Resolved}} {
		seconds, err := r.clock.read(joined(date.what))
		if err != nil {
			return fmt.Errorf("%s: %w", date.what, err)
		}
		*date.to = seconds
	}
	if ticket.Created == 0 {
		return errors.New("no date of creation")
	}
	for _, count := range []struct {
		what string
		to   *int32
	}{{reassignedColumn, &ticket.Reassigned}, {reopenedColumn, &ticket.Reopened}, {escalatedColumn, &ticket.Escalated}} {
		number, err := readCount(joined(count.what))
		if err != nil {
			return fmt.Errorf("%s: %w", count.what, err)
		}
		*count.to = number
	}
	return nil
}

func (r *fileReading) values(cells []string) []string {
	var values []string
	for _, value := range cells {
		values = append(values, r.once(strings.Clone(value)))
	}
	return values
}

// person returns the identity of a cell: a name, a login or an address, beside it perhaps an account id.
func (r *fileReading) person(cell, id string) uint32 {
	switch {
	case cell == "" || strings.EqualFold(cell, "unassigned"):
		return sources.None
	case id != "":
		return r.people.of(&user{AccountID: id, DisplayName: cell})
	}
	index := r.people.handle(cell, "")
	if strings.Contains(cell, "@") && !strings.ContainsAny(cell, " <>") {
		r.people.fill(&r.people.identities[index], &user{EmailAddress: cell})
	}
	return index
}

// entries reads the cells that hold a comment ("date;author;text") or a work log ("text;date;author;seconds").
func (r *fileReading) entries(to *row, comments, workLogs []string) error {
	var plain strings.Builder // a record can have a hundred thousand comments: none is copied twice
	defer func() { to.text += plain.String() }()
	for i, cell := range comments {
		parts := strings.SplitN(cell, ";", 3)
		if len(parts) < 3 {
			plain.WriteString("\n" + cell)
			continue
		}
		if _, err := r.clock.read(parts[0]); err != nil {
			if len(r.options.Columns) == 0 && looksLikeDate(parts[0]) {
				return fmt.Errorf("comment %d of %s: %w", i+1, shorten(to.ticket.Key), err)
			}
			plain.WriteString("\n" + cell)
			continue
		}
		to.comments = append(to.comments, comment{
			Created: parts[0], Author: r.cellUser(parts[1]), Body: richText(strings.Clone(parts[2])),
		})
	}
	for i, cell := range workLogs {
		parts := strings.Split(cell, ";")
		if len(parts) < 4 {
			return fmt.Errorf(`work log %d of %s is not "text;date;author;seconds"`, i+1, shorten(to.ticket.Key))
		}
		n := len(parts)
		seconds, err := strconv.ParseInt(strings.TrimSpace(parts[n-1]), 10, 64)
		if err != nil {
			return fmt.Errorf("work log %d of %s: its last part is not a number of seconds", i+1, shorten(to.ticket.Key))
		}
		to.workLogs = append(to.workLogs, workLog{
			Started: strings.Clone(parts[n-3]), Author: r.cellUser(parts[n-2]), TimeSpentSeconds: seconds,
			Comment: richText(strings.Join(parts[:n-3], ";")),
		})
	}
	return nil
}

func (r *fileReading) cellUser(handle string) *user {
	if handle = strings.TrimSpace(handle); handle == "" {
		return nil
	}
	return &user{handle: strings.Clone(handle)}
}

// looksLikeDate says whether a text that cannot be read was still meant as a date.
func looksLikeDate(text string) bool {
	return len(text) >= 8 && len(text) <= 40 && strings.ContainsAny(text, "/.-") && strings.Count(text, ":") >= 1 && text[0] >= '0' && text[0] <= '9'
}

// readCount reads a number of times; -1 where there is none.
func readCount(text string) (int32, error) {
	if text == "" {
		return -1, nil
	}
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil || number < 0 {
		return 0, fmt.Errorf("%q is not a number of times", shorten(text))
	}
	return int32(number), nil
}

// readAnswer reads yes or no; any other text names the procedure that was used.
func readAnswer(text string) sources.Answer {
	switch strings.ToLower(text) {
	case "":
		return sources.Unknown
	case "false", "no", "n", "0", "nein", "いいえ":
		return sources.No
	}
	return sources.Yes
}
