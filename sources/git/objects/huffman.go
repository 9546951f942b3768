package objects

import "math/bits"

// huffman decodes the symbols of one Huffman code of a deflate stream. An entry of its table, found
// with the next bits of the stream, holds from the lowest bit on: how many bits the code takes (5), how
// many extra bits follow (4), what it is (3), and a value (20).
type huffman struct {
	primary uint // bits that the first part of the table is found with; longer codes go through a second part
	entries []uint32
}

// What an entry is; 0 is no code at all.
const (
	isLiteral uint32 = (1 + iota) << kindAt
	isBase           // of a length or distance
	isEnd
	isSecond // where the second part of the table stands

	extraAt = 5
	kindAt  = 9
	valueAt = 12

	lengthMask = 1<<extraAt - 1
	extraMask  = 1<<(kindAt-extraAt) - 1
	kindMask   = (1<<(valueAt-kindAt) - 1) << kindAt
)

const longestCode = 15

// build makes the table for codes of these lengths, 0 for a symbol without one. It returns false for lengths that
// are those of no code; a code of no symbols, or of a single one, is allowed, as zlib does.
func (h *huffman) build(lengths []uint8, meanings []uint32) bool {
	var count [longestCode + 1]int
	for _, n := range lengths {
		count[n]++
	}
	count[0] = 0
	longest, used, code := uint(0), 0, 0
	var next [longestCode + 1]int
	for n := uint(1); n <= longestCode; n++ {
		code = (code + count[n-1]) << 1
		next[n] = code
		used += count[n] << (longestCode - n)
		if count[n] > 0 {
			longest = n
		}
	}
	if used != 1<<longestCode && (longest > 1 || used > 1<<longestCode) {
		return false
	}
	h.entries = cleared(h.entries, 1<<h.primary)
	for symbol, length := range lengths {
		if length == 0 {
			continue
		}
		reversed := uint(bits.Reverse16(uint16(next[length])) >> (16 - length))
		next[length]++
		var meaning uint32
		if symbol < len(meanings) {
			meaning = meanings[symbol]
		}
		h.fill(reversed, uint(length), longest, meaning)
	}
	return true
}

// fill writes a code into all places where the bits after it do not matter.
func (h *huffman) fill(reversed, length, longest uint, meaning uint32) {
	if length <= h.primary {
		for i := reversed; i < 1<<h.primary; i += 1 << length {
			h.entries[i] = meaning | uint32(length)
		}
		return
	}
	size := uint(1) << (longest - h.primary)
	first := &h.entries[reversed&(1<<h.primary-1)]
	start := uint(*first >> valueAt)
	if *first == 0 {
		start = uint(len(h.entries))
		*first = isSecond | uint32(start)<<valueAt | uint32(longest-h.primary)<<extraAt | uint32(h.primary)
		h.entries = append(h.entries, make([]uint32, size)...)
	}
	for i := reversed >> h.primary; i < size; i += 1 << (length - h.primary) {
		h.entries[start+i] = meaning | uint32(length-h.primary)
	}
}

func cleared(s []uint32, n int) []uint32 {
	if cap(s) < n {
		return make([]uint32, n, 2*n)
	}
	s = s[:n]
	clear(s)
	return s
}

// What the symbols of the two codes mean. Source: RFC 1951, 3.2.5.
var lengthMeanings, distanceMeanings = meanings()

func meanings() (lengths, distances []uint32) {
	for literal := range uint32(256) {
		lengths = append(lengths, isLiteral|literal<<valueAt)
	}
	lengths = append(lengths, isEnd)
	base := uint32(3)
	for i := range uint32(28) {
		extra := max(i/4, 1) - 1
		lengths = append(lengths, isBase|extra<<extraAt|base<<valueAt)
		base += 1 << extra
	}
	lengths = append(lengths, isBase|258<<valueAt)
	base = 1
	for i := range uint32(30) {
		extra := max(i/2, 1) - 1
		distances = append(distances, isBase|extra<<extraAt|base<<valueAt)
		base += 1 << extra
	}
	return lengths, distances
}

// fixedCodes are the two codes that a stream need not describe.
var fixedLengths, fixedDistances = fixedCodes()

func fixedCodes() (lengths, distances huffman) {
	var ofSymbols [288]uint8
	for symbol := range ofSymbols {
		switch {
		case symbol < 144:
			ofSymbols[symbol] = 8
		case symbol < 256:
			ofSymbols[symbol] = 9
		case symbol < 280:
			ofSymbols[symbol] = 7
		default:
			ofSymbols[symbol] = 8
		}
	}
	lengths.primary, distances.primary = primaryLength, primaryDistance
	lengths.build(ofSymbols[:], lengthMeanings)
	var ofDistances [32]uint8
	for i := range ofDistances {
		ofDistances[i] = 5
	}
	distances.build(ofDistances[:], distanceMeanings)
	return lengths, distances
}
