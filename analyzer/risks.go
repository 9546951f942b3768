package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/ranking"
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
	return w.withPeople(heaviest(risks, MaxFileRisks))
}

func (w *work) fileRisk(file uint32, total float64) FileRisk {
	thing := &w.evidence.Things[w.graph.Files[file].Thing]
	risk := FileRisk{
		Path: w.pathOf(file), Repository: w.evidence.Repositories[thing.Repository].Label, Within: thing.Path, Next: -1, file: file,
	}
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
func (w *work) pathOf(file uint32) string { return w.nameOf(w.graph.Files[file].Thing) }

// nameOf is the path of a thing, likewise.
func (w *work) nameOf(index uint32) string {
	thing := &w.evidence.Things[index]
	if len(w.evidence.Repositories) > 1 {
		return w.evidence.Repositories[thing.Repository].Label + ":" + thing.Path
	}
	return thing.Path
}

// withPeople names for each file who covers it, and who is nearest to taking over from them: the active other who
// will most probably do the next work on it. On eleven public histories, with the best-knowing person left out, that
// ranking is right in 28 % of cases (keyperson backtest prints it for a history of one's own).
func (w *work) withPeople(risks []FileRisk) []FileRisk {
	for i := range risks {
		risk := &risks[i]
		covering := w.covering.of(w.graph.Files[risk.file].History)
		for _, person := range covering {
			risk.Coverers = append(risk.Coverers, w.roster.index(person))
		}
		if next := w.nearest([]uint32{w.graph.Files[risk.file].Thing}, covering); next >= 0 {
			risk.Next = w.roster.index(uint32(next))
		}
	}
	return risks
}

// minimumNearness is the share of the recent work on the file, or on what is near it, under which someone is a
// minor contributor (Bird et al. 2011) and nobody to take over.
const minimumNearness = 0.05

// pairedOn are the files of a system that only its holder covers and that others learn first, the heaviest first.
func (s *System) pairedOn() []FileRisk { return s.OnlyCovered[:min(filesAtOnce, len(s.OnlyCovered))] }

// learners ranks who is near enough to learn these files from the holder, for all that advises it: whoever is nearest to one file may
// be far from the next, and one person is to be taught them all.
func (w *work) learners(s *System, holder uint32) []ranking.Candidate {
	var things []uint32
	for _, risk := range s.pairedOn() {
		things = append(things, w.graph.Files[risk.file].Thing)
	}
	candidates := w.nextWork().Rank(things, func(person uint32) bool {
		return !w.active[person] || person == holder || w.isSuspected(person, []uint32{holder})
	})
	return slices.DeleteFunc(candidates, func(c ranking.Candidate) bool { return c.Parts.Nearest() < minimumNearness })
}

// nearest is the active person who will most probably do the next work on a set of things, other than those who
// cover them already and those who may be one of them under another name; -1 where nobody is near enough.
func (w *work) nearest(things, covering []uint32) int {
	candidates := w.nextWork().Rank(things, func(person uint32) bool {
		return !w.active[person] || slices.Contains(covering, person) || w.isSuspected(person, covering)
	})
	for i := range candidates {
		if candidates[i].Parts.Nearest() >= minimumNearness {
			return int(candidates[i].Person)
		}
	}
	return -1
}

// nextWork ranks people for the next work, by the evidence up to the as-of date.
func (w *work) nextWork() *ranking.State {
	if w.ranks == nil {
		w.ranks = ranking.New(w.evidence, w.people, w.graph, w.options.Ranking)
	}
	return w.ranks
}

// isSuspected says whether someone may be one of the given people.
func (w *work) isSuspected(person uint32, people []uint32) bool {
	return slices.ContainsFunc(w.people.Suspects, func(s sources.Suspect) bool {
		return s.A == person && slices.Contains(people, s.B) || s.B == person && slices.Contains(people, s.A)
	})
}
