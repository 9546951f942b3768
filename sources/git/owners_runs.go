package git

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// run is a number of successive lines that one person was the last to write; sources.None is nobody.
type run struct {
	owner uint32
	lines uint32
}

// extend adds lines to a list of runs.
func extend(runs []run, owner, lines uint32) []run {
	if lines == 0 {
		return runs
	}
	if last := len(runs) - 1; last >= 0 && runs[last].owner == owner {
		runs[last].lines += lines
		return runs
	}
	return append(runs, run{owner, lines})
}

// replace returns the owners after a change by owner.
func replace(before []run, hunks []LineHunk, owner uint32) []run {
	after := make([]run, 0, len(before)+2*len(hunks))
	used := uint32(0) // lines of before[0] that are done with
	take := func(lines uint32, isKept bool) {
		for lines > 0 && len(before) > 0 {
			n := min(lines, before[0].lines-used)
			if isKept {
				after = extend(after, before[0].owner, n)
			}
			lines -= n
			if used += n; used == before[0].lines {
				before, used = before[1:], 0
			}
		}
	}
	for _, hunk := range hunks {
		take(hunk.Kept, true)
		take(hunk.Deleted, false)
		after = extend(after, owner, hunk.Added)
	}
	take(^uint32(0), true)
	return after
}

// complete gives the lines that nobody owns in a to whom they belong in b.
func complete(a, b []run) []run {
	result := make([]run, 0, len(a)+len(b))
	var usedA, usedB uint32
	for len(a) > 0 && len(b) > 0 {
		n := min(a[0].lines-usedA, b[0].lines-usedB)
		owner := a[0].owner
		if owner == sources.None {
			owner = b[0].owner
		}
		result = extend(result, owner, n)
		if usedA += n; usedA == a[0].lines {
			a, usedA = a[1:], 0
		}
		if usedB += n; usedB == b[0].lines {
			b, usedB = b[1:], 0
		}
	}
	return result
}

// replay returns the owners of the lines of each file.
func (l *lineage) replay(files []headFile) [][]run {
	order := l.inOrder()
	for _, number := range order {
		for _, from := range l.versions[number].from {
			l.versions[l.find(from)].uses++
		}
	}
	for _, file := range files {
		l.versions[l.find(file.version)].uses++ // never freed
	}
	first := firstHunks(l.history.Lines)
	for _, number := range order {
		v := &l.versions[number]
		author := l.history.Commits[v.commit].Author
		if v.isMerge {
			v.state = l.merge(v, author)
		} else {
			var before []run
			if len(v.from) > 0 {
				before = l.versions[l.find(v.from[0])].state
			}
			v.state = replace(before, l.history.Hunks[first[v.change]:first[v.change+1]], author)
		}
		for _, from := range v.from {
			source := &l.versions[l.find(from)]
			if source.uses--; source.uses == 0 {
				source.state = nil
			}
		}
	}
	states := make([][]run, len(files))
	for i, file := range files {
		states[i] = l.versions[l.find(file.version)].state
	}
	return states
}

// merge gives each line to the first parent that has it, and the others to the author of the merge.
func (l *lineage) merge(v *version, author uint32) []run {
	var state []run
	for i, o := range l.merged[v.change].origins {
		var before []run
		if i < len(v.from) {
			before = l.versions[l.find(v.from[i])].state
		}
		lines := replace(before, o.hunks, sources.None)
		if i == 0 {
			state = lines
		} else {
			state = complete(state, lines)
		}
	}
	var result []run
	for _, r := range state {
		if r.owner == sources.None {
			r.owner = author
		}
		result = extend(result, r.owner, r.lines)
	}
	return result
}

// tally sums up the lines of each owner; nil where they are not as many as the file has, because
// content was missing on the way.
func (l *lineage) tally(runs []run, lines int) []sources.LineOwner {
	byOwner := map[uint32]int32{}
	total := 0
	for _, r := range runs {
		byOwner[r.owner] += int32(r.lines)
		total += int(r.lines)
	}
	if total != lines {
		return nil
	}
	owners := make([]sources.LineOwner, 0, len(byOwner))
	for owner, count := range byOwner {
		owners = append(owners, sources.LineOwner{Person: owner, Lines: count})
	}
	slices.SortFunc(owners, func(a, b sources.LineOwner) int { return cmp.Compare(a.Person, b.Person) })
	return owners
}
