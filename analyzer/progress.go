package analyzer

import "time"

// Progress is what changed between two assessments of the same organisation, and why. It compares things by ID and
// people by ID: who they are called may have changed.
type Progress struct {
	From, To time.Time
	People   []Person // that Changes point at, by index
	Changes  []Change // the most important first: worse before better, then by size
	// Conversions count tasks that went from level B to C, Regressions those that went back.
	Conversions, Regressions int
	Before, After            Stock
}

// Subject says what a change, an action or a risk is about.
type Subject string

// The subjects.
const (
	OfSystem  Subject = "system"
	OfTask    Subject = "task"
	OfRunbook Subject = "runbook"
)

// Direction says whether a change is to be welcomed.
type Direction string

// The directions.
const (
	Worse   Direction = "worse"
	Better  Direction = "better"
	Neutral Direction = "neutral" // something new, or gone
)

// Change is one measure of one thing that is not what it was.
type Change struct {
	Subject   Subject
	ID, Name  string
	System    string // ID, for tasks and runbooks
	Measure   string // "verdict", "bus factor", "level", "quadrant", "people able", "absence risk", "maturity", …
	Before    string // as a reader writes it
	After     string
	Direction Direction
	Cause     Cause
	Reason    string // the cause in words, with its evidence: "Ann last did it on 2026-03-02; Bo has done 4 of 6 since"
	Persons   []int  // whom the reason names, indices into Progress.People
}

// Cause is why something changed.
type Cause string

// The causes. CauseDataChanged is no real change: other data, other configuration or other joins of people.
const (
	CausePersonLeft      Cause = "person left"
	CauseSecondPerson    Cause = "second person practised"
	CauseRunbookWritten  Cause = "runbook written"
	CauseRunbookImproved Cause = "runbook improved"
	CauseRunbookStale    Cause = "runbook went stale"
	CauseRunbookDeleted  Cause = "runbook deleted"
	CauseNewWork         Cause = "new kind of work"
	CauseMoreWork        Cause = "more work" // on what was dormant or too thin to be judged
	CauseWorkEnded       Cause = "work ended"
	CauseWorkMoved       Cause = "work moved" // others do it than before, or do not do it any more; nobody left
	CauseDataChanged     Cause = "data changed"
)
