package demo

// Truth is what was planted, as facts of the plan.
type Truth struct {
	Schema   int            `json:"schema"` // 1; changes with the meaning of a field
	Seed     uint64         `json:"seed"`
	Noise    float64        `json:"noise"`
	From     string         `json:"from"`
	To       string         `json:"to"`
	Tickets  int            `json:"tickets"`
	Commits  int            `json:"commits"`
	People   []PersonTruth  `json:"people"`
	Programs []ProgramTruth `json:"programs"`
	// Different are pairs of people whom a careless reader would take for one.
	Different    [][2]string       `json:"different"`
	Systems      []SystemTruth     `json:"systems"`
	Tasks        []TaskTruth       `json:"tasks"`
	Runbooks     []RunbookTruth    `json:"runbooks"`
	Changes      []ChangeTruth     `json:"changes"`
	Mechanical   []MechanicalTruth `json:"mechanical"`
	BulkClosings []BulkTruth       `json:"bulk_closings"`
	BrokenAlerts []string          `json:"broken_alerts"` // alerts that name a document that was never written
}

// PersonTruth is someone with every identity that is theirs.
type PersonTruth struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Role       Role       `json:"role"`
	Identities []Identity `json:"identities"` // the first is the usual one in git
	Left       string     `json:"left,omitempty"`
}

// ProgramTruth is an author who is no person.
type ProgramTruth struct {
	Identity
	Kind string `json:"kind"` // "bot" or "agent"
}

// SystemTruth is what is true of a service at the end; State is that of its code.
type SystemTruth struct {
	ID    string      `json:"id"`
	Tier  int         `json:"tier"`
	State SystemState `json:"state"`
	Knows []string    `json:"knows"` // IDs of those who work on all of it and have not left
	Stops []string    `json:"stops"` // IDs of its tasks that one absence would stop
}

// TaskTruth is what is true of a kind of task at the end.
type TaskTruth struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	System   string `json:"system"`
	PlacedBy string `json:"placed_by"` // "rule", "request type", "component and type", "template"
	// Match is what its tickets have in common: the rule's ID, the request type, the component, the words of the summary
	// that stay.
	Match string `json:"match"`
	Words string `json:"words"` // that all its summaries begin with; empty where each is different
	Type  string `json:"type"`  // issue type
	Class string `json:"class"` // "scheduled", "requested", "urgent"; empty where one may say this or that

	Executions int      `json:"executions"` // really done
	Holder     string   `json:"holder,omitempty"`
	Doers      []string `json:"doers"` // IDs of those who do it in the last two quarters, by plan; empty: nobody
	Routine    bool     `json:"routine"`
	Alone      bool     `json:"alone"`   // at most one person present can do it
	TooFew     bool     `json:"too_few"` // fewer than five executions: nothing can be said
	Level      string   `json:"level"`   // "A", "B", "C"
	Quadrant   string   `json:"quadrant"`
	Runbook    string   `json:"runbook,omitempty"`
}

// RunbookTruth is what is true of a procedure document at the end.
type RunbookTruth struct {
	Path string `json:"path"`
	// AtLeast and AtMost bound its maturity, 0 to 7.
	AtLeast int      `json:"at_least"`
	AtMost  int      `json:"at_most"`
	Authors []string `json:"authors"` // IDs of those who changed what it says
	Bumps   int      `json:"bumps"`   // commits that only moved its review date
	Others  bool     `json:"others"`  // people who did not write it have followed it
}

// ChangeTruth is a task that changed its level.
type ChangeTruth struct {
	Task    string `json:"task"`
	Quarter string `json:"quarter"` // in which what caused it happened: "2025Q3"
	From    string `json:"from"`
	To      string `json:"to"`
	// Causes are what happened, each of which a reader may name: "person left", "runbook written", "second person practised".
	Causes []string `json:"causes"`
	Person string   `json:"person,omitempty"`
}

// MechanicalTruth is a commit that touched many files without anyone having to know them.
type MechanicalTruth struct {
	Commit string `json:"commit"`
	What   string `json:"what"`
}

// BulkTruth is a clearing up of stale tickets, none of which was done.
type BulkTruth struct {
	Person  string `json:"person"`
	Day     string `json:"day"`
	Tickets int    `json:"tickets"`
}
