package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyperson/report"
	"keyperson/sources/identity"
)

func (p *program) peopleCommand() *cobra.Command {
	var (
		source sourceFlags
		output outputFlags
		write  bool
	)
	command := &cobra.Command{
		Use:   "people [PATH…]",
		Short: "Show which names and addresses are one person, which may be, and who is a program",
		Long: `Two people are never joined silently: every join is listed with its reason, and pairs that may be
one person are listed for you to decide. --write puts the joins and, as comments, the pairs to decide into the alias file beside
keyperson.yaml; edit it, commit it, and every later run follows it. Nothing here counts what anyone did.
Without a repository the tickets alone are enough; the alias file then stands in the current directory.`,
		Example: `  keyperson people
  keyperson people --write         # then edit keyperson-people.yaml
  keyperson people -f json ../shop`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.showPeople(command.Context(), paths, write, source, output)
		},
	}
	source.bind(command)
	output.bind(command)
	command.Flags().BoolVar(&write, "write", false, "write or update the alias file of the first repository")
	return command
}

func (p *program) showPeople(ctx context.Context, paths []string, write bool, source sourceFlags, output outputFlags) error {
	if err := output.validate(); err != nil {
		return err
	}
	if write && source.pseudonyms {
		return usage("--write and --pseudonyms contradict each other: an alias file is about names")
	}
	r, err := p.read(ctx, paths, source, need{newAliases: write, ignoreRunbooks: true, ticketsSuffice: true})
	if err != nil {
		return err
	}
	defer r.close()
	if write {
		return p.writeAliases(r)
	}
	shown := report.People{People: r.people, Identities: r.evidence.Identities, Findings: r.evidence.Findings, Pseudonyms: r.veil != nil}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// writeAliases writes the alias file that the next run will read.
func (p *program) writeAliases(r *reading) error {
	path := r.aliasPath
	if path == "" {
		root := r.repositories[0].WorkTree()
		if root == "" {
			return usage("--write: %s is a bare repository, which has no place for %s; work in a clone with files",
				r.repositories[0].Path(), aliasFile)
		}
		path = filepath.Join(root, aliasFile)
	}
	if err := writeWhole(path, identity.WriteAliases(r.people, r.evidence), 0o644); err != nil {
		return err
	}
	p.note("wrote %s; review it and commit it", path)
	return nil
}
