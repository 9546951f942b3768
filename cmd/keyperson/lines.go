package main

import (
	"context"
	"errors"

	"keyperson/sources"
	"keyperson/sources/git"
	"keyperson/sources/git/facts"
)

// readOwners finds who wrote each line of the files of the repository read last: those from firstFile
// on, by the identities from firstIdentity on.
func (r *reading) readOwners(ctx context.Context, p *program, repository *git.Repository, history *git.History, need need, firstIdentity, firstFile int) error {
	owners, err := p.owners(ctx, repository, history, r.flags, need)
	if err != nil {
		return err
	}
	byPath := make(map[string]*git.FileOwners, len(owners))
	for i := range owners {
		byPath[owners[i].Path] = &owners[i]
	}
	for i := firstFile; i < len(r.evidence.Files); i++ {
		file := &r.evidence.Files[i]
		owned, ok := byPath[r.evidence.Things[file.Thing].Path]
		if !ok {
			continue
		}
		file.Lines = int32(owned.Lines)
		file.Owners = make([]sources.LineOwner, len(owned.Owners))
		for j, owner := range owned.Owners {
			file.Owners[j] = sources.LineOwner{Person: owner.Person + uint32(firstIdentity), Lines: owner.Lines}
		}
	}
	return nil
}

// owners finds out who owns the lines, unless an earlier run kept it for the same head.
func (p *program) owners(ctx context.Context, repository *git.Repository, history *git.History, flags sourceFlags, need need) ([]git.FileOwners, error) {
	kept, err := keptHistory(repository, flags, need)
	if err != nil {
		kept = "" // which was said when the history was read
	}
	if kept != "" {
		kept += ".owners"
		owners, err := facts.LoadOwners(kept, history)
		if err == nil {
			return owners, nil
		}
		if !errors.Is(err, facts.ErrNone) {
			p.noteUnusable("what an earlier run found out about lines", err)
		}
	}
	owners, isWhole, err := repository.Owners(ctx, history, flags.workers)
	if err != nil || kept == "" || !isWhole {
		return owners, err
	}
	if err := facts.SaveOwners(kept, history, owners); err != nil {
		p.noteFailure("who owns which lines", err)
	}
	return owners, nil
}
