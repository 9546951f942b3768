package git

import (
	"bytes"
	"cmp"
	"container/heap"
	"slices"

	"keyperson/sources"
)

// noBatch marks a commit that was not compared: a merge, or one taken over from a prior history.
const noBatch = ^uint32(0)

// placedChanges says where the changes of a walked commit are.
type placedChanges struct {
	batch, first, firstHunk uint32
	comparedCommit
}

// assembly puts what a walk and its workers found in the order that a History promises.
type assembly struct {
	*walk
	batches []*comparedBatch
	changes []placedChanges // of each walked commit
	order   []uint32        // numbers of the walk in the order of the history
	places  [][]uint32      // of each worker's paths, then of the prior history's: index into History.Paths
	history *History
}

func assemble(w *walk, batches []*comparedBatch, tables [][]string, lines bool) *History {
	a := &assembly{walk: w, batches: batches, history: &History{}}
	a.placeChanges()
	a.sortCommits()
	a.mergePaths(tables)
	a.mergePeople()
	a.fill(lines)
	return a.history
}

func (a *assembly) placeChanges() {
	a.changes = make([]placedChanges, len(a.commits))
	for i := range a.changes {
		a.changes[i].batch = noBatch
	}
	for i, batch := range a.batches {
		first, firstHunk := uint32(0), uint32(0)
		for _, commit := range batch.commits {
			a.changes[commit.number] = placedChanges{uint32(i), first, firstHunk, commit}
			first += commit.changeCount
			firstHunk += commit.hunkCount
		}
	}
}

// sortCommits orders parents before children; among those that may come next the oldest is taken, of
// the same age the one with the smaller id.
func (a *assembly) sortCommits() {
	missing := make([]uint32, len(a.commits)) // parents that are not in order yet
	firstChild := make([]uint32, len(a.commits)+1)
	for _, parent := range a.parents {
		firstChild[parent+1]++
	}
	for i := range a.commits {
		firstChild[i+1] += firstChild[i]
		missing[i] = a.commits[i].parentCount
	}
	children := make([]uint32, len(a.parents))
	next := slices.Clone(firstChild)
	for i := range a.commits {
		for _, parent := range a.parentsOf(uint32(i)) {
			children[next[parent]] = uint32(i)
			next[parent]++
		}
	}
	ready := &oldestFirst{walk: a.walk}
	for i := range a.commits {
		if missing[i] == 0 {
			heap.Push(ready, uint32(i))
		}
	}
	a.order = make([]uint32, 0, len(a.commits))
	for len(ready.numbers) > 0 {
		number := heap.Pop(ready).(uint32)
		a.order = append(a.order, number)
		for _, child := range children[firstChild[number]:firstChild[number+1]] {
			if missing[child]--; missing[child] == 0 {
				heap.Push(ready, child)
			}
		}
	}
}

func (w *walk) parentsOf(number uint32) []uint32 {
	c := &w.commits[number]
	return w.parents[c.firstParent:][:c.parentCount]
}

// oldestFirst is the queue of commits that may come next.
type oldestFirst struct {
	walk    *walk
	numbers []uint32
}

func (q *oldestFirst) Len() int { return len(q.numbers) }

func (q *oldestFirst) Less(i, j int) bool {
	a, b := &q.walk.commits[q.numbers[i]], &q.walk.commits[q.numbers[j]]
	if a.commitTime != b.commitTime {
		return a.commitTime < b.commitTime
	}
	return bytes.Compare(a.id[:], b.id[:]) < 0
}

func (q *oldestFirst) Swap(i, j int) { q.numbers[i], q.numbers[j] = q.numbers[j], q.numbers[i] }

// Push is part of heap.Interface.
func (q *oldestFirst) Push(number any) { q.numbers = append(q.numbers, number.(uint32)) }

// Pop is part of heap.Interface.
func (q *oldestFirst) Pop() any {
	last := len(q.numbers) - 1
	number := q.numbers[last]
	q.numbers = q.numbers[:last]
	return number
}

// mergePaths makes one sorted table of all paths that changes name, and no others.
func (a *assembly) mergePaths(tables [][]string) {
	used := make([][]bool, len(tables), len(tables)+1)
	for i, table := range tables {
		used[i] = make([]bool, len(table))
	}
	for _, batch := range a.batches {
		markUsed(used[batch.worker], batch.changes)
	}
	if a.prior != nil {
		tables = append(slices.Clone(tables), a.prior.Paths)
		used = append(used, make([]bool, len(a.prior.Paths)))
		for i := range a.commits {
			if known := a.commits[i].prior; known != sources.None {
				changes, _ := a.prior.changes(known)
				markUsed(used[len(used)-1], changes)
			}
		}
	}
	a.history.Paths, a.places = mergeSorted(tables, used)
}

func markUsed(used []bool, changes []Change) {
	for i := range changes {
		used[changes[i].Path] = true
		if changes[i].From != sources.None {
			used[changes[i].From] = true
		}
	}
}

// mergePeople sorts the people and renumbers them.
func (a *assembly) mergePeople() {
	byName := make([]uint32, len(a.people))
	for i := range byName {
		byName[i] = uint32(i)
	}
	slices.SortFunc(byName, func(i, j uint32) int {
		return cmp.Or(cmp.Compare(a.people[i].Name, a.people[j].Name), cmp.Compare(a.people[i].Address, a.people[j].Address))
	})
	place := make([]uint32, len(a.people))
	a.history.People = make([]sources.Identity, len(a.people))
	for i, person := range byName {
		place[person] = uint32(i)
		a.history.People[i] = a.people[person]
	}
	for i := range a.commits {
		a.commits[i].author = place[a.commits[i].author]
	}
	for i := range a.trailers {
		a.trailers[i].person = place[a.trailers[i].person]
	}
}

// fill writes commits, changes and trailers in their final order.
func (a *assembly) fill(lines bool) {
	h := a.history
	place := make([]uint32, len(a.commits))
	for i, number := range a.order {
		place[number] = uint32(i)
	}
	total := 0
	for i := range a.commits {
		if known := a.commits[i].prior; known != sources.None {
			total += int(a.prior.Commits[known].ChangeCount)
		} else {
			total += int(a.changes[i].changeCount)
		}
	}
	h.Commits = make([]Commit, 0, len(a.commits))
	h.Changes = make([]Change, 0, total)
	if lines {
		h.Lines = make([]LineCount, 0, total)
		h.Hunks = []LineHunk{}
	}
	h.Trailers = make([]Trailer, 0, len(a.trailers))
	h.Mentions = make([]Mention, 0, len(a.mentions))
	parents := make([]uint32, 0, len(a.parents))
	for i, number := range a.order {
		c := &a.commits[number]
		first := len(parents)
		for _, parent := range a.parentsOf(number) {
			parents = append(parents, place[parent])
		}
		commit := Commit{
			Hash: c.id, Author: c.author, AuthorTime: c.authorTime, CommitTime: c.commitTime,
			FirstChange: uint32(len(h.Changes)),
		}
		if len(parents) > first {
			commit.Parents = parents[first:len(parents):len(parents)]
		}
		a.fillChanges(number, uint32(i), lines)
		commit.ChangeCount = uint32(len(h.Changes)) - commit.FirstChange
		h.Commits = append(h.Commits, commit)
		for _, trailer := range a.trailers[c.firstTrailer:][:c.trailerCount] {
			h.Trailers = append(h.Trailers, Trailer{Commit: uint32(i), Person: trailer.person, Kind: trailer.kind})
		}
		for _, mention := range a.mentions[c.firstMention:][:c.mentionCount] {
			h.Mentions = append(h.Mentions, Mention{Commit: uint32(i), Kind: mention.kind, Text: mention.text})
		}
	}
}

func (a *assembly) fillChanges(number, commit uint32, lines bool) {
	h := a.history
	if known := a.commits[number].prior; known != sources.None {
		changes, counts := a.prior.changes(known)
		a.appendChanges(changes, a.places[len(a.places)-1])
		if lines {
			h.Lines = append(h.Lines, counts...)
			h.Hunks = append(h.Hunks, a.prior.hunksOf(known)...)
		}
		if a.prior.isSkipped[known] {
			h.RenamesSkipped = append(h.RenamesSkipped, commit)
		}
		return
	}
	placed := &a.changes[number]
	if placed.batch == noBatch {
		return
	}
	batch := a.batches[placed.batch]
	a.appendChanges(batch.changes[placed.first:][:placed.changeCount], a.places[batch.worker])
	if lines {
		h.Lines = append(h.Lines, batch.lines[placed.first:][:placed.changeCount]...)
		h.Hunks = append(h.Hunks, batch.hunks[placed.firstHunk:][:placed.hunkCount]...)
	}
	if placed.renamesSkipped {
		h.RenamesSkipped = append(h.RenamesSkipped, commit)
	}
	if placed.renamesUnknown {
		h.RenamesUnknown = append(h.RenamesUnknown, commit)
	}
	if placed.linesUnknown {
		h.LinesUnknown = append(h.LinesUnknown, commit)
	}
	if placed.unreadable {
		h.Unreadable = append(h.Unreadable, commit)
	}
}

func (a *assembly) appendChanges(changes []Change, places []uint32) {
	for _, change := range changes {
		change.Path = places[change.Path]
		if change.From != sources.None {
			change.From = places[change.From]
		}
		a.history.Changes = append(a.history.Changes, change)
	}
}
