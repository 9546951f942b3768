package analyzer

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer/concentration"
	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// ErrNoLineCounts is returned for a method that needs line counts where the evidence has none.
var ErrNoLineCounts = errors.New("the evidence has no line counts: read it with --lines")

// UnknownSystemError is returned when Options.System names no system.
type UnknownSystemError struct {
	Name  string
	Known []string // IDs, sorted
}

func (e *UnknownSystemError) Error() string {
	return fmt.Sprintf("no system is called %q; the systems are: %s", e.Name, strings.Join(e.Known, ", "))
}

// DataQualityError is returned instead of an assessment when a finding is fatal and the user has not
// accepted incomplete data.
type DataQualityError struct {
	Findings []sources.Finding // the fatal ones
}

func (e *DataQualityError) Error() string {
	messages := make([]string, len(e.Findings))
	for i, finding := range e.Findings {
		messages[i] = finding.Message
	}
	return "no scores from incomplete data: " + strings.Join(messages, "; ")
}

// Assess scores every system of the evidence as of a date. It returns a *DataQualityError,
// an *UnknownSystemError or ErrNoLineCounts; the result depends on nothing but the arguments.
func Assess(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) (*Assessment, error) {
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	return w.assessment()
}

// assessment scores every system chosen. It returns an *UnknownSystemError.
func (w *work) assessment() (*Assessment, error) {
	e, systems, options := w.evidence, w.systems, w.options
	chosen, err := chooseSystems(systems, options.System)
	if err != nil {
		return nil, err
	}
	a := &Assessment{
		AsOf: options.AsOf.UTC(), Since: options.Since, Method: options.Method,
		Incomplete:   len(sources.FatalFindings(e.Findings)) > 0,
		Repositories: summarize(e, w.graph), Sources: SourcesOf(e, options), Census: w.census(), Findings: w.findings(),
		Exclusions: w.exclusions(), SystemOrigin: systems.Origin, Unmapped: w.unmapped(),
	}
	if options.Method == MethodAvelino || options.Method == MethodAvelino2016 {
		a.TruckFactor = w.publishedTruckFactor()
	}
	w.assessSystems(a, chosen)
	x := w.executed()
	a.Runbooks = w.assessRunbooks(w.byTickets(x))
	w.assessWork(a, x)
	w.addHats(a, x)
	a.Sentences = sentences(a, w)
	w.listCoverers(a)
	a.People = w.roster.listed
	return a, nil
}

// chooseSystems returns the indices of the systems to assess: all, or the one named by ID or name.
func chooseSystems(systems *sources.SystemMap, name string) ([]uint32, error) {
	var all, named []uint32
	known := make([]string, 0, len(systems.Systems))
	for i := range systems.Systems {
		system := &systems.Systems[i]
		all = append(all, uint32(i))
		known = append(known, system.ID)
		if strings.EqualFold(system.ID, name) || strings.EqualFold(system.Name, name) {
			named = append(named, uint32(i))
		}
	}
	switch {
	case name == "":
		return all, nil
	case len(named) == 0:
		slices.Sort(known)
		return nil, &UnknownSystemError{Name: name, Known: known}
	}
	return named, nil
}

// work is what every part of one assessment reads.
type work struct {
	evidence *sources.Evidence
	people   *sources.People
	systems  *sources.SystemMap
	options  Options
	graph    *graph.Graph
	roster   *roster
	active   []bool    // by person: seen within the activity window, and not known to have left
	window   int64     // start of the activity window, seconds since 1970
	known    []float64 // by tie: familiarity, or degree of expertise where the method is that
	covers   coverRule
	covering covering // by what is known
	marks    *marks
	ranks    *ranking.State            // nil until nextWork needs it
	kinds    []kindOfWork              // of the tasks, for whoever simulates or scores; their task fields are not to be used
	authors  *concentration.Authorship // nil until truckFactorOf needs it
}

// newWork prepares what assessing and explaining share. It returns a *DataQualityError or ErrNoLineCounts.
func newWork(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) (*work, error) {
	if fatal := sources.FatalFindings(e.Findings); len(fatal) > 0 && !options.AcceptIncomplete {
		return nil, &DataQualityError{Findings: fatal}
	}
	asOf := options.AsOf.Unix()
	since := int64(math.MinInt64)
	if options.Since != nil {
		since = options.Since.Unix()
	}
	g := graph.Build(e, people, systems, graph.Options{AsOf: asOf, Since: since, HalfLifeDays: options.HalfLifeDays})
	w := &work{
		evidence: e, people: people, systems: systems, options: options, graph: g,
		window: asOf - int64(options.ActivityWindowDays*secondsPerDay),
	}
	w.marks = newMarks(g, len(e.Events))
	left := leftPeople(e, people, options.Left)
	w.active = make([]bool, len(people.Persons))
	for i := range w.active {
		w.active[i] = !left[i] && g.LastSeen[i] >= w.window
	}
	w.roster = newRoster(people, g.LastSeen, w.active, left)
	if options.Method == MethodExpertise {
		known, err := expertise(e, g)
		if err != nil {
			return nil, err
		}
		w.known, w.covers = known, coversByExpertise
		w.whoCovers(w.known, &w.covering)
		return w, nil
	}
	w.known = make([]float64, len(g.Ties))
	for i := range g.Ties {
		w.known[i] = g.Ties[i].Familiarity
	}
	w.covers = coversByFamiliarity(options.CoverShare)
	w.whoCovers(w.known, &w.covering)
	return w, nil
}

// assessSystems fills in the systems that have files or tickets, worst first, and the whole.
func (w *work) assessSystems(a *Assessment, chosen []uint32) {
	chosen = slices.DeleteFunc(chosen, func(system uint32) bool {
		return len(w.graph.SystemFiles[system]) == 0 && !w.hasTickets(system)
	})
	sets := make([][]uint32, 0, len(chosen)+1)
	for _, system := range chosen {
		sets = append(sets, w.graph.SystemFiles[system])
	}
	sets = append(sets, w.allFiles())
	drawn := w.resample(sets)
	scored := make([]System, len(sets))
	for i, files := range sets {
		scored[i] = w.assessSystem(files)
	}
	for i, interval := range drawn() {
		scored[i].judge(interval, w.options)
	}
	last := len(chosen)
	a.Systems, a.Whole = scored[:last:last], scored[last]
	for i, system := range chosen {
		a.Systems[i].describe(&w.systems.Systems[system])
	}
	a.Whole.ID, a.Whole.Name, a.Whole.Origin = "", "everything", "all assessed files"
	slices.SortStableFunc(a.Systems, worseFirst)
}

// hasTickets says whether any ticket belongs to a system, which then needs no files.
func (w *work) hasTickets(system uint32) bool {
	return slices.ContainsFunc(w.systems.ByTicket, func(of uint32) bool { return of == system })
}

// allFiles lists every assessed file.
func (w *work) allFiles() []uint32 {
	all := make([]uint32, len(w.graph.Files))
	for i := range all {
		all[i] = uint32(i)
	}
	return all
}

// worseFirst orders by verdict, then by how much work arrives on what would be uncovered.
func worseFirst(a, b System) int {
	return cmp.Or(
		cmp.Compare(a.Verdict.rank(), b.Verdict.rank()),
		cmp.Compare(b.UncoveredWithoutTop*float64(b.RecentCommits), a.UncoveredWithoutTop*float64(a.RecentCommits)),
		cmp.Compare(b.Commits, a.Commits),
		cmp.Compare(a.ID, b.ID),
	)
}

const secondsPerDay = 86400

func fromUnix(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
