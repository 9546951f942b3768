package graph

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/graph/simple"

	"keyperson/sources"
)

// NodeKind tells the nodes of a network apart.
type NodeKind uint8

// The kinds of nodes.
const (
	PersonNode NodeKind = iota
	SystemNode
)

// Node is a person or a system in a network; it satisfies gonum's graph.Node.
type Node struct {
	Kind  NodeKind
	Index uint32 // of the person or the system
}

// ID returns an identifier that is unique across kinds.
func (n Node) ID() int64 { return int64(n.Kind)<<32 | int64(n.Index) }

// Network returns the graph of people and systems for gonum's algorithms: an edge joins a person to a system that they gained
// familiarity with at a time or later, in seconds since 1970, its weight all they have of it, summed over the system's files.
// People and systems without an edge are nodes too, if they are in the evidence at all.
func (g *Graph) Network(since int64) *simple.WeightedUndirectedGraph {
	network := simple.NewWeightedUndirectedGraph(0, 0)
	for person := range g.LastSeen {
		network.AddNode(Node{Kind: PersonNode, Index: uint32(person)})
	}
	for system := range g.SystemFiles {
		node := Node{Kind: SystemNode, Index: uint32(system)}
		network.AddNode(node)
		for _, share := range g.FamiliarityWith(g.SystemFiles[system]) {
			if share.Familiarity > 0 && share.LastSeen >= since {
				person := Node{Kind: PersonNode, Index: share.Person}
				network.SetWeightedEdge(simple.WeightedEdge{F: person, T: node, W: share.Familiarity})
			}
		}
	}
	return network
}

// Held is one person's familiarity with a set of files.
type Held struct {
	Person      uint32
	Familiarity float64
	LastSeen    int64 // newest contribution that counts; math.MinInt64 for none
}

// FamiliarityWith sums ties over files, by person ascending. A history that two of the files share
// counts once.
func (g *Graph) FamiliarityWith(files []uint32) []Held {
	var sums []Held
	place := map[uint32]int{} // by person, in sums
	seen := make(map[uint32]bool, len(files))
	for _, file := range files {
		history := g.Files[file].History
		if history == sources.None || seen[history] {
			continue
		}
		seen[history] = true
		for _, tie := range g.TiesOf(file) {
			at, isMet := place[tie.Person]
			if !isMet {
				at = len(sums)
				place[tie.Person] = at
				sums = append(sums, Held{Person: tie.Person, LastSeen: tie.LastSeen})
			}
			sums[at].Familiarity += tie.Familiarity
			sums[at].LastSeen = max(sums[at].LastSeen, tie.LastSeen)
		}
	}
	slices.SortFunc(sums, func(a, b Held) int { return cmp.Compare(a.Person, b.Person) })
	return sums
}
