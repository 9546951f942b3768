package ranking

import "math"

// Parts returns what the scores of a set of things are made of, by person; it is valid until the next call.
// nil where none of the things is an assessed file.
func (s *State) Parts(things []uint32) []Parts {
	files, repositories := s.chosen(things)
	if len(files) == 0 {
		return nil
	}
	s.sumParts(files, repositories)
	return s.parts
}

// WasSeen says whether someone left any evidence in a repository.
func (s *State) WasSeen(repository, person uint32) bool {
	return s.seenIn([]uint32{repository}, person) != math.MinInt64
}
