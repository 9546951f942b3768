package main

import (
	"context"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

func (p *program) runbooksCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		lint   bool
	)
	command := &cobra.Command{
		Use:   "runbooks [PATH…]",
		Short: "Show how far each procedure document can be relied on, and what to mend in it",
		Long: `Runbooks are Markdown, AsciiDoc and reStructuredText documents that say how something is done: those that
keyperson.yaml names under runbooks, else those in directories and files called so (runbooks, playbooks, procedures,
operations, on-call, 手順書, 運用 …). Each reaches one of eight levels: M0 none, M1 exists, M2 structured, M3 fresh,
M4 independent of its author, M5 executed by others, M6 proven, M7 automated; and each level includes those before it.
Edits that only move a review date, mend a link or a letter are told from those that change what a document says. Documents
called like an alert, with sections on its meaning and its diagnosis, are not asked for numbered steps or a way back.
--lint lists what to mend: for people who follow it, for programs that are to run it, and for whoever must trust it.`,
		Example: `  keyperson runbooks                       # every runbook, the least to be relied on first
  keyperson runbooks --lint                # what to mend, as path:line
  keyperson explain runbooks/certs.md      # one of them: what it lacks, its revisions and executions
  keyperson runbooks ../shop ../wiki -f csv -o runbooks.csv`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.showRunbooks(command.Context(), paths, lint, source, score, output)
		},
	}
	source.bind(command)
	output.bind(command)
	command.Flags().BoolVar(&lint, "lint", false, "list what to mend in each document, by path and line")
	score.method, score.offered = string(analyzer.MethodFamiliarity), methods
	return command
}

func (p *program) showRunbooks(ctx context.Context, paths []string, lint bool, source sourceFlags, score scoreFlags, output outputFlags) error {
	if err := wantRepository(paths, "runbooks are documents in a repository"); err != nil {
		return err
	}
	r, err := p.readToScore(ctx, orHere(paths), source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	assessment, err := analyzer.AssessRunbooks(r.evidence, r.people, r.systems, r.options)
	if err != nil {
		return err
	}
	r.veil.coverAssessment(assessment)
	shown := report.Runbooks{
		AsOf: assessment.AsOf, People: assessment.People, Runbooks: assessment.Runbooks, Findings: r.evidence.Findings, Incomplete: len(r.fatal()) > 0,
		Lint: lint, Explain: explainLine(orHere(paths), source),
	}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}
