package git

import (
	"errors"
	"fmt"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

var errSnapshotTooLarge = fmt.Errorf("%w: there are more than %d files and directories, or their paths take more than %d bytes",
	ErrUnsupported, mostOfSnapshot, mostPathBytes)

// listing fills a snapshot with the files of a tree.
type listing struct {
	*Snapshot
	root  Hash
	steps int // files and directories so far
	bytes int // of their paths
	// isCounted holds once it is known that the listing ends within its bounds.
	isCounted bool
}

// list adds the files of a tree and of the trees in it.
func (l *listing) list(tree Hash, prefix string, depth int) error {
	if depth > deepestTree {
		return errTooDeep
	}
	// As when trees are compared, a listing that becomes large is first counted as a whole, each directory once.
	if l.steps >= suspicious && !l.isCounted {
		if _, err := l.count(l.root, map[Hash]int{}, 0); err != nil {
			return err
		}
		l.isCounted = true
	}
	content, err := l.content(tree)
	if err != nil {
		return err
	}
	type directory struct {
		name string
		id   Hash
	}
	var directories []directory
	for len(content) > 0 {
		e, length := nextEntry(content)
		if length == 0 {
			return fmt.Errorf("tree %s: %w", tree, errMalformedTree)
		}
		content = content[length:]
		name := string(e.name)
		if isHostileName(name) || len(prefix)+len(name) > longestPath {
			l.refused++
			continue
		}
		l.steps++
		l.bytes += len(prefix) + len(name)
		if l.steps > mostOfSnapshot || l.bytes > mostPathBytes {
			return errSnapshotTooLarge
		}
		if e.isTree() {
			directories = append(directories, directory{name, e.id})
			continue
		}
		l.files = append(l.files, sources.SnapshotFile{Path: prefix + name, Mode: fileMode(e.mode)})
		l.blobs = append(l.blobs, SnapshotEntry{e.mode, e.id})
	}
	for _, d := range directories {
		if err := l.list(d.id, prefix+d.name+"/", depth+1); err != nil {
			return err
		}
	}
	return nil
}

// content reads a tree; one that is missing is empty.
func (l *listing) content(tree Hash) ([]byte, error) {
	kind, content, err := l.reader.Read(tree, largestTree)
	if errors.Is(err, objects.ErrMissing) {
		l.partial = true
		return nil, nil
	}
	if err == nil && kind != objects.Tree {
		err = fmt.Errorf("%w: object %s should be a tree and is a %s", ErrDamaged, tree, kind)
	}
	return content, err
}

// count returns how many files and directories are below a tree, and an error where those are too many.
func (l *listing) count(tree Hash, counted map[Hash]int, depth int) (int, error) {
	if steps, ok := counted[tree]; ok {
		return steps, nil
	}
	if depth > deepestTree {
		return 0, errTooDeep
	}
	content, err := l.content(tree)
	if err != nil {
		return 0, err
	}
	content = append([]byte(nil), content...) // the reader's own, until it is asked again
	steps := 0
	for len(content) > 0 {
		e, length := nextEntry(content)
		if length == 0 {
			return 0, fmt.Errorf("tree %s: %w", tree, errMalformedTree)
		}
		content = content[length:]
		steps++
		if e.isTree() {
			below, err := l.count(e.id, counted, depth+1)
			if err != nil {
				return 0, err
			}
			steps += below
		}
		if steps > mostOfSnapshot {
			return 0, errSnapshotTooLarge
		}
	}
	counted[tree] = steps
	return steps, nil
}
