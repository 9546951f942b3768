package main

import (
	"context"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

func (p *program) explainCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		paths  []string
		limit  int
	)
	command := &cobra.Command{
		Use:   "explain SUBJECT",
		Short: "Show the people, files and commits behind a system, a file or a person",
		Long: `SUBJECT is a system as the first screen names it, a path of the repository (with several
repositories label:path), or a person's name, address or pseudonym.`,
		Example: `  keyperson explain payments               # a system
  keyperson explain src/charge.go          # a file: who knows it, and which commits say so
  keyperson explain ada@example.org        # a person: what would be uncovered without them
  keyperson explain -C ../shop payments    # in another repository`,
		Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			return p.explain(command.Context(), arguments[0], paths, limit, source, score, output)
		},
	}
	source.bind(command)
	score.bind(command)
	output.bind(command)
	command.Flags().StringArrayVarP(&paths, "repository", "C", []string{"."}, "repository to read; may be given several times")
	command.Flags().IntVar(&limit, "limit", 20, "how many commits to list")
	return command
}

func (p *program) explain(ctx context.Context, subject string, paths []string, limit int, source sourceFlags, score scoreFlags, output outputFlags) error {
	if limit < 0 {
		return usage("--limit %d: give 0 or more", limit)
	}
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	explanation, err := analyzer.Explain(r.evidence, r.people, r.systems, r.options, subject, limit)
	if err != nil {
		return err
	}
	if r.veil == nil {
		r.addSubjects(explanation)
	}
	r.veil.coverExplanation(explanation)
	shown := report.Explanation{Explanation: explanation, Incomplete: len(r.fatal()) > 0, Findings: r.evidence.Findings}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// addSubjects fills in the first line of each commit's message. A message that cannot be read leaves it empty:
// the commit is named all the same.
func (r *reading) addSubjects(explanation *analyzer.Explanation) {
	for i := range explanation.Evidence {
		line := &explanation.Evidence[i]
		for _, repository := range r.repositories {
			if repository.Label() != line.Repository {
				continue
			}
			if message, err := repository.Message(plumbing.NewHash(line.Reference)); err == nil {
				line.Subject = firstLine(message)
			}
		}
	}
}
