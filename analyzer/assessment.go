package analyzer

import (
	"time"

	"keyperson/sources"
)

// Assessment is the whole result of one run, ready to be rendered. Reports compute nothing.
type Assessment struct {
	AsOf         time.Time  // the date that replaces the clock, UTC
	Since        *time.Time // evidence before it was left out; nil for all of history
	Method       Method
	Incomplete   bool // a fatal finding was accepted by the user: every format must say so
	Repositories []RepositorySummary
	Sources      []Source // the repositories, in the same order, then the trackers
	People       []Person // everyone that any part of the assessment points at, by index
	Census       Census
	Findings     []sources.Finding
	Exclusions   Exclusions
	SystemOrigin string // in words, where the systems came from
	Unmapped     Unmapped
	Whole        System       // all assessed files of all repositories taken as one system
	Systems      []System     // worst first
	TruckFactor  *TruckFactor // for the published methods; nil with MethodFamiliarity
	Sentences    []Sentence   // at most five, the most pressing first
	Work         WorkCatalog  // recurring work as a whole; zero where no tickets were read
	Tasks        []Task       // the most pressing first
	Runbooks     []Runbook    // by repository and path
}

// Method names how knowledge of a file is measured.
type Method string

// The methods. The published ones are computed exactly as published, to compare with their tables.
const (
	MethodFamiliarity Method = "familiarity"  // Keyperson's own, the default
	MethodAvelino     Method = "avelino"      // the published tool since 2018, pruned at 10 %
	MethodAvelino2016 Method = "avelino-2016" // the paper: not pruned
	MethodExpertise   Method = "expertise"    // degree of expertise (Cury et al. 2024); needs line counts
)

// RepositorySummary is what was read of one repository.
type RepositorySummary struct {
	Label       string
	Path        string
	Revision    string
	Commits     int
	Merges      int
	First, Last time.Time // author dates of the evidence used; zero when there is none
	Files       int       // in the tree at the revision
}

// Person is how an assessment points at someone: as a property of a system, never in a list of their own.
type Person struct {
	ID       string // stable: see sources.Person
	Name     string // or the pseudonym
	Active   bool   // did something within the activity window before the as-of date
	Left     bool   // configured as having left
	LastSeen time.Time
}

// Census counts who was found in the evidence.
type Census struct {
	Identities         int // as written in the sources
	People             int // humans, after joining
	Active             int // humans active within the window
	ActivityWindowDays int
	Merged             int      // joins made
	Suspects           int      // possible joins left for review
	Bots               []string // names of the programs left out, sorted
	Agents             []string // names of AI assistants, sorted: not people
}

// Exclusions lists what gives no knowledge.
type Exclusions struct {
	Files      []ExcludedFiles    // one for each reason, sorted by reason
	Mechanical []MechanicalCommit // oldest first
}

// ExcludedFiles counts the files of the tree left out for one reason.
type ExcludedFiles struct {
	Reason  string
	Count   int
	Example string // one path, the first in order
}

// MechanicalCommit is a commit that changed many files without anyone having to know them.
type MechanicalCommit struct {
	Repository string
	Commit     string
	Files      int
	Reason     string
}

// Unmapped counts the assessed files that belong to no system.
type Unmapped struct {
	Files   int
	Share   float64 // of assessed files, in [0,1]
	Example string
}

// Verdict is what a system's numbers amount to.
type Verdict string

// The verdicts, worst first; VerdictThin means that nothing can be said.
const (
	VerdictOrphaned      Verdict = "orphaned"            // nobody active knows most of it, and work still arrives
	VerdictThinlyCovered Verdict = "thinly-covered"      // so much is uncovered already that one absence of several makes it most
	VerdictOnePerson     Verdict = "one-person"          // one absence leaves most of it uncovered
	VerdictTwoPeople     Verdict = "two-people"          // two absences do
	VerdictTaskStops     Verdict = "task-stops"          // too little code to tell, but one absence stops recurring work
	VerdictShared        Verdict = "shared"              // three or more
	VerdictDormant       Verdict = "dormant"             // hardly any work within the window: no verdict on people
	VerdictThin          Verdict = "not-enough-evidence" // too few commits or files to tell
)

// System is what the assessment says of one system.
type System struct {
	ID, Name, Team, Origin string
	Tier                   int
	Files                  int   // assessed files in the tree at the as-of date
	Sources                []int // repositories of these files, indices into Assessment.Sources, ascending
	Commits                int   // distinct commits that give evidence on them: the n of every share below
	RecentCommits          int   // of them, within the activity window
	ActivePeople           int   // people with evidence on it within the window
	EverPeople             int   // people with any evidence on it
	BusFactor              BusFactor
	TopPerson              int        // index into Assessment.People: whose absence uncovers most; -1 where nobody covers anything
	TopShare               float64    // share of all familiarity with the system held by the one with the most, in [0,1]
	UncoveredNow           float64    // change-weighted share of files that nobody active covers, in [0,1]
	UncoveredWithoutTop    float64    // the same without TopPerson
	LastByOther            *time.Time // last evidence by anyone but TopPerson; nil if never, or where that is nobody
	MonthsSinceOther       *float64   // from then to the as-of date; nil as LastByOther
	Robustness             []float64  // change-weighted share covered after the worst 0, 1, 2 … losses that were found
	RobustnessArea         float64    // mean of what is covered after each loss, up to the last covering person, in [0,1]
	Comparison             Comparison
	Verdict                Verdict
	VerdictReason          string      // in words, with its numbers
	KeyPeople              []KeyPerson // the smallest set found whose absence leaves most uncovered, in order of removal
	OnlyCovered            []FileRisk  // files that only TopPerson covers, heaviest first, at most MaxFileRisks
	Coverers               []Coverer   // active people who cover any of it, by ID
	Tasks                  SystemTasks
	Hats                   []HatCoverage // in the order of the hats; nil where there are too few events to tell
}

// SystemTasks is what recurring work adds to what is known of a system.
type SystemTasks struct {
	Count     int    // tasks with enough evidence
	Stops     int    // of them, those that one absence would stop
	Worst     int    // index into Assessment.Tasks of the one with the highest individualization; -1 for none
	Runbooks  int    // documents about it
	SoleHours *Hours // sum over its tasks; nil where unknown
}

// BusFactor is the least number of active people whose absence leaves more than half of a system's
// change-weighted files uncovered.
type BusFactor struct {
	Enough    bool // false: not enough evidence, and the other fields mean nothing
	Value     int  // 0 when more than half is uncovered as it is
	Exact     bool // proven minimal; else an upper bound by greedy removal
	Low, High int  // 80 % of resampled commits lie so far around their median; shown around Value
	Resamples int
}

// KeyPerson is one of the people whose absence a bus factor is about.
type KeyPerson struct {
	Person       int       // index into Assessment.People
	CoveredAlone float64   // change-weighted share of the system's files only this person covers, in [0,1]
	LastSeen     time.Time // last evidence on this system
}

// Coverer is someone active who covers a part of a system, alone or with others.
type Coverer struct {
	Person int     // index into Assessment.People
	Share  float64 // change-weighted share of the system's files they cover, in (0,1]
}

// FileRisk is a file that one absence leaves uncovered.
type FileRisk struct {
	Path               string  // as it is shown: behind its repository where several were read
	Repository, Within string  // label, and path in that repository
	Weight             float64 // share of the system's change weight, in [0,1]
	Commits            int     // commits that give evidence on it
	Coverers           []int   // who covers it, indices into Assessment.People
	Next               int     // index into Assessment.People of who is nearest to taking over; -1 where nobody active

	file uint32 // index into the files of the graph
}

// Comparison holds the measures other tools print, for the same evidence.
type Comparison struct {
	ContributorAbsenceFactor int     // CHAOSS: smallest group with half of the commits
	HHI                      float64 // Herfindahl–Hirschman index of commit shares, in (0,1]
	Gini                     float64 // of commits per person, in [0,1)
	EffectivePeople          float64 // exp of the Shannon entropy of commit shares, at least 1
	Major, Minor             int     // people with at least, and under, 5 % of commits (Bird et al. 2011)
	TopOwnership             float64 // largest share of commits, in (0,1]
	TruckFactorAvelino       int     // by files authored (unpruned), on this system's files
}

// TruckFactor is the result of a published method.
type TruckFactor struct {
	Value        int
	Files        int     // files with history
	CoverageLeft float64 // share of files that still have an author after the removals, in [0,1]
	Developers   []TruckFactorDeveloper
}

// TruckFactorDeveloper is one of the removed, in order of removal.
type TruckFactorDeveloper struct {
	Person int // index into Assessment.People
	Files  int // files authored
	Share  float64
}

// Sentence is one plain statement a reader could act on.
type Sentence struct {
	System string // ID
	Task   string // ID, where it is about one
	Code   string // stable, for programs
	Text   string
}
