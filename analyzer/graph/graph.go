package graph

import (
	"math"
	"slices"
	"sync"

	"keyperson/sources"
)

// Options are the choices that shape the graph.
type Options struct {
	AsOf         int64   // seconds since 1970; evidence dated later is taken as done then
	Since        int64   // evidence dated before it is left out; math.MinInt64 for none
	HalfLifeDays float64 // after so many days a contribution counts half
}

// Graph is the people, files and systems of a date and what ties them. Indices of people, things,
// events and systems are those of the tables it was built from.
type Graph struct {
	AsOf      int64
	Files     []File    // assessed files, in the order of the evidence
	Histories []History // what befell each file, across its names
	// Contributions are sorted by history, then from the oldest to the newest event; of one event and history each person has one.
	Contributions []Contribution
	// Ties are sorted by history, then by person.
	Ties        []Tie
	SystemFiles [][]uint32 // files of each system, indices into Files, ascending
	Unmapped    []uint32   // files in no system, ascending
	LastSeen    []int64    // of each person, the newest evidence of any kind; math.MinInt64 for none
	Mechanical  []MechanicalCommit
	reasons     []Reason // of each event
	times       []int64  // of each event, not after the as-of date
	since       int64
	late        int
	descent     *descent
	evidence    *sources.Evidence
	names       func() [][]uint32 // things of each history; worked out when first asked for
}

// File is an assessed file that exists at the revision read.
type File struct {
	Thing   uint32 // index into Evidence.Things
	Tree    uint32 // index into Evidence.Files
	History uint32 // index into Graph.Histories; sources.None when no change of it was seen
}

// History is the past of one file, followed through its renames. Two files have the same history
// where a rename on one branch met the unrenamed file on another.
type History struct {
	FirstContribution, EndContribution uint32 // half-open range of Graph.Contributions
	FirstTie, EndTie                   uint32 // half-open range of Graph.Ties
	// ChangeWeight is how much work arrived on the file, recent work counting more: the sum over its
	// commits of credit and decay. Mechanical commits add nothing.
	ChangeWeight float64
	// Commits are the distinct events that give anyone familiarity with it.
	Commits int32
}

// Contribution is what one person did to one file in one event.
type Contribution struct {
	Person uint32
	Event  uint32
	Tie    uint32 // index into Graph.Ties
	Kind   sources.Kind
	Action sources.Action
	// LinesAdded is -1 where lines were not counted.
	LinesAdded int32
	// Familiarity is what it adds to the person's familiarity with the file at the as-of date, at
	// least 0; 0 where the commit is mechanical or the file was only moved.
	Familiarity float64
	// Change is what it adds to the file's change weight, 0 for co-authors and reviewers.
	Change float64
}

// Tie is the edge between a person and a file: the sum of the person's contributions.
type Tie struct {
	Person      uint32
	Familiarity float64 // at least 0, decayed to the as-of date
	Commits     int32   // distinct events that count towards it, which are the contributions with familiarity
	Changes     int32   // modifications and renames authored, mechanical ones included (DL of the degree of authorship)
	Wrote       bool    // added the file, alone or as a co-author, in a commit that counts
	Created     bool    // authored an addition of it (FA of the degree of authorship)
	LastSeen    int64   // newest of Commits, seconds since 1970; math.MinInt64 for none
}

// Reason is why the commit of an event is mechanical; empty when it is not.
func (g *Graph) Reason(event uint32) Reason { return g.reasons[event] }

// IsRead says whether an event is evidence, which those before Since are not.
func (g *Graph) IsRead(event uint32) bool { return g.times[event] >= g.since }

// Time returns when an event happened, in seconds since 1970, at the latest the as-of date.
func (g *Graph) Time(event uint32) int64 { return g.times[event] }

// DatedAfter counts the events whose date lies after the as-of date.
func (g *Graph) DatedAfter() int { return g.late }

// TiesOf returns the ties of a file, sorted by person; nil when no change of it was seen.
func (g *Graph) TiesOf(file uint32) []Tie {
	history := g.Files[file].History
	if history == sources.None {
		return nil
	}
	h := &g.Histories[history]
	return g.Ties[h.FirstTie:h.EndTie]
}

// ContributionsOf returns the contributions to a file, oldest first.
func (g *Graph) ContributionsOf(file uint32) []Contribution {
	history := g.Files[file].History
	if history == sources.None {
		return nil
	}
	h := &g.Histories[history]
	return g.Contributions[h.FirstContribution:h.EndContribution]
}

// ChangeWeightOf returns the change weight of a file, 0 when no change of it was seen.
func (g *Graph) ChangeWeightOf(file uint32) float64 {
	history := g.Files[file].History
	if history == sources.None {
		return 0
	}
	return g.Histories[history].ChangeWeight
}

// NamesOf lists the things whose records belong to a file's history, the newest name first.
func (g *Graph) NamesOf(file uint32) []uint32 {
	history := g.Files[file].History
	if history == sources.None {
		return nil
	}
	return g.names()[history]
}

// NameNow returns the thing that what a record worked on is now, by its index into Evidence.Records: the name that the file
// has in the tree, or the last it had.
func (g *Graph) NameNow(record int) uint32 { return g.descent.nameNow(g.evidence, record) }

// Build makes the graph of the evidence as of a date. People who are bots or agents leave no ties.
func Build(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) *Graph {
	g := &Graph{AsOf: options.AsOf, since: options.Since}
	descent := follow(e)
	g.descent, g.evidence = descent, e
	g.names = sync.OnceValue(func() [][]uint32 { return descent.names(e) })
	credits := g.weighEvents(e, systems, descent, options)
	g.addFiles(e, systems, descent)
	g.addContributions(e, people, descent, credits)
	g.addPresence(e, people)
	g.addTies()
	return g
}

// addFiles lists the assessed files and numbers the histories that they have.
func (g *Graph) addFiles(e *sources.Evidence, systems *sources.SystemMap, descent *descent) {
	g.SystemFiles = make([][]uint32, len(systems.Systems))
	for i := range e.Files {
		tree := &e.Files[i]
		if tree.Exclusion != sources.Assessed {
			continue
		}
		file := uint32(len(g.Files))
		g.Files = append(g.Files, File{Thing: tree.Thing, Tree: uint32(i), History: descent.keep(tree.Thing)})
		owners := systems.ByThing[tree.Thing]
		for _, system := range owners {
			g.SystemFiles[system] = append(g.SystemFiles[system], file)
		}
		if len(owners) == 0 {
			g.Unmapped = append(g.Unmapped, file)
		}
	}
	g.Histories = make([]History, descent.kept)
}

// addTies sums the contributions of each person to each history.
func (g *Graph) addTies() {
	slot := make([]uint32, len(g.LastSeen)) // 1 + index into persons of this history
	var persons []uint32
	g.Ties = make([]Tie, 0, len(g.Contributions))
	for i := range g.Histories {
		h := &g.Histories[i]
		contributions := g.Contributions[h.FirstContribution:h.EndContribution]
		persons = persons[:0]
		for j := range contributions {
			if p := contributions[j].Person; slot[p] == 0 {
				slot[p] = 1
				persons = append(persons, p)
			}
		}
		slices.Sort(persons)
		h.FirstTie = uint32(len(g.Ties))
		for _, p := range persons {
			slot[p] = uint32(len(g.Ties))
			g.Ties = append(g.Ties, Tie{Person: p, LastSeen: math.MinInt64})
		}
		h.EndTie = uint32(len(g.Ties))
		h.Commits = g.sumTies(contributions, slot)
		for _, p := range persons {
			slot[p] = 0
		}
	}
}
