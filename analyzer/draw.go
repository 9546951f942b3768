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
	weights  []float64 // change weight by history
	known    []float64 // familiarity by tie, of one history
	covering covering
	coverage busfactor.Coverage
	bounder  busfactor.Bounder
}

func newDraw(r *resampling) *draw {
	return &draw{resampling: r, times: make([]uint8, len(r.seeds)), weights: make([]float64, len(r.histories))}
}

// fill makes the draw of a number.
func (d *draw) fill(number uint64) {
	for i, seed := range d.seeds {
		d.times[i] = poisson(mix(seed + number*0x9E3779B97F4A7C15))
	}
	d.weigh()
	d.whoCovers()
}

// busFactors makes the draw of a number and returns the bus factor of each set; -1 for one without weight.
func (d *draw) busFactors(number uint64) []int {
	d.fill(number)
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

// sum adds up gains as often as their events were drawn. Adding nothing for an event that was not drawn costs
// less than asking whether it was.
func (d *draw) sum(gains []gain) float64 {
	sum := 0.0
	for i := range gains {
		sum += float64(d.times[gains[i].event]) * float64(gains[i].amount)
	}
	return sum
}

func (d *draw) weigh() {
	start := uint32(0)
	for i := range d.histories {
		end := d.histories[i].endWork
		d.weights[i] = d.sum(d.work[start:end])
		start = end
	}
}

// whoCovers finds which of the candidates cover what in this draw, by the same rule as work.whoCovers.
func (d *draw) whoCovers() {
	c := &d.covering
	c.people, c.ends = c.people[:0], c.ends[:0]
	firstTie, firstLesson := uint32(0), uint32(0)
	for i := range d.histories {
		ties := d.ties[firstTie:d.histories[i].endTie]
		firstTie = d.histories[i].endTie
		d.known = d.known[:0]
		best := 0.0
		for k := range ties {
			knowledge := d.sum(d.lessons[firstLesson:ties[k].endLesson])
			firstLesson = ties[k].endLesson
			d.known = append(d.known, knowledge)
			best = max(best, knowledge)
		}
		d.addCovering(ties, best)
		c.ends = append(c.ends, uint32(len(c.people)))
	}
}

// addCovering adds the candidates of one history who know enough of it.
func (d *draw) addCovering(ties []resampledTie, best float64) {
	needed := -1.0 // worked out only where someone who may cover it is not the best
	for i, knowledge := range d.known {
		if ties[i].candidate == sources.None || knowledge == 0 {
			continue
		}
		if knowledge < best && needed < 0 {
			needed = d.covers(best)
		}
		if knowledge >= needed {
			d.covering.people = append(d.covering.people, ties[i].candidate)
		}
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
