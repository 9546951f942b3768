// Package rename pairs the files a commit deleted with those it added, as git's rename detection does.
// It takes two lists of files and a way to ask for contents, and returns pairs; it never reads a
// repository itself.
//
// What it follows is git 2.39 without copy and break detection: identical content first, then files
// that keep a base name nobody else has, then the most similar of all that remain. Two things of git
// are not followed: attributes that declare a file binary or text (content alone decides), and the
// GIT_BASENAME_FACTOR variable.
package rename

import "github.com/go-git/go-git/v5/plumbing"

// The bits of a tree entry's mode that say what the entry is.
const (
	typeMask    = 0o170000
	regularFile = 0o100000
)

// DefaultThreshold is the similarity in percent from which git takes two files for one.
const DefaultThreshold = 50

// DefaultLimit is git's diff.renameLimit.
const DefaultLimit = 1000

// Side is a file that one side of the comparison has and the other lacks.
type Side struct {
	Path string
	Mode uint32 // as in a tree, in git's canonical form
	Blob plumbing.Hash
}

func (s *Side) isRegular() bool { return s.Mode&typeMask == regularFile }

// Pair says that a deleted file lives on as an added one.
type Pair struct {
	Deleted, Added int   // indices into the slices given to Detect
	Score          uint8 // similarity in percent, rounded down; 100 where the content is identical, and rarely where it is not
}

// Contents tells what files hold. A file it does not know is taken for similar to no other.
type Contents interface {
	// Size returns the size of a blob in bytes, and whether it is known.
	Size(blob plumbing.Hash) (int64, bool)
	// Read returns the content of a blob, valid until the next call, and whether it is known.
	Read(blob plumbing.Hash) ([]byte, bool)
}

// Options narrow the search.
type Options struct {
	Threshold uint8 // least similarity in percent; 0 means DefaultThreshold, 100 identical content only
	Limit     int   // the product of deleted and added files may reach the square of it; 0 means DefaultLimit, below 0 none
	// IsWanted tells which of the added files matter, nil that all do. Pairs of others may be missing, and the
	// search ends when those that matter cannot change any more.
	IsWanted func(added int) bool
}

// Outcome says what kept the search from being complete.
type Outcome struct {
	LimitReached   bool // files remained beyond the limit: those were not compared by content
	UnknownContent bool // some content or size was not known
}

// Detector detects renames, one comparison after the other, and reuses its memory between them. It
// belongs to one goroutine. The zero value is ready to use.
type Detector struct {
	search search
}

// Detect pairs deleted with added files. Both lists must be sorted by path, as the order decides
// between equals; pairs come in the order of added. No file is in two pairs. The pairs are valid until
// the next call.
func (d *Detector) Detect(deleted, added []Side, contents Contents, options Options) ([]Pair, Outcome) {
	if len(deleted) == 0 || len(added) == 0 {
		return nil, Outcome{}
	}
	s := &d.search
	s.start(deleted, added, contents)
	s.matchIdentical()
	threshold := options.Threshold
	if threshold == 0 {
		threshold = DefaultThreshold
	}
	if threshold < 100 {
		s.matchSimilar(int(threshold)*scoreOfIdentical/100, options)
	}
	return s.pairs(), s.outcome
}

// matchSimilar finds the pairs whose content differs, from least upwards on the internal scale.
func (s *search) matchSimilar(least int, options Options) {
	if s.isDecided(options.IsWanted) {
		return
	}
	// An equal base name is a hint, and the price of a hint taken wrongly is a better pair not found:
	// so it has to be backed by half of the similarity that the threshold leaves open.
	s.matchByBaseName(least + (scoreOfIdentical-least)/2)
	sources, destinations := s.remaining()
	if len(sources) == 0 || len(destinations) == 0 || s.isDecided(options.IsWanted) {
		return
	}
	limit := options.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	if limit > 0 && uint64(len(sources))*uint64(len(destinations)) > uint64(limit)*uint64(limit) {
		s.outcome.LimitReached = true
		return
	}
	if options.IsWanted == nil || s.isAnyLike(options.IsWanted, sources, destinations, least) {
		s.matchBest(sources, destinations, least)
	}
}

// isDecided reports whether all added files that matter have a partner.
func (s *search) isDecided(isWanted func(int) bool) bool {
	if isWanted == nil {
		return false
	}
	for i, partner := range s.partner {
		if partner == noPartner && isWanted(i) {
			return false
		}
	}
	return true
}

// isAnyLike reports whether any destination that matters is similar enough to any source at all.
func (s *search) isAnyLike(isWanted func(int) bool, sources, destinations []int, least int) bool {
	for _, destination := range destinations {
		if !isWanted(destination) {
			continue
		}
		for _, source := range sources {
			if s.similarity(source, destination, least) >= least {
				return true
			}
		}
	}
	return false
}
