package backtest

import (
	"math"
	"slices"
	"strconv"

	"keyperson/sources"
)

// gatherer pools observations into groups with intervals.
type gatherer struct {
	evidence     *sources.Evidence
	rankings     []string
	observations []observation // of all cells
	resamples    int
	draws        map[uint32][]uint8 // by commit: how often each resample has it
}

// pooling chooses observations and says which cell each counts in; cells weigh the same.
type pooling struct {
	name  string
	cell  func(o *observation) (cell int, ok bool)
	least int                          // works from which a cell counts
	weigh func(o *observation) float64 // within its cell; nil: all the same
	ranks func(o *observation) []int   // nil: those of everyone
}

// group pools. Intervals come from commits drawn anew: the files of one commit were chosen by one decision.
func (g *gatherer) group(p pooling) Group {
	cells := map[int][]*observation{}
	for i := range g.observations {
		if cell, ok := p.cell(&g.observations[i]); ok {
			cells[cell] = append(cells[cell], &g.observations[i])
		}
	}
	group := Group{Name: p.name}
	commits := map[uint32]bool{}
	var order []int
	for cell, observations := range cells {
		if len(observations) >= p.least {
			order = append(order, cell)
		}
	}
	slices.Sort(order)
	sums := newSums(p, len(g.rankings), g.resamples)
	for _, cell := range order {
		group.Cells++
		newcomers := 0
		for _, o := range cells[cell] {
			group.Works++
			commits[o.work.event] = true
			if o.isNewcomer {
				newcomers++
			}
		}
		group.Newcomers += float64(newcomers) / float64(len(cells[cell]))
		sums.add(g, cells[cell])
	}
	if group.Cells == 0 {
		return group
	}
	group.Commits = len(commits)
	group.Newcomers /= float64(group.Cells)
	for i, name := range g.rankings {
		group.Scores = append(group.Scores, sums.score(name, i))
	}
	return group
}

// sums adds the means of cells, as they are and for each resample: mean reciprocal rank, hits of one and of three.
type sums struct {
	weigh   func(*observation) float64
	ranks   func(*observation) []int
	values  [][measures]float64   // by ranking
	redrawn [][][measures]float64 // by resample, then by ranking
	cells   float64
	drawn   []float64 // cells of each resample: one of whose commits none was drawn is not in it
}

const (
	reciprocal = iota
	hit1
	hit3
	measures
)

func newSums(p pooling, rankings, resamples int) *sums {
	s := &sums{weigh: p.weigh, ranks: p.ranks, values: make([][measures]float64, rankings), redrawn: make([][][measures]float64, resamples), drawn: make([]float64, resamples)}
	for i := range s.redrawn {
		s.redrawn[i] = make([][measures]float64, rankings)
	}
	if s.weigh == nil {
		s.weigh = func(*observation) float64 { return 1 }
	}
	if s.ranks == nil {
		s.ranks = func(o *observation) []int { return o.ranks }
	}
	return s
}

func measure(rank int) (m [measures]float64) {
	if rank == 0 {
		return m
	}
	m[reciprocal] = 1 / float64(rank)
	if rank == 1 {
		m[hit1] = 1
	}
	if rank <= 3 {
		m[hit3] = 1
	}
	return m
}

func (s *sums) add(g *gatherer, observations []*observation) {
	s.cells += s.accumulate(s.values, observations, s.weigh)
	for i := range s.redrawn {
		s.drawn[i] += s.accumulate(s.redrawn[i], observations, func(o *observation) float64 { return s.weigh(o) * float64(g.drawsOf(o.work.event)[i]) })
	}
}

// accumulate adds the weighted means over the observations to the values of each ranking, and returns how many
// cells that were: 1, or 0 where no observation has any weight.
func (s *sums) accumulate(values [][measures]float64, observations []*observation, weigh func(*observation) float64) float64 {
	means := make([][measures]float64, len(values))
	total := 0.0
	for _, o := range observations {
		weight := weigh(o)
		if weight == 0 {
			continue
		}
		total += weight
		for ranking, rank := range s.ranks(o) {
			for i, value := range measure(rank) {
				means[ranking][i] += weight * value
			}
		}
	}
	if total == 0 {
		return 0
	}
	for ranking := range means {
		for i := range means[ranking] {
			values[ranking][i] += means[ranking][i] / total
		}
	}
	return 1
}

func (s *sums) score(name string, ranking int) Score {
	estimate := func(of func(values [][measures]float64) float64) Estimate {
		value := of(s.values) / s.cells
		var redrawn []float64
		for i := range s.redrawn {
			if s.drawn[i] > 0 {
				redrawn = append(redrawn, of(s.redrawn[i])/s.drawn[i])
			}
		}
		return interval(value, redrawn)
	}
	return Score{
		Ranking: name,
		MRR:     estimate(func(v [][measures]float64) float64 { return v[ranking][reciprocal] }),
		Hit1:    estimate(func(v [][measures]float64) float64 { return v[ranking][hit1] }),
		Hit3:    estimate(func(v [][measures]float64) float64 { return v[ranking][hit3] }),
		Behind:  estimate(func(v [][measures]float64) float64 { return v[0][reciprocal] - v[ranking][reciprocal] }),
		Behind3: estimate(func(v [][measures]float64) float64 { return v[0][hit3] - v[ranking][hit3] }),
	}
}

// interval is the middle 95 % of what resamples gave; the value alone where there were none.
func interval(value float64, redrawn []float64) Estimate {
	if len(redrawn) == 0 {
		return Estimate{value, value, value}
	}
	slices.Sort(redrawn)
	last := float64(len(redrawn) - 1)
	return Estimate{value, redrawn[int(math.Floor(0.025*last))], redrawn[int(math.Ceil(0.975*last))]}
}

// drawsOf says how often each resample has a commit: a Poisson number of mean 1, drawn from the commit's own id
// (the bootstrap for streams, Hanley and MacGibbon 2006).
func (g *gatherer) drawsOf(event uint32) []uint8 {
	if draws := g.draws[event]; draws != nil {
		return draws
	}
	draws := poissons(g.evidence.Events[event].Reference, g.resamples)
	g.draws[event] = draws
	return draws
}

// poissons draws numbers of mean 1 from a seed.
func poissons(seed string, count int) []uint8 {
	draws := make([]uint8, count)
	for i := range draws {
		uniform := float64(seedOf(seed, strconv.Itoa(i))>>11) / (1 << 53)
		probability, below := math.Exp(-1), 0.0
		for k := uint8(1); ; k++ {
			below += probability
			if uniform < below || k > 12 {
				break
			}
			draws[i] = k
			probability /= float64(k)
		}
	}
	return draws
}
