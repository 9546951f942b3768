package report

import "keyperson/analyzer"

// View is the sheet for programs.
func (h Handover) View() any {
	view := handoverView{
		SchemaVersion: SchemaVersion, Report: "handover", AsOf: timestamp(h.AsOf), Due: timestamp(h.Due), Incomplete: h.Incomplete,
		System: text(h.System.ID), Leaver: personViewOf(h.People, h.Leaver), Verdict: text(h.Verdict), Strong: h.Strong, Done: h.Done(),
		Held: heldView{
			h.Held.Files, h.Held.Alone, decimal(h.Held.Weight), decimal(h.Held.AloneWeight), h.Held.Paths, h.Held.OnlyPaths,
		},
		Successors: []successorView{}, Clusters: []clusterView{}, Tasks: []handoverTaskView{}, Knows: []capabilitiesView{}, Open: []openEndView{},
		Steps: []stepView{}, Criteria: []criterionView{}, LoadCap: h.LoadCap, Hours: decimal(h.Hours.AtMost), HoursAtLeast: decimal(h.Hours.AtLeast), Assumed: h.Assumed, Findings: findingViews(h.Findings),
		Start: timestamp(h.Start), HasBegun: h.HasBegun, FromLastSeen: h.FromLastSeen,
	}
	if h.TooEarly != nil {
		view.TooEarlyDays = h.TooEarly.Days
	}
	for _, s := range h.Successors {
		view.Successors = append(view.Successors, successorView{
			personViewOf(h.People, s.Person), decimal(s.Score), text(s.Confidence), s.Strong, decimal(s.Covers), s.Tasks, texts(s.Reasons),
			s.Load.Before, s.Load.After, s.Load.OverCap,
		})
	}
	for _, c := range h.Clusters {
		view.Clusters = append(view.Clusters, clusterView{
			text(c.Name), c.Files, decimal(c.Weight), texts(c.Paths), personViewOf(h.People, c.Nearest), text(c.Reason), c.Touched,
			c.Alone, c.Before, h.shownView(c.Last),
		})
	}
	for _, t := range h.Tasks {
		view.Tasks = append(view.Tasks, handoverTaskView{
			text(t.Task), text(t.Name), t.Executions, t.Recent, t.Stops, decimal(t.RiskAfter), int(t.Maturity), text(t.Runbook),
			personViewOf(h.People, t.Nearest), t.Proven != nil && !t.IsJudgement, t.IsJudgement, mostHours(t.Hours), decimal(t.Chances),
			t.StoppedAtStart, h.shownView(t.Proven), h.shownView(t.Since), h.shownView(t.Before), leastHours(t.Hours),
		})
	}
	for _, k := range h.Knows {
		row := capabilitiesView{Person: personViewOf(h.People, k.Person), Of: []capabilityView{}}
		for i, c := range k.Of {
			row.Of = append(row.Of, capabilityView{text(h.subject(i)), i < len(h.Tasks), text(c)})
		}
		view.Knows = append(view.Knows, row)
	}
	for _, o := range h.Open {
		view.Open = append(view.Open, openEndView{text(o.Kind), text(o.Where), text(o.Text), text(o.Why)})
	}
	for _, s := range h.Steps {
		step := stepView{What: text(s.What), Who: []*personView{}, Hours: decimal(s.Hours.AtMost), AtLeast: decimal(s.Hours.AtLeast), Days: s.Days, By: timestamp(s.By), Why: text(s.Why)}
		for _, person := range s.Who {
			step.Who = append(step.Who, personViewOf(h.People, person))
		}
		view.Steps = append(view.Steps, step)
	}
	for _, c := range h.Criteria {
		view.Criteria = append(view.Criteria, criterionView{text(c.ID), text(c.Text), text(c.State), text(c.Detail)})
	}
	return view
}

// shownView is evidence for programs, nil for none.
func (h Handover) shownView(s *analyzer.Shown) *shownView {
	if s == nil {
		return nil
	}
	return &shownView{personViewOf(h.People, s.Person), timestamp(s.Time), text(s.Reference)}
}

type shownView struct {
	Person    *personView `json:"person"`
	Time      timestamp   `json:"time"`
	Reference text        `json:"reference"`
}

type handoverView struct {
	SchemaVersion int                `json:"schema_version"`
	Report        string             `json:"report"`
	AsOf          timestamp          `json:"as_of"`
	Due           timestamp          `json:"due"`
	Incomplete    bool               `json:"incomplete"`
	System        text               `json:"system"` // empty for everything
	Leaver        *personView        `json:"leaver"`
	Verdict       text               `json:"verdict"`
	Strong        bool               `json:"strong_successor"`
	Done          bool               `json:"done"`
	Held          heldView           `json:"held"`
	Successors    []successorView    `json:"successors"`
	Clusters      []clusterView      `json:"clusters"`
	Tasks         []handoverTaskView `json:"tasks"`
	Knows         []capabilitiesView `json:"knows"`
	Open          []openEndView      `json:"open_ends"`
	Steps         []stepView         `json:"steps"`
	Criteria      []criterionView    `json:"criteria"`
	LoadCap       int                `json:"load_cap"`
	Hours         decimal            `json:"hours"` // at most
	Findings      []findingView      `json:"findings"`
	Start         timestamp          `json:"start"` // from when on evidence is proof
	HasBegun      bool               `json:"has_begun"`
	FromLastSeen  bool               `json:"start_is_last_sign_of_leaver"`
	HoursAtLeast  decimal            `json:"hours_at_least"`
	Assumed       int                `json:"tasks_of_assumed_hours"`
	TooEarlyDays  int                `json:"due_too_early_days"` // then no step has a date
}

type heldView struct {
	Files       int     `json:"files"`
	Alone       int     `json:"files_alone"`
	Weight      decimal `json:"weight"`
	AloneWeight decimal `json:"weight_alone"`
	Paths       int     `json:"paths_ever"`
	OnlyPaths   int     `json:"paths_without_other_author"`
}

type successorView struct {
	Person     *personView `json:"person"`
	Score      decimal     `json:"share_of_ranking"`
	Confidence text        `json:"confidence"`
	Strong     bool        `json:"strong"`
	Covers     decimal     `json:"covers"`
	Tasks      int         `json:"tasks_alone"`
	Reasons    []text      `json:"reasons"`
	LoadBefore int         `json:"hanging_before"`
	LoadAfter  int         `json:"hanging_after"`
	OverCap    bool        `json:"over_cap"`
}

type clusterView struct {
	Name    text        `json:"name"`
	Files   int         `json:"files"`
	Weight  decimal     `json:"weight"`
	Paths   []text      `json:"paths"`
	Nearest *personView `json:"nearest"`
	Reason  text        `json:"reason"`
	Touched int         `json:"files_touched_by_successors"` // since the start
	Alone   int         `json:"files_still_alone"`
	Before  int         `json:"files_touched_before"`
	Last    *shownView  `json:"last_touch"`
}

type handoverTaskView struct {
	Task       text        `json:"task"`
	Name       text        `json:"name"`
	Executions int         `json:"executions"`
	Recent     int         `json:"executions_in_last_year"`
	Stops      bool        `json:"stops"`
	RiskAfter  decimal     `json:"risk_without_leaver"`
	Maturity   int         `json:"maturity"`
	Runbook    text        `json:"runbook"`
	Nearest    *personView `json:"most_practised_other"`
	Practised  bool        `json:"done_by_successor_from_runbook"`
	Judgement  bool        `json:"is_judgement"`
	Hours      *decimal    `json:"hours_of_one"` // at most
	Chances    decimal     `json:"chances_until_due"`
	Stopped    bool        `json:"stopped_at_start"`
	Proven     *shownView  `json:"proven"`
	Since      *shownView  `json:"done_by_successor_since"`
	Before     *shownView  `json:"done_by_successor_before"`
	AtLeast    *decimal    `json:"hours_of_one_at_least"`
}

type capabilitiesView struct {
	Person *personView      `json:"person"`
	Of     []capabilityView `json:"of"`
}

type capabilityView struct {
	What       text `json:"what"`
	IsTask     bool `json:"is_task"`
	Capability text `json:"capability"`
}

type openEndView struct {
	Kind  text `json:"kind"`
	Where text `json:"where"`
	Text  text `json:"text"`
	Why   text `json:"why"`
}

type stepView struct {
	What    text          `json:"what"`
	Who     []*personView `json:"who"`
	Hours   decimal       `json:"hours"` // at most
	By      timestamp     `json:"by"`
	Why     text          `json:"why"`
	AtLeast decimal       `json:"hours_at_least"`
	Days    int           `json:"days"` // after everything else; 0 where it is a matter of hours
}

type criterionView struct {
	ID     text `json:"id"`
	Text   text `json:"text"`
	State  text `json:"state"`
	Detail text `json:"detail"`
}

// handoverRecord is one row of the sheet's CSV. Record is "handover", "successor", "cluster", "task", "knows" (item what, state the
// capability), "open_end", "step", "criterion" and "finding".
type handoverRecord struct {
	Record     text       `csv:"record"`
	AsOf       timestamp  `csv:"as_of"`
	System     text       `csv:"system"`
	Item       text       `csv:"item"`
	Text       text       `csv:"text"`
	State      text       `csv:"state"`
	Person     *text      `csv:"person"`
	PersonID   *text      `csv:"person_id"`
	Share      *decimal   `csv:"share"`
	Count      *int       `csv:"count"`
	Before     *int       `csv:"hanging_before"`
	After      *int       `csv:"hanging_after"`
	Hours      *decimal   `csv:"hours"` // at most
	By         *timestamp `csv:"by"`
	Path       text       `csv:"path"`
	Detail     []text     `csv:"detail"`
	Start      *timestamp `csv:"start"` // of the handover, from when on evidence is proof
	AtLeast    *decimal   `csv:"hours_at_least"`
	Incomplete bool       `csv:"incomplete"`
}

// Records is the sheet for a spreadsheet.
func (h Handover) Records() any {
	rows := []handoverRecord{h.about(handoverRecord{
		Record: "handover", Text: text(h.Verdict), Share: new(decimal(h.Held.AloneWeight)), Count: new(h.Held.Alone), Hours: new(decimal(h.Hours.AtMost)), AtLeast: new(decimal(h.Hours.AtLeast)),
		By: new(timestamp(h.Due)), Start: new(timestamp(h.Start)),
	}, h.Leaver)}
	for _, s := range h.Successors {
		rows = append(rows, h.about(handoverRecord{
			Record: "successor", State: text(s.Confidence), Share: new(decimal(s.Score)), Count: new(s.Tasks), Before: new(s.Load.Before), After: new(s.Load.After),
			Detail: texts(s.Reasons),
		}, s.Person))
	}
	for _, c := range h.Clusters {
		rows = append(rows, h.about(handoverRecord{
			Record: "cluster", Item: text(c.Name), Text: text(c.Reason), Share: new(decimal(c.Weight)), Count: new(c.Files), Detail: texts(c.Paths),
		}, c.Nearest))
	}
	for _, t := range h.Tasks {
		state := text("goes on")
		if t.Stops {
			state = "stops"
		}
		rows = append(rows, h.about(handoverRecord{
			Record: "task", Item: text(t.Task), Text: text(t.Name), State: state, Share: new(decimal(t.RiskAfter)), Count: new(t.Recent), Path: text(t.Runbook),
			Hours: mostHours(t.Hours), AtLeast: leastHours(t.Hours),
		}, t.Nearest))
	}
	for _, k := range h.Knows {
		for i, c := range k.Of {
			rows = append(rows, h.about(handoverRecord{Record: "knows", Item: text(h.subject(i)), State: text(c)}, k.Person))
		}
	}
	for _, o := range h.Open {
		rows = append(rows, handoverRecord{Record: "open_end", Item: text(o.Kind), Path: text(o.Where), Text: text(o.Text), Detail: texts(h.reasonsOf(&o))})
	}
	for _, s := range h.Steps {
		row := handoverRecord{Record: "step", Text: text(s.What), Hours: new(decimal(s.Hours.AtMost)), AtLeast: new(decimal(s.Hours.AtLeast)), By: new(timestamp(s.By)), Detail: texts([]string{s.Why})}
		if len(s.Who) > 0 {
			row = h.about(row, s.Who[len(s.Who)-1]) // whoever learns
		}
		rows = append(rows, row)
	}
	for _, c := range h.Criteria {
		rows = append(rows, handoverRecord{Record: "criterion", Item: text(c.ID), Text: text(c.Text), State: text(c.State), Detail: texts([]string{c.Detail})})
	}
	for _, f := range h.Findings {
		rows = append(rows, handoverRecord{Record: "finding", Item: text(f.Code), Text: text(sentenceWithAdvice(f.Message, f.Advice))})
	}
	for i := range rows {
		rows[i].AsOf, rows[i].System, rows[i].Incomplete = timestamp(h.AsOf), text(h.System.ID), h.Incomplete
	}
	return rows
}

// reasonsOf is what an open end was taken for the leaver's by, where that is to be told.
func (h Handover) reasonsOf(o *analyzer.OpenEnd) []string {
	if o.Why == "" {
		return nil
	}
	return []string{o.Why}
}

func (h Handover) about(r handoverRecord, index int) handoverRecord {
	if p := personViewOf(h.People, index); p != nil {
		r.Person, r.PersonID = &p.Name, &p.ID
	}
	return r
}
