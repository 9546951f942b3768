package objects

import (
	"errors"
)

// unpacker rebuilds objects from the entries of packs. Hot path: no allocation per object
// (BenchmarkReadPacked).
type unpacker struct {
	maximum  int64 // of any object on the way
	findBase func(id *Hash, limit int64) (*pack, int64, Kind, []byte, error)

	cache    *baseCache
	inflater inflater
	head     [longestHead]byte
	sizes    [longestDeltaSizes]byte
	chain    []entry // the deltas between the object asked for and its first whole base
	top      []byte  // the inflated delta of the object asked for
	delta    []byte  // the inflated delta of one of its bases
	plain    []byte  // an object that is not worth keeping
	large    [2][]byte
	turn     int // which of large is to be written next
}

const (
	// longestChain is how many deltas may build on each other. Git itself makes no chain longer
	// than 4095, so a longer one runs in a circle or was made to harm.
	longestChain = 4096
	// keptBuffer is the size up to which a buffer is kept for the next object.
	keptBuffer = 16 << 20
	// bestRatio is how many bytes one compressed byte can stand for: a size over that is a lie, and
	// no memory is spent on it.
	bestRatio = 1032
)

// unpack returns the object whose entry is at offset. The content is valid until the next call.
func (u *unpacker) unpack(p *pack, offset, limit int64) (Kind, []byte, error) {
	u.letGoOfLarge()
	kind, content, err := u.firstBase(p, offset, limit)
	if err != nil {
		return 0, nil, err
	}
	if len(u.chain) == 0 {
		if int64(len(content)) > limit {
			return 0, nil, tooLarge(int64(len(content)), limit)
		}
		return kind, content, nil
	}
	for i := len(u.chain) - 1; i >= 0; i-- {
		delta := u.top
		if i > 0 {
			if u.delta, err = u.inflateDelta(&u.chain[i], u.delta); err != nil {
				return 0, nil, err
			}
			delta = u.delta
		}
		if content, err = u.rebuild(&u.chain[i], kind, content, delta); err != nil {
			return 0, nil, err
		}
	}
	return kind, content, nil
}

// firstBase follows the deltas from an entry to the first base whose content is known, and leaves
// them in chain. The first delta is inflated at once, because it tells how large the object is.
func (u *unpacker) firstBase(p *pack, offset, limit int64) (Kind, []byte, error) {
	u.chain = u.chain[:0]
	for {
		if kind, content, ok := u.cache.get(cacheKey(p, offset)); ok {
			return kind, content, nil
		}
		if len(u.chain) == longestChain {
			return 0, nil, damagedEntry(p.contents.path, offset, "its deltas run in a circle, or more than %d long", longestChain)
		}
		u.chain = append(u.chain, entry{})
		e := &u.chain[len(u.chain)-1]
		if err := p.entryAt(offset, u.head[:], e); err != nil {
			return 0, nil, err
		}
		if !e.isDelta() {
			u.chain = u.chain[:len(u.chain)-1]
			if len(u.chain) == 0 && e.size > limit {
				return 0, nil, tooLarge(e.size, limit)
			}
			content, err := u.inflateWhole(e)
			return Kind(e.code), content, err
		}
		if len(u.chain) == 1 {
			if err := u.inflateTop(e, limit); err != nil {
				return 0, nil, err
			}
		}
		basePack, baseOffset, kind, content, err := u.baseOf(e)
		if err != nil || basePack == nil {
			return kind, content, err
		}
		p, offset = basePack, baseOffset
	}
}

// baseOf finds the base of a delta: where its entry is, or, with a nil pack, the object itself.
func (u *unpacker) baseOf(e *entry) (*pack, int64, Kind, []byte, error) {
	if e.code == offsetDelta {
		return e.pack, e.baseOffset, 0, nil, nil
	}
	offset, found, err := e.pack.locate(&e.base)
	if err != nil || found {
		return e.pack, offset, 0, nil, err
	}
	p, offset, kind, content, err := u.findBase(&e.base, u.maximum)
	if errors.Is(err, ErrMissing) {
		err = damagedEntry(e.pack.contents.path, e.offset, "the base of its delta, object %s, is not in the repository", e.base)
	}
	return p, offset, kind, content, err
}

func (u *unpacker) inflateTop(e *entry, limit int64) (err error) {
	if u.top, err = u.inflateDelta(e, u.top); err != nil {
		return err
	}
	_, size, _, ok := deltaSizes(u.top)
	if ok && size > limit {
		return tooLarge(size, limit)
	}
	return nil // that the sizes cannot be read is said when the delta is applied
}

// inflateWhole inflates an entry that is an object, and keeps what a delta may build on. Most
// commits are never a base: those asked for are not kept.
func (u *unpacker) inflateWhole(e *entry) ([]byte, error) {
	if err := u.checkSize(e, e.size); err != nil {
		return nil, err
	}
	if len(u.chain) == 0 && Kind(e.code) == Commit && e.size <= keptBuffer {
		u.plain = sized(u.plain, e.size)
		return u.plain, u.inflate(e, u.plain)
	}
	if !u.cache.fits(e.size) {
		content := u.largeBuffer(e.size)
		return content, u.inflate(e, content)
	}
	content := u.cache.room(int(e.size))
	if err := u.inflate(e, content); err != nil {
		return nil, err
	}
	u.cache.put(cacheKey(e.pack, e.offset), Kind(e.code), content)
	return content, nil
}

// inflateDelta inflates the delta of an entry into the buffer, which it returns, perhaps grown.
func (u *unpacker) inflateDelta(e *entry, buffer []byte) ([]byte, error) {
	if err := u.checkSize(e, e.size); err != nil {
		return buffer, err
	}
	buffer = sized(buffer, e.size)
	return buffer, u.inflate(e, buffer)
}

func (u *unpacker) inflate(e *entry, destination []byte) error {
	err := u.inflater.start(e.pack.contents, e.data)
	if err == nil {
		err = u.inflater.rest(destination)
	}
	if err != nil {
		return damagedEntry(e.pack.contents.path, e.offset, "it does not inflate to its %d bytes (%v)", e.size, err)
	}
	return nil
}

// rebuild applies a delta to its base and keeps the result for the deltas that build on it.
func (u *unpacker) rebuild(e *entry, kind Kind, base, delta []byte) ([]byte, error) {
	path := e.pack.contents.path
	baseSize, size, instructions, ok := deltaSizes(delta)
	if !ok {
		return nil, damagedEntry(path, e.offset, "the sizes in its delta are cut off")
	}
	if baseSize != int64(len(base)) {
		return nil, damagedEntry(path, e.offset, "its delta is for a base of %d bytes, the base has %d", baseSize, len(base))
	}
	if size > u.maximum {
		return nil, tooLarge(size, u.maximum)
	}
	if longest := int64(len(instructions)) << 24; size > longest {
		return nil, damagedEntry(path, e.offset, "its delta of %d bytes cannot make %d", len(delta), size)
	}
	isKept := u.cache.fits(size)
	var result []byte
	if isKept {
		result = u.cache.room(int(size))
	} else {
		result = u.largeBuffer(size)
	}
	if reason := applyDelta(result, base, instructions); reason != "" {
		return nil, damagedEntry(path, e.offset, "%s", reason)
	}
	if isKept {
		u.cache.put(cacheKey(e.pack, e.offset), kind, result)
	}
	return result, nil
}

// size returns kind and size of an object without inflating more than the first bytes of a delta.
func (u *unpacker) size(p *pack, offset int64) (Kind, int64, error) {
	size := int64(-1)
	for range longestChain + 1 {
		if kind, content, ok := u.cache.get(cacheKey(p, offset)); ok {
			if size < 0 {
				size = int64(len(content))
			}
			return kind, size, nil
		}
		var e entry
		if err := p.entryAt(offset, u.head[:], &e); err != nil {
			return 0, 0, err
		}
		if !e.isDelta() {
			if size < 0 {
				size = e.size
			}
			return Kind(e.code), size, nil
		}
		if size < 0 {
			var err error
			if size, err = u.deltaResultSize(&e); err != nil {
				return 0, 0, err
			}
		}
		basePack, baseOffset, kind, _, err := u.baseOf(&e)
		if err != nil || basePack == nil {
			return kind, size, err
		}
		p, offset = basePack, baseOffset
	}
	return 0, 0, damagedEntry(p.contents.path, offset, "its deltas run in a circle, or more than %d long", longestChain)
}

func (u *unpacker) deltaResultSize(e *entry) (int64, error) {
	err := u.inflater.start(e.pack.contents, e.data)
	n := 0
	if err == nil {
		n, err = u.inflater.some(u.sizes[:])
	}
	if err != nil {
		return 0, damagedEntry(e.pack.contents.path, e.offset, "its delta does not inflate (%v)", err)
	}
	_, size, _, ok := deltaSizes(u.sizes[:n])
	if !ok {
		return 0, damagedEntry(e.pack.contents.path, e.offset, "the sizes in its delta are cut off")
	}
	return size, nil
}

// checkSize refuses to make room for more than the limit, or than the entry can inflate to.
func (u *unpacker) checkSize(e *entry, size int64) error {
	if size > u.maximum {
		return tooLarge(size, u.maximum)
	}
	if compressed := e.pack.contents.size - hashSize - e.data; size/bestRatio > compressed {
		return damagedEntry(e.pack.contents.path, e.offset, "the %d bytes left in the pack cannot inflate to its %d", compressed, size)
	}
	return nil
}

// largeBuffer returns memory for an object too large to keep; two alternate, so that one can be the
// base of the other.
func (u *unpacker) largeBuffer(size int64) []byte {
	u.turn = 1 - u.turn
	u.large[u.turn] = sized(u.large[u.turn], size)
	return u.large[u.turn]
}

// letGoOfLarge frees what a very large object needed.
func (u *unpacker) letGoOfLarge() {
	for _, buffer := range [...]*[]byte{&u.large[0], &u.large[1], &u.top, &u.delta} {
		if cap(*buffer) > keptBuffer {
			*buffer = nil
		}
	}
}

// sized returns a buffer of that length, the one given if it is large enough. Its bytes are not zeroed.
func sized(buffer []byte, size int64) []byte {
	if int64(cap(buffer)) >= size {
		return buffer[:size]
	}
	if size < keptBuffer {
		return make([]byte, size, size+size/4)
	}
	return make([]byte, size)
}
