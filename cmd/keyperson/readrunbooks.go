package main

import (
	"context"

	"keyperson/sources/runbook"
)

// readRunbooks adds the procedure documents of all repositories to the evidence, and says which tickets and commits
// are about them.
func (r *reading) readRunbooks(ctx context.Context) error {
	repositories := make([]runbook.Repository, len(r.repositories))
	for i, repository := range r.repositories {
		repositories[i] = runbook.Repository{
			Snapshot:    r.snapshots[i],
			NewVersions: func() runbook.Versions { return repository.Versions() },
		}
	}
	configured := &r.config.Runbooks
	options := runbook.Options{
		Paths: configured.Paths, Owner: configured.Owner, Reviewed: configured.Reviewed, Interval: configured.Interval,
		Workers: r.flags.workers,
	}
	for i := range r.config.Systems {
		if system := &r.config.Systems[i]; len(system.Runbooks) > 0 {
			options.Systems = append(options.Systems, runbook.SystemPaths{System: system.ID, Paths: system.Runbooks})
		}
	}
	if err := runbook.Read(ctx, r.evidence, repositories, options); err != nil {
		return err
	}
	runbook.Link(r.evidence)
	return nil
}
