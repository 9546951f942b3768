package report

import (
	"strings"

	"keyperson/analyzer"
)

// taskRecord is one row of the work catalog's CSV: one task.
type taskRecord struct {
	AsOf               timestamp `csv:"as_of"`
	Incomplete         bool      `csv:"incomplete"`
	ID                 text      `csv:"id"`
	Name               text      `csv:"name"`
	PlacedBy           text      `csv:"placed_by"`
	System             text      `csv:"system"`
	Tier               int       `csv:"tier"`
	Class              text      `csv:"class"`
	ClassReason        text      `csv:"class_reason"`
	Trigger            text      `csv:"trigger"`
	Level              text      `csv:"level"`
	LevelReason        text      `csv:"level_reason"`
	Quadrant           text      `csv:"quadrant"`
	Dormant            bool      `csv:"dormant"`
	Enough             bool      `csv:"enough_evidence"`
	Tickets            int       `csv:"tickets"`
	Executions         int       `csv:"executions"`
	Recent             int       `csv:"executions_last_year"`
	Counted            int       `csv:"counted"`
	CountedFrom        timestamp `csv:"counted_from"`
	First              timestamp `csv:"first"`
	Last               timestamp `csv:"last"`
	NotExecutions      text      `csv:"not_executions"`
	People             int       `csv:"people"`
	CanDo              int       `csv:"can_do"`
	TopPerson          *text     `csv:"top_person"`
	TopPersonID        *text     `csv:"top_person_id"`
	TopShare           *decimal  `csv:"top_share"`
	SameHands          *decimal  `csv:"same_hands"`
	EffectiveExecutors *decimal  `csv:"effective_executors"`
	RiskNow            *decimal  `csv:"risk_now"`
	AbsenceRisk        *decimal  `csv:"absence_risk"`
	RiskLow            *decimal  `csv:"absence_risk_low"`
	RiskHigh           *decimal  `csv:"absence_risk_high"`
	StopsWithout       bool      `csv:"stops_without_one"`
	Routineness        *decimal  `csv:"routineness"`
	RoutinenessPinned  bool      `csv:"routineness_pinned"`
	RoutinenessParts   text      `csv:"routineness_parts"`
	Individualization  *decimal  `csv:"individualization"`
	ReassignmentRate   *decimal  `csv:"reassignment_rate"`
	ReopenRate         *decimal  `csv:"reopen_rate"`
	EscalationRate     *decimal  `csv:"escalation_rate"`
	HandlingHours      *decimal  `csv:"handling_hours"`
	HandlingSource     text      `csv:"handling_source"`
	HandlingN          int       `csv:"handling_n"`
	SolePersonHours    *decimal  `csv:"sole_person_hours"`
	Runbook            text      `csv:"runbook"`
	Maturity           text      `csv:"maturity"`
	Evaluable          text      `csv:"missing_to_evaluate"`
	HandOver           text      `csv:"missing_to_hand_over"`
	Automate           text      `csv:"missing_to_automate"`
}

// unmappedRecord is one row of the CSV of tickets that belong to no task.
type unmappedRecord struct {
	AsOf       timestamp `csv:"as_of"`
	Tickets    int       `csv:"tickets"`
	Reason     text      `csv:"reason"`
	Shared     text      `csv:"shared"`
	Example    text      `csv:"example"`
	Summary    text      `csv:"summary"`
	Incomplete bool      `csv:"incomplete"`
}

// Records is the catalog for a spreadsheet, one row a task.
func (t Tasks) Records() any {
	if t.Unmapped {
		return t.unmappedRecords()
	}
	rows := t.taskRecords()
	if t.Incomplete && len(rows) == 0 {
		rows = append(rows, taskRecord{AsOf: timestamp(t.AsOf), Incomplete: true, Name: incompleteRow})
	}
	return rows
}

func (t Tasks) taskRecords() []taskRecord {
	rows := make([]taskRecord, 0, len(t.Tasks))
	for i := range t.Tasks {
		rows = append(rows, t.record(&t.Tasks[i]))
	}
	return rows
}

func (t Tasks) unmappedRecords() []unmappedRecord {
	rows := make([]unmappedRecord, 0, len(t.Work.Unmapped))
	for _, u := range t.Work.Unmapped {
		rows = append(rows, unmappedRecord{timestamp(t.AsOf), u.Count, text(u.Reason), text(u.Group), text(u.Example), text(u.Summary), t.Incomplete})
	}
	if t.Incomplete && len(rows) == 0 {
		rows = append(rows, unmappedRecord{AsOf: timestamp(t.AsOf), Reason: incompleteRow, Incomplete: true})
	}
	return rows
}

func (t Tasks) record(task *analyzer.Task) taskRecord {
	r := taskRecord{
		AsOf: timestamp(t.AsOf), Incomplete: t.Incomplete,
		ID: text(task.ID), Name: text(task.Name), PlacedBy: text(task.Rule), System: text(task.System), Tier: task.Tier,
		Class: text(task.Class), ClassReason: text(task.ClassReason), Trigger: text(task.Trigger), Level: text(task.Level),
		LevelReason: text(task.LevelReason), Quadrant: text(task.Quadrant), Dormant: task.Dormant, Enough: task.Enough,
		Tickets: task.Tickets, Executions: task.Executions, Recent: task.Recent, Counted: task.Counted,
		CountedFrom: timestamp(task.CountedFrom), First: timestamp(task.First), Last: timestamp(task.Last),
		NotExecutions: text(omissionWords(task.NotExecutions)), People: len(task.Executors), CanDo: t.able(task),
		StopsWithout: task.StopsWithout, RoutinenessPinned: task.Routineness.Pinned, RoutinenessParts: text(partWords(task.Routineness.Parts)),
		ReassignmentRate: optionalDecimal(task.ReassignmentRate), ReopenRate: optionalDecimal(task.ReopenRate), EscalationRate: optionalDecimal(task.EscalationRate),
		HandlingHours: optionalDecimal(task.HandlingHours), HandlingSource: text(task.HandlingSource), HandlingN: task.HandlingN,
		SolePersonHours: mostHours(task.SolePersonHours), Maturity: text(task.Maturity.String()),
	}
	if p := personViewOf(t.People, task.TopPerson); p != nil {
		r.TopPerson, r.TopPersonID = &p.Name, &p.ID
	}
	if task.Runbook >= 0 {
		r.Runbook = text(t.Runbooks[task.Runbook].Path)
	}
	if task.Enough {
		r.TopShare, r.SameHands, r.EffectiveExecutors = new(decimal(task.TopShare)), new(decimal(task.SameHands)), new(decimal(task.EffectiveExecutors))
		r.RiskNow, r.AbsenceRisk = new(decimal(task.RiskNow)), new(decimal(task.AbsenceRisk))
		r.RiskLow, r.RiskHigh = new(decimal(task.RiskLow)), new(decimal(task.RiskHigh))
		r.Routineness, r.Individualization = new(decimal(task.Routineness.Value)), new(decimal(task.Individualization))
	}
	missing := []*text{&r.Evaluable, &r.HandOver, &r.Automate}
	for i, answer := range task.Readiness {
		*missing[i] = text(strings.Join(answer.Missing, "; "))
	}
	return r
}

func omissionWords(list []analyzer.Omission) string {
	words := make([]string, len(list))
	for i, o := range list {
		words[i] = grouped(o.Count) + " " + o.Reason
	}
	return strings.Join(words, "; ")
}

func partWords(parts []analyzer.RoutinenessPart) string {
	words := make([]string, len(parts))
	for i, p := range parts {
		words[i] = p.Name + " " + decimal(p.Value).String()
	}
	return strings.Join(words, "; ")
}
