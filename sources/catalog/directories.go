package catalog

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/sources"
)

// What makes directories a division that an architect would recognise; starting values.
const (
	wholeBelow       = 30   // assessed files under which a repository is one system
	descendAbove     = 0.6  // share of the files other than tests and examples in one directory from which its parts are the systems
	worthNaming      = 3    // assessed files from which a top-level directory is a system of its own
	worthNamingShare = 0.02 // of the parent's files, for directories that were descended into
	mostAreas        = 40
	mostDescents     = 12
)

// directory counts assessed files.
type directory struct {
	path  string
	files int // below it, at any depth
	own   int // directly in it
	parts []*directory
}

// fromDirectories takes the top-level directories, and the parts of one that holds most of the
// repository (src, lib, pkg, app), as often as one part still does. It always yields something: a
// small or undivided repository is one system.
func fromDirectories(t *tree) ([]area, []sources.Finding) {
	root := grow(t.assessed)
	var areas []area
	if root.files >= wholeBelow {
		for _, part := range divide(root) {
			areas = append(areas, area{
				repository: t.repository, directories: []string{part.path},
				system: sources.System{ID: part.path, Name: part.path, Origin: "directory " + part.path},
			})
		}
	}
	if len(areas) < 2 {
		return []area{{
			repository: t.repository, directories: []string{""},
			system: sources.System{ID: t.label, Name: t.label, Origin: "the whole repository"},
		}}, nil
	}
	return withRest(t, areas), nil
}

// grow builds the tree of directories.
func grow(files []string) *directory {
	root := &directory{}
	known := map[string]*directory{"": root}
	var find func(path string) *directory
	find = func(path string) *directory {
		if d, ok := known[path]; ok {
			return d
		}
		d := &directory{path: path}
		known[path] = d
		above := find(parent(path))
		above.parts = append(above.parts, d)
		return d
	}
	for _, file := range files {
		if strings.Count(file, "/") > maxDepth {
			continue
		}
		d := find(parent(file))
		d.own++
		for {
			d.files++
			if d.path == "" {
				break
			}
			d = known[parent(d.path)]
		}
	}
	return root
}

// maxDepth bounds the depth of directories looked at; deeper files belong to what is above them.
const maxDepth = 200

// divide lists the directories that become systems, the largest first, sorted by path.
func divide(root *directory) []*directory {
	var parts []*directory
	for _, part := range root.parts {
		if part.files >= worthNaming {
			parts = append(parts, part)
		}
	}
	product := root.files
	for _, part := range root.parts {
		if isTrial(part.path) {
			product -= part.files
		}
	}
	divided := map[string]bool{}
	for range mostDescents {
		i := slices.IndexFunc(parts, func(d *directory) bool {
			return !divided[d.path] && !isTrial(d.path) && float64(d.files-partsIn(d, parts)) > descendAbove*float64(product)
		})
		if i < 0 {
			break
		}
		divided[parts[i].path] = true
		named := worthyParts(parts[i])
		if len(named) == 0 {
			break
		}
		if only := parts[i]; only.own == 0 && len(named) == len(only.parts) {
			parts = slices.Delete(parts, i, i+1) // nothing of it would be left
		}
		parts = append(parts, named...)
	}
	slices.SortFunc(parts, func(a, b *directory) int {
		return cmp.Or(cmp.Compare(b.files, a.files), cmp.Compare(a.path, b.path))
	})
	parts = parts[:min(len(parts), mostAreas)]
	slices.SortFunc(parts, func(a, b *directory) int { return cmp.Compare(a.path, b.path) })
	return parts
}

// isTrial says that a directory holds what the rest is tried out with, tests and examples: these count for half of many
// a repository, and their parts, fixtures above all, are nobody's systems.
func isTrial(path string) bool {
	switch strings.ToLower(baseName(path)) {
	case "t", "test", "tests", "spec", "specs", "e2e", "acceptance", "testing", "testsuite",
		"example", "examples", "sample", "samples", "demo", "demos", "playground", "playgrounds":
		return true
	}
	return false
}

// partsIn counts the files of a directory that belong to parts named on their own.
func partsIn(d *directory, parts []*directory) int {
	files := 0
	for _, part := range parts {
		if strings.HasPrefix(part.path, d.path+"/") {
			files += part.files
		}
	}
	return files
}

// worthyParts are the parts of a directory large enough to be named; those of a part that is all there is
// (src/main/java/org) are looked for further down.
func worthyParts(d *directory) []*directory {
	for range mostDescents {
		if len(d.parts) != 1 || d.own > 0 {
			break
		}
		d = d.parts[0]
	}
	var worthy []*directory
	for _, part := range d.parts {
		if part.files >= max(worthNaming, int(worthNamingShare*float64(d.files))) {
			worthy = append(worthy, part)
		}
	}
	return worthy
}
