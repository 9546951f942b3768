package ranking

import (
	"math"
	"path"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

const secondsPerDay = 86400

// State is what can be known at the graph's date about who works where. It is not safe for concurrent use:
// it keeps what it worked out for one file for the next.
type State struct {
	weights  Weights
	evidence *sources.Evidence
	people   *sources.People
	graph    *graph.Graph

	doings     []doing              // one for each event and person, in the order of events
	doingOf    []uint32             // of each contribution of the graph, index into doings
	histories  [][]uint32           // histories that each event worked on
	presence   map[uint32][]float64 // by repository, then by person
	lastSeen   map[uint32][]int64   // likewise: the newest evidence there, math.MinInt64 for none
	files      map[uint32]uint32    // thing → index into Graph.Files
	directory  []uint32             // of each file, index into directories
	byName     map[place]uint32
	dirs       []directory
	decays     map[float64][]float64 // by half-life: of each doing
	fileVector []vector              // by history, nil until needed
	coVector   []vector

	// Scratch memory of one sum or one file.
	sum        []float64
	met        []uint32 // people with a sum
	stamp      []uint32 // by doing: the last sum it was part of
	stamps     uint32
	parts      []Parts
	weighed    []float64 // by history, zero but for the neighbours
	neighbours []uint32
}

// doing is what one person did in one event, by the strongest kind.
type doing struct {
	person, event uint32
	kind          sources.Kind
}

// place is a directory of a repository.
type place struct {
	repository uint32
	path       string
}

type directory struct {
	files            []uint32 // directly in it, ascending
	children         []uint32
	parent           uint32 // sources.None for the root
	vector, subtrees vector
	isSummed         [2]bool
}

// vector is a sum for some people, by person ascending.
type vector []entry

type entry struct {
	person uint32
	value  float64
}

// New prepares rankings by the evidence that the graph was built from. As there, what is dated after the graph's date
// is taken as done then.
func New(e *sources.Evidence, people *sources.People, g *graph.Graph, weights Weights) *State {
	s := &State{
		weights: weights, evidence: e, people: people, graph: g,
		presence: map[uint32][]float64{}, lastSeen: map[uint32][]int64{}, files: map[uint32]uint32{},
		byName: map[place]uint32{}, decays: map[float64][]float64{}, weighed: make([]float64, len(g.Histories)),
		fileVector: make([]vector, len(g.Histories)), coVector: make([]vector, len(g.Histories)),
		sum: make([]float64, len(people.Persons)), parts: make([]Parts, len(people.Persons)),
	}
	s.listDoings()
	s.indexContributions()
	s.countPresence()
	s.placeFiles()
	return s
}

// listDoings joins the records of each event and person.
func (s *State) listDoings() {
	e := s.evidence
	for first := 0; first < len(e.Records); {
		event, from := e.Records[first].Event, len(s.doings)
		for ; first < len(e.Records) && e.Records[first].Event == event; first++ {
			record := &e.Records[first]
			person := s.people.ByIdentity[record.Person]
			if s.people.Persons[person].Kind != sources.Human || !s.graph.IsRead(event) {
				continue
			}
			at := slices.IndexFunc(s.doings[from:], func(d doing) bool { return d.person == person })
			if at < 0 {
				s.doings = append(s.doings, doing{person, event, record.Kind})
				continue
			}
			known := &s.doings[from+at]
			known.kind = min(known.kind, record.Kind)
		}
	}
	s.stamp = make([]uint32, len(s.doings))
}

// indexContributions finds the doing behind each contribution, and the histories behind each event.
func (s *State) indexContributions() {
	first := make([]uint32, len(s.evidence.Events)+1)
	for i := range s.doings {
		first[s.doings[i].event+1]++
	}
	for i := range s.evidence.Events {
		first[i+1] += first[i]
	}
	s.doingOf = make([]uint32, len(s.graph.Contributions))
	s.histories = make([][]uint32, len(s.evidence.Events))
	for history := range s.graph.Histories {
		h := &s.graph.Histories[history]
		for i := h.FirstContribution; i < h.EndContribution; i++ {
			c := &s.graph.Contributions[i]
			for s.doingOf[i] = first[c.Event]; s.doings[s.doingOf[i]].person != c.Person; {
				s.doingOf[i]++
			}
			if list := s.histories[c.Event]; c.Familiarity > 0 && (len(list) == 0 || list[len(list)-1] != uint32(history)) {
				s.histories[c.Event] = append(list, uint32(history))
			}
		}
	}
}

// countPresence sums what each person did lately in each repository, mechanical commits included: those say
// nothing of what someone knows, but that someone is there.
func (s *State) countPresence() {
	decay := s.decay(s.weights.PresenceHalfLifeDays)
	for i := range s.doings {
		d := &s.doings[i]
		repository := s.evidence.Events[d.event].Repository
		presence, seen := s.presence[repository], s.lastSeen[repository]
		if presence == nil {
			presence, seen = make([]float64, len(s.people.Persons)), make([]int64, len(s.people.Persons))
			for j := range seen {
				seen[j] = math.MinInt64
			}
			s.presence[repository], s.lastSeen[repository] = presence, seen
		}
		weight := 1.0
		if d.kind == sources.Reviewed {
			weight = s.weights.ReviewPresence
		}
		presence[d.person] += weight * decay[i]
		seen[d.person] = max(seen[d.person], s.graph.Time(d.event))
	}
}

// decay is how much each doing still counts with a half-life.
func (s *State) decay(halfLifeDays float64) []float64 {
	if known := s.decays[halfLifeDays]; known != nil {
		return known
	}
	decay := make([]float64, len(s.doings))
	for i := range s.doings {
		ageDays := float64(s.graph.AsOf-s.graph.Time(s.doings[i].event)) / secondsPerDay
		decay[i] = math.Exp2(-ageDays / halfLifeDays)
	}
	s.decays[halfLifeDays] = decay
	return decay
}

// placeFiles puts every file of the graph into its directory.
func (s *State) placeFiles() {
	s.directory = make([]uint32, len(s.graph.Files))
	for i := range s.graph.Files {
		thing := s.graph.Files[i].Thing
		t := &s.evidence.Things[thing]
		s.files[thing] = uint32(i)
		s.directory[i] = s.directoryOf(place{t.Repository, path.Dir(t.Path)})
		d := &s.dirs[s.directory[i]]
		d.files = append(d.files, uint32(i))
	}
}

func (s *State) directoryOf(at place) uint32 {
	if known, ok := s.byName[at]; ok {
		return known
	}
	parent := sources.None
	if at.path != "." && at.path != "/" {
		parent = s.directoryOf(place{at.repository, path.Dir(at.path)})
	}
	index := uint32(len(s.dirs))
	s.dirs = append(s.dirs, directory{parent: parent})
	s.byName[at] = index
	if parent != sources.None {
		s.dirs[parent].children = append(s.dirs[parent].children, index)
	}
	return index
}
