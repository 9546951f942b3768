package analyzer

import "time"

// Explanation is the evidence behind one system, file, person, task or ticket. Exactly one of System, File,
// Person, Task and Ticket is set.
type Explanation struct {
	AsOf     time.Time
	Method   Method   // by which files are covered
	People   []Person // by index, as in Assessment
	System   *SystemExplanation
	File     *FileExplanation
	Person   *PersonExplanation
	Task     *TaskExplanation
	Ticket   *TicketExplanation
	Evidence []EvidenceLine // the heaviest first, at most the limit asked for
	Omitted  int            // lines of evidence not listed; Uncounted where there are some of a person
}

// Uncounted stands for any number of a person's traces: with how many there are, a total of someone's work would be told.
const Uncounted = -1

// SystemExplanation is a system's numbers and who stands behind them.
type SystemExplanation struct {
	System  System
	Holders []Holder   // people by share of familiarity, at most ten
	Files   []FileRisk // heaviest files of the system, at most ten
	// Related are the systems on which its active people work too, where a successor may be found: the one that shares most people
	// first, at most ten. Only of systems, not of directories.
	Related []RelatedSystem
}

// RelatedSystem is another system that shares active people with the one explained.
type RelatedSystem struct {
	System string // ID
	People int    // who worked on both within the activity window
}

// FileExplanation is who knows one file.
type FileExplanation struct {
	Path         string
	Repository   string
	Systems      []string            // IDs
	Exclusion    string              // why it is not assessed; empty when it is
	FormerPaths  []string            // names the file had before, newest first
	ChangeWeight float64             // share of its system's change weight, in [0,1]
	Holders      []Holder            // by familiarity
	Runbook      *RunbookExplanation // nil where the file is no runbook
}

// PersonExplanation is what hangs on one person: a property of the systems, tasks and procedures, not of the person.
type PersonExplanation struct {
	Person     int
	Identities []string // as written in the sources, see sources.Identity.Written, sorted
	Merges     []string // why those are one person, in words
	Systems    []PersonSystem
	Tasks      []PersonTask    // that stop without the person, or that they do more than half of; the most pressing first
	Runbooks   []PersonRunbook // that nobody else has written or run, or that they run more than half of; by path
}

// PersonTask is recurring work that hangs on the person.
type PersonTask struct {
	ID, Name string
	System   string  // ID, empty where its tickets belong to none
	Counted  int     // executions by anyone that Share is about, at least five
	Share    float64 // of them by the person, in [0,1]
	Stops    bool    // their absence stops it
	Nobody   bool    // as it is, nobody present can be counted on for it, the person included
	Runbook  string  // path of its procedure, empty for none
	Maturity Maturity
}

// PersonRunbook is a procedure that hangs on the person.
type PersonRunbook struct {
	Repository string // label
	Path       string
	Maturity   Maturity
	OnlyAuthor bool    // nobody else has changed what it says
	Executions int     // by anyone
	Share      float64 // of them by the person, in [0,1]; 0 where there are none
}

// PersonSystem is a system that would lose coverage without the person, most first.
type PersonSystem struct {
	System           string
	UncoveredNow     float64
	UncoveredWithout float64
	FilesOnlyTheirs  int
	LastSeen         time.Time
}

// Holder is one person's knowledge of the subject.
type Holder struct {
	Person             int
	Share              float64 // of all familiarity with the subject, in [0,1]
	Covers             bool    // of a file: is active and holds enough of the best familiarity
	Commits            int     // that give evidence
	Created            bool    // added the file, or an ancestor of it by rename
	LastSeen           time.Time
	DegreeOfAuthorship *float64 // files only
	DegreeOfExpertise  *float64 // files only, with line counts
	LinesOwned         *int     // with line counts
}

// EvidenceLine is one commit that gives evidence on the subject.
type EvidenceLine struct {
	Repository  string
	Reference   string // commit id
	Time        time.Time
	Person      int // index into Explanation.People
	Kind        string
	Files       int     // of the subject, touched by it
	Example     string  // one path of the subject
	Familiarity float64 // what it adds today, 0 where it is mechanical
	Mechanical  string  // reason, empty where it is not
	Subject     string  // first line of the message; filled in by the caller who can read the source
}
