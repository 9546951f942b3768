package objects

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/storer"
)

// goGit is a Database over go-git's storage. That is not safe for several goroutines, so its
// readers take turns.
type goGit struct {
	mutex   sync.Mutex
	storage storer.EncodedObjectStorer
	closed  bool
}

// OpenGoGit reads objects through go-git. A filesystem storage should be opened with
// KeepDescriptors: else it opens the pack anew for every object. The storage stays the caller's to
// close.
func OpenGoGit(storage storer.EncodedObjectStorer) Database { return &goGit{storage: storage} }

func (g *goGit) Reader() Reader { return &goGitReader{database: g} }

func (g *goGit) Close() error {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.closed = true
	return nil
}

// goGitReader is the Reader of a goGit.
type goGitReader struct {
	database *goGit
	content  []byte
}

// object fetches an object. The caller holds the lock.
func (r *goGitReader) object(id Hash) (plumbing.EncodedObject, Kind, error) {
	if r.database.closed {
		return nil, 0, ErrClosed
	}
	object, err := r.database.storage.EncodedObject(plumbing.AnyObject, id)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return nil, 0, fmt.Errorf("object %s: %w", id, ErrMissing)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("object %s: %w: %w; %s", id, ErrDamaged, err, adviceEntry)
	}
	kind := Kind(object.Type())
	if kind < Commit || kind > Tag {
		return nil, 0, fmt.Errorf("object %s: %w: it is of no known kind", id, ErrDamaged)
	}
	return object, kind, nil
}

func (r *goGitReader) Read(id Hash, limit int64) (Kind, []byte, error) {
	r.database.mutex.Lock()
	defer r.database.mutex.Unlock()
	if limit <= 0 || limit > DefaultMaximumSize {
		limit = DefaultMaximumSize
	}
	object, kind, err := r.object(id)
	if err != nil {
		return 0, nil, err
	}
	if object.Size() > limit {
		return 0, nil, fmt.Errorf("object %s: %w", id, tooLarge(object.Size(), limit))
	}
	source, err := object.Reader()
	if err != nil {
		return 0, nil, fmt.Errorf("object %s: %w: %w; %s", id, ErrDamaged, err, adviceEntry)
	}
	defer source.Close()
	r.content = sized(r.content, object.Size())
	if _, err := io.ReadFull(source, r.content); err != nil {
		return 0, nil, fmt.Errorf("object %s: %w: %w; %s", id, ErrDamaged, err, adviceEntry)
	}
	return kind, r.content, nil
}

func (r *goGitReader) Size(id Hash) (Kind, int64, error) {
	r.database.mutex.Lock()
	defer r.database.mutex.Unlock()
	object, kind, err := r.object(id)
	if err != nil {
		return 0, 0, err
	}
	return kind, object.Size(), nil
}

func (r *goGitReader) Has(id Hash) (bool, error) {
	r.database.mutex.Lock()
	defer r.database.mutex.Unlock()
	if r.database.closed {
		return false, ErrClosed
	}
	err := r.database.storage.HasEncodedObject(id)
	if errors.Is(err, plumbing.ErrObjectNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("object %s: %w", id, err)
	}
	return true, nil
}

// Expand goes through all objects: go-git's own search by prefix is offered by only some storages.
func (r *goGitReader) Expand(prefix string) ([]Hash, error) {
	wanted, digits, err := parsePrefix(prefix)
	if err != nil {
		return nil, err
	}
	r.database.mutex.Lock()
	defer r.database.mutex.Unlock()
	if r.database.closed {
		return nil, ErrClosed
	}
	ids, err := r.withPrefix(wanted, digits)
	if err != nil {
		return nil, fmt.Errorf("object %s: %w", prefix, err)
	}
	return sortedIDs(ids), nil
}

func (r *goGitReader) withPrefix(wanted Hash, digits int) (ids []Hash, err error) {
	if search, ok := r.database.storage.(interface {
		HashesWithPrefix(prefix []byte) ([]plumbing.Hash, error)
	}); ok {
		candidates, err := search.HashesWithPrefix(wanted[:digits/2])
		for _, id := range candidates {
			if hasPrefix(id[:], wanted, digits) {
				ids = append(ids, id)
			}
		}
		return ids, err
	}
	all, err := r.database.storage.IterEncodedObjects(plumbing.AnyObject)
	if err != nil {
		return nil, err
	}
	err = all.ForEach(func(object plumbing.EncodedObject) error {
		if id := object.Hash(); hasPrefix(id[:], wanted, digits) {
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

// Position is unknown to go-git.
func (r *goGitReader) Position(Hash) (Position, bool) { return Position{}, false }
