package analyzer

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"keyperson/analyzer/busfactor"
)

// Limits of clusters; starting values. People keep about seven things in mind.
const (
	mostClusters    = 8
	smallestCluster = 0.04 // of the weight of all: below it a group joins the rest of its directory
	worthSplitting  = 0.15 // of the weight of all
	fewestToSplit   = 4    // files
)

// group is a set of files under one directory.
type group struct {
	name      string // set where words name it
	directory string // "label:" before it where there are several repositories
	files     []uint32
	weight    float64
	isRest    bool // what is left of a directory after its parts were taken out
	isWhole   bool // cannot be split further
}

// cluster groups files that only the leaver knows: by directory, the heaviest split first, and where many stand in one
// directory by what changes together and is called alike.
func (h *handing) cluster(files []uint32) []KnowledgeCluster {
	if len(files) == 0 {
		return nil
	}
	all := group{files: files, isRest: true}
	for _, file := range files {
		all.weight += h.graph.ChangeWeightOf(file)
	}
	total := all.weight
	groups := []group{all}
	for {
		next := heaviestOf(groups, total)
		if next < 0 {
			break
		}
		parts := h.split(&groups[next], total)
		if len(parts) < 2 || len(groups)-1+len(parts) > mostClusters {
			groups[next].isWhole = true
			if len(parts) == 1 {
				parts[0].isWhole = parts[0].directory == groups[next].directory
				groups[next] = parts[0]
			}
			continue
		}
		groups = append(groups[:next], append(parts, groups[next+1:]...)...)
	}
	slices.SortStableFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(len(b.files), len(a.files)), cmp.Compare(a.directory, b.directory), cmp.Compare(a.name, b.name))
	})
	clusters := make([]KnowledgeCluster, len(groups))
	for i := range groups {
		clusters[i] = h.clusterOf(&groups[i], groups)
	}
	return clusters
}

// heaviestOf is the group to split next, -1 for none.
func heaviestOf(groups []group, total float64) int {
	best := -1
	for i := range groups {
		g := &groups[i]
		if g.isWhole || len(g.files) < fewestToSplit || g.weight < worthSplitting*total {
			continue
		}
		if best < 0 || g.weight > groups[best].weight {
			best = i
		}
	}
	return best
}

// split takes a group apart by the next part of its files' paths, else by words. One part means that all files stand deeper.
func (h *handing) split(g *group, total float64) []group {
	if g.name != "" {
		return nil
	}
	byName := map[string]*group{}
	var names []string
	for _, file := range g.files {
		directory := h.directoryOf(file)
		next := nextDirectory(g.directory, directory)
		if byName[next] == nil {
			byName[next] = &group{directory: next, isRest: next == g.directory}
			names = append(names, next)
		}
		part := byName[next]
		part.files, part.weight = append(part.files, file), part.weight+h.graph.ChangeWeightOf(file)
	}
	slices.Sort(names)
	if len(names) == 1 && names[0] == g.directory {
		return h.splitByWords(g, total)
	}
	var parts []group
	rest := group{directory: g.directory, isRest: true}
	for _, name := range names {
		part := byName[name]
		if len(names) > 1 && (part.weight < smallestCluster*total || name == g.directory) {
			rest.files, rest.weight = append(rest.files, part.files...), rest.weight+part.weight
			continue
		}
		parts = append(parts, *part)
	}
	if len(rest.files) > 0 {
		slices.Sort(rest.files)
		rest.isWhole = byName[g.directory] == nil || len(byName[g.directory].files) < len(rest.files)
		parts = append(parts, rest)
	}
	return parts
}

// directoryOf is where a file stands, "" for the root.
func (w *work) directoryOf(file uint32) string {
	directory := path.Dir(w.pathOf(file))
	if directory == "." {
		return ""
	}
	return directory
}

// nextDirectory is the directory one below the first on the way to the second.
func nextDirectory(from, to string) string {
	if from == to {
		return from
	}
	below := to
	if from != "" {
		below = strings.TrimPrefix(to, from+"/")
		first, _, _ := strings.Cut(below, "/")
		return from + "/" + first
	}
	first, _, _ := strings.Cut(below, "/")
	return first
}

// mostExamples is how many paths of a cluster are shown.
const mostExamples = 5

func (h *handing) clusterOf(g *group, all []group) KnowledgeCluster {
	c := KnowledgeCluster{Name: h.nameOfGroup(g, all), files: slices.Clone(g.files)}
	h.weigh(&c)
	return c
}

// nameOfGroup calls a group as people would: by its only file, its directory, or the words its files share.
func (h *handing) nameOfGroup(g *group, all []group) string {
	directory := g.directory
	if directory == "" {
		directory = h.commonDirectory(g.files)
	}
	isRest := g.isRest && slices.ContainsFunc(all, func(other group) bool { return strings.HasPrefix(other.directory, directory+"/") })
	switch {
	case g.name != "":
		return strings.TrimPrefix(directory+"/: "+g.name, "/: ")
	case len(g.files) == 1:
		return h.pathOf(g.files[0])
	case directory != "" && isRest:
		return directory + "/ (the rest)"
	case directory != "":
		return directory + "/"
	case len(all) == 1:
		return "all of it"
	case slices.ContainsFunc(g.files, func(file uint32) bool { return h.directoryOf(file) != "" }):
		return "everything else"
	}
	return "files at the top"
}

// commonDirectory is the deepest directory that holds all of some files, "" for the root.
func (h *handing) commonDirectory(files []uint32) string {
	common := h.directoryOf(files[0])
	for _, file := range files[1:] {
		directory := h.directoryOf(file)
		for common != "" && directory != common && !strings.HasPrefix(directory, common+"/") {
			if common = path.Dir(common); common == "." {
				common = ""
			}
		}
	}
	return common
}

// weigh fills in what is told of a cluster's files as of the date.
func (h *handing) weigh(c *KnowledgeCluster) {
	c.Files, c.Nearest = len(c.files), -1
	weight := 0.0
	for _, file := range c.files {
		weight += h.graph.ChangeWeightOf(file)
		if h.isOnly[file] {
			c.Alone++
		}
	}
	c.Weight = busfactor.Share(weight, h.total)
	slices.SortFunc(c.files, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(h.graph.ChangeWeightOf(b), h.graph.ChangeWeightOf(a)), cmp.Compare(h.pathOf(a), h.pathOf(b)))
	})
	for _, file := range c.files[:min(mostExamples, len(c.files))] {
		c.Paths = append(c.Paths, h.pathOf(file))
	}
}
