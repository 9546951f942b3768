package git

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"keyperson/sources"
)

// mostPackedReferences bounds the packed references among which a near name is looked for, in bytes of their file: over
// a hundred thousand.
const mostPackedReferences = 16 << 20

// suggest ends a message about an unknown revision with the names that come near to it.
func (r *Repository) suggest(name string) string {
	const list = "; git branch and git tag list what there is"
	packed, err := os.Stat(filepath.Join(r.location.commonDirectory, "packed-refs"))
	if err == nil && packed.Size() > mostPackedReferences {
		return list
	}
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
