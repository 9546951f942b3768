package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// evidenceOn gathers what was done to a subject into one line for each person, event and kind, what
// counts most today first. Person holds the index into the table of people.
func (w *work) evidenceOn(found subject) []EvidenceLine {
	type key struct {
		event, person uint32
		kind          sources.Kind
	}
	var lines []EvidenceLine
	place := map[key]int{}
	w.eachContribution(found, func(file uint32, c *graph.Contribution) {
		k := key{c.Event, c.Person, c.Kind}
		at, isKnown := place[k]
		if !isKnown {
			event := &w.evidence.Events[c.Event]
			at = len(lines)
			place[k] = at
			lines = append(lines, EvidenceLine{
				Repository: w.evidence.Repositories[event.Repository].Label, Reference: event.Reference,
				Time: fromUnix(w.graph.Time(c.Event)), Person: int(c.Person), Kind: c.Kind.String(),
				Example: w.pathOf(file), Mechanical: string(w.graph.Reason(c.Event)),
			})
		}
		lines[at].Files++
		lines[at].Familiarity += c.Familiarity
	})
	// One commit may be in several repositories; these stay in the order of the files.
	slices.SortStableFunc(lines, func(a, b EvidenceLine) int {
		return cmp.Or(cmp.Compare(b.Familiarity, a.Familiarity), b.Time.Compare(a.Time),
			cmp.Compare(a.Reference, b.Reference), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Kind, b.Kind))
	})
	return lines
}

// eachContribution visits what was done to the subject's files, or what the person did to any; a
// history that two files share once.
func (w *work) eachContribution(found subject, visit func(file uint32, c *graph.Contribution)) {
	files := found.files
	switch found.kind {
	case fileSubject:
		file, ok := w.fileOf(found.thing)
		if !ok {
			return
		}
		files = []uint32{file}
	case personSubject:
		files = w.allFiles()
	}
	seen := map[uint32]bool{}
	for _, file := range files {
		history := w.graph.Files[file].History
		if history == sources.None || seen[history] {
			continue
		}
		seen[history] = true
		contributions := w.graph.ContributionsOf(file)
		for i := range contributions {
			if found.kind != personSubject || contributions[i].Person == found.person {
				visit(file, &contributions[i])
			}
		}
	}
}
