package backtest

import (
	"errors"
	"runtime"
	"sync"
	"time"

	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

const secondsPerDay = 86400

// ErrNothingNext is returned when no repository has any next work to compare with: no assessed file was changed
// within the horizon of any cut-off.
var ErrNothingNext = errors.New("no file that existed at a cut-off was changed within the horizon after it")

// Options are the choices of a backtest. Start from DefaultOptions.
type Options struct {
	// Cutoffs are the dates looked from; empty for three in each repository, a horizon apart, the last of them a
	// horizon before its newest commit.
	Cutoffs     []time.Time
	HorizonDays float64 // how far ahead the next work is looked for
	// MostWorks bounds the files that are compared for each repository and cut-off; a sample by hash is taken
	// where there are more.
	MostWorks    int
	Resamples    int             // for intervals
	Weights      ranking.Weights // of the default ranking
	HalfLifeDays float64         // of familiarity
	// ActivityWindowDays says who is active: those with evidence within it.
	ActivityWindowDays float64
	Fit                bool        // fit the weights to earlier cut-offs
	Executions         []Execution // of recurring work; none leaves tasks out
	Workers            int         // goroutines; 0 for GOMAXPROCS; no result depends on it
}

// DefaultOptions are the documented defaults.
func DefaultOptions() Options {
	return Options{
		HorizonDays: 182, MostWorks: 500, Resamples: 200, Weights: ranking.DefaultWeights(),
		HalfLifeDays: 365, ActivityWindowDays: 180,
	}
}

// leastWorks is the number of next works from which a cut-off says something about a ranking: the shares of
// fewer jump by five points with each.
const leastWorks = 20

// manyPeople parts small histories, in which any ranking is right most of the time, from large ones.
const manyPeople = 100

// Run backtests every repository of the evidence on its own. It returns ErrNothingNext where there is nothing to
// compare with; the result depends on nothing but the arguments.
func Run(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) (*Result, error) {
	r := &run{evidence: e, people: people, systems: systems, options: options, reasons: graph.Reasons(e)}
	r.listRepositories()
	looks := r.looks()
	results := make([]observed, len(looks))
	r.inParallel(len(looks), func(i int) { results[i] = r.observe(&looks[i], compared(r.options.Weights)) })
	result := r.summarize(results)
	result.Tasks = r.tasks()
	if result.Works() == 0 && len(result.Tasks.Scores) == 0 {
		return nil, ErrNothingNext
	}
	result.Cost = r.cost()
	if options.Fit {
		fit, err := r.fit(looks)
		if err != nil {
			return nil, err
		}
		result.Fit = fit
	}
	return result, nil
}

// run is one backtest under way.
type run struct {
	evidence     *sources.Evidence
	people       *sources.People
	systems      *sources.SystemMap
	options      Options
	reasons      []graph.Reason
	repositories []Repository
	newest       []int64 // commit of each repository, when it was taken in
	oldest       []int64
}

// listRepositories counts the people of each repository and finds the span of its history.
func (r *run) listRepositories() {
	count := len(r.evidence.Repositories)
	r.repositories, r.newest, r.oldest = make([]Repository, count), make([]int64, count), make([]int64, count)
	met := make([]map[uint32]bool, count)
	for i := range met {
		met[i] = map[uint32]bool{}
		r.repositories[i].Label = r.evidence.Repositories[i].Label
	}
	for i := range r.evidence.Events {
		event := &r.evidence.Events[i]
		if at := event.Repository; r.newest[at] == 0 || event.Recorded > r.newest[at] {
			r.newest[at] = event.Recorded
		}
		if at := event.Repository; r.oldest[at] == 0 || event.Recorded < r.oldest[at] {
			r.oldest[at] = event.Recorded
		}
	}
	for i := range r.evidence.Records {
		record := &r.evidence.Records[i]
		person := r.people.ByIdentity[record.Person]
		if r.people.Persons[person].Kind == sources.Human {
			met[r.evidence.Events[record.Event].Repository][person] = true
		}
	}
	for i := range met {
		r.repositories[i].People = len(met[i])
	}
}

// look is one repository at one cut-off.
type look struct {
	repository uint32
	cutoff     int64
}

func (r *run) horizon() int64 { return int64(r.options.HorizonDays * secondsPerDay) }

// looks lists every repository at every cut-off within its history.
func (r *run) looks() []look {
	const defaultCutoffs = 3
	var looks []look
	for i := range r.repositories {
		if len(r.options.Cutoffs) > 0 {
			for _, cutoff := range r.options.Cutoffs {
				looks = r.appendLook(looks, look{uint32(i), cutoff.Unix()})
			}
			continue
		}
		for back := int64(defaultCutoffs); back >= 1; back-- {
			looks = r.appendLook(looks, look{uint32(i), r.newest[i] - back*r.horizon()})
		}
	}
	return looks
}

func (r *run) appendLook(looks []look, t look) []look {
	if t.cutoff <= r.oldest[t.repository] || t.cutoff > r.newest[t.repository] {
		return looks
	}
	return append(looks, t)
}

// inParallel calls work for 0 … count−1, each in one of the workers.
func (r *run) inParallel(count int, work func(i int)) {
	workers := r.options.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	next := make(chan int)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	group.Wait()
}

func (r *run) history(repository uint32) *history {
	return &history{evidence: r.evidence, people: r.people, repository: repository, reasons: r.reasons}
}

// world is what was known at a look's cut-off.
func (r *run) world(p *past, cutoff int64) *world {
	return newWorld(p.evidence, r.people, r.systems, cutoff, r.options.HalfLifeDays)
}
