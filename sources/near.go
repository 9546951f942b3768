package sources

import (
	"sort"
	"strings"
)

// MostNear is how many names Near offers: more is a list, not a hint.
const MostNear = 3

// maxNearLength bounds the quadratic distance for names that come from hostile files.
const maxNearLength = 128

// Near returns the candidates a reader may have meant by name, nearest first and at most three: those
// that differ in at most a third of their letters (Levenshtein 1966, ignoring case), or of which one
// is the last path element of the other. The result is the same for any order of candidates.
func Near(name string, candidates []string) []string {
	type scored struct {
		candidate string
		distance  int
	}
	lower := strings.ToLower(name)
	var found []scored
	for _, candidate := range candidates {
		other := strings.ToLower(candidate)
		if len(other) > maxNearLength || len(lower) > maxNearLength || other == "" || lower == "" {
			continue
		}
		distance := editDistance(lower, other)
		isTail := strings.HasSuffix(other, "/"+lower) || strings.HasSuffix(lower, "/"+other)
		if isTail {
			distance = min(distance, 1)
		}
		if distance <= max(1, max(len(lower), len(other))/3) {
			found = append(found, scored{candidate, distance})
		}
	}
	sort.Slice(found, func(i, j int) bool {
		if found[i].distance != found[j].distance {
			return found[i].distance < found[j].distance
		}
		return found[i].candidate < found[j].candidate
	})
	var names []string
	for _, s := range found {
		if len(names) == MostNear {
			break
		}
		if len(names) == 0 || names[len(names)-1] != s.candidate {
			names = append(names, s.candidate)
		}
	}
	return names
}

// editDistance counts the insertions, deletions and substitutions of bytes from a to b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
