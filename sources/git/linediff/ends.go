package linediff

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// commonality is how many bytes of whole lines two files have in common at their beginning and end.
type commonality struct{ prefix, suffix int }

// middle returns the lines of content between the common ends.
func (c commonality) middle(content []byte) []byte {
	return content[c.prefix : len(content)-c.suffix]
}

// commonEnds compares bytes, which is many times faster than comparing lines, and cuts back to lines.
func commonEnds(a, b []byte) commonality {
	prefix := commonPrefix(a, b)
	if prefix == len(a) && prefix == len(b) {
		return commonality{prefix: prefix}
	}
	prefix = 1 + bytes.LastIndexByte(a[:prefix], '\n')
	suffix := commonSuffix(a[prefix:], b[prefix:])
	if !isLineStart(a, len(a)-suffix) || !isLineStart(b, len(b)-suffix) {
		tail := a[len(a)-suffix:]
		if feed := bytes.IndexByte(tail, '\n'); feed >= 0 {
			suffix -= feed + 1
		} else {
			suffix = 0
		}
	}
	return commonality{prefix, suffix}
}

func isLineStart(content []byte, at int) bool { return at == 0 || content[at-1] == '\n' }

// commonPrefix returns how many bytes a and b have in common at their beginning.
func commonPrefix(a, b []byte) int {
	const block = 256
	most := min(len(a), len(b))
	at := 0
	for at+block <= most && bytes.Equal(a[at:at+block], b[at:at+block]) {
		at += block
	}
	for at+8 <= most {
		if difference := binary.LittleEndian.Uint64(a[at:]) ^ binary.LittleEndian.Uint64(b[at:]); difference != 0 {
			return at + bits.TrailingZeros64(difference)/8
		}
		at += 8
	}
	for at < most && a[at] == b[at] {
		at++
	}
	return at
}

// commonSuffix returns how many bytes a and b have in common at their end.
func commonSuffix(a, b []byte) int {
	const block = 256
	most := min(len(a), len(b))
	n := 0
	for n+block <= most && bytes.Equal(a[len(a)-n-block:len(a)-n], b[len(b)-n-block:len(b)-n]) {
		n += block
	}
	for n+8 <= most {
		x, y := binary.LittleEndian.Uint64(a[len(a)-n-8:]), binary.LittleEndian.Uint64(b[len(b)-n-8:])
		if x != y {
			return n + bits.LeadingZeros64(x^y)/8
		}
		n += 8
	}
	for n < most && a[len(a)-n-1] == b[len(b)-n-1] {
		n++
	}
	return n
}
