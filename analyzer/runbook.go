package analyzer

import (
	"fmt"
	"time"

	"keyperson/analyzer/runbooklint"
)

// Maturity is how far a procedure can be relied on, M0 to M7; each level includes those before it.
type Maturity uint8

// The levels of maturity.
const (
	NoRunbook         Maturity = iota // M0
	Exists                            // M1
	Structured                        // M2: purpose, trigger, prerequisites, steps with commands, expected results, rollback, escalation
	Fresh                             // M3: edited or reviewed within its interval, no older than what it describes, links resolve
	Independent                       // M4: two substantive authors, or a reviewer who is not the author
	ExecutedByOthers                  // M5: by someone who did not write it
	Proven                            // M6: three executions by two non-authors, none escalated, one edit fed back
	AutomatedMaturity                 // M7
)

// String is the level as reports write it, "M0" to "M7".
func (m Maturity) String() string { return fmt.Sprintf("M%d", uint8(m)) }

// Runbook is the state of one procedure document as of the date.
type Runbook struct {
	Repository string // label
	Path       string
	Title      string
	Systems    []string // IDs, sorted
	Owner      string   // as listed; being named is not knowing
	Diagnosis  bool     // it explains an alert; less is asked of it than of a procedure: see NotAskedOfDiagnoses

	Maturity Maturity
	Missing  []string // what the next level lacks, in words; empty at M7

	Revisions       int       // commits that touched it
	Substantive     int       // of them, that changed what it says
	Bumps           int       // of them, that only moved a date
	Authors         []int     // of substantive revisions, indices into Assessment.People, most recent first
	LastSubstantive time.Time // zero when there is none
	LastReviewed    time.Time // substantive or confirmed, or as the document states; zero for never
	OtherExecutions int       // by people who did not write it
	OtherExecutors  int

	Lint   []LintFinding // by line
	Scores LintScores
	Alerts []string // names of alerts that name it, sorted
	Tasks  []string // IDs of the tasks it covers, sorted
}

// LintAxis is whom a procedure fails.
type LintAxis = runbooklint.Axis

// LintFinding is one thing to mend in a document.
type LintFinding = runbooklint.Finding

// NotAskedOfDiagnoses are the rules that are not asked of a document that explains an alert.
func NotAskedOfDiagnoses() []string { return runbooklint.NotAskedOfDiagnoses }

// LintScores are the shares of the rules of each axis that a document meets.
type LintScores = runbooklint.Scores

// Execution is a piece of work that was done, by whom, and after which procedure.
type Execution struct {
	Ticket    uint32   // index into Evidence.Tickets; sources.None for a commit that cites a runbook
	Event     uint32   // index into Evidence.Events, for such a commit; else sources.None
	Person    uint32   // index into People.Persons
	Time      int64    // seconds since 1970
	Runbooks  []uint32 // indices into Evidence.Runbooks that it cites
	Escalated bool
}
