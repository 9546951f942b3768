package report

import (
	"slices"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/sources"
)

// Tables is one assessment as tables for a warehouse or a spreadsheet, each about one kind of thing. What a table does
// not have is an empty table, so that every run gives the same files.
type Tables struct {
	Assessment *analyzer.Assessment
	Check      *gate.Result
	Progress   *analyzer.Progress // nil: no changes
	Plan       *analyzer.Plan     // nil: no actions
	Edges      bool               // add the table of who knows what, as shares of systems and tasks
}

// NamedTable is one table: a slice of structs whose fields carry their column's name in the tag `csv`.
type NamedTable struct {
	Name string
	Rows any
}

// All returns the tables in the order in which the manifest lists them.
func (t Tables) All() []NamedTable {
	a := t.Assessment
	tables := []NamedTable{
		{"systems", t.systems()},
		{"tasks", Tasks{Assessment: a}.taskRecords()},
		{"runbooks", t.runbooks()},
		{"roles", t.roles()},
		{"metrics", t.metrics()},
		{"findings", Check{Result: t.Check, Incomplete: a.Incomplete}.riskRecords()},
		{"changes", t.changes()},
		{"actions", t.actions()},
		{"data_quality", t.dataQuality()},
	}
	if t.Edges {
		tables = append(tables, NamedTable{"edges", edgesOf(a)})
	}
	return tables
}

// systemRow is one system.
type systemRow struct {
	AsOf   timestamp `csv:"as_of"`
	System text      `csv:"system"`
	*systemColumns
	Tasks           int      `csv:"tasks"`
	TaskStops       int      `csv:"tasks_one_absence_stops"`
	WorstTask       text     `csv:"worst_task"`
	Runbooks        int      `csv:"runbooks"`
	SolePersonHours *decimal `csv:"sole_person_hours"`
}

func (t Tables) systems() []systemRow {
	a := t.Assessment
	rows := []systemRow{}
	for _, s := range a.Systems {
		row := systemRow{
			AsOf: timestamp(a.AsOf), System: text(s.ID), systemColumns: systemColumnsOf(a.People, s),
			Tasks: s.Tasks.Count, TaskStops: s.Tasks.Stops, Runbooks: s.Tasks.Runbooks, SolePersonHours: mostHours(s.Tasks.SoleHours),
		}
		if i := s.Tasks.Worst; i >= 0 && i < len(a.Tasks) {
			row.WorstTask = text(a.Tasks[i].ID)
		}
		rows = append(rows, row)
	}
	return rows
}

// runbooks has one row a document: its lint and its authors stand in the report on runbooks.
func (t Tables) runbooks() []runbookRecord {
	shown := Runbooks{AsOf: t.Assessment.AsOf, Incomplete: t.Assessment.Incomplete}
	rows := []runbookRecord{}
	for i := range t.Assessment.Runbooks {
		rows = append(rows, shown.record(&t.Assessment.Runbooks[i]))
	}
	return rows
}

// roleRow is how many people wear a hat in a system; never who.
type roleRow struct {
	AsOf   timestamp `csv:"as_of"`
	System text      `csv:"system"`
	Hat    text      `csv:"hat"`
	People int       `csv:"people"`
	N      int       `csv:"n"`
}

func (t Tables) roles() []roleRow {
	rows := []roleRow{}
	for _, s := range t.Assessment.Systems {
		for _, h := range s.Hats {
			rows = append(rows, roleRow{timestamp(t.Assessment.AsOf), text(s.ID), text(h.Hat), h.People, h.Events})
		}
	}
	return rows
}

// metricRow is one number, tidy: what it is about, what it measures, its value and how far to trust it.
type metricRow struct {
	AsOf   timestamp `csv:"as_of"`
	Scope  text      `csv:"scope"` // "system" or "task"
	ID     text      `csv:"id"`
	Metric text      `csv:"metric"`
	Value  decimal   `csv:"value"`
	Unit   text      `csv:"unit"`
	N      int       `csv:"n"`
	Low    *decimal  `csv:"low"`
	High   *decimal  `csv:"high"`
	Window text      `csv:"window"` // what span the evidence is from
}

// metrics are the numbers of what has enough evidence for them.
func (t Tables) metrics() []metricRow {
	a := t.Assessment
	rows := []metricRow{}
	add := func(scope text, id string, n int, window, metric, unit string, value float64, interval ...float64) {
		row := metricRow{
			AsOf: timestamp(a.AsOf), Scope: scope, ID: text(id), Metric: text(metric), Value: decimal(value), Unit: text(unit), N: n, Window: text(window),
		}
		if len(interval) == 2 {
			row.Low, row.High = new(decimal(interval[0])), new(decimal(interval[1]))
		}
		rows = append(rows, row)
	}
	for i := range a.Systems {
		s := &a.Systems[i]
		if !s.BusFactor.Enough {
			continue
		}
		of := func(metric, unit string, value float64, interval ...float64) {
			add("system", s.ID, s.Commits, "all history, decayed", metric, unit, value, interval...)
		}
		of("bus_factor", "people", float64(s.BusFactor.Value), float64(s.BusFactor.Low), float64(s.BusFactor.High))
		of("uncovered_now", "share", s.UncoveredNow)
		of("uncovered_without_top", "share", s.UncoveredWithoutTop)
		of("top_share", "share", s.TopShare)
		of("robustness_area", "share", s.RobustnessArea)
		of("hhi", "index", s.Comparison.HHI)
		of("gini", "index", s.Comparison.Gini)
		of("effective_people", "people", s.Comparison.EffectivePeople)
		of("contributor_absence_factor", "people", float64(s.Comparison.ContributorAbsenceFactor))
	}
	for i := range a.Tasks {
		task := &a.Tasks[i]
		if !task.Enough {
			continue
		}
		of := func(metric, unit string, value float64, interval ...float64) {
			add("task", task.ID, task.Executions, "all tickets, practice decayed", metric, unit, value, interval...)
		}
		of("absence_risk", "probability", task.AbsenceRisk, task.RiskLow, task.RiskHigh)
		of("risk_now", "probability", task.RiskNow)
		of("same_hands", "probability", task.SameHands)
		of("top_share", "share", task.TopShare)
		of("effective_executors", "people", task.EffectiveExecutors)
		of("routineness", "index", task.Routineness.Value)
		of("individualization", "index", task.Individualization)
	}
	return rows
}

func (t Tables) changes() []changeRecord {
	if t.Progress == nil {
		return []changeRecord{}
	}
	return Progress{Progress: t.Progress, Incomplete: t.Assessment.Incomplete}.changeRecords()
}

// actionRow is one row of a plan.
type actionRow struct {
	AsOf     timestamp `csv:"as_of"`
	Until    timestamp `csv:"until"`
	Rank     int       `csv:"rank"`
	ID       text      `csv:"id"`
	Kind     text      `csv:"kind"`
	Subject  text      `csv:"subject"`
	Of       text      `csv:"subject_id"`
	Name     text      `csv:"name"`
	System   text      `csv:"system"`
	Dictates text      `csv:"dictates"`
	Writes   text      `csv:"writes"`
	Verifies text      `csv:"verifies"`
	Hours    decimal   `csv:"hours"`
	Effect   decimal   `csv:"effect"`
	PerHour  decimal   `csv:"effect_per_hour"`
	Before   decimal   `csv:"risk_before"`
	Expected decimal   `csv:"risk_expected"`
	Low      decimal   `csv:"risk_low"`
	High     decimal   `csv:"risk_high"`
	Why      text      `csv:"why"`
}

func (t Tables) actions() []actionRow {
	rows := []actionRow{}
	if t.Plan == nil {
		return rows
	}
	for i := range t.Plan.Actions {
		x := &t.Plan.Actions[i]
		rows = append(rows, actionRow{
			timestamp(t.Plan.AsOf), timestamp(t.Plan.Until), i + 1, text(x.ID), text(x.Kind), text(x.Subject), text(x.Of), text(x.Name), text(x.System),
			nameOf(t.Plan.People, x.Dictates), nameOf(t.Plan.People, x.Writes), nameOf(t.Plan.People, x.Verifies),
			decimal(x.Hours), decimal(x.Effect), decimal(x.PerHour), decimal(x.Before), decimal(x.Expected), decimal(x.Low), decimal(x.High), text(x.Why),
		})
	}
	return rows
}

// nameOf names someone of a list, and nobody for an index outside it.
func nameOf(people []analyzer.Person, index int) text {
	if p := personViewOf(people, index); p != nil {
		return p.Name
	}
	return ""
}

// qualityRow is one thing a reader must know about the input.
type qualityRow struct {
	AsOf     timestamp `csv:"as_of"`
	Code     text      `csv:"code"`
	Severity text      `csv:"severity"`
	Source   text      `csv:"source"`
	Count    int       `csv:"count"`
	Message  text      `csv:"message"`
	Advice   text      `csv:"advice"`
}

func (t Tables) dataQuality() []qualityRow {
	rows := []qualityRow{}
	for _, f := range slices.Concat(t.Assessment.Findings, t.Check.Findings) {
		rows = append(rows, qualityRowOf(t.Assessment, f))
	}
	return rows
}

func qualityRowOf(a *analyzer.Assessment, f sources.Finding) qualityRow {
	return qualityRow{timestamp(a.AsOf), text(f.Code), text(severityWord(f.Severity)), text(f.Repository), f.Count, text(f.Message), text(f.Advice)}
}

// edgeRow is one person's part in one system or task, as a property of that.
type edgeRow struct {
	AsOf     timestamp `csv:"as_of"`
	PersonID text      `csv:"person_id"`
	Subject  text      `csv:"subject"`
	ID       text      `csv:"id"`
	Relation text      `csv:"relation"` // "covers alone", "executes"
	Weight   decimal   `csv:"weight"`   // share of the system's change weight, or practice, in [0,1]
}

func edgesOf(a *analyzer.Assessment) []edgeRow {
	rows := []edgeRow{}
	for _, s := range a.Systems {
		for _, k := range s.KeyPeople {
			rows = append(rows, edgeRow{timestamp(a.AsOf), personID(a.People, k.Person), "system", text(s.ID), "covers alone", decimal(k.CoveredAlone)})
		}
	}
	for i := range a.Tasks {
		for _, x := range a.Tasks[i].Executors {
			rows = append(rows, edgeRow{timestamp(a.AsOf), personID(a.People, x.Person), "task", text(a.Tasks[i].ID), "executes", decimal(x.Practice)})
		}
	}
	return rows
}

func personID(people []analyzer.Person, index int) text {
	if p := personViewOf(people, index); p != nil {
		return p.ID
	}
	return ""
}
