package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"keyperson/sources"
	"keyperson/sources/catalog"
	"keyperson/sources/jira"
	"keyperson/sources/store"
)

// ticketInput is one place that tickets come from.
type ticketInput struct {
	label  string
	origin string               // as the user wrote it
	files  []string             // and directories of them
	config catalog.TicketSource // of the configuration; zero for --tickets
}

func (t *ticketInput) isLive() bool { return t.config.URL != "" }

// readTickets adds the tickets of the configuration and of --tickets to the evidence, after all repositories.
func (r *reading) readTickets(ctx context.Context, p *program, need need) error {
	if need.ignoreTickets {
		return nil
	}
	inputs, err := r.ticketInputs()
	if err != nil {
		return err
	}
	if len(inputs) == 0 && len(r.repositories) == 0 {
		return usage("there is neither a repository here nor a ticket source; run this in a repository, or give --tickets FILE")
	}
	kept, err := r.openStore(ctx)
	if err != nil {
		return err
	}
	if kept != nil {
		defer kept.Close()
	}
	for i := range inputs {
		tracker, err := r.readTracker(ctx, p, &inputs[i], kept)
		if err != nil {
			return err
		}
		r.evidence.Findings = append(r.evidence.Findings, tracker.findings...)
		if tracker.history != nil {
			tracker.history.AddTo(r.evidence)
		}
	}
	r.evidence.DropRepeatedTickets()
	return nil
}

// readTracker is what an earlier reading of this run made of an input, else what was imported where that is what the input
// would give, else what its files say.
func (r *reading) readTracker(ctx context.Context, p *program, input *ticketInput, kept *store.Store) (*trackerReading, error) {
	key := input.key(r.flags.store)
	if known := p.trackers[key]; known != nil {
		return known, nil
	}
	tracker, err := r.imported(ctx, input, kept)
	if tracker == nil && err == nil {
		tracker, err = r.readFiles(ctx, input)
	}
	if err != nil {
		return nil, err
	}
	if p.trackers == nil {
		p.trackers = map[string]*trackerReading{}
	}
	p.trackers[key] = tracker
	return tracker, nil
}

// trackerReading is what was read of one input. Readings of other dates share it: a pipe can be read once only, and parsing
// twenty thousand tickets takes seconds.
type trackerReading struct {
	history  *sources.TicketHistory // nil where there is none yet, which is a finding
	findings []sources.Finding      // beside those of the history
}

// readFiles reads the files of an input; those that cannot be used are a finding where incomplete data is accepted.
func (r *reading) readFiles(ctx context.Context, input *ticketInput) (*trackerReading, error) {
	history, err := input.read(ctx)
	tracker := &trackerReading{history: history}
	var problems *jira.ProblemsError
	if errors.As(err, &problems) && r.flags.acceptIncomplete {
		tracker.findings = []sources.Finding{{
			Code: "unreadable-tickets", Severity: sources.Fatal, Count: len(problems.Problems) + problems.More,
			Message: fmt.Sprintf("%s: not all tickets could be read: %s", input.label, firstLine(problems.Error())),
			Advice:  "mend or leave out the files named, or export them anew",
		}}
		err = nil
	}
	if err != nil {
		return nil, sourceError{err}
	}
	return tracker, nil
}

// read reads the files of an input.
func (t *ticketInput) read(ctx context.Context) (*sources.TicketHistory, error) {
	history, err := jira.ReadFiles(ctx, t.label, t.files, jira.FileOptions{
		Columns: t.config.Columns, TimeLayout: t.config.TimeLayout, TimeZone: t.config.TimeZone, Nulls: t.config.Nulls,
		RequestTypeField: t.config.RequestTypeField,
	})
	if history != nil {
		history.Tracker.Origin = t.origin
	}
	return history, err
}

// ticketInputs lists what the configuration and --tickets name, in that order, under labels unique within the run.
func (r *reading) ticketInputs() ([]ticketInput, error) {
	var inputs []ticketInput
	labels := map[string]bool{}
	for i := range r.config.Tickets {
		input, err := r.configuredInput(&r.config.Tickets[i])
		if err != nil {
			return nil, err
		}
		labels[input.label] = true
		inputs = append(inputs, input)
	}
	for _, name := range r.flags.tickets {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return nil, usage("--tickets %s does not exist; give an exported file, or a directory of them", name)
		} else if err != nil {
			return nil, usage("--tickets: %w; give an exported file, or a directory of them", err)
		}
		inputs = append(inputs, ticketInput{
			label: uniqueLabel(catalog.TicketLabel(name), labels), origin: name, files: []string{name},
		})
	}
	return inputs, namedTwice(inputs)
}

// configuredInput finds the files that an entry of the configuration names, all inside its directory.
func (r *reading) configuredInput(source *catalog.TicketSource) (ticketInput, error) {
	input := ticketInput{label: source.Label, origin: source.URL, config: *source}
	if input.isLive() {
		return input, nil
	}
	input.origin = strings.Join(source.Files, ", ")
	where := fmt.Sprintf("%s:%d: tickets", r.config.Name, source.Line)
	if r.configDirectory == "" {
		return input, usage("%s: %s is committed to a bare repository, which has no files beside it; work in a clone with files, or give --config", where, r.config.Name)
	}
	root, err := os.OpenRoot(r.configDirectory)
	if err != nil {
		return input, usage("%s: %w", where, err)
	}
	defer root.Close()
	for _, pattern := range source.Files {
		pattern = path.Clean(filepath.ToSlash(pattern))
		matches, err := fs.Glob(root.FS(), pattern)
		if err != nil || len(matches) == 0 {
			return input, usage("%s: no file matches %s beside or below %s", where, pattern, r.config.Name)
		}
		for _, match := range matches {
			found, err := root.Stat(filepath.FromSlash(match))
			if err != nil {
				return input, usage("%s: %w; only files inside %s are read", where, err, r.configDirectory)
			}
			if !found.Mode().IsRegular() && !found.IsDir() { // a pipe would keep the run waiting for ever
				return input, usage("%s: %s is neither a file nor a directory", where, match)
			}
			input.files = append(input.files, filepath.Join(r.configDirectory, filepath.FromSlash(match)))
		}
	}
	slices.Sort(input.files)
	input.files = slices.Compact(input.files)
	return input, nil
}
