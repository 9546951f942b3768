package git

import (
	"container/heap"
	"context"
	"fmt"
	"sync/atomic"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// walkedCommit is a commit as the walk found it. Its number is the order of discovery.
type walkedCommit struct {
	id           Hash
	tree         Hash // zero where a prior history knew the commit and nothing needed its tree
	firstParent  uint32
	parentCount  uint32 // the parents are walk.parents[firstParent:][:parentCount]
	author       uint32 // index into walk.people
	authorTime   int64
	commitTime   int64
	firstTrailer uint32
	trailerCount uint32
	firstMention uint32
	mentionCount uint32
	prior        uint32 // index into the prior history's commits, sources.None where it is to be read
}

// walkedTrailer is a person named in a commit's message.
type walkedTrailer struct {
	person uint32 // index into walk.people
	kind   sources.Kind
}

// comparison is the work of reading what one commit changed.
type comparison struct {
	commit        uint32 // number of the commit in the walk
	before, after Hash   // trees; zero is the empty one
}

// comparisonsPerBatch is how many neighbouring commits one worker gets at a time. They share most of
// their trees, so a worker's cache is worth more the longer its stretch of history.
const comparisonsPerBatch = 192

// walk finds all commits reachable from one, newest first, and hands out comparisons on its way. It
// runs in one goroutine; others may read it when it is done.
type walk struct {
	reader  objects.Reader
	shallow map[Hash]bool
	prior   *priorHistory // nil when there is none

	numbers  map[Hash]uint32
	commits  []walkedCommit
	parents  []uint32
	trailers []walkedTrailer
	mentions []walkedMention
	people   []sources.Identity
	persons  map[sources.Identity]uint32

	pending walkQueue
	batch   []comparison
	planned atomic.Int64 // comparisons handed out, for whoever watches the progress
}

func newWalk(reader objects.Reader, shallow map[Hash]bool, prior *priorHistory) *walk {
	w := &walk{
		reader: reader, shallow: shallow, prior: prior,
		numbers: map[Hash]uint32{}, persons: map[sources.Identity]uint32{},
	}
	w.pending.walk = w
	return w
}

// run walks from head and gives batches of comparisons to emit, which returns an error to stop.
func (w *walk) run(ctx context.Context, head Hash, emit func([]comparison) error) error {
	if err := w.discover(head); err != nil {
		return err
	}
	for done := 0; len(w.pending.numbers) > 0; done++ {
		if done%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number := heap.Pop(&w.pending).(uint32)
		if err := w.visit(number); err != nil {
			return err
		}
		if len(w.batch) == comparisonsPerBatch {
			if err := emit(w.batch); err != nil {
				return err
			}
			w.batch = nil
		}
	}
	if len(w.batch) > 0 {
		return emit(w.batch)
	}
	return nil
}

// visit discovers the parents of a commit and plans its comparison.
func (w *walk) visit(number uint32) error {
	for i := range w.commits[number].parentCount {
		// The ids of parents were noted as numbers of commits that may not have been read yet.
		parent := w.parents[w.commits[number].firstParent+i]
		if w.commits[parent].isUnread() {
			if err := w.read(parent); err != nil {
				return fmt.Errorf("parent of commit %s: %w", w.commits[number].id, err)
			}
		}
	}
	commit := &w.commits[number]
	if commit.prior != sources.None || commit.parentCount > 1 {
		return nil
	}
	var before Hash
	if commit.parentCount == 1 {
		parent := w.parents[commit.firstParent]
		tree, err := w.treeOf(parent)
		if err != nil {
			return err
		}
		before = tree
	}
	commit = &w.commits[number]
	if w.batch == nil {
		w.batch = make([]comparison, 0, comparisonsPerBatch)
	}
	w.planned.Add(1)
	w.batch = append(w.batch, comparison{number, before, commit.tree})
	return nil
}

// unread marks a commit of which only the id is known.
const unread = ^uint32(0)

func (c *walkedCommit) isUnread() bool { return c.author == unread }

// number returns the number of a commit, a new one where it was not met before.
func (w *walk) number(id Hash) uint32 {
	if number, ok := w.numbers[id]; ok {
		return number
	}
	number := uint32(len(w.commits))
	w.numbers[id] = number
	w.commits = append(w.commits, walkedCommit{id: id, author: unread, prior: sources.None})
	return number
}

func (w *walk) discover(id Hash) error { return w.read(w.number(id)) }

// read fills in a commit, from the prior history or else from the repository, and queues it.
func (w *walk) read(number uint32) error {
	id := w.commits[number].id
	if known, ok := w.prior.find(id); ok && !w.shallow[id] {
		w.copyPrior(number, known)
	} else if err := w.readObject(number); err != nil {
		return err
	}
	heap.Push(&w.pending, number)
	return nil
}

func (w *walk) readObject(number uint32) error {
	id := w.commits[number].id
	content, err := readCommit(w.reader, id)
	if err != nil {
		return err
	}
	raw, err := parseCommit(content)
	if err != nil {
		return fmt.Errorf("git: commit %s: %w", id, err)
	}
	c := walkedCommit{
		id: id, tree: raw.tree, prior: sources.None,
		author:     w.person(&raw.author, raw.encoding),
		authorTime: raw.author.time, commitTime: raw.time,
		firstParent: uint32(len(w.parents)), firstTrailer: uint32(len(w.trailers)),
	}
	if !w.shallow[id] {
		c.parentCount = uint32(raw.parentCount())
		for i := range raw.parentCount() {
			w.parents = append(w.parents, w.number(raw.parent(i)))
		}
	}
	message := inUTF8(raw.encoding, raw.message)
	trailers := trailerLines(message)
	for _, named := range trailerPeople(trailers) {
		w.trailers = append(w.trailers, walkedTrailer{w.personOf(named.identity), named.kind})
		c.trailerCount++
	}
	w.mention(&c, message, trailers)
	w.commits[number] = c
	return nil
}

// treeOf returns the tree of a commit, which a prior history does not tell.
func (w *walk) treeOf(number uint32) (Hash, error) {
	commit := &w.commits[number]
	if !commit.tree.IsZero() {
		return commit.tree, nil
	}
	content, err := readCommit(w.reader, commit.id)
	if err != nil {
		return zeroHash, err
	}
	raw, _, err := parseAncestry(content)
	if err != nil {
		return zeroHash, fmt.Errorf("git: commit %s: %w", commit.id, err)
	}
	commit.tree = raw.tree
	return raw.tree, nil
}

// person returns the index of an author, without allocating for one met before.
func (w *walk) person(author *rawSignature, encoding []byte) uint32 {
	if len(encoding) > 0 {
		return w.personOf(author.identity(encoding))
	}
	if index, ok := w.persons[sources.Identity{Name: string(author.name), Address: string(author.address)}]; ok {
		return index
	}
	return w.personOf(author.identity(nil))
}

func (w *walk) personOf(identity sources.Identity) uint32 {
	if index, ok := w.persons[identity]; ok {
		return index
	}
	index := uint32(len(w.people))
	w.persons[identity] = index
	w.people = append(w.people, identity)
	return index
}

// walkQueue holds commits whose parents were not looked at yet, the newest on top.
type walkQueue struct {
	walk    *walk
	numbers []uint32
}

func (q *walkQueue) Len() int { return len(q.numbers) }

func (q *walkQueue) Less(i, j int) bool {
	a, b := &q.walk.commits[q.numbers[i]], &q.walk.commits[q.numbers[j]]
	if a.commitTime != b.commitTime {
		return a.commitTime > b.commitTime
	}
	return q.numbers[i] < q.numbers[j]
}

func (q *walkQueue) Swap(i, j int) { q.numbers[i], q.numbers[j] = q.numbers[j], q.numbers[i] }

// Push is part of heap.Interface.
func (q *walkQueue) Push(number any) { q.numbers = append(q.numbers, number.(uint32)) }

// Pop is part of heap.Interface.
func (q *walkQueue) Pop() any {
	last := len(q.numbers) - 1
	number := q.numbers[last]
	q.numbers = q.numbers[:last]
	return number
}
