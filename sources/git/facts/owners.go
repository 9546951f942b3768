package facts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"

	"github.com/cespare/xxhash/v2"

	"keyperson/sources"
	"keyperson/sources/git"
)

// ownersMagic begins every file of kept owners: its last letter is the version of the layout and of how owners
// are found. The id of the head, the number of people, the owners as varints and the xxhash64 of everything
// before follow.
const ownersMagic = "keyperson owners 1"

// SaveOwners keeps who owns the lines of the files at a history's head, as Save keeps the history.
func SaveOwners(path string, history *git.History, owners []git.FileOwners) error {
	return Keep(path, encodeOwners(history, owners))
}

// LoadOwners returns what SaveOwners kept for a history of the same head. It returns ErrNone when there is
// nothing of that head, and ErrUnusable with the reason where what there is cannot be used.
func LoadOwners(path string, history *git.History) ([]git.FileOwners, error) {
	data, err := readWhole(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("facts: %s: %w", path, ErrNone)
	}
	var owners []git.FileOwners
	if err == nil {
		owners, err = decodeOwners(data, history)
	}
	switch {
	case errors.Is(err, ErrNone):
		return nil, fmt.Errorf("facts: %s: %w", path, err)
	case err != nil:
		return nil, fmt.Errorf("facts: read %s: %w: %w", path, ErrUnusable, err)
	}
	return owners, nil
}

func encodeOwners(history *git.History, owners []git.FileOwners) []byte {
	data := append([]byte(ownersMagic), history.Head[:]...)
	data = appendNumber(data, uint64(len(history.People)))
	data = appendNumber(data, uint64(len(owners)))
	for _, file := range owners {
		data = appendNumber(data, uint64(len(file.Path)))
		data = append(data, file.Path...)
		data = appendNumber(data, uint64(file.Lines))
		if file.Owners == nil {
			data = appendNumber(data, 0)
			continue
		}
		data = appendNumber(data, 1+uint64(len(file.Owners)))
		for _, owner := range file.Owners {
			data = appendNumber(data, uint64(owner.Person))
			data = appendNumber(data, uint64(owner.Lines))
		}
	}
	return seal(data)
}

func seal(data []byte) []byte { return binary.LittleEndian.AppendUint64(data, xxhash.Sum64(data)) }

// ownersDecoder reads numbers one after the other; after the first that is not there all others are 0.
type ownersDecoder struct {
	rest   []byte
	failed bool
}

// number reads a number below a limit.
func (d *ownersDecoder) number(limit uint64) uint64 {
	number, size := binary.Uvarint(d.rest)
	if size <= 0 || number >= limit {
		d.failed, d.rest = true, nil
		return 0
	}
	d.rest = d.rest[size:]
	return number
}

func decodeOwners(data []byte, history *git.History) ([]git.FileOwners, error) {
	const checksumSize = 8
	head := len(ownersMagic) + len(history.Head)
	if len(data) < head+checksumSize || string(data[:len(ownersMagic)]) != ownersMagic {
		return nil, errors.New("it is of another version, or cut off")
	}
	body := data[:len(data)-checksumSize]
	if binary.LittleEndian.Uint64(data[len(body):]) != xxhash.Sum64(body) {
		return nil, errors.New("the checksum is wrong")
	}
	if git.Hash(data[len(ownersMagic):head]) != history.Head {
		return nil, ErrNone
	}
	d := &ownersDecoder{rest: body[head:]}
	if people := d.number(math.MaxUint32); people != uint64(len(history.People)) {
		return nil, ErrNone
	}
	// Every element takes at least a byte of what is left, which bounds the memory.
	owners := make([]git.FileOwners, d.number(uint64(len(d.rest))+1))
	for i := range owners {
		d.file(&owners[i], uint64(len(history.People)))
	}
	if d.failed || len(d.rest) > 0 {
		return nil, errColumn
	}
	return owners, nil
}

func (d *ownersDecoder) file(file *git.FileOwners, people uint64) {
	length := d.number(uint64(len(d.rest)) + 1)
	if length > uint64(len(d.rest)) {
		d.failed, d.rest = true, nil
		return
	}
	file.Path, d.rest = string(d.rest[:length]), d.rest[length:]
	file.Lines = int(d.number(math.MaxInt32))
	count := d.number(uint64(len(d.rest)) + 2)
	if count == 0 {
		return
	}
	file.Owners = make([]sources.LineOwner, count-1)
	for i := range file.Owners {
		file.Owners[i] = sources.LineOwner{Person: uint32(d.number(people)), Lines: int32(d.number(math.MaxInt32))}
	}
}
