package objects

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
)

// packReader is the Reader of a Directory.
type packReader struct {
	directory *Directory
	packs     []*pack
	recent    int // where in packs the last object was found

	unpacker unpacker
	plain    []byte // a loose object
	name     []byte // of a loose object's file
}

func (r *packReader) Read(id Hash, limit int64) (kind Kind, content []byte, err error) {
	defer r.catchFault(debug.SetPanicOnFault(true), &err)
	maximum := r.directory.options.maximumSize()
	if limit <= 0 || limit > maximum {
		limit = maximum
	}
	p, offset, file, err := r.where(&id)
	if err == nil {
		if p != nil {
			kind, content, err = r.unpacker.unpack(p, offset, limit)
		} else {
			kind, content, err = r.readLoose(file, limit)
		}
	}
	if err == nil && r.directory.options.Verify {
		err = checkName(id, kind, content)
	}
	if err != nil {
		return 0, nil, fmt.Errorf("object %s: %w", id, err)
	}
	return kind, content, nil
}

func (r *packReader) Size(id Hash) (kind Kind, size int64, err error) {
	defer r.catchFault(debug.SetPanicOnFault(true), &err)
	p, offset, file, err := r.where(&id)
	if err == nil {
		if p != nil {
			kind, size, err = r.unpacker.size(p, offset)
		} else {
			kind, size, err = r.looseSize(file)
		}
	}
	if err != nil {
		return 0, 0, fmt.Errorf("object %s: %w", id, err)
	}
	return kind, size, nil
}

func (r *packReader) Has(id Hash) (found bool, err error) {
	defer r.catchFault(debug.SetPanicOnFault(true), &err)
	p, _, file, err := r.where(&id)
	switch {
	case errors.Is(err, ErrMissing):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("object %s: %w", id, err)
	case p == nil:
		return true, file.Close()
	}
	return true, nil
}

func (r *packReader) Position(id Hash) (position Position, ok bool) {
	var err error
	defer r.catchFault(debug.SetPanicOnFault(true), &err)
	if r.directory.closed.Load() {
		return Position{}, false
	}
	p, offset, err := r.locate(&id)
	if err != nil || p == nil {
		return Position{}, false
	}
	return Position{Pack: p.number, Offset: offset}, true
}

func (r *packReader) Expand(prefix string) (ids []Hash, err error) {
	defer r.catchFault(debug.SetPanicOnFault(true), &err)
	wanted, digits, err := parsePrefix(prefix)
	if err != nil {
		return nil, err
	}
	for range 2 {
		if r.directory.closed.Load() {
			return nil, ErrClosed
		}
		for _, p := range r.packs {
			ids = p.index.withPrefix(wanted, digits, ids)
		}
		if ids, err = r.directory.looseWithPrefix(wanted, digits, ids); err != nil {
			return nil, fmt.Errorf("object %s: %w", prefix, err)
		}
		if len(ids) > 0 {
			return sortedIDs(ids), nil
		}
		if isNews, err := r.refresh(); err != nil || !isNews {
			return nil, err
		}
	}
	return nil, nil
}

// where finds an object: in a pack, or as an open file, which the caller must close. It returns
// ErrMissing unwrapped. When the object is nowhere it looks once for packs that are new.
func (r *packReader) where(id *Hash) (p *pack, offset int64, file *os.File, err error) {
	for range 2 {
		if r.directory.closed.Load() {
			return nil, 0, nil, ErrClosed
		}
		if p, offset, err = r.locate(id); p != nil || err != nil {
			return p, offset, nil, err
		}
		if file, err = r.openLoose(id); file != nil || err != nil {
			return nil, 0, file, err
		}
		if isNews, err := r.refresh(); err != nil {
			return nil, 0, nil, err
		} else if !isNews {
			break
		}
	}
	return nil, 0, nil, ErrMissing
}

// locate finds an object in the packs, beginning with the one that had the last.
func (r *packReader) locate(id *Hash) (*pack, int64, error) {
	for i := range r.packs {
		n := r.recent + i
		if n >= len(r.packs) {
			n -= len(r.packs)
		}
		offset, found, err := r.packs[n].locate(id)
		if err != nil {
			return nil, 0, err
		}
		if found {
			r.recent = n
			return r.packs[n], offset, nil
		}
	}
	return nil, 0, nil
}

// refresh takes over packs that appeared since; it tells whether there are any.
func (r *packReader) refresh() (isNews bool, err error) {
	packs, err := r.directory.newerThan(r.packs)
	if err != nil || packs == nil {
		return false, err
	}
	r.packs, r.recent = packs, 0
	return true, nil
}

// base finds the base of a delta anywhere in the repository; the unpacker calls it for bases that
// are not in the delta's own pack.
func (r *packReader) base(id *Hash, limit int64) (*pack, int64, Kind, []byte, error) {
	p, offset, file, err := r.where(id)
	if err != nil || p != nil {
		return p, offset, 0, nil, err
	}
	kind, content, err := r.readLoose(file, limit)
	return nil, 0, kind, content, err
}

// catchFault turns the fault of touching a mapped file that was cut off meanwhile into an error; it
// would otherwise end the program.
func (r *packReader) catchFault(previous bool, err *error) {
	debug.SetPanicOnFault(previous)
	caught := recover()
	if caught == nil {
		return
	}
	fault, ok := caught.(interface {
		error
		Addr() uintptr
	})
	if !ok {
		panic(caught)
	}
	*err = fmt.Errorf("%s: %w: a pack was cut off or its disk failed while it was read (%w); %s",
		r.directory.path, ErrDamaged, fault, adviceFile)
}
