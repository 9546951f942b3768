package runbook

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"keyperson/sources"
)

// index finds documents by what texts write for them.
type index struct {
	bySlug  map[string][]int // documents by the name of their file
	byTitle map[string][]int
	paths   [][]string // of each document: the parts of its path as slugs, the last first
	labels  []string   // of each document: the slug of its repository
	known   map[string]bool
}

func newIndex(e *sources.Evidence) *index {
	x := &index{bySlug: map[string][]int{}, byTitle: map[string][]int{}, known: map[string]bool{}}
	for i := range e.Runbooks {
		thing := &e.Things[e.Runbooks[i].Thing]
		slug := slugOf(thing.Path)
		parts := []string{slug}
		for directory := path.Dir(thing.Path); directory != "."; directory = path.Dir(directory) {
			parts = append(parts, anchorOf(path.Base(directory)))
		}
		label := anchorOf(e.Repositories[thing.Repository].Label)
		x.paths, x.labels = append(x.paths, parts), append(x.labels, label)
		x.known[label] = true
		if slug != "" {
			x.bySlug[slug] = append(x.bySlug[slug], i)
		}
		if title := anchorOf(e.Runbooks[i].Title); title != "" && title != slug {
			x.byTitle[title] = append(x.byTitle[title], i)
		}
	}
	return x
}

// target is what a text writes for a document.
type target struct {
	parts    []string // of its path as slugs, the last first
	isURL    bool
	isHosted bool   // an address by which hosting sites show a file: everything before the path is cut off
	owner    string // the repository that such an address names
	isTitle  bool   // no path: a title as wikis write it
}

// hostingMarks stand between a repository and the path in it on hosting sites; the part after them is a branch.
var hostingMarks = []string{"blob", "raw", "tree", "edit", "blame", "src"}

func parseTarget(text string) (target, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > longestTarget || strings.Contains(text, "{{") || strings.Contains(text, "%(") {
		return target{}, false
	}
	var t target
	file := text
	if at, err := url.Parse(text); err == nil && at.Scheme != "" && at.Host != "" {
		t.isURL, file = true, at.Path
	} else if cut := strings.IndexAny(file, "#?"); cut > 0 {
		file = file[:cut]
	}
	segments := strings.FieldsFunc(file, func(r rune) bool { return r == '/' })
	segments = slices.DeleteFunc(segments, func(s string) bool { return s == "." || s == ".." })
	if t.isURL {
		for i := 1; i+2 < len(segments); i++ {
			if slices.Contains(hostingMarks, segments[i]) {
				owner := segments[i-1]
				if owner == "-" && i > 1 {
					owner = segments[i-2]
				}
				t.isHosted, t.owner, segments = true, anchorOf(strings.TrimSuffix(owner, ".git")), segments[i+2:]
				break
			}
		}
	}
	if len(segments) == 0 {
		return target{}, false
	}
	slices.Reverse(segments)
	for i, s := range segments {
		if i == 0 {
			format, stem := formatOf(s)
			t.isTitle = !t.isURL && len(segments) == 1 && format == ""
			if format != "" {
				s = stem
			} else if !t.isTitle {
				s = strings.TrimSuffix(s, ".html")
			}
		}
		t.parts = append(t.parts, anchorOf(s))
	}
	return t, t.parts[0] != ""
}

// shortestSlug is the length from which a name alone names a document.
const shortestSlug = 6

// find returns the document that a text names; false where there is none, or several that fit as well.
func (x *index) find(text string) (int, bool) {
	t, ok := parseTarget(text)
	if !ok {
		return 0, false
	}
	if t.isTitle {
		return x.findTitle(t.parts[0])
	}
	best, score, isTied := -1, 0, false
	for _, i := range x.bySlug[t.parts[0]] {
		n := 0
		for n < len(t.parts) && n < len(x.paths[i]) && t.parts[n] == x.paths[i][n] {
			n++
		}
		if t.isHosted && (n < len(x.paths[i]) || x.known[t.owner] && t.owner != x.labels[i]) {
			continue
		}
		if !t.isURL && n < min(len(t.parts), len(x.paths[i])) {
			continue // a path that goes elsewhere
		}
		if t.isURL && !t.isHosted && n < 2 && len(t.parts) > 1 {
			continue // another site's page of that name
		}
		switch {
		case n > score:
			best, score, isTied = i, n, false
		case n == score:
			isTied = true
		}
	}
	return best, best >= 0 && !isTied
}

func (x *index) findTitle(slug string) (int, bool) {
	if utf8.RuneCountInString(slug) < shortestSlug && !strings.ContainsFunc(slug, isIdeograph) {
		return 0, false
	}
	for _, documents := range [][]int{x.bySlug[slug], x.byTitle[slug]} {
		if len(documents) == 1 {
			return documents[0], true
		}
	}
	return 0, false
}

// The least of a runbook's steps that a list copied into a ticket has.
const (
	fewestCopied      = 3
	leastCopiedPart   = 2 // one in so many
	mostCheckedInList = 1000
)

// Link fills in which runbooks tickets and commit messages are about: those they cite by path, address or title, and
// for tickets those of which they hold a copied checklist, at least three steps and half of all.
func Link(e *sources.Evidence) {
	for i := range e.Mentions {
		e.Mentions[i].Runbook = sources.None
	}
	for i := range e.Tickets {
		e.Tickets[i].Runbooks = nil
	}
	if len(e.Runbooks) == 0 {
		return
	}
	x := newIndex(e)
	for i := range e.Mentions {
		if mention := &e.Mentions[i]; mention.Kind == sources.DocumentMention {
			if at, ok := x.find(mention.Text); ok {
				mention.Runbook = uint32(at)
			}
		}
	}
	steps := stepIndex(e)
	for i := range e.Tickets {
		ticket := &e.Tickets[i]
		var found []uint32
		for _, citation := range ticket.Citations {
			if at, ok := x.find(citation.Target); ok {
				found = append(found, uint32(at))
			}
		}
		found = append(found, copied(e, steps, ticket.Checklist)...)
		slices.SortFunc(found, cmp.Compare[uint32])
		ticket.Runbooks = slices.Compact(found)
	}
}

// stepIndex says in which runbooks each step stands.
func stepIndex(e *sources.Evidence) map[uint64][]uint32 {
	steps := map[uint64][]uint32{}
	for i := range e.Runbooks {
		for _, hash := range distinctSteps(&e.Runbooks[i]) {
			steps[hash] = append(steps[hash], uint32(i))
		}
	}
	return steps
}

func distinctSteps(r *sources.Runbook) []uint64 {
	var hashes []uint64
	for i := range r.Steps {
		if r.Steps[i].Hash != 0 {
			hashes = append(hashes, r.Steps[i].Hash)
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// copied are the runbooks of which a checklist holds enough steps.
func copied(e *sources.Evidence, steps map[uint64][]uint32, checklist []uint64) []uint32 {
	items := slices.Clone(checklist[:min(len(checklist), mostCheckedInList)])
	slices.Sort(items)
	counts := map[uint32]int{}
	for _, item := range slices.Compact(items) {
		for _, runbook := range steps[item] {
			counts[runbook]++
		}
	}
	var found []uint32
	for runbook, n := range counts {
		if n >= fewestCopied && n*leastCopiedPart >= len(distinctSteps(&e.Runbooks[runbook])) {
			found = append(found, runbook)
		}
	}
	return found
}
