package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"keyperson/sources"
	"keyperson/sources/jira"
	"keyperson/sources/store"
)

// openStore opens what earlier imports kept of the configured sources; nil where there is nothing.
func (r *reading) openStore(ctx context.Context) (*store.Store, error) {
	if len(r.config.Tickets) == 0 {
		if r.flags.store != "" {
			return nil, usage("--store %s: the configuration names no tickets that could be kept there", r.flags.store)
		}
		return nil, nil
	}
	path, err := r.storePath()
	if err != nil {
		return nil, err
	}
	kept, err := store.Open(ctx, path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && r.flags.store != "":
		return nil, usage("--store %s: nothing was imported into it; keyperson import makes it", r.flags.store)
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, sourceError{err}
	}
	return kept, nil
}

// storePath is the file given, else the one that belongs to the configuration.
func (r *reading) storePath() (string, error) {
	if r.flags.store != "" {
		return r.flags.store, nil
	}
	path, err := filepath.Abs(r.configPath())
	if err != nil {
		return "", err
	}
	if resolved, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(resolved, filepath.Base(path)) // one store, whichever way leads there
	}
	location, err := store.Location(path)
	return location, asUsage(err)
}

// configPath is where the configuration is; in a bare repository where it would be.
func (r *reading) configPath() string {
	switch {
	case r.flags.config != "":
		return r.flags.config
	case r.configDirectory == "":
		return filepath.Join(r.repositories[0].Directory(), configFile)
	}
	return filepath.Join(r.configDirectory, configFile)
}

// imported is what the store keeps of a configured source; nil where it must be read from its files, or where it is a
// live tracker that was never read to its end, which is a finding.
func (r *reading) imported(ctx context.Context, input *ticketInput, kept *store.Store) (*trackerReading, error) {
	tracker := &trackerReading{}
	source, err := input.kept(ctx, kept)
	if err != nil {
		return nil, sourceError{err}
	}
	switch {
	case input.isLive() && (source == nil || !source.Completed):
		tracker.findings = []sources.Finding{neverImported(input, source != nil)}
	case input.isLive():
	case source == nil || len(source.Files) == 0:
		return nil, nil
	default:
		files, err := input.list()
		if err != nil || !store.Unchanged(source.Files, files) {
			return nil, err
		}
	}
	if source == nil {
		return tracker, nil
	}
	if tracker.history, err = source.Load(ctx, input.label); err != nil {
		return nil, sourceError{err}
	}
	return tracker, nil
}

// kept finds the input in the store, nil where it is not in there.
func (t *ticketInput) kept(ctx context.Context, kept *store.Store) (*store.Source, error) {
	if kept == nil || t.config.Label == "" { // of --tickets
		return nil, nil
	}
	source, err := kept.Source(ctx, t.label, t.definition())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return source, err
}

func neverImported(input *ticketInput, begun bool) sources.Finding {
	finding := sources.Finding{
		Code: "never-imported", Severity: sources.Fatal, Count: 1,
		Message: fmt.Sprintf("%s: %s is configured, but none of its tickets were imported", input.label, input.config.URL),
		Advice:  "run keyperson import",
	}
	if begun {
		finding.Message = fmt.Sprintf("%s: the import from %s was begun, but never came to its end", input.label, input.config.URL)
		finding.Advice = "run keyperson import again: it goes on where it stopped"
	}
	return finding
}

// readingVersion counts up when package jira reads the same input in another way, so that it is read anew.
const readingVersion = 1

// definition is what decides which tickets are read and what is read of them. Who asks, and with which token, does not.
func (t *ticketInput) definition() string {
	c := t.config
	c.Label, c.Line, c.Deployment, c.User, c.TokenEnv, c.TokenFile = "", 0, "", "", "", ""
	encoded, err := json.Marshal(struct {
		Version int
		Source  any
	}{readingVersion, c})
	if err != nil {
		return "" // unreachable: it holds nothing but texts
	}
	return string(encoded)
}

// key tells the inputs of one run apart; store is the file given, "" for the one that belongs to the configuration.
func (t *ticketInput) key(store string) string {
	return strings.Join(append([]string{store, t.label, t.origin, t.definition()}, t.files...), "\x00")
}

// list finds the files that an input reads, directories opened up, by absolute path.
func (t *ticketInput) list() ([]string, error) {
	var files []string
	for _, name := range t.files {
		absolute, err := filepath.Abs(name)
		if err != nil {
			return nil, err
		}
		err = filepath.WalkDir(absolute, func(path string, entry fs.DirEntry, err error) error {
			isNamed := path == absolute && err == nil && !entry.IsDir()
			if isNamed || err == nil && entry.Type().IsRegular() && jira.IsExport(path) {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}
