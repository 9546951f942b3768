package analyzer

import (
	"cmp"
	"path"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// onlyCovered lists the files of a set that one person alone covers, heaviest first.
func (w *work) onlyCovered(files []uint32, person uint32, total float64) []FileRisk {
	var risks []FileRisk
	for _, file := range files {
		if w.isOnlyCoveredBy(person, file) {
			risks = append(risks, w.fileRisk(file, total))
		}
	}
	return w.withPeople(heaviest(risks, MaxFileRisks), files)
}

func (w *work) fileRisk(file uint32, total float64) FileRisk {
	risk := FileRisk{Path: w.pathOf(file), Commits: w.commitsOn(file), Next: -1, file: file}
	if total > 0 {
		risk.Weight = w.graph.ChangeWeightOf(file) / total
	}
	return risk
}

func heaviest(risks []FileRisk, limit int) []FileRisk {
	slices.SortFunc(risks, func(a, b FileRisk) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Path, b.Path))
	})
	return risks[:min(limit, len(risks))]
}

// pathOf names a file, with its repository where there are several.
func (w *work) pathOf(file uint32) string {
	thing := &w.evidence.Things[w.graph.Files[file].Thing]
	if len(w.evidence.Repositories) > 1 {
		return w.evidence.Repositories[thing.Repository].Label + ":" + thing.Path
	}
	return thing.Path
}

// commitsOn counts the distinct commits that give familiarity with a file.
func (w *work) commitsOn(file uint32) int {
	commits, last := 0, sources.None
	for _, c := range w.graph.ContributionsOf(file) {
		if c.Familiarity > 0 && c.Event != last {
			commits++
			last = c.Event
		}
	}
	return commits
}

// withPeople names for each file of a set who covers it, and who is nearest to taking over from them: the
// active other with the most familiarity with the file, else with its directory within the set, else
// with the set.
func (w *work) withPeople(risks []FileRisk, files []uint32) []FileRisk {
	byDirectory := map[string][]uint32{}
	for _, file := range files {
		directory := path.Dir(w.pathOf(file))
		byDirectory[directory] = append(byDirectory[directory], file)
	}
	known := map[string][]graph.Held{} // by directory
	whole := w.graph.FamiliarityWith(files)
	for i := range risks {
		risk := &risks[i]
		covering := w.covering.of(w.graph.Files[risk.file].History)
		for _, person := range covering {
			risk.Coverers = append(risk.Coverers, w.roster.index(person))
		}
		directory := path.Dir(risk.Path)
		if known[directory] == nil {
			known[directory] = w.graph.FamiliarityWith(byDirectory[directory])
		}
		for _, held := range [][]graph.Held{w.graph.FamiliarityWith([]uint32{risk.file}), known[directory], whole} {
			if next := w.nearest(held, covering); next >= 0 {
				risk.Next = w.roster.index(uint32(next))
				break
			}
		}
	}
	return risks
}

// nearest is the active person who holds most, other than those who cover already; -1 where there is
// nobody.
func (w *work) nearest(held []graph.Held, covering []uint32) int {
	best, most := -1, 0.0
	for _, h := range held {
		if w.active[h.Person] && h.Familiarity > most && !slices.Contains(covering, h.Person) {
			best, most = int(h.Person), h.Familiarity
		}
	}
	return best
}
