package git

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"keyperson/sources"
	"keyperson/sources/git/objects"
)

// largestShallow bounds the list of commits at which a shallow clone ends, in bytes.
const largestShallow = 64 << 20

// readShallow returns the commits at which the history of a shallow clone ends; nil when it is whole.
func readShallow(common string) (map[Hash]bool, error) {
	path := filepath.Join(common, "shallow")
	data, err := readSmallFile(path, largestShallow)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("git: read %s: %w", path, err)
	}
	var shallow map[Hash]bool
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		id, ok := parseHash(line)
		if !ok {
			return nil, fmt.Errorf("git: read %s: %w: line %q is no commit id", path, ErrDamaged, line)
		}
		if shallow == nil {
			shallow = map[Hash]bool{}
		}
		shallow[id] = true
	}
	return shallow, nil
}

func parseHash(text []byte) (Hash, bool) {
	var id Hash
	if len(text) != 2*len(id) {
		return id, false
	}
	_, err := hex.Decode(id[:], text)
	return id, err == nil
}

// Condition returns what is unusual about the repository as a whole, whatever revision is read:
// shallow-clone (fatal), partial-clone, replaced-objects, grafted-history,
// alternate-objects and refused-alternates.
func (r *Repository) Condition() []sources.Finding {
	var findings []sources.Finding
	add := func(finding sources.Finding) {
		finding.Repository = r.label
		findings = append(findings, finding)
	}
	if len(r.shallow) > 0 {
		add(sources.Finding{
			Code: "shallow-clone", Severity: sources.Fatal, Count: len(r.shallow),
			Message: "the clone is shallow: the history before it was cut off is not here, so whoever wrote most of the code cannot be seen",
			Advice:  "run git fetch --unshallow, in CI ask the checkout step for the full depth",
		})
	}
	if r.promised || r.hasPromisorPack() {
		add(sources.Finding{
			Code:    "partial-clone",
			Message: "the clone is partial: objects left out are not fetched, and renames with edits of missing files are not seen",
			Advice:  "for a complete reading run git fetch --refetch --no-filter",
		})
	}
	if count := r.replacements(); count > 0 {
		add(sources.Finding{
			Code: "replaced-objects", Count: count,
			Message: "objects are replaced under refs/replace; the original ones are read",
			Advice:  "to see the same with git, run it with --no-replace-objects",
		})
	}
	if info, err := os.Stat(filepath.Join(r.location.commonDirectory, "info", "grafts")); err == nil && info.Size() > 0 {
		add(sources.Finding{
			Code:    "grafted-history",
			Message: "info/grafts changes the parents of commits; the parents written in the commits are read",
			Advice:  "to make a graft part of the history, use git replace --convert-graft-file and git filter-repo",
		})
	}
	read, refused := r.alternates()
	if len(read) > 0 {
		add(sources.Finding{
			Code: "alternate-objects", Count: len(read),
			Message: "objects are also read from " + strings.Join(read, ", "),
		})
	}
	if len(refused) > 0 {
		add(sources.Finding{
			Code: "refused-alternates", Count: len(refused),
			Message: "object directories that the repository borrows from are not read: " + strings.Join(refused, ", "),
			Advice:  "check objects/info/alternates, or copy the objects here with git repack -a -d",
		})
	}
	return findings
}

func (r *Repository) hasPromisorPack() bool {
	found, err := filepath.Glob(filepath.Join(escapeGlob(r.location.commonDirectory), "objects", "pack", "*.promisor"))
	return err == nil && len(found) > 0
}

// escapeGlob makes a path match only itself.
func escapeGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// replacements counts the references under refs/replace, loose and packed. go-git would read all references
// of the repository for it, each loose one from its file.
func (r *Repository) replacements() int {
	const prefix = "refs/replace/"
	names := map[string]bool{}
	// What cannot be read here is reported when a revision is resolved.
	entries, _ := os.ReadDir(filepath.Join(r.location.commonDirectory, filepath.FromSlash(prefix)))
	for _, entry := range entries {
		names[entry.Name()] = true
	}
	packed, err := os.Open(filepath.Join(r.location.commonDirectory, "packed-refs"))
	if err != nil {
		return len(names)
	}
	defer packed.Close()
	for lines := bufio.NewScanner(packed); lines.Scan(); {
		if _, name, ok := bytes.Cut(lines.Bytes(), []byte(" "+prefix)); ok {
			names[string(name)] = true
		}
	}
	return len(names)
}

// alternates lists the object directories that the repository borrows from, and those it names that
// are not read. go-git does not tell: the GoGit backend reports none.
func (r *Repository) alternates() (read, refused []string) {
	database, ok := r.database.(*objects.Directory)
	if !ok {
		return nil, nil
	}
	for _, alternate := range database.Alternates() {
		if alternate.Refused == nil {
			read = append(read, alternate.Path)
			continue
		}
		refused = append(refused, alternate.Path+" ("+alternate.Refused.Error()+")")
	}
	return read, refused
}
