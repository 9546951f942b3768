// Package sealed tells bytes that a program of this version wrote whole from everything else: a magic before them names
// their layout and its version, and a checksum behind them says that none is missing or another. It is no protection
// from whoever forges both.
package sealed

import (
	"bytes"
	"encoding/binary"
	"errors"

	"github.com/cespare/xxhash/v2"
)

// ChecksumSize is how many bytes Seal adds.
const ChecksumSize = 8

// Seal appends the xxhash64 of all data, which begins with its magic.
func Seal(data []byte) []byte { return binary.LittleEndian.AppendUint64(data, xxhash.Sum64(data)) }

// Open returns what stands between the magic and the checksum, or says why nothing can be taken from the data.
func Open(magic string, data []byte) (body []byte, err error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok || len(rest) < ChecksumSize {
		return nil, errors.New("of another version, or cut off")
	}
	end := len(data) - ChecksumSize
	if binary.LittleEndian.Uint64(data[end:]) != xxhash.Sum64(data[:end]) {
		return nil, errors.New("the checksum is wrong")
	}
	return rest[:len(rest)-ChecksumSize], nil
}
