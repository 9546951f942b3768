package objects

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
)

// index is a pack's .idx file, version 1 or 2: the sorted names of the pack's objects and where in
// the pack they are. It is read-only and shared by all readers.
type index struct {
	contents *contents
	count    int

	names  int // where the first name is
	stride int // from one name to the next

	offsets      int // version 2: where the 4-byte offsets are; version 1: 0, they stand before the names
	largeOffsets int // version 2: where the 8-byte offsets are
	largeCount   int
}

const (
	hashSize       = 20
	sha256Size     = 32
	fanoutSize     = 256 * 4
	indexSignature = "\xfftOc"
)

// openIndex checks everything that later lookups rely on: the sizes add up and the fan-out table
// grows. verify adds the checksum over the whole file.
func openIndex(c *contents, verify bool) (*index, error) {
	x := &index{contents: c}
	data := c.data
	if len(data) < fanoutSize+2*hashSize {
		return nil, damagedFile(c.path, "%d bytes are too few for the index of a pack", len(data))
	}
	fanoutAt := 0
	if string(data[:4]) == indexSignature {
		if version := binary.BigEndian.Uint32(data[4:]); version != 2 {
			return nil, unsupportedFile(c.path, "index version %d; run git index-pack --index-version=2 on its pack", version)
		}
		fanoutAt = 8
		if len(data) < 8+fanoutSize+2*hashSize {
			return nil, damagedFile(c.path, "%d bytes are too few for the index of a pack", len(data))
		}
	}
	if err := x.readFanout(data[fanoutAt:]); err != nil {
		return nil, err
	}
	if err := x.layOut(fanoutAt); err != nil {
		return nil, err
	}
	if verify {
		sum := sha1.Sum(data[:len(data)-hashSize])
		if !bytes.Equal(sum[:], data[len(data)-hashSize:]) {
			return nil, damagedFile(c.path, "its checksum is wrong")
		}
	}
	return x, nil
}

func (x *index) readFanout(table []byte) error {
	previous := uint32(0)
	for i := range 256 {
		n := binary.BigEndian.Uint32(table[i*4:])
		if n < previous {
			return damagedFile(x.contents.path, "its table of first bytes does not grow at %d", i)
		}
		previous = n
	}
	x.count = int(previous)
	return nil
}

// layOut computes where the tables are and compares with the file's size, in 64 bits so that a
// count of four thousand million does not wrap.
func (x *index) layOut(fanoutAt int) error {
	size, count := x.contents.size, int64(x.count)
	if fanoutAt == 0 {
		if want := fanoutSize + count*24 + 2*hashSize; size != want {
			return damagedFile(x.contents.path, "%d objects need %d bytes, it has %d", count, want, size)
		}
		x.names, x.stride = fanoutSize+4, 24
		return nil
	}
	const head = 8 + fanoutSize
	rest := size - (head + count*(hashSize+8) + 2*hashSize)
	if rest < 0 || rest%8 != 0 || rest/8 > count {
		if over := size - (head + count*(sha256Size+8) + 2*sha256Size); over >= 0 && over%8 == 0 && over/8 <= count {
			return unsupportedFile(x.contents.path,
				"it holds SHA-256 object names; only repositories of the SHA-1 object format can be read")
		}
		return damagedFile(x.contents.path, "its size of %d bytes does not fit its count of %d objects", size, count)
	}
	x.names, x.stride = head, hashSize
	x.offsets = head + int(count)*(hashSize+4)
	x.largeOffsets = x.offsets + int(count)*4
	x.largeCount = int(rest / 8)
	return nil
}

// packChecksum is the trailer of the pack that this index was made for.
func (x *index) packChecksum() []byte {
	data := x.contents.data
	return data[len(data)-2*hashSize : len(data)-hashSize]
}

func (x *index) name(i int) []byte {
	at := x.names + i*x.stride
	return x.contents.data[at : at+hashSize : at+hashSize]
}

func (x *index) leading(i int) uint64 {
	return binary.BigEndian.Uint64(x.contents.data[x.names+i*x.stride:])
}

// offset returns where in the pack object i is, or -1 when the index contradicts itself.
func (x *index) offset(i int) int64 {
	data := x.contents.data
	if x.offsets == 0 {
		return int64(binary.BigEndian.Uint32(data[x.names+i*x.stride-4:]))
	}
	short := binary.BigEndian.Uint32(data[x.offsets+i*4:])
	if short < 1<<31 {
		return int64(short)
	}
	large := int(short & (1<<31 - 1))
	if large >= x.largeCount {
		return -1
	}
	return int64(binary.BigEndian.Uint64(data[x.largeOffsets+large*8:]))
}

// bucket returns the range of objects whose name begins with the byte.
func (x *index) bucket(first byte) (low, high int) {
	table := x.contents.data
	if x.offsets != 0 {
		table = table[8:]
	}
	if first > 0 {
		low = int(binary.BigEndian.Uint32(table[(int(first)-1)*4:]))
	}
	return low, int(binary.BigEndian.Uint32(table[int(first)*4:]))
}

// find returns the object's number in the index. Names are evenly spread, so it first looks where
// the name should be and widens from there: three touches of memory where bisection needs twelve
// (BenchmarkFind).
func (x *index) find(id *Hash) (int, bool) {
	low, high := x.bucket(id[0])
	want := binary.BigEndian.Uint64(id[:])
	if high-low > 16 {
		guess := low + int(uint64(high-low)*uint64(uint32(want>>24))>>32)
		low, high = x.widen(low, high, guess, want)
	}
	for low < high {
		middle := int(uint(low+high) >> 1)
		here := x.leading(middle)
		switch {
		case here < want:
			low = middle + 1
		case here > want:
			high = middle
		default:
			switch order := bytes.Compare(x.name(middle), id[:]); {
			case order < 0:
				low = middle + 1
			case order > 0:
				high = middle
			default:
				return middle, true
			}
		}
	}
	return 0, false
}

// widen narrows [low, high) to a stretch around guess that holds the name if any does, in doubling
// steps. Where the eight leading bytes alone do not decide it stops narrowing.
func (x *index) widen(low, high, guess int, want uint64) (int, int) {
	here := x.leading(guess)
	if here == want {
		return low, high
	}
	step := 24
	if here < want {
		for low = guess + 1; low+step < high; step *= 2 {
			if here = x.leading(low + step); here > want {
				return low, low + step
			} else if here == want {
				return low, high
			}
			low += step
		}
		return low, high
	}
	for high = guess; high-step > low; step *= 2 {
		if here = x.leading(high - step); here < want {
			return high - step, high
		} else if here == want {
			return low, high
		}
		high -= step
	}
	return low, high
}

// withPrefix appends the names that begin with the first digits hexadecimal digits of prefix.
func (x *index) withPrefix(prefix Hash, digits int, ids []Hash) []Hash {
	low, high := x.bucket(prefix[0])
	end := high
	for low < high {
		middle := int(uint(low+high) >> 1)
		if bytes.Compare(x.name(middle), prefix[:]) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for ; low < end && hasPrefix(x.name(low), prefix, digits); low++ {
		ids = append(ids, Hash(x.name(low)))
	}
	return ids
}

func hasPrefix(name []byte, prefix Hash, digits int) bool {
	whole := digits / 2
	if !bytes.Equal(name[:whole], prefix[:whole]) {
		return false
	}
	return digits%2 == 0 || name[whole]>>4 == prefix[whole]>>4
}
