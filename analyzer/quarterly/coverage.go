package quarterly

import (
	"slices"

	"keyperson/analyzer"
)

// Mark is what someone is to a system, told from code and tasks.
type Mark string

// The marks. A system with a single person marked Key or Covers hangs on them.
const (
	NoMark Mark = ""
	Some   Mark = "s" // covers a little of it, or is in training on a task
	Covers Mark = "C" // covers at least a quarter of what changes, or can do one of its tasks alone
	Key    Mark = "K" // with them it is covered and without them most of it is not, or one of its routine tasks stops
)

// coversFrom is the change-weighted share of a system's files from which on someone covers it; a starting value.
const coversFrom = 0.25

// Coverage is who covers what: people, in the order of their IDs, against systems, the most pressing first.
type Coverage struct {
	Systems     []Column
	Rows        []Row
	MoreSystems int  // not shown
	MorePeople  int  // not shown
	TooFew      bool // too few people to hide behind pseudonyms: nothing is shown
}

// Column is a system of the coverage.
type Column struct {
	ID, Name string
	Capable  int // people marked Key or Covers, shown or not
}

// Row is what one person is to each system, in the order of Coverage.Systems.
type Row struct {
	Person string
	Marks  []Mark
}

// coverage draws the matrix up. People are left out who cover none of the systems shown; a group smaller than the
// smallest that is allowed is not shown under pseudonyms, which would hide nobody.
func coverage(a *analyzer.Assessment, smallest int, hidden bool) Coverage {
	var c Coverage
	if hidden && a.Census.Active < smallest {
		c.TooFew = true
		return c
	}
	var systems []*analyzer.System
	for i := range a.Systems {
		if s := &a.Systems[i]; s.IsJudged() || s.Tasks.Count > 0 {
			systems = append(systems, s)
		}
	}
	shown := systems[:min(len(systems), MostColumns)]
	c.MoreSystems = len(systems) - len(shown)
	marks := make([][]Mark, len(a.People)) // by person and column
	for column, s := range shown {
		mark := markers(a, s)
		capable := 0
		for person, m := range mark {
			if m == Key || m == Covers {
				capable++
			}
			if marks[person] == nil {
				marks[person] = make([]Mark, len(shown))
			}
			marks[person][column] = m
		}
		c.Systems = append(c.Systems, Column{ID: s.ID, Name: s.Name, Capable: capable})
	}
	chosen, more := chooseRows(a, marks)
	c.MorePeople = more
	for _, person := range chosen {
		c.Rows = append(c.Rows, Row{Person: a.People[person].Name, Marks: marks[person]})
	}
	return c
}

// chooseRows keeps everyone whom a shown system hangs on, then those who cover one, while there is room; their order
// says nothing.
func chooseRows(a *analyzer.Assessment, marks [][]Mark) (chosen []int, more int) {
	byID := make([]int, 0, len(marks))
	for person, m := range marks {
		if m != nil {
			byID = append(byID, person)
		}
	}
	slices.SortFunc(byID, func(x, y int) int { return compareNames(a.People[x], a.People[y]) })
	for _, least := range []Mark{Key, Covers} {
		for _, person := range byID {
			if len(chosen) < MostRows && !slices.Contains(chosen, person) && slices.Contains(marks[person], least) {
				chosen = append(chosen, person)
			}
		}
	}
	slices.SortFunc(chosen, func(x, y int) int { return compareNames(a.People[x], a.People[y]) })
	return chosen, len(byID) - len(chosen)
}

// markers is what each active person is to one system.
func markers(a *analyzer.Assessment, s *analyzer.System) map[int]Mark {
	marks := map[int]Mark{}
	raise := func(person int, to Mark) {
		order := []Mark{NoMark, Some, Covers, Key}
		if slices.Index(order, to) > slices.Index(order, marks[person]) {
			marks[person] = to
		}
	}
	for _, coverer := range s.Coverers {
		if coverer.Share >= coversFrom {
			raise(coverer.Person, Covers)
		} else {
			raise(coverer.Person, Some)
		}
	}
	if hangsOnOne(s) && s.Verdict != analyzer.VerdictOrphaned && s.TopPerson >= 0 {
		raise(s.TopPerson, Key)
	}
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if t.System != s.ID || !isLive(t) {
			continue
		}
		for _, e := range t.Executors {
			switch {
			case !a.People[e.Person].Active:
			case wouldStall(t) && e.Person == t.TopPerson && t.StopsWithout:
				raise(e.Person, Key)
			case e.Capability == analyzer.Alone || e.Capability == analyzer.Teaches:
				raise(e.Person, Covers)
			default:
				raise(e.Person, Some)
			}
		}
	}
	return marks
}
