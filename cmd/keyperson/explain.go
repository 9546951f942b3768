package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

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
		Short: "Show the people, commits and tickets behind a system, a task, a file or a person",
		Long: `SUBJECT is a system as the first screen names it, a task as keyperson tasks names it, the key of a ticket,
a path of the repository (with several repositories label:path), or a person's name, address or pseudonym.`,
		Example: `  keyperson explain payments               # a system
  keyperson explain src/charge.go          # a file: who knows it, and which commits say so
  keyperson explain renew-certificate      # a task: who did which ticket, and why that counts
  keyperson explain OPS-123                # a ticket: what placed it, and who counts as its doer
  keyperson explain ada@example.org        # a person: what would be uncovered without them
  keyperson explain -C ../shop payments    # in another repository`,
		Args: func(_ *cobra.Command, arguments []string) error {
			if len(arguments) != 1 {
				return usage("explain takes one system, task, ticket, file or person, not %d; another repository goes behind -C", len(arguments))
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error {
			return p.explain(command.Context(), arguments[0], paths, limit, source, score, output)
		},
	}
	source.bind(command)
	source.bindLines(command)
	score.bind(command, explainedMethods)
	output.bind(command)
	command.Flags().StringArrayVarP(&paths, "repository", "C", nil, "repository to read; may be given several times (default the current directory)")
	command.Flags().IntVar(&limit, "limit", 20, "how many commits or tickets to list")
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
	explanation, err := analyzer.Explain(r.evidence, r.people, r.systems, r.options, r.subjectPath(subject), limit)
	if err != nil {
		return err
	}
	if r.veil == nil {
		r.addSubjects(explanation)
	}
	r.veil.coverExplanation(explanation)
	shown := report.Explanation{
		Explanation: explanation, Incomplete: len(r.fatal()) > 0, Findings: r.evidence.Findings,
		Explain: explainLine(orHere(paths), source), WhatIf: whatIfLine(paths, source),
	}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// whatIfLine is the beginning of the command line that shows what an absence does to the same input.
func whatIfLine(paths []string, source sourceFlags) string {
	source.lines = false // of which whatif knows nothing
	return pathsLine("whatif", paths, source)
}

// pathsLine is the command line of a command that takes paths, on the same input.
func pathsLine(command string, paths []string, source sourceFlags) string {
	arguments := []string{command}
	if !source.pseudonyms { // a path begins with someone's home often enough
		arguments = append(arguments, paths...)
	}
	return commandLine("keyperson", append(arguments, source.again()...))
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

// subjectPath turns a path as someone in a shell writes it, "./a" or relative to a directory of the work
// tree, into the path within the repository. Anything else is left as it is.
func (r *reading) subjectPath(subject string) string {
	if len(r.repositories) == 0 {
		return subject
	}
	root := r.repositories[0].WorkTree()
	if root == "" || len(r.repositories) > 1 {
		return subject
	}
	if _, err := os.Lstat(subject); err != nil {
		return subject
	}
	absolute, err := filepath.Abs(subject)
	if err != nil {
		return subject
	}
	if resolved, err := filepath.EvalSymlinks(filepath.Dir(absolute)); err == nil {
		absolute = filepath.Join(resolved, filepath.Base(absolute))
	}
	if resolved, err := filepath.EvalSymlinks(root); err == nil {
		root = resolved
	}
	inside, err := filepath.Rel(root, absolute)
	if err != nil || inside == "." || inside == ".." || strings.HasPrefix(inside, ".."+string(filepath.Separator)) {
		return subject
	}
	return filepath.ToSlash(inside)
}
