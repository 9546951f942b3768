package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/analyzer/backtest"
	"keyperson/analyzer/quarterly"
	"keyperson/report"
	quarterlyreport "keyperson/report/quarterly"
)

// reportFlags choose the quarter of a report and how it is written.
type reportFlags struct {
	quarter, compare string
	directory        string
	language         string
	backtest         bool
	plan             string
	trend            int
	group            int
}

func (f *reportFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.quarter, "quarter", "", "quarter to report on, such as 2026Q3 (default: that of the newest event)")
	flags.StringVar(&f.compare, "compare", "", "quarter to compare with (default: the one before)")
	flags.StringVarP(&f.directory, "output", "o", "", "directory to write report.html, report.md and manifest.json into (required)")
	flags.StringVar(&f.language, "lang", "en", "language of the report: "+strings.Join(quarterlyreport.Languages, ", "))
	flags.BoolVar(&f.backtest, "backtest", true, "measure on this history how far the advice could be trusted")
	flags.StringVar(&f.plan, "plan", "", "file that keyperson plan --save wrote: the report says what came of its predictions")
	flags.IntVar(&f.trend, "trend", quarterly.MostQuarters, "how many quarters back the work catalog is counted")
	flags.IntVar(&f.group, "smallest-group", quarterly.DefaultCrowd, "active people under which nobody's coverage is shown under a pseudonym")
	complete(command, "lang", quarterlyreport.Languages)
}

func (f *reportFlags) validate(source *sourceFlags) error {
	switch {
	case f.directory == "":
		return usage("name the directory to write into with --output DIR")
	case source.asOf != "":
		return usage("--as-of: a report is as of the end of its quarter; give --quarter")
	case f.trend < 1 || f.trend > quarterly.MostQuarters:
		return usage("--trend %d: give a number of quarters from 1 to %d", f.trend, quarterly.MostQuarters)
	case f.group < 1:
		return usage("--smallest-group %d: give a number from 1 on", f.group)
	}
	if _, err := quarterlyreport.Language(f.language); err != nil {
		return asUsage(err)
	}
	for _, text := range []string{f.quarter, f.compare} {
		if _, err := quarterly.Parse(text); text != "" && err != nil {
			return usageError{err}
		}
	}
	return nil
}

func (p *program) reportCommand() *cobra.Command {
	var (
		source sourceFlags
		flags  reportFlags
	)
	command := &cobra.Command{
		Use:   "report --output DIR [PATH…]",
		Short: "Write the quarterly report: what to decide, what changed and why, how far to trust it",
		Long: `Report writes one page for whoever decides, one on what changed since the quarter before and what to do first, and
one on how far to trust it all: as a single HTML file that opens from disk, needs no network and prints on three
sheets of A4, and as Markdown. The quarter is looked at as of its last day; one that has not ended as of the newest
event, which the report then says.

People are shown under stable pseudonyms unless --names is given. Without tickets the report still says which systems
hang on one person, and what it cannot say; without a repository the tickets alone are enough.`,
		Example: `  keyperson report --output q3                                 # the newest quarter against the one before
  keyperson report --quarter 2026Q3 --compare 2025Q3 --output q3   # against the same quarter a year ago
  keyperson report --quarter 2026Q3 --output q3 --lang ja ../shop ../warehouse
  keyperson report --output q3 --tickets export.jsonl --names  # with names, for those who may see them`,
		RunE: func(command *cobra.Command, paths []string) error {
			if err := flags.validate(&source); err != nil {
				return err
			}
			return p.report(command.Context(), paths, source, flags)
		},
	}
	source.bind(command)
	source.bindPassedOn(command)
	flags.bind(command)
	return command
}

func (p *program) report(ctx context.Context, paths []string, source sourceFlags, flags reportFlags) error {
	newest, err := p.read(ctx, paths, source, need{ticketsSuffice: true})
	if err != nil {
		return err
	}
	defer newest.close()
	if err := newest.refuseIncomplete(); err != nil {
		return err
	}
	quarters := &quarterReader{program: p, paths: paths, source: source, newest: newest}
	in, last, err := quarters.input(ctx, flags)
	if err != nil {
		return err
	}
	if last != newest {
		defer last.close()
	}
	if in.Plan, err = analyzer.MakePlan(last.evidence, last.people, last.systems, last.options, analyzer.DefaultPlanOptions()); err != nil {
		return err
	}
	last.veil.coverListed(in.Plan.People)
	if flags.plan != "" {
		in.PredictionsAsked = true
		if in.Predictions, err = quarters.scored(ctx, in, flags.plan); err != nil {
			return err
		}
	}
	if flags.backtest {
		in.BacktestRun = true
		if in.Backtest, err = last.backtested(); err != nil {
			return err
		}
	}
	in.SmallestGroup, in.Hidden = flags.group, last.veil != nil
	if err := last.writeReport(quarterly.Make(*in), flags); err != nil {
		return err
	}
	return newest.admitIncomplete()
}

// backtested measures the ranking on what was read; nil where there is nothing to compare with.
func (r *reading) backtested() (*backtest.Result, error) {
	options, err := (&backtestFlags{horizon: backtest.DefaultOptions().HorizonDays, works: backtest.DefaultOptions().MostWorks}).options(r)
	if err != nil {
		return nil, err
	}
	result, err := backtest.Run(r.evidence, r.people, r.systems, options)
	var tooFew *backtest.TooFewChoicesError
	if errors.Is(err, backtest.ErrNothingNext) || errors.As(err, &tooFew) {
		return nil, nil
	}
	return result, err
}

// writeReport writes the files, each as a whole, and the manifest last: who finds it finds what it lists.
func (r *reading) writeReport(made *quarterly.Report, flags reportFlags) error {
	inputs, err := r.inputs()
	if err != nil {
		return err
	}
	language, err := quarterlyreport.Language(flags.language)
	if err != nil {
		return err
	}
	files, err := quarterlyreport.Files(made, language, report.Manifest{Tool: version(), Configuration: r.configurationHash(), Inputs: inputs})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(flags.directory, 0o755); err != nil {
		return usage("--output: %w", err)
	}
	for _, file := range files {
		if err := writeWhole(filepath.Join(flags.directory, file.Name), file.Content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// assessed scores a reading; without intervals where nobody looks at them.
func (r *reading) assessed(intervals bool) (*analyzer.Assessment, error) {
	options := r.options
	if !intervals {
		options.Resamples = 0
	}
	a, err := analyzer.Assess(r.evidence, r.people, r.systems, options)
	if err != nil {
		return nil, err
	}
	r.veil.coverAssessment(a)
	return a, nil
}
