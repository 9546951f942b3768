package rename

import (
	"bytes"
	"math/bits"
	"slices"
)

// Content is cut into spans: lines, cut again after 64 bytes. Two files are as similar as the bytes in
// spans that both have. Spans are told apart by a small hash, whose collisions are part of git's
// answer. This file is the hot loop of rename detection, paid for by BenchmarkSimilarity.

// spanHashes is the number of values a span's hash can have.
const spanHashes = 107927

// longestSpan is where a line is cut, in bytes.
const longestSpan = 64

// binaryProbe is how much of a file is searched for a NUL byte to tell whether it is binary.
const binaryProbe = 8000

// spanCount is how many bytes of a file are in spans of one hash.
type spanCount struct {
	hash  uint32
	bytes uint32
}

// spanCounter adds up the bytes of equal spans.
type spanCounter struct {
	bytes []uint32 // by hash; all zero between uses
	order []uint32 // hashes in the order of first appearance
}

// appendCounts appends the span counts of content to counts. What follows the last line break or the
// last full span belongs to no span, in the git versions this package follows.
func (c *spanCounter) appendCounts(counts []spanCount, content []byte) []spanCount {
	if c.bytes == nil {
		c.bytes = make([]uint32, spanHashes)
	}
	c.order = c.order[:0]
	isText := bytes.IndexByte(content[:min(len(content), binaryProbe)], 0) < 0
	if isText && bytes.Contains(content, []byte("\r\n")) {
		c.countIgnoringReturns(content)
	} else {
		c.count(content)
	}
	counts = slices.Grow(counts, len(c.order))
	for _, hash := range c.order {
		counts = append(counts, spanCount{hash, c.bytes[hash]})
		c.bytes[hash] = 0
	}
	return counts
}

func (c *spanCounter) add(state uint64, length int) {
	hash := (uint32(state>>32) + uint32(state)*0x61) % spanHashes
	if c.bytes[hash] == 0 {
		c.order = append(c.order, hash)
	}
	c.bytes[hash] += uint32(length)
}

// count counts spans of content as it is. The hash is a 64-bit word turned by seven bits for each
// byte, which is then added to its upper half.
func (c *spanCounter) count(content []byte) {
	for len(content) > 0 {
		length := bytes.IndexByte(content[:min(len(content), longestSpan)], '\n') + 1
		if length == 0 {
			if len(content) < longestSpan {
				return
			}
			length = longestSpan
		}
		state := uint64(0)
		for _, b := range content[:length] {
			state = bits.RotateLeft64(state, 7) + uint64(b)<<32
		}
		c.add(state, length)
		content = content[length:]
	}
}

// countIgnoringReturns counts spans as if every carriage return before a line feed were absent.
func (c *spanCounter) countIgnoringReturns(content []byte) {
	state, length := uint64(0), 0
	for i, b := range content {
		if b == '\r' && i+1 < len(content) && content[i+1] == '\n' {
			continue
		}
		state = bits.RotateLeft64(state, 7) + uint64(b)<<32
		length++
		if length == longestSpan || b == '\n' {
			c.add(state, length)
			state, length = 0, 0
		}
	}
}

// loadedSpans holds the span counts of one file for looking up by hash.
type loadedSpans struct {
	bytes  []uint32
	counts []spanCount
	added  int // whose spans they are: an index into search.added, or noPartner
}

func (l *loadedSpans) unload() {
	for _, span := range l.counts {
		l.bytes[span.hash] = 0
	}
	l.counts, l.added = l.counts[:0], noPartner
}

func (l *loadedSpans) load(added int, counts []spanCount) {
	if l.bytes == nil {
		l.bytes = make([]uint32, spanHashes)
	}
	l.unload()
	l.added = added
	l.counts = append(l.counts, counts...)
	for _, span := range counts {
		l.bytes[span.hash] = span.bytes
	}
}

// shared returns how many bytes of the spans in counts the loaded file has too.
func (l *loadedSpans) shared(counts []spanCount) int64 {
	var total int64
	for _, span := range counts {
		total += int64(min(span.bytes, l.bytes[span.hash]))
	}
	return total
}
