package concentration

// pathHistories is a history sorted by path: for each path who did how much under it, and from where
// renames came to it.
type pathHistories struct {
	firstPart []uint32 // by path, into parts; one more at the end
	parts     []pathPart
	firstFrom []uint32 // by path, into from; one more at the end
	from      []uint32
	followed  []bool // by path: its renames have been followed
}

// pathPart is what one person did under one path.
type pathPart struct {
	person  uint32
	changes int32 // modifications and renames
	created bool
}

func (p *pathHistories) hasChanges(path uint32) bool {
	return p.firstPart[path] < p.firstPart[path+1]
}

func (p *pathHistories) partsAt(path uint32) []pathPart {
	return p.parts[p.firstPart[path]:p.firstPart[path+1]]
}

// followFrom returns the old paths of the renames to a path, the first time; nothing after that. All renames
// to a path are met together, so that a mark on the path is a mark on each of them.
func (p *pathHistories) followFrom(path uint32) []uint32 {
	if p.followed[path] {
		return nil
	}
	p.followed[path] = true
	return p.from[p.firstFrom[path]:p.firstFrom[path+1]]
}

// gather sorts a history by path and adds up the changes of each person there.
// BenchmarkTruckFactor pays for the sorting by counting: it runs over every change ever made.
func gather(history AuthorshipInput) *pathHistories {
	p := &pathHistories{
		firstPart: make([]uint32, history.Paths+1),
		firstFrom: make([]uint32, history.Paths+1),
		followed:  make([]bool, history.Paths),
		parts:     make([]pathPart, 0, len(history.Changes)),
	}
	ends, sorted := sortByPath(history)
	slot := make([]uint32, history.People) // by person: the part of the current path, if at or after its first
	start := uint32(0)
	for path, end := range ends {
		first := uint32(len(p.parts))
		p.firstPart[path], p.firstFrom[path] = first, uint32(len(p.from))
		for _, index := range sorted[start:end] {
			change := &history.Changes[index]
			at := slot[change.Person]
			if at < first || int(at) >= len(p.parts) || p.parts[at].person != change.Person {
				at = uint32(len(p.parts))
				slot[change.Person] = at
				p.parts = append(p.parts, pathPart{person: change.Person})
			}
			p.parts[at].count(change.Action)
			if change.Action == Renamed {
				p.from = append(p.from, change.From)
			}
		}
		start = end
	}
	p.firstPart[history.Paths], p.firstFrom[history.Paths] = uint32(len(p.parts)), uint32(len(p.from))
	return p
}

func (part *pathPart) count(action Action) {
	if action == Added {
		part.created = true
		return
	}
	part.changes++
}

// sortByPath returns indices of the changes, path after path, and where each path's end.
func sortByPath(history AuthorshipInput) (ends, sorted []uint32) {
	ends = make([]uint32, history.Paths)
	for i := range history.Changes {
		ends[history.Changes[i].Path]++
	}
	start := uint32(0)
	for path, count := range ends {
		ends[path] = start
		start += count
	}
	sorted = make([]uint32, len(history.Changes))
	for i := range history.Changes {
		path := history.Changes[i].Path
		sorted[ends[path]] = uint32(i)
		ends[path]++
	}
	return ends, sorted
}
