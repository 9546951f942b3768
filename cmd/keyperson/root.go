package main

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"keyperson/report"
)

const rootExample = `  keyperson                                  # where does this repository hang on one person?
  keyperson explain payments                 # why: the people, the files and the commits
  keyperson ../shop ../warehouse             # several repositories as one assessment
  keyperson --as-of 2026-01-01               # as it was then
  keyperson --system payments --format json  # one system, for a program
  keyperson --method avelino                 # the published truck factor, to compare
  keyperson --pseudonyms -f markdown -o bus-factors.md`

func (p *program) rootCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		all    bool
	)
	root := &cobra.Command{
		Use:   "keyperson [PATH…]",
		Short: "Find the systems that hang on one person",
		Long: `Keyperson reads the history of one or more git repositories and says for each of their systems
how many people could be away before most of it has nobody who knows it, who they are, and which
commits say so. PATH is a repository or a directory in one; the default is the current directory.

Exit codes: 0 done · 2 wrong usage, configuration or revision · 3 the data cannot carry scores
(a shallow clone, for example) · 4 a repository is damaged or cannot be read · 5 a defect in Keyperson.`,
		Example:       rootExample,
		Args:          cobra.ArbitraryArgs,
		SilenceUsage:  true,
		SilenceErrors: true,

		SuggestionsMinimumDistance: 2,
		PersistentPreRun: func(*cobra.Command, []string) {
			p.started = true
		},
		RunE: func(command *cobra.Command, paths []string) error {
			if err := checkPaths(command, paths); err != nil {
				return err
			}
			return p.assess(command.Context(), paths, source, score, output, all)
		},
	}
	source.bind(root)
	source.bindLines(root)
	score.bind(root, methods)
	root.Flags().StringVar(&score.system, "system", "", "assess only this system")
	output.bind(root)
	root.Flags().BoolVar(&all, "all", false, "show every system on a terminal, not only the worst")
	root.AddCommand(
		p.explainCommand(),
		p.checkCommand(),
		p.planCommand(),
		p.changesCommand(),
		p.tasksCommand(),
		p.systemsCommand(),
		p.peopleCommand(),
		p.runbooksCommand(),
		p.initCommand(),
		p.importCommand(),
		p.demoCommand(),
		p.backtestCommand(),
		p.whatIfCommand(),
		p.reportCommand(),
		p.privacyCommand(),
		p.handoverCommand(),
		p.versionCommand(),
	)
	return root
}

// checkPaths tells a mistyped command from a path that does not exist.
func checkPaths(command *cobra.Command, paths []string) error {
	for _, path := range paths {
		if _, err := os.Stat(path); err == nil || strings.ContainsAny(path, `/\`) {
			continue
		}
		hint := "keyperson --help lists the commands"
		if near := command.SuggestionsFor(path); len(near) > 0 {
			hint = "did you mean keyperson " + near[0] + "?"
		}
		return usage("%q is neither a command nor a directory; %s", path, hint)
	}
	return nil
}

func orHere(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}

// systemsOnTerminal is how many systems the first screen shows a person.
const systemsOnTerminal = 20

func (p *program) assess(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, all bool) error {
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	assessment, err := r.assessed(true)
	if err != nil {
		return err
	}
	screen := report.Assessment{
		Assessment: assessment,
		Explain:    explainLine(orHere(paths), source),
	}
	if !all && output.output == "" && isTerminal(p.stdout) {
		screen.Show, screen.ShowAll = systemsOnTerminal, commandLine("keyperson", append(append(source.again(), "--all"), paths...))
	}
	if err := p.print(screen, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// explainLine is the beginning of the command line that explains a system of these repositories.
func explainLine(paths []string, source sourceFlags) string {
	return subjectLine("explain", paths, source)
}

// subjectLine is the beginning of the command line of a command that takes a subject, on the same input.
func subjectLine(command string, paths []string, source sourceFlags) string {
	arguments := []string{command}
	// A path begins with someone's home often enough.
	if !source.pseudonyms && (len(paths) > 1 || paths[0] != ".") {
		for _, path := range paths {
			arguments = append(arguments, "-C", path)
		}
	}
	return commandLine("keyperson", append(arguments, source.again()...))
}

func commandLine(name string, arguments []string) string {
	for _, argument := range arguments {
		name += " " + report.ShellQuoted(argument)
	}
	return name
}
