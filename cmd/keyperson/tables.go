package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

// tableFlags choose where the tables of an assessment go, and how.
type tableFlags struct {
	directory string
	format    string
	edges     bool
	since     string // date to list changes from
}

func (f *tableFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.directory, "tables", "", "directory to write all tables and a manifest into")
	flags.StringVar(&f.format, "tables-format", "csv", "one of "+strings.Join(report.TableFormats, ", "))
	flags.BoolVar(&f.edges, "edges", false, "with --tables: add the table of who holds which share of what, under pseudonyms unless --names is given")
	flags.StringVar(&f.since, "changes-from", "", "with --tables: list what changed since this date")
	complete(command, "tables-format", report.TableFormats)
}

func (f *tableFlags) validate() error {
	switch {
	case !slices.Contains(report.TableFormats, f.format):
		return usage("--tables-format %q: use one of %s", f.format, strings.Join(report.TableFormats, ", "))
	case f.directory == "" && (f.edges || f.since != "" || f.format != "csv"):
		return usage("name the directory of the tables with --tables DIR")
	}
	return nil
}

// makeTables adds to what a gate judged the plan, and what changed since a date where one was given.
func (p *program) makeTables(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, r *reading, check report.Check, flags tableFlags) error {
	if flags.directory == "" {
		return nil
	}
	plan, err := analyzer.MakePlan(r.evidence, r.people, r.systems, r.options, analyzer.DefaultPlanOptions())
	if err != nil {
		return err
	}
	r.veil.coverListed(plan.People)
	tables := report.Tables{Assessment: check.Assessment, Check: check.Result, Plan: plan, Edges: flags.edges}
	if flags.since != "" {
		earlier, err := p.readEarlier(ctx, paths, source, score, output, r, "--changes-from", flags.since)
		if err != nil {
			return err
		}
		defer earlier.close()
		if tables.Progress, err = compare(earlier, r); err != nil {
			return err
		}
	}
	return r.writeTables(tables, flags)
}

// writeTables writes the tables, each as a whole, and the manifest last: who finds it finds what it lists.
func (r *reading) writeTables(tables report.Tables, flags tableFlags) error {
	inputs, err := r.inputs()
	if err != nil {
		return err
	}
	files, err := tables.Files(flags.format, report.Manifest{Tool: version(), Configuration: r.configurationHash(), Inputs: inputs})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(flags.directory, 0o755); err != nil {
		return usage("--tables: %w", err)
	}
	for _, file := range files {
		if err := writeWhole(filepath.Join(flags.directory, file.Name), file.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// inputs says what was read, so that two sets of tables can be told to come from the same.
func (r *reading) inputs() ([]report.ManifestInput, error) {
	var inputs []report.ManifestInput
	for _, repository := range r.evidence.Repositories {
		inputs = append(inputs, report.ManifestInput{Kind: "repository", Label: repository.Label, Hash: repository.Revision})
	}
	hashes := make([]string, len(r.evidence.Trackers))
	for i := range r.evidence.Trackers {
		hash := sha256.New()
		encoder := json.NewEncoder(hash)
		for j := range r.evidence.Tickets {
			if r.evidence.Tickets[j].Tracker != uint32(i) {
				continue
			}
			if err := encoder.Encode(&r.evidence.Tickets[j]); err != nil {
				return nil, fmt.Errorf("hash the tickets of %s: %w", r.evidence.Trackers[i].Label, err)
			}
		}
		hashes[i] = hex.EncodeToString(hash.Sum(nil))
	}
	for i, tracker := range r.evidence.Trackers {
		inputs = append(inputs, report.ManifestInput{Kind: "tracker", Label: tracker.Label, Hash: hashes[i]})
	}
	return inputs, nil
}
