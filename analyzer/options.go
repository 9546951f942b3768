package analyzer

import (
	"time"

	"keyperson/analyzer/ranking"
	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

// Options are the user's choices. The zero value is not useful: start from DefaultOptions.
type Options struct {
	Method             Method
	AsOf               time.Time  // required
	Since              *time.Time // leave out evidence before it; nil for none
	System             string     // ID or name of the only system to assess; empty for all
	Workers            int        // goroutines for resampling; 0 for GOMAXPROCS; no result depends on it
	AcceptIncomplete   bool       // assess although a fatal finding says not to
	ActivityWindowDays float64    // who did something within it is active
	HalfLifeDays       float64    // of familiarity with code
	CoverShare         float64    // share of the best familiarity with a file that covers it, in (0,1]
	Resamples          int        // for intervals; 0 leaves them out
	Intervals          *Intervals // kept from earlier runs; nil keeps none; no result depends on it
	Left               []string   // IDs, addresses or names of people who have left: they cover nothing

	Ranking ranking.Weights // of who will most probably do the next work

	TaskRules        []sources.TaskRule // of the configuration, in their order
	Names            *taskkinds.Names   // what people are called, to keep it out of what names tasks; nil for nothing
	Triage           []string           // IDs, addresses, names or accounts of people who only assign and close: they execute nothing
	TaskHalfLifeDays float64            // of practice of a task

	RunbookIntervalDays float64 // how often a runbook that states no interval itself is to be reviewed
}

// DefaultOptions returns the documented defaults for an assessment as of a date.
func DefaultOptions(asOf time.Time) Options {
	return Options{
		Method: MethodFamiliarity, AsOf: asOf,
		ActivityWindowDays: 180, HalfLifeDays: 365, CoverShare: 0.5, Resamples: 100,
		Ranking:          ranking.DefaultWeights(),
		TaskHalfLifeDays: 180, RunbookIntervalDays: 365,
	}
}
