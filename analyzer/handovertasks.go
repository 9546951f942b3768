package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/practice"
	"keyperson/sources"
)

// listTasks lists the recurring tasks that the leaver does, or did when the handover began, those that stop without them
// first.
func (h *handing) listTasks() {
	for i := range h.before.Tasks {
		t, after := &h.before.Tasks[i], &h.after.Tasks[i]
		begun := h.question.Begun.task(t.ID)
		at := slices.IndexFunc(t.Executors, func(e Executor) bool { return e.Person == h.Leaver })
		if begun == nil && (!h.isOurs(t) || !t.Enough || t.Dormant || at < 0) {
			continue
		}
		task := HandoverTask{
			Task: t.ID, Name: t.Name, Executions: t.Executions, Recent: t.Recent, Stops: t.Enough && after.RiskNow >= stopsAt, RiskAfter: after.RiskNow,
			Maturity: t.Maturity, Nearest: -1, Hours: t.hoursOf(), IsJudgement: t.Routineness.Value < routineFrom,
		}
		task.StoppedAtStart = task.Stops && !h.HasBegun || begun != nil && begun.Stops
		if begun == nil && !task.Stops && t.Executors[at].Share == 0 && t.Executors[at].Capability == InTraining {
			continue // they once did it, and others do it now
		}
		if t.Runbook >= 0 {
			task.Runbook = h.before.Runbooks[t.Runbook].Path
		}
		if h.Due.After(h.AsOf) {
			task.Chances = float64(t.Recent) * h.Due.Sub(h.AsOf).Hours() / 24 / 365
		}
		h.Tasks = append(h.Tasks, task)
	}
	slices.SortStableFunc(h.Tasks, func(a, b HandoverTask) int {
		if a.Stops != b.Stops {
			if a.Stops {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Recent, a.Recent), cmp.Compare(a.Task, b.Task))
	})
}

// taskOf is the assessed task of a row.
func (h *handing) taskOf(row *HandoverTask) *Task {
	return &h.before.Tasks[slices.IndexFunc(h.before.Tasks, func(t Task) bool { return t.ID == row.Task })]
}

// executorOf is what someone has done of a task; false for nothing.
func (t *Task) executorOf(person int) (Executor, bool) {
	if i := slices.IndexFunc(t.Executors, func(e Executor) bool { return e.Person == person }); i >= 0 {
		return t.Executors[i], true
	}
	return Executor{}, false
}

// showPractice names for each task who has practised it most beside the leaver, of the successors.
func (h *handing) showPractice() {
	for i := range h.Tasks {
		task, most := &h.Tasks[i], 0.0
		of := h.taskOf(task)
		for _, person := range h.ranked {
			index := h.roster.index(person)
			if e, hasDone := of.executorOf(index); hasDone && e.Practice > most {
				most, task.Nearest = e.Practice, index
			}
		}
	}
}

// showProof finds when successors did each task last, before the handover began and since, and whether that proves that one of
// them can: for routine work once by the manual; for judgement twice of late, at least once of it since the start. What is
// proven stays so however time goes on.
func (h *handing) showProof() {
	citing := h.executionsByRunbook(append(h.byTickets(h.x), h.citingCommits()...))
	for i := range h.Tasks {
		task := &h.Tasks[i]
		kind := &h.kinds[slices.IndexFunc(h.kinds, func(k kindOfWork) bool { return k.kind.ID == task.Task })]
		lately := map[uint32]float64{} // executions by successors, those before the start by how much they counted then
		for _, ticket := range kind.done {
			done := Execution{Ticket: ticket, Person: h.x.fates[ticket].person, Time: h.x.fates[ticket].time}
			h.note(&task.Before, &task.Since, &done)
			ageDays := max(0, float64(h.Start.Unix()-done.Time)/secondsPerDay)
			if lately[done.Person] += practice.Recent([]float64{ageDays}, h.options.TaskHalfLifeDays); task.IsJudgement && lately[done.Person] >= runsByOthers {
				h.note(nil, &task.Proven, &done)
			}
		}
		for _, runbook := range kind.runbooks {
			for j := range citing[runbook] {
				h.note(&task.Before, &task.Since, &citing[runbook][j])
				if !task.IsJudgement {
					h.note(nil, &task.Proven, &citing[runbook][j])
				}
			}
		}
	}
}

// note keeps what a successor did where it is the newest, before the start or since.
func (h *handing) note(before, since **Shown, done *Execution) {
	newest := since
	if done.Time < h.Start.Unix() {
		newest = before
	}
	if newest == nil || !slices.Contains(h.ranked, done.Person) || *newest != nil && (*newest).Time.Unix() >= done.Time {
		return
	}
	shown := Shown{Person: h.roster.index(done.Person), Time: timeOf(done.Time)}
	if done.Ticket != sources.None {
		shown.Reference = h.evidence.Tickets[done.Ticket].Key
	} else {
		shown.Reference = h.evidence.Events[done.Event].Reference
	}
	*newest = &shown
}

// fillMatrix says who knows what: the leaver, then the successors.
func (h *handing) fillMatrix() {
	for _, person := range append([]uint32{h.leaver}, h.ranked...) {
		row := Capabilities{Person: h.roster.index(person)}
		for i := range h.Tasks {
			e, hasDone := h.taskOf(&h.Tasks[i]).executorOf(row.Person)
			if !hasDone {
				e.Capability = Untrained
			}
			row.Of = append(row.Of, e.Capability)
		}
		for i := range h.Clusters {
			row.Of = append(row.Of, h.capability(person, &h.Clusters[i]))
		}
		h.Knows = append(h.Knows, row)
	}
}

// capability tells from the history of files how far someone can look after them: who knows half of what changes there
// can do it alone; who reviewed what others changed there besides can teach it; who wrote or changed anything there within
// the activity window is in training.
func (h *handing) capability(person uint32, c *KnowledgeCluster) Capability {
	known, weight := 0.0, 0.0
	reviews, isRecent := false, false
	for _, file := range c.files {
		share := h.graph.ChangeWeightOf(file)
		weight += share
		if h.knows(person, file) {
			known += share
		}
		for _, contribution := range h.graph.ContributionsOf(file) {
			if contribution.Person != person || contribution.Familiarity == 0 {
				continue
			}
			isRecent = isRecent || h.graph.Time(contribution.Event) >= h.window
			reviews = reviews || contribution.Kind == sources.Reviewed
		}
	}
	switch isAlone := known > 0 && 2*known >= weight; {
	case isAlone && reviews:
		return Teaches
	case isAlone:
		return Alone
	case isRecent:
		return InTraining
	}
	return Untrained
}
