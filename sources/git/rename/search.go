package rename

import (
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// scoreOfIdentical is git's internal measure of full similarity; thresholds are parts of it.
const scoreOfIdentical = 60000

// noPartner marks a file that is in no pair yet.
const noPartner = -1

// search is one comparison under way.
type search struct {
	deleted, added []Side
	contents       Contents
	outcome        Outcome

	taken   []bool  // deleted files that are in a pair
	partner []int32 // of each added file: the deleted one, or noPartner
	score   []uint16
	found   []Pair

	spans   spanStore
	counter spanCounter
	loaded  loadedSpans
}

func (s *search) start(deleted, added []Side, contents Contents) {
	s.deleted, s.added, s.contents, s.outcome = deleted, added, contents, Outcome{}
	s.taken = append(s.taken[:0], make([]bool, len(deleted))...)
	s.score = append(s.score[:0], make([]uint16, len(added))...)
	s.partner = s.partner[:0]
	for range added {
		s.partner = append(s.partner, noPartner)
	}
	s.spans.start(len(deleted), len(added))
	s.loaded.unload()
}

func (s *search) join(deleted, added, score int) {
	s.taken[deleted] = true
	s.partner[added] = int32(deleted)
	s.score[added] = uint16(score)
}

// remaining returns the indices of the files that are in no pair.
func (s *search) remaining() (sources, destinations []int) {
	for i, taken := range s.taken {
		if !taken {
			sources = append(sources, i)
		}
	}
	for i, partner := range s.partner {
		if partner == noPartner {
			destinations = append(destinations, i)
		}
	}
	return sources, destinations
}

func (s *search) pairs() []Pair {
	s.found = s.found[:0]
	for i, partner := range s.partner {
		if partner != noPartner {
			percent := int(s.score[i]) * 100 / scoreOfIdentical
			s.found = append(s.found, Pair{Deleted: int(partner), Added: i, Score: uint8(percent)})
		}
	}
	return s.found
}

// mostAlternatives is how many identical sources are looked at for one destination before the best
// of them is taken.
const mostAlternatives = 100

// matchIdentical pairs files of equal content. Every destination in turn takes a source nobody has
// taken, one with its own base name if there is any.
func (s *search) matchIdentical() {
	if len(s.deleted) == 1 && len(s.added) == 1 {
		if s.deleted[0].Blob == s.added[0].Blob && compatible(&s.deleted[0], &s.added[0]) {
			s.join(0, 0, scoreOfIdentical)
		}
		return
	}
	// Sources of one content as a chain in list order: first[blob], then next[source] …
	first := make(map[plumbing.Hash]int32, len(s.deleted))
	next := make([]int32, len(s.deleted))
	for i := len(s.deleted) - 1; i >= 0; i-- {
		blob := s.deleted[i].Blob
		next[i] = noPartner
		if following, ok := first[blob]; ok {
			next[i] = following
		}
		first[blob] = int32(i)
	}
	for i := range s.added {
		if source, ok := first[s.added[i].Blob]; ok {
			if best := s.bestIdentical(source, next, &s.added[i]); best != noPartner {
				s.join(int(best), i, scoreOfIdentical)
			}
		}
	}
}

func (s *search) bestIdentical(source int32, next []int32, added *Side) int32 {
	best := int32(noPartner)
	left := mostAlternatives
	for ; source != noPartner; source = next[source] {
		candidate := &s.deleted[source]
		// A source that cannot be taken does not count as an alternative.
		if s.taken[source] || !compatible(candidate, added) {
			continue
		}
		if sameBaseName(candidate.Path, added.Path) {
			return source
		}
		if best == noPartner {
			best = source
		}
		if left--; left == 0 {
			break
		}
	}
	return best
}

// compatible reports whether equal content may be a rename: between regular files always, executable
// or not; a link or submodule only becomes another of its kind.
func compatible(a, b *Side) bool {
	return a.isRegular() && b.isRegular() || a.Mode == b.Mode
}

func baseName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func sameBaseName(a, b string) bool { return baseName(a) == baseName(b) }

// matchByBaseName pairs files whose base name is unique among the remaining sources, and among the
// remaining destinations, when they are similar enough.
func (s *search) matchByBaseName(least int) {
	sources, destinations := s.remaining()
	if len(sources) == 0 || len(destinations) == 0 {
		return
	}
	const several = -1
	byName := make(map[string]int, len(destinations))
	for _, i := range destinations {
		name := baseName(s.added[i].Path)
		if _, ok := byName[name]; ok {
			byName[name] = several
		} else {
			byName[name] = i
		}
	}
	uses := make(map[string]int, len(sources))
	for _, i := range sources {
		uses[baseName(s.deleted[i].Path)]++
	}
	for _, i := range sources {
		name := baseName(s.deleted[i].Path)
		destination, ok := byName[name]
		if !ok || destination == several || uses[name] > 1 {
			continue
		}
		if score := s.similarity(i, destination, least); score >= least {
			s.join(i, destination, score)
		}
	}
}
