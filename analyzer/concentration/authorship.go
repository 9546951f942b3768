package concentration

// Action is what a change did to a file, as far as authorship asks.
type Action uint8

// The actions that authorship counts. Deletions and changes of a file's type are left out by the
// published tool and have no place here.
const (
	Modified Action = iota
	Added
	Renamed
)

// Change is one entry of a history: this person did this under this path.
type Change struct {
	Person uint32 // below AuthorshipInput.People
	Path   uint32 // below AuthorshipInput.Paths; of a rename, the new path
	From   uint32 // of a rename the old path, below AuthorshipInput.Paths; else not looked at
	Action Action
}

// AuthorshipInput is a history as the published truck factor tool reads it: all non-merge commits,
// renames found at 50 % similarity without a limit on candidates.
type AuthorshipInput struct {
	People  int
	Paths   int
	Changes []Change // in any order
	// Files are the paths that exist at the end, in the order of `git ls-files` (bytewise). The order
	// matters: see Authorship.
	Files []uint32
}

// Authorship is who the authors of each file are.
type Authorship struct {
	people     int
	hasHistory []bool         // by file, in the order of AuthorshipInput.Files
	involved   []involvement  // of all files, file by file
	ofFile     []involvedSpan // by file
}

// involvement is a person's part in the history of one file.
type involvement struct {
	person   uint32
	changes  int32 // modifications and renames, one more where the person added the file
	isAuthor bool
}

type involvedSpan struct{ first, end uint32 }

// Authors finds the authors of every file. The history of a file is every change ever made under its path,
// and, where one of these is a rename, every change ever made under the old path, and so on.
// FA is 1 for everyone with an addition in that history; DL counts a person's modifications and
// renames, AC everyone else's. An author has a degree of authorship above 0.75 of the highest one of the
// file, and either created the file or has a degree of at least 3.293.
//
// As in the published tool, each rename is followed once only in the whole run: the first file (in the
// order of Files) whose history meets it takes the old path's history along, a later one counts
// the rename but goes no further. This shows where a path was moved away and used again.
//
// Source: Avelino et al. 2016 (ICPC), and the facts of their tool as of 2024.
func Authors(history AuthorshipInput) *Authorship {
	paths := gather(history)
	a := &Authorship{
		people:     history.People,
		hasHistory: make([]bool, len(history.Files)),
		ofFile:     make([]involvedSpan, len(history.Files)),
	}
	w := newWalk(history, paths)
	for i, path := range history.Files {
		first := uint32(len(a.involved))
		if paths.hasChanges(path) {
			a.hasHistory[i] = true
			a.involved = w.involvedIn(path, a.involved)
		}
		a.ofFile[i] = involvedSpan{first, uint32(len(a.involved))}
	}
	return a
}

// walk is the working memory for collecting file after file. Marks compare with a number that grows,
// so that nothing has to be cleared between files.
type walk struct {
	paths     *pathHistories
	turn      uint32
	visited   []uint32 // by path: turn of the last visit
	queue     []uint32
	met       []uint32 // by person: turn in which tallies became valid
	tallies   []tally  // by person
	personsOf []uint32 // met in this turn
}

type tally struct {
	changes int32
	created bool
}

func newWalk(history AuthorshipInput, paths *pathHistories) *walk {
	return &walk{
		paths:   paths,
		visited: make([]uint32, history.Paths),
		met:     make([]uint32, history.People),
		tallies: make([]tally, history.People),
	}
}

// involvedIn appends everyone in the history of the file at a path.
func (w *walk) involvedIn(path uint32, all []involvement) []involvement {
	w.turn++
	w.personsOf = w.personsOf[:0]
	w.queue = append(w.queue[:0], path)
	w.visited[path] = w.turn
	total := int32(0)
	for next := 0; next < len(w.queue); next++ {
		current := w.queue[next]
		for _, part := range w.paths.partsAt(current) {
			w.count(part)
			total += part.changes
		}
		for _, from := range w.paths.followFrom(current) {
			if w.visited[from] != w.turn {
				w.visited[from] = w.turn
				w.queue = append(w.queue, from)
			}
		}
	}
	return w.judge(all, int(total))
}

func (w *walk) count(part pathPart) {
	if w.met[part.person] != w.turn {
		w.met[part.person] = w.turn
		w.tallies[part.person] = tally{}
		w.personsOf = append(w.personsOf, part.person)
	}
	t := &w.tallies[part.person]
	t.changes += part.changes
	t.created = t.created || part.created
}

// judge appends the people met, with the verdict on each.
func (w *walk) judge(all []involvement, total int) []involvement {
	best := 0.0
	for _, person := range w.personsOf {
		best = max(best, w.tallies[person].degree(total))
	}
	for _, person := range w.personsOf {
		t := w.tallies[person]
		degree := t.degree(total)
		// The tool spares those with an addition the absolute threshold, which the paper does not.
		isAuthor := IsAuthor(degree, best) || t.created && best > 0 && degree/best > normalizedAuthorship
		part := involvement{person: person, changes: t.changes, isAuthor: isAuthor}
		if t.created {
			part.changes++
		}
		all = append(all, part)
	}
	return all
}

func (t tally) degree(total int) float64 {
	return DegreeOfAuthorship(t.created, int(t.changes), total-int(t.changes))
}
