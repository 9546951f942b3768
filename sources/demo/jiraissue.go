package demo

import "fmt"

// issueWriter turns the plan of a ticket into the record that a tracker would have of it.
type issueWriter struct {
	*ticket
	users  map[*person]*jiraUser
	number int
	choose *chooser
	record jiraIssue
	last   int64 // time of the newest entry
	ids    int
}

func (w *issueWriter) issue() *jiraIssue {
	i := &w.record
	i.ID, i.Key = fmt.Sprint(100_000+w.number), ticketKey(w.number-1)
	f := &i.Fields
	f.Project = jiraName{ID: "10000", Key: projectKey, Name: "Operations"}
	f.IssueType = jiraName{Name: w.kind.issueType}
	f.Summary, f.Description = w.summary(), w.description()
	f.Created, f.Priority = jiraTime(w.created), w.priority()
	f.Labels, f.Components = []string{}, []jiraName{}
	if !w.noComponent && w.kind.placing != byTemplate {
		f.Components = append(f.Components, jiraName{Name: w.kind.service.id})
	}
	f.Reporter, f.Creator = portal, portal
	f.RequestType = w.kind.requestType()
	f.Worklog.Worklogs, f.Comment.Comments = []jiraWorklog{}, []jiraComment{}
	i.Changelog.Histories = []jiraHistory{}
	w.last = w.created
	w.history()
	f.Updated = jiraTime(w.last)
	f.Worklog.jiraPage = pageOf(len(f.Worklog.Worklogs))
	f.Comment.jiraPage = pageOf(len(f.Comment.Comments))
	i.Changelog.jiraPage = pageOf(len(i.Changelog.Histories))
	return i
}

func pageOf(n int) jiraPage { return jiraPage{MaxResults: n, Total: n} }

func (w *issueWriter) priority() jiraName {
	switch {
	case w.escalated, w.kind.class == "urgent":
		return jiraName{ID: "1", Name: "Highest"}
	}
	return jiraName{ID: "3", Name: "Medium"}
}

// history is what happened to the ticket, in the change log, comments and work logs.
func (w *issueWriter) history() {
	f := &w.record.Fields
	f.Status = jiraStatus{"Open", jiraCategory{"new", "To Do"}}
	if w.outcome == bulkClosed {
		w.resolve(w.doer, w.resolved, "Open")
		return
	}
	if w.doer == nil {
		return
	}
	members := w.kind.service.cell.members
	closer := members[bulkCloser]
	begun := w.created + 60 + int64(w.choose.next(1800))
	var holder *person
	if w.reassigned {
		holder = members[onCall[w.choose.next(len(onCall))]]
		w.assign(closer, nil, holder, begun)
		begun += 600 + int64(w.choose.next(3600))
	}
	if w.outcome == open {
		begun = min(begun, lastDay.Unix())
		w.assign(closer, holder, w.doer, max(begun, w.last))
		return
	}
	begun = min(begun, w.resolved-240)
	w.assign([]*person{closer, w.doer}[w.choose.next(2)], holder, w.doer, max(begun, w.last))
	started := max(w.last+60, w.resolved-int64(w.seconds))
	w.change(w.doer, min(started, w.resolved-60), transition("status", "1", "Open", "3", "In Progress"))
	if w.escalated {
		w.change(w.doer, w.last+30, transition("priority", "3", "Medium", "1", "Highest"))
	}
	w.work()
	w.resolve(w.doer, max(w.resolved, w.last), "In Progress")
	if w.wrongAssignee {
		w.assign(closer, w.doer, closer, w.last+3600)
	}
}

// work is what the doer says and books, and what goes wrong on the way.
func (w *issueWriter) work() {
	f := &w.record.Fields
	at := max(w.resolved-30, w.last)
	if w.reopened {
		first := max(w.last+20, w.resolved-30*3600)
		w.change(w.doer, first, transition("status", "3", "In Progress", "6", "Done"), transition("resolution", "", "", "1", "Done"))
		w.changeBy(portal, first+3600, transition("status", "6", "Done", "4", "Reopened"), transition("resolution", "1", "Done", "", ""))
		w.change(w.doer, first+7200, transition("status", "4", "Reopened", "3", "In Progress"))
		at = max(at, w.last)
	}
	if w.outcome != done {
		return
	}
	user := w.users[w.doer]
	if text := w.closingComment(); text != "" {
		w.last = at
		f.Comment.Comments = append(f.Comment.Comments, jiraComment{w.id(), user, user, text, jiraTime(at), jiraTime(at)})
	}
	if w.choose.next(3) > 0 || w.wrongAssignee {
		w.last = at
		minutes := (w.seconds + 59) / 60
		f.Worklog.Worklogs = append(f.Worklog.Worklogs, jiraWorklog{
			ID: w.id(), Author: user, UpdateAuthor: user, Created: jiraTime(at), Updated: jiraTime(at), Started: jiraTime(at - int64(w.seconds)),
			TimeSpent: fmt.Sprintf("%dm", minutes), TimeSpentSeconds: minutes * 60,
		})
	}
}

func (w *issueWriter) id() string {
	w.ids++
	return fmt.Sprint(w.number*20 + w.ids)
}

func (w *issueWriter) resolve(by *person, at int64, from string) {
	f := &w.record.Fields
	resolution := resolutions[w.outcome]
	statuses := map[string]string{"Open": "1", "In Progress": "3"}
	w.change(by, at, transition("status", statuses[from], from, "6", "Done"), transition("resolution", "", "", resolution.ID, resolution.Name))
	date := jiraTime(at)
	f.Resolution, f.ResolutionDate = &resolution, &date
	f.Status = jiraStatus{"Done", jiraCategory{"done", "Done"}}
}

func (w *issueWriter) assign(by, from, to *person, at int64) {
	item := jiraItem{Field: "assignee", FieldType: "jira", To: &w.users[to].Key, ToString: &w.users[to].DisplayName}
	if from != nil {
		item.From, item.FromString = &w.users[from].Key, &w.users[from].DisplayName
	}
	w.change(by, at, item)
	w.record.Fields.Assignee = w.users[to]
}

func (w *issueWriter) change(by *person, at int64, items ...jiraItem) {
	w.changeBy(w.users[by], at, items...)
}

func (w *issueWriter) changeBy(by *jiraUser, at int64, items ...jiraItem) {
	w.last = max(at, w.last)
	w.record.Changelog.Histories = append(w.record.Changelog.Histories, jiraHistory{w.id(), by, jiraTime(w.last), items})
}

func transition(field, from, fromString, to, toString string) jiraItem {
	item := jiraItem{Field: field, FieldType: "jira"}
	if fromString != "" {
		item.From, item.FromString = &from, &fromString
	}
	if toString != "" {
		item.To, item.ToString = &to, &toString
	}
	return item
}
