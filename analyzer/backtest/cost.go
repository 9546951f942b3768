package backtest

import (
	"math"
	"slices"
	"strconv"

	"keyperson/analyzer/graph"
)

// Cost is what became of files within a year, by who of their authors was left: those whose only active author had
// gone, and those with two or more active authors, matched by repository, date, commits to the file and time since
// the last of them. An author is whoever did any counted work on the file.
type Cost struct {
	Dates  int // repositories × dates looked from, a year apart, that had both kinds
	Left   Fate
	Shared Fate
	// TouchRatio is Left.Touched over Shared.Touched.
	TouchRatio Estimate
	Enough     bool // false: too few files of either kind, and the shares mean nothing
}

// Fate is what became of one kind of files within a year.
type Fate struct {
	Files       int      // that have a match of the other kind
	TouchedOf   int      // of them, those that were touched
	Touched     Estimate // share touched, in [0,1]
	ByNewcomers Estimate // of those touched, the share first touched by someone new to the file, in [0,1]
}

const (
	costYears      = 3   // dates looked from in each repository
	costYearDays   = 365 // how far ahead
	leastCostFiles = 20  // of either kind
)

// fate is one file at one date.
type fate struct {
	stratum stratum
	isLeft  bool
	touched bool
	byNew   bool
	cluster string // what happened to it happened to others for the same reason
}

// stratum is what two files have in common to be compared.
type stratum struct {
	look             int
	commits, recency int
}

// cost follows files over a year from each date.
func (r *run) cost() Cost {
	var looks []look
	for i := range r.repositories {
		for back := int64(costYears); back >= 1; back-- {
			looks = r.appendLook(looks, look{uint32(i), r.newest[i] - back*costYearDays*secondsPerDay})
		}
	}
	found := make([][]fate, len(looks))
	r.inParallel(len(looks), func(i int) { found[i] = r.fates(i, &looks[i]) })
	return r.compareFates(slices.Concat(found...))
}

func (r *run) fates(number int, t *look) []fate {
	p := r.history(t.repository).at(t.cutoff, costYearDays*secondsPerDay)
	w := r.world(p, t.cutoff)
	next := map[uint32]nextWork{}
	for _, work := range p.next {
		next[work.thing] = work
	}
	window := t.cutoff - int64(r.options.ActivityWindowDays*secondsPerDay)
	var fates []fate
	for i := range w.graph.Files {
		file := &w.graph.Files[i]
		ties := w.graph.TiesOf(uint32(i))
		isLeft, isShared := leftOrShared(ties, w.lastSeen, window)
		if !isLeft && !isShared {
			continue
		}
		f := fate{stratum: stratumOf(number, &w.graph.Histories[file.History], ties, t.cutoff), isLeft: isLeft}
		f.cluster = r.evidence.Things[file.Thing].Path
		if work, ok := next[file.Thing]; ok {
			f.touched, f.cluster = true, r.evidence.Events[work.event].Reference
			f.byNew = !slices.ContainsFunc(ties, func(tie graph.Tie) bool { return tie.Person == work.person && tie.Commits > 0 })
		}
		fates = append(fates, f)
	}
	return fates
}

// leftOrShared says whether the only author who was about in the year before the activity window has not been seen
// in it, or whether two or more have been.
func leftOrShared(ties []graph.Tie, lastSeen []int64, window int64) (isLeft, isShared bool) {
	before := window - costYearDays*secondsPerDay
	active, gone := 0, 0
	for i := range ties {
		if ties[i].Commits == 0 {
			continue
		}
		switch seen := lastSeen[ties[i].Person]; {
		case seen >= window:
			active++
		case seen >= before:
			gone++
		}
	}
	return active == 0 && gone == 1, active >= 2
}

// stratumOf puts a file among its like: by powers of two of its commits, and of the months since the last.
func stratumOf(number int, h *graph.History, ties []graph.Tie, cutoff int64) stratum {
	last := int64(math.MinInt64)
	for i := range ties {
		last = max(last, ties[i].LastSeen)
	}
	months := float64(cutoff-last) / secondsPerDay / 30
	return stratum{number, int(math.Log2(float64(h.Commits))), int(math.Log2(1 + months))}
}

// compareFates weighs every matched file of either kind so that both kinds are spread over the strata alike.
func (r *run) compareFates(fates []fate) Cost {
	counts := map[stratum][2]float64{}
	for i := range fates {
		count := counts[fates[i].stratum]
		count[kindOf(&fates[i])]++
		counts[fates[i].stratum] = count
	}
	var (
		cost  Cost
		dates = map[int]bool{}
		all   = tallyFates(fates, counts, func(int) float64 { return 1 })
	)
	for i := range fates {
		count := counts[fates[i].stratum]
		if count[0] == 0 || count[1] == 0 {
			continue
		}
		dates[fates[i].stratum.look] = true
		side := &cost.Shared
		if fates[i].isLeft {
			side = &cost.Left
		}
		side.Files++
		if fates[i].touched {
			side.TouchedOf++
		}
	}
	cost.Dates = len(dates)
	cost.Enough = cost.Left.Files >= leastCostFiles && cost.Shared.Files >= leastCostFiles && cost.Left.TouchedOf > 0 && cost.Shared.TouchedOf > 0
	if !cost.Enough {
		return cost
	}
	redrawn := r.redraw(fates, counts)
	estimate := func(of func(s *[2]fateSums) float64) Estimate {
		values := make([]float64, 0, len(redrawn))
		for i := range redrawn {
			if v := of(&redrawn[i]); !math.IsNaN(v) && !math.IsInf(v, 0) {
				values = append(values, v)
			}
		}
		return interval(of(&all), values)
	}
	for kind, side := range []*Fate{&cost.Left, &cost.Shared} {
		side.Touched = estimate(func(s *[2]fateSums) float64 { return s[kind].touched / s[kind].files })
		side.ByNewcomers = estimate(func(s *[2]fateSums) float64 { return s[kind].byNew / s[kind].touched })
	}
	cost.TouchRatio = estimate(func(s *[2]fateSums) float64 {
		return s[0].touched / s[0].files / (s[1].touched / s[1].files)
	})
	return cost
}

func kindOf(f *fate) int {
	if f.isLeft {
		return 0
	}
	return 1
}

type fateSums struct{ files, touched, byNew float64 }

// tallyFates weighs: files whose author left by 1, the others by how many of those there are for each of them.
func tallyFates(fates []fate, counts map[stratum][2]float64, draw func(i int) float64) (sums [2]fateSums) {
	for i := range fates {
		f := &fates[i]
		count := counts[f.stratum]
		if count[0] == 0 || count[1] == 0 {
			continue
		}
		kind := kindOf(f)
		weight := draw(i)
		if kind == 1 {
			weight *= count[0] / count[1]
		}
		sums[kind].files += weight
		if f.touched {
			sums[kind].touched += weight
			if f.byNew {
				sums[kind].byNew += weight
			}
		}
	}
	return sums
}

// redraw tallies again with next commits, and files without one, drawn anew.
func (r *run) redraw(fates []fate, counts map[stratum][2]float64) [][2]fateSums {
	draws := map[string][]uint8{}
	for i := range fates {
		if draws[fates[i].cluster] == nil {
			draws[fates[i].cluster] = poissons(fates[i].cluster+"\x00"+strconv.Itoa(fates[i].stratum.look), r.options.Resamples)
		}
	}
	redrawn := make([][2]fateSums, r.options.Resamples)
	for n := range redrawn {
		redrawn[n] = tallyFates(fates, counts, func(i int) float64 { return float64(draws[fates[i].cluster][n]) })
	}
	return redrawn
}
