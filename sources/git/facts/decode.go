package facts

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/cespare/xxhash/v2"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"

	"keyperson/sources"
	"keyperson/sources/git"
)

// errColumn says that the numbers of a column do not fit the rest, although its checksum is right.
var errColumn = errors.New("its numbers do not fit together")

// decoder takes one file apart. Each part of the history needs only a few of the columns, so that
// parts are decoded side by side.
type decoder struct {
	header       *header
	stored       [columnCount][]byte
	decompressor *zstd.Decoder
	history      *git.History
}

// decode returns the history that a file holds.
func decode(file []byte) (*git.History, error) {
	h, err := parseHeader(file)
	if err != nil {
		return nil, err
	}
	d := &decoder{header: h, history: new(git.History)}
	rest := file[headerSize:]
	for i, column := range h.columns {
		d.stored[i], rest = rest[:column.stored], rest[column.stored:]
	}
	workers := runtime.GOMAXPROCS(0)
	d.decompressor, err = zstd.NewReader(nil,
		zstd.WithDecoderConcurrency(workers), zstd.WithDecodeAllCapLimit(true), zstd.IgnoreChecksum(true),
		zstd.WithDecoderMaxMemory(decodedLimit(uint64(len(file)))))
	if err != nil {
		return nil, fmt.Errorf("prepare decompression: %w", err)
	}
	defer d.decompressor.Close()
	group := new(errgroup.Group)
	group.SetLimit(workers)
	// The longest first, so that no worker is left with one at the end.
	for _, part := range []func() error{
		d.changes, d.lines, d.commits, d.paths, d.mentions, d.trailers, d.people, d.head, d.lists,
	} {
		group.Go(part)
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	if err := checkTotals(d.history); err != nil {
		return nil, err
	}
	return d.history, nil
}

// column returns the decoded bytes of a column.
func (d *decoder) column(which int) ([]byte, error) {
	entry := d.header.columns[which]
	data, err := d.decompressor.DecodeAll(d.stored[which], make([]byte, 0, entry.decoded))
	if err != nil {
		return nil, fmt.Errorf("column %d: %w", which, err)
	}
	if uint64(len(data)) != entry.decoded || xxhash.Sum64(data) != entry.checksum {
		return nil, fmt.Errorf("column %d: its checksum is wrong", which)
	}
	return data, nil
}

// numbers returns a column of exactly rows numbers below limit.
func (d *decoder) numbers(which int, rows, limit uint64) ([]uint32, error) {
	data, err := d.column(which)
	if err != nil {
		return nil, err
	}
	if rows > uint64(len(data)) { // each number takes a byte or more
		return nil, fmt.Errorf("column %d: %w", which, errColumn)
	}
	numbers := make([]uint32, rows)
	if !decodeNumbers(data, numbers, limit) {
		return nil, fmt.Errorf("column %d: %w", which, errColumn)
	}
	return numbers, nil
}

// signed returns a column of exactly rows signed numbers.
func (d *decoder) signed(which int, rows uint64) ([]int64, error) {
	data, err := d.column(which)
	if err != nil {
		return nil, err
	}
	if rows > uint64(len(data)) {
		return nil, fmt.Errorf("column %d: %w", which, errColumn)
	}
	numbers := make([]int64, rows)
	if !decodeSigned(data, numbers) {
		return nil, fmt.Errorf("column %d: %w", which, errColumn)
	}
	return numbers, nil
}

// small returns a column of exactly rows bytes up to largest.
func (d *decoder) small(which int, rows uint64, largest byte) ([]byte, error) {
	data, err := d.column(which)
	if err != nil {
		return nil, err
	}
	if uint64(len(data)) != rows || len(data) > 0 && slices.Max(data) > largest {
		return nil, fmt.Errorf("column %d: %w", which, errColumn)
	}
	return data, nil
}

func (d *decoder) head() error {
	data, err := d.column(headColumn)
	if err != nil {
		return err
	}
	var limit [1]int64
	size := len(d.history.Head)
	if len(data) < size+2 || !decodeSigned(data[size:len(data)-1], limit[:]) || data[len(data)-1] > 1 {
		return fmt.Errorf("column %d: %w", headColumn, errColumn)
	}
	copy(d.history.Head[:], data)
	d.history.RenameLimit = int(limit[0])
	if hasLines := data[len(data)-1] == 1; !hasLines && d.header.columns[linesAdded].decoded+d.header.columns[hunksKept].decoded > 0 {
		return fmt.Errorf("column %d: %w", linesAdded, errColumn)
	}
	return nil
}

func (d *decoder) people() error {
	rows := d.header.rows[people]
	text, err := d.column(personText)
	if err != nil {
		return err
	}
	limit := uint64(len(text)) + 1
	names, err := d.numbers(personNameLengths, rows, limit)
	if err != nil {
		return err
	}
	addresses, err := d.numbers(personAddressLengths, rows, limit)
	if err != nil {
		return err
	}
	lengths := make([]uint32, 0, 2*len(names))
	for i := range names {
		lengths = append(lengths, names[i], addresses[i])
	}
	parts, ok := cut(text, lengths)
	if !ok {
		return fmt.Errorf("column %d: %w", personText, errColumn)
	}
	list := make([]sources.Identity, rows)
	for i := range list {
		list[i] = sources.Identity{Name: parts[2*i], Address: parts[2*i+1]}
	}
	d.history.People = orNil(list)
	return nil
}

func (d *decoder) paths() error {
	text, err := d.column(pathText)
	if err != nil {
		return err
	}
	lengths, err := d.numbers(pathLengths, d.header.rows[paths], uint64(len(text))+1)
	if err != nil {
		return err
	}
	list, ok := cut(text, lengths)
	for i := 1; ok && i < len(list); i++ {
		ok = list[i-1] < list[i]
	}
	if !ok {
		return fmt.Errorf("column %d: %w", pathText, errColumn)
	}
	d.history.Paths = orNil(list)
	return nil
}

// cut divides a text into strings of the given lengths, which share its memory.
func cut(text []byte, lengths []uint32) ([]string, bool) {
	whole := string(text)
	parts := make([]string, len(lengths))
	for i, length := range lengths {
		if uint64(length) > uint64(len(whole)) {
			return nil, false
		}
		parts[i], whole = whole[:length], whole[length:]
	}
	return parts, whole == ""
}

func (d *decoder) trailers() error {
	rows := d.header.rows[trailers]
	steps, err := d.numbers(trailerCommits, rows, d.header.rows[commits])
	if err != nil {
		return err
	}
	persons, err := d.numbers(trailerPersons, rows, d.header.rows[people])
	if err != nil {
		return err
	}
	kinds, err := d.small(trailerKinds, rows, byte(lastKind))
	if err != nil {
		return err
	}
	list := make([]git.Trailer, rows)
	at := uint64(0)
	for i := range list {
		if at += uint64(steps[i]); at >= d.header.rows[commits] {
			return fmt.Errorf("column %d: %w", trailerCommits, errColumn)
		}
		list[i] = git.Trailer{Commit: uint32(at), Person: persons[i], Kind: sources.Kind(kinds[i])}
	}
	d.history.Trailers = orNil(list)
	return nil
}

func (d *decoder) mentions() error {
	rows := d.header.rows[mentions]
	steps, err := d.numbers(mentionCommits, rows, d.header.rows[commits])
	if err != nil {
		return err
	}
	kinds, err := d.small(mentionKinds, rows, byte(lastMentionKind))
	if err != nil {
		return err
	}
	text, err := d.column(mentionText)
	if err != nil {
		return err
	}
	lengths, err := d.numbers(mentionLengths, rows, uint64(len(text))+1)
	if err != nil {
		return err
	}
	texts, ok := cut(text, lengths)
	if !ok {
		return fmt.Errorf("column %d: %w", mentionText, errColumn)
	}
	list := make([]git.Mention, rows)
	at := uint64(0)
	for i := range list {
		if at += uint64(steps[i]); at >= d.header.rows[commits] {
			return fmt.Errorf("column %d: %w", mentionCommits, errColumn)
		}
		list[i] = git.Mention{Commit: uint32(at), Kind: sources.MentionKind(kinds[i]), Text: texts[i]}
	}
	d.history.Mentions = orNil(list)
	return nil
}

func (d *decoder) lists() error {
	for _, list := range []struct {
		which int
		rows  uint64
		into  *[]uint32
	}{
		{renamesSkipped, d.header.rows[skipped], &d.history.RenamesSkipped},
		{renamesUnknown, d.header.rows[unknown], &d.history.RenamesUnknown},
		{unreadable, d.header.rows[unread], &d.history.Unreadable},
		{linesUnknown, d.header.rows[uncounted], &d.history.LinesUnknown},
	} {
		numbers, err := d.numbers(list.which, list.rows, d.header.rows[commits])
		if err != nil {
			return err
		}
		for i := 1; i < len(numbers); i++ {
			at := uint64(numbers[i-1]) + uint64(numbers[i])
			if numbers[i] == 0 || at >= d.header.rows[commits] {
				return fmt.Errorf("column %d: %w", list.which, errColumn)
			}
			numbers[i] = uint32(at)
		}
		*list.into = orNil(numbers)
	}
	return nil
}

// checkTotals checks what needs more than one part.
func checkTotals(history *git.History) error {
	for i := len(history.Commits) - 1; i >= 0; i-- {
		if bytes.Equal(history.Commits[i].Hash[:], history.Head[:]) {
			return nil
		}
	}
	if len(history.Commits) > 0 {
		return errors.New("its head is not among its commits")
	}
	return nil
}

// orNil returns nil for a list of nothing, as a history that was just read has it.
func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
