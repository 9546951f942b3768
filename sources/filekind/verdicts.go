package filekind

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"keyperson/sources"
	"keyperson/sources/sealed"
)

// Verdicts are what contents were found to be, kept from one run for the next, as reading them is the dear part
// of a run that has nothing else to read. A verdict is found again under the path, the content's id and the
// rules it was made with, so that it can be old but never wrong. The zero value knows nothing and is ready.
type Verdicts struct {
	known  map[verdictKey]verdict // from an earlier run
	used   map[verdictKey]verdict // in this run
	hasNew bool
}

// verdictKey is the beginning of a SHA-256 over rules, content id and path.
type verdictKey [16]byte

type verdict struct {
	size uint32 // bytes that were read for it, which count against the budget in each run
	kind sources.Exclusion
}

// identified is a snapshot that can name the content of a file without reading it.
type identified interface {
	// ContentID returns what no other content has; false for what is no regular file.
	ContentID(path string) (id [20]byte, ok bool)
}

// ruleLibrary is the version of go-enry, which has most of the rules; a test holds it against go.mod.
const ruleLibrary = "v2.9.6"

func (v *Verdicts) key(snapshot sources.Snapshot, path string) (key verdictKey, ok bool) {
	names, canName := snapshot.(identified)
	if v == nil || !canName {
		return key, false
	}
	id, ok := names.ContentID(path)
	if ok {
		content := append(append([]byte(ruleLibrary+generatedHeader().String()), id[:]...), path...)
		sum := sha256.Sum256(content)
		copy(key[:], sum[:])
	}
	return key, ok
}

func (v *Verdicts) find(key verdictKey) (found verdict, ok bool) {
	if found, ok = v.known[key]; ok {
		v.use(key, found)
	}
	return found, ok
}

func (v *Verdicts) add(key verdictKey, made verdict) {
	v.hasNew = true
	v.use(key, made)
}

func (v *Verdicts) use(key verdictKey, used verdict) {
	if v.used == nil {
		v.used = map[verdictKey]verdict{}
	}
	v.used[key] = used
}

// HasNew says that something was found out that was not known from an earlier run.
func (v *Verdicts) HasNew() bool { return v.hasNew }

// The layout of kept verdicts: the magic, then of each verdict its key, size and kind, then the checksum of
// package sealed. Its last letter is the version of the layout and of how contents are judged; raise it
// when either changes.
const (
	verdictMagic = "keyperson kinds 1"
	verdictSize  = len(verdictKey{}) + 4 + 1
)

// LargestVerdicts bounds the bytes that are worth reading as kept verdicts.
const LargestVerdicts = 128 << 20

// Encode returns the verdicts of this run, to be kept; the same for the same verdicts.
func (v *Verdicts) Encode() []byte {
	data := make([]byte, 0, len(verdictMagic)+len(v.used)*verdictSize+sealed.ChecksumSize)
	data = append(data, verdictMagic...)
	order := func(a, b verdictKey) int { return bytes.Compare(a[:], b[:]) }
	for _, key := range slices.SortedFunc(maps.Keys(v.used), order) {
		made := v.used[key]
		data = append(data, key[:]...)
		data = binary.LittleEndian.AppendUint32(data, made.size)
		data = append(data, byte(made.kind))
	}
	return sealed.Seal(data)
}

// DecodeVerdicts reads what Encode returned. It returns an error for everything else, with which the contents
// have to be read anew.
func DecodeVerdicts(data []byte) (*Verdicts, error) {
	rest, err := sealed.Open(verdictMagic, data)
	if err != nil {
		return nil, fmt.Errorf("filekind: kept verdicts: %w", err)
	}
	if len(rest)%verdictSize != 0 {
		return nil, errors.New("filekind: kept verdicts: part of one is missing")
	}
	v := &Verdicts{known: make(map[verdictKey]verdict, len(rest)/verdictSize)}
	for ; len(rest) > 0; rest = rest[verdictSize:] {
		key := verdictKey(rest)
		made := verdict{binary.LittleEndian.Uint32(rest[len(key):]), sources.Exclusion(rest[verdictSize-1])}
		if made.size > largestChecked || made.kind != sources.Assessed && made.kind != sources.NotText && made.kind != sources.Generated {
			return nil, errors.New("filekind: kept verdicts: a verdict that no content gets")
		}
		v.known[key] = made
	}
	return v, nil
}
