package analyzer

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// listTasks lists the recurring tasks that the leaver does, those that stop without them first.
func (h *handing) listTasks() {
	for i := range h.before.Tasks {
		t := &h.before.Tasks[i]
		at := slices.IndexFunc(t.Executors, func(e Executor) bool { return e.Person == h.Leaver })
		if !h.isOurs(t) || !t.Enough || t.Dormant || at < 0 {
			continue
		}
		after := &h.after.Tasks[i]
		task := HandoverTask{
			Task: t.ID, Name: t.Name, Executions: t.Executions, Recent: t.Recent, Stops: after.RiskNow >= stopsAt, RiskAfter: after.RiskNow,
			Maturity: t.Maturity, Nearest: -1, Hours: t.HandlingHours, IsJudgement: t.Routineness.Value < routineFrom,
		}
		if !task.Stops && t.Executors[at].Share == 0 && t.Executors[at].Capability == InTraining {
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

// showPractice names for each task who has practised it most beside the leaver, of the successors, and whether one of these
// has done it by its runbook.
func (h *handing) showPractice() {
	byRunbook := map[string]map[uint32]bool{}
	for _, done := range append(h.byTickets(h.x), h.citingCommits()...) {
		for _, runbook := range done.Runbooks {
			thing := &h.evidence.Things[h.evidence.Runbooks[runbook].Thing]
			if byRunbook[thing.Path] == nil {
				byRunbook[thing.Path] = map[uint32]bool{}
			}
			byRunbook[thing.Path][done.Person] = true
		}
	}
	for i := range h.Tasks {
		task := &h.Tasks[i]
		of := h.taskOf(task)
		most := 0.0
		for _, person := range h.ranked {
			index := h.roster.index(person)
			if e, hasDone := of.executorOf(index); hasDone {
				if e.Practice > most {
					most, task.Nearest, task.DoneByNearest = e.Practice, index, e.Practice >= canAlone
				}
				task.Practised = task.Practised || task.Runbook != "" && byRunbook[task.Runbook][person]
			}
		}
	}
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
