package git

import (
	"bytes"
	"fmt"
	"sync/atomic"

	"keyperson/sources"
)

// Bounds on one comparison, against trees that are made to exhaust memory.
const (
	deepestTree  = 2000
	longestPath  = 64 << 10
	mostOfCommit = 5_000_000 // changed paths of one commit, and directories that these are in
	suspicious   = 50_000    // of them, from which on a comparison is counted before it goes on
	// mostOfHistory bounds the changed paths of all commits together, each once more for everyone whom its commit names,
	// which stay in memory. The largest public histories, of over a million commits, have less than a third.
	mostOfHistory = 50_000_000
	// mostOfTrailers bounds how many people are named on changed paths, beside namedForEach on each path: a message that
	// names 256 people costs nothing, and they become a record for each path.
	mostOfTrailers = 5_000_000
	namedForEach   = 3
)

var (
	errTooDeep        = fmt.Errorf("%w: directories are nested more than %d deep", ErrUnsupported, deepestTree)
	errCommitTooLarge = fmt.Errorf("%w: one commit changes more than %d paths and directories", ErrUnsupported, mostOfCommit)
)

// pathChange is a path that two trees differ in.
type pathChange struct {
	path             uint32 // index into the worker's paths
	action           sources.Action
	oldMode, newMode uint32
	oldBlob, newBlob Hash
}

// treeDiff compares trees. It belongs to one worker.
type treeDiff struct {
	trees   *treeCache
	paths   *internTable
	changes []pathChange
	path    []byte // of the directory being compared, with a slash at the end unless it is the root
	depth   int

	left  *atomic.Int64 // changes that may still be found in all the history; nil for any number
	steps int           // of this comparison so far: paths and directories
	roots [2]Hash       // what it compares
	// counted is how many steps pairs of trees take, in a comparison that only counts; else nil.
	counted map[[2]Hash]int
}

// compare lists in changes the paths that differ between two trees, in the order of `git log --raw`.
// The zero id stands for the empty tree.
func (d *treeDiff) compare(before, after Hash) error {
	d.changes, d.path, d.depth, d.steps = d.changes[:0], d.path[:0], 0, 0
	d.roots = [2]Hash{before, after}
	d.trees.begin()
	err := d.compareTrees(before, after)
	if err == nil && d.left != nil && d.left.Add(-int64(len(d.changes))) < 0 {
		return fmt.Errorf("%w: the history changes more paths in all than fit into memory", ErrUnsupported)
	}
	return err
}

// step counts one path or directory. One directory can stand in a tree a thousand times, and in each of those a
// thousand others, at no cost to whoever made it; so a comparison that becomes large is first counted as a whole, each
// pair of directories once, which costs no more than the trees there are.
func (d *treeDiff) step(count int) error {
	before := d.steps
	d.steps += count
	switch {
	case d.steps > mostOfCommit:
		return errCommitTooLarge
	case d.counted == nil && before < suspicious && d.steps >= suspicious:
		counting := treeDiff{trees: d.trees, counted: map[[2]Hash]int{}}
		return counting.compareTrees(d.roots[0], d.roots[1])
	}
	return nil
}

func (d *treeDiff) content(id Hash) ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	content, err := d.trees.read(id)
	if err != nil {
		return nil, fmt.Errorf("tree %s of directory %q: %w", id, d.path, err)
	}
	return content, nil
}

func (d *treeDiff) compareTrees(before, after Hash) error {
	if before == after {
		return nil
	}
	if d.depth++; d.depth > deepestTree {
		return errTooDeep
	}
	defer func() { d.depth-- }()
	if steps, ok := d.counted[[2]Hash{before, after}]; ok {
		return d.step(steps)
	}
	start := d.steps
	a, err := d.content(before)
	if err != nil {
		return err
	}
	b, err := d.content(after)
	if err != nil {
		return err
	}
	// Going over large directories takes its time whether anything in them differs or not.
	if err := d.step(1 + (len(a)+len(b))>>12); err != nil {
		return err
	}
	if err := d.compareContents(a, b); err != nil {
		return err
	}
	if d.counted != nil {
		d.counted[[2]Hash{before, after}] = d.steps - start
	}
	return nil
}

// compareContents compares the entries of two trees.
func (d *treeDiff) compareContents(a, b []byte) (err error) {
	for {
		if len(a) == len(b) && bytes.Equal(a, b) {
			return nil // most often the rest of both, behind the one entry that differs
		}
		if a, b, err = skipEqual(a, b); err != nil {
			return err
		}
		if len(a) == 0 && len(b) == 0 {
			return nil
		}
		if a, b, err = d.first(a, b); err != nil {
			return err
		}
	}
}

// first compares the first entries of two trees and returns what follows.
func (d *treeDiff) first(a, b []byte) (restA, restB []byte, err error) {
	var old, new entry
	var oldLength, newLength int
	if len(a) > 0 {
		if old, oldLength = nextEntry(a); oldLength == 0 {
			return nil, nil, errMalformedTree
		}
	}
	if len(b) > 0 {
		if new, newLength = nextEntry(b); newLength == 0 {
			return nil, nil, errMalformedTree
		}
	}
	var order int
	switch {
	case len(a) == 0:
		order = 1
	case len(b) == 0:
		order = -1
	default:
		order = compareNames(&old, &new)
	}
	switch {
	case order < 0:
		return a[oldLength:], b, d.only(&old, sources.Deleted)
	case order > 0:
		return a, b[newLength:], d.only(&new, sources.Added)
	}
	return a[oldLength:], b[newLength:], d.both(&old, &new)
}

// only reports an entry that one side lacks, a directory by everything in it.
func (d *treeDiff) only(e *entry, action sources.Action) error {
	if e.isTree() {
		if action == sources.Deleted {
			return d.descend(e.name, e.id, zeroHash)
		}
		return d.descend(e.name, zeroHash, e.id)
	}
	change := pathChange{action: action}
	if action == sources.Deleted {
		change.oldMode, change.oldBlob = e.mode, e.id
	} else {
		change.newMode, change.newBlob = e.mode, e.id
	}
	return d.report(e.name, change)
}

// both reports an entry that both sides have under one name.
func (d *treeDiff) both(old, new *entry) error {
	if old.id == new.id && old.mode == new.mode {
		return nil
	}
	if old.isTree() {
		return d.descend(old.name, old.id, new.id)
	}
	action := sources.Modified
	if old.mode&modeTypeMask != new.mode&modeTypeMask {
		action = sources.TypeChanged
	}
	return d.report(old.name, pathChange{
		action:  action,
		oldMode: old.mode, oldBlob: old.id, newMode: new.mode, newBlob: new.id,
	})
}

func (d *treeDiff) descend(name []byte, before, after Hash) error {
	length := len(d.path)
	d.path = append(append(d.path, name...), '/')
	err := d.compareTrees(before, after)
	d.path = d.path[:length]
	return err
}

func (d *treeDiff) report(name []byte, change pathChange) error {
	if err := d.step(1); err != nil || d.counted != nil {
		return err
	}
	length := len(d.path)
	d.path = append(d.path, name...)
	defer func() { d.path = d.path[:length] }()
	if len(d.path) > longestPath {
		return fmt.Errorf("%w: a path is longer than %d bytes", ErrUnsupported, longestPath)
	}
	id, err := d.paths.add(d.path)
	change.path = id
	d.changes = append(d.changes, change)
	return err
}

// skipEqual drops the entries that both trees begin with. Comparing bytes first and looking for the
// boundaries of entries afterwards in one of the two only is what makes large directories cheap.
func skipEqual(a, b []byte) (restA, restB []byte, err error) {
	equal := commonPrefix(a, b)
	skipped := 0
	for skipped < equal {
		length := entryLength(a[skipped:])
		if length == 0 {
			return nil, nil, errMalformedTree
		}
		if skipped+length > equal {
			break
		}
		skipped += length
	}
	return a[skipped:], b[skipped:], nil
}

// commonPrefix returns how many bytes a and b begin with alike.
func commonPrefix(a, b []byte) int {
	const stride = 256
	shorter := min(len(a), len(b))
	i := 0
	for i+stride <= shorter && bytes.Equal(a[i:i+stride], b[i:i+stride]) {
		i += stride
	}
	for i < shorter && a[i] == b[i] {
		i++
	}
	return i
}
