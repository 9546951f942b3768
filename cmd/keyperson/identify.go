package main

import (
	"errors"
	"fmt"
	"slices"

	"keyperson/sources"
	"keyperson/sources/git"
	"keyperson/sources/identity"
)

const (
	mailmapFile    = ".mailmap"
	largestMailmap = 16 << 20
)

// identify decides who is who, and returns what it found on the way.
func (r *reading) identify() ([]sources.Finding, error) {
	mailmaps := make([]*identity.Mailmap, len(r.repositories))
	var unread []sources.Finding
	for i := range r.repositories {
		data, finding, err := r.readMailmap(i)
		if err != nil {
			return nil, err
		}
		if finding != nil {
			unread = append(unread, *finding)
		}
		if data != nil {
			mailmaps[i], _ = identity.ParseMailmap(data) // Resolve reports what is malformed
		}
	}
	people, findings := identity.Resolve(r.evidence, identity.Options{Mailmaps: mailmaps, Aliases: r.aliases})
	people.Mapped = r.mapped(mailmaps)
	r.people = people
	return append(unread, findings...), nil
}

// readMailmap reads the .mailmap of a repository, nil where it has none or an empty one. One that cannot be read is a finding that
// forbids scores: a person who is taken for two covers for themselves.
func (r *reading) readMailmap(at int) ([]byte, *sources.Finding, error) {
	repository := r.repositories[at]
	finding := sources.Finding{Code: "unread-mailmap", Severity: sources.Fatal, Repository: repository.Label()}
	data, err := r.snapshots[at].Read(mailmapFile, largestMailmap)
	switch {
	case errors.Is(err, sources.ErrNoFile):
		return nil, nil, nil
	case errors.Is(err, sources.ErrTooLarge):
		finding.Message = fmt.Sprintf("%s has more than %d MiB and was not read, so people may count twice", mailmapFile, largestMailmap>>20)
		finding.Advice = "take out what no commit needs"
		return nil, &finding, nil
	case errors.Is(err, sources.ErrMissing):
		if data, err := newestMailmap(repository, r.flags.revision); err == nil {
			finding.Severity = sources.Note
			finding.Message = mailmapFile + " as it was then is missing from this clone; the newest one tells who is who"
			return data, &finding, nil
		}
		finding.Message = "the content of " + mailmapFile + " is missing from this clone, so people may count twice"
		finding.Advice = "run git fetch --refetch --no-filter"
		return nil, &finding, nil
	case err != nil:
		return nil, nil, fmt.Errorf("read %s of %s: %w", mailmapFile, repository.Label(), err)
	}
	return data, nil, nil
}

// newestMailmap is the one of the revision itself where an earlier date is looked from: a clone without the contents of
// the past has at least what is checked out.
func newestMailmap(repository *git.Repository, revision string) ([]byte, error) {
	newest, err := repository.Resolve(revision)
	if err != nil {
		return nil, err
	}
	return repository.Versions().At(newest.String(), mailmapFile, largestMailmap)
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
