package git

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"

	"keyperson/sources/git/objects"
)

// Resolve returns the commit that a revision names: HEAD ("" or "@"), a branch, a tag, a remote
// branch, a full or abbreviated commit id, or what git describe prints, each with any number of ~N
// and ^N behind it. It returns ErrUnborn when HEAD has no commit yet, and ErrUnknownRevision with
// the names that come near.
func (r *Repository) Resolve(revision string) (Hash, error) {
	base, steps, err := splitRevision(revision)
	if err != nil {
		return zeroHash, fmt.Errorf("git: %w %q: %w", ErrUnknownRevision, revision, err)
	}
	reader, giveBack := r.borrow()
	defer giveBack()
	id, err := r.resolveBase(reader, base)
	if err != nil {
		return zeroHash, err
	}
	id, err = peel(reader, id)
	if err != nil {
		return zeroHash, fmt.Errorf("git: revision %q: %w", revision, err)
	}
	for _, step := range steps {
		if id, err = r.ancestor(reader, id, step); err != nil {
			return zeroHash, fmt.Errorf("git: revision %q: %w", revision, err)
		}
	}
	return id, nil
}

// ancestryStep is one suffix of a revision: to the n-th parent, or n times to the first one.
type ancestryStep struct {
	count       int
	isNthParent bool
}

// splitRevision takes the suffixes off a revision.
func splitRevision(revision string) (base string, steps []ancestryStep, err error) {
	end := strings.IndexAny(revision, "~^")
	if end < 0 {
		return revision, nil, nil
	}
	base, suffixes := revision[:end], revision[end:]
	for len(suffixes) > 0 {
		if rest, ok := cutPeeling(suffixes); ok {
			suffixes = rest
			continue
		}
		digits := 1
		for digits < len(suffixes) && suffixes[digits] >= '0' && suffixes[digits] <= '9' {
			digits++
		}
		step := ancestryStep{count: 1, isNthParent: suffixes[0] == '^'}
		if suffixes[0] != '~' && suffixes[0] != '^' {
			return "", nil, fmt.Errorf("%q is no suffix like ~2 or ^1", suffixes)
		}
		if digits > 1 {
			if step.count, err = strconv.Atoi(suffixes[1:digits]); err != nil {
				return "", nil, err
			}
		}
		steps = append(steps, step)
		suffixes = suffixes[digits:]
	}
	return base, steps, nil
}

func cutPeeling(suffixes string) (string, bool) {
	if rest, ok := strings.CutPrefix(suffixes, "^{}"); ok {
		return rest, true
	}
	return strings.CutPrefix(suffixes, "^{commit}")
}

// resolveBase finds the object that a revision without suffixes names, in git's order of preference.
func (r *Repository) resolveBase(reader objects.Reader, base string) (Hash, error) {
	if base == "" || base == "@" || base == "HEAD" {
		return r.resolveHead()
	}
	if id, ok := parseHash([]byte(base)); ok {
		if has, err := reader.Has(id); err == nil && has {
			return id, nil
		}
		return zeroHash, fmt.Errorf("git: %w %s: %s has no such object; run git fetch if it is newer than the clone", ErrUnknownRevision, base, r.label)
	}
	for _, rule := range plumbing.RefRevParseRules {
		name := plumbing.ReferenceName(fmt.Sprintf(rule, base))
		if !name.IsSafe() || name.Validate() != nil {
			continue
		}
		if reference, err := storer.ResolveReference(r.storage, name); err == nil {
			return r.held(reference)
		}
	}
	return r.resolveAbbreviation(reader, base)
}

func (r *Repository) resolveHead() (Hash, error) {
	head, err := r.storage.Reference(plumbing.HEAD)
	if err != nil {
		return zeroHash, fmt.Errorf("git: read HEAD of %s: %w: %w", r.path, ErrDamaged, err)
	}
	target, err := storer.ResolveReference(r.storage, plumbing.HEAD)
	if errors.Is(err, plumbing.ErrReferenceNotFound) {
		return zeroHash, fmt.Errorf("git: %s is on the branch %q, which has %w; make a commit, or name another revision", r.path, head.Target().Short(), ErrUnborn)
	}
	if err != nil {
		return zeroHash, fmt.Errorf("git: follow HEAD of %s: %w: %w", r.path, ErrDamaged, err)
	}
	return r.held(target)
}

// held returns the commit id that a reference holds; ErrDamaged where its file holds something else, of which go-git makes
// an id all the same.
func (r *Repository) held(reference *plumbing.Reference) (Hash, error) {
	name := filepath.FromSlash(reference.Name().String())
	isID := !reference.Hash().IsZero()
	for _, directory := range []string{r.location.gitDirectory, r.location.commonDirectory} {
		if !filepath.IsLocal(name) {
			break
		}
		if text, err := readPointer(filepath.Join(directory, name)); err == nil { // else it is packed, or shared by work trees
			_, isWritten := parseHash([]byte(text))
			isID = isID && isWritten
			break
		}
	}
	if !isID {
		return zeroHash, fmt.Errorf("git: %s of %s: %w: it does not hold a commit id; git reflog may know the last one", reference.Name(), r.path, ErrDamaged)
	}
	return reference.Hash(), nil
}

func (r *Repository) resolveAbbreviation(reader objects.Reader, base string) (Hash, error) {
	digits := base
	if i := strings.LastIndex(base, "-g"); i > 0 {
		digits = base[i+2:] // as git describe writes it
	}
	found, err := reader.Expand(strings.ToLower(digits))
	if err != nil && !errors.Is(err, objects.ErrPrefix) {
		return zeroHash, fmt.Errorf("git: revision %q: %w", base, asDamaged(err))
	}
	var commits []Hash
	for _, id := range found {
		if kind, _, err := reader.Size(id); err == nil && (kind == objects.Commit || kind == objects.Tag) {
			commits = append(commits, id)
		}
	}
	switch len(commits) {
	case 1:
		return commits[0], nil
	case 0:
		return zeroHash, fmt.Errorf("git: %w %q in %s%s", ErrUnknownRevision, base, r.label, r.suggest(base))
	}
	return zeroHash, fmt.Errorf("git: %w %q in %s: %d commits begin so, %s and %s among them; write more digits",
		ErrUnknownRevision, base, r.label, len(commits), commits[0], commits[1])
}

// mostTags bounds a chain of tags that point at tags.
const mostTags = 64

// peel follows tags to the commit they point at.
func peel(reader objects.Reader, id Hash) (Hash, error) {
	for range mostTags {
		kind, content, err := reader.Read(id, largestCommit)
		if err != nil {
			return zeroHash, asDamaged(err)
		}
		switch kind {
		case objects.Commit:
			return id, nil
		case objects.Tag:
			line, _ := cutLine(content)
			target, ok := parseHash([]byte(strings.TrimPrefix(string(line), "object ")))
			if !ok {
				return zeroHash, fmt.Errorf("%w: tag %s points at nothing", ErrDamaged, id)
			}
			id = target
		default:
			return zeroHash, fmt.Errorf("%w: object %s is a %s, not a commit", ErrUnknownRevision, id, kind)
		}
	}
	return zeroHash, fmt.Errorf("%w: more than %d tags point at each other", ErrDamaged, mostTags)
}

func (r *Repository) ancestor(reader objects.Reader, id Hash, step ancestryStep) (Hash, error) {
	if step.isNthParent {
		if step.count == 0 {
			return id, nil
		}
		return r.parent(reader, id, step.count)
	}
	for range step.count {
		var err error
		if id, err = r.parent(reader, id, 1); err != nil {
			return zeroHash, err
		}
	}
	return id, nil
}

// parent returns the n-th parent of a commit, counted from 1.
func (r *Repository) parent(reader objects.Reader, id Hash, n int) (Hash, error) {
	content, err := readCommit(reader, id)
	if err != nil {
		return zeroHash, err
	}
	raw, err := parseCommit(content)
	if err != nil {
		return zeroHash, fmt.Errorf("commit %s: %w", id, err)
	}
	count := raw.parentCount()
	if r.shallow[id] {
		count = 0
	}
	if n > count {
		return zeroHash, fmt.Errorf("%w: commit %s has %d parents", ErrUnknownRevision, id, count)
	}
	return raw.parent(n - 1), nil
}

// farPast bounds how many commits further down the line RevisionAt looks for ones that were made after the date.
const farPast = 100

// RevisionAt returns the newest commit on the first-parent line of head that was made by a date, told from commit times;
// ErrUnknownRevision when there is none. A commit whose clock was wrong neither ends the search, where those below it
// are newer than the date, nor extends it: the line is cut where the fewest commit times contradict the cut, further
// down among equals.
func (r *Repository) RevisionAt(ctx context.Context, head Hash, at time.Time) (Hash, error) {
	reader, giveBack := r.borrow()
	defer giveBack()
	limit := at.Unix()
	// For a cut above id, how many commits above are newer than the date, less how many are not. The first commit below
	// the best cut so far is found.
	balance, best, found := 0, 0, head
	for id := head; ; {
		if ctx.Err() != nil {
			return zeroHash, ctx.Err()
		}
		content, err := readCommit(reader, id)
		if err != nil {
			return zeroHash, err
		}
		raw, err := parseCommit(content)
		if err != nil {
			return zeroHash, fmt.Errorf("git: commit %s: %w", id, err)
		}
		if balance >= best {
			best, found = balance, id
		}
		if raw.time > limit {
			balance++
		} else {
			balance--
		}
		if balance < best-farPast {
			return found, nil
		}
		if raw.parentCount() == 0 || r.shallow[id] {
			if balance < best {
				return found, nil
			}
			return zeroHash, fmt.Errorf("git: %s has no commit up to %s (%w): its first was made on %s; look from a later day",
				r.label, at.UTC().Format(time.DateOnly), ErrUnknownRevision, time.Unix(raw.time, 0).UTC().Format(time.DateOnly))
		}
		id = raw.parent(0)
	}
}
