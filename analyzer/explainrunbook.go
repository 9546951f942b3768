package analyzer

import (
	"cmp"
	"slices"
	"time"

	"keyperson/sources"
)

// RunbookExplanation is what stands behind the maturity of one runbook.
type RunbookExplanation struct {
	Runbook    Runbook
	Tasks      []CoveredTask      // whose best procedure it is, by ID
	Revisions  []RunbookRevision  // newest first, at most the limit asked for
	Executions []RunbookExecution // newest first, at most as many
	Omitted    int                // revisions and executions not listed
}

// CoveredTask is recurring work that is done by a runbook.
type CoveredTask struct {
	ID, Name string
	System   string // ID, empty where its tickets belong to none
}

// RunbookRevision is one person's part in one commit to a runbook.
type RunbookRevision struct {
	Time       time.Time
	Repository string // label
	Reference  string // commit id
	Person     int    // index into Explanation.People
	Kind       string // "wrote", "revised", "confirmed", "reviewed" …
	Nature     string // "substantive", "review bump" …
	Words      int    // added and removed
}

// RunbookExecution is one piece of work done by a runbook.
type RunbookExecution struct {
	Time      time.Time
	Reference string // ticket key, or commit id
	Person    int    // index into Explanation.People
	Wrote     bool   // the person is one of the runbook's authors
	Escalated bool
}

// explainRunbook explains the runbook that a file is; nil where it is none.
func (w *work) explainRunbook(thing uint32, limit int) *RunbookExplanation {
	index := slices.IndexFunc(w.evidence.Runbooks, func(r sources.Runbook) bool { return r.Thing == thing })
	if index < 0 {
		return nil
	}
	executed := w.executed()
	done := w.executionsByRunbook(append(w.citingCommits(), w.byTickets(executed)...))[index]
	state := w.assessRunbook(uint32(index), done, w.largeChanges())
	x := &RunbookExplanation{Runbook: state.result}
	w.addCoveredTasks(x, index, executed)
	for _, revision := range slices.Backward(w.evidence.Runbooks[index].Revisions) {
		event := &w.evidence.Events[revision.Event]
		x.Revisions = append(x.Revisions, RunbookRevision{
			Time: fromUnix(event.Time), Repository: w.evidence.Repositories[event.Repository].Label, Reference: event.Reference,
			Person: int(w.people.ByIdentity[revision.Person]), Kind: revision.Kind.String(), Nature: revision.Nature.String(), Words: revision.Words,
		})
	}
	slices.SortStableFunc(x.Revisions, func(a, b RunbookRevision) int { return b.Time.Compare(a.Time) })
	for _, execution := range done {
		_, wrote := state.authors[execution.Person]
		x.Executions = append(x.Executions, RunbookExecution{
			Time: fromUnix(execution.Time), Reference: w.referenceOf(execution), Person: int(execution.Person), Wrote: wrote, Escalated: execution.Escalated,
		})
	}
	slices.SortStableFunc(x.Executions, func(a, b RunbookExecution) int {
		return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.Reference, b.Reference))
	})
	if limit > 0 {
		x.Omitted = max(len(x.Revisions)-limit, 0) + max(len(x.Executions)-limit, 0)
		x.Revisions = x.Revisions[:min(len(x.Revisions), limit)]
		x.Executions = x.Executions[:min(len(x.Executions), limit)]
	}
	for i := range x.Revisions {
		x.Revisions[i].Person = w.roster.index(uint32(x.Revisions[i].Person))
	}
	for i := range x.Executions {
		x.Executions[i].Person = w.roster.index(uint32(x.Executions[i].Person))
	}
	return x
}

// addCoveredTasks names the tasks that have a runbook as their best procedure.
func (w *work) addCoveredTasks(x *RunbookExplanation, index int, executed *executions) {
	a := &Assessment{Runbooks: w.assessRunbooks(w.byTickets(executed))}
	w.assessTasks(a, executed)
	x.Runbook.Tasks = a.Runbooks[index].Tasks
	for _, id := range x.Runbook.Tasks {
		task := &a.Tasks[slices.IndexFunc(a.Tasks, func(t Task) bool { return t.ID == id })]
		x.Tasks = append(x.Tasks, CoveredTask{ID: id, Name: task.Name, System: task.System})
	}
}

// referenceOf is what an execution can be looked up by.
func (w *work) referenceOf(execution Execution) string {
	if execution.Ticket != sources.None {
		return w.evidence.Tickets[execution.Ticket].Key
	}
	return w.evidence.Events[execution.Event].Reference
}
