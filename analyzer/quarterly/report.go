// Package quarterly puts together what a quarterly report says: from assessments at the ends of quarters it takes what
// to decide, what changed and why, and how far to trust it, as plain numbers; it never looks at time, disk or words.
package quarterly

import (
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Limits of what a reader of three pages can take in.
const (
	MostRisks    = 5
	MostPoints   = 40
	MostChanges  = 9
	MostColumns  = 14 // systems of the coverage
	MostRows     = 16 // people of the coverage
	MostSteps    = 5  // of each kind
	MostNamed    = 6
	MostFindings = 6
	MostQuarters = 8
	DefaultCrowd = 5 // people under which nothing is said of them as a group
)

// Report is one quarter of an organisation for whoever decides. It names people only as a property of a system or
// task, and never counts, ranks or times anyone.
type Report struct {
	Quarter, Compared Quarter
	AsOf              time.Time
	ComparedAsOf      time.Time // zero where the history does not reach back
	Unfinished        bool      // the quarter had not ended when the newest event was seen
	Incomplete        bool      // a fatal finding was accepted by the user
	HasTickets        bool      // else nothing is said of routine work
	Hidden            bool      // names are pseudonyms

	Headline Headline
	Points   []Point // the riskiest first, at most MostPoints
	Risks    []Risk  // the heaviest first, at most MostRisks
	AllRisks int

	MorePoints int // lighter ones that are not shown

	Worse, Better    []Change // at most MostChanges together
	MoreChanges      int
	Neutral          int // changes that are neither
	OnlyData         int // changes of the data, not of the world
	Conversions      int // tasks from level B to C
	Regressions      int // and back
	Coverage         Coverage
	Trend            []QuarterStock // oldest first, ending with Quarter
	Manuals          []Step         // of the plan, to write first
	Pairs            []Step         // of the plan, to train
	MoreSteps        int            // of the plan, in neither
	Plan             PlanSummary
	Deferred         []PutOff // that the hours of one person keep out of the plan, at most MostNamed
	MoreDeferred     int      // not named
	Unteachable      []string // systems and tasks that need an action and can have none, at most MostNamed
	MoreUnteachable  int      // not named
	Trust            Trust
	Predictions      []Prediction
	PredictionsAsked bool // an earlier plan was given
}

// Count is how many of how many, now and at the quarter compared with.
type Count struct {
	Now, Of     int
	HasBefore   bool
	Before      int
	BeforeOf    int
	Names       []string // of those counted now, at most MostNamed
	More        int      // not named
	Joined      []string // counted now and not before, at most MostNamed
	MoreJoined  int      // not named
	Gone        []string // counted before and not now, likewise
	MoreGone    int
	HoursYear   *analyzer.Hours // a year, of those counted; nil where unknown
	HoursBefore *analyzer.Hours
}

// Headline answers the first question.
type Headline struct {
	Services Count // that would stall on routine work if one person were away, of those with judged tasks
	Tasks    Count // routine tasks that one absence stops, of all judged
	Code     Count // systems of which one absence leaves most of the code uncovered, of those judged
}

// Point is a task or system in the risk quadrant.
type Point struct {
	Subject      analyzer.Subject
	ID, Name     string
	System       string
	Tier         int
	Risk         float64         // absence risk of a task, uncovered share of a system without one person, in [0,1]
	Impact       float64         // share of all work of its kind times the weight of the tier, at least 0
	Hours        *analyzer.Hours // sole-person hours a year; nil where unknown
	Quadrant     analyzer.Quadrant
	N            int // executions or commits
	RiskBefore   *float64
	ImpactBefore *float64
	Rank         int // in Report.Risks, from 1; 0 for none
}

// Movement is how a risk compares with the quarter before.
type Movement string

// The movements.
const (
	IsNew     Movement = "new"
	IsWorse   Movement = "worse"
	IsSame    Movement = "unchanged"
	IsBetter  Movement = "better"
	IsUnknown Movement = "unknown" // there is nothing to compare with
)

// Unjudged says why nothing was said of something a quarter before.
type Unjudged string

// The reasons. Empty stands for what was judged, or was not there at all.
const (
	Dormant   Unjudged = "dormant"
	TooLittle Unjudged = "not enough evidence"
)

// Risk is one thing to decide about.
type Risk struct {
	Rule     analyzer.RiskRule
	Subject  analyzer.Subject
	ID, Name string
	System   string
	Tier     int
	Movement Movement
	Value    float64 // absence risk or uncovered share, in [0,1]
	Now      float64 // the same with everyone present
	Holder   string  // whom it hangs on; empty for nobody

	Before     *float64          // what Value was; nil where it was not judged
	RuleBefore analyzer.RiskRule // empty where it was no risk
	Unjudged   Unjudged          // why it was not judged before

	N         int     // executions or commits behind it
	Recent    int     // of them, in the last year (tasks) or activity window (systems)
	Counted   int     // executions behind TopShare; 0 for systems
	TopShare  float64 // of counted executions (tasks) or familiarity (systems), in [0,1]
	People    int     // who can do it alone, or are active on it, the holder included
	Months    *float64
	Maturity  analyzer.Maturity
	Path      string // of the manual, or of a file to begin with
	HoursYear *analyzer.Hours

	Step Step
}

// StepKind is what is to be done.
type StepKind string

// The kinds of step.
const (
	WriteManual   StepKind = "write the manual"
	MendManual    StepKind = "mend the manual"
	SuperviseRuns StepKind = "supervise two runs by the manual"
	PairOnTask    StepKind = "pair on the task"
	PairOnCode    StepKind = "pair on the code"
	NameOwner     StepKind = "name an owner"         // nobody here can teach it
	FindLearner   StepKind = "find someone to teach" // nobody here is near enough to learn it

	NothingPlanned StepKind = "nothing is planned"
)

// Unplanned says why the plan holds nothing for a risk that people here could teach one another.
type Unplanned string

// The reasons.
const (
	HoursUsed     Unplanned = "hours used up" // of Step.Dictates
	OthersFirst   Unplanned = "other actions first"
	TooLittleGain Unplanned = "too little gain"
)

// PutOff is a task or system for which the hours of one person are used up.
type PutOff struct{ Name, Person string }

// PlanSummary is what the plan of the quarter comes to; see analyzer.Plan.
type PlanSummary struct {
	Before, After  float64 // risk, in [0,100]
	Tasks, Systems int     // that it is from
	CapHours       float64 // most that is asked of one person
	Least          float64 // points of the risk under which an action is not worth a line
}

// Step is one thing to do and what is expected of it.
type Step struct {
	Kind      StepKind
	Subject   analyzer.Subject
	ID, Name  string
	System    string
	Dictates  string    // who knows it; empty for nobody
	Learns    string    // who writes it down or learns it; empty where nobody is near
	Verifies  string    // who shows that it works by doing it; empty where that is who learns
	Paths     []string  // to begin with
	Hours     *float64  // of all of them; nil where nothing is planned
	Before    float64   // risk of the subject after the actions before, in [0,1]
	Expected  *float64  // after the step; nil where nothing can be computed
	Low, High *float64  // 80 % of resamples; nil where not resampled
	Further   int       // more actions that the plan has for the same subject
	Unplanned Unplanned // NothingPlanned only
}

// Change is one thing that is not what it was.
type Change struct {
	Subject       analyzer.Subject
	Name, System  string
	Measure       string // as analyzer.Change has it
	Before, After string
	Direction     analyzer.Direction
	Cause         analyzer.Cause
	Reason        string   // in words, in English
	Who           []string // whom the reason names
}

// QuarterStock is the work catalog, and what hangs on one person, at the end of a quarter.
type QuarterStock struct {
	Quarter Quarter
	analyzer.Stock
	OnOne   int // systems of which one absence leaves most uncovered, or nobody is left
	Systems int // judged
}

// Prediction is an action of an earlier plan, and what came of it.
type Prediction struct {
	Kind              StepKind
	Name, System      string
	Before            float64
	Expected          float64
	Low, High, Actual float64
	Outcome           analyzer.Outcome
	Reason            string // in words, in English
}

// Trust is what the numbers rest on.
type Trust struct {
	Repositories []analyzer.RepositorySummary
	Trackers     []analyzer.TrackerSummary
	Census       analyzer.Census
	SystemOrigin string
	Files        int // assessed
	Unmapped     analyzer.Unmapped
	Tickets      int
	Placed       int // in a task
	Executions   int
	Runbooks     int
	Excluded     []analyzer.ExcludedFiles
	Mechanical   int // commits
	Findings     []sources.Finding
	MoreFindings int
	Thresholds   Thresholds
	Backtest     *Backtest // nil where it was not run, or had nothing to compare
	BacktestRun  bool
}

// Thresholds are the options that decide what is called a risk.
type Thresholds struct {
	ActivityWindowDays, HalfLifeDays, TaskHalfLifeDays, RunbookIntervalDays, CoverShare float64
	SmallestGroup                                                                       int
}

// Backtest is how far the advice on "who is nearest" could be trusted in the past.
type Backtest struct {
	Works, Cells     int
	HorizonDays      float64
	MRR, Low, High   float64 // of the default ranking, with its 95 % interval
	Hit3             float64
	BestOther        string // the best simpler ranking
	BestOtherMRR     float64
	BestOtherHit3    float64
	Newcomers        float64 // share of works by someone nobody could have ranked, in [0,1]
	GoneWorks        int     // files whose only active author had left
	GoneByNewcomer   float64
	SharedWorks      int
	SharedByNewcomer float64
	HasCost          bool
}
