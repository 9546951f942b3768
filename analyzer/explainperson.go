package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/analyzer/practice"
)

func (w *work) explainPerson(x *Explanation, person uint32) {
	known := &w.people.Persons[person]
	p := &PersonExplanation{Person: w.roster.index(person)}
	for _, identity := range known.Identities {
		seen := &w.evidence.Identities[identity]
		p.Identities = append(p.Identities, seen.Written())
	}
	slices.Sort(p.Identities)
	for _, merge := range w.people.Merges {
		if merge.Person == person {
			a, b := &w.evidence.Identities[merge.A], &w.evidence.Identities[merge.B]
			p.Merges = append(p.Merges, a.Written()+" and "+b.Written()+": "+merge.Reason)
		}
	}
	for system, files := range w.graph.SystemFiles {
		if s, ok := w.systemOfPerson(uint32(system), files, person); ok {
			p.Systems = append(p.Systems, s)
		}
	}
	slices.SortFunc(p.Systems, func(a, b PersonSystem) int {
		return cmp.Or(cmp.Compare(b.UncoveredWithout-b.UncoveredNow, a.UncoveredWithout-a.UncoveredNow), cmp.Compare(a.System, b.System))
	})
	w.addWork(p, person)
	x.Person = p
}

// systemOfPerson says what a system would lose with a person; false where that is nothing.
func (w *work) systemOfPerson(system uint32, files []uint32, person uint32) (PersonSystem, bool) {
	held := w.graph.FamiliarityWith(files)
	i := slices.IndexFunc(held, func(h graph.Held) bool { return h.Person == person })
	if i < 0 || held[i].Familiarity == 0 {
		return PersonSystem{}, false
	}
	c := w.coverageOf(files)
	s := PersonSystem{
		System: w.systems.Systems[system].ID, UncoveredNow: c.Uncovered(), UncoveredWithout: c.Uncovered(person),
		LastSeen: timeOf(held[i].LastSeen),
	}
	for _, file := range files {
		if w.isOnlyCoveredBy(person, file) {
			s.FilesOnlyTheirs++
		}
	}
	return s, s.UncoveredWithout > s.UncoveredNow || s.FilesOnlyTheirs > 0
}

// mostlyOne is the share of what was done from which on one person is the main doer.
const mostlyOne = 0.5

// addWork lists the recurring work and the procedures that hang on a person.
func (w *work) addWork(p *PersonExplanation, person uint32) {
	done := w.executed()
	a := &Assessment{Runbooks: w.assessRunbooks(w.byTickets(done))}
	w.assessTasks(a, done)
	for i := range a.Tasks {
		if task, ok := taskOfPerson(a, &a.Tasks[i], p.Person); ok {
			p.Tasks = append(p.Tasks, task)
		}
	}
	byRunbook := w.executionsByRunbook(append(w.citingCommits(), w.byTickets(done)...))
	for i := range a.Runbooks {
		if runbook, ok := runbookOfPerson(&a.Runbooks[i], byRunbook[i], p.Person, person); ok {
			p.Runbooks = append(p.Runbooks, runbook)
		}
	}
	slices.SortFunc(p.Runbooks, func(a, b PersonRunbook) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Repository, b.Repository))
	})
}

// taskOfPerson says how a task hangs on a person; false where others do most of it and can go on without them.
func taskOfPerson(a *Assessment, t *Task, listed int) (PersonTask, bool) {
	if !t.Enough || t.Dormant {
		return PersonTask{}, false
	}
	doer := slices.IndexFunc(t.Executors, func(e Executor) bool { return e.Person == listed })
	task := PersonTask{
		ID: t.ID, Name: t.Name, System: t.System, Counted: t.Counted, Maturity: t.Maturity,
		Stops: t.StopsWithout && t.TopPerson == listed, Nobody: t.RiskNow >= stopsAt,
	}
	if doer >= 0 {
		task.Share = t.Executors[doer].Share
	}
	if t.Runbook >= 0 {
		task.Runbook = a.Runbooks[t.Runbook].Path
	}
	return task, task.Stops || task.Share > mostlyOne
}

// runbookOfPerson says how a procedure hangs on a person; false where others wrote it too or have run it.
func runbookOfPerson(r *Runbook, executions []Execution, listed int, person uint32) (PersonRunbook, bool) {
	runbook := PersonRunbook{
		Repository: r.Repository, Path: r.Path, Maturity: r.Maturity, Executions: len(executions),
		OnlyAuthor: len(r.Authors) == 1 && r.Authors[0] == listed,
	}
	own := 0
	for i := range executions {
		if executions[i].Person == person {
			own++
		}
	}
	if len(executions) > 0 {
		runbook.Share = float64(own) / float64(len(executions))
	}
	isMainDoer := len(executions) >= practice.LeastExecutions && runbook.Share > mostlyOne
	return runbook, isMainDoer || runbook.OnlyAuthor && r.OtherExecutions == 0
}
