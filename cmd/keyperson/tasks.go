package main

import (
	"context"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

func (p *program) tasksCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		shown  tasksShown
	)
	command := &cobra.Command{
		Use:   "tasks [PATH…]",
		Short: "List recurring work: who does it, and what stops if one person is away",
		Long: `Tickets are placed in kinds of recurring work: by the rules under tasks: in keyperson.yaml, else by request
type, component and issue type, else by what their summaries have in common. Each kind is one row with its
class, level, who can do it, how far it hangs on one person and how routine it is, the most pressing first.
Without a repository the tickets alone are enough.`,
		Example: `  keyperson tasks --tickets export.json            # the work catalog
  keyperson tasks --tickets export.json --unmapped # tickets that fit nowhere, to write rules for
  keyperson tasks --system payments --all          # one system, with tasks of too little evidence
  keyperson tasks -f csv -o catalog.csv            # one row a task, all fields
  keyperson explain renew-certificate              # who did it, ticket by ticket, and why that counts`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.showTasks(command.Context(), paths, source, score, output, shown)
		},
	}
	source.bind(command)
	score.bind(command, []string{string(analyzer.MethodFamiliarity)})
	output.bind(command)
	flags := command.Flags()
	flags.StringVar(&score.system, "system", "", "list only the tasks of this system")
	flags.BoolVar(&shown.all, "all", false, "list also tasks with too little evidence, and those that seem over")
	flags.BoolVar(&shown.unmapped, "unmapped", false, "list the tickets that belong to no task, with the reason")
	return command
}

// tasksShown says what of the catalog is to be seen.
type tasksShown struct{ all, unmapped bool }

// tasksOnTerminal is how many tasks a person sees at once.
const tasksOnTerminal = 30

func (p *program) showTasks(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, shown tasksShown) error {
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	assessment, err := r.assessed(true)
	if err != nil {
		return err
	}
	screen := report.Tasks{
		Assessment: assessment, All: shown.all, Unmapped: shown.unmapped, Explain: explainLine(orHere(paths), source),
		ShowAll: commandLine("keyperson", append([]string{"tasks", "--all"}, source.again()...)),
	}
	if !source.pseudonyms { // a path begins with someone's home often enough
		screen.ShowAll = commandLine(screen.ShowAll, paths)
	}
	if output.output == "" && isTerminal(p.stdout) {
		screen.Show = tasksOnTerminal
	}
	if err := p.print(screen, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}
