package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"keyperson/report"
	"keyperson/sources"
)

func (p *program) systemsCommand() *cobra.Command {
	var (
		source sourceFlags
		output outputFlags
		files  bool
	)
	command := &cobra.Command{
		Use:   "systems [PATH…]",
		Short: "Show which files belong to which system, why, and which to none",
		Long: `Systems come from keyperson.yaml, else from a service catalogue, CODEOWNERS, workspace modules or
top-level directories, whichever is found first. keyperson init writes down what was found, to edit.`,
		Example: `  keyperson systems
  keyperson systems --files        # every file
  keyperson systems -f csv ../shop`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.showSystems(command.Context(), paths, files, source, output)
		},
	}
	source.bind(command)
	output.bind(command)
	command.Flags().BoolVar(&files, "files", false, "list the files of each system")
	return command
}

func (p *program) showSystems(ctx context.Context, named []string, files bool, source sourceFlags, output outputFlags) error {
	if err := errors.Join(output.validate(), wantRepository(named, "this shows which files belong to which system")); err != nil {
		return err
	}
	paths := orHere(named)
	r, err := p.read(ctx, paths, source, need{ignoreRunbooks: true})
	if err != nil {
		return err
	}
	defer r.close()
	if err := p.print(mapping(r, files), output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// mapping lists the files of the tree by system.
func mapping(r *reading, files bool) report.Systems {
	shown := report.Systems{
		Origin: r.systems.Origin, Systems: make([]report.MappedSystem, len(r.systems.Systems)),
		Findings: r.evidence.Findings, ListFiles: files,
	}
	for i, system := range r.systems.Systems {
		shown.Systems[i].System = system
	}
	for i := range r.evidence.Files {
		file := &r.evidence.Files[i]
		path := r.pathOf(file.Thing)
		belongs := r.systems.ByThing[file.Thing]
		if file.Exclusion != sources.Assessed {
			shown.LeftOut++
			for _, system := range belongs {
				shown.Systems[system].LeftOut++
			}
			continue
		}
		shown.Assessed++
		for _, system := range belongs {
			shown.Systems[system].Files = append(shown.Systems[system].Files, path)
		}
		if len(belongs) == 0 {
			shown.Unmapped = append(shown.Unmapped, path)
		}
	}
	slices.Sort(shown.Unmapped)
	for i := range shown.Systems {
		slices.Sort(shown.Systems[i].Files)
	}
	return shown
}

// pathOf names a file, with its repository where there are several.
func (r *reading) pathOf(thing uint32) string {
	t := &r.evidence.Things[thing]
	if len(r.evidence.Repositories) == 1 {
		return t.Path
	}
	return r.evidence.Repositories[t.Repository].Label + ":" + t.Path
}
