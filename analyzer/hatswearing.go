package analyzer

import (
	"slices"

	"keyperson/analyzer/practice"
	"keyperson/analyzer/taskkinds"
	"keyperson/sources"
)

// Limits of hats; starting values.
const (
	hatDays        = 91  // before the as-of date
	leastHatEvents = 5   // of one person in one system
	mostTouched    = 0.5 // share of the files changed in that time that a tech lead has changed or reviewed
	leastJoined    = 2   // systems that a change of an architect joins
)

// hatOrder is the order in which hats are listed.
var hatOrder = [...]Hat{
	HatRescue, HatImplementer, HatTechLead, HatArchitect, HatSupport, HatOperationManager, HatBridge, HatAssociate,
}

// worn counts events by system, hat and person.
type worn struct {
	*work
	from    int64
	events  map[hatKey]map[uint32]int
	touched []map[uint32]map[uint32]bool // by system, then by person: files changed or reviewed
	files   []map[uint32]bool            // by system: files changed by anyone
}

type hatKey struct {
	system uint32
	hat    int // index into hatOrder
}

// hats says how many people wore which hat in which system, by index into the table of systems.
func (w *work) hats(x *executions, placement *taskkinds.Placement) [][]HatCoverage {
	h := worn{
		work: w, from: w.graph.AsOf - hatDays*secondsPerDay, events: map[hatKey]map[uint32]int{},
		touched: make([]map[uint32]map[uint32]bool, len(w.systems.Systems)), files: make([]map[uint32]bool, len(w.systems.Systems)),
	}
	h.addCommits()
	if x != nil {
		authors := w.runbookAuthors()
		for _, ticket := range x.seen {
			h.addTicket(x, placement, ticket, authors)
		}
	}
	coverage := make([][]HatCoverage, len(w.systems.Systems))
	for system := range coverage {
		coverage[system] = h.of(uint32(system))
	}
	return coverage
}

// of lists the hats of a system of which there are events enough to tell whether anyone wears them.
func (h *worn) of(system uint32) []HatCoverage {
	var list []HatCoverage
	for i, hat := range hatOrder {
		coverage, all := HatCoverage{Hat: hat}, 0
		for person, n := range h.events[hatKey{system, i}] {
			all += n
			if n >= leastHatEvents && (hat != HatTechLead || h.touchesMost(system, person)) {
				coverage.People++
			}
		}
		if coverage.Events = all; all >= leastHatEvents {
			list = append(list, coverage)
		}
	}
	return list
}

func (h *worn) touchesMost(system, person uint32) bool {
	return float64(len(h.touched[system][person])) >= mostTouched*float64(len(h.files[system]))
}

func (h *worn) add(system uint32, hat Hat, person uint32) {
	if system == sources.None || h.people.Persons[person].Kind != sources.Human {
		return
	}
	key := hatKey{system, slices.Index(hatOrder[:], hat)}
	if h.events[key] == nil {
		h.events[key] = map[uint32]int{}
	}
	h.events[key][person]++
}

// addCommits goes through the commits of the time, each once: the records of an event stand together.
func (h *worn) addCommits() {
	records := h.evidence.Records
	assessed := make([]bool, len(h.evidence.Things))
	for i := range h.graph.Files {
		assessed[h.graph.Files[i].Thing] = true
	}
	for first := 0; first < len(records); {
		last, event := first, records[first].Event
		for last < len(records) && records[last].Event == event {
			last++
		}
		if at := h.graph.Time(event); at > h.from && h.graph.IsRead(event) && h.graph.Reason(event) == "" {
			h.addCommit(first, last, assessed)
		}
		first = last
	}
}

// addCommit adds what people did in one commit, by the range of its records. Files count under the names they have now.
func (h *worn) addCommit(first, end int, assessed []bool) {
	type role struct {
		person   uint32
		reviewed bool
	}
	systems := map[role][]uint32{}
	for i := first; i < end; i++ {
		r, thing := &h.evidence.Records[i], h.graph.NameNow(i)
		if !assessed[thing] {
			continue
		}
		by := role{h.people.ByIdentity[r.Person], r.Kind == sources.Reviewed}
		for _, system := range h.systems.ByThing[thing] {
			if !slices.Contains(systems[by], system) {
				systems[by] = append(systems[by], system)
			}
			h.touch(system, by.person, thing)
		}
	}
	for by, of := range systems {
		if by.reviewed && systems[role{person: by.person}] != nil {
			continue // nobody reviews their own commit
		}
		for _, system := range of {
			switch {
			case by.reviewed:
				h.add(system, HatTechLead, by.person)
			case len(of) >= leastJoined:
				h.add(system, HatArchitect, by.person)
				h.add(system, HatImplementer, by.person)
			default:
				h.add(system, HatImplementer, by.person)
			}
		}
	}
}

func (h *worn) touch(system, person, thing uint32) {
	if h.files[system] == nil {
		h.files[system], h.touched[system] = map[uint32]bool{}, map[uint32]map[uint32]bool{}
	}
	if h.touched[system][person] == nil {
		h.touched[system][person] = map[uint32]bool{}
	}
	h.files[system][thing], h.touched[system][person][thing] = true, true
}

// runbookAuthors are the people who wrote each runbook, or changed what it says, by the as-of date.
func (w *work) runbookAuthors() [][]uint32 {
	authors := make([][]uint32, len(w.evidence.Runbooks))
	for i := range w.evidence.Runbooks {
		for _, revision := range w.evidence.Runbooks[i].Revisions {
			person := w.people.ByIdentity[revision.Person]
			if revision.Nature == sources.Substantive && revision.Kind != sources.Reviewed && w.evidence.Events[revision.Event].Time <= w.graph.AsOf &&
				!slices.Contains(authors[i], person) {
				authors[i] = append(authors[i], person)
			}
		}
	}
	return authors
}

// addTicket adds what a ticket shows: who solved it, by whose procedure, and who handed it on or closed it for others.
func (h *worn) addTicket(x *executions, placement *taskkinds.Placement, ticket uint32, authors [][]uint32) {
	t, fate := &h.evidence.Tickets[ticket], &x.fates[ticket]
	system := sources.None
	if int(ticket) < len(h.systems.ByTicket) {
		system = h.systems.ByTicket[ticket]
	}
	isDone := fate.omission == counted && fate.time > h.from
	if isDone {
		switch {
		case isUrgent(t) && isRare(placement, ticket):
			h.add(system, HatRescue, fate.person)
		case !isUrgent(t) && (t.Reporter == sources.None || h.people.ByIdentity[t.Reporter] != fate.person):
			h.add(system, HatSupport, fate.person)
		}
		for _, runbook := range t.Runbooks {
			if slices.Contains(authors[runbook], fate.person) {
				continue
			}
			h.add(system, HatAssociate, fate.person)
			for _, author := range authors[runbook] {
				h.add(system, HatBridge, author)
			}
		}
	}
	var managers []uint32
	for i := range t.Acts {
		act := &t.Acts[i]
		person := h.people.ByIdentity[act.Person]
		closesForAnother := act.Kind == sources.Resolved && fate.omission == counted && fate.person != person
		if (act.Kind == sources.HandedOver || closesForAnother) && act.Time > h.from && act.Time <= h.graph.AsOf && !slices.Contains(managers, person) {
			managers = append(managers, person)
			h.add(system, HatOperationManager, person)
		}
	}
}

// isRare says whether a ticket is of no kind that comes back.
func isRare(placement *taskkinds.Placement, ticket uint32) bool {
	kind := placement.Of[ticket]
	return kind < 0 || placement.Kinds[kind].IsRest || len(placement.Kinds[kind].Tickets) < practice.LeastExecutions
}

// addHats fills in the hats of the systems assessed.
func (w *work) addHats(a *Assessment, x *executions) {
	hats := w.hats(x, w.placed(x))
	for i := range a.Systems {
		for system := range w.systems.Systems {
			if w.systems.Systems[system].ID == a.Systems[i].ID {
				a.Systems[i].Hats = hats[system]
			}
		}
	}
}
