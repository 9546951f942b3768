package report

type taskExplanationView struct {
	Task    taskView         `json:"task"`
	Tickets []ticketLineView `json:"tickets"`
	Omitted int              `json:"omitted"`
}

type ticketLineView struct {
	Key     text        `json:"key"`
	Summary text        `json:"summary"`
	Time    timestamp   `json:"time"`
	Person  *personView `json:"person"`
	Reason  text        `json:"reason"`
}

type ticketExplanationView struct {
	Key      text       `json:"key"`
	Summary  text       `json:"summary"`
	Task     text       `json:"task"`
	TaskName text       `json:"task_name"`
	PlacedBy text       `json:"placed_by"`
	System   text       `json:"system"`
	Counts   bool       `json:"counts"`
	Verdict  text       `json:"verdict"`
	Deeds    []deedView `json:"deeds"`
}

type deedView struct {
	Person *personView `json:"person"`
	Points decimal     `json:"points"`
	Reason text        `json:"reason"`
}

func (e Explanation) taskView() *taskExplanationView {
	task := e.Task.Task
	task.Runbook = -1 // an explanation has no table of procedures, only the path
	view := &taskExplanationView{Task: taskViewOf(e.People, nil, &task), Tickets: []ticketLineView{}, Omitted: e.Task.Omitted}
	view.Task.Runbook = text(e.Task.Runbook)
	for _, line := range e.Task.Tickets {
		view.Tickets = append(view.Tickets, ticketLineView{text(line.Key), text(line.Summary), timestamp(line.Time), personViewOf(e.People, line.Person), text(line.Reason)})
	}
	return view
}

func (e Explanation) ticketView() *ticketExplanationView {
	t := e.Ticket
	view := &ticketExplanationView{
		text(t.Key), text(t.Summary), text(t.Task), text(t.TaskName), text(t.PlacedBy), text(t.System), t.Counts, text(t.Verdict), []deedView{},
	}
	for _, d := range t.Deeds {
		view.Deeds = append(view.Deeds, deedView{personViewOf(e.People, d.Person), decimal(d.Points), text(d.Reason)})
	}
	return view
}
