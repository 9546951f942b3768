package objects

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Alternate is an objects directory outside the repository that it borrows from.
type Alternate struct {
	Path     string // absolute
	ListedIn string // the objects/info/alternates file that names it
	Refused  error  // why it is not read; nil when it is
}

// ErrRefused says that an alternate was left out because of Options.
var ErrRefused = errors.New("alternate refused")

const (
	deepestAlternate   = 5 // as git: an alternate's alternate's … beyond that is ignored
	mostAlternates     = 256
	mostAlternateBytes = 1 << 20
)

// alternateSearch follows the alternates of a repository. As in git, what an alternate itself lists
// comes right behind it.
type alternateSearch struct {
	options    Options
	places     []place
	alternates []Alternate
	seen       map[string]bool // real paths
}

// resolveAlternates returns the objects directory and those it borrows from, each once.
func resolveAlternates(objectsDirectory string, options Options) ([]place, []Alternate) {
	s := &alternateSearch{options: options, seen: map[string]bool{}}
	s.seen[realPath(objectsDirectory)] = true
	s.places = []place{{objectsDirectory}}
	s.follow(objectsDirectory, 0)
	return s.places, s.alternates
}

func (s *alternateSearch) follow(directory string, depth int) {
	list := filepath.Join(directory, "info", "alternates")
	text, err := readSmall(list, mostAlternateBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		s.alternates = append(s.alternates, Alternate{ListedIn: list, Refused: err})
		return
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		path := alternatePath(line)
		if path == "" {
			continue
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(directory, path)
		}
		if absolute, err := filepath.Abs(path); err == nil {
			path = absolute
		}
		real := realPath(path)
		if s.seen[real] {
			continue
		}
		s.seen[real] = true
		refused := s.refusal(path, real, depth)
		s.alternates = append(s.alternates, Alternate{Path: path, ListedIn: list, Refused: refused})
		if len(s.alternates) > mostAlternates {
			return
		}
		if refused == nil {
			s.places = append(s.places, place{path})
			s.follow(path, depth+1)
		}
	}
}

// refusal says why an alternate is not read, or nil.
func (s *alternateSearch) refusal(path, real string, depth int) error {
	switch {
	case s.options.NoAlternates:
		return fmt.Errorf("%w: alternates are switched off", ErrRefused)
	case s.options.AllowedAlternates != nil && !s.isAllowed(real):
		return fmt.Errorf("%w: it is not among the allowed ones", ErrRefused)
	case depth > deepestAlternate:
		return fmt.Errorf("%w: alternates nested more than %d deep are ignored, as git does", ErrRefused, deepestAlternate)
	case len(s.alternates) >= mostAlternates:
		return fmt.Errorf("%w: more than %d alternates", ErrRefused, mostAlternates)
	case !isObjectsDirectory(path):
		return fmt.Errorf("%s: not a git objects directory, or not there; mend or remove its line", path)
	}
	return nil
}

func (s *alternateSearch) isAllowed(real string) bool {
	for _, allowed := range s.options.AllowedAlternates {
		if realPath(allowed) == real {
			return true
		}
	}
	return false
}

// alternatePath reads one line of an alternates file: a comment, a path, or a path quoted as in C.
func alternatePath(line string) string {
	if strings.HasPrefix(line, "#") {
		return ""
	}
	if strings.HasPrefix(line, `"`) {
		if path, err := strconv.Unquote(line); err == nil {
			return path
		}
	}
	if strings.ContainsRune(line, 0) {
		return ""
	}
	return line
}

// isObjectsDirectory says whether a directory looks like one of git's, so that a list cannot make
// us look into just any directory. An empty pack or info folder, or a folder of loose objects, will do.
func isObjectsDirectory(path string) bool {
	names := []string{"pack", "info"}
	for i := range 256 {
		names = append(names, fmt.Sprintf("%02x", i))
	}
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(path, name)); err == nil && info.IsDir() {
			return true
		}
	}
	return false
}

// realPath resolves symbolic links as far as that is possible.
func realPath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return filepath.Clean(path)
}

// readSmall reads a regular file of at most limit bytes.
func readSmall(path string, limit int64) ([]byte, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if size > limit {
		return nil, damagedFile(path, "%d bytes are too many for such a file", size)
	}
	return io.ReadAll(io.LimitReader(file, limit))
}
