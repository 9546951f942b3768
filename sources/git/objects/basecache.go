package objects

// baseCache keeps recently rebuilt objects of packs, because the next delta is likely to build on
// one of them. Its memory is a ring of segments that are filled one after the other; the oldest is
// overwritten as a whole, and what is asked for while in the older half is copied to the newest.
// That is nearly the order of last use without a list to keep, and costs no allocation per object.
//
// A slice it returned stays intact until two more segments were begun, so a base may be used while
// room for one object is made (every object fits a segment).
type baseCache struct {
	segmentBytes int
	segments     [segmentCount][]byte
	current      uint32 // sequence number of the segment being filled; segment current%segmentCount
	used         int    // bytes of it
	sets         [][slotsPerSet]slot
	shift        uint8
}

const (
	segmentCount = 8
	slotsPerSet  = 4
)

// slot says where the object with a key is. Slots of overwritten segments are dead.
type slot struct {
	key      uint64
	sequence uint32
	start    uint32
	length   uint32
	kind     Kind
}

func newBaseCache(capacity int) *baseCache {
	b := &baseCache{segmentBytes: max(capacity/segmentCount, 4<<10), current: segmentCount}
	bits := uint8(4)
	for bits < 16 && 1<<bits*slotsPerSet < capacity/512 {
		bits++
	}
	b.sets, b.shift = make([][slotsPerSet]slot, 1<<bits), 64-bits
	return b
}

func cacheKey(p *pack, offset int64) uint64 { return uint64(p.number)<<40 ^ uint64(offset) }

func (b *baseCache) set(key uint64) *[slotsPerSet]slot {
	return &b.sets[key*0x9e3779b97f4a7c15>>b.shift]
}

// isLive says that the segment will not be overwritten next.
func (b *baseCache) isLive(sequence uint32) bool { return b.current-sequence < segmentCount-1 }

// get returns a kept object. The content stays intact while room for one more object is made.
func (b *baseCache) get(key uint64) (Kind, []byte, bool) {
	set := b.set(key)
	for i := range set {
		s := &set[i]
		if s.key != key || !b.isLive(s.sequence) {
			continue
		}
		content := b.segments[s.sequence%segmentCount][s.start : s.start+s.length : s.start+s.length]
		if b.current-s.sequence >= segmentCount/2 {
			kept := b.room(len(content))
			copy(kept, content)
			content = kept
			s.sequence, s.start = b.current, uint32(b.used-len(content))
		}
		return s.kind, content, true
	}
	return 0, nil, false
}

// fits says whether an object of that size may be kept.
func (b *baseCache) fits(size int64) bool { return size <= int64(b.segmentBytes)/2 }

// room returns memory for an object that fits. It is the cache's own once put is called, which must
// be before the next room; without put it is simply lost.
func (b *baseCache) room(size int) []byte {
	if b.used+size > b.segmentBytes {
		b.current++
		b.used = 0
	}
	segment := &b.segments[b.current%segmentCount]
	if *segment == nil {
		*segment = make([]byte, b.segmentBytes)
	}
	start := b.used
	b.used += size
	return (*segment)[start:b.used:b.used]
}

// put records what was written to the memory that room returned last.
func (b *baseCache) put(key uint64, kind Kind, content []byte) {
	set := b.set(key)
	victim := &set[0]
	for i := range set {
		s := &set[i]
		if s.key == key || !b.isLive(s.sequence) {
			victim = s
			break
		}
		if b.current-s.sequence > b.current-victim.sequence {
			victim = s
		}
	}
	*victim = slot{
		key: key, sequence: b.current, kind: kind,
		start: uint32(b.used - len(content)), length: uint32(len(content)),
	}
}
