package ranking

import (
	"cmp"
	"math"
	"slices"

	"keyperson/sources"
)

// Candidate is someone who may do the next work on a set of files.
type Candidate struct {
	Person   uint32 // index into People.Persons
	Score    float64
	Share    float64 // of the scores of all candidates, in [0,1]
	Parts    Parts
	LastSeen int64 // newest evidence of any kind in the repository, seconds since 1970
}

// Rank lists who will most probably do the next work on a set of things, the most probable first: every human
// with evidence in their repository, but for those left out. Shares are of everyone's work, those left out
// included: when the one who did nearly all of it leaves, what little others did to the files themselves weighs
// as little as it should, and the neighbourhood decides. Things that are no assessed files are passed over;
// where none is left, nobody is listed. Several files count by the recent work on each.
func (s *State) Rank(things []uint32, isLeftOut func(person uint32) bool) []Candidate {
	files, repositories := s.chosen(things)
	if len(files) == 0 {
		return nil
	}
	s.sumParts(files, repositories)
	candidates := make([]Candidate, 0, len(s.parts))
	sum := 0.0
	for person := range s.parts {
		seen := s.seenIn(repositories, uint32(person))
		if seen == math.MinInt64 || isLeftOut != nil && isLeftOut(uint32(person)) {
			continue
		}
		c := Candidate{Person: uint32(person), Parts: s.parts[person], LastSeen: seen}
		c.Score = s.weights.Score(&c.Parts)
		sum += c.Score
		candidates = append(candidates, c)
	}
	for i := range candidates {
		if sum > 0 {
			candidates[i].Share = candidates[i].Score / sum
		}
	}
	slices.SortFunc(candidates, first)
	return candidates
}

// first orders candidates: by score, then by who was seen last; the rest is by number, which pseudonyms do not change.
func first(a, b Candidate) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.LastSeen, a.LastSeen), cmp.Compare(a.Person, b.Person))
}

// weighedFile is a file of the graph with its part in a set.
type weighedFile struct {
	file   uint32
	weight float64
}

// chosen finds the files of a set, each weighed by the work that lately arrived on it, and their repositories.
// Weights sum to 1.
func (s *State) chosen(things []uint32) (files []weighedFile, repositories []uint32) {
	// A file without recent work is not nothing: the next may be on it.
	const atLeast = 0.05
	sum := 0.0
	for _, thing := range things {
		file, ok := s.files[thing]
		if !ok {
			continue
		}
		weight := atLeast + s.graph.ChangeWeightOf(file)
		sum += weight
		files = append(files, weighedFile{file, weight})
		if repository := s.evidence.Things[thing].Repository; !slices.Contains(repositories, repository) {
			repositories = append(repositories, repository)
		}
	}
	for i := range files {
		files[i].weight /= sum
	}
	slices.Sort(repositories)
	return files, repositories
}

// sumParts fills s.parts for everyone.
func (s *State) sumParts(files []weighedFile, repositories []uint32) {
	clear(s.parts)
	for _, repository := range repositories {
		for person, presence := range s.presence[repository] {
			s.parts[person].Presence += presence
		}
	}
	for _, f := range files {
		if history := s.graph.Files[f.file].History; history != sources.None {
			for _, share := range s.ofHistory(history) {
				s.parts[share.person].File += f.weight * share.value
			}
			for _, share := range s.ofCoChange(history) {
				s.parts[share.person].CoChange += f.weight * share.value
			}
		}
		directory := s.directory[f.file]
		for _, share := range s.ofDirectory(directory) {
			s.parts[share.person].Directory += f.weight * share.value
		}
		above := s.dirs[directory].parent
		if above == sources.None {
			above = directory
		}
		for _, share := range s.ofSubtree(above) {
			s.parts[share.person].Subtree += f.weight * share.value
		}
	}
}

// seenIn is when someone was last seen in any of the repositories, math.MinInt64 for never.
func (s *State) seenIn(repositories []uint32, person uint32) int64 {
	seen := int64(math.MinInt64)
	for _, repository := range repositories {
		if last := s.lastSeen[repository]; last != nil {
			seen = max(seen, last[person])
		}
	}
	return seen
}
