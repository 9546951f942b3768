// Package busfactor finds the fewest people whose absence leaves more than half of a set of things
// uncovered. It reads who covers what and how much each thing weighs, and knows nothing of why.
package busfactor

import "slices"

// Threshold is the share of weight that may be uncovered before a set of things counts as lost.
const Threshold = 0.5

// Coverage is a set of weighted things and the people who cover each.
type Coverage struct {
	weights []float64
	people  []uint32 // of all things, one after the other
	ends    []uint32 // end of each thing's range in people
	total   float64
	// uncovered is the weight of what nobody covers.
	uncovered float64
}

// Add puts in a thing with its weight (at least 0) and the distinct people who cover it.
func (c *Coverage) Add(weight float64, people ...uint32) {
	c.weights = append(c.weights, weight)
	c.people = append(c.people, people...)
	c.ends = append(c.ends, uint32(len(c.people)))
	c.total += weight
	if len(people) == 0 {
		c.uncovered += weight
	}
}

// Share is the part of a total, in [0,1]; 0 where the total is. Sums of the same weights in another order differ in their last
// digits: what comes within a billionth of nothing or of everything is that, so that only everything reads 100 %.
func Share(part, total float64) float64 {
	const slack = 1e-9
	share := part / total
	switch {
	case total == 0 || share < slack:
		return 0
	case share > 1-slack:
		return 1
	}
	return share
}

// Reset empties the coverage and keeps its memory.
func (c *Coverage) Reset() {
	c.weights, c.people, c.ends, c.total, c.uncovered = c.weights[:0], c.people[:0], c.ends[:0], 0, 0
}

// Total is the sum of all weights.
func (c *Coverage) Total() float64 { return c.total }

// Of returns the people who cover a thing, in the order in which they were added.
func (c *Coverage) Of(thing int) []uint32 {
	start := uint32(0)
	if thing > 0 {
		start = c.ends[thing-1]
	}
	return c.people[start:c.ends[thing]]
}

// Uncovered is the share of weight that nobody covers when the given people are absent, in [0,1]; 0
// when there is no weight at all.
func (c *Coverage) Uncovered(absent ...uint32) float64 {
	lost := 0.0
	for thing, weight := range c.weights {
		if !slices.ContainsFunc(c.Of(thing), func(p uint32) bool { return !slices.Contains(absent, p) }) {
			lost += weight
		}
	}
	return Share(lost, c.total)
}

// Alone is the share of weight that only the one person covers, in [0,1].
func (c *Coverage) Alone(person uint32) float64 {
	alone := 0.0
	for thing, weight := range c.weights {
		if people := c.Of(thing); len(people) == 1 && people[0] == person {
			alone += weight
		}
	}
	return Share(alone, c.total)
}

// People returns everyone who covers something, ascending. It takes time and memory in the order of the
// largest number among them.
func (c *Coverage) People() []uint32 {
	if len(c.people) == 0 {
		return nil
	}
	covers := make([]bool, slices.Max(c.people)+1)
	for _, person := range c.people {
		covers[person] = true
	}
	var people []uint32
	for person, doesCover := range covers {
		if doesCover {
			people = append(people, uint32(person))
		}
	}
	return people
}
