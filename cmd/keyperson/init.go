package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

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
It gives the same result as no file at all, until you change it. --force writes it anew, and keeps the file that was
there beside it as keyperson.yaml.bak.`,
		Example: `  keyperson init
  keyperson init --force   # over an existing keyperson.yaml, which becomes keyperson.yaml.bak`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, paths []string) error {
			if err := wantRepository(paths, "init describes the files of a repository"); err != nil {
				return err
			}
			return p.initialise(command.Context(), orHere(paths), force, source)
		},
	}
	command.Flags().BoolVar(&force, "force", false, "replace an existing keyperson.yaml, which is kept beside it")
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
		return usage("%s exists already; --force replaces it, and keeps it as %s", path, configFile+".bak")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return usage("look for %s: %w", path, err)
	}
	r, err := p.read(ctx, paths, source, need{ignoreConfig: force, ignoreTickets: true, ignoreRunbooks: true})
	if err != nil {
		return err
	}
	defer r.close()
	content := catalog.WriteConfig(r.evidence, r.systems)
	if holdsAlready(path, content) {
		p.note("%s says that already; nothing was written", path)
		return nil
	}
	kept, err := setAside(path)
	if err != nil {
		return err
	}
	if err := writeWhole(path, content, 0o644); err != nil {
		if kept != "" {
			err = errors.Join(err, os.Rename(kept, path))
		}
		return err
	}
	if kept != "" {
		p.note("kept the file that was there as %s", kept)
	}
	p.note("wrote %s: %d systems from %s; keyperson systems shows the mapping", path, len(r.systems.Systems), r.systems.Origin)
	return nil
}

// holdsAlready says whether a regular file, of which no more is read than there should be, has a content.
func holdsAlready(path string, content []byte) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) {
		return false
	}
	there, err := os.ReadFile(path)
	return err == nil && bytes.Equal(there, content)
}

// mostKept bounds the names that are tried for a file that is kept.
const mostKept = 100

// setAside moves a file out of the way to a name that is free: FILE.bak, else FILE.bak2 and so on. It returns that name,
// "" where there was no file.
func setAside(path string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	for n := 1; n <= mostKept; n++ {
		kept := path + ".bak"
		if n > 1 {
			kept += strconv.Itoa(n)
		}
		if _, err := os.Lstat(kept); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Rename(path, kept); err != nil {
			return "", usage("keep %s: %w", path, err)
		}
		return kept, nil
	}
	return "", usage("keep %s: %d copies are there already, %s.bak and its like; remove some", path, mostKept, path)
}
