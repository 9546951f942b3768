package analyzer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer/busfactor"
	"keyperson/sources"
)

// ErrNobodyToHandOver is returned where no leaver is named and nobody stands out.
var ErrNobodyToHandOver = errors.New("nobody active knows most of it, and no task hangs on anyone: name who leaves")

// handing is one handover in the making.
type handing struct {
	*work
	*Handover
	question HandoverQuestion
	before   *Assessment
	after    *Assessment // without the leaver
	x        *executions
	system   uint32 // sources.None for everything, or a directory
	prefix   string // of a directory, with a slash at its end; else empty
	files    []uint32
	leaver   uint32
	chosen   []uint32 // successors named by the user, persons
	ranked   []uint32 // successors in the order of Handover.Successors, persons
	held     []uint32 // files that the leaver knows
	only     []uint32 // of them, those that nobody else active covers
	isOnly   []bool   // by file: it is one of them
	total    float64  // change weight of all files

	openUntold    int // open tickets of what is handed over of which nobody can say who has them
	openElsewhere int // open tickets that belong to no system, where one is handed over
}

// HandOver plans a handover by the evidence up to the as-of date. It returns an *UnknownSystemError, an
// *UnknownPersonError, an *AmbiguousSubjectError or ErrNobodyToHandOver, and otherwise the errors of Assess.
func HandOver(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, q HandoverQuestion) (*Handover, error) {
	h, err := takeStock(e, people, systems, options, q)
	if err != nil {
		return nil, err
	}
	if err := h.findSuccessors(); err != nil {
		return nil, err
	}
	h.setStart()
	h.gatherClusters()
	h.listTasks()
	h.rank()
	h.showPractice()
	h.showProof()
	h.nameNearest()
	h.countTouched()
	h.fillMatrix()
	h.addLoad()
	h.judge()
	h.findOpenEnds()
	h.setCriteria()
	h.planSteps()
	h.People = h.roster.listed
	return h.Handover, nil
}

// takeStock finds what is handed over, by whom, and what they know of it.
func takeStock(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, q HandoverQuestion) (*handing, error) {
	options.Resamples, options.System = 0, ""
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	if q.LoadCap == 0 {
		q.LoadCap = DefaultLoadCap
	}
	h := &handing{work: w, question: q, Handover: &Handover{LoadCap: q.LoadCap}}
	if h.before, err = w.assessment(); err != nil {
		return nil, err
	}
	h.AsOf, h.Due = h.before.AsOf, q.Due
	if err := h.find(); err != nil {
		return nil, err
	}
	if err := h.findLeaver(); err != nil {
		return nil, err
	}
	h.after = w.without(h.before, []uint32{h.leaver}, nil)
	h.x = w.executed()
	h.hold()
	return h, nil
}

// find finds what is handed over.
func (h *handing) find() error {
	name := strings.TrimSuffix(h.question.System, "/")
	h.system = sources.None
	if name == "" {
		h.System, h.files = h.before.Whole, h.allFiles()
		return nil
	}
	chosen, err := chooseSystems(h.systems, name)
	if err != nil {
		found, isPath, pathErr := h.findPath(name)
		if pathErr != nil || !isPath || found.kind != directorySubject {
			return err
		}
		h.files, h.prefix = found.files, name+"/"
		h.System = h.assessSystem(found.files)
		h.System.judge(interval{}, h.options)
		h.System.ID, h.System.Name, h.System.Origin = name, name, "directory"
		return nil
	}
	h.system, h.files = chosen[0], h.graph.SystemFiles[chosen[0]]
	id := h.systems.Systems[h.system].ID
	if i := slices.IndexFunc(h.before.Systems, func(s System) bool { return s.ID == id }); i >= 0 {
		h.System = h.before.Systems[i]
		return nil
	}
	h.System = h.assessSystem(h.files) // neither files nor tickets
	h.System.judge(interval{}, h.options)
	h.System.describe(&h.systems.Systems[h.system])
	return nil
}

// findLeaver finds who leaves.
func (h *handing) findLeaver() error {
	var err error
	if h.question.Leaver != "" {
		h.leaver, err = h.personNamed(h.question.Leaver)
	} else {
		h.leaver, err = h.keyPerson()
	}
	if err == nil {
		h.Leaver = h.roster.index(h.leaver)
	}
	return err
}

// findSuccessors finds who was named to follow.
func (h *handing) findSuccessors() error {
	var err error
	if h.chosen, err = h.peopleNamed(h.question.Successors); err != nil {
		return err
	}
	h.Chosen = len(h.chosen) > 0
	if slices.Contains(h.chosen, h.leaver) {
		return &UnknownPersonError{Name: h.people.Persons[h.leaver].Name + " as a successor of themselves"}
	}
	return nil
}

// keyPerson is the one whose absence uncovers most code, else the one on whom the most pressing task hangs.
func (h *handing) keyPerson() (uint32, error) {
	if top := h.System.TopPerson; top >= 0 {
		return h.personAt(top), nil
	}
	for i := range h.before.Tasks {
		if t := &h.before.Tasks[i]; h.isOurs(t) && t.Enough && !t.Dormant && t.TopPerson >= 0 {
			return h.personAt(t.TopPerson), nil
		}
	}
	return 0, ErrNobodyToHandOver
}

// isOurs says whether a task belongs to what is handed over.
func (h *handing) isOurs(t *Task) bool {
	if h.prefix != "" {
		return false
	}
	return h.system == sources.None || t.System == h.System.ID
}

// hold finds what the leaver knows, and what only they do, whether they are still active or not.
func (h *handing) hold() {
	h.isOnly = make([]bool, len(h.graph.Files))
	for _, file := range h.files {
		h.total += h.graph.ChangeWeightOf(file)
	}
	for _, file := range h.files {
		if !h.knows(h.leaver, file) {
			continue
		}
		weight := h.graph.ChangeWeightOf(file)
		h.held = append(h.held, file)
		h.Held.Files++
		h.Held.Weight += weight
		if !slices.ContainsFunc(h.covering.of(h.graph.Files[file].History), func(person uint32) bool { return person != h.leaver }) {
			h.Held.Alone++
			h.Held.AloneWeight += weight
			h.only, h.isOnly[file] = append(h.only, file), true
		}
	}
	h.Held.Weight, h.Held.AloneWeight = busfactor.Share(h.Held.Weight, h.total), busfactor.Share(h.Held.AloneWeight, h.total)
	h.countPaths()
}

// knows says whether someone holds enough of a file to cover it, active or not.
func (w *work) knows(person, file uint32) bool {
	history := w.graph.Files[file].History
	if history == sources.None {
		return false
	}
	past := &w.graph.Histories[history]
	best, theirs := 0.0, -1
	for tie := past.FirstTie; tie < past.EndTie; tie++ {
		best = max(best, w.known[tie])
		if w.graph.Ties[tie].Person == person {
			theirs = int(tie)
		}
	}
	return theirs >= 0 && w.known[theirs] > 0 && w.known[theirs] >= w.covers(best) && hasPractised(&w.graph.Ties[theirs])
}

// countPaths counts the paths that anyone ever wrote or changed, and those that nobody but the leaver did.
func (h *handing) countPaths() {
	const several = sources.None
	author := make([]uint32, len(h.evidence.Things)) // 1 + the only one; several
	for i := range h.evidence.Records {
		record := &h.evidence.Records[i]
		person := h.people.ByIdentity[record.Person]
		if record.Kind != sources.Authored || record.Action == sources.Deleted || h.people.Persons[person].Kind != sources.Human ||
			!h.graph.IsRead(record.Event) || !h.isOfScope(record.Thing) {
			continue
		}
		switch author[record.Thing] {
		case 0:
			author[record.Thing] = person + 1
		case person + 1:
		default:
			author[record.Thing] = several
		}
	}
	for _, by := range author {
		if by != 0 {
			h.Held.Paths++
		}
		if by == h.leaver+1 {
			h.Held.OnlyPaths++
		}
	}
}

// isOfScope says whether a thing belongs to what is handed over.
func (h *handing) isOfScope(thing uint32) bool {
	switch {
	case h.prefix != "":
		t := &h.evidence.Things[thing]
		return strings.HasPrefix(t.Path, h.prefix) || strings.HasPrefix(h.evidence.Repositories[t.Repository].Label+":"+t.Path, h.prefix)
	case h.system != sources.None:
		return slices.Contains(h.systems.ByThing[thing], h.system)
	}
	return true
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
