package objects

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
	"io"
)

// memoryInflater inflates zlib streams that lie in memory straight into memory of the known size. Hot path
// (BenchmarkReadPacked): readers of streams of unknown length, which copy everything through a window of
// their own, take twice as long, and inflating is a third of reading a history.
//
// Format: RFC 1950 and 1951. The zero value is ready for use.
type memoryInflater struct {
	source      []byte
	at          int    // what is in held was read up to here
	held        uint64 // bits that were read and not used; there may be right ones above count too
	count       uint   // of bits held
	result      []byte
	written     int
	lengths     huffman
	distances   huffman
	codeLengths huffman
	symbols     [mostSymbols]uint8 // the lengths of codes
}

const (
	primaryLength   = 9
	primaryDistance = 6
	mostSymbols     = 288 + 32
)

var (
	errMalformed = errors.New("its compressed data is malformed")
	errChecksum  = errors.New("its checksum is another")
)

// inflate fills result from the stream that source begins with, which must be exactly that long.
func (d *memoryInflater) inflate(result, source []byte) error {
	const deflate, withDictionary = 8, 0x20
	if len(source) < 2 {
		return io.ErrUnexpectedEOF
	}
	if source[0]&15 != deflate || source[0]>>4 > 7 || source[1]&withDictionary != 0 || binary.BigEndian.Uint16(source)%31 != 0 {
		return errMalformed
	}
	d.source, d.at, d.held, d.count = source, 2, 0, 0
	d.result, d.written = result, 0
	err := d.blocks()
	d.source, d.result = nil, nil
	if err != nil {
		return err
	}
	if d.written < len(result) {
		return io.ErrUnexpectedEOF
	}
	if len(source)-d.at < adler32.Size {
		return io.ErrUnexpectedEOF
	}
	if binary.BigEndian.Uint32(source[d.at:]) != adler32.Checksum(result) {
		return errChecksum
	}
	return nil
}

func (d *memoryInflater) blocks() error {
	for isLast := false; !isLast; {
		header, err := d.take(3)
		if err != nil {
			return err
		}
		isLast = header&1 != 0
		switch header >> 1 {
		case 0:
			err = d.stored()
		case 1:
			err = d.block(&fixedLengths, &fixedDistances)
		case 2:
			if err = d.readCodes(); err == nil {
				err = d.block(&d.lengths, &d.distances)
			}
		default:
			err = errMalformed
		}
		if err != nil {
			return err
		}
	}
	d.toByte()
	return nil
}

// toByte gives back what is held, beginning with the next whole byte.
func (d *memoryInflater) toByte() {
	d.at -= int(d.count / 8)
	d.held, d.count = 0, 0
}

// refill holds at least 56 bits, or all that are left.
func (d *memoryInflater) refill() {
	if len(d.source)-d.at >= 8 {
		d.held |= binary.LittleEndian.Uint64(d.source[d.at:]) << d.count
		d.at += int(63-d.count) / 8
		d.count |= 56
		return
	}
	for d.count <= 56 && d.at < len(d.source) {
		d.held |= uint64(d.source[d.at]) << d.count
		d.at++
		d.count += 8
	}
}

// take uses up to 32 bits.
func (d *memoryInflater) take(n uint) (uint32, error) {
	if d.count < n {
		if d.refill(); d.count < n {
			return 0, io.ErrUnexpectedEOF
		}
	}
	value := uint32(d.held & (1<<n - 1))
	d.held >>= n
	d.count -= n
	return value, nil
}

func (d *memoryInflater) stored() error {
	d.toByte()
	if len(d.source)-d.at < 4 {
		return io.ErrUnexpectedEOF
	}
	length := binary.LittleEndian.Uint16(d.source[d.at:])
	if length != ^binary.LittleEndian.Uint16(d.source[d.at+2:]) {
		return errMalformed
	}
	d.at += 4
	n := int(length)
	switch {
	case n > len(d.source)-d.at:
		return io.ErrUnexpectedEOF
	case n > len(d.result)-d.written:
		return errLonger
	}
	copy(d.result[d.written:], d.source[d.at:d.at+n])
	d.at += n
	d.written += n
	return nil
}

// codeLengthOrder is in which order the lengths of the code stand that the lengths of the others are written in.
var codeLengthOrder = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

var codeLengthMeanings = func() (meanings []uint32) {
	for symbol := range uint32(len(codeLengthOrder)) {
		meanings = append(meanings, isBase|symbol<<valueAt)
	}
	return meanings
}()

// readCodes reads the two codes of a block.
func (d *memoryInflater) readCodes() error {
	header, err := d.take(14)
	if err != nil {
		return err
	}
	lengths, distances := int(header&31)+257, int(header>>5&31)+1
	if lengths > 286 || distances > 30 {
		return errMalformed
	}
	var ofCodeLengths [len(codeLengthOrder)]uint8
	for _, symbol := range codeLengthOrder[:header>>10+4] {
		length, err := d.take(3)
		if err != nil {
			return err
		}
		ofCodeLengths[symbol] = uint8(length)
	}
	d.codeLengths.primary, d.lengths.primary, d.distances.primary = 7, primaryLength, primaryDistance
	if !d.codeLengths.build(ofCodeLengths[:], codeLengthMeanings) {
		return errMalformed
	}
	if err := d.readLengths(lengths + distances); err != nil {
		return err
	}
	if !d.lengths.build(d.symbols[:lengths], lengthMeanings) || !d.distances.build(d.symbols[lengths:lengths+distances], distanceMeanings) {
		return errMalformed
	}
	return nil
}

// readLengths reads the lengths of the codes of so many symbols.
func (d *memoryInflater) readLengths(count int) error {
	for i := 0; i < count; {
		if d.count < 7 {
			d.refill()
		}
		entry := d.codeLengths.entries[d.held&(1<<7-1)]
		if entry == 0 {
			return errMalformed
		}
		if _, err := d.take(uint(entry & lengthMask)); err != nil {
			return err
		}
		symbol := uint8(entry >> valueAt)
		if symbol < 16 {
			d.symbols[i] = symbol
			i++
			continue
		}
		times, repeated, err := d.repetition(symbol, i)
		if err != nil {
			return err
		}
		if times > count-i {
			return errMalformed
		}
		for range times {
			d.symbols[i] = repeated
			i++
		}
	}
	return nil
}

// repetition tells how often which length follows at i.
func (d *memoryInflater) repetition(symbol uint8, i int) (times int, length uint8, err error) {
	least, extra := 3, uint(3)
	switch symbol {
	case 16:
		if i == 0 {
			return 0, 0, errMalformed
		}
		length, extra = d.symbols[i-1], 2
	case 18:
		least, extra = 11, 7
	}
	more, err := d.take(extra)
	return least + int(more), length, err
}

// block inflates literals and matches up to the end of a block. The state is kept in variables, which is half
// of what makes it fast.
func (d *memoryInflater) block(lengths, distances *huffman) error {
	const lengthIndex, distanceIndex = 1<<primaryLength - 1, 1<<primaryDistance - 1
	source, result := d.source, d.result
	at, held, count, written := d.at, d.held, d.count, d.written
	defer func() { d.at, d.held, d.count, d.written = at, held, count, written }()
	for {
		// The longest symbol with its distance takes 48 bits.
		if count < 48 {
			if len(source)-at >= 8 {
				held |= binary.LittleEndian.Uint64(source[at:]) << (count & 63)
				at += int(63-count) / 8
				count |= 56
			} else {
				for count <= 56 && at < len(source) {
					held |= uint64(source[at]) << (count & 63)
					at++
					count += 8
				}
			}
		}
		entry := lengths.entries[held&lengthIndex]
		if entry&kindMask == isSecond {
			if count < primaryLength {
				return io.ErrUnexpectedEOF
			}
			held >>= primaryLength
			count -= primaryLength
			entry = lengths.entries[entry>>valueAt+uint32(held)&(1<<(entry>>extraAt&extraMask)-1)]
		}
		n := uint(entry & lengthMask)
		if n > count {
			return io.ErrUnexpectedEOF
		}
		held >>= n & 63
		count -= n
		if entry&kindMask == isLiteral {
			if written == len(result) {
				return errLonger
			}
			result[written] = byte(entry >> valueAt)
			written++
			continue
		}
		if entry&kindMask != isBase {
			if entry&kindMask == isEnd {
				return nil
			}
			return errMalformed
		}
		extra := uint(entry >> extraAt & extraMask)
		length := int(entry>>valueAt) + int(held&(1<<(extra&63)-1))
		if extra > count {
			return io.ErrUnexpectedEOF
		}
		held >>= extra & 63
		count -= extra

		entry = distances.entries[held&distanceIndex]
		if entry&kindMask == isSecond {
			if count < primaryDistance {
				return io.ErrUnexpectedEOF
			}
			held >>= primaryDistance
			count -= primaryDistance
			entry = distances.entries[entry>>valueAt+uint32(held)&(1<<(entry>>extraAt&extraMask)-1)]
		}
		if entry&kindMask != isBase {
			return errMalformed
		}
		n, extra = uint(entry&lengthMask), uint(entry>>extraAt&extraMask)
		if n+extra > count {
			return io.ErrUnexpectedEOF
		}
		held >>= n & 63
		distance := int(entry>>valueAt) + int(held&(1<<(extra&63)-1))
		held >>= extra & 63
		count -= n + extra
		switch {
		case distance > written:
			return errMalformed
		case length > len(result)-written:
			return errLonger
		}
		repeat(result, written, distance, length)
		written += length
	}
}

// repeat copies the length bytes that begin distance before at.
func repeat(result []byte, at, distance, length int) {
	if distance >= length {
		copy(result[at:at+length], result[at-distance:])
		return
	}
	target, from := result[at:at+length], result[at-distance:at-distance+length]
	for i := range target {
		target[i] = from[i]
	}
}
