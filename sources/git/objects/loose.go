package objects

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// looseHead is the most bytes the head of a loose object has: "commit ", 19 digits and a zero byte.
const looseHead = 32

// openLoose opens the file of an object that is in no pack. A nil file without an error says that
// there is none.
func (r *packReader) openLoose(id *Hash) (*os.File, error) {
	for _, place := range r.directory.places {
		r.name = append(r.name[:0], place.path...)
		r.name = append(r.name, os.PathSeparator)
		r.name = hex.AppendEncode(r.name, id[:1])
		r.name = append(r.name, os.PathSeparator)
		r.name = hex.AppendEncode(r.name, id[1:])
		file, _, err := openRegular(string(r.name))
		if err == nil {
			return file, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, nil
}

// readLoose reads the object in a file and closes it. The content is valid until the next call.
func (r *packReader) readLoose(file *os.File, limit int64) (Kind, []byte, error) {
	defer file.Close()
	if cap(r.plain) > keptBuffer {
		r.plain = nil
	}
	var buffer [looseHead]byte
	kind, size, start, err := r.looseStart(file, &buffer)
	if err != nil {
		return 0, nil, err
	}
	if size > limit {
		return 0, nil, tooLarge(size, limit)
	}
	if info, err := file.Stat(); err == nil && size/bestRatio > info.Size() {
		return 0, nil, damagedFile(file.Name(), "its %d bytes cannot inflate to %d", info.Size(), size)
	}
	if int64(len(start)) > size {
		return 0, nil, damagedFile(file.Name(), "%v", errLonger)
	}
	r.plain = sized(r.plain, size)
	n := copy(r.plain, start)
	if err := r.unpacker.inflater.rest(r.plain[n:]); err != nil {
		return 0, nil, damagedFile(file.Name(), "it does not inflate to its %d bytes (%v)", size, err)
	}
	return kind, r.plain, nil
}

// looseSize reads the head of the object in a file and closes it.
func (r *packReader) looseSize(file *os.File) (Kind, int64, error) {
	defer file.Close()
	var buffer [looseHead]byte
	kind, size, _, err := r.looseStart(file, &buffer)
	return kind, size, err
}

// looseStart inflates the first bytes: the head, and the start of the content behind it.
func (r *packReader) looseStart(file *os.File, buffer *[looseHead]byte) (Kind, int64, []byte, error) {
	inflater := &r.unpacker.inflater
	err := inflater.startBuffered(file)
	n := 0
	if err == nil {
		n, err = inflater.some(buffer[:])
	}
	if err != nil {
		return 0, 0, nil, damagedFile(file.Name(), "it does not inflate (%v)", err)
	}
	kind, size, length := parseLooseHead(buffer[:n])
	if length == 0 {
		return 0, 0, nil, damagedFile(file.Name(), "it does not begin with kind and size of an object")
	}
	return kind, size, buffer[length:n], nil
}

// parseLooseHead reads "kind size\0"; length is 0 when that is not there.
func parseLooseHead(data []byte) (kind Kind, size int64, length int) {
	end := bytes.IndexByte(data, 0)
	space := bytes.IndexByte(data, ' ')
	if end < 0 || space < 0 || space > end {
		return 0, 0, 0
	}
	kind = kindNamed(data[:space])
	digits := data[space+1 : end]
	if kind == 0 || len(digits) == 0 || len(digits) > 18 || len(digits) > 1 && digits[0] == '0' {
		return 0, 0, 0
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, 0, 0
		}
		size = size*10 + int64(c-'0')
	}
	return kind, size, end + 1
}

func kindNamed(name []byte) Kind {
	for kind := Commit; kind <= Tag; kind++ {
		if string(name) == kind.String() {
			return kind
		}
	}
	return 0
}

// checkName compares an object with its id.
func checkName(id Hash, kind Kind, content []byte) error {
	sum := sha1.New()
	sum.Write(append(strconv.AppendInt([]byte(kind.String()+" "), int64(len(content)), 10), 0))
	sum.Write(content)
	if actual := Hash(sum.Sum(nil)); actual != id {
		return fmt.Errorf("%w: what is stored under this id is object %s; %s", ErrDamaged, actual, adviceEntry)
	}
	return nil
}

// parsePrefix reads 4 to 40 hexadecimal digits; the missing ones are zero.
func parsePrefix(prefix string) (id Hash, digits int, err error) {
	padded := []byte("0000000000000000000000000000000000000000")
	if len(prefix) < 4 || len(prefix) > len(padded) {
		return Hash{}, 0, fmt.Errorf("%q: %w", prefix, ErrPrefix)
	}
	copy(padded, prefix)
	if _, err := hex.Decode(id[:], padded); err != nil {
		return Hash{}, 0, fmt.Errorf("%q: %w", prefix, ErrPrefix)
	}
	return id, len(prefix), nil
}

// looseWithPrefix appends the loose objects whose name begins with the digits.
func (d *Directory) looseWithPrefix(prefix Hash, digits int, ids []Hash) ([]Hash, error) {
	for _, place := range d.places {
		entries, err := os.ReadDir(filepath.Join(place.path, hex.EncodeToString(prefix[:1])))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, entry := range entries {
			id := prefix
			if len(entry.Name()) != 2*len(id)-2 {
				continue
			}
			if _, err := hex.Decode(id[1:], []byte(entry.Name())); err == nil && hasPrefix(id[:], prefix, digits) {
				ids = append(ids, id)
			}
		}
	}
	return ids, nil
}

func sortedIDs(ids []Hash) []Hash {
	slices.SortFunc(ids, func(a, b Hash) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}
