package git

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// Backend says what reads the objects. Both give the same answers.
type Backend uint8

// The backends.
const (
	Packed Backend = iota // the reader of package objects, made for whole histories
	GoGit                 // go-git's storage: slower, and independent of the first
)

// OpenOptions changes how a repository is opened. The zero value is right for most.
type OpenOptions struct {
	Label             string   // short name for findings; "" takes the directory's name
	Backend           Backend  // what reads the objects
	AllowedAlternates []string // when not nil, the only object directories outside the repository that are read
}

// Repository is one git repository, open for reading. It may be used from several goroutines.
type Repository struct {
	label    string
	path     string
	location location
	promised bool
	shallow  map[Hash]bool // commits whose parents a shallow clone left out

	storage     *filesystem.Storage // references, and the objects of the GoGit backend
	database    objects.Database
	options     OpenOptions
	mostChanges int64     // that one reading may find, and records that it may become
	mostNamed   int64     // beside namedForEach on each change
	idle        sync.Pool // of objects.Reader: each has caches that are dear to set up for one object
}

// borrow returns a reader for the caller alone, until it is given back.
func (r *Repository) borrow() (reader objects.Reader, giveBack func()) {
	reader, ok := r.idle.Get().(objects.Reader)
	if !ok {
		reader = r.database.Reader()
	}
	return reader, func() { r.idle.Put(reader) }
}

// Open opens the repository that path is in: a work tree or any directory in one, a linked work tree,
// a bare repository or a .git directory. It returns ErrNotRepository, ErrUnsupported for formats this
// package would misread (SHA-256 object names, reftable), and ErrDamaged.
func Open(path string, options OpenOptions) (*Repository, error) {
	found, err := discover(path)
	if err != nil {
		return nil, err
	}
	configuration, err := readConfig(found.commonDirectory)
	if err != nil {
		return nil, err
	}
	if err := checkFormat(path, configuration); err != nil {
		return nil, err
	}
	r := &Repository{
		label:       options.Label,
		path:        path,
		location:    found,
		promised:    isPromised(configuration),
		storage:     openStorage(found),
		options:     options,
		mostChanges: mostOfHistory,
		mostNamed:   mostOfTrailers,
	}
	if r.label == "" {
		r.label = labelOf(found)
	}
	if r.shallow, err = readShallow(found.commonDirectory); err != nil {
		return nil, err
	}
	if r.database, err = r.openObjects(deltaCacheBytes); err != nil {
		return nil, errors.Join(fmt.Errorf("git: open the objects of %s: %w", path, asDamaged(err)), r.storage.Close())
	}
	return r, nil
}

// openStorage opens go-git's view of the repository.
func openStorage(found location) *filesystem.Storage {
	root := osfs.New("/", osfs.WithBoundOS())
	return filesystem.NewStorageWithOptions(
		dotgit.NewRepositoryFilesystem(
			osfs.New(found.gitDirectory, osfs.WithBoundOS()),
			osfs.New(found.commonDirectory, osfs.WithBoundOS())),
		cache.NewObjectLRU(32*cache.MiByte),
		filesystem.Options{KeepDescriptors: true, AlternatesFS: root})
}

func (r *Repository) openObjects(cacheBytes int) (objects.Database, error) {
	if r.options.Backend == GoGit {
		return objects.OpenGoGit(r.storage), nil
	}
	return objects.Open(filepath.Join(r.location.commonDirectory, "objects"), objects.Options{
		AllowedAlternates: r.options.AllowedAlternates,
		CacheBytes:        cacheBytes,
	})
}

// labelOf names a repository after the directory that people know it by.
func labelOf(found location) string {
	if found.workTree != "" {
		return filepath.Base(found.workTree)
	}
	name := filepath.Base(found.gitDirectory)
	if trimmed := name[:len(name)-len(filepath.Ext(name))]; filepath.Ext(name) == ".git" && trimmed != "" {
		return trimmed
	}
	return name
}

// Close releases files and memory. Snapshots of the repository cannot be read afterwards.
func (r *Repository) Close() error {
	return errors.Join(r.database.Close(), r.storage.Close())
}

// Label returns the short name used in findings.
func (r *Repository) Label() string { return r.label }

// Path returns the path the repository was opened by.
func (r *Repository) Path() string { return r.path }

// WorkTree returns the absolute path of the work tree, "" for a bare repository.
func (r *Repository) WorkTree() string { return r.location.workTree }

// Directory returns the absolute path of the git directory that all work trees of the repository
// share: what is kept about its history can be kept under this name.
func (r *Repository) Directory() string { return r.location.commonDirectory }

// Message returns the message of a commit, in UTF-8 where the commit names an encoding that is known.
func (r *Repository) Message(commit Hash) (string, error) {
	reader, giveBack := r.borrow()
	defer giveBack()
	content, err := readCommit(reader, commit)
	if err != nil {
		return "", err
	}
	parsed, err := parseCommit(content)
	if err != nil {
		return "", fmt.Errorf("git: commit %s: %w", commit, err)
	}
	return string(inUTF8(parsed.encoding, parsed.message)), nil
}

// readCommit reads the content of a commit.
func readCommit(reader objects.Reader, id Hash) ([]byte, error) {
	kind, content, err := reader.Read(id, largestCommit)
	if err != nil {
		return nil, fmt.Errorf("git: read commit %s: %w", id, asDamaged(err))
	}
	if kind != objects.Commit {
		return nil, fmt.Errorf("git: read commit %s: %w: the object is a %s", id, ErrDamaged, kind)
	}
	return content, nil
}

// asDamaged marks what package objects found missing or broken where a repository has to have it.
func asDamaged(err error) error {
	switch {
	case errors.Is(err, objects.ErrUnsupported):
		return fmt.Errorf("%w: %w", ErrUnsupported, err)
	case errors.Is(err, objects.ErrMissing):
		return fmt.Errorf("%w: %w; run git fetch, or git fsck to see what else is lost", ErrDamaged, err)
	case errors.Is(err, objects.ErrDamaged), errors.Is(err, objects.ErrTooLarge):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

// asMissing is asDamaged where a partial clone may lack the object.
func asMissing(err error) error {
	if errors.Is(err, objects.ErrMissing) {
		return fmt.Errorf("%w: %w", sources.ErrMissing, err)
	}
	return asDamaged(err)
}

// zeroHash is the id that git gives to nothing.
var zeroHash = plumbing.ZeroHash
