package analyzer

import "time"

// Handover is who knows what of one system, who can take over from someone who leaves it, and when that is done.
type Handover struct {
	AsOf, Due  time.Time // Due is zero where none was given
	System     System
	People     []Person    // by index
	Leaver     int         // index into People
	Successors []Successor // the likeliest first
	Verdict    string      // in words: who can take over, or that no one here can
	Strong     bool        // there is a successor with strong evidence for all that matters
	Clusters   []KnowledgeCluster
	Tasks      []HandoverTask
	Knows      []Capabilities
	Open       []OpenEnd
	Steps      []HandoverStep
	Criteria   []Criterion
	Hours      float64 // sum over Steps
}

// KnowledgeCluster is a group of files that only the leaver knows, named as people would.
type KnowledgeCluster struct {
	Name    string // directory, or the words its files share
	Files   int
	Weight  float64  // share of the system's change weight, in [0,1]
	Paths   []string // at most five, heaviest first
	Nearest int      // index into People; -1 for nobody
	Reason  string   // evidence for the nearest, in words
}

// Successor is someone who could take over, with the evidence.
type Successor struct {
	Person     int
	Score      float64  // share of the ranking's whole, in [0,1]
	Confidence string   // "strong", "likely", "weak", as the backtest calibrates them
	Covers     float64  // change-weighted share of the system's files they cover today, in [0,1]
	Tasks      int      // of the leaver's tasks that they can do alone
	Reasons    []string // evidence in words, strongest first
	Load       Load
}

// Load is what a successor would hold, as a share of a cap, never as a working time.
type Load struct {
	SystemsBefore int // systems and tasks that hang on them now
	SystemsAfter  int // and after the transfer
	OverCap       bool
}

// HandoverTask is a recurring task of the system that the leaver does.
type HandoverTask struct {
	Task      string // ID
	Name      string
	Stops     bool // nobody else here can do it
	Maturity  Maturity
	Runbook   string // path, empty for none
	Nearest   int    // index into People; -1 for nobody
	Practised bool   // a successor has done it by the runbook
}

// Capabilities is one row of who knows what: a person against tasks and clusters.
type Capabilities struct {
	Person int
	Of     []Capability // one for each of Handover.Tasks, then one for each of Clusters
}

// OpenEnd still names the leaver: an open ticket, a runbook's owner line, a CODEOWNERS line.
type OpenEnd struct {
	Kind  string // "open ticket", "runbook owner", "listed owner"
	Where string // key, path, or path:line
	Text  string
}

// HandoverStep is one thing to do, in order.
type HandoverStep struct {
	What  string
	Who   []int // indices into People
	Hours float64
	Why   string
}

// Criterion is one condition of "done".
type Criterion struct {
	ID     string // stable, for programs
	Text   string
	State  CriterionState
	Detail string // what the evidence shows
}

// CriterionState is whether a criterion is met.
type CriterionState string

// The states; Manual means that no evidence can show it.
const (
	Pass   CriterionState = "pass"
	Fail   CriterionState = "fail"
	Manual CriterionState = "manual"
)
