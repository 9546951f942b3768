package analyzer

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math"
	"slices"
	"sync"

	"keyperson/sources/sealed"
)

// interval is how far the middle 80 % of the bus factors of resampled evidence reaches to both sides
// of their median; it has no resamples where none were asked for or none had any weight.
type interval struct {
	below, above int
	resamples    int
}

// Intervals are what resampling gave, kept from one run for the next, as that is the dear part of scoring evidence
// that has not changed. They are found again under a digest of everything they follow from, so that they can be
// old but never wrong. The zero value knows nothing and is ready; it may be used by several assessments at once.
type Intervals struct {
	mutex  sync.Mutex
	known  []drawnBefore // from this run and earlier ones
	hasNew bool
}

// drawnBefore is what one resampling gave.
type drawnBefore struct {
	inputs    inputsDigest
	intervals []interval // by set
	used      bool       // in this run
}

// inputsDigest is the beginning of a SHA-256 over all that resampling reads.
type inputsDigest [16]byte

// find returns what the same inputs gave before.
func (k *Intervals) find(inputs inputsDigest, sets int) ([]interval, bool) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for i := range k.known {
		if before := &k.known[i]; before.inputs == inputs && len(before.intervals) == sets {
			before.used = true
			return before.intervals, true
		}
	}
	return nil, false
}

func (k *Intervals) add(inputs inputsDigest, drawn []interval) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.known, k.hasNew = append(k.known, drawnBefore{inputs, drawn, true}), true
}

// HasNew says that something was drawn that was not known from an earlier run.
func (k *Intervals) HasNew() bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.hasNew
}

// The layout of kept intervals: the magic, then of each resampling its digest, the number of its sets and of each
// set its three numbers, then the checksum of package sealed. The number in the magic is also the version of
// how commits are drawn and bus factors of draws bounded: raise it when any of these changes, which
// TestWhatIsDrawnChangesOnlyWithTheVersion notices.
const (
	intervalsMagic = "keyperson intervals 2\n"
	intervalSize   = 3 * 4
	// mostResamplings is how many are kept: a quarterly report makes eight.
	mostResamplings = 32
)

// LargestIntervals bounds the bytes that are worth reading as kept intervals.
const LargestIntervals = 16 << 20

// Encode returns the intervals of this run and the newest of earlier ones, to be kept; the same for the same
// resamplings.
func (k *Intervals) Encode() []byte {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	newestFirst := slices.Clone(k.known)
	slices.SortStableFunc(newestFirst, func(a, b drawnBefore) int {
		switch {
		case a.used && b.used: // in an order that does not depend on which assessment was ready first
			return bytes.Compare(a.inputs[:], b.inputs[:])
		case a.used:
			return -1
		case b.used:
			return 1
		}
		return 0
	})
	data := []byte(intervalsMagic)
	for _, drawn := range newestFirst[:min(len(newestFirst), mostResamplings)] {
		if len(data)+drawn.size()+sealed.ChecksumSize > LargestIntervals {
			break
		}
		data = drawn.append(data)
	}
	return sealed.Seal(data)
}

func (d *drawnBefore) size() int { return len(d.inputs) + 4 + len(d.intervals)*intervalSize }

func (d *drawnBefore) append(data []byte) []byte {
	data = append(data, d.inputs[:]...)
	data = binary.LittleEndian.AppendUint32(data, uint32(len(d.intervals)))
	for _, of := range d.intervals {
		for _, number := range []int{of.below, of.above, of.resamples} {
			data = binary.LittleEndian.AppendUint32(data, uint32(number))
		}
	}
	return data
}

// DecodeIntervals reads what Encode returned. It returns an error for everything else, with which all is to be
// drawn anew.
func DecodeIntervals(data []byte) (*Intervals, error) {
	rest, err := sealed.Open(intervalsMagic, data)
	if err != nil {
		return nil, fmt.Errorf("analyzer: kept intervals: %w", err)
	}
	k := &Intervals{}
	for len(rest) > 0 {
		var drawn drawnBefore
		var ok bool
		if rest, ok = drawn.decode(rest); !ok {
			return nil, errors.New("analyzer: kept intervals: numbers that no resampling gives")
		}
		k.known = append(k.known, drawn)
	}
	return k, nil
}

// decode reads what append wrote and returns what follows it; false for what it cannot have written.
func (d *drawnBefore) decode(data []byte) (rest []byte, ok bool) {
	if len(data) < d.size() {
		return nil, false
	}
	data = data[copy(d.inputs[:], data):]
	sets := int(binary.LittleEndian.Uint32(data))
	data = data[4:]
	if sets > len(data)/intervalSize {
		return nil, false
	}
	for range sets {
		of := interval{int(int32(binary.LittleEndian.Uint32(data))), int(int32(binary.LittleEndian.Uint32(data[4:]))), int(int32(binary.LittleEndian.Uint32(data[8:])))}
		if of.below < 0 || of.above < 0 || of.resamples < 0 {
			return nil, false
		}
		d.intervals = append(d.intervals, of)
		data = data[intervalSize:]
	}
	return data, true
}

// digest is over everything that the bus factors of the draws follow from.
func (r *resampling) digest(options *Options) inputsDigest {
	d := digester{hash: sha256.New()}
	d.text(intervalsMagic)
	d.text(string(options.Method))
	d.number(math.Float64bits(options.CoverShare))
	d.number(uint64(options.Resamples))
	d.number(uint64(len(r.seeds)))
	for _, seed := range r.seeds {
		d.number(seed)
	}
	d.number(uint64(len(r.histories)))
	for _, history := range r.histories {
		d.pair(history.endTie, history.endWork)
	}
	d.number(uint64(len(r.ties)))
	for _, tie := range r.ties {
		d.pair(tie.candidate, tie.endLesson)
	}
	for _, gains := range [][]gain{r.lessons, r.work} {
		d.number(uint64(len(gains)))
		for _, gain := range gains {
			d.pair(gain.event, math.Float32bits(gain.amount))
		}
	}
	d.number(uint64(len(r.sets)))
	for _, set := range r.sets {
		d.number(uint64(len(set)))
		for _, history := range set {
			d.number(uint64(history))
		}
	}
	return d.sum()
}

// digester hashes numbers, gathered into blocks.
type digester struct {
	hash  hash.Hash
	block []byte
}

func (d *digester) number(number uint64) {
	d.block = binary.LittleEndian.AppendUint64(d.block, number)
	if len(d.block) >= 1<<14 {
		d.flush()
	}
}

func (d *digester) pair(a, b uint32) { d.number(uint64(a)<<32 | uint64(b)) }

func (d *digester) text(text string) {
	d.number(uint64(len(text)))
	d.block = append(d.block, text...)
}

func (d *digester) flush() {
	_, _ = d.hash.Write(d.block) // a hash takes everything
	d.block = d.block[:0]
}

func (d *digester) sum() (digest inputsDigest) {
	d.flush()
	copy(digest[:], d.hash.Sum(nil))
	return digest
}
