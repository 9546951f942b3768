package git

import (
	"fmt"
	"maps"
	"slices"
)

// mostPathBytes bounds the memory for the paths one worker meets.
const mostPathBytes = 512 << 20

// internTable gives equal paths one number. It belongs to one worker.
type internTable struct {
	numbers map[string]uint32
	strings []string
	bytes   int
}

func newInternTable() *internTable { return &internTable{numbers: map[string]uint32{}} }

func (t *internTable) add(text []byte) (uint32, error) {
	if number, ok := t.numbers[string(text)]; ok {
		return number, nil
	}
	if t.bytes += len(text); t.bytes > mostPathBytes {
		return 0, fmt.Errorf("%w: the paths of the history take more than %d bytes", ErrUnsupported, mostPathBytes)
	}
	number := uint32(len(t.strings))
	owned := string(text)
	t.numbers[owned] = number
	t.strings = append(t.strings, owned)
	return number, nil
}

// mergeSorted returns the distinct strings of several tables that are used, in ascending order, and
// for each table the place of each of its strings in that order.
func mergeSorted(tables [][]string, used [][]bool) (sorted []string, places [][]uint32) {
	place := map[string]uint32{}
	for i, table := range tables {
		for j, text := range table {
			if used[i][j] {
				place[text] = 0
			}
		}
	}
	sorted = slices.AppendSeq(make([]string, 0, len(place)), maps.Keys(place))
	slices.Sort(sorted)
	for i, text := range sorted {
		place[text] = uint32(i)
	}
	places = make([][]uint32, len(tables))
	for i, table := range tables {
		places[i] = make([]uint32, len(table))
		for j, text := range table {
			places[i][j] = place[text]
		}
	}
	return sorted, places
}
