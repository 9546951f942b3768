package git

import (
	"bytes"
	"fmt"
	"strings"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// Versions reads what files held in the commits of a repository. One Versions belongs to one goroutine, and is of
// use until the repository is closed.
type Versions struct {
	reader   objects.Reader
	ancestry map[Hash]rawAncestry // of the last few commits asked for
}

// rawAncestry is where a commit's files and its first parent are.
type rawAncestry struct {
	tree, parent Hash // parent is zero for a first commit
}

// mostRememberedCommits bounds the memory for commits: the files of one are asked for together.
const mostRememberedCommits = 64

// Versions returns a reader of old versions.
func (r *Repository) Versions() *Versions {
	return &Versions{reader: r.database.Reader(), ancestry: map[Hash]rawAncestry{}}
}

// At returns the content of a regular file in a commit, which is named in hexadecimal. It returns sources.ErrNoFile
// where the commit has no such file, sources.ErrTooLarge for content over limit bytes, sources.ErrMissing where the
// clone lacks it or a directory above it, and ErrDamaged. The content may be kept.
func (v *Versions) At(commit, path string, limit int64) ([]byte, error) {
	found, err := v.lookUp(commit)
	if err != nil {
		return nil, err
	}
	return v.read(found.tree, commit, path, limit)
}

// Before is At for the commit's first parent; it returns sources.ErrNoFile for a first commit.
func (v *Versions) Before(commit, path string, limit int64) ([]byte, error) {
	found, err := v.lookUp(commit)
	if err != nil {
		return nil, err
	}
	if found.parent == zeroHash {
		return nil, fmt.Errorf("git: read %s before %s: %w", path, commit, sources.ErrNoFile)
	}
	return v.At(found.parent.String(), path, limit)
}

func (v *Versions) lookUp(commit string) (rawAncestry, error) {
	id, ok := parseHash([]byte(commit))
	if !ok {
		return rawAncestry{}, fmt.Errorf("git: %w %q", ErrUnknownRevision, commit)
	}
	if found, ok := v.ancestry[id]; ok {
		return found, nil
	}
	content, err := readCommit(v.reader, id)
	if err != nil {
		return rawAncestry{}, err
	}
	raw, _, err := parseAncestry(content)
	if err != nil {
		return rawAncestry{}, fmt.Errorf("git: commit %s: %w", commit, err)
	}
	found := rawAncestry{tree: raw.tree}
	if len(raw.parents) > 0 {
		found.parent, _ = parseHash(raw.parents[:2*len(Hash{})]) // checked while parsing
	}
	if len(v.ancestry) == mostRememberedCommits {
		clear(v.ancestry)
	}
	v.ancestry[id] = found
	return found, nil
}

// read follows a path through the trees.
func (v *Versions) read(tree Hash, commit, path string, limit int64) ([]byte, error) {
	fail := func(err error) ([]byte, error) {
		return nil, fmt.Errorf("git: read %s in %s: %w", path, commit, asMissing(err))
	}
	at, isTree := entry{id: tree}, true
	for name := range strings.SplitSeq(path, "/") {
		if !isTree {
			return fail(sources.ErrNoFile)
		}
		kind, content, err := v.reader.Read(at.id, largestTree)
		if err != nil {
			return fail(err)
		}
		if kind != objects.Tree {
			return fail(fmt.Errorf("%w: object %s should be a tree and is a %s", ErrDamaged, at.id, kind))
		}
		found, err := entryNamed(content, name)
		if err != nil {
			return fail(err)
		}
		at, isTree = found, found.isTree()
	}
	if at.mode != modeRegular && at.mode != modeExecutable {
		return fail(sources.ErrNoFile)
	}
	_, size, err := v.reader.Size(at.id)
	if err == nil && size > limit {
		return fail(fmt.Errorf("%w: %d bytes", sources.ErrTooLarge, size))
	}
	var content []byte
	if err == nil {
		_, content, err = v.reader.Read(at.id, limit)
	}
	if err != nil {
		return fail(err)
	}
	return append([]byte(nil), content...), nil
}

// entryNamed finds an entry of a tree; sources.ErrNoFile where there is none.
func entryNamed(content []byte, name string) (entry, error) {
	for len(content) > 0 {
		e, length := nextEntry(content)
		if length == 0 {
			return entry{}, errMalformedTree
		}
		if string(e.name) == name {
			e.name = bytes.Clone(e.name)
			return e, nil
		}
		content = content[length:]
	}
	return entry{}, sources.ErrNoFile
}
