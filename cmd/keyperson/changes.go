package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
	"keyperson/sources/identity"
)

func (p *program) changesCommand() *cobra.Command {
	var (
		source   sourceFlags
		score    scoreFlags
		output   outputFlags
		from, to string
	)
	command := &cobra.Command{
		Use:   "changes --from DATE [--to DATE] [PATH…]",
		Short: "Say what got worse or better between two dates, and why",
		Long: `Changes assesses the same repositories and tickets as of two dates and lists what is different: systems, tasks and
runbooks, what got worse first, each with the likeliest cause (someone left, a second person practised, a runbook was
written, deleted or went stale, new work, or only other data) and the evidence for it. Who is who is decided by the later date.`,
		Example: `  keyperson changes --from 2026-03-31                    # since then
  keyperson changes --from 2026-03-31 --to 2026-06-30    # in one quarter
  keyperson changes --from 2026-03-31 --system payments
  keyperson changes --from 2026-03-31 -f markdown -o changes.md --pseudonyms`,
		RunE: func(command *cobra.Command, paths []string) error {
			if command.Flags().Changed("as-of") {
				return usage("changes looks from two dates: give --from and --to instead of --as-of")
			}
			if from == "" {
				return usage("give the earlier date: keyperson changes --from 2026-03-31")
			}
			source.asOf = to
			return p.changes(command.Context(), paths, source, score, output, from)
		},
	}
	source.bind(command)
	source.bindLines(command)
	_ = command.Flags().MarkHidden("as-of") // fails only for a flag that does not exist
	score.bind(command, explainedMethods)
	output.bind(command)
	flags := command.Flags()
	flags.StringVar(&from, "from", "", "the earlier date (its end, UTC) or RFC 3339 time; required")
	flags.StringVar(&to, "to", "", "the later one (default: the newest commit or ticket event)")
	flags.StringVar(&score.system, "system", "", "only this system and its tasks")
	return command
}

func (p *program) changes(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, from string) error {
	if _, err := parseDate("--from", from, true); err != nil {
		return err
	}
	if source.asOf != "" {
		if _, err := parseDate("--to", source.asOf, true); err != nil {
			return err
		}
	}
	later, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer later.close()
	earlier, err := p.readEarlier(ctx, paths, source, score, output, later, "--from", from)
	if err != nil {
		return err
	}
	defer earlier.close()
	progress, err := compare(earlier, later)
	if err != nil {
		return err
	}
	shown := report.Progress{Progress: progress, Incomplete: len(earlier.fatal())+len(later.fatal()) > 0, Findings: later.evidence.Findings}
	if err := p.print(shown, output); err != nil {
		return err
	}
	if err := earlier.admitIncomplete(); err != nil {
		return err
	}
	return later.admitIncomplete()
}

// readEarlier reads the same as of an earlier date, which must lie before that of the later reading.
func (p *program) readEarlier(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, later *reading, flag, from string) (*reading, error) {
	earliest, err := parseDate(flag, from, true)
	if err != nil {
		return nil, err
	}
	if !earliest.Before(later.options.AsOf) {
		return nil, usage("%s %s is not before %s, the later date: nothing can have changed", flag, from, later.options.AsOf.Format(time.DateOnly))
	}
	source.asOf = from
	return p.readToScore(ctx, paths, source, score, output)
}

// compare assesses both readings with the people of the later one. Who has left by its configuration had not where there
// is evidence of them after the earlier date.
func compare(earlier, later *reading) (*analyzer.Progress, error) {
	after, err := analyzer.Assess(later.evidence, later.people, later.systems, later.options)
	if err != nil {
		return nil, err
	}
	people, _ := identity.Project(earlier.evidence, earlier.people, later.evidence, later.people)
	options := earlier.options
	options.Left = analyzer.LeftBy(later.evidence, later.people, later.options.Left, options.AsOf)
	before, err := analyzer.Assess(earlier.evidence, people, earlier.systems, options)
	if err != nil {
		return nil, err
	}
	return analyzer.Compare(before, after), nil
}
