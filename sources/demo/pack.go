package demo

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/format/idxfile"
	"github.com/klauspost/compress/zlib"
)

// packWriter writes objects into one pack as they come. A new version of a file or tree is stored as its difference
// from the one before, so that a million commits take megabytes.
type packWriter struct {
	directory string
	file      *os.File
	buffer    *bufio.Writer
	deflate   *zlib.Writer
	packed    bytes.Buffer // one object as it is stored
	offset    int64
	count     uint32
	index     idxfile.Writer
}

// stored is an object in the pack.
type stored struct {
	id     plumbing.Hash
	offset int64
	depth  int // how many differences lead to it
}

// deepest is how many differences may lead to an object; git's own limit is 50.
const deepest = 40

const packHeaderBytes = 12

func newPackWriter(directory string) (*packWriter, error) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(directory, "tmp_pack_")
	if err != nil {
		return nil, err
	}
	w := &packWriter{directory: directory, file: file, buffer: bufio.NewWriterSize(file, 1<<20), offset: packHeaderBytes}
	if w.deflate, err = zlib.NewWriterLevel(io.Discard, 4); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	_, err = w.buffer.Write(packHeader(0)) // how many there will be is not known yet
	return w, err
}

func packHeader(count uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte("PACK\x00\x00\x00\x02"), count)
}

// add stores an object that is in the pack under no other name. Where a base is given, with its content, the difference is stored.
func (w *packWriter) add(kind plumbing.ObjectType, content []byte, base stored, baseContent []byte) (stored, error) {
	hash := sha1.New()
	fmt.Fprintf(hash, "%s %d\x00", kind, len(content))
	hash.Write(content)
	result := stored{offset: w.offset}
	hash.Sum(result.id[:0])

	w.packed.Reset()
	body, bodyKind := content, kind
	if base.offset > 0 && base.depth < deepest {
		if delta := difference(baseContent, content); len(delta) < len(content)/2 {
			body, bodyKind, result.depth = delta, plumbing.OFSDeltaObject, base.depth+1
		}
	}
	writeObjectHeader(&w.packed, bodyKind, len(body))
	if bodyKind == plumbing.OFSDeltaObject {
		writeBaseDistance(&w.packed, w.offset-base.offset)
	}
	w.deflate.Reset(&w.packed)
	if _, err := w.deflate.Write(body); err != nil {
		return stored{}, err
	}
	if err := w.deflate.Close(); err != nil {
		return stored{}, err
	}
	w.index.Add(result.id, uint64(w.offset), crc32.ChecksumIEEE(w.packed.Bytes()))
	n, err := w.buffer.Write(w.packed.Bytes())
	w.offset += int64(n)
	w.count++
	return result, err
}

// writeObjectHeader writes kind and size, seven bits a byte after the first four.
func writeObjectHeader(b *bytes.Buffer, kind plumbing.ObjectType, size int) {
	current := byte(kind)<<4 | byte(size&15)
	for size >>= 4; size > 0; size >>= 7 {
		b.WriteByte(current | 0x80)
		current = byte(size & 0x7f)
	}
	b.WriteByte(current)
}

// writeBaseDistance writes how far back the base of a difference lies, in the encoding that git has for it.
func writeBaseDistance(b *bytes.Buffer, distance int64) {
	digits := []byte{byte(distance & 0x7f)}
	for distance >>= 7; distance > 0; distance >>= 7 {
		distance--
		digits = append(digits, byte(distance&0x7f)|0x80)
	}
	for i := len(digits) - 1; i >= 0; i-- {
		b.WriteByte(digits[i])
	}
}

// difference says how to make a content from a base: what both begin and end with is copied, the rest inserted.
func difference(base, content []byte) []byte {
	shortest := min(len(base), len(content))
	head := 0
	for head < shortest && base[head] == content[head] {
		head++
	}
	tail := 0
	for tail < shortest-head && base[len(base)-1-tail] == content[len(content)-1-tail] {
		tail++
	}
	delta := binary.AppendUvarint(nil, uint64(len(base)))
	delta = binary.AppendUvarint(delta, uint64(len(content)))
	delta = appendCopy(delta, 0, head)
	for middle := content[head : len(content)-tail]; len(middle) > 0; {
		n := min(len(middle), 127)
		delta = append(append(delta, byte(n)), middle[:n]...)
		middle = middle[n:]
	}
	return appendCopy(delta, len(base)-tail, tail)
}

// appendCopy adds instructions to copy a part of the base.
func appendCopy(delta []byte, from, length int) []byte {
	const most = 0xffff
	for length > 0 {
		n := min(length, most)
		delta = append(delta, 0x80|0x0f|0x30, byte(from), byte(from>>8), byte(from>>16), byte(from>>24), byte(n), byte(n>>8))
		from, length = from+n, length-n
	}
	return delta
}

// close writes the number of objects, the checksum and the index, and gives pack and index their names.
func (w *packWriter) close() error {
	err := w.buffer.Flush()
	if err == nil {
		_, err = w.file.WriteAt(packHeader(w.count), 0)
	}
	var checksum plumbing.Hash
	if err == nil {
		checksum, err = w.seal()
	}
	if err = errors.Join(err, w.file.Close()); err != nil {
		return err
	}
	name := filepath.Join(w.directory, "pack-"+checksum.String())
	if err := w.writeIndex(name+".idx", checksum); err != nil {
		return err
	}
	if err := os.Chmod(w.file.Name(), 0o444); err != nil {
		return err
	}
	return os.Rename(w.file.Name(), name+".pack")
}

// seal reads the pack once more, as its first bytes were written last, and appends its checksum.
func (w *packWriter) seal() (sum plumbing.Hash, err error) {
	if _, err = w.file.Seek(0, io.SeekStart); err != nil {
		return sum, err
	}
	hash := sha1.New()
	if _, err = io.Copy(hash, w.file); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	_, err = w.file.Write(sum[:])
	return sum, err
}

func (w *packWriter) writeIndex(name string, checksum plumbing.Hash) error {
	if err := w.index.OnFooter(checksum); err != nil {
		return err
	}
	index, err := w.index.Index()
	if err != nil {
		return err
	}
	if n, err := index.Count(); err != nil || n != int64(w.count) {
		return errors.Join(err, fmt.Errorf("%d objects written, %d of them different: the plan repeated one", w.count, n))
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o444)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriterSize(file, 1<<20)
	_, err = idxfile.NewEncoder(buffer).Encode(index)
	return errors.Join(err, buffer.Flush(), file.Close())
}
