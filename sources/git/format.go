package git

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/config"
)

// largestConfig bounds a repository's configuration file, in bytes.
const largestConfig = 16 << 20

// readConfig reads the repository's own configuration. Files it includes are not read, and nothing
// in it is ever run.
func readConfig(common string) (*config.Config, error) {
	path := filepath.Join(common, "config")
	parsed := config.New()
	data, err := readSmallFile(path, largestConfig)
	if errors.Is(err, fs.ErrNotExist) {
		return parsed, nil // git, too, reads such a repository
	}
	if err != nil {
		return nil, fmt.Errorf("git: read configuration: %w", err)
	}
	if err := config.NewDecoder(bytes.NewReader(data)).Decode(parsed); err != nil {
		return nil, fmt.Errorf("git: %s: %w: %w; repair it with git config --edit", path, ErrDamaged, err)
	}
	return parsed, nil
}

// harmlessExtensions are those that change nothing for a reader of objects and references.
var harmlessExtensions = map[string]bool{
	"noop": true, "noop-v1": true, "preciousobjects": true, "partialclone": true,
	"worktreeconfig": true, "relativeworktrees": true, "compatobjectformat": true,
}

// checkFormat refuses repositories that this package would misread, by git's own rule: version 1
// makes every extension it names binding.
func checkFormat(path string, parsed *config.Config) error {
	version := 0
	if text := parsed.Section("core").Option("repositoryformatversion"); text != "" {
		number, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("git: open %s: %w: core.repositoryformatversion is %q", path, ErrDamaged, text)
		}
		version = number
	}
	if version > 1 {
		return fmt.Errorf("git: open %s: %w: repository format version %d; versions 0 and 1 are read", path, ErrUnsupported, version)
	}
	for _, option := range parsed.Section("extensions").Options {
		name, value := strings.ToLower(option.Key), strings.ToLower(option.Value)
		switch {
		case name == "objectformat" && value == "sha1", name == "refstorage" && value == "files":
		case name == "objectformat":
			return fmt.Errorf("git: open %s: %w: its objects are named by %s; only SHA-1 repositories are read, so convert a copy with git fast-export and git fast-import", path, ErrUnsupported, value)
		case name == "refstorage":
			return fmt.Errorf("git: open %s: %w: its references are kept as %s; make a copy with git clone --ref-format=files", path, ErrUnsupported, value)
		case version == 1 && !harmlessExtensions[name]:
			return fmt.Errorf("git: open %s: %w: it needs the extension %q, which is not known here", path, ErrUnsupported, option.Key)
		}
	}
	return nil
}

// isPromised reports whether the configuration makes this a partial clone, whose missing objects are
// promised by a remote.
func isPromised(parsed *config.Config) bool {
	if parsed.Section("extensions").Option("partialclone") != "" {
		return true
	}
	for _, remote := range parsed.Section("remote").Subsections {
		if isTrue(remote.Option("promisor")) || remote.Option("partialclonefilter") != "" {
			return true
		}
	}
	return false
}

func isTrue(value string) bool {
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}
