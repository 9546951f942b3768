package analyzer

import (
	"math"

	"keyperson/analyzer/busfactor"
	"keyperson/sources"
)

// draw is the memory of one worker that resamples.
type draw struct {
	*resampling
	times    []uint8   // how often each event is drawn
	known    []float64 // familiarity by tie
	weights  []float64 // change weight by history
	covering covering
	coverage busfactor.Coverage
	bounder  busfactor.Bounder
}

func newDraw(r *resampling) *draw {
	return &draw{
		resampling: r, times: make([]uint8, len(r.seeds)),
		known: make([]float64, len(r.ties)), weights: make([]float64, len(r.histories)),
	}
}

// busFactors makes the draw of a number and returns the bus factor of each set; -1 for one without weight.
func (d *draw) busFactors(number uint64) []int {
	for i, seed := range d.seeds {
		d.times[i] = poisson(mix(seed + number*0x9E3779B97F4A7C15))
	}
	// Adding nothing for an event that was not drawn costs less than asking whether it was.
	clear(d.known)
	for i := range d.lessons {
		lesson := &d.lessons[i]
		d.known[lesson.tie] += float64(d.times[lesson.event]) * float64(lesson.familiarity)
	}
	clear(d.weights)
	for i := range d.work {
		arrival := &d.work[i]
		d.weights[arrival.history] += float64(d.times[arrival.event]) * float64(arrival.weight)
	}
	d.whoCovers()
	values := make([]int, len(d.sets))
	for i, histories := range d.sets {
		d.coverage.Reset()
		for _, history := range histories {
			d.coverage.Add(d.weights[history], d.covering.of(history)...)
		}
		values[i] = -1
		if d.coverage.Total() > 0 {
			values[i] = d.bounder.UpperBound(&d.coverage)
		}
	}
	return values
}

// whoCovers finds which of the candidates cover what in this draw, by the same rule as work.whoCovers.
func (d *draw) whoCovers() {
	c := &d.covering
	c.people, c.ends = c.people[:0], c.ends[:0]
	for _, history := range d.histories {
		known, candidates := d.known[history.firstTie:history.endTie], d.ties[history.firstTie:history.endTie]
		best := 0.0
		for _, knowledge := range known {
			best = max(best, knowledge)
		}
		needed := -1.0 // worked out only where someone who may cover it is not the best
		for i, knowledge := range known {
			if candidates[i] == sources.None || knowledge == 0 {
				continue
			}
			if knowledge < best && needed < 0 {
				needed = d.covers(best)
			}
			if knowledge >= needed {
				c.people = append(c.people, candidates[i])
			}
		}
		c.ends = append(c.ends, uint32(len(c.people)))
	}
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

// poissonByHighByte is the draw wherever the highest eight bits decide it, else 255.
var poissonByHighByte = func() [256]uint8 {
	var draws [256]uint8
	for high := range draws {
		least, most := poissonOf(uint32(high)<<24), poissonOf(uint32(high)<<24+(1<<24-1))
		draws[high] = 255
		if least == most {
			draws[high] = least
		}
	}
	return draws
}()

// poisson turns evenly spread bits into a draw of mean 1.
func poisson(bits uint64) uint8 {
	if k := poissonByHighByte[bits>>56]; k != 255 {
		return k
	}
	return poissonOf(uint32(bits >> 32))
}

func poissonOf(u uint32) uint8 {
	k := uint8(0)
	for int(k) < len(poissonLimits)-1 && u >= poissonLimits[k] {
		k++
	}
	return k
}
