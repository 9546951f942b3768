package graph

import "keyperson/sources"

// descent is which history each record belongs to, and the numbers of those histories that are kept.
type descent struct {
	*Lineage
	ofRecord []uint32 // raw history of each record
	number   []uint32 // raw history → number among those kept; None when not kept
	kept     int
	name     []uint32 // raw history → the thing that it is now, or was last
	inTree   []bool   // by thing
}

// follow walks all records in the order of events.
func follow(e *sources.Evidence) *descent {
	d := &descent{Lineage: NewLineage(len(e.Things)), ofRecord: make([]uint32, len(e.Records))}
	for first := 0; first < len(e.Records); {
		end := first
		for end < len(e.Records) && e.Records[end].Event == e.Records[first].Event {
			end++
		}
		d.Advance(e.Records[first:end], d.ofRecord[first:end])
		first = end
	}
	d.number = make([]uint32, d.Histories())
	for i := range d.number {
		d.number[i] = sources.None
	}
	d.findNames(e)
	return d
}

// findNames finds the name that each history has in the tree, the last it had where it is not there any more.
func (d *descent) findNames(e *sources.Evidence) {
	d.name, d.inTree = make([]uint32, d.Histories()), make([]bool, len(e.Things))
	for i, raw := range d.ofRecord {
		if raw != sources.None {
			d.name[raw] = e.Records[i].Thing
		}
	}
	for i := range e.Files {
		thing := e.Files[i].Thing
		d.inTree[thing] = true
		if raw := d.ofThing[thing]; raw != sources.None {
			d.name[raw] = thing
		}
	}
}

// nameNow returns the thing that what a record worked on is now: its own where that still is the same file, else the one
// that the file was renamed to. What is not in the tree any more has its last name.
func (d *descent) nameNow(e *sources.Evidence, record int) uint32 {
	thing, raw := e.Records[record].Thing, d.ofRecord[record]
	if raw == sources.None || d.inTree[thing] && d.ofThing[thing] == raw {
		return thing
	}
	return d.name[raw]
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

// names lists the things of each kept history in the order of their last records, newest first.
func (d *descent) names(e *sources.Evidence) [][]uint32 {
	type name struct{ history, thing uint32 }
	names := make([][]uint32, d.kept)
	seen := map[name]bool{}
	for i := len(e.Records) - 1; i >= 0; i-- {
		n := name{d.historyOf(i), e.Records[i].Thing}
		if n.history == sources.None || seen[n] {
			continue
		}
		seen[n] = true
		names[n.history] = append(names[n.history], n.thing)
	}
	return names
}
