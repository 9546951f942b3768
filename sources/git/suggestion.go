package git

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

const (
	mostSuggestions  = 3
	longestSuggested = 200 // bytes of a name that is compared
)

// suggest ends a message about an unknown revision with the names that come near to it.
func (r *Repository) suggest(name string) string {
	type near struct {
		name     string
		distance int
	}
	var candidates []near
	references, err := r.storage.IterReferences()
	if err != nil {
		return "; git branch and git tag list what there is"
	}
	defer references.Close()
	_ = references.ForEach(func(reference *plumbing.Reference) error {
		short := reference.Name().Short()
		if len(short) > longestSuggested || len(name) > longestSuggested {
			return nil
		}
		distance := editDistance(strings.ToLower(name), strings.ToLower(short))
		if distance <= 1+len(name)/3 {
			candidates = append(candidates, near{short, distance})
		}
		return nil
	})
	if len(candidates) == 0 {
		return "; git branch and git tag list what there is"
	}
	slices.SortFunc(candidates, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	var names []string
	for _, candidate := range slices.Compact(candidates) {
		if len(names) < mostSuggestions {
			names = append(names, candidate.name)
		}
	}
	return "; did you mean " + strings.Join(names, ", ") + "?"
}

// editDistance is the number of bytes to insert, delete or replace (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
