package rename

import (
	"cmp"
	"slices"
)

// candidatesPerDestination is how many of its most similar sources a destination is remembered with.
const candidatesPerDestination = 4

// candidate is a possible pair.
type candidate struct {
	source, destination int32 // destination is noPartner in an unused slot
	score               uint16
	sameName            bool
}

// order sorts better candidates first: by score, then those of equal base name; unused slots last.
func (c candidate) order(other candidate) int {
	if c.destination == noPartner || other.destination == noPartner {
		return cmp.Compare(unused(c), unused(other))
	}
	if c.score != other.score {
		return cmp.Compare(other.score, c.score)
	}
	return cmp.Compare(truth(other.sameName), truth(c.sameName))
}

func unused(c candidate) int { return truth(c.destination == noPartner) }

func truth(statement bool) int {
	if statement {
		return 1
	}
	return 0
}

// matchBest compares all remaining sources with all remaining destinations and makes pairs, the most
// similar first. Equals keep the order in which they came to be remembered, which is git's order.
func (s *search) matchBest(sources, destinations []int, least int) {
	matrix := make([]candidate, 0, len(destinations)*candidatesPerDestination)
	for _, destination := range destinations {
		slots := [candidatesPerDestination]candidate{}
		for i := range slots {
			slots[i].destination = noPartner
		}
		for _, source := range sources {
			remember(&slots, candidate{
				source:      int32(source),
				destination: int32(destination),
				score:       uint16(s.similarity(source, destination, least)),
				sameName:    sameBaseName(s.deleted[source].Path, s.added[destination].Path),
			})
		}
		matrix = append(matrix, slots[:]...)
	}
	slices.SortStableFunc(matrix, candidate.order)
	for _, c := range matrix {
		if c.destination == noPartner || int(c.score) < least {
			break
		}
		if s.partner[c.destination] == noPartner && !s.taken[c.source] {
			s.join(int(c.source), int(c.destination), int(c.score))
		}
	}
}

// remember puts a candidate into the slot of the worst one, if it is better.
func remember(slots *[candidatesPerDestination]candidate, c candidate) {
	worst := 0
	for i := 1; i < candidatesPerDestination; i++ {
		if slots[i].order(slots[worst]) > 0 {
			worst = i
		}
	}
	if slots[worst].order(c) > 0 {
		slots[worst] = c
	}
}
