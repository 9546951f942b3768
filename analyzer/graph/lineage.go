package graph

import "keyperson/sources"

// Lineage follows files through their renames, event by event. A path that was deleted and added again
// goes on with its history, for reverts and crossing branches do just that; a path that was renamed away
// starts anew when something else is added under its name.
//
// Branches are interleaved in the order of events: a change to the old name that comes after the rename,
// from a branch that did not have it yet, belongs to the renamed file, and it does so here because a
// renamed path keeps its history until it is added anew.
type Lineage struct {
	ofThing   []uint32 // history that each path has now; None when never seen
	movedAway []bool
	count     uint32
	renamed   []uint32 // of each record of the event under way, the history of its old name
}

// NewLineage starts before the first event; things is the number of Evidence.Things.
func NewLineage(things int) *Lineage {
	l := &Lineage{ofThing: make([]uint32, things), movedAway: make([]bool, things)}
	for i := range l.ofThing {
		l.ofThing[i] = sources.None
	}
	return l
}

// Histories counts the histories begun so far; they are numbered from 0.
func (l *Lineage) Histories() int { return int(l.count) }

// Of returns the history that a thing has now, None where no event named it yet.
func (l *Lineage) Of(thing uint32) uint32 { return l.ofThing[thing] }

// Advance takes in the records of one event, and writes the history of each into histories.
func (l *Lineage) Advance(records []sources.Record, histories []uint32) {
	l.readSources(records)
	for i := range records {
		if from := records[i].From; records[i].Action == sources.Renamed && from != sources.None {
			l.movedAway[from] = true
		}
	}
	for i := range records {
		record := &records[i]
		thing := record.Thing
		switch {
		case record.Kind != sources.Authored:
			// Co-authors and reviewers stand behind the author of the same change and own no fate of the path.
		case record.Action == sources.Renamed && l.renamed[i] != sources.None:
			l.ofThing[thing] = l.renamed[i]
			l.movedAway[thing] = false
		case l.ofThing[thing] == sources.None, record.Action == sources.Added && l.movedAway[thing]:
			l.ofThing[thing] = l.count
			l.movedAway[thing] = false
			l.count++
		}
		histories[i] = l.ofThing[thing]
	}
}

// readSources reads the histories of all old names of an event before any of them changes hands, so that
// two files that swap names in one commit swap histories.
func (l *Lineage) readSources(records []sources.Record) {
	l.renamed = l.renamed[:0]
	for i := range records {
		history := sources.None
		if records[i].Action == sources.Renamed && records[i].From != sources.None {
			history = l.ofThing[records[i].From]
		}
		l.renamed = append(l.renamed, history)
	}
}
