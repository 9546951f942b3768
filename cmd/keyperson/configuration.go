package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"keyperson/analyzer/ranking"
	"keyperson/sources"
	"keyperson/sources/catalog"
	"keyperson/sources/identity"
)

// The files that a team commits to tell Keyperson about itself.
const (
	configFile = "keyperson.yaml"
	aliasFile  = "keyperson-people.yaml"
)

// largestAliasFile is more than package identity takes, so that its message is the one to be read.
const largestAliasFile = 4 << 20

// findConfig reads the configuration: the file given, else keyperson.yaml in the root of the first
// repository's work tree, else that of its revision; without a repository that of the current directory. None at all
// is nothing wrong.
func (r *reading) findConfig(need need) (err error) {
	r.config = &catalog.Config{}
	r.configDirectory = "."
	switch {
	case r.flags.config != "":
		r.configDirectory = filepath.Dir(r.flags.config)
	case len(r.repositories) > 0:
		r.configDirectory = r.repositories[0].WorkTree()
	}
	if need.ignoreConfig {
		return nil
	}
	if r.flags.config != "" {
		r.config, err = catalog.LoadConfig(r.flags.config)
		return asUsage(err)
	}
	data, name, err := r.committed(configFile, largestConfig)
	if errors.Is(err, sources.ErrMissing) {
		r.reportMissing(name, "which systems, tasks and weights are configured")
		return nil
	}
	if err != nil || data == nil {
		return err
	}
	r.config, err = catalog.ParseConfig(name, data)
	return asUsage(err)
}

// largestConfig is more than package catalog takes, so that its message is the one to be read.
const largestConfig = 4 << 20

// findAliases reads the alias file named in the configuration, which must exist then, else
// keyperson-people.yaml beside it, if there is one.
func (r *reading) findAliases(need need) error {
	name, named := aliasFile, r.config.People != ""
	if named {
		name = r.config.People
	}
	var (
		data []byte
		err  error
	)
	if r.configDirectory != "" {
		r.aliasPath = filepath.Join(r.configDirectory, name)
	}
	if r.flags.config != "" {
		data, err = readInside(r.configDirectory, name, largestAliasFile)
	} else {
		data, name, err = r.committed(name, largestAliasFile)
	}
	if errors.Is(err, sources.ErrMissing) {
		r.reportMissing(name, "which names are one person")
		return nil
	}
	if err != nil {
		return err
	}
	if data == nil {
		if named && !need.newAliases {
			return usage("%s, named under people in the configuration, does not exist; keyperson people --write makes it", name)
		}
		return nil
	}
	r.aliases, err = identity.ReadAliases(name, data)
	return asUsage(err)
}

// committed reads a file beside the configuration of the first repository: from the work tree, or from the revision
// where there is none; without a repository from the current directory. A file that does not exist is nil; it returns
// sources.ErrMissing where the clone lacks its content.
func (r *reading) committed(name string, limit int64) (data []byte, shown string, err error) {
	if r.configDirectory != "" {
		data, err = readInside(r.configDirectory, name, limit)
		return data, name, err
	}
	first := r.repositories[0]
	data, err = r.snapshots[0].Read(filepath.ToSlash(name), limit)
	switch {
	case errors.Is(err, sources.ErrNoFile):
		return nil, name, nil
	case errors.Is(err, sources.ErrMissing):
		return nil, name, err
	case err != nil:
		return nil, name, usage("read %s of %s: %w", name, first.Label(), err)
	}
	return data, name, nil
}

// reportMissing forbids scores where the clone lacks a file that decides them.
func (r *reading) reportMissing(name, what string) {
	r.evidence.Findings = append(r.evidence.Findings, sources.Finding{
		Code: "missing-configuration", Severity: sources.Fatal, Repository: r.repositories[0].Label(),
		Message: fmt.Sprintf("the content of %s is missing from this clone, so it is not known %s", name, what),
		Advice:  "run git fetch --refetch --no-filter, or give the file with --config",
	})
}

// readInside reads a file under a directory. Neither the name nor a link can lead outside.
func readInside(directory, name string, limit int64) ([]byte, error) {
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, usage("read %s: %w", name, err)
	}
	defer root.Close()
	info, err := root.Stat(filepath.FromSlash(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, usage("read %s: %w; only files inside %s are read", name, err, directory)
	case !info.Mode().IsRegular(): // looked at before it is opened: opening a pipe can wait for ever
		return nil, usage("read %s: it is not a regular file", name)
	}
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, usage("read %s: %w", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, usage("read %s: %w", name, err)
	}
	if int64(len(data)) > limit {
		return nil, usage("read %s: it has more than %d bytes", name, limit)
	}
	return data, nil
}

// asUsage marks an error in what the user wrote.
func asUsage(err error) error {
	if err == nil {
		return nil
	}
	return usageError{fmt.Errorf("configuration: %w", err)}
}

// configureRanking puts the weights that are configured in the place of the defaults.
func configureRanking(weights *ranking.Weights, config *catalog.RankingConfig) {
	for _, weight := range []struct {
		to   *float64
		from *float64
	}{
		{&weights.Directory, config.Directory},
		{&weights.CoChange, config.CoChange},
		{&weights.Subtree, config.Subtree},
		{&weights.Anyone, config.Anyone},
		{&weights.PresencePower, config.PresencePower},
	} {
		if weight.from != nil {
			*weight.to = *weight.from
		}
	}
}
