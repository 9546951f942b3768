package analyzer

import (
	"cmp"
	"math"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"unicode"

	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/simple"

	"keyperson/sources"
)

// Limits of splitting a flat directory; starting values.
const (
	mostToCluster  = 400 // files, the heaviest; the others join the rest
	mostFlatGroups = 5
	widestTogether = 30  // files of a commit that says that they belong together
	wordWeight     = 0.5 // of a shared word that few files have, beside one commit that touched only two files
	resolution     = 1.0
)

// splitByWords finds communities among the files of one directory, by what changes together and is called alike (Louvain), and names
// each by the words that tell it from the others.
func (h *handing) splitByWords(g *group, total float64) []group {
	files := slices.Clone(g.files)
	slices.SortFunc(files, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(h.graph.ChangeWeightOf(b), h.graph.ChangeWeightOf(a)), cmp.Compare(a, b))
	})
	files = files[:min(len(files), mostToCluster)]
	words := make([][]string, len(files))
	having := map[string]int{}
	for i, file := range files {
		words[i] = fileWords(h.pathOf(file))
		for _, word := range words[i] {
			having[word]++
		}
	}
	net := simple.NewWeightedUndirectedGraph(0, 0)
	for i := range files {
		net.AddNode(simple.Node(i))
	}
	together := h.changedTogether(files)
	for i := range files {
		for j := i + 1; j < len(files); j++ {
			weight := together[[2]int{i, j}]
			for _, word := range words[i] {
				if slices.Contains(words[j], word) && having[word] <= len(files)/2 {
					weight += wordWeight * math.Log(float64(len(files))/float64(having[word]))
				}
			}
			if weight > 0 {
				net.SetWeightedEdge(net.NewWeightedEdge(simple.Node(i), simple.Node(j), weight))
			}
		}
	}
	var parts []group
	rest := group{directory: g.directory, isRest: true, isWhole: true}
	for _, members := range community.Modularize(net, resolution, rand.NewPCG(1, 2)).Communities() {
		part := group{directory: g.directory, isWhole: true}
		for _, node := range members {
			part.files = append(part.files, files[node.ID()])
			part.weight += h.graph.ChangeWeightOf(files[node.ID()])
		}
		slices.Sort(part.files)
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), slices.Compare(a.files, b.files))
	})
	kept := parts[:0]
	taken := map[string]bool{}
	for _, part := range parts {
		if len(kept) == mostFlatGroups || part.weight < smallestCluster*total || len(part.files) < 2 {
			continue
		}
		if part.name = h.commonWords(part.files, files, taken); part.name != "" {
			kept = append(kept, part)
		}
	}
	for _, file := range g.files {
		if !slices.ContainsFunc(kept, func(part group) bool { return slices.Contains(part.files, file) }) {
			rest.files, rest.weight = append(rest.files, file), rest.weight+h.graph.ChangeWeightOf(file)
		}
	}
	if len(rest.files) > 0 {
		if len(kept) > 0 {
			rest.name = "other files"
		}
		kept = append(kept, rest)
	}
	if len(kept) < 2 {
		return nil // its name is that of the directory
	}
	return kept
}

// changedTogether weighs pairs of files by the commits that touched both, each divided among its files.
func (h *handing) changedTogether(files []uint32) map[[2]int]float64 {
	byEvent := map[uint32][]int{}
	for i, file := range files {
		last := sources.None
		for _, c := range h.graph.ContributionsOf(file) {
			if c.Familiarity > 0 && c.Event != last {
				byEvent[c.Event] = append(byEvent[c.Event], i)
				last = c.Event
			}
		}
	}
	events := make([]uint32, 0, len(byEvent))
	for event := range byEvent {
		events = append(events, event)
	}
	slices.Sort(events) // sums of fractions depend on their order
	together := map[[2]int]float64{}
	for _, event := range events {
		touched := slices.Compact(byEvent[event])
		if len(touched) < 2 || len(touched) > widestTogether {
			continue
		}
		for a := range touched {
			for b := a + 1; b < len(touched); b++ {
				together[[2]int{touched[a], touched[b]}] += 1 / float64(len(touched)-1)
			}
		}
	}
	return together
}

// commonWords are up to two words that most of a group's files have and few of the others; empty where there are none.
func (h *handing) commonWords(of, all []uint32, taken map[string]bool) string {
	inside, everywhere := map[string]float64{}, map[string]float64{}
	for _, file := range all {
		weight := 1 + h.graph.ChangeWeightOf(file)
		for _, word := range fileWords(h.pathOf(file)) {
			everywhere[word] += weight
			if slices.Contains(of, file) {
				inside[word] += weight
			}
		}
	}
	var words []string
	for word := range inside {
		if !taken[word] {
			words = append(words, word)
		}
	}
	tells := func(word string) float64 { return inside[word] * inside[word] / everywhere[word] }
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(cmp.Compare(tells(b), tells(a)), cmp.Compare(a, b)) })
	words = words[:min(2, len(words))]
	for _, word := range words {
		taken[word] = true
	}
	return strings.Join(words, ", ")
}

// fileWords are the words of a file's name, without its extension, each once.
func fileWords(name string) []string {
	base := path.Base(name)
	base = strings.TrimSuffix(base, path.Ext(base))
	var words []string
	var word []rune
	end := func() {
		if len(word) > 1 && !slices.Contains(words, string(word)) {
			words = append(words, string(word))
		}
		word = word[:0]
	}
	previous := ' '
	for _, r := range base {
		switch {
		case !unicode.IsLetter(r):
			end()
		case unicode.IsUpper(r) && unicode.IsLower(previous):
			end()
			word = append(word, unicode.ToLower(r))
		default:
			word = append(word, unicode.ToLower(r))
		}
		previous = r
	}
	end()
	return words
}
