package objects

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/klauspost/compress/zlib"
	"pgregory.net/rapid"
)

// compressed returns a zlib stream of content, in blocks that end where flushed.
func compressed(t interface{ Fatal(...any) }, level int, parts ...[]byte) []byte {
	var buffer bytes.Buffer
	writer, err := zlib.NewWriterLevel(&buffer, level)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range parts {
		_, err = writer.Write(part)
		if err = errors.Join(err, writer.Flush()); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return buffer.Bytes()
}

func TestInflatingGivesWhatWasDeflatedAndNothingElse(t *testing.T) {
	var d memoryInflater
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.SampledFrom([]int{1, 2, 5, 40, 256}).Draw(t, "alphabet")
		part := rapid.Custom(func(t *rapid.T) []byte {
			unit := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) byte { return byte(rapid.IntRange(0, alphabet-1).Draw(t, "byte")) }), 0, 300).Draw(t, "unit")
			return bytes.Repeat(unit, rapid.IntRange(1, 20).Draw(t, "times"))
		})
		parts := rapid.SliceOfN(part, 0, 4).Draw(t, "parts")
		content := bytes.Join(parts, nil)
		stream := compressed(t, rapid.SampledFrom([]int{zlib.HuffmanOnly, 0, 1, 6, 9}).Draw(t, "level"), parts...)
		result := make([]byte, len(content))
		behind := append(bytes.Clone(stream), "what follows"...)
		if err := d.inflate(result, behind); err != nil || !bytes.Equal(result, content) {
			t.Fatalf("%d bytes: %v", len(content), err)
		}
		if err := d.inflate(make([]byte, len(content)+1), behind); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("asked for a byte too many: error %v, want %v", err, io.ErrUnexpectedEOF)
		}
		if len(content) > 0 {
			if err := d.inflate(result[1:], behind); !errors.Is(err, errLonger) {
				t.Errorf("asked for a byte too few: error %v, want %v", err, errLonger)
			}
		}
		cut := stream[:rapid.IntRange(0, len(stream)-1).Draw(t, "cut")]
		if err := d.inflate(result, cut); err == nil {
			t.Errorf("a stream of %d bytes cut to %d was taken for whole", len(stream), len(cut))
		}
		checksum := bytes.Clone(stream)
		checksum[len(checksum)-1]++
		if err := d.inflate(result, checksum); !errors.Is(err, errChecksum) {
			t.Errorf("another checksum: error %v, want %v", err, errChecksum)
		}
	})
}

// FuzzInflate compares with another decoder: both fail, or give the same.
func FuzzInflate(f *testing.F) {
	text := []byte("a tree is no commit, a commit is no tree, and a blob is neither")
	for _, level := range []int{zlib.HuffmanOnly, 0, 1, 9} {
		f.Add(compressed(f, level, text, bytes.Repeat(text, 30)), uint16(31*len(text)))
	}
	f.Add(compressed(f, 9, nil), uint16(0))
	f.Fuzz(func(t *testing.T, stream []byte, size uint16) {
		result, want := make([]byte, size), make([]byte, size)
		var d memoryInflater
		err := d.inflate(result, stream)
		var other inflater
		otherErr := other.startBuffered(bytes.NewReader(stream))
		if otherErr == nil {
			otherErr = other.rest(want)
		}
		if (err == nil) != (otherErr == nil) || err == nil && !bytes.Equal(result, want) {
			t.Errorf("%x to %d bytes: %x, %v; another decoder: %x, %v", stream, size, result, err, want, otherErr)
		}
	})
}
