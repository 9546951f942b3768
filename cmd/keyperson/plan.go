package main

import (
	"context"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

// planFlags limit what a plan asks for, and say what becomes of it.
type planFlags struct {
	cap     float64
	horizon float64
	most    int
	save    string
	score   string
	names   bool
}

func (f *planFlags) bind(command *cobra.Command) {
	flags, defaults := command.Flags(), analyzer.DefaultPlanOptions()
	flags.Float64Var(&f.cap, "cap", defaults.CapHours, "most hours to ask of one person until the horizon")
	flags.Float64Var(&f.horizon, "horizon", defaults.HorizonDays, "days until the plan is to be done and its predictions scored")
	flags.IntVar(&f.most, "actions", defaults.Most, "how many actions to list at most")
	flags.StringVar(&f.save, "save", "", "also write the plan to this file (keyperson-plan.json, for example), for --score and for whatif --after-actions")
	flags.StringVar(&f.score, "score", "", "say what became of the plan in this file, instead of making a new one")
	flags.BoolVar(&f.names, "names", false, "with --save: keep who people are in the file, instead of pseudonyms")
}

func (f *planFlags) options() (analyzer.PlanOptions, error) {
	switch {
	case f.save != "" && f.score != "":
		return analyzer.PlanOptions{}, usage("--save keeps a new plan, --score looks at an old one; give one")
	case f.names && f.save == "":
		return analyzer.PlanOptions{}, usage("--names has no effect without --save")
	case !(f.cap > 0 && f.cap <= 10000):
		return analyzer.PlanOptions{}, usage("--cap %v: give a number of hours above 0, at most 10000", f.cap)
	case !(f.horizon >= 1 && f.horizon <= 3650):
		return analyzer.PlanOptions{}, usage("--horizon %v: give a number of days from 1 to 3650", f.horizon)
	case f.most < 1 || f.most > 1000:
		return analyzer.PlanOptions{}, usage("--actions %d: give a number from 1 to 1000", f.most)
	}
	return analyzer.PlanOptions{CapHours: f.cap, HorizonDays: f.horizon, Most: f.most}, nil
}

func (p *program) planCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		flags  planFlags
	)
	command := &cobra.Command{
		Use:   "plan [PATH…]",
		Short: "Say what to do first, who does what, and what it will change",
		Long: `Plan lists what lowers the risk most for each hour: write a manual, do a task together, let someone do it twice
by its manual, pair on code. Each action is simulated on everything, after those before it. A row says who dictates,
who writes or learns, who shows by doing it that it works, the hours, the risk before, and the risk expected
afterwards with an interval. Nobody is asked for more hours than --cap: work moves to the next who knows it, or waits.
Work that takes judgement never gets a manual. What nobody here can teach, or is near enough to learn, stands by
itself, with what to do instead.

With --save the plan is kept in a file under pseudonyms, with what it predicts; --score says later of each action
whether it was done, by what evidence, and whether the prediction came true. Give both the same paths and options.`,
		Example: `  keyperson plan --tickets export.json            # the first ten things to do this quarter
  keyperson plan --cap 8 --actions 5              # little time
  keyperson plan --system payments -f markdown    # one system, to paste into a ticket
  keyperson plan --save keyperson-plan.json       # and, a quarter later:
  keyperson plan --score keyperson-plan.json      # what was done, and did it help?`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.plan(command.Context(), paths, source, score, output, flags)
		},
	}
	source.bind(command)
	source.bindLines(command)
	score.bind(command, explainedMethods)
	output.bind(command)
	flags.bind(command)
	command.Flags().StringVar(&score.system, "system", "", "plan only for this system and its tasks")
	return command
}

func (p *program) plan(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, flags planFlags) error {
	limits, err := flags.options()
	if err != nil {
		return err
	}
	if flags.score != "" {
		return p.scorePlan(ctx, paths, source, score, output, flags.score)
	}
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	plan, err := analyzer.MakePlan(r.evidence, r.people, r.systems, r.options, limits)
	if err != nil {
		return err
	}
	r.veil.coverListed(plan.People)
	shown := report.Plan{Plan: plan, Findings: r.evidence.Findings, Incomplete: len(r.fatal()) > 0, Explain: explainLine(orHere(paths), source)}
	if err := p.print(shown, output); err != nil {
		return err
	}
	if flags.save != "" {
		if err := p.savePlan(ctx, paths, source, score, output, flags, r, plan); err != nil {
			return err
		}
	}
	return r.admitIncomplete()
}
