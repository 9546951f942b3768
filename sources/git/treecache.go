package git

import (
	"fmt"

	"keyperson/sources/git/objects"
)

// Sizes of what one worker keeps in memory, in bytes.
const (
	treeCacheBytes  = 24 << 20 // contents of trees; more makes a walk of whole histories no faster
	deltaCacheBytes = 16 << 20 // what package objects keeps to rebuild deltas from
	linesCacheBytes = 64 << 20 // likewise where the content of every version is read: a third less time
)

// largestTree bounds a tree object, in bytes.
const largestTree = 256 << 20

const treeSegments = 8

// treeCache reads trees and keeps the content of recent ones. It fills segments of memory one after
// the other and then begins again with the oldest; what is used from the older half is copied to the
// newest. So nothing is allocated for a tree, and a walk from newer to older commits, which asks for
// nearly the same trees each time, finds them.
type treeCache struct {
	reader   objects.Reader
	segments [treeSegments][]byte
	slots    map[Hash]treeSlot
	current  uint32 // number of the segment being filled; it is segments[current%treeSegments]
	used     int    // bytes of it
	began    uint32 // current when the comparison under way began
	byAge    [treeSegments][]Hash
}

type treeSlot struct {
	segment       uint32
	start, length uint32
}

func newTreeCache(reader objects.Reader) *treeCache {
	return &treeCache{reader: reader, slots: map[Hash]treeSlot{}, current: treeSegments}
}

const treeSegmentBytes = treeCacheBytes / treeSegments

// begin says that no content returned so far is in use any more.
func (c *treeCache) begin() { c.began = c.current }

// read returns the content of a tree, valid until begin is called. Errors are those of package
// objects, and ErrDamaged for an object of another kind.
func (c *treeCache) read(id Hash) ([]byte, error) {
	if slot, ok := c.slots[id]; ok {
		content := c.segments[slot.segment%treeSegments][slot.start:][:slot.length:slot.length]
		if c.current-slot.segment >= treeSegments/2 {
			content = c.keep(id, content)
		}
		return content, nil
	}
	kind, content, err := c.reader.Read(id, largestTree)
	if err != nil {
		return nil, err
	}
	if kind != objects.Tree {
		return nil, fmt.Errorf("%w: object %s should be a tree and is a %s; run git fsck", ErrDamaged, id, kind)
	}
	return c.keep(id, content), nil
}

// keep copies content into the newest segment.
func (c *treeCache) keep(id Hash, content []byte) []byte {
	if len(content) > treeSegmentBytes/2 {
		return append([]byte(nil), content...)
	}
	if c.used+len(content) > treeSegmentBytes {
		c.nextSegment()
	}
	index := c.current % treeSegments
	if c.segments[index] == nil {
		c.segments[index] = make([]byte, treeSegmentBytes)
	}
	start := c.used
	c.used += copy(c.segments[index][start:], content)
	c.slots[id] = treeSlot{c.current, uint32(start), uint32(len(content))}
	c.byAge[index] = append(c.byAge[index], id)
	return c.segments[index][start:c.used:c.used]
}

func (c *treeCache) nextSegment() {
	c.current++
	c.used = 0
	index := c.current % treeSegments
	for _, id := range c.byAge[index] {
		if slot := c.slots[id]; slot.segment == c.current-treeSegments {
			delete(c.slots, id)
		}
	}
	c.byAge[index] = c.byAge[index][:0]
	if c.current-c.began >= treeSegments/2-1 {
		// A comparison this large may still use what was there: it keeps it, the cache takes new memory.
		c.segments[index] = nil
	}
}
