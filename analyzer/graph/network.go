package graph

import (
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

// Network returns the graph of people and systems for gonum's algorithms: an edge joins a person to
// a system they have familiarity with, its weight the sum over the system's files. People and systems
// without an edge are nodes too, if they are in the evidence at all.
func (g *Graph) Network() *simple.WeightedUndirectedGraph {
	network := simple.NewWeightedUndirectedGraph(0, 0)
	for person := range g.LastSeen {
		network.AddNode(Node{Kind: PersonNode, Index: uint32(person)})
	}
	for system := range g.SystemFiles {
		node := Node{Kind: SystemNode, Index: uint32(system)}
		network.AddNode(node)
		for _, share := range g.FamiliarityWith(g.SystemFiles[system]) {
			if share.Familiarity > 0 {
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
	sums := make([]Held, len(g.LastSeen))
	met := make([]bool, len(g.LastSeen))
	seen := make(map[uint32]bool, len(files))
	for _, file := range files {
		history := g.Files[file].History
		if history == sources.None || seen[history] {
			continue
		}
		seen[history] = true
		for _, tie := range g.TiesOf(file) {
			held := &sums[tie.Person]
			if !met[tie.Person] {
				met[tie.Person] = true
				*held = Held{Person: tie.Person, LastSeen: tie.LastSeen}
			}
			held.Familiarity += tie.Familiarity
			held.LastSeen = max(held.LastSeen, tie.LastSeen)
		}
	}
	var held []Held
	for person, isMet := range met {
		if isMet {
			held = append(held, sums[person])
		}
	}
	return held
}
