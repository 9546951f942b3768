package analyzer

import "time"

// WhatIf is what becomes of systems, tasks and runbooks when people leave or join.
type WhatIf struct {
	On      time.Time
	People  []Person // by index
	Leaving []int
	Joining []string // names: they know nothing yet
	Systems []SystemEffect
	Tasks   []TaskEffect
	// Orphans are runbooks of which every substantive author leaves, as repository:path, sorted.
	Orphans []string
	// Hours are the hours a year of the tasks that lose their main executor; nil where no source tells.
	Hours *float64
}

// SystemEffect is what a departure does to one system; those without any effect are not listed.
type SystemEffect struct {
	System          string // ID
	BusFactorBefore BusFactor
	BusFactorAfter  BusFactor
	UncoveredBefore float64 // change-weighted share of files, in [0,1]
	UncoveredAfter  float64
	VerdictBefore   Verdict
	VerdictAfter    Verdict
	FallsTo         int // who alone would hold it then, index into WhatIf.People: the second-order effect; -1 for none
}

// TaskEffect is what a departure does to one task; those without any effect are not listed.
type TaskEffect struct {
	Task       string // ID
	Name       string
	System     string
	RiskBefore float64 // chance that nobody present can do it, in [0,1]
	RiskAfter  float64
	Stops      bool     // RiskAfter is at least 0.5 and RiskBefore was below
	FallsTo    int      // who alone would do it then, index into WhatIf.People; -1 for none
	Hours      *float64 // a year, to redistribute; nil where unknown
}

// KnowledgeAtRisk is what a year of departures may cost, by simulation (after Rigby et al. 2016).
type KnowledgeAtRisk struct {
	AnnualAttrition float64 // share of people who leave in a year, given by the user, in (0,1)
	Simulations     int
	People          int // active people who may leave
	// Share of change-weighted files that lose their last active person within a year, in [0,1].
	Mean, Median, Percentile95 float64
	Low, High                  float64   // 80 % interval of Percentile95
	Quantiles                  []float64 // 0, 5, … 100 %
	// The same for tasks that would stop.
	TasksMean, TasksPercentile95 float64
	Tasks                        int
}
