package objects

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Directory is the Database of an objects directory and its alternates. Packs stay open until
// Close, also those that git removes meanwhile.
type Directory struct {
	path       string
	options    Options
	places     []place
	alternates []Alternate
	closed     atomic.Bool

	packs  atomic.Pointer[[]*pack] // newest first; the slice is replaced, never changed
	mutex  sync.Mutex              // guards what follows
	opened map[string]*pack        // by path of the index
	scans  []scan                  // one for each of places
	hasty  int                     // scans made only because a directory had just changed
}

// place is one objects directory.
type place struct{ path string }

// scan remembers when the packs of a place were listed.
type scan struct{ made, modified time.Time }

const (
	// Within this time a directory may change without its time changing, as file systems count.
	timeGrain = 2 * time.Second
	// mostHastyScans bounds listing again for that reason, should a clock be wrong.
	mostHastyScans = 64
)

// Open opens the objects of a repository: objectsDirectory is .git/objects, or objects of a bare
// repository. It opens all packs, so a damaged or unreadable one is an error that names it
// (ErrDamaged, ErrUnsupported, or the system's error). The Database is a *Directory.
func Open(objectsDirectory string, options Options) (Database, error) {
	if !isObjectsDirectory(objectsDirectory) {
		return nil, fmt.Errorf("%s: not a git objects directory: it has neither pack nor loose objects", objectsDirectory)
	}
	d := &Directory{path: objectsDirectory, options: options, opened: map[string]*pack{}}
	d.places, d.alternates = resolveAlternates(objectsDirectory, options)
	d.scans = make([]scan, len(d.places))
	d.packs.Store(&[]*pack{})
	if err := d.scan(); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Alternates lists the object directories outside the repository that its alternates name, in the
// order in which they are searched, with those that are not read and why.
func (d *Directory) Alternates() []Alternate { return slices.Clone(d.alternates) }

// Reader returns a new reader for one goroutine.
func (d *Directory) Reader() Reader {
	r := &packReader{directory: d, packs: *d.packs.Load()}
	r.unpacker = unpacker{
		maximum:  d.options.maximumSize(),
		findBase: r.base,
		cache:    newBaseCache(d.options.cacheBytes()),
	}
	return r
}

// Close releases files and memory. Readers return ErrClosed afterwards; none may be in a call.
func (d *Directory) Close() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.closed.Swap(true) {
		return nil
	}
	var problems []error
	for _, p := range d.opened {
		problems = append(problems, p.close())
	}
	d.opened = nil
	return errors.Join(problems...)
}

// newerThan returns the packs if they are others than those given, after looking for new ones where
// a directory has changed since the last look; else nil.
func (d *Directory) newerThan(known []*pack) ([]*pack, error) {
	if packs := *d.packs.Load(); !slices.Equal(packs, known) {
		return packs, nil
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.closed.Load() {
		return nil, ErrClosed
	}
	if d.mayHaveChanged() {
		if err := d.scan(); err != nil {
			return nil, err
		}
	}
	if packs := *d.packs.Load(); !slices.Equal(packs, known) {
		return packs, nil
	}
	return nil, nil
}

func (d *Directory) mayHaveChanged() bool {
	for i, place := range d.places {
		info, err := os.Stat(filepath.Join(place.path, "pack"))
		if err != nil {
			continue
		}
		last := d.scans[i]
		if !info.ModTime().Equal(last.modified) {
			return true
		}
		if last.made.Sub(last.modified) < timeGrain && d.hasty < mostHastyScans {
			d.hasty++
			return true
		}
	}
	return false
}

// scan lists the packs of all places and opens those that are new.
func (d *Directory) scan() error {
	for i, place := range d.places {
		directory := filepath.Join(place.path, "pack")
		d.scans[i].made = time.Now()
		info, err := os.Stat(directory)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		d.scans[i].modified = info.ModTime()
		entries, err := os.ReadDir(directory)
		if err != nil {
			return err
		}
		if err := d.openNew(directory, entries); err != nil {
			return err
		}
	}
	packs := make([]*pack, 0, len(d.opened))
	for _, p := range d.opened {
		packs = append(packs, p)
	}
	slices.SortFunc(packs, func(a, b *pack) int {
		return cmp.Or(b.modified.Compare(a.modified), strings.Compare(a.contents.path, b.contents.path))
	})
	if !slices.Equal(packs, *d.packs.Load()) {
		d.packs.Store(&packs)
	}
	return nil
}

func (d *Directory) openNew(directory string, entries []fs.DirEntry) error {
	for _, entry := range entries {
		name := entry.Name()
		if name == "multi-pack-index" {
			if err := d.checkCovered(directory, entries); err != nil {
				return err
			}
		}
		path := filepath.Join(directory, name)
		if !strings.HasPrefix(name, "pack-") || !strings.HasSuffix(name, ".idx") || d.opened[path] != nil {
			continue
		}
		p, err := openPack(uint32(len(d.opened)+1), path, d.options)
		if isGone(err) {
			continue // an index left without its pack, or both just repacked
		}
		if err != nil {
			return err
		}
		if info, err := os.Stat(p.contents.path); err == nil {
			p.modified = info.ModTime()
		}
		d.opened[path] = p
	}
	return nil
}

// checkCovered refuses packs that only a multi-pack-index lists: without it their objects would
// silently be missing. Git itself always keeps the packs' own indices.
func (d *Directory) checkCovered(directory string, entries []fs.DirEntry) error {
	names := make(map[string]bool, len(entries))
	for _, entry := range entries {
		names[entry.Name()] = true
	}
	for _, entry := range entries {
		base, isPack := strings.CutSuffix(entry.Name(), ".pack")
		if isPack && strings.HasPrefix(base, "pack-") && !names[base+".idx"] {
			return unsupportedFile(filepath.Join(directory, entry.Name()),
				"it has no index of its own, only a multi-pack-index; run git index-pack on it")
		}
	}
	return nil
}
