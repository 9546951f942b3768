package facts

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cespare/xxhash/v2"
)

// version is that of the layout and of the meaning of every field in it. Raise it when either
// changes, or when git.History begins to mean something else: older files are then read anew.
const version = 4

// magic begins every file. Its last bytes show a transfer that changed line ends.
const magic = "keyperson facts\r\n\x1a"

// The columns, in the order in which they stand in a file.
const (
	headColumn = iota // id of the head, rename limit, whether lines were counted
	personNameLengths
	personAddressLengths
	personText
	pathLengths
	pathText
	commitHashes
	commitParentCounts
	commitParents // how many commits before the child
	commitAuthors
	commitTimes       // difference to the commit before
	commitAuthorTimes // difference to the commit's own time
	commitChangeCounts
	changePaths   // difference to the change before
	changeActions // one byte each
	renameSources // difference to the new path
	renameSimilarities
	trailerCommits // difference to the trailer before
	trailerPersons
	trailerKinds   // one byte each
	mentionCommits // difference to the mention before
	mentionKinds   // one byte each
	mentionLengths
	mentionText
	linesAdded   // plus one, so that binary content is 0
	linesDeleted // likewise
	lineHunks    // how many hunks a change has
	hunksKept
	hunksDeleted
	hunksAdded
	renamesSkipped
	renamesUnknown
	unreadable
	linesUnknown
	columnCount
)

// The tables whose lengths the header states; every other length follows from the columns.
const (
	people = iota
	paths
	commits
	parents
	changes
	renames
	trailers
	skipped
	unknown
	unread
	hunks
	mentions
	uncounted
	tableCount
)

// Bounds on what a file may make Load decode: some columns of an honest history shrink to almost
// nothing, such as one that is all zeros, so that a file as a whole is measured and not a column.
const (
	largestFile     = 4 << 30
	freeDecoded     = 64 << 20 // bytes that any file may decode to
	decodedPerByte  = 64       // beyond that, bytes that each byte of a file may decode to
	headerSize      = len(magic) + 4 + 8*tableCount + columnCount*columnEntrySize + 8
	columnEntrySize = 3 * 8
)

// columnEntry says how one column is stored.
type columnEntry struct {
	stored   uint64 // bytes in the file
	decoded  uint64 // bytes after decompression
	checksum uint64 // xxhash64 of the decoded bytes
}

// header begins a file, sealed by a checksum of its own.
type header struct {
	rows    [tableCount]uint64
	columns [columnCount]columnEntry
}

func (h *header) encode() []byte {
	data := make([]byte, 0, headerSize)
	data = append(data, magic...)
	data = binary.LittleEndian.AppendUint32(data, version)
	for _, rows := range h.rows {
		data = binary.LittleEndian.AppendUint64(data, rows)
	}
	for _, column := range h.columns {
		data = binary.LittleEndian.AppendUint64(data, column.stored)
		data = binary.LittleEndian.AppendUint64(data, column.decoded)
		data = binary.LittleEndian.AppendUint64(data, column.checksum)
	}
	return binary.LittleEndian.AppendUint64(data, xxhash.Sum64(data))
}

// parseHeader reads the header of a file and checks every size in it against the file's own.
func parseHeader(file []byte) (*header, error) {
	if len(file) < len(magic)+4 || string(file[:len(magic)]) != magic {
		return nil, errors.New("it does not begin as a file of kept facts does")
	}
	if found := binary.LittleEndian.Uint32(file[len(magic):]); found != version {
		return nil, fmt.Errorf("it is of version %d; this program writes version %d", found, version)
	}
	if len(file) < headerSize {
		return nil, errors.New("it is cut off in the header")
	}
	sealed := file[:headerSize-8]
	if binary.LittleEndian.Uint64(file[headerSize-8:]) != xxhash.Sum64(sealed) {
		return nil, errors.New("the header's checksum is wrong")
	}
	h := new(header)
	rest := sealed[len(magic)+4:]
	next := func() uint64 {
		number := binary.LittleEndian.Uint64(rest)
		rest = rest[8:]
		return number
	}
	for i := range h.rows {
		h.rows[i] = next()
	}
	for i := range h.columns {
		h.columns[i] = columnEntry{next(), next(), next()}
	}
	return h, h.check(uint64(len(file)))
}

// check holds what the header states against the length of the file.
func (h *header) check(length uint64) error {
	limit := decodedLimit(length)
	stored, decoded := uint64(headerSize), uint64(0)
	for _, column := range h.columns {
		if column.stored > length || column.decoded > limit {
			return errors.New("a column is stated longer than the file allows")
		}
		stored += column.stored
		decoded += column.decoded
	}
	if stored != length {
		return fmt.Errorf("it has %d bytes and should have %d", length, stored)
	}
	if decoded > limit {
		return fmt.Errorf("it would decode to %d bytes; %d are allowed", decoded, limit)
	}
	// Each row takes at least one byte of the column that is named here.
	for table, column := range [tableCount]int{
		people: personNameLengths, paths: pathLengths, commits: commitParentCounts, parents: commitParents,
		changes: changeActions, renames: renameSources, trailers: trailerKinds,
		skipped: renamesSkipped, unknown: renamesUnknown, unread: unreadable, uncounted: linesUnknown, hunks: hunksKept,
		mentions: mentionKinds,
	} {
		if h.rows[table] > h.columns[column].decoded {
			return errors.New("a table is stated longer than its columns")
		}
	}
	return nil
}

func decodedLimit(length uint64) uint64 { return freeDecoded + decodedPerByte*length }
