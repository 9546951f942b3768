package analyzer

import "time"

// Plan is what to do first, in the order in which it helps most for each hour.
type Plan struct {
	AsOf     time.Time
	Until    time.Time // when the predictions are to be scored
	People   []Person  // by index
	Actions  []Action
	CapHours float64 // most that is asked of one person until then
	// Risk is the mean individualization of all tasks with enough evidence, weighted by executions in the last year and tier,
	// and of systems' code the hundredfold share that one absence leaves uncovered, weighted by recent commits and tier; where
	// there are both, the mean of the two. In [0,100]. Keyperson's own.
	Risk     float64
	RiskThen float64 // the same when all actions are done
	Tasks    int     // with enough evidence, that Risk is from
	Systems  int     // likewise
	Deferred []DeferredAction
	Further  int     // actions that would help as well, beyond PlanOptions.Most
	Minor    int     // actions that would each take less than Least off Risk
	Least    float64 // points of Risk under which an action is not worth a line
	// Unteachable is what needs an action, and has none because nobody here can teach it or learn it.
	Unteachable []Unteachable
}

// PlanOptions limit what a plan asks for. Start from DefaultPlanOptions.
type PlanOptions struct {
	CapHours    float64 // most that is asked of one person until the horizon, above 0
	HorizonDays float64 // from the as-of date to when the predictions are to be scored, above 0
	Most        int     // actions, at least 1
}

// DefaultPlanOptions are those of a quarter; starting values.
func DefaultPlanOptions() PlanOptions { return PlanOptions{CapHours: 16, HorizonDays: 91, Most: 10} }

// ActionKind is what is to be done.
type ActionKind string

// The kinds of action.
const (
	WriteRunbook  ActionKind = "write the manual"
	PairUp        ActionKind = "pair on it"
	SuperviseRuns ActionKind = "supervise two runs by the manual"
	SpreadCode    ActionKind = "pair on the code" // of a system that hangs on one person
)

// Action is one row of a plan. Its effect is simulated on the whole portfolio, after the actions before it.
type Action struct {
	ID       string // stable fingerprint of kind and subject; names nobody
	Kind     ActionKind
	Subject  Subject // OfTask or OfSystem
	Of       string  // ID of the task or system
	Name     string
	System   string   // ID
	Dictates int      // who knows it, index into Plan.People; -1 for nobody
	Writes   int      // who writes it down, or learns it
	Verifies int      // who shows that it works by doing it
	Files    []string // SpreadCode only: to pair on, the heaviest first
	Hours    float64  // of all of them
	Effect   float64  // drop of Plan.Risk, at least 0
	PerHour  float64
	Before   float64 // risk of the subject after the actions before: absence risk of a task, uncovered share of a system, in [0,1]
	Expected float64 // the same after the action, at Plan.Until, if the other work goes on as it does
	Low      float64 // 80 % of resamples give an Expected within Low and High
	High     float64
	Why      string // in words, with its evidence
}

// DeferredAction is one that the cap moved out of the plan.
type DeferredAction struct {
	Kind   ActionKind
	Of     string // ID of the task or system
	Name   string
	Person int // of whom too much would be asked, index into Plan.People
	Reason string
}

// Prediction is an action of an earlier plan, and what came of it.
type Prediction struct {
	Action    Action
	Predicted float64 // risk of the subject that was expected, with Action.Low and Action.High
	Actual    float64 // what it is now; meaningless where it cannot be scored
	Done      bool    // evidence shows that the action was taken
	Outcome   Outcome
	Reason    string // in words
}

// Outcome says what became of a prediction.
type Outcome string

// The outcomes.
const (
	CameTrue    Outcome = "came true"
	DidNot      Outcome = "did not come true"
	NotDone     Outcome = "not done" // the action was not taken: nothing was predicted for that
	CannotScore Outcome = "cannot be scored"
)
