package analyzer

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// resample repeats the bus factor of each set of files with commits drawn anew: each commit counts
// k times, k from a Poisson distribution of mean 1 (the bootstrap for streams, Hanley and MacGibbon
// 2006), drawn from the commit's own id, so that it depends on nothing but the evidence. Who is active
// is not drawn: presence is known, it is not estimated.
//
// The draws are made while the caller goes on; the function returned waits for them.
func (w *work) resample(sets [][]uint32) (wait func() []interval) {
	if w.options.Resamples < 1 || w.options.Method == MethodExpertise {
		return func() []interval { return make([]interval, len(sets)) }
	}
	drawn := make(chan []interval, 1)
	go func() { drawn <- w.resampled(sets) }()
	return func() []interval { return <-drawn }
}

// resampled draws, unless the same was drawn before.
func (w *work) resampled(sets [][]uint32) []interval {
	shared, kept := w.newResampling(sets), w.options.Intervals
	if kept == nil {
		return shared.intervals(w.options)
	}
	inputs := shared.digest(&w.options)
	drawn, ok := kept.find(inputs, len(sets))
	if !ok {
		drawn = shared.intervals(w.options)
		kept.add(inputs, drawn)
	}
	return drawn
}

// intervals makes all draws.
func (r *resampling) intervals(options Options) []interval {
	values := make([][]int, options.Resamples) // by resample, then by set; -1 without weight
	workers := options.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	var group sync.WaitGroup
	for worker := range workers {
		group.Go(func() {
			draw := newDraw(r)
			for i := worker; i < len(values); i += workers {
				values[i] = draw.busFactors(uint64(i))
			}
		})
	}
	group.Wait()
	return intervalsOf(values, len(r.sets))
}

// intervalsOf gathers the values by resample and set into an interval for each set.
func intervalsOf(values [][]int, sets int) []interval {
	intervals := make([]interval, sets)
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
	median := values[int(math.Round(0.5*float64(len(values)-1)))]
	low, high := middleOf(values)
	return interval{below: median - low, above: high - median, resamples: len(values)}
}

// middleOf returns the ends of what 80 % of the drawn values lie within; values are sorted, and at least one.
func middleOf[T any](values []T) (low, high T) {
	last := float64(len(values) - 1)
	return values[int(math.Floor(0.1*last))], values[int(math.Ceil(0.9*last))]
}
