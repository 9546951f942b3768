package analyzer

import (
	"time"

	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// HandoverQuestion says what is handed over, by whom and to whom.
type HandoverQuestion struct {
	System     string    // ID or name of a system, or a directory; empty: everything that was read
	Leaver     string    // as Explain takes people; empty: the one whose absence uncovers most
	Successors []string  // likewise; empty: whoever is nearest
	Due        time.Time // when it is to be done; zero for no date
	// Start is when the handover began: what successors did from then on proves that it works, what they did before only
	// that they could. Zero: it begins after the as-of date, and nothing proves it yet.
	Start time.Time
	// Begun is what was to be handed over just before Start, as BeginHandover finds it; nil where Start is zero. Criteria rest
	// on it, so that what was learnt since is proof and not out of sight.
	Begun      *HandoverBasis
	LoadCap    int // most systems and tasks that may hang on one person afterwards; 0 for DefaultLoadCap
	OwnerLines []sources.OwnerLine
	Aliases    []Alias
}

// DefaultLoadCap is a starting value.
const DefaultLoadCap = 5

// Handover is who knows what of one system, who can take over from someone who leaves it, and when that is done.
type Handover struct {
	AsOf, Due  time.Time // Due is zero where none was given
	TooEarly   *TooEarly // nil where the steps can be done until Due, or nothing is due
	Start      time.Time // from when on evidence proves it: as asked, else the second after AsOf
	HasBegun   bool      // Start is not after AsOf
	System     System    // its ID is empty for everything
	People     []Person  // by index
	Leaver     int       // index into People
	Chosen     bool      // the successors were named by the user
	Successors []Successor
	Verdict    string // in words: who can take over, or that no one here can
	Strong     bool   // there is a successor with strong evidence for all that matters
	Held       Held
	Clusters   []KnowledgeCluster // heaviest first
	Tasks      []HandoverTask     // those that stop first
	Knows      []Capabilities     // of the leaver, then of the successors
	Open       []OpenEnd
	Steps      []HandoverStep
	Criteria   []Criterion
	LoadCap    int
	Hours      Hours // sum over Steps, of everyone who takes part
	Assumed    int   // tasks of Steps for whose runs an hour each is assumed, as no source tells
}

// TooEarly is by how many days a date comes too early for the steps, which have no dates then.
type TooEarly struct {
	Days int // lacking
	Work int // what is counted in hours takes at least so many, at full working days
	Last int // and the steps that take days so many after it
}

// Held is how much of a system the leaver knows, and how much nobody else does.
type Held struct {
	Files       int     // assessed files that they know well enough to look after
	Alone       int     // of them, those that nobody else active does
	Weight      float64 // change-weighted share of the system's files of Files, in [0,1]
	AloneWeight float64 // of Alone
	// Paths are all paths that anyone ever wrote or changed, whether they still exist or not; OnlyPaths are those of them
	// that nobody but the leaver ever did.
	Paths, OnlyPaths int
}

// KnowledgeCluster is a group of files that only the leaver knows, named as people would.
type KnowledgeCluster struct {
	Name    string // directory, with the words its files share where it is one of several
	Files   int
	Weight  float64  // share of the system's change weight, in [0,1]
	Paths   []string // at most five, heaviest first
	Nearest int      // index into People; -1 for nobody
	Reason  string   // evidence for the nearest, in words
	Alone   int      // of Files, those that nobody else active covers as of the date: fewer than Files once the handover has begun
	Touched int      // files that successors wrote, changed or reviewed since the start
	Before  int      // likewise in the activity window before the start
	Last    *Shown   // the newest of Touched; nil for none

	files []uint32
}

// Shown is evidence that someone did something.
type Shown struct {
	Person    int // index into People
	Time      time.Time
	Reference string // key of a ticket, or a commit
}

// Successor is someone who could take over, with the evidence.
type Successor struct {
	Person     int
	Score      float64            // share of the ranking's whole, in [0,1]
	Confidence ranking.Confidence // as the backtest calibrates it where the best-knowing person left, strong only with half of Covers; for tasks by how many of them can be done alone
	Strong     bool               // strong confidence, which takes half of what the leaver covers, and every task that would stop
	Covers     float64            // change-weighted share of what the leaver covers that they cover today, in [0,1]
	Tasks      int                // of the leaver's tasks that they can do alone
	Reasons    []string           // evidence in words, strongest first
	Load       Load
}

// Load is what a successor would hold, as a number of things, never as a working time.
type Load struct {
	Before  int // systems and tasks that hang on them now
	After   int // and after the transfer
	OverCap bool
}

// HandoverTask is a recurring task of the system that the leaver does.
type HandoverTask struct {
	Task       string // ID
	Name       string
	Executions int
	Recent     int  // within a year
	Stops      bool // nobody else here can do it
	RiskAfter  float64
	Maturity   Maturity
	Runbook    string // path, empty for none
	Nearest    int    // index into People of who has practised it most beside the leaver; -1 for nobody
	// StoppedAtStart says that nobody else could do it when the handover began; equals Stops until then.
	StoppedAtStart bool
	Proven         *Shown  // newest proof since the start: a run by the manual, for judgement a case by who has done it twice of late; nil for none
	Since          *Shown  // newest time that a successor did it since the start, proof or not
	Before         *Shown  // newest time before the start
	IsJudgement    bool    // it is different each time, so that a manual carries little of it
	Hours          *Hours  // of one execution; nil where no source tells
	Chances        float64 // times it will probably be done until Due, by the rate of the last year; 0 without a date
}

// Capabilities is one row of who knows what: a person against tasks and clusters.
type Capabilities struct {
	Person int
	Of     []Capability // one for each of Handover.Tasks, then one for each of Clusters
}

// OpenEnd still names the leaver: an open ticket, a runbook's owner line, a CODEOWNERS line.
type OpenEnd struct {
	Kind  OpenEndKind
	Where string // key, or path:line
	Text  string
	Why   string // what it was taken for the leaver by, where that is none of their names; else empty
}

// OpenEndKind is what still names the leaver.
type OpenEndKind string

// The kinds.
const (
	OpenTicket   OpenEndKind = "open ticket"
	RunbookOwner OpenEndKind = "runbook owner"
	ListedOwner  OpenEndKind = "listed owner"
	UnknownOwner OpenEndKind = "unknown owner" // names someone whom nobody knows, who may be the leaver
)

// HandoverStep is one thing to do, in order.
type HandoverStep struct {
	What string
	// Each and Subject say the same in two parts, for steps that are alike: what to do, and with which task or files, and how much
	// of it there is. Empty where there is no other of its kind.
	Each, Subject string
	Who           []int // indices into People
	Hours         Hours // of all who take part
	Days          int   // it takes so many, after everything else; 0 where it is a matter of hours
	By            time.Time
	Why           string
}

// Criterion is one condition of "done".
type Criterion struct {
	ID     string // stable, for programs
	Text   string
	State  CriterionState
	Detail string // what the evidence shows; empty where none can
	// Each and Subject say Text in two parts, for criteria that are alike, and Same and Own do so of Detail: what it says of all of
	// them, and of this one alone; either may be empty.
	Each, Subject, Same, Own string
}

// CriterionState is whether a criterion is met.
type CriterionState string

// The states. Already means that it never hung on the leaver alone: there was nothing to hand over, and nothing is proven.
// Manual means that no evidence can show it.
const (
	Pass    CriterionState = "pass"
	Already CriterionState = "already"
	Fail    CriterionState = "fail"
	Manual  CriterionState = "manual"
)

// Done says whether every criterion passes that evidence can show.
func (h *Handover) Done() bool {
	for i := range h.Criteria {
		if h.Criteria[i].State == Fail {
			return false
		}
	}
	return true
}
