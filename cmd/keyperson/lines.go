package main

import (
	"context"

	"keyperson/sources"
	"keyperson/sources/git"
)

// readOwners finds who wrote each line of the files of the repository read last: those from firstFile
// on, by the identities from firstIdentity on.
func (r *reading) readOwners(ctx context.Context, repository *git.Repository, history *git.History, firstIdentity, firstFile int) error {
	owners, err := repository.Owners(ctx, history, r.flags.workers)
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
