package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/graph"
	"keyperson/sources"
)

// maxExplained bounds the people and files listed for one subject.
const maxExplained = 10

// Explain shows the evidence behind a system (by ID or name), a task (by ID or name), a ticket (by key), a file or directory (by path, with
// "label:" before it where there are several repositories) or a person (by ID, name or address). At most
// limit lines of evidence are listed, those that count most first; 0 lists all. It returns an
// *UnknownSubjectError or an *AmbiguousSubjectError, and otherwise the errors of Assess.
func Explain(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options, subject string, limit int) (*Explanation, error) {
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	found, err := w.find(subject)
	if err != nil {
		return nil, err
	}
	x := &Explanation{AsOf: options.AsOf.UTC(), Method: options.Method}
	switch found.kind {
	case personSubject:
		w.explainPerson(x, found.person)
	case fileSubject:
		w.explainFile(x, found.thing)
		x.File.Runbook = w.explainRunbook(found.thing, limit)
	case taskSubject:
		w.explainTask(x, found.name, limit)
	case ticketSubject:
		w.explainTicket(x, found.ticket)
	default:
		w.explainSystem(x, found)
	}
	lines := w.evidenceOn(found)
	if limit > 0 && len(lines) > limit {
		x.Omitted = len(lines) - limit
		if found.kind == personSubject {
			x.Omitted = Uncounted
		}
		lines = lines[:limit]
	}
	for i := range lines {
		lines[i].Person = w.roster.index(uint32(lines[i].Person))
	}
	x.Evidence = lines
	x.People = w.roster.listed
	return x, nil
}

func (w *work) explainSystem(x *Explanation, found subject) {
	drawn := w.resample([][]uint32{found.files})
	s := w.assessSystem(found.files)
	s.judge(drawn()[0], w.options)
	s.ID, s.Name, s.Origin = found.name, found.name, "directory"
	if found.kind == systemSubject {
		s.describe(&w.systems.Systems[found.system])
	}
	total := 0.0
	for _, file := range found.files {
		total += w.graph.ChangeWeightOf(file)
	}
	risks := make([]FileRisk, 0, len(found.files))
	for _, file := range found.files {
		if w.graph.Files[file].History != sources.None {
			risks = append(risks, w.fileRisk(file, total))
		}
	}
	risks = w.withPeople(heaviest(risks, maxExplained))
	x.System = &SystemExplanation{System: s, Holders: w.systemHolders(found.files), Files: risks}
	if found.kind == systemSubject {
		x.System.Related = w.relatedSystems(found.system)
		executed := w.executed()
		x.System.System.Hats = w.hats(executed, w.placed(executed))[found.system]
	}
}

// relatedSystems are the neighbours of a system's neighbours in the network of the activity window.
func (w *work) relatedSystems(system uint32) []RelatedSystem {
	network := w.graph.Network(w.window)
	shared := map[uint32]int{}
	people := network.From(graph.Node{Kind: graph.SystemNode, Index: system}.ID())
	for people.Next() {
		person := people.Node().(graph.Node)
		if !w.active[person.Index] {
			continue
		}
		others := network.From(person.ID())
		for others.Next() {
			if other := others.Node().(graph.Node); other.Index != system {
				shared[other.Index]++
			}
		}
	}
	var related []RelatedSystem
	for other, people := range shared {
		related = append(related, RelatedSystem{System: w.systems.Systems[other].ID, People: people})
	}
	slices.SortFunc(related, func(a, b RelatedSystem) int {
		return cmp.Or(cmp.Compare(b.People, a.People), cmp.Compare(a.System, b.System))
	})
	return related[:min(len(related), maxExplained)]
}

// systemHolders lists the people with most familiarity with a set of files.
func (w *work) systemHolders(files []uint32) []Holder {
	held := w.graph.FamiliarityWith(files)
	sum := 0.0
	for _, h := range held {
		sum += h.Familiarity
	}
	slices.SortFunc(held, func(a, b graph.Held) int {
		return cmp.Or(cmp.Compare(b.Familiarity, a.Familiarity), cmp.Compare(a.Person, b.Person))
	})
	var holders []Holder
	for _, h := range held[:min(len(held), maxExplained)] {
		if h.Familiarity == 0 {
			break
		}
		commits := w.commitsBy(files, h.Person)
		holders = append(holders, Holder{
			Person: w.roster.index(h.Person), Share: h.Familiarity / sum, Commits: commits, LastSeen: timeOf(h.LastSeen),
		})
	}
	return holders
}

// commitsBy counts the distinct commits by which a person gained familiarity with a set of files.
func (w *work) commitsBy(files []uint32, person uint32) int {
	events := map[uint32]bool{}
	for _, file := range files {
		for _, c := range w.graph.ContributionsOf(file) {
			if c.Person == person && c.Familiarity > 0 {
				events[c.Event] = true
			}
		}
	}
	return len(events)
}

func (w *work) explainFile(x *Explanation, thing uint32) {
	t := &w.evidence.Things[thing]
	f := &FileExplanation{Path: t.Path, Repository: w.evidence.Repositories[t.Repository].Label}
	for _, system := range w.systems.ByThing[thing] {
		f.Systems = append(f.Systems, w.systems.Systems[system].ID)
	}
	x.File = f
	file, assessed := w.fileOf(thing)
	if !assessed {
		f.Exclusion = w.exclusionOf(thing)
		return
	}
	f.FormerPaths = w.formerPaths(file)
	f.ChangeWeight = w.weightInSystem(file, thing)
	f.Holders = w.fileHolders(file)
}

// fileOf finds the assessed file of a thing.
func (w *work) fileOf(thing uint32) (uint32, bool) {
	for i := range w.graph.Files {
		if w.graph.Files[i].Thing == thing {
			return uint32(i), true
		}
	}
	return 0, false
}

func (w *work) exclusionOf(thing uint32) string {
	for i := range w.evidence.Files {
		if w.evidence.Files[i].Thing == thing {
			return w.evidence.Files[i].Exclusion.String()
		}
	}
	return "not in the tree at the revision read"
}

// weightInSystem is the file's part in the change weight of its first system, or of everything.
func (w *work) weightInSystem(file, thing uint32) float64 {
	total := 0.0
	if of := w.systems.ByThing[thing]; len(of) > 0 {
		for _, other := range w.graph.SystemFiles[of[0]] {
			total += w.graph.ChangeWeightOf(other)
		}
	} else {
		for other := range w.graph.Files {
			total += w.graph.ChangeWeightOf(uint32(other))
		}
	}
	if total == 0 {
		return 0
	}
	return w.graph.ChangeWeightOf(file) / total
}

// formerPaths lists the names a file had before, the newest first.
func (w *work) formerPaths(file uint32) []string {
	current := w.graph.Files[file].Thing
	var names []string
	for _, thing := range w.graph.NamesOf(file) {
		if thing != current {
			names = append(names, w.evidence.Things[thing].Path)
		}
	}
	return names
}

func (w *work) fileHolders(file uint32) []Holder {
	ties := w.graph.TiesOf(file)
	covering := w.covering.of(w.graph.Files[file].History)
	changes, sum := 0, 0.0
	for i := range ties {
		changes += int(ties[i].Changes)
		sum += ties[i].Familiarity
	}
	degrees, _ := expertise(w.evidence, w.graph)
	var holders []Holder
	for i := range ties {
		tie := &ties[i]
		doa := degreeOfAuthorship(tie, changes)
		h := Holder{
			Person: int(tie.Person), Covers: slices.Contains(covering, tie.Person), Commits: int(tie.Commits),
			Created: tie.Created, LastSeen: timeOf(tie.LastSeen), DegreeOfAuthorship: &doa,
		}
		if sum > 0 {
			h.Share = tie.Familiarity / sum
		}
		if degrees != nil {
			h.DegreeOfExpertise = &degrees[int(w.graph.Histories[w.graph.Files[file].History].FirstTie)+i]
			owned := w.linesOwned(file, tie.Person)
			h.LinesOwned = &owned
		}
		holders = append(holders, h)
	}
	slices.SortFunc(holders, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(b.Commits, a.Commits), cmp.Compare(a.Person, b.Person))
	})
	for i := range holders {
		holders[i].Person = w.roster.index(uint32(holders[i].Person))
	}
	return holders
}

// linesOwned counts the lines of a file that a person was the last to write.
func (w *work) linesOwned(file, person uint32) int {
	lines := 0
	for _, owner := range w.evidence.Files[w.graph.Files[file].Tree].Owners {
		if w.people.ByIdentity[owner.Person] == person {
			lines += int(owner.Lines)
		}
	}
	return lines
}
