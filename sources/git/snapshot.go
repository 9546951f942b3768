package git

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// mostOfSnapshot bounds the files and directories of a snapshot.
const mostOfSnapshot = 5_000_000

// Snapshot is the files of one commit. It implements sources.Snapshot, and may be used from several
// goroutines until the repository is closed.
type Snapshot struct {
	label   string
	files   []sources.SnapshotFile
	blobs   []SnapshotEntry
	refused int  // entries with names that no file system should be asked for
	partial bool // a tree was missing

	mutex  sync.Mutex
	reader objects.Reader
}

// SnapshotEntry is what git knows of a snapshot's file.
type SnapshotEntry struct {
	Mode uint32 // git's canonical mode
	Blob Hash   // of a submodule: the commit
}

// Snapshot lists the files of a commit. Entries named like ".git" or "..", which no git client would
// write to disk, are left out and counted in Findings. Missing directories of a partial clone are
// left out too.
func (r *Repository) Snapshot(commit Hash) (*Snapshot, error) {
	reader := r.database.Reader()
	content, err := readCommit(reader, commit)
	if err != nil {
		return nil, err
	}
	raw, _, err := parseAncestry(content)
	if err != nil {
		return nil, fmt.Errorf("git: commit %s: %w", commit, err)
	}
	s := &Snapshot{label: r.label, reader: reader}
	l := listing{Snapshot: s, root: raw.tree}
	if err := l.list(raw.tree, "", 0); err != nil {
		return nil, fmt.Errorf("git: list the files of commit %s: %w", commit, asDamaged(err))
	}
	s.sort()
	return s, nil
}

// isHostileName holds for names that git itself refuses to check out, on every system: those of directories around it,
// and those that are .git, or its short name, to the file system of Windows.
func isHostileName(name string) bool {
	if name == "." || name == ".." || strings.Contains(name, "/") {
		return true
	}
	for _, reserved := range []string{".git", "git~1"} {
		if len(name) >= len(reserved) && strings.EqualFold(name[:len(reserved)], reserved) && endsOnWindows(name[len(reserved):]) {
			return true
		}
	}
	return false
}

// endsOnWindows holds for what Windows drops from the end of a name, or takes for the beginning of another.
func endsOnWindows(rest string) bool {
	rest = strings.TrimLeft(rest, " .")
	return rest == "" || rest[0] == '\\' || rest[0] == ':'
}

func fileMode(mode uint32) sources.FileMode {
	switch mode {
	case modeExecutable:
		return sources.Executable
	case modeLink:
		return sources.SymbolicLink
	case modeSubmodule:
		return sources.Submodule
	}
	return sources.Regular
}

// sort puts the files in the order of their paths. A malformed tree may have a path twice; the first
// stays.
func (s *Snapshot) sort() {
	order := make([]int, len(s.files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return strings.Compare(s.files[i].Path, s.files[j].Path) })
	files := make([]sources.SnapshotFile, 0, len(order))
	blobs := make([]SnapshotEntry, 0, len(order))
	for _, i := range order {
		if len(files) > 0 && files[len(files)-1].Path == s.files[i].Path {
			s.refused++
			continue
		}
		files = append(files, s.files[i])
		blobs = append(blobs, s.blobs[i])
	}
	s.files, s.blobs = files, blobs
}

// Files returns all files, sorted by path bytewise. The slice must not be changed.
func (s *Snapshot) Files() []sources.SnapshotFile { return s.files }

// Entry returns mode and object id of Files()[i].
func (s *Snapshot) Entry(i int) SnapshotEntry { return s.blobs[i] }

// Read returns the content of a regular file. It returns sources.ErrNoFile for any other path,
// sources.ErrTooLarge for content over limit bytes, sources.ErrMissing where the clone lacks it, and ErrDamaged.
func (s *Snapshot) Read(path string, limit int64) ([]byte, error) {
	i, ok := s.find(path)
	if !ok {
		return nil, fmt.Errorf("git: read %s: %w", path, sources.ErrNoFile)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	kind, size, err := s.reader.Size(s.blobs[i].Blob)
	if err == nil && limit < size {
		return nil, fmt.Errorf("git: read %s: %w: %d bytes", path, sources.ErrTooLarge, size)
	}
	var content []byte
	if err == nil {
		kind, content, err = s.reader.Read(s.blobs[i].Blob, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("git: read %s: %w", path, asMissing(err))
	}
	if kind != objects.Blob {
		return nil, fmt.Errorf("git: read %s: %w: the object is a %s", path, ErrDamaged, kind)
	}
	return append([]byte(nil), content...), nil
}

// find returns the place of a regular file.
func (s *Snapshot) find(path string) (int, bool) {
	i, ok := slices.BinarySearchFunc(s.files, path, func(file sources.SnapshotFile, path string) int {
		return strings.Compare(file.Path, path)
	})
	return i, ok && s.files[i].Mode <= sources.Executable
}

// ContentID returns the id of a regular file's blob; false for any other path.
func (s *Snapshot) ContentID(path string) (id [20]byte, ok bool) {
	i, ok := s.find(path)
	if !ok {
		return id, false
	}
	return s.blobs[i].Blob, true
}

// Findings returns what was wrong with the files as a whole: hostile-names and missing-directories.
func (s *Snapshot) Findings() []sources.Finding {
	var findings []sources.Finding
	if s.refused > 0 {
		findings = append(findings, sources.Finding{
			Code: "hostile-names", Repository: s.label, Count: s.refused,
			Message: "the revision has entries with names that git refuses to check out; they were left out",
			Advice:  "run git fsck to see them",
		})
	}
	if s.partial {
		findings = append(findings, sources.Finding{
			Code: "missing-directories", Severity: sources.Fatal, Repository: s.label,
			Message: "directories of the revision are missing from this clone; the files in them are not assessed",
			Advice:  "run git fetch --refetch --no-filter",
		})
	}
	return findings
}
