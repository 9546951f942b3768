package main

import (
	"errors"
	"fmt"
	"slices"

	"keyperson/sources"
	"keyperson/sources/identity"
)

// identify decides who is who, and returns what it found on the way.
func (r *reading) identify() ([]sources.Finding, error) {
	mailmaps := make([]*identity.Mailmap, len(r.repositories))
	for i, snapshot := range r.snapshots {
		data, err := snapshot.Read(mailmapFile, largestMailmap)
		switch {
		case errors.Is(err, sources.ErrNoFile):
			continue
		case err != nil:
			return nil, fmt.Errorf("read %s of %s: %w", mailmapFile, r.repositories[i].Label(), err)
		}
		mailmaps[i], _ = identity.ParseMailmap(data) // Resolve reports what is malformed
	}
	people, findings := identity.Resolve(r.evidence, identity.Options{Mailmaps: mailmaps, Aliases: r.aliases})
	people.Mapped = r.mapped(mailmaps)
	r.people = people
	return findings, nil
}

// mapped is what each identity becomes by the mailmap of the repository it was found in. The
// identities of a repository stand together, in the order of the repositories.
func (r *reading) mapped(mailmaps []*identity.Mailmap) []sources.Identity {
	mapped := slices.Clone(r.evidence.Identities)
	first := 0
	for i, history := range r.histories {
		last := first + len(history.People)
		if mailmaps[i] != nil {
			for j := first; j < last; j++ {
				mapped[j] = mailmaps[i].Apply(mapped[j])
			}
		}
		first = last
	}
	return mapped
}

const (
	mailmapFile    = ".mailmap"
	largestMailmap = 16 << 20
)
