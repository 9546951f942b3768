package git

import (
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"keyperson/sources"
)

// suggest ends a message about an unknown revision with the names that come near to it.
func (r *Repository) suggest(name string) string {
	const list = "; git branch and git tag list what there is"
	references, err := r.storage.IterReferences()
	if err != nil {
		return list
	}
	defer references.Close()
	var known []string
	_ = references.ForEach(func(reference *plumbing.Reference) error {
		known = append(known, reference.Name().Short())
		return nil
	})
	near := sources.Near(name, known)
	if len(near) == 0 {
		return list
	}
	return "; did you mean " + strings.Join(near, ", ") + "?"
}
