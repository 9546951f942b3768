package objects

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"strings"
	"time"
)

// pack is one .pack file with its index, shared by all readers and never changed after openPack.
type pack struct {
	number   uint32 // from 1, in the order of opening; part of the key of the cache
	modified time.Time
	contents *contents
	index    *index
}

const (
	packHeaderSize = 12
	largestPack    = 1 << 40 // cacheKey gives an offset forty bits
	offsetDelta    = 6
	referenceDelta = 7
)

// openPack opens the pack that belongs to an index file. The pack must end with the checksum that
// the index was made for, which finds truncated and mixed-up files without reading them.
// fs.ErrNotExist says that either file is gone: someone repacked meanwhile.
func openPack(number uint32, indexPath string, options Options) (*pack, error) {
	indexContents, err := openContents(indexPath, true, options.NoMapping)
	if err != nil {
		return nil, err
	}
	p := &pack{number: number}
	if p.index, err = openIndex(indexContents, options.Verify); err != nil {
		return nil, errors.Join(err, indexContents.close())
	}
	packPath := strings.TrimSuffix(indexPath, ".idx") + ".pack"
	if p.contents, err = openContents(packPath, false, options.NoMapping); err != nil {
		return nil, errors.Join(err, indexContents.close())
	}
	if err := p.check(); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *pack) check() error {
	path, size := p.contents.path, p.contents.size
	if size < packHeaderSize+hashSize {
		return damagedFile(path, "%d bytes are too few for a pack", size)
	}
	if size > largestPack {
		return unsupportedFile(path, "%d bytes are more than the %d a pack may have here; git repack -ad --max-pack-size=100g splits it", size, int64(largestPack))
	}
	var buffer [hashSize]byte
	head, err := p.contents.at(0, buffer[:packHeaderSize])
	if err != nil {
		return err
	}
	if string(head[:4]) != "PACK" {
		return damagedFile(path, "it does not begin as a pack")
	}
	if version := binary.BigEndian.Uint32(head[4:]); version != 2 && version != 3 {
		return unsupportedFile(path, "pack version %d; git repack -ad with git's default settings rewrites it", version)
	}
	if count := binary.BigEndian.Uint32(head[8:]); int64(count) != int64(p.index.count) {
		return damagedFile(path, "it says it holds %d objects, its index says %d", count, p.index.count)
	}
	trailer, err := p.contents.at(size-hashSize, buffer[:])
	if err != nil {
		return err
	}
	if !bytes.Equal(trailer, p.index.packChecksum()) {
		return damagedFile(path, "it does not end with the checksum in its index, so it was cut off or belongs to another index")
	}
	return nil
}

func (p *pack) close() error { return errors.Join(p.contents.close(), p.index.contents.close()) }

// isGone says that the error of openPack means that git removed the pack meanwhile.
func isGone(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// locate returns where the object's entry begins, checked to lie inside the pack.
func (p *pack) locate(id *Hash) (offset int64, found bool, err error) {
	i, found := p.index.find(id)
	if !found {
		return 0, false, nil
	}
	offset = p.index.offset(i)
	if offset < packHeaderSize || offset >= p.contents.size-hashSize {
		return 0, true, damagedFile(p.index.contents.path, "it places object %s at byte %d, outside the pack", *id, offset)
	}
	return offset, true, nil
}

// entry is the head of one entry of a pack.
type entry struct {
	pack       *pack
	offset     int64 // where the entry begins
	data       int64 // where its compressed data begins
	size       int64 // inflated size of the data: of the object, or of the delta
	code       uint8 // a Kind, offsetDelta or referenceDelta
	baseOffset int64 // of an offsetDelta
	base       Hash  // of a referenceDelta
}

func (e *entry) isDelta() bool { return e.code >= offsetDelta }

// longestHead is the most bytes the head of an entry has: ten of type and size, twenty of base.
const longestHead = 10 + hashSize

// entryAt parses the head of the entry at offset. buffer has longestHead bytes of scratch space.
func (p *pack) entryAt(offset int64, buffer []byte, e *entry) error {
	if offset < packHeaderSize || offset >= p.contents.size-hashSize {
		return damagedEntry(p.contents.path, offset, "it lies outside the pack")
	}
	head, err := p.contents.at(offset, buffer[:longestHead])
	if err != nil {
		return damagedEntry(p.contents.path, offset, "reading it failed (%v)", err)
	}
	length, reason := parseEntry(head, offset, e)
	if reason != "" {
		return damagedEntry(p.contents.path, offset, "%s", reason)
	}
	e.pack, e.offset, e.data = p, offset, offset+int64(length)
	return nil
}

// parseEntry reads type, size and base. It returns the length of the head, or what is wrong.
func parseEntry(head []byte, offset int64, e *entry) (length int, reason string) {
	const cutOff = "its head is cut off"
	if len(head) == 0 {
		return 0, cutOff
	}
	c := head[0]
	e.code, e.size = c>>4&7, int64(c&15)
	at := 1
	for shift := 4; c >= 0x80; shift += 7 {
		if at == len(head) {
			return 0, cutOff
		}
		if shift > 63-7 {
			return 0, "its size has more than 60 bits"
		}
		c = head[at]
		at++
		e.size |= int64(c&0x7f) << shift
	}
	switch e.code {
	case uint8(Commit), uint8(Tree), uint8(Blob), uint8(Tag):
		return at, ""
	case offsetDelta:
		distance, n := parseDistance(head[at:])
		if n == 0 || distance <= 0 || distance > offset-packHeaderSize {
			return 0, "the base of its delta lies outside the pack"
		}
		e.baseOffset = offset - distance
		return at + n, ""
	case referenceDelta:
		if len(head)-at < hashSize {
			return 0, cutOff
		}
		copy(e.base[:], head[at:])
		return at + hashSize, ""
	}
	return 0, "it is of no known type"
}

// parseDistance reads how far before the delta its base is. n is 0 when it is cut off or too large.
func parseDistance(data []byte) (distance int64, n int) {
	for i, c := range data {
		if i > 0 {
			distance++
		}
		if distance > 1<<55 {
			return 0, 0
		}
		distance = distance<<7 | int64(c&0x7f)
		if c < 0x80 {
			return distance, i + 1
		}
	}
	return 0, 0
}
