package objects

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestDamagedEntriesAreErrorsThatNamePackAndObject(t *testing.T) {
	bomb := join(sizes(5, 1<<40), bytes.Repeat([]byte{0x80}, 1000))
	cases := []struct {
		name string
		make func(*handmade)
		want error
		says string
	}{
		{"two deltas build on each other", func(h *handmade) {
			h.delta(id(1), id(2), join(sizes(5, 5), copying(5))).delta(id(2), id(1), join(sizes(5, 5), copying(5)))
		}, ErrDamaged, "circle"},
		{"a delta builds on itself", func(h *handmade) {
			h.delta(id(1), id(1), join(sizes(5, 5), copying(5)))
		}, ErrDamaged, "circle"},
		{"a delta's base is nowhere", func(h *handmade) {
			h.delta(id(1), id(9), join(sizes(5, 5), copying(5)))
		}, ErrDamaged, id(9).String()},
		{"a delta's base lies before the pack", func(h *handmade) {
			h.offsetDelta(id(1), 100, join(sizes(5, 5), copying(5)))
		}, ErrDamaged, "outside the pack"},
		{"a delta's base is itself, by distance", func(h *handmade) {
			h.offsetDelta(id(1), 0, join(sizes(5, 5), copying(5)))
		}, ErrDamaged, "outside the pack"},
		{"a delta declares a huge result", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), bomb)
		}, ErrTooLarge, "limit"},
		{"a delta is for another base", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(6, 5), copying(5)))
		}, ErrDamaged, "the base has 5"},
		{"a delta copies from outside its base", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(5, 6), copying(6)))
		}, ErrDamaged, "outside its base"},
		{"a delta makes too little", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(5, 9), copying(5)))
		}, ErrDamaged, "less than it declares"},
		{"a delta makes too much", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(5, 4), copying(5)))
		}, ErrDamaged, "more than it declares"},
		{"a delta ends inside an insertion", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(5, 9), []byte{9, 'x'}))
		}, ErrDamaged, "cut off"},
		{"a delta has the reserved instruction", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), join(sizes(5, 5), []byte{0}))
		}, ErrDamaged, "reserved"},
		{"a delta is empty", func(h *handmade) {
			h.whole(id(2), Blob, "hello").delta(id(1), id(2), nil)
		}, ErrDamaged, "cut off"},
		{"an object declares a size over the cap", func(h *handmade) {
			h.raw(id(1), entryHead(uint8(Blob), 1<<59), deflated([]byte("x")))
		}, ErrTooLarge, "limit"},
		{"an object declares more than its bytes can inflate to", func(h *handmade) {
			h.raw(id(1), entryHead(uint8(Blob), 400<<20), deflated([]byte("x")))
		}, ErrDamaged, "cannot inflate"},
		{"a size of more than 60 bits", func(h *handmade) {
			h.raw(id(1), bytes.Repeat([]byte{0xbf}, 12), deflated([]byte("x")))
		}, ErrDamaged, "60 bits"},
		{"an object is longer than declared", func(h *handmade) {
			h.raw(id(1), entryHead(uint8(Blob), 2), deflated([]byte("hello")))
		}, ErrDamaged, "more than it says"},
		{"an object is shorter than declared", func(h *handmade) {
			h.raw(id(1), entryHead(uint8(Blob), 9), deflated([]byte("hello")))
		}, ErrDamaged, "inflate"},
		{"an object's checksum is wrong", func(h *handmade) {
			stream := deflated([]byte("hello"))
			stream[len(stream)-1] ^= 1
			h.raw(id(1), entryHead(uint8(Blob), 5), stream)
		}, ErrDamaged, "inflate"},
		{"an entry of no known type", func(h *handmade) {
			h.raw(id(1), entryHead(5, 5), deflated([]byte("hello")))
		}, ErrDamaged, "known type"},
		{"the index points behind the pack", func(h *handmade) {
			h.whole(id(1), Blob, "hello").offsets[id(1)] = 1 << 20
		}, ErrDamaged, "outside the pack"},
		{"the index points to an offset it does not have", func(h *handmade) {
			h.whole(id(1), Blob, "hello").offsets[id(1)] = 1<<31 + 5
		}, ErrDamaged, "outside the pack"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, noMapping := range []bool{false, true} {
				h := newHandmade(t)
				c.make(h)
				reader := h.reader(func(o *Options) { o.NoMapping = noMapping })
				_, _, err := reader.Read(id(1), 0)
				wantError(t, "Read", err, c.want, c.says)
				wantError(t, "Read", err, c.want, id(1).String())
				if _, _, err = reader.Size(id(1)); err != nil && !errors.Is(err, ErrDamaged) {
					t.Errorf("Size: got %v, want no error or %v", err, ErrDamaged)
				}
			}
		})
	}
}

func TestADeltaMayBuildOnABaseInAnotherPackOrALooseObject(t *testing.T) {
	objects := t.TempDir()
	newHandmade(t).whole(id(1), Tree, "hello").write(objects, "base")
	newHandmade(t).delta(id(2), id(1), join(sizes(5, 7), copying(5), []byte{2, '!', '?'})).
		delta(id(4), id(3), join(sizes(5, 4), copying(4))).write(objects, "thin")
	loose := filepath.Join(objects, id(3).String()[:2], id(3).String()[2:])
	must(t, os.Mkdir(filepath.Dir(loose), 0o755))
	must(t, os.WriteFile(loose, deflated([]byte("blob 5\x00world")), 0o644))
	reader := open(t, objects, func(o *Options) { o.Verify = false }).Reader()
	for _, c := range []struct {
		id      Hash
		kind    Kind
		content string
	}{{id(2), Tree, "hello!?"}, {id(4), Blob, "worl"}, {id(1), Tree, "hello"}, {id(2), Tree, "hello!?"}} {
		kind, size, err := reader.Size(c.id)
		must(t, err)
		readKind, content, err := reader.Read(c.id, 0)
		must(t, err)
		if kind != c.kind || readKind != c.kind || size != int64(len(c.content)) || string(content) != c.content {
			t.Errorf("object %s: got %v %d, %v %q; want %v %q", c.id, kind, size, readKind, content, c.kind, c.content)
		}
	}
}

func TestAChainOf4095DeltasIsReadAndOneOf5000Refused(t *testing.T) {
	h := newHandmade(t)
	name := func(n int) (id Hash) {
		binary.BigEndian.PutUint32(id[:], uint32(n)*811_000)
		return id
	}
	h.whole(name(0), Blob, "hello")
	delta := join(sizes(5, 5), copying(5))
	head, stream := entryHead(referenceDelta, uint64(len(delta))), deflated(delta)
	for n := 1; n <= 5000; n++ {
		base := name(n - 1)
		h.raw(name(n), head, base[:], stream)
	}
	directory := t.TempDir()
	h.write(directory, "1")
	database := open(t, directory, func(o *Options) { o.Verify = false })
	if _, content, err := database.Reader().Read(name(4095), 0); err != nil || string(content) != "hello" {
		t.Errorf("4095 deltas: got %q, %v; want hello", content, err)
	}
	_, _, err := database.Reader().Read(name(5000), 0)
	wantError(t, "5000 deltas", err, ErrDamaged, "circle")
	_, _, err = database.Reader().Size(name(5000))
	wantError(t, "5000 deltas", err, ErrDamaged, "circle")
}

func TestAPackCutOffAnywhereIsAnErrorThatNamesIt(t *testing.T) {
	h := newHandmade(t).whole(id(1), Blob, strings.Repeat("hello ", 10)).
		delta(id(2), id(1), join(sizes(60, 50), copying(50))).
		whole(id(3), Tree, string(randomBytes(2000)))
	objects := t.TempDir()
	path := h.write(objects, "1")
	for _, suffix := range []string{".pack", ".idx"} {
		whole, err := os.ReadFile(path + suffix)
		must(t, err)
		for length := 0; length < len(whole); length += 97 {
			must(t, os.WriteFile(path+suffix, whole[:length], 0o644))
			for _, noMapping := range []bool{false, true} {
				_, err := Open(objects, Options{NoMapping: noMapping})
				wantError(t, suffix+" cut off", err, ErrDamaged, path+suffix)
			}
		}
		must(t, os.WriteFile(path+suffix, whole, 0o644))
	}
}

func randomBytes(n int) []byte {
	data := make([]byte, n)
	state := uint32(1)
	for i := range data {
		state = state*1664525 + 1013904223
		data[i] = byte(state >> 24)
	}
	return data
}

func TestAPackThatCannotBeReadIsAnErrorThatSaysWhy(t *testing.T) {
	change := func(suffix string, at int, to ...byte) func(*testing.T, string) string {
		return func(t *testing.T, path string) string {
			data, err := os.ReadFile(path + suffix)
			must(t, err)
			copy(data[at:], to)
			must(t, os.WriteFile(path+suffix, data, 0o644))
			return path + suffix
		}
	}
	cases := []struct {
		name string
		make func(*testing.T, string) string
		want error
	}{
		{"not a pack", change(".pack", 0, 'J', 'U', 'N', 'K'), ErrDamaged},
		{"pack of version 4", change(".pack", 4, 0, 0, 0, 4), ErrUnsupported},
		{"pack with another count than its index", change(".pack", 8, 0, 0, 0, 9), ErrDamaged},
		{"index of version 3", change(".idx", 4, 0, 0, 0, 3), ErrUnsupported},
		{"fan-out that shrinks", change(".idx", 8, 0, 0, 1, 0), ErrDamaged},
		{"count of four thousand million", change(".idx", 8+255*4, 0xff, 0xff, 0xff, 0xff), ErrDamaged},
		{"names that do not match the index's checksum", change(".idx", 8+1024+5, 0xee), ErrDamaged},
		{"SHA-256 names", func(t *testing.T, path string) string {
			data, err := os.ReadFile(path + ".idx")
			must(t, err)
			data = append(data, make([]byte, 12+24)...) // one name and two checksums of twelve more bytes
			must(t, os.WriteFile(path+".idx", data, 0o644))
			return path + ".idx"
		}, ErrUnsupported},
		{"a folder in place of the pack", func(t *testing.T, path string) string {
			must(t, os.Remove(path+".pack"))
			must(t, os.Mkdir(path+".pack", 0o755))
			return path + ".pack"
		}, ErrDamaged},
		{"only a multi-pack-index", func(t *testing.T, path string) string {
			must(t, os.Rename(path+".idx", filepath.Join(filepath.Dir(path), "multi-pack-index")))
			return path + ".pack"
		}, ErrUnsupported},
		{"no permission", func(t *testing.T, path string) string {
			if os.Geteuid() == 0 || runtime.GOOS == "windows" {
				t.Skip("this user may read everything")
			}
			must(t, os.Chmod(path+".pack", 0))
			return path + ".pack"
		}, os.ErrPermission},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			objects := t.TempDir()
			path := newHandmade(t).whole(id(1), Blob, "hello").write(objects, "1")
			named := c.make(t, path)
			_, err := Open(objects, Options{Verify: true})
			wantError(t, "Open", err, c.want, named)
		})
	}
}

func TestVerifyingFindsAnObjectUnderAnothersName(t *testing.T) {
	h := newHandmade(t).whole(id(1), Blob, "hello")
	reader := h.reader(func(o *Options) { o.Verify = true })
	_, _, err := reader.Read(id(1), 0)
	wantError(t, "Read", err, ErrDamaged, id(1).String())
}

func TestDamagedLooseObjectsAreErrorsThatNameTheFile(t *testing.T) {
	huge := deflated([]byte("blob 500000000\x00x"))
	for name, data := range map[string][]byte{
		"empty file":                 nil,
		"not compressed":             []byte("blob 5\x00hello"),
		"no head":                    deflated([]byte("hello")),
		"unknown kind":               deflated([]byte("blub 5\x00hello")),
		"size that is no number":     deflated([]byte("blob x\x00hello")),
		"negative size":              deflated([]byte("blob -5\x00hello")),
		"size of many digits":        deflated([]byte("blob 99999999999999999999\x00hello")),
		"longer than declared":       deflated([]byte("blob 4\x00hello")),
		"shorter than declared":      deflated([]byte("blob 6\x00hello")),
		"long and cut off":           deflated([]byte("blob 3000\x00" + string(randomBytes(3000))))[:1500],
		"size its file cannot have":  huge,
		"checksum of another object": slices.Concat(deflated([]byte("blob 5\x00hello"))[:14], []byte("abcd")),
	} {
		objects := t.TempDir()
		path := filepath.Join(objects, id(1).String()[:2], id(1).String()[2:])
		must(t, os.Mkdir(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, data, 0o644))
		reader := open(t, objects, func(o *Options) { o.Verify = false }).Reader()
		_, _, err := reader.Read(id(1), 0)
		wantError(t, name, err, ErrDamaged, path)
	}
}
