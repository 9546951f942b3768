package analyzer

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"keyperson/analyzer/busfactor"
)

// interval is how far the middle 80 % of the bus factors of resampled evidence reaches to both sides
// of their median; it has no resamples where none were asked for or none had any weight.
type interval struct {
	below, above int
	resamples    int
}

// resample repeats the bus factor of each set of files with commits drawn anew: each commit counts
// k times, k from a Poisson distribution of mean 1 (the bootstrap for streams, Hanley and MacGibbon
// 2006), drawn from the commit's own id, so that it depends on nothing but the evidence. Who is active
// is not drawn: presence is known, it is not estimated.
func (w *work) resample(sets [][]uint32) []interval {
	intervals := make([]interval, len(sets))
	if w.options.Resamples < 1 || w.options.Method == MethodExpertise {
		return intervals
	}
	values := make([][]int, w.options.Resamples) // by resample, then by set; -1 without weight
	workers := w.options.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	seeds, pieces := w.eventSeeds(), w.pieces()
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			draw := newDraw(w, seeds, pieces)
			for i := worker; i < len(values); i += workers {
				values[i] = draw.busFactors(uint64(i), sets)
			}
		})
	}
	group.Wait()
	for set := range sets {
		var drawn []int
		for i := range values {
			if values[i][set] >= 0 {
				drawn = append(drawn, values[i][set])
			}
		}
		intervals[set] = middle(drawn)
	}
	return intervals
}

// middle is the interval between the tenth and the ninetieth percentile, as distances from the median.
// Drawing commits makes some people forget and others loom larger, which on the whole spreads coverage
// over more people than there are: on public histories the median of the draws lies up to four above
// the value for large systems. The spread is what resampling is trusted for, not the level.
func middle(values []int) interval {
	if len(values) == 0 {
		return interval{}
	}
	slices.Sort(values)
	last := float64(len(values) - 1)
	median := values[int(math.Round(0.5*last))]
	return interval{
		below: median - values[int(math.Floor(0.1*last))], above: values[int(math.Ceil(0.9*last))] - median,
		resamples: len(values),
	}
}

// eventSeeds hashes the reference of each event.
func (w *work) eventSeeds() []uint64 {
	seeds := make([]uint64, len(w.evidence.Events))
	for i := range w.evidence.Events {
		seed := uint64(14695981039346656037) // FNV-1a
		for _, b := range []byte(w.evidence.Events[i].Reference) {
			seed = (seed ^ uint64(b)) * 1099511628211
		}
		seeds[i] = seed
	}
	return seeds
}

// piece is a contribution that adds something, in as little memory as will do: all of them are gone
// through for every resample.
type piece struct {
	tie, event, history uint32
	familiarity, change float32
}

func (w *work) pieces() []piece {
	pieces := make([]piece, 0, len(w.graph.Contributions))
	for h := range w.graph.Histories {
		history := &w.graph.Histories[h]
		for i := history.FirstContribution; i < history.EndContribution; i++ {
			if c := &w.graph.Contributions[i]; c.Familiarity > 0 {
				pieces = append(pieces, piece{c.Tie, c.Event, uint32(h), float32(c.Familiarity), float32(c.Change)})
			}
		}
	}
	return pieces
}

// draw is the memory of one worker.
type draw struct {
	*work
	seeds    []uint64
	pieces   []piece
	times    []uint8   // how often each event is drawn
	known    []float64 // familiarity by tie
	weights  []float64 // change weight by history
	covering covering
	coverage busfactor.Coverage
}

func newDraw(w *work, seeds []uint64, pieces []piece) *draw {
	return &draw{
		work: w, seeds: seeds, pieces: pieces, times: make([]uint8, len(seeds)),
		known: make([]float64, len(w.graph.Ties)), weights: make([]float64, len(w.graph.Histories)),
	}
}

func (d *draw) busFactors(number uint64, sets [][]uint32) []int {
	for i, seed := range d.seeds {
		d.times[i] = poisson(mix(seed + number*0x9E3779B97F4A7C15))
	}
	clear(d.known)
	clear(d.weights)
	for i := range d.pieces {
		piece := &d.pieces[i]
		if times := d.times[piece.event]; times > 0 {
			d.known[piece.tie] += float64(times) * float64(piece.familiarity)
			d.weights[piece.history] += float64(times) * float64(piece.change)
		}
	}
	d.whoCovers(d.known, &d.covering)
	values := make([]int, len(sets))
	for i, files := range sets {
		d.work.coverage(&d.coverage, files, &d.covering, func(history uint32) float64 { return d.weights[history] })
		values[i] = -1
		if d.coverage.Total() > 0 {
			values[i] = busfactor.UpperBound(&d.coverage)
		}
	}
	return values
}

// mix spreads the bits of a seed (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// poissonLimits are the cumulative probabilities of a Poisson distribution of mean 1, scaled to 2^32.
var poissonLimits = func() [12]uint32 {
	var limits [12]uint32
	probability, sum := math.Exp(-1), 0.0
	for k := range limits {
		if k > 0 {
			probability /= float64(k)
		}
		sum += probability
		limits[k] = uint32(math.Min(sum*(1<<32), math.MaxUint32))
	}
	return limits
}()

// poisson turns evenly spread bits into a draw of mean 1.
func poisson(bits uint64) uint8 {
	u := uint32(bits >> 32)
	k := uint8(0)
	for int(k) < len(poissonLimits)-1 && u >= poissonLimits[k] {
		k++
	}
	return k
}
