package backtest

import (
	"time"

	"keyperson/analyzer/ranking"
)

// Result is what a backtest found.
type Result struct {
	HorizonDays  float64
	Repositories []Repository
	Cells        []Cell // by repository, then by cut-off
	Pooled       Group  // each repository and cut-off with equal weight
	Large, Small Group  // of it, repositories with over, and with at most, a hundred people
	// Gone are the files whose best-knowing person, by familiarity, was not active at the cut-off any more.
	Gone Group
	// Successor are the works not done by the best-knowing person, with whom left out of every ranking: who comes
	// next, as a handover asks.
	Successor    Group
	ByRepository []Group // in the order of Repositories
	BySystem     []Group // with enough works, most works first; every work with equal weight
	// Tasks are tickets of recurring work and who did them, ranked by what was done before each was opened: works are
	// tickets, commits are weeks in which they were opened. Empty without tickets.
	Tasks      Group
	Confidence []ConfidenceBin
	// AfterLeaving are the words that a handover uses, on works on files whose best-knowing person did nothing within the
	// horizon: of those who are left and were active, the first.
	AfterLeaving []ConfidenceBin
	Cost         Cost
	Fit          *Fit // nil unless asked for
}

// Repository is one history, a unit of its own.
type Repository struct {
	Label  string
	People int // humans with evidence in it, at any time
}

// Cell is one repository at one cut-off.
type Cell struct {
	Repository int // index into Result.Repositories
	Cutoff     time.Time
	Files      int // assessed files that existed
	Works      int // of them, those with a next work within the horizon
	Sampled    int // of them, those compared
	Newcomers  int // of those, next works by someone without any evidence in the repository before
	Enough     bool
}

// Works counts the next works compared in all cells.
func (r *Result) Works() int {
	works := 0
	for i := range r.Cells {
		works += r.Cells[i].Sampled
	}
	return works
}

// Group is a set of next works and how well each ranking foresaw them.
type Group struct {
	Name      string
	Cells     int     // repositories × cut-offs with enough works, each with equal weight
	Works     int     // next works compared
	Commits   int     // distinct commits they are in: the n that intervals go by
	Newcomers float64 // share done by someone nobody could have ranked, counted as misses below; in [0,1]
	Scores    []Score // the default first; empty where there were too few works
}

// Score is how well one ranking foresaw who did the next work.
type Score struct {
	Ranking string
	MRR     Estimate // mean reciprocal rank: 1 always first, 0.5 always second; 0 for who is not ranked
	Hit1    Estimate // share of works by the first
	Hit3    Estimate // share of works by one of the first three
	// Behind is the mean reciprocal rank of the default less that of this ranking, Behind3 likewise for Hit3.
	Behind, Behind3 Estimate
}

// Estimate is a value with its 95 % interval from resampled commits.
type Estimate struct{ Value, Low, High float64 }

// ConfidenceBin is how often the first of the default ranking did the next work, by their share of all scores.
type ConfidenceBin struct {
	Word       ranking.Confidence
	Works      int
	Commits    int
	Hit1       Estimate
	Expected   float64 // as package ranking has it from public histories
	LeastShare float64
}
