package report

import "keyperson/analyzer"

// View is the catalog for programs.
func (t Tasks) View() any {
	view := tasksView{
		SchemaVersion: SchemaVersion, Report: "tasks", AsOf: timestamp(t.AsOf), Incomplete: t.Incomplete, Findings: findingViews(t.Findings),
		Work: workViewOf(&t.Work), Tasks: []taskView{}, Sentences: []sentenceView{},
	}
	for i := range t.Tasks {
		view.Tasks = append(view.Tasks, taskViewOf(t.People, t.Runbooks, &t.Tasks[i]))
	}
	for _, s := range t.Work.Sentences {
		view.Sentences = append(view.Sentences, sentenceView{text(s.System), text(s.Task), text(s.Code), text(s.Text)})
	}
	return view
}

type tasksView struct {
	SchemaVersion int            `json:"schema_version"`
	Report        string         `json:"report"`
	AsOf          timestamp      `json:"as_of"`
	Incomplete    bool           `json:"incomplete"`
	Findings      []findingView  `json:"findings"`
	Work          workView       `json:"work"`
	Tasks         []taskView     `json:"tasks"`
	Sentences     []sentenceView `json:"sentences"`
}

type workView struct {
	Trackers       []trackerView         `json:"trackers"`
	Tickets        int                   `json:"tickets"`
	Placed         int                   `json:"placed"`
	Executions     int                   `json:"executions"`
	NotExecutions  []omissionView        `json:"not_executions"`
	ByRule         []placedView          `json:"by_rule"`
	Unmapped       []unmappedTicketsView `json:"unmapped"`
	Judged         int                   `json:"judged"`
	Stops          int                   `json:"stops"`
	SoleHours      *decimal              `json:"sole_person_hours"`
	SoleHoursLeast *decimal              `json:"sole_person_hours_least"`
	Cost           costOfWorkView        `json:"cost"`
	Levels         map[string]int        `json:"levels"`
}

type trackerView struct {
	Label   text      `json:"label"`
	Origin  text      `json:"origin"`
	Tickets int       `json:"tickets"`
	First   timestamp `json:"first"`
	Last    timestamp `json:"last"`
}

type omissionView struct {
	Reason text `json:"reason"`
	Count  int  `json:"count"`
}

type placedView struct {
	Rule    text `json:"rule"`
	Tickets int  `json:"tickets"`
	Tasks   int  `json:"tasks"`
}

type unmappedTicketsView struct {
	Reason  text `json:"reason"`
	Shared  text `json:"shared"`
	Count   int  `json:"count"`
	Example text `json:"example"`
	Summary text `json:"summary"`
}

func workViewOf(w *analyzer.WorkCatalog) workView {
	view := workView{
		Trackers: []trackerView{}, Tickets: w.Tickets, Placed: w.Placed, Executions: w.Executions, NotExecutions: omissionViews(w.NotExecutions),
		ByRule: []placedView{}, Unmapped: []unmappedTicketsView{}, Judged: w.Judged, Stops: w.Stops, SoleHours: mostHours(w.SoleHours), SoleHoursLeast: leastHours(w.SoleHours),
		Cost:   workCostViewOf(&w.Cost),
		Levels: map[string]int{"A": w.Stock.A, "B": w.Stock.B, "C": w.Stock.C, "unknown": w.Stock.Unknown},
	}
	for _, t := range w.Trackers {
		view.Trackers = append(view.Trackers, trackerView{text(t.Label), text(t.Origin), t.Tickets, timestamp(t.First), timestamp(t.Last)})
	}
	for _, p := range w.ByRule {
		view.ByRule = append(view.ByRule, placedView{text(p.Rule), p.Tickets, p.Tasks})
	}
	for _, u := range w.Unmapped {
		view.Unmapped = append(view.Unmapped, unmappedTicketsView{text(u.Reason), text(u.Group), u.Count, text(u.Example), text(u.Summary)})
	}
	return view
}

func omissionViews(list []analyzer.Omission) []omissionView {
	views := make([]omissionView, len(list))
	for i, o := range list {
		views[i] = omissionView{text(o.Reason), o.Count}
	}
	return views
}

// taskView is a task for programs. The measures are null where there is not enough evidence.
type taskView struct {
	ID             text            `json:"id"`
	Name           text            `json:"name"`
	PlacedBy       text            `json:"placed_by"`
	System         text            `json:"system"`
	Tier           int             `json:"tier"`
	Class          text            `json:"class"`
	ClassReason    text            `json:"class_reason"`
	Trigger        text            `json:"trigger"`
	Tickets        int             `json:"tickets"`
	NotExecutions  []omissionView  `json:"not_executions"`
	Executions     int             `json:"executions"`
	Recent         int             `json:"executions_last_year"`
	Counted        int             `json:"counted"`
	CountedFrom    timestamp       `json:"counted_from"`
	First          timestamp       `json:"first"`
	Last           timestamp       `json:"last"`
	Dormant        bool            `json:"dormant"`
	Measures       *measuresView   `json:"measures"`
	Executors      []executorView  `json:"executors"`
	TopPerson      *personView     `json:"top_person"`
	StopsWithout   bool            `json:"stops_without_one"`
	Reassigned     *decimal        `json:"reassignment_rate"`
	Reopened       *decimal        `json:"reopen_rate"`
	Escalated      *decimal        `json:"escalation_rate"`
	Routineness    routinenessView `json:"routineness"`
	Runbook        text            `json:"runbook"`
	Maturity       text            `json:"maturity"`
	Level          text            `json:"level"`
	LevelReason    text            `json:"level_reason"`
	Quadrant       text            `json:"quadrant"`
	Readiness      []readinessView `json:"readiness"`
	HandlingHours  *decimal        `json:"handling_hours"`
	HandlingSource text            `json:"handling_source"`
	HandlingN      int             `json:"handling_n"`
	SoleHours      *decimal        `json:"sole_person_hours"`
	SoleHoursLeast *decimal        `json:"sole_person_hours_least"`
}

type measuresView struct {
	SameHands          decimal `json:"same_hands"`
	TopShare           decimal `json:"top_share"`
	EffectiveExecutors decimal `json:"effective_executors"`
	RiskNow            decimal `json:"risk_now"`
	AbsenceRisk        decimal `json:"absence_risk"`
	RiskLow            decimal `json:"absence_risk_low"`
	RiskHigh           decimal `json:"absence_risk_high"`
	Individualization  decimal `json:"individualization"`
}

type executorView struct {
	Person     *personView `json:"person"`
	Share      decimal     `json:"share"`
	Practice   decimal     `json:"practice"`
	Capability text        `json:"capability"`
	LastSeen   timestamp   `json:"last_seen"`
}

type routinenessView struct {
	Value  decimal    `json:"value"`
	Pinned bool       `json:"pinned"`
	Parts  []partView `json:"parts"`
}

type partView struct {
	Name  text    `json:"name"`
	Value decimal `json:"value"`
	N     int     `json:"n"`
}

type readinessView struct {
	Question text   `json:"question"`
	Ready    bool   `json:"ready"`
	Missing  []text `json:"missing"`
}

func taskViewOf(people []analyzer.Person, runbooks []analyzer.Runbook, t *analyzer.Task) taskView {
	view := taskView{
		ID: text(t.ID), Name: text(t.Name), PlacedBy: text(t.Rule), System: text(t.System), Tier: t.Tier, Class: text(t.Class),
		ClassReason: text(t.ClassReason), Trigger: text(t.Trigger), Tickets: t.Tickets, NotExecutions: omissionViews(t.NotExecutions),
		Executions: t.Executions, Recent: t.Recent, Counted: t.Counted, CountedFrom: timestamp(t.CountedFrom),
		First: timestamp(t.First), Last: timestamp(t.Last), Dormant: t.Dormant, Executors: []executorView{},
		TopPerson: personViewOf(people, t.TopPerson), StopsWithout: t.StopsWithout, Reassigned: optionalDecimal(t.ReassignmentRate),
		Reopened: optionalDecimal(t.ReopenRate), Escalated: optionalDecimal(t.EscalationRate),
		Routineness: routinenessView{decimal(t.Routineness.Value), t.Routineness.Pinned, []partView{}}, Maturity: text(t.Maturity.String()),
		Level: text(t.Level), LevelReason: text(t.LevelReason), Quadrant: text(t.Quadrant), Readiness: []readinessView{},
		HandlingHours: optionalDecimal(t.HandlingHours), HandlingSource: text(t.HandlingSource), HandlingN: t.HandlingN,
		SoleHours: mostHours(t.SolePersonHours), SoleHoursLeast: leastHours(t.SolePersonHours),
	}
	if t.Enough {
		view.Measures = &measuresView{
			decimal(t.SameHands), decimal(t.TopShare), decimal(t.EffectiveExecutors), decimal(t.RiskNow), decimal(t.AbsenceRisk),
			decimal(t.RiskLow), decimal(t.RiskHigh), decimal(t.Individualization),
		}
	}
	if t.Runbook >= 0 {
		view.Runbook = text(runbooks[t.Runbook].Path)
	}
	for _, e := range t.Executors {
		view.Executors = append(view.Executors, executorView{
			personViewOf(people, e.Person), decimal(e.Share), decimal(e.Practice), text(e.Capability), timestamp(e.LastSeen),
		})
	}
	for _, p := range t.Routineness.Parts {
		view.Routineness.Parts = append(view.Routineness.Parts, partView{text(p.Name), decimal(p.Value), p.N})
	}
	for _, r := range t.Readiness {
		view.Readiness = append(view.Readiness, readinessView{text(r.Question), r.Ready, texts(r.Missing)})
	}
	return view
}
