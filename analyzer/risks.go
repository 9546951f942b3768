package analyzer

import (
	"cmp"
	"path"
	"slices"

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
	risks = heaviest(risks, MaxFileRisks)
	w.nameNext(risks, files, person)
	return risks
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

// nameNext names for each file who is nearest to taking over from a person: the active other with
// the most familiarity with the file, else with its directory within the set, else with the set.
func (w *work) nameNext(risks []FileRisk, files []uint32, person uint32) {
	byDirectory := map[string][]uint32{}
	for _, file := range files {
		directory := path.Dir(w.pathOf(file))
		byDirectory[directory] = append(byDirectory[directory], file)
	}
	nearOf := map[string]int{}
	whole := w.nearest(files, person)
	for i := range risks {
		next := w.nearest([]uint32{risks[i].file}, person)
		if next < 0 {
			directory := path.Dir(risks[i].Path)
			if _, known := nearOf[directory]; !known {
				nearOf[directory] = w.nearest(byDirectory[directory], person)
			}
			next = nearOf[directory]
		}
		if next < 0 {
			next = whole
		}
		if next >= 0 {
			risks[i].Next = w.roster.index(uint32(next))
		}
	}
}

// nearest is the active person other than the given one with the most familiarity with a set of
// files, -1 where there is nobody.
func (w *work) nearest(files []uint32, person uint32) int {
	best, most := -1, 0.0
	for _, held := range w.graph.FamiliarityWith(files) {
		if held.Person != person && w.active[held.Person] && held.Familiarity > most {
			best, most = int(held.Person), held.Familiarity
		}
	}
	return best
}
