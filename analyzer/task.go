package analyzer

import "time"

// Task is one row of the work catalog: a kind of work that recurs, who has done it, and how far it hangs on one
// person. Shares and probabilities are over its executions; bulk closings, duplicates and the like are none.
type Task struct {
	ID     string // stable while its rule, component, request type or template stays
	Name   string
	Rule   string // what placed its tickets, in words: "rule cert-renewal", "component Runtime, type Bug", "template restart * on *"
	System string // ID, empty where its tickets belong to none
	Tier   int    // of the system, 0 where unknown

	Class       TaskClass
	ClassReason string // in words
	Trigger     string // in words: what sets it off, and how often

	Tickets       int        // of the kind, up to the as-of date
	Sources       []int      // trackers that these come from, indices into Assessment.Sources, ascending
	NotExecutions []Omission // why the others are no executions, most first
	Executions    int        // up to the as-of date
	Recent        int        // of them, within a year before the as-of date
	Counted       int        // n of every share and rate below: those of the last year where they are five or more, else all
	CountedFrom   time.Time  // time of the first of them; zero when there is none
	First, Last   time.Time  // of executions; zero when there is none
	Enough        bool       // at least five executions; false: the measures below mean nothing
	Dormant       bool       // not done for so long that it seems over: no verdict on people

	SameHands          float64 // probability that two executions were done by the same person, in [0,1]
	TopShare           float64 // of executions, in (0,1]
	EffectiveExecutors float64 // 1/Σpᵢ², at least 1
	Executors          []Executor

	ReassignmentRate *float64 // share of executions that changed hands, in [0,1]; nil where no source tells
	ReopenRate       *float64 // likewise, opened again
	EscalationRate   *float64 // likewise, raised

	Routineness Routineness

	TopPerson   int     // index into Assessment.People: whose absence raises the risk most; -1 where nobody active can do it
	RiskNow     float64 // chance that nobody present can do it now, in [0,1]
	AbsenceRisk float64 // the same without TopPerson, in [0,1]
	// RiskLow and RiskHigh are the ends of what 80 % of resampled executions give for AbsenceRisk. They are equal where nobody
	// else present has done it: of one person's executions any draw gives the same, and n alone says how far to trust them.
	RiskLow, RiskHigh float64
	Individualization float64 // 100·R·A·(0.5 + 0.5·C), in [0,100]
	StopsWithout      bool    // one absence stops it: RiskNow below 0.5 and AbsenceRisk at least 0.5

	Runbook  int // index into Assessment.Runbooks of its best procedure; -1 for none
	Maturity Maturity

	Level       Level
	LevelReason string // in words; for an override who says so and until when
	Quadrant    Quadrant
	Readiness   []Readiness // the three answers, in their order

	HandlingHours   *float64 // median of one execution; nil where no source tells
	HandlingSource  string   // one of the Handling constants; empty where unknown
	HandlingN       int      // executions it was taken from
	SolePersonHours *Hours   // in the last year where AbsenceRisk is at least 0.5, else 0; nil where unknown
}

// Omission counts tickets that are no executions for one reason.
type Omission struct {
	Reason string
	Count  int
}

// Executor is someone who has done a task, as a property of the task.
type Executor struct {
	Person     int     // index into Assessment.People
	Share      float64 // of the task's counted executions, in [0,1]
	Practice   float64 // 1 − 2^(−x/2) of the recency-weighted executions x, in [0,1)
	Capability Capability
	LastSeen   time.Time // last execution
}

// Capability is how far someone can do a task, told from evidence.
type Capability string

// The capabilities, least first.
const (
	Untrained  Capability = "untrained"   // has never done it
	InTraining Capability = "in training" // has done it, too seldom or too long ago
	Alone      Capability = "can do"      // has done it often and recently enough
	Teaches    Capability = "can teach"   // can do it, and wrote or reviewed a procedure that others then followed
)

// TaskClass is what sets a task off.
type TaskClass string

// The classes.
const (
	Scheduled TaskClass = "scheduled" // comes back at regular times
	Requested TaskClass = "requested" // somebody asks for it
	Urgent    TaskClass = "urgent"    // something broke
	Personal  TaskClass = "personal"  // no procedure document, and one person does it
)

// Level says how far a task is shared.
type Level string

// The levels. LevelUnknown stands where there is not enough evidence.
const (
	LevelA       Level = "A" // judgement work
	LevelB       Level = "B" // recurring, and not C
	LevelC       Level = "C" // a fresh procedure, and at least two people with more than one execution each
	LevelUnknown Level = "–"
)

// Quadrant crosses concentration and routineness.
type Quadrant string

// The quadrants, most pressing first. QuadrantUnknown stands where there is not enough evidence.
const (
	Fix             Quadrant = "fix"              // concentrated and routine
	Protect         Quadrant = "protect"          // concentrated judgement
	KeepOrAutomate  Quadrant = "keep or automate" // shared and routine
	Fine            Quadrant = "fine"             // shared judgement
	QuadrantUnknown Quadrant = "not enough evidence"
)

// Routineness says how far a task is the same each time.
type Routineness struct {
	Value  float64 // in [0,1]; the mean of Parts, or pinned
	Parts  []RoutinenessPart
	Pinned bool // by the configuration
}

// RoutinenessPart is one of the signs that the data could tell.
type RoutinenessPart struct {
	Name  string  // "recurrence", "similar summaries", "steady handling time" or "steady elapsed time", "little branching", "obligation"
	Value float64 // in [0,1]
	N     int     // executions it was taken from
}

// Readiness answers one question about a task.
type Readiness struct {
	Question string // "evaluable", "ready to hand over", "ready to automate"
	Ready    bool
	Missing  []string // what it lacks, in words; empty when ready
}

// WorkCatalog is what is known of recurring work as a whole.
type WorkCatalog struct {
	Trackers   []TrackerSummary
	Tickets    int // read, created up to the as-of date
	Placed     int // of them, in a task
	Executions int // of them
	// NotExecutions says why the others are none, most first.
	NotExecutions []Omission
	ByRule        []PlacedTickets // how tickets were placed, most certain rule first
	Unmapped      []UnmappedTickets
	Judged        int    // tasks with enough evidence that are not dormant
	Stops         int    // of them, those that one absence would stop
	Nobody        int    // of them, those that are likelier than not done by nobody present
	SoleHours     *Hours // sum of SolePersonHours; nil where unknown
	Cost          Cost
	Stock         Stock
	Sentences     []Sentence // on tasks, at most five, the most pressing first
}

// TrackerSummary is what was read of one tracker.
type TrackerSummary struct {
	Label, Origin string
	Tickets       int
	First, Last   time.Time // creation of the oldest ticket, newest event of any
}

// PlacedTickets counts the tickets that one kind of rule placed.
type PlacedTickets struct {
	Rule    string // "configuration", "request type", "component and type", "issue type", "mined template"
	Tickets int
	Tasks   int
}

// UnmappedTickets are tickets of no task, with the words that would make a rule for them.
type UnmappedTickets struct {
	Reason  string
	Group   string // the request type, component or issue type that they share; may be empty
	Count   int
	Example string // key of one of them
	Summary string // of that one
}

// Stock counts tasks by level.
type Stock struct{ A, B, C, Unknown int }
