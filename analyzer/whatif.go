package analyzer

import "time"

// WhatIf is what becomes of systems, tasks and runbooks when people leave or join.
type WhatIf struct {
	AsOf    time.Time
	On      time.Time // when they leave; the as-of date where no other was given
	People  []Person  // by index
	Leaving []int     // in the order in which they were named, without those named twice
	Joining []Joiner
	Whole   SystemEffect   // everything that was read, taken as one system; without any effect too
	Systems []SystemEffect // the most pressing first
	Tasks   []TaskEffect   // those that stop first
	// Orphans are the runbooks that lose their last active author, as repository:path, sorted.
	Orphans []string
	// Hours are the hours a year of the tasks that lose their main executor; nil where no source tells. They are a property
	// of the tasks: whoever does these from then on spends them, and others helped with them before.
	Hours *Hours
	Learn []Lesson // what those who join would best learn first, at most maxLessons; nil where nobody joins
	Risk  *KnowledgeAtRisk
	After *AfterActions // nil where no plan was given
}

// Joiner is someone who comes or comes back.
type Joiner struct {
	Name   string // as the user gave it
	Person int    // index into WhatIf.People of someone who was here before; -1 for a newcomer, who knows nothing yet
}

// SystemEffect is what a departure does to one system; of the systems those without any effect are not listed. Bus factors have no
// interval.
type SystemEffect struct {
	System          string // ID
	BusFactorBefore BusFactor
	BusFactorAfter  BusFactor
	UncoveredBefore float64 // change-weighted share of files, in [0,1]
	UncoveredAfter  float64
	VerdictBefore   Verdict
	VerdictAfter    Verdict
	RecentCommits   int // within the activity window: the work that goes on arriving
	FallsTo         int // who alone would hold it then and did not before, index into WhatIf.People: the second-order effect; -1 for none
	Holder          int // of those who leave the one on whom it hangs most, index into WhatIf.People; -1 for none
	Planned         *SystemOutcome
}

// IsLost says whether nobody active knows most of it once they have left, as far as a verdict can be passed.
func (s *SystemEffect) IsLost() bool { return s.VerdictAfter == VerdictOrphaned }

// WasLost says whether that is so already.
func (s *SystemEffect) WasLost() bool { return s.VerdictBefore == VerdictOrphaned }

// TaskEffect is what a departure does to one task; those without any effect are not listed.
type TaskEffect struct {
	Task       string // ID
	Name       string
	System     string
	Executions int     // n of the risks
	RiskBefore float64 // chance that nobody present can do it, in [0,1]
	RiskAfter  float64
	Stops      bool   // RiskAfter is at least 0.5 and RiskBefore was below
	FallsTo    int    // who alone would keep it going then and did not before, index into WhatIf.People; -1 for none
	LosesMain  bool   // someone who leaves practises it most
	Holder     int    // who, index into WhatIf.People; -1 where LosesMain is false
	Hours      *Hours // a year, where it loses its main executor; nil where unknown
	// Chances are how often it will probably be done until they leave, by the rate of the last year: so often can someone do it
	// beside them. 0 where they leave on the as-of date.
	Chances float64
	Planned *TaskOutcome
}

// IsLost says whether nobody present can be counted on for it once they have left.
func (t *TaskEffect) IsLost() bool { return t.RiskAfter >= stopsAt }

// WasLost says whether that is so already.
func (t *TaskEffect) WasLost() bool { return t.RiskBefore >= stopsAt }

// Lesson is something that one who joins would best learn, and why.
type Lesson struct {
	Subject Subject // OfSystem or OfTask
	ID      string
	Reason  string // in words
}

// maxLessons bounds WhatIf.Learn.
const maxLessons = 5

// KnowledgeAtRisk is what a year of departures may cost, by simulation (after Rigby et al. 2016, who take the 95th percentile of
// losses): each active person leaves within the year with the same probability, independently of the others.
type KnowledgeAtRisk struct {
	AnnualAttrition float64 // share of people who leave in a year, given by the user, in (0,1)
	Simulations     int
	People          int // active people who cover a file or have practised a task
	Files           Loss
	Tasks           Loss // of tasks that can be done now, those that would stop; shares are of their number
	TaskCount       int
}

// Loss is how much is lost in a year, as shares in [0,1].
type Loss struct {
	Mean         float64 // exact for files, of all simulations for tasks
	Median       float64
	Percentile95 float64 // in one year of twenty it is more
	Low, High    float64 // 80 % interval of Percentile95, from the number of simulations alone
	Quantiles    []float64
}
