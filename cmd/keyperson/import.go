package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"keyperson/report"
	"keyperson/sources"
	"keyperson/sources/jira"
	"keyperson/sources/store"
)

func (p *program) importCommand() *cobra.Command {
	var (
		source sourceFlags
		full   bool
	)
	command := &cobra.Command{
		Use:   "import [PATH]",
		Short: "Fetch the tickets that keyperson.yaml names, for all later runs",
		Long: `Every source under tickets in keyperson.yaml is refreshed: a live Jira is asked for what changed since the
last time, exported files are read where they changed. What is read is kept in a file of the user's data directory
that only its owner can read; no other command asks a server. A source that fails leaves the others, and what was
imported from it before, as they were.

A Jira says what changed, not what was deleted, nor what was moved out of the projects asked for: such a ticket stays
until --full lists the keys of all that there are and takes off what is kept beside them. That takes a request for every
thousand tickets; once a month, or before a report, is often enough. A ticket that moved within them counts once, under its
new key, from the next import on. Exported files need no --full: what they hold no more is gone.

The token of a live Jira comes from the environment (KEYPERSON_JIRA_TOKEN, or the variable named under token_env) or
from a file that only its owner can read (token_file). It goes to the configured host only.`,
		Example: `  keyperson import                    # the configuration of the repository here
  keyperson import --config ops.yaml  # another one
  keyperson import --store team.store # keep it in a file of your choice
  keyperson import --full             # take off what a live Jira has no more`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, paths []string) error {
			return p.importTickets(command.Context(), paths, source, full)
		},
	}
	source.bindConfig(command)
	source.bindStore(command)
	command.Flags().BoolVar(&full, "full", false, "take tickets off that a live Jira has no more: lists the keys of all")
	return command
}

// outcome is what became of one source.
type outcome struct {
	saved     store.Saved
	unchanged bool
	tracker   sources.Tracker // as it is kept now
	isKnown   bool            // the tracker: what is kept could be read
	err       error
}

func (p *program) importTickets(ctx context.Context, paths []string, flags sourceFlags, full bool) error {
	r := &reading{flags: flags, evidence: &sources.Evidence{}}
	defer r.close()
	inputs, err := r.inputsToImport(ctx, paths)
	if err != nil {
		return err
	}
	path, err := r.storePath()
	if err != nil {
		return err
	}
	kept, err := store.OpenToImport(ctx, path)
	if err != nil {
		return sourceError{err}
	}
	defer kept.Close()
	bars := newImportProgress(p.stderr)
	outcomes := make([]outcome, len(inputs))
	var group errgroup.Group
	group.SetLimit(sourcesAtATime)
	for i := range inputs {
		group.Go(func() error {
			refreshing := refresh{input: &inputs[i], store: kept, directory: r.configDirectory, full: full, report: bars.add(inputs[i].label)}
			outcomes[i] = refreshing.run(ctx)
			return nil // a source that fails leaves the others alone
		})
	}
	_ = group.Wait() // no source returns an error
	bars.done()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return p.tellOutcomes(inputs, outcomes)
}

// sourcesAtATime bounds how many servers are asked and files are read at once.
const sourcesAtATime = 4

// inputsToImport finds the configuration and what it names.
func (r *reading) inputsToImport(ctx context.Context, paths []string) ([]ticketInput, error) {
	if err := r.open(paths, need{ticketsSuffice: true}); err != nil {
		return nil, err
	}
	if len(r.repositories) > 0 && r.repositories[0].WorkTree() == "" { // the configuration is in the revision
		head, err := r.head(ctx, r.repositories[0])
		if err != nil {
			return nil, err
		}
		snapshot, err := r.repositories[0].Snapshot(head)
		if err != nil {
			return nil, err
		}
		r.snapshots = append(r.snapshots, snapshot)
	}
	if err := r.findConfig(need{}); err != nil {
		return nil, err
	}
	if len(r.config.Tickets) == 0 {
		return nil, usage("%s names no tickets to import; list them under tickets (keyperson init writes examples), or give files to other commands with --tickets", r.configPath())
	}
	return r.ticketInputs()
}

// tellOutcomes prints a line for each source, and returns what failed.
func (p *program) tellOutcomes(inputs []ticketInput, outcomes []outcome) error {
	var failures []string
	width := 0
	for i := range inputs {
		width = max(width, len([]rune(report.Clean(inputs[i].label))))
	}
	for i := range outcomes {
		o := &outcomes[i]
		line := fmt.Sprintf("%-*s  ", width, report.Clean(inputs[i].label))
		switch {
		case o.err != nil:
			line += "failed"
			failures = append(failures, fmt.Sprintf("%s: %v", inputs[i].label, o.err))
		case o.unchanged:
			line += "unchanged"
		default:
			line += fmt.Sprintf("read %s, new %s, changed %s", report.Count(o.saved.Read), report.Count(o.saved.New), report.Count(o.saved.Changed))
			if o.saved.Gone > 0 {
				line += fmt.Sprintf(", gone %s", report.Count(o.saved.Gone))
			}
		}
		if o.isKnown {
			line += "; " + tickets(o.tracker.Tickets) + " kept"
		}
		if o.tracker.Newest > 0 {
			line += ", newest event " + time.Unix(o.tracker.Newest, 0).UTC().Format(time.DateTime) + " UTC"
		}
		fmt.Fprintln(p.stdout, line)
	}
	if len(failures) == 0 {
		return nil
	}
	return sourceError{fmt.Errorf("%d of %d sources could not be imported whole; what was imported from them before is kept:\n%s",
		len(failures), len(inputs), strings.Join(failures, "\n"))}
}

func tickets(n int) string {
	if n == 1 {
		return "1 ticket"
	}
	return report.Count(n) + " tickets"
}

// refresh brings what is kept of one source up to date.
type refresh struct {
	input     *ticketInput
	store     *store.Store
	directory string            // of the configuration
	full      bool              // find out what a live tracker has no more
	report    func(tickets int) // called with the number of tickets read so far
}

func (f *refresh) run(ctx context.Context) (o outcome) {
	source, err := f.store.MakeSource(ctx, f.input.label, f.input.definition(), f.input.origin)
	if err != nil {
		o.err = err
		return o
	}
	if f.input.isLive() {
		o.saved, o.err = f.live(ctx, source)
	} else {
		o.saved, o.unchanged, o.err = f.files(ctx, source)
	}
	history, err := source.Load(ctx, f.input.label)
	if err != nil {
		o.err = errors.Join(o.err, err)
		return o
	}
	o.tracker, o.isKnown = history.Tracker, true
	return o
}

// live asks a server for what changed, and saves each batch as it comes.
func (f *refresh) live(ctx context.Context, source *store.Source) (saved store.Saved, err error) {
	c := &f.input.config
	connection := jira.Connection{
		Label: f.input.label, URL: c.URL, Deployment: c.Deployment, User: c.User, TokenEnv: c.TokenEnv,
		Projects: c.Projects, JQL: c.JQL, RequestTypeField: c.RequestTypeField,
	}
	if c.TokenFile != "" {
		connection.TokenFile = filepath.Join(f.directory, filepath.FromSlash(c.TokenFile))
	}
	err = jira.Fetch(ctx, connection, source.Cursor, func(batch *sources.TicketHistory) error {
		batchSaved, err := source.Append(ctx, batch)
		saved.Add(batchSaved)
		f.report(saved.Read)
		return err
	})
	if err == nil {
		err = source.Complete(ctx)
	}
	if err != nil || !f.full {
		return saved, err
	}
	keys, err := jira.Keys(ctx, connection)
	if err != nil {
		return saved, err
	}
	if len(keys) == 0 {
		return saved, fmt.Errorf("%s lists no ticket at all, so none was taken off; see whether the token may still read them, and whether projects and jql fit", c.URL)
	}
	saved.Gone, err = source.KeepOnly(ctx, keys)
	return saved, err
}

// files reads exported files, where they are not what was read last.
func (f *refresh) files(ctx context.Context, source *store.Source) (saved store.Saved, unchanged bool, err error) {
	listed, err := f.input.list()
	if err != nil {
		return saved, false, err
	}
	if len(source.Files) > 0 && store.Unchanged(source.Files, listed) {
		return saved, true, nil
	}
	fingerprints, err := store.Fingerprint(listed)
	if err != nil {
		return saved, false, err
	}
	history, readErr := f.input.read(ctx)
	if history == nil {
		return saved, false, readErr
	}
	f.report(len(history.Tickets))
	if readErr != nil {
		fingerprints = nil // what could be read is kept, and the files are read again next time
	}
	saved, err = source.Replace(ctx, history, fingerprints)
	return saved, false, errors.Join(readErr, err)
}
