package concentration

import (
	"cmp"
	"slices"
)

// RemovedAuthor is one of the people whose loss a truck factor is about.
type RemovedAuthor struct {
	Person uint32
	Files  int // files authored, counted before anyone is removed
}

// TruckFactorResult is a truck factor and what it rests on.
type TruckFactorResult struct {
	Value        int             // number of people in Removed
	Files        int             // files with history
	CoverageLeft float64         // share of files that still have an author once all were removed (the pruned too), in [0,1]
	Removed      []RemovedAuthor // in order of removal
}

// prunedBelow is the share of the first one's files under which the tool since 2018 drops a person.
const prunedBelow = float32(0.1)

// TruckFactor is the number of people with the most authored files that have to be removed, one after
// the other, until less than half of the files with history have an author. With prune, those among
// them with under 10 % of the first one's files are then dropped, as the published tool does since 2018.
// A history without files has the truck factor 0 and no coverage.
//
// Source: Avelino et al. 2016 (ICPC), and the facts of their tool as of 2024.
func TruckFactor(history AuthorshipInput, prune bool) TruckFactorResult {
	return Authors(history).TruckFactor(nil, prune)
}

// TruckFactor is the truck factor of a part of the files, given by their index in AuthorshipInput.Files;
// nil for all of them.
func (a *Authorship) TruckFactor(files []int, prune bool) TruckFactorResult {
	if files == nil {
		files = make([]int, len(a.ofFile))
		for i := range files {
			files[i] = i
		}
	}
	authored := a.authored(files)
	result := TruckFactorResult{}
	covered := 0
	authorsLeft := make([]int32, len(a.ofFile))
	for _, file := range files {
		if a.hasHistory[file] {
			result.Files++
		}
		authorsLeft[file] = a.authorsOf(file)
		if authorsLeft[file] > 0 {
			covered++
		}
	}
	removed, covered := removeUntilHalf(authored, authorsLeft, covered, result.Files)
	for _, one := range authored[:removed] {
		result.Removed = append(result.Removed, RemovedAuthor{Person: one.person, Files: len(one.files)})
	}
	if result.Files > 0 {
		result.CoverageLeft = float64(covered) / float64(result.Files)
	}
	if prune {
		result.Removed = pruned(result.Removed)
	}
	result.Value = len(result.Removed)
	return result
}

// removeUntilHalf takes authors away from the front until less than half of the files have one left. It
// returns how many went and how many files are still covered.
func removeUntilHalf(authors []author, authorsLeft []int32, covered, files int) (removed, coveredLeft int) {
	// The tool compares in single precision.
	for removed < len(authors) && float32(covered)/float32(files) >= 0.5 {
		for _, file := range authors[removed].files {
			if authorsLeft[file]--; authorsLeft[file] == 0 {
				covered--
			}
		}
		removed++
	}
	return removed, covered
}

// author is a person with the files they are an author of.
type author struct {
	person  uint32
	changes int // additions, modifications and renames in the histories of all files
	files   []int
}

// authored returns the authors in the order in which they are removed: most files first, among equals
// the one with more changes, as in the tool, which leaves the rest to chance; here, the smaller number.
func (a *Authorship) authored(files []int) []author {
	byPerson := make([]author, a.people)
	for _, file := range files {
		span := a.ofFile[file]
		for _, part := range a.involved[span.first:span.end] {
			person := &byPerson[part.person]
			person.changes += int(part.changes)
			if part.isAuthor {
				person.files = append(person.files, file)
			}
		}
	}
	authors := byPerson[:0]
	for person := range byPerson {
		if len(byPerson[person].files) > 0 {
			byPerson[person].person = uint32(person)
			authors = append(authors, byPerson[person])
		}
	}
	sortForRemoval(authors)
	return authors
}

func sortForRemoval(authors []author) {
	slices.SortFunc(authors, func(x, y author) int {
		return cmp.Or(cmp.Compare(len(y.files), len(x.files)), cmp.Compare(y.changes, x.changes), cmp.Compare(x.person, y.person))
	})
}

func (a *Authorship) authorsOf(file int) int32 {
	count := int32(0)
	span := a.ofFile[file]
	for _, part := range a.involved[span.first:span.end] {
		if part.isAuthor {
			count++
		}
	}
	return count
}

// pruned drops those with under 10 % of the files of the first, who has the most.
func pruned(removed []RemovedAuthor) []RemovedAuthor {
	for i, one := range removed {
		if float32(one.Files)/float32(removed[0].Files) < prunedBelow {
			return removed[:i]
		}
	}
	return removed
}
