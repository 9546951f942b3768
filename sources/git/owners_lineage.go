package git

import (
	"context"
	"errors"
	"slices"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// version is the content of one file between two changes. Going back from the head a version is met
// by many commits before the one that made it.
type version struct {
	same    uint32 // another version that turned out to be this one, or itself
	commit  uint32 // what made it, sources.None until that is found
	change  uint32 // index into History.Changes, or for a merge into lineage.merged
	isMerge bool
	from    []uint32 // the versions it was made from
	uses    int      // versions that are made from it and not replayed yet
	state   []run
}

// lineage finds the versions of files that the head's files descend from.
type lineage struct {
	history  *History
	merges   map[uint32][]mergedPath
	paths    map[string]uint32
	versions []version
	live     []map[uint32]uint32 // of each commit: the version of each path there that matters
	merged   []*mergedPath
	renames  *mergeReader
	gaps     *gaps
}

func newLineage(history *History, merges map[uint32][]mergedPath, renames *mergeReader, gaps *gaps) *lineage {
	l := &lineage{
		history: history, merges: merges, renames: renames, gaps: gaps,
		paths: make(map[string]uint32, len(history.Paths)),
		live:  make([]map[uint32]uint32, len(history.Commits)),
	}
	for i, path := range history.Paths {
		l.paths[path] = uint32(i)
	}
	if len(history.Commits) > 0 {
		l.live[len(history.Commits)-1] = map[uint32]uint32{}
	}
	return l
}

// path numbers a path. Some stand in merges only and are not in History.Paths.
func (l *lineage) path(name string) uint32 {
	if number, ok := l.paths[name]; ok {
		return number
	}
	number := uint32(len(l.paths))
	l.paths[name] = number
	return number
}

// addHead adds a file of the head, which is the last commit.
func (l *lineage) addHead(name string) uint32 {
	v := l.newVersion()
	l.live[len(l.live)-1][l.path(name)] = v
	return v
}

func (l *lineage) newVersion() uint32 {
	number := uint32(len(l.versions))
	l.versions = append(l.versions, version{same: number, commit: sources.None})
	return number
}

// find follows versions that turned out to be the same.
func (l *lineage) find(v uint32) uint32 {
	for l.versions[v].same != v {
		l.versions[v].same = l.versions[l.versions[v].same].same
		v = l.versions[v].same
	}
	return v
}

// trace goes back from the head, children before parents.
func (l *lineage) trace(ctx context.Context) error {
	for i := len(l.history.Commits) - 1; i >= 0; i-- {
		if len(l.live[i]) == 0 {
			continue
		}
		commit := &l.history.Commits[i]
		if len(commit.Parents) > 1 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := l.traceMerge(uint32(i)); err != nil {
				return err
			}
		} else {
			l.traceChanges(uint32(i))
		}
		if len(commit.Parents) > 0 {
			l.passOn(commit.Parents[0], l.live[i])
		}
		l.live[i] = nil
	}
	return nil
}

// inherited is a file that a commit has from a parent under a name that may have been another.
type inherited struct{ parent, path, version uint32 }

func (l *lineage) traceChanges(number uint32) {
	commit, live := &l.history.Commits[number], l.live[number]
	var sought []inherited
	for i := commit.FirstChange; i < commit.FirstChange+commit.ChangeCount; i++ {
		change := &l.history.Changes[i]
		v, ok := live[change.Path]
		if !ok || change.Action == sources.Deleted {
			continue
		}
		delete(live, change.Path)
		v = l.find(v)
		l.versions[v].commit, l.versions[v].change = number, i
		source := change.Path
		if change.Action == sources.Renamed {
			source = change.From
		}
		if change.Action != sources.Added && len(commit.Parents) > 0 {
			sought = append(sought, l.descend(v, commit.Parents[0], source))
		}
	}
	l.seek(sought)
}

// descend says that a version was made from one which a parent has at a path.
func (l *lineage) descend(v, parent, path uint32) inherited {
	from := l.newVersion()
	l.versions[v].from = append(l.versions[v].from, from)
	return inherited{parent, path, from}
}

func (l *lineage) traceMerge(number uint32) error {
	merged, err := l.mergedAt(number)
	if err != nil {
		return err
	}
	live := l.live[number]
	var sought []inherited
	for _, p := range merged {
		path := l.path(p.path)
		v := live[path]
		delete(live, path)
		if p.isTaken() {
			sought = append(sought, inherited{p.origins[0].parent, l.path(p.origins[0].path), v})
			continue
		}
		v = l.find(v)
		l.versions[v].commit, l.versions[v].change, l.versions[v].isMerge = number, uint32(len(l.merged)), true
		l.merged = append(l.merged, p)
		for _, o := range p.origins {
			sought = append(sought, l.descend(v, o.parent, l.path(o.path)))
		}
	}
	l.seek(sought)
	return nil
}

// mergedAt returns the live files in which a merge differs from its first parent, with all their origins.
func (l *lineage) mergedAt(number uint32) ([]*mergedPath, error) {
	var merged []*mergedPath
	for i := range l.merges[number] {
		p := &l.merges[number][i]
		if _, ok := l.live[number][l.path(p.path)]; ok {
			merged = append(merged, p)
		}
	}
	err := l.renames.findRenamed(number, merged)
	if errors.Is(err, objects.ErrMissing) {
		return nil, l.gaps.ignore(err)
	}
	return merged, err
}

// seek makes versions live in parents.
func (l *lineage) seek(sought []inherited) {
	for _, s := range sought {
		if l.live[s.parent] == nil {
			l.live[s.parent] = map[uint32]uint32{}
		}
		l.join(l.live[s.parent], s.path, s.version)
	}
}

// join makes a version live, which is the same as one that is live there already.
func (l *lineage) join(live map[uint32]uint32, path, v uint32) {
	if other, ok := live[path]; ok {
		l.versions[l.find(v)].same = l.find(other)
		return
	}
	live[path] = v
}

// passOn hands all that a commit did not change to a parent.
func (l *lineage) passOn(parent uint32, live map[uint32]uint32) {
	other := l.live[parent]
	if len(other) > len(live) {
		live, other = other, live
	}
	for path, v := range other {
		l.join(live, path, v)
	}
	l.live[parent] = live
}

// inOrder returns the versions that were found, each after those it was made from.
func (l *lineage) inOrder() []uint32 {
	var order []uint32
	for i := range l.versions {
		if v := &l.versions[i]; v.same == uint32(i) && v.commit != sources.None {
			order = append(order, uint32(i))
		}
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return int(l.versions[a].commit) - int(l.versions[b].commit) })
	return order
}
