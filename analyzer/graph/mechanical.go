package graph

import "keyperson/sources"

// Reason says why a commit is mechanical: it changed files without anyone having to know them.
type Reason string

// The reasons, in the words that reports use.
const (
	NotMechanical Reason = ""
	Declared      Reason = "listed in .git-blame-ignore-revs"
	MassRename    Reason = "moves many files"
	MassAddition  Reason = "adds many files at once"
	MassChange    Reason = "changes many files at once"
	WholeTree     Reason = "changes most files of the repository"
)

// MechanicalCommit is an event that gives no knowledge of the files it touched.
type MechanicalCommit struct {
	Event  uint32
	Files  int // changed by it
	Reason Reason
}

// Limits of size and shape. In public histories a commit of more than a hundred files is an import,
// a formatter, a licence header or a rename of something used everywhere; starting values.
const (
	massFiles       = 100 // more files than this in one commit is mechanical
	massRenameFiles = 20  // so many files, nearly all of them moved
	massRenameShare = 0.8
	wholeTreeFiles  = 20 // so many assessed files, at least so large a part of those in the tree as it is now
	wholeTreeShare  = 0.5
)

// shapes counts what each event did to files.
type shapes struct {
	files, added, renamed []uint32
	edited                []uint32 // neither added nor renamed, and not left out: generated files hide no formatter
	treeFiles             []int    // assessed files in the tree of each repository
}

func shapesOf(e *sources.Evidence, descent *descent) *shapes {
	s := &shapes{
		files: make([]uint32, len(e.Events)), added: make([]uint32, len(e.Events)),
		renamed: make([]uint32, len(e.Events)), edited: make([]uint32, len(e.Events)), treeFiles: make([]int, len(e.Repositories)),
	}
	isLeftOut := make([]bool, len(e.Things))
	for i := range e.Files {
		isLeftOut[e.Files[i].Thing] = e.Files[i].Exclusion != sources.Assessed
	}
	for i := range e.Records {
		record := &e.Records[i]
		if record.Kind != sources.Authored {
			continue
		}
		s.files[record.Event]++
		switch record.Action {
		case sources.Added:
			s.added[record.Event]++
		case sources.Renamed:
			s.renamed[record.Event]++
		default:
			if !isLeftOut[descent.nameNow(e, i)] {
				s.edited[record.Event]++
			}
		}
	}
	for i := range e.Files {
		if thing := e.Files[i].Thing; !isLeftOut[thing] {
			s.treeFiles[e.Things[thing].Repository]++
		}
	}
	return s
}

func (s *shapes) reason(event *sources.Event, i int) Reason {
	files, added, renamed := float64(s.files[i]), float64(s.added[i]), float64(s.renamed[i])
	edited := float64(s.edited[i])
	switch {
	case event.Declared:
		return Declared
	case files >= massRenameFiles && renamed >= massRenameShare*files:
		return MassRename
	case files > massFiles && added > files/2:
		return MassAddition
	case files > massFiles:
		return MassChange
	case edited >= wholeTreeFiles && edited >= wholeTreeShare*float64(s.treeFiles[event.Repository]):
		return WholeTree
	}
	return NotMechanical
}

// Reasons says of each event why it is mechanical, NotMechanical where it is not.
func Reasons(e *sources.Evidence) []Reason {
	reasons, shapes := make([]Reason, len(e.Events)), shapesOf(e, follow(e))
	for i := range e.Events {
		reasons[i] = shapes.reason(&e.Events[i], i)
	}
	return reasons
}
