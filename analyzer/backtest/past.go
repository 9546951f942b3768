package backtest

import (
	"cmp"
	"math"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// past is what could be known of one repository just before a cut-off, and what came next. A commit is known
// when it was both written and taken in before: one that was written before and taken in later is neither
// evidence nor the next work, for nobody saw it and its author had chosen it already.
type past struct {
	evidence *sources.Evidence // of events before the cut-off only, files are those that existed then
	next     []nextWork        // by file
	stays    []bool            // by person: left any evidence within the horizon
}

// nextWork is the first work on a file after the cut-off.
type nextWork struct {
	thing  uint32 // the file's name at the cut-off
	person uint32
	event  uint32 // index into the events of the whole evidence
}

// history reads the evidence of one repository event by event.
type history struct {
	evidence   *sources.Evidence
	people     *sources.People
	repository uint32
	reasons    []graph.Reason
}

// at splits the history at a cut-off. The next work is looked for within the horizon.
func (h *history) at(cutoff, horizon int64) *past {
	w := &walk{
		history: h, lineage: graph.NewLineage(len(h.evidence.Things)), exists: make([]bool, len(h.evidence.Things)),
		known: &sources.Evidence{
			Repositories: h.evidence.Repositories, Identities: h.evidence.Identities, Things: h.evidence.Things,
		},
	}
	w.each(func(event *sources.Event) bool { return isKnown(event, cutoff) }, w.remember)
	files := w.files()
	first := map[uint32]nextWork{} // by history
	stays := make([]bool, len(h.people.Persons))
	w.each(func(event *sources.Event) bool { return !isKnown(event, cutoff) }, func(event uint32, records []sources.Record, histories []uint32) {
		at := h.evidence.Events[event].Time
		if at < cutoff || at >= cutoff+horizon {
			return
		}
		for i := range records {
			stays[h.people.ByIdentity[records[i].Person]] = true
		}
		if h.reasons[event] != graph.NotMechanical {
			return
		}
		for i := range records {
			record := &records[i]
			if record.Kind != sources.Authored || !isWork(record) {
				continue
			}
			person := h.people.ByIdentity[record.Person]
			if h.people.Persons[person].Kind != sources.Human {
				continue
			}
			if known, ok := first[histories[i]]; !ok || at < h.evidence.Events[known.event].Time {
				first[histories[i]] = nextWork{person: person, event: event}
			}
		}
	})
	p := w.split(files, first)
	p.stays = stays
	return p
}

func isKnown(event *sources.Event, cutoff int64) bool {
	return event.Time < cutoff && event.Recorded < cutoff
}

// isWork says whether a change needed someone to know the file, which moving and deleting it do not.
func isWork(record *sources.Record) bool {
	return record.Action != sources.Deleted && (record.Action != sources.Renamed || record.Similarity < 100)
}

// walk goes through a history in two passes, first what is known, then the rest.
type walk struct {
	*history
	lineage   *graph.Lineage
	exists    []bool // by thing
	known     *sources.Evidence
	histories []uint32
}

func (w *walk) each(isWanted func(*sources.Event) bool, visit func(event uint32, records []sources.Record, histories []uint32)) {
	e := w.evidence
	for first := 0; first < len(e.Records); {
		event, end := e.Records[first].Event, first
		for end < len(e.Records) && e.Records[end].Event == event {
			end++
		}
		if known := &e.Events[event]; known.Repository == w.repository && isWanted(known) {
			records := e.Records[first:end]
			w.histories = slices.Grow(w.histories[:0], len(records))[:len(records)]
			w.lineage.Advance(records, w.histories)
			visit(event, records, w.histories)
		}
		first = end
	}
}

// remember copies an event into what is known, and follows which files exist.
func (w *walk) remember(event uint32, records []sources.Record, _ []uint32) {
	number := uint32(len(w.known.Events))
	w.known.Events = append(w.known.Events, w.evidence.Events[event])
	for _, record := range records {
		if record.Kind == sources.Authored {
			if record.Action == sources.Renamed && record.From != sources.None {
				w.exists[record.From] = false
			}
		}
		record.Event = number
		w.known.Records = append(w.known.Records, record)
	}
	for i := range records {
		if records[i].Kind == sources.Authored {
			w.exists[records[i].Thing] = records[i].Action != sources.Deleted
		}
	}
}

// existing is a file at the cut-off.
type existing struct{ thing, history uint32 }

// files lists what exists now, a history under one name only.
func (w *walk) files() []existing {
	var files []existing
	met := make([]bool, w.lineage.Histories())
	for thing, exists := range w.exists {
		if !exists {
			continue
		}
		if history := w.lineage.Of(uint32(thing)); !met[history] {
			met[history] = true
			files = append(files, existing{uint32(thing), history})
		}
	}
	return files
}

// split leaves out what turned out to be generated, vendored or the like, and puts the next work beside each file.
func (w *walk) split(files []existing, first map[uint32]nextWork) *past {
	isLeftOut := map[uint32]bool{} // by history
	for i := range w.evidence.Files {
		file := &w.evidence.Files[i]
		if w.evidence.Things[file.Thing].Repository == w.repository && file.Exclusion != sources.Assessed {
			isLeftOut[w.lineage.Of(file.Thing)] = true
		}
	}
	p := &past{evidence: w.known}
	for _, file := range files {
		if isLeftOut[file.history] {
			continue
		}
		w.known.Files = append(w.known.Files, sources.TreeFile{Thing: file.thing, Lines: -1})
		if next, ok := first[file.history]; ok {
			next.thing = file.thing
			p.next = append(p.next, next)
		}
	}
	return p
}

// sample keeps at most so many of the next works, chosen by a hash of the commit and the path, so that the
// choice depends on nothing else.
func (p *past) sample(e *sources.Evidence, most int) []nextWork {
	if len(p.next) <= most {
		return p.next
	}
	hash := func(n *nextWork) uint64 { return seedOf(e.Events[n.event].Reference, e.Things[n.thing].Path) }
	chosen := slices.Clone(p.next)
	slices.SortFunc(chosen, func(a, b nextWork) int { return cmp.Or(cmp.Compare(hash(&a), hash(&b)), cmp.Compare(a.thing, b.thing)) })
	chosen = chosen[:most]
	slices.SortFunc(chosen, func(a, b nextWork) int { return cmp.Compare(a.thing, b.thing) })
	return chosen
}

// seedOf hashes texts: FNV-1a, with a last mix so that neighbouring texts fall far apart.
func seedOf(texts ...string) uint64 {
	seed := uint64(14695981039346656037)
	for _, text := range texts {
		for i := range len(text) {
			seed = (seed ^ uint64(text[i])) * 1099511628211
		}
		seed = (seed ^ math.MaxUint8) * 1099511628211
	}
	seed ^= seed >> 31
	seed *= 0x9e3779b97f4a7c15
	return seed ^ seed>>29
}
