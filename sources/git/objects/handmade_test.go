package objects

import (
	"bytes"
	"compress/zlib"
	"crypto/sha1"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// handmade is a pack written entry by entry, so that it can lie.
type handmade struct {
	t       testing.TB
	pack    []byte
	names   []Hash
	offsets map[Hash]int64
}

func newHandmade(t testing.TB) *handmade {
	return &handmade{t: t, pack: []byte("PACK\x00\x00\x00\x02\x00\x00\x00\x00"), offsets: map[Hash]int64{}}
}

// id is a made-up object id.
func id(n byte) Hash { return Hash{n, 1: 0x77, 19: n} }

// deflated returns data as a zlib stream.
func deflated(data []byte) []byte {
	var buffer bytes.Buffer
	w := zlib.NewWriter(&buffer)
	_, _ = w.Write(data)
	_ = w.Close()
	return buffer.Bytes()
}

// entryHead is type and size of an entry.
func entryHead(code uint8, size uint64) []byte {
	c := code<<4 | byte(size&15)
	var head []byte
	for size >>= 4; size > 0; size >>= 7 {
		head = append(head, c|0x80)
		c = byte(size & 0x7f)
	}
	return append(head, c)
}

func (h *handmade) raw(name Hash, entry ...[]byte) *handmade {
	h.names = append(h.names, name)
	h.offsets[name] = int64(len(h.pack))
	h.pack = append(h.pack, bytes.Join(entry, nil)...)
	return h
}

func (h *handmade) whole(name Hash, kind Kind, content string) *handmade {
	return h.raw(name, entryHead(uint8(kind), uint64(len(content))), deflated([]byte(content)))
}

func (h *handmade) delta(name, base Hash, delta []byte) *handmade {
	return h.raw(name, entryHead(referenceDelta, uint64(len(delta))), base[:], deflated(delta))
}

func (h *handmade) offsetDelta(name Hash, distance byte, delta []byte) *handmade {
	return h.raw(name, entryHead(offsetDelta, uint64(len(delta))), []byte{distance}, deflated(delta))
}

// index returns the .idx, version 2, of the finished pack.
func (h *handmade) index() []byte {
	names := slices.Clone(h.names)
	names = sortedIDs(names)
	x := []byte("\xfftOc\x00\x00\x00\x02")
	n := 0
	for first := range 256 {
		for n < len(names) && int(names[n][0]) <= first {
			n++
		}
		x = binary.BigEndian.AppendUint32(x, uint32(n))
	}
	for _, name := range names {
		x = append(x, name[:]...)
	}
	for _, name := range names {
		x = binary.BigEndian.AppendUint32(x, crc32.ChecksumIEEE(name[:]))
	}
	for _, name := range names {
		x = binary.BigEndian.AppendUint32(x, uint32(h.offsets[name]))
	}
	x = append(x, h.pack[len(h.pack)-hashSize:]...)
	sum := sha1.Sum(x)
	return append(x, sum[:]...)
}

func (h *handmade) finish() {
	binary.BigEndian.PutUint32(h.pack[8:], uint32(len(h.names)))
	sum := sha1.Sum(h.pack)
	h.pack = append(h.pack, sum[:]...)
}

// write finishes the pack and puts it into an objects directory, made if need be.
func (h *handmade) write(objects, name string) string {
	h.t.Helper()
	h.finish()
	must(h.t, os.MkdirAll(filepath.Join(objects, "pack"), 0o755))
	path := filepath.Join(objects, "pack", "pack-"+name)
	must(h.t, os.WriteFile(path+".pack", h.pack, 0o644))
	must(h.t, os.WriteFile(path+".idx", h.index(), 0o644))
	return path
}

func (h *handmade) reader(change func(*Options)) Reader {
	h.t.Helper()
	directory := h.t.TempDir()
	h.write(directory, "1")
	return open(h.t, directory, func(o *Options) {
		o.Verify = false
		if change != nil {
			change(o)
		}
	}).Reader()
}

// sizes is the beginning of a delta.
func sizes(base, result uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, base), result)
}

// copying is the instruction to copy length (under 256) bytes from the base's start.
func copying(length byte) []byte { return []byte{0x90, length} }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
