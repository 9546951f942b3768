package analyzer

import "time"

// Plan is what to do first, in the order in which it helps most for each hour.
type Plan struct {
	AsOf     time.Time
	Until    time.Time // when the predictions are to be scored
	People   []Person  // by index
	Actions  []Action
	CapHours float64 // most that is asked of one holder until then
	Risk     float64 // volume-weighted mean individualization of all tasks now, in [0,100]
	RiskThen float64 // the same when all actions are done
	Deferred []DeferredAction
}

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
	System   string // ID
	Dictates int    // who knows it, index into Plan.People; -1 for nobody
	Writes   int    // who writes it down, or learns it
	Verifies int    // who shows that it works by doing it
	Hours    float64
	Effect   float64 // drop of Plan.Risk, at least 0
	PerHour  float64
	Before   float64 // risk of the subject: absence risk of a task, uncovered share of a system, in [0,1]
	Expected float64 // the same after the action
	Low      float64 // 80 % of resamples give an Expected within Low and High
	High     float64
	Why      string // in words, with its evidence
}

// DeferredAction is one that the cap moved out of the plan.
type DeferredAction struct {
	Of     string // ID of the task or system
	Name   string
	Reason string
}

// Prediction is an action of an earlier plan, and what came of it.
type Prediction struct {
	Action    Action
	Predicted float64 // risk of the subject that was expected, with Action.Low and Action.High
	Actual    float64 // what it is now
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
