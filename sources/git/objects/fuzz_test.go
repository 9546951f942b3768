package objects

import (
	"bytes"
	"crypto/sha1"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

func FuzzPackEntry(f *testing.F) {
	f.Add(entryHead(uint8(Blob), 1000), int64(500))
	f.Add(append(entryHead(offsetDelta, 20), 0x81, 0x02), int64(500))
	f.Add(append(entryHead(referenceDelta, 20), make([]byte, 20)...), int64(12))
	f.Add(bytes.Repeat([]byte{0xff}, 40), int64(1)<<39)
	f.Fuzz(func(t *testing.T, head []byte, offset int64) {
		var e entry
		length, reason := parseEntry(head, offset, &e)
		if reason != "" {
			return
		}
		if length < 1 || length > len(head) || length > longestHead || e.size < 0 {
			t.Errorf("parseEntry(%x): got length %d, size %d", head, length, e.size)
		}
		if e.code == offsetDelta && (e.baseOffset < packHeaderSize || e.baseOffset >= offset) {
			t.Errorf("parseEntry(%x): got base at %d for an entry at %d", head, e.baseOffset, offset)
		}
	})
}

func FuzzDelta(f *testing.F) {
	f.Add([]byte("hello"), join(sizes(5, 7), copying(5), []byte{2, '!', '?'}))
	f.Add([]byte("hello"), join(sizes(5, 1<<20), bytes.Repeat([]byte{0x80}, 16)))
	f.Add([]byte(""), join(sizes(0, 1), []byte{0xff, 1, 2, 3, 4, 5, 6, 7}))
	f.Fuzz(func(t *testing.T, base, delta []byte) {
		_, size, instructions, ok := deltaSizes(delta)
		if !ok || size > 1<<20 {
			return
		}
		guarded := bytes.Repeat([]byte{0xa5}, int(size)+8)
		applyDelta(guarded[:size], base, instructions)
		if !bytes.Equal(guarded[size:], bytes.Repeat([]byte{0xa5}, 8)) {
			t.Errorf("applyDelta(%x, %x) wrote behind its result", base, delta)
		}
	})
}

func FuzzIndex(f *testing.F) {
	h := newHandmade(f).whole(id(1), Blob, "hello").whole(id(2), Tree, "").whole(id(0xff), Blob, "x")
	h.finish()
	good := h.index()
	f.Add(good, []byte{1})
	f.Add(good[:len(good)-30], []byte{0xff})
	f.Add(make([]byte, fanoutSize+40), []byte{0})
	f.Fuzz(func(t *testing.T, data, name []byte) {
		x, err := openIndex(&contents{path: "fuzz", data: data, size: int64(len(data))}, false)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrUnsupported) {
				t.Errorf("openIndex: got %v", err)
			}
			return
		}
		var wanted Hash
		copy(wanted[:], name)
		if i, ok := x.find(&wanted); ok && !bytes.Equal(x.name(i), wanted[:]) {
			t.Errorf("find(%s): got %x", wanted, x.name(i))
		}
		for i := range x.count {
			x.offset(i)
		}
		for _, id := range x.withPrefix(wanted, 5, nil) {
			if !hasPrefix(id[:], wanted, 5) {
				t.Errorf("withPrefix(%s): got %s", wanted, id)
			}
		}
	})
}

func FuzzLooseObject(f *testing.F) {
	f.Add(deflated([]byte("blob 5\x00hello")))
	f.Add(deflated([]byte("tree 0\x00")))
	f.Add(deflated([]byte("commit 99999999\x00x")))
	f.Add([]byte("junk"))
	f.Fuzz(func(t *testing.T, data []byte) {
		objects := t.TempDir()
		path := filepath.Join(objects, id(1).String()[:2], id(1).String()[2:])
		must(t, os.Mkdir(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, data, 0o644))
		database, err := Open(objects, Options{CacheBytes: 1})
		must(t, err)
		defer database.Close()
		reader := database.Reader()
		_, content, err := reader.Read(id(1), 1<<20)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
				t.Errorf("Read: got %v", err)
			}
			return
		}
		if _, size, err := reader.Size(id(1)); err != nil || size != int64(len(content)) {
			t.Errorf("Size: got %d, %v; Read gave %d bytes", size, err, len(content))
		}
	})
}

func FuzzPack(f *testing.F) {
	h := newHandmade(f).whole(id(1), Blob, "hello").delta(id(2), id(1), join(sizes(5, 5), copying(5)))
	f.Add(h.pack[packHeaderSize:], uint16(20))
	f.Add(join(entryHead(offsetDelta, 3), []byte{1}, deflated([]byte("abc"))), uint16(3))
	f.Fuzz(func(t *testing.T, entries []byte, second uint16) {
		h := newHandmade(t).raw(id(1), entries)
		h.names, h.offsets[id(2)] = append(h.names, id(2)), packHeaderSize+int64(second)
		objects := t.TempDir()
		h.write(objects, "1")
		for _, noMapping := range []bool{false, true} {
			database, err := Open(objects, Options{NoMapping: noMapping, CacheBytes: 1, MaximumSize: 1 << 20})
			must(t, err)
			reader := database.Reader()
			for _, id := range h.names {
				kind, size, sizeErr := reader.Size(id)
				readKind, content, err := reader.Read(id, 0)
				if err == nil && (sizeErr != nil || kind != readKind || size != int64(len(content))) {
					t.Errorf("object %s: Read gave %v and %d bytes, Size %v %d %v", id, readKind, len(content), kind, size, sizeErr)
				}
				if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrTooLarge) {
					t.Errorf("object %s: got %v", id, err)
				}
			}
			must(t, database.Close())
		}
	})
}

func TestFindingANameEqualsSearchingAllOfThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Few different bytes in front give crowded and uneven stretches.
		name := rapid.Custom(func(t *rapid.T) (id Hash) {
			id[0] = byte(rapid.IntRange(0, 2).Draw(t, "first"))
			for i := 1; i < 10; i++ {
				id[i] = rapid.SampledFrom([]byte{0, 1, 0x80, 0xff}).Draw(t, "byte")
			}
			id[19] = rapid.Byte().Draw(t, "last")
			return id
		})
		h := newHandmade(nil)
		present := map[Hash]bool{}
		for _, id := range rapid.SliceOfN(name, 1, 300).Draw(t, "names") {
			if !present[id] {
				present[id] = true
				h.raw(id, []byte{0})
			}
		}
		h.finish()
		data := h.index()
		x, err := openIndex(&contents{path: "test", data: data, size: int64(len(data))}, true)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range append(rapid.SliceOfN(name, 20, 20).Draw(t, "others"), h.names...) {
			i, ok := x.find(&id)
			if ok != present[id] || ok && x.offset(i) != h.offsets[id] {
				t.Fatalf("find(%s): got %d %v, want %v", id, i, ok, present[id])
			}
		}
	})
}

func TestTheCacheReturnsWhatWasPutOrNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBaseCache(rapid.SampledFrom([]int{1, 64 << 10}).Draw(t, "capacity"))
		content := func(key uint64) []byte {
			sum := sha1.Sum([]byte{byte(key), byte(key >> 8)})
			return bytes.Repeat(sum[:], int(key%97))
		}
		for _, key := range rapid.SliceOfN(rapid.Uint64Range(1, 400), 1, 600).Draw(t, "keys") {
			want := content(key)
			kind, got, ok := b.get(key)
			if !ok {
				copy(b.room(len(want)), want)
				b.put(key, Kind(key%4+1), b.segments[b.current%segmentCount][b.used-len(want):b.used])
				continue
			}
			b.room(b.segmentBytes / 2) // must leave what was just returned alone
			if kind != Kind(key%4+1) || !bytes.Equal(got, want) {
				t.Fatalf("get(%d): got %v %x, want %x", key, kind, got, want)
			}
		}
	})
}
