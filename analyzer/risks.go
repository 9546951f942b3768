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
	risk := FileRisk{Path: w.pathOf(file), Next: -1, file: file}
	if history := w.graph.Files[file].History; history != sources.None {
		risk.Commits = int(w.graph.Histories[history].Commits)
	}
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

// withPeople names for each file of a set who covers it, and who is nearest to taking over from them: the
// active other with the most familiarity with the file, else with its directory within the set, else
// with the set.
func (w *work) withPeople(risks []FileRisk, files []uint32) []FileRisk {
	if len(risks) == 0 {
		return nil
	}
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

// minimumNearness is the share of all familiarity under which someone is a minor contributor (Bird et
// al. 2011) and nobody to take over.
const minimumNearness = 0.05

// nearest is the active person who holds most, other than those who cover already and those who may
// be one of them under another name; -1 where nobody holds enough.
func (w *work) nearest(held []graph.Held, covering []uint32) int {
	best, most, sum := -1, 0.0, 0.0
	for _, h := range held {
		sum += h.Familiarity
		if w.active[h.Person] && h.Familiarity > most && !slices.Contains(covering, h.Person) && !w.isSuspected(h.Person, covering) {
			best, most = int(h.Person), h.Familiarity
		}
	}
	if most < minimumNearness*sum {
		return -1
	}
	return best
}

// isSuspected says whether someone may be one of the given people.
func (w *work) isSuspected(person uint32, people []uint32) bool {
	return slices.ContainsFunc(w.people.Suspects, func(s sources.Suspect) bool {
		return s.A == person && slices.Contains(people, s.B) || s.B == person && slices.Contains(people, s.A)
	})
}
