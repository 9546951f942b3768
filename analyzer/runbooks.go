package analyzer

import (
	"cmp"
	"slices"
	"time"

	"keyperson/analyzer/runbooklint"
	"keyperson/sources"
)

// runbookState is what decides on the maturity of one runbook.
type runbookState struct {
	*sources.Runbook
	result       Runbook
	authors      map[uint32]time.Time // people with a substantive revision, and the last of each
	reviewers    map[uint32]bool      // people who reviewed a revision or confirmed the document
	outside      []outsideExecution   // by time
	lastChange   int64                // last large change of what it describes, seconds since 1970; 0 for none
	intervalDays float64
}

// outsideExecution is an execution by someone, or something, that did not write the runbook.
type outsideExecution struct {
	Execution
	isBot bool
}

// assessRunbooks says how far each runbook can be relied on. Executions are those of tickets; the commits that cite
// a runbook are added here.
func (w *work) assessRunbooks(executions []Execution) []Runbook {
	if len(w.evidence.Runbooks) == 0 {
		return nil
	}
	byRunbook := w.executionsByRunbook(append(w.citingCommits(), executions...))
	changes := w.largeChanges()
	assessed := make([]Runbook, len(w.evidence.Runbooks))
	for i := range w.evidence.Runbooks {
		assessed[i] = w.assessRunbook(uint32(i), byRunbook[i], changes).result
	}
	return assessed
}

// assessRunbook judges one runbook.
func (w *work) assessRunbook(index uint32, executions []Execution, changes largeChanges) *runbookState {
	r := &w.evidence.Runbooks[index]
	thing := &w.evidence.Things[r.Thing]
	s := &runbookState{
		Runbook: r, authors: map[uint32]time.Time{}, reviewers: map[uint32]bool{},
		lastChange: changes.of(index), intervalDays: cmp.Or(r.IntervalDays, w.options.RunbookIntervalDays),
		result: Runbook{
			Repository: w.evidence.Repositories[thing.Repository].Label, Path: thing.Path, Title: r.Title, Owner: r.Owner, Diagnosis: r.Diagnosis,
			Systems: w.systemsOfRunbook(r),
		},
	}
	w.addRevisions(s)
	w.addExecutions(s, executions)
	s.result.Lint, s.result.Scores = runbooklint.Check(r)
	for _, alert := range r.Alerts {
		s.result.Alerts = append(s.result.Alerts, alert.Name)
	}
	slices.Sort(s.result.Alerts)
	s.result.Alerts = slices.Compact(s.result.Alerts)
	s.result.Maturity, s.result.Missing = s.maturity(w.options.AsOf)
	return s
}

// systemsOfRunbook are the systems whose paths hold the document, and those that are configured to be its.
func (w *work) systemsOfRunbook(r *sources.Runbook) []string {
	ids := slices.Clone(r.Systems)
	for _, system := range w.systems.ByThing[r.Thing] {
		ids = append(ids, w.systems.Systems[system].ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// addRevisions counts what was done to the document, by commit, and who did it.
func (w *work) addRevisions(s *runbookState) {
	last := sources.None
	for _, revision := range s.Revisions {
		at := fromUnix(w.evidence.Events[revision.Event].Time)
		if at.After(w.options.AsOf) {
			continue
		}
		if revision.Event != last {
			s.result.Revisions++
			switch revision.Nature {
			case sources.Substantive:
				s.result.Substantive++
				s.result.LastSubstantive = later(s.result.LastSubstantive, at)
			case sources.ReviewBump:
				s.result.Bumps++
				s.result.LastReviewed = later(s.result.LastReviewed, at)
			}
		}
		last = revision.Event
		person := w.people.ByIdentity[revision.Person]
		if w.people.Persons[person].Kind != sources.Human {
			continue
		}
		switch {
		case revision.Kind == sources.Reviewed, revision.Kind == sources.Confirmed:
			s.reviewers[person] = true
		case revision.Nature == sources.Substantive:
			s.authors[person] = later(s.authors[person], at)
		}
	}
	if stated := fromUnix(s.Reviewed); s.Reviewed > 0 && !stated.After(w.options.AsOf) {
		s.result.LastReviewed = later(s.result.LastReviewed, stated)
	}
	s.result.LastReviewed = later(s.result.LastReviewed, s.result.LastSubstantive)
	s.result.Authors = w.mostRecent(s.authors)
}

// mostRecent lists people by when they were last seen, the latest first.
func (w *work) mostRecent(people map[uint32]time.Time) []int {
	var sorted []uint32
	for person := range people {
		sorted = append(sorted, person)
	}
	slices.SortFunc(sorted, func(a, b uint32) int {
		return cmp.Or(people[b].Compare(people[a]), cmp.Compare(a, b))
	})
	listed := make([]int, len(sorted))
	for i, person := range sorted {
		listed[i] = w.roster.index(person)
	}
	return listed
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// addExecutions counts the executions by people, and programs, who did not write the document.
func (w *work) addExecutions(s *runbookState, executions []Execution) {
	people := map[uint32]bool{}
	for _, execution := range executions {
		if _, isAuthor := s.authors[execution.Person]; isAuthor || execution.Time > w.options.AsOf.Unix() {
			continue
		}
		isBot := w.people.Persons[execution.Person].Kind != sources.Human
		s.outside = append(s.outside, outsideExecution{execution, isBot})
		if !isBot {
			people[execution.Person] = true
			s.result.OtherExecutions++
		}
	}
	s.result.OtherExecutors = len(people)
	slices.SortStableFunc(s.outside, func(a, b outsideExecution) int { return cmp.Compare(a.Time, b.Time) })
}

// byTickets are the tickets that cite a runbook, or hold a copied checklist of it, and were done: by a person, or by a
// program.
func (w *work) byTickets(x *executions) []Execution {
	var done []Execution
	for _, i := range x.seen {
		ticket, fate := &w.evidence.Tickets[i], x.fates[i]
		if len(ticket.Runbooks) == 0 || fate.omission != counted && fate.omission != byProgram {
			continue
		}
		done = append(done, Execution{
			Ticket: i, Event: sources.None, Person: fate.person, Time: fate.time, Runbooks: ticket.Runbooks, Escalated: ticket.Escalated > 0,
		})
	}
	return done
}

// citingCommits are the commits whose message cites a runbook, as executions by their author.
func (w *work) citingCommits() []Execution {
	cited := map[uint32][]uint32{}
	for _, mention := range w.evidence.Mentions {
		if mention.Kind == sources.DocumentMention && mention.Runbook != sources.None {
			cited[mention.Event] = append(cited[mention.Event], mention.Runbook)
		}
	}
	if len(cited) == 0 {
		return nil
	}
	var executions []Execution
	last := sources.None
	for i := range w.evidence.Records {
		record := &w.evidence.Records[i]
		if record.Event == last || record.Kind != sources.Authored || cited[record.Event] == nil {
			continue
		}
		last = record.Event
		runbooks := cited[record.Event]
		slices.Sort(runbooks)
		executions = append(executions, Execution{
			Ticket: sources.None, Event: record.Event, Person: w.people.ByIdentity[record.Person],
			Time: w.evidence.Events[record.Event].Time, Runbooks: slices.Compact(runbooks),
		})
	}
	return executions
}

func (w *work) executionsByRunbook(executions []Execution) [][]Execution {
	byRunbook := make([][]Execution, len(w.evidence.Runbooks))
	for _, execution := range executions {
		for _, runbook := range execution.Runbooks {
			byRunbook[runbook] = append(byRunbook[runbook], execution)
		}
	}
	return byRunbook
}

// AssessRunbooks is the part of Assess that is about runbooks, for whoever asks for nothing else: of the assessment
// only AsOf, People and Runbooks are set. Its errors are those of Assess.
func AssessRunbooks(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) (*Assessment, error) {
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	a := &Assessment{AsOf: options.AsOf.UTC(), Runbooks: w.assessRunbooks(w.byTickets(w.executed()))}
	a.People = w.roster.listed
	return a, nil
}
