package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"keyperson/sources"
	"keyperson/sources/git/linediff"
	"keyperson/sources/git/objects"
)

// mergedPath is a path in which a merge differs from its first parent.
type mergedPath struct {
	path    string
	blob    Hash
	origins []origin // the only one that is identical, or all parents that have the file
}

// origin is where a parent of a merge has a file.
type origin struct {
	parent uint32 // index into History.Commits
	path   string
	blob   Hash
	hunks  []LineHunk // from there to the merge
}

// isTaken reports whether the merge took the file from a parent as it is.
func (p *mergedPath) isTaken() bool { return len(p.origins) == 1 && p.origins[0].blob == p.blob }

// mergeReader finds out what merges took from where. It belongs to one worker.
type mergeReader struct {
	*comparer
	history *History
}

func newMergeReader(database objects.Database, history *History) *mergeReader {
	return &mergeReader{newComparer(0, database, history.RenameLimit, false), history}
}

// readMerges returns for each commit, none but merges having any, the paths in which it differs from
// its first parent, and which parents have them by the same name.
func (r *Repository) readMerges(ctx context.Context, history *History, workers int, gaps *gaps) (map[uint32][]mergedPath, error) {
	var merges []uint32
	for i := range history.Commits {
		if len(history.Commits[i].Parents) > 1 {
			merges = append(merges, uint32(i))
		}
	}
	found := make([][]mergedPath, len(merges))
	err := inParallel(ctx, workers, len(merges), func() func(int) error {
		m := newMergeReader(r.database, history)
		return func(i int) error {
			paths, err := m.read(merges[i])
			if errors.Is(err, objects.ErrMissing) {
				return gaps.ignore(err) // a partial clone: the first parent's files are as good a guess as any
			}
			found[i] = paths
			return err
		}
	})
	byCommit := make(map[uint32][]mergedPath, len(merges))
	for i, commit := range merges {
		byCommit[commit] = found[i]
	}
	return byCommit, err
}

func (m *mergeReader) treeOf(commit uint32) (Hash, error) {
	_, content, err := m.reader.Read(m.history.Commits[commit].Hash, largestCommit)
	if err != nil {
		return zeroHash, err
	}
	raw, _, err := parseAncestry(content)
	return raw.tree, err
}

func (m *mergeReader) read(merge uint32) ([]mergedPath, error) {
	tree, err := m.treeOf(merge)
	if err != nil {
		return nil, err
	}
	parents := m.history.Commits[merge].Parents
	trees := make([]Hash, len(parents))
	for i, parent := range parents {
		if trees[i], err = m.treeOf(parent); err != nil {
			return nil, err
		}
	}
	if err := m.diff.compare(trees[0], tree); err != nil {
		return nil, err
	}
	var paths []mergedPath
	for _, change := range m.diff.changes {
		if change.action == sources.Deleted {
			continue
		}
		p := mergedPath{path: m.paths.strings[change.path], blob: change.newBlob}
		if change.action != sources.Added {
			p.origins = append(p.origins, origin{parent: parents[0], path: p.path, blob: change.oldBlob})
		}
		paths = append(paths, p)
	}
	for i := range paths {
		if err := m.findByName(&paths[i], parents, trees); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

// findByName adds the parents beyond the first that have the file by the same name.
func (m *mergeReader) findByName(p *mergedPath, parents []uint32, trees []Hash) error {
	for i := 1; i < len(parents); i++ {
		m.diff.trees.begin()
		blob, err := m.find(trees[i], []byte(p.path))
		if err != nil {
			return err
		}
		if blob == p.blob {
			p.origins = []origin{{parent: parents[i], path: p.path, blob: blob}}
			return nil
		}
		if !blob.IsZero() {
			p.origins = append(p.origins, origin{parent: parents[i], path: p.path, blob: blob})
		}
	}
	return nil
}

// find returns the blob at a path of a tree, zero when there is no file.
func (m *mergeReader) find(tree Hash, path []byte) (Hash, error) {
	for {
		content, err := m.diff.trees.read(tree)
		if err != nil {
			return zeroHash, fmt.Errorf("tree %s: %w", tree, err)
		}
		name, rest, isDirectory := bytes.Cut(path, []byte{'/'})
		e, ok, err := findEntry(content, name)
		if err != nil || !ok || e.isTree() != isDirectory {
			return zeroHash, err
		}
		if !isDirectory {
			return e.id, nil
		}
		tree, path = e.id, rest
	}
}

func findEntry(content, name []byte) (entry, bool, error) {
	for len(content) > 0 {
		length := entryLength(content)
		if length == 0 {
			return entry{}, false, errMalformedTree
		}
		end := length - len(Hash{}) - 1
		if end >= len(name) && bytes.Equal(content[end-len(name):end], name) {
			if e, n := nextEntry(content); n > 0 && bytes.Equal(e.name, name) {
				return e, true, nil
			}
		}
		content = content[length:]
	}
	return entry{}, false, nil
}

// findRenamed completes the origins of files of a merge with those that a parent has by another name. Renames are
// dear: only files that matter are to be asked for.
func (m *mergeReader) findRenamed(merge uint32, paths []*mergedPath) error {
	for _, parent := range m.history.Commits[merge].Parents {
		isLacking := func(p *mergedPath) bool {
			return !p.isTaken() && !slices.ContainsFunc(p.origins, func(o origin) bool { return o.parent == parent })
		}
		lacking := slices.DeleteFunc(slices.Clone(paths), func(p *mergedPath) bool { return !isLacking(p) })
		if len(lacking) == 0 {
			continue
		}
		before, err := m.treeOf(parent)
		if err != nil {
			return err
		}
		after, err := m.treeOf(merge)
		if err != nil {
			return err
		}
		if err := m.findRenamedFrom(parent, before, after, lacking); err != nil {
			return err
		}
	}
	return nil
}

func (m *mergeReader) findRenamedFrom(parent uint32, before, after Hash, lacking []*mergedPath) error {
	if err := m.diff.compare(before, after); err != nil {
		return err
	}
	isLacking := make(map[string]bool, len(lacking))
	for _, p := range lacking {
		isLacking[p.path] = true
	}
	if _, err := m.detectRenamesOf(func(path string) bool { return isLacking[path] }); err != nil || len(m.fate) == 0 {
		return err
	}
	renamed := map[string]*pathChange{}
	for i := range m.diff.changes {
		if source := m.fate[i].source; source != sources.None {
			renamed[m.paths.strings[m.diff.changes[i].path]] = &m.diff.changes[source]
		}
	}
	for _, p := range lacking {
		old := renamed[p.path]
		if old == nil {
			continue
		}
		from := origin{parent: parent, path: m.paths.strings[old.path], blob: old.oldBlob}
		if from.blob == p.blob {
			p.origins = []origin{from}
		} else {
			p.origins = append(p.origins, from)
		}
	}
	return nil
}

// compareMerged fills in the hunks of merged files that differ from all parents, those only that the
// lineage found in use.
func (r *Repository) compareMerged(ctx context.Context, l *lineage, workers int, gaps *gaps) error {
	// The versions of one file are deltas of each other. Their place in l.merged must not change.
	byPath := slices.Clone(l.merged)
	slices.SortStableFunc(byPath, func(a, b *mergedPath) int { return cmp.Compare(a.path, b.path) })
	return r.withContent(func(database objects.Database) error {
		return compareAllMerged(ctx, byPath, database, workers, gaps)
	})
}

func compareAllMerged(ctx context.Context, merged []*mergedPath, database objects.Database, workers int, gaps *gaps) error {
	return inParallel(ctx, workers, len(merged), func() func(int) error {
		reader := database.Reader()
		var differ linediff.Differ
		var after []byte
		return func(i int) error {
			p := merged[i]
			_, content, err := reader.Read(p.blob, largestBlob)
			if err != nil {
				return gaps.ignore(err)
			}
			after = append(after[:0], content...)
			if len(p.origins) == 0 {
				p.origins = []origin{{parent: sources.None, hunks: []LineHunk{{Added: uint32(linediff.Lines(after))}}}}
				return nil
			}
			for j := range p.origins {
				_, before, err := reader.Read(p.origins[j].blob, largestBlob)
				if err != nil {
					return gaps.ignore(err)
				}
				p.origins[j].hunks = appendHunks(nil, differ.Hunks(before, after))
			}
			return nil
		}
	})
}
