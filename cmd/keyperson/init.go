package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"keyperson/sources/catalog"
)

func (p *program) initCommand() *cobra.Command {
	var (
		source sourceFlags
		force  bool
	)
	command := &cobra.Command{
		Use:   "init [PATH]",
		Short: "Write a commented keyperson.yaml from what is found",
		Long: `The file describes the systems as they were found, ready to be edited: names, tiers, teams, paths.
It gives the same result as no file at all, until you change it.`,
		Example: `  keyperson init
  keyperson init --force   # over an existing keyperson.yaml`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, paths []string) error {
			if err := wantRepository(paths, "init describes the files of a repository"); err != nil {
				return err
			}
			return p.initialise(command.Context(), orHere(paths), force, source)
		},
	}
	command.Flags().BoolVar(&force, "force", false, "replace an existing keyperson.yaml")
	return command
}

func (p *program) initialise(ctx context.Context, paths []string, force bool, source sourceFlags) error {
	repository, err := openOne(paths[0])
	if err != nil {
		return err
	}
	root := repository.WorkTree()
	if err := repository.Close(); err != nil {
		return err
	}
	if root == "" {
		return usage("%s is a bare repository, which has no place for %s; run init in a clone with files", paths[0], configFile)
	}
	path := filepath.Join(root, configFile)
	switch _, err := os.Lstat(path); {
	case err == nil && !force:
		return usage("%s exists already; --force replaces it", path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return usage("look for %s: %w", path, err)
	}
	r, err := p.read(ctx, paths, source, need{ignoreConfig: force, ignoreTickets: true, ignoreRunbooks: true})
	if err != nil {
		return err
	}
	defer r.close()
	if err := writeWhole(path, catalog.WriteConfig(r.evidence, r.systems), 0o644); err != nil {
		return err
	}
	p.note("wrote %s: %d systems from %s; keyperson systems shows the mapping", path, len(r.systems.Systems), r.systems.Origin)
	return nil
}
