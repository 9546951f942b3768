package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/analyzer/backtest"
	"keyperson/report"
)

// backtestFlags choose what a backtest looks from and at.
type backtestFlags struct {
	cutoffs []string
	horizon float64
	works   int
	fit     bool
}

func (f *backtestFlags) bind(command *cobra.Command) {
	flags, defaults := command.Flags(), backtest.DefaultOptions()
	flags.StringArrayVar(&f.cutoffs, "cutoff", nil, "date to rank from, for every repository; may be repeated (default: three, a horizon apart, up to a horizon before the newest commit)")
	flags.Float64Var(&f.horizon, "horizon", defaults.HorizonDays, "days after a cut-off in which the next work is looked for")
	flags.IntVar(&f.works, "works", defaults.MostWorks, "files to compare for each repository and cut-off, chosen by hash where there are more")
	flags.BoolVar(&f.fit, "fit", false, "also fit the weights of the ranking to earlier cut-offs, and say whether that helps")
}

func (f *backtestFlags) options(r *reading) (backtest.Options, error) {
	options := backtest.DefaultOptions()
	if !(f.horizon >= 1 && f.horizon <= 3650) {
		return options, usage("--horizon %v: give a number of days from 1 to 3650", f.horizon)
	}
	if f.works < 1 {
		return options, usage("--works %d: give a number from 1 on", f.works)
	}
	options.HorizonDays, options.MostWorks, options.Fit = f.horizon, f.works, f.fit
	options.Weights, options.Workers = r.options.Ranking, r.flags.workers
	options.HalfLifeDays, options.ActivityWindowDays = r.options.HalfLifeDays, r.options.ActivityWindowDays
	for _, text := range f.cutoffs {
		cutoff, err := parseDate("--cutoff", text, false)
		if err != nil {
			return options, err
		}
		options.Cutoffs = append(options.Cutoffs, cutoff)
	}
	return options, nil
}

func (p *program) backtestCommand() *cobra.Command {
	var (
		source sourceFlags
		output outputFlags
		test   backtestFlags
	)
	command := &cobra.Command{
		Use:   "backtest [PATH…]",
		Short: "Measure on your own history how far the advice can be trusted",
		Long: `Backtest goes back to earlier dates, ranks people for each file by what was known then, and compares
with who made the next commit to it. It shows how often the ranking behind "who is nearest" and "who can take over"
was right, beside simpler rankings (last author, most commits, recent commits to the file and its directory, degree
of authorship), what the words of confidence are worth, ordinarily and in a handover, where the one who knew a file
best has left, and what became of files whose only active author left.

Each repository is a unit of its own and weighs the same at each cut-off. Bots, merges and mechanical commits are no
next work; a commit counts as known when it was written and taken in before the cut-off. Where there are tickets, each
is compared with who was ranked first when it was opened.`,
		Example: `  keyperson backtest                             # this repository, three cut-offs
  keyperson backtest ../shop ../warehouse        # several, pooled and each
  keyperson backtest --cutoff 2025-01-01 --cutoff 2025-07-01 --horizon 90
  keyperson backtest --fit                       # weights of your own, if they are better
  keyperson backtest -f csv -o backtest.csv`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.backtest(command.Context(), orHere(paths), source, output, test)
		},
	}
	source.bind(command)
	output.bind(command)
	test.bind(command)
	return command
}

func (p *program) backtest(ctx context.Context, paths []string, source sourceFlags, output outputFlags, flags backtestFlags) error {
	if _, err := report.Lookup(output.format); err != nil {
		return err
	}
	r, err := p.read(ctx, paths, source, need{})
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.refuseIncomplete(); err != nil {
		return err
	}
	options, err := flags.options(r)
	if err != nil {
		return err
	}
	if options.Executions, err = analyzer.Executions(r.evidence, r.people, r.systems, r.options); err != nil {
		return err
	}
	result, err := backtest.Run(r.evidence, r.people, r.systems, options)
	var tooFew *backtest.TooFewChoicesError
	switch {
	case errors.Is(err, backtest.ErrNothingNext), errors.As(err, &tooFew):
		return usage("%w; the newest commit is of %s: give earlier --cutoff dates or a longer --horizon", err, r.options.AsOf.Format("2006-01-02"))
	case err != nil:
		return err
	}
	shown := report.Backtest{Result: result, Findings: r.evidence.Findings, Incomplete: len(r.fatal()) > 0}
	if output.output == "" && isTerminal(p.stdout) {
		shown.Show = systemsOnTerminal
	}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}
