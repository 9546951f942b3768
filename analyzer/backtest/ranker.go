package backtest

import (
	"math"

	"keyperson/analyzer/concentration"
	"keyperson/analyzer/graph"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

// The rankings that are compared.
const (
	Default     = "default"      // package ranking, with the weights it was given
	Familiarity = "familiarity"  // what coverage and bus factors rest on
	LastAuthor  = "last author"  // who changed the file last
	MostCommits = "most commits" // who changed it most often
	DecayedFile = "decayed file" // recent commits to the file, 180 days
	DecayedTree = "decayed directory"
	Authorship  = "degree of authorship"
)

// ranker scores everyone for a file: more is nearer, 0 is not ranked at all.
type ranker struct {
	name  string
	score func(thing uint32, scores []float64)
}

// compared are the default and what it has to beat.
func compared(weights ranking.Weights) func(*world) []ranker {
	return func(w *world) []ranker {
		baseline := ranking.Weights{
			FileHalfLifeDays: 180, DirectoryHalfLifeDays: 90, CoChangeHalfLifeDays: 180, SubtreeHalfLifeDays: 365, PresenceHalfLifeDays: 30,
		}
		file, directory := baseline, baseline
		file.File, directory.Directory = 1, 1
		return []ranker{
			w.byShares(Default, weights),
			{Familiarity, w.byFamiliarity},
			{LastAuthor, w.byLastAuthor},
			{MostCommits, w.byCommits},
			w.byShares(DecayedFile, file),
			w.byShares(DecayedTree, directory),
			{Authorship, w.byAuthorship},
		}
	}
}

// byShares ranks as package ranking does.
func (w *world) byShares(name string, weights ranking.Weights) ranker {
	state := ranking.New(w.evidence, w.people, w.graph, weights)
	return ranker{name, func(thing uint32, scores []float64) {
		parts := state.Parts([]uint32{thing})
		for person := range parts {
			scores[person] = weights.Score(&parts[person])
		}
	}}
}

// world is what was known of one repository at one cut-off.
type world struct {
	evidence *sources.Evidence
	people   *sources.People
	graph    *graph.Graph
	fileOf   map[uint32]uint32 // thing → index into Graph.Files
	lastSeen []int64
}

func newWorld(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, cutoff int64, halfLifeDays float64) *world {
	g := graph.Build(e, people, systems, graph.Options{AsOf: cutoff, Since: math.MinInt64, HalfLifeDays: halfLifeDays})
	w := &world{evidence: e, people: people, graph: g, fileOf: make(map[uint32]uint32, len(g.Files)), lastSeen: g.LastSeen}
	for i := range g.Files {
		w.fileOf[g.Files[i].Thing] = uint32(i)
	}
	return w
}

func (w *world) byFamiliarity(thing uint32, scores []float64) {
	for _, tie := range w.graph.TiesOf(w.fileOf[thing]) {
		scores[tie.Person] = tie.Familiarity
	}
}

func (w *world) byAuthorship(thing uint32, scores []float64) {
	ties, all := w.graph.TiesOf(w.fileOf[thing]), int32(0)
	for i := range ties {
		all += ties[i].Changes
	}
	for i := range ties {
		if tie := &ties[i]; tie.Created || tie.Changes > 0 {
			// Degrees may be negative; their order is what counts.
			scores[tie.Person] = math.Exp(concentration.DegreeOfAuthorship(tie.Created, int(tie.Changes), int(all-tie.Changes)))
		}
	}
}

func (w *world) byCommits(thing uint32, scores []float64) {
	w.eachCommit(thing, func(c *graph.Contribution) { scores[c.Person]++ })
}

// byLastAuthor ranks by the order of the last commits to the file; those of one second as they stand in the history.
func (w *world) byLastAuthor(thing uint32, scores []float64) {
	w.eachCommit(thing, func(c *graph.Contribution) {
		scores[c.Person] = max(scores[c.Person], float64(w.graph.Time(c.Event))+float64(c.Event)/float64(len(w.evidence.Events)+1))
	})
}

func (w *world) eachCommit(thing uint32, visit func(c *graph.Contribution)) {
	contributions := w.graph.ContributionsOf(w.fileOf[thing])
	for i := range contributions {
		if c := &contributions[i]; c.Kind == sources.Authored && c.Familiarity > 0 {
			visit(c)
		}
	}
}

// rankOf is the place of a person, 1 for the first; 0 where they are not ranked. Equal scores are ordered by who
// was seen last, then by ID.
func (w *world) rankOf(person uint32, scores []float64) int {
	own := scores[person]
	if own <= 0 {
		return 0
	}
	rank := 1
	for other := range scores {
		if scores[other] > own || scores[other] == own && uint32(other) != person && w.comesBefore(uint32(other), person) {
			rank++
		}
	}
	return rank
}

func (w *world) comesBefore(a, b uint32) bool {
	if w.lastSeen[a] != w.lastSeen[b] {
		return w.lastSeen[a] > w.lastSeen[b]
	}
	return a < b
}
