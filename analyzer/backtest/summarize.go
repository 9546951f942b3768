package backtest

import (
	"cmp"
	"slices"

	"keyperson/analyzer/ranking"
)

// summarize pools what the cells gave.
func (r *run) summarize(results []observed) *Result {
	result := &Result{HorizonDays: r.options.HorizonDays, Repositories: r.repositories}
	g := r.gather(results)
	for i := range results {
		result.Cells = append(result.Cells, results[i].cell)
	}
	within := func(name string, isWanted func(o *observation) bool) Group {
		return g.group(pooling{name: name, cell: func(o *observation) (int, bool) { return o.cell, isWanted(o) }, least: leastWorks})
	}
	repository := func(o *observation) int { return result.Cells[o.cell].Repository }
	isLarge := func(o *observation) bool { return r.repositories[repository(o)].People > manyPeople }
	result.Pooled = within("pooled", func(*observation) bool { return true })
	result.Large = within("over 100 people", isLarge)
	result.Small = within("up to 100 people", func(o *observation) bool { return !isLarge(o) })
	result.Gone = within("best-knowing person gone", func(o *observation) bool { return o.isGone })
	result.Successor = g.group(pooling{
		name: "best-knowing person left out", least: leastWorks,
		cell:  func(o *observation) (int, bool) { return o.cell, o.isOther },
		ranks: func(o *observation) []int { return o.without },
	})
	for i := range r.repositories {
		result.ByRepository = append(result.ByRepository, within(r.repositories[i].Label, func(o *observation) bool { return repository(o) == i }))
	}
	result.BySystem = r.bySystem(g)
	result.Confidence, result.AfterLeaving = confidence(g, result.Cells), confidenceAfterLeaving(g, result.Cells)
	return result
}

func (r *run) gather(results []observed) *gatherer {
	g := &gatherer{evidence: r.evidence, resamples: r.options.Resamples, draws: map[uint32][]uint8{}}
	for i := range results {
		g.rankings = results[i].rankings
		for _, o := range results[i].observations {
			o.cell = i
			g.observations = append(g.observations, o)
		}
	}
	return g
}

// bySystem pools the works on each system, most works first.
func (r *run) bySystem(g *gatherer) []Group {
	var groups []Group
	for system := range r.systems.Systems {
		group := g.group(pooling{name: r.systems.Systems[system].ID, least: leastWorks, cell: func(o *observation) (int, bool) {
			return 0, slices.Contains(o.systems, uint32(system))
		}})
		if group.Cells > 0 {
			groups = append(groups, group)
		}
	}
	slices.SortStableFunc(groups, func(a, b Group) int { return cmp.Compare(b.Works, a.Works) })
	return groups
}

// confidence tells how often the first was right under each word, each repository and cut-off with equal weight
// over all words: one that hardly uses a word says little about it.
func confidence(g *gatherer, cells []Cell) []ConfidenceBin {
	return bins(g, cells, ranking.Ordinarily, func(o *observation) (float64, bool) { return o.share, true }, nil)
}

// confidenceAfterLeaving tells the same for works on files whose best-knowing person has left.
func confidenceAfterLeaving(g *gatherer, cells []Cell) []ConfidenceBin {
	return bins(g, cells, ranking.AfterLeaving, func(o *observation) (float64, bool) { return o.after.share, o.after.hasLeft },
		func(o *observation) []int { return o.after.ranks })
}

func bins(g *gatherer, cells []Cell, scale ranking.Scale, share func(*observation) (float64, bool), ranks func(*observation) []int) []ConfidenceBin {
	var bins []ConfidenceBin
	for _, word := range ranking.Confidences() {
		group := g.group(pooling{
			name: string(word), ranks: ranks,
			cell: func(o *observation) (int, bool) {
				share, isAsked := share(o)
				return 0, isAsked && cells[o.cell].Enough && scale.Word(share) == word
			},
			weigh: func(o *observation) float64 { return 1 / float64(cells[o.cell].Sampled) },
		})
		bin := ConfidenceBin{Word: word, Works: group.Works, Commits: group.Commits, Expected: scale.HitRate(word), LeastShare: scale.LeastShare(word)}
		if len(group.Scores) > 0 {
			bin.Hit1 = group.Scores[0].Hit1
		}
		bins = append(bins, bin)
	}
	return bins
}
