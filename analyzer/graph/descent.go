package graph

import "keyperson/sources"

// descent follows files through their renames: which history each record belongs to. A path that
// was deleted and added again goes on with its history, for reverts and crossing branches do just
// that; a path that was renamed away starts anew when something else is added under its name.
type descent struct {
	ofRecord []uint32 // raw history of each record
	ofThing  []uint32 // raw history that each path has in the end; None when never seen
	number   []uint32 // raw history → number among those kept; None when not kept
	kept     int
}

// follow walks the records in the order of events. Branches are interleaved there: a change to the
// old name that comes after the rename, from a branch that did not have it yet, belongs to the renamed
// file, and it does so here because a renamed path keeps its history until it is added anew.
func follow(e *sources.Evidence) *descent {
	d := &descent{ofRecord: make([]uint32, len(e.Records)), ofThing: make([]uint32, len(e.Things))}
	movedAway := make([]bool, len(e.Things))
	for i := range d.ofThing {
		d.ofThing[i] = sources.None
	}
	count := uint32(0)
	var sourcesOfRenames []uint32
	for first := 0; first < len(e.Records); {
		end := first
		for end < len(e.Records) && e.Records[end].Event == e.Records[first].Event {
			end++
		}
		sourcesOfRenames = d.renameSources(e.Records[first:end], sourcesOfRenames[:0])
		count = d.apply(e.Records[first:end], first, sourcesOfRenames, movedAway, count)
		first = end
	}
	d.number = make([]uint32, count)
	for i := range d.number {
		d.number[i] = sources.None
	}
	return d
}

// renameSources reads the histories of all old names of an event before any of them changes hands,
// so that two files that swap names in one commit swap histories.
func (d *descent) renameSources(records []sources.Record, into []uint32) []uint32 {
	for i := range records {
		history := sources.None
		if records[i].Action == sources.Renamed && records[i].From != sources.None {
			history = d.ofThing[records[i].From]
		}
		into = append(into, history)
	}
	return into
}

func (d *descent) apply(records []sources.Record, first int, renamed []uint32, movedAway []bool, count uint32) uint32 {
	for i := range records {
		if from := records[i].From; records[i].Action == sources.Renamed && from != sources.None {
			movedAway[from] = true
		}
	}
	for i := range records {
		record := &records[i]
		thing := record.Thing
		switch {
		case record.Kind != sources.Authored:
			// Co-authors and reviewers stand behind the author of the same change and own no fate of the path.
		case record.Action == sources.Renamed && renamed[i] != sources.None:
			d.ofThing[thing] = renamed[i]
			movedAway[thing] = false
		case d.ofThing[thing] == sources.None, record.Action == sources.Added && movedAway[thing]:
			d.ofThing[thing] = count
			movedAway[thing] = false
			count++
		}
		d.ofRecord[first+i] = d.ofThing[thing]
	}
	return count
}

// keep numbers the history of a path of the tree, and returns the number.
func (d *descent) keep(thing uint32) uint32 {
	raw := d.ofThing[thing]
	if raw == sources.None {
		return sources.None
	}
	if d.number[raw] == sources.None {
		d.number[raw] = uint32(d.kept)
		d.kept++
	}
	return d.number[raw]
}

// historyOf returns the number of the history that a record belongs to, None when it is not kept.
func (d *descent) historyOf(record int) uint32 {
	raw := d.ofRecord[record]
	if raw == sources.None {
		return sources.None
	}
	return d.number[raw]
}

// names lists the things of a kept history in the order of their last records, newest first.
func (d *descent) names(e *sources.Evidence, history uint32) []uint32 {
	var names []uint32
	seen := map[uint32]bool{}
	for i := len(e.Records) - 1; i >= 0; i-- {
		if thing := e.Records[i].Thing; d.historyOf(i) == history && !seen[thing] {
			seen[thing] = true
			names = append(names, thing)
		}
	}
	return names
}
