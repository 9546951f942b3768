package analyzer

import (
	"cmp"
	"slices"

	"keyperson/analyzer/concentration"
	"keyperson/sources"
)

// publishedDeveloper is someone whom the published tool takes for one person. Its rules of joining are
// coarser than Keyperson's in one place and finer in another, so that there need be no one in
// sources.People who is the same.
type publishedDeveloper struct {
	// Shown is the identity, after the mailmap, that most of the developer's changes were made under.
	Shown sources.Identity
	// Person is who that is for Keyperson, index into sources.People.Persons.
	Person uint32
	// Identities are all that the tool joined, indices into Evidence.Identities, ascending.
	Identities []uint32
}

// publishedTruckFactor computes the Avelino truck factor as the published tool does: from everything
// authored and from all files of the tree, whatever their kind, bots included, with people joined by
// the tool's own rule on what the mailmap makes of the identities. With MethodAvelino the result is pruned.
// The people of the result are indices into the developers returned with it. The evidence must have been
// read without a limit on rename candidates.
//
// Two things of the tool are not repeated: it loses files with a semicolon in their path, and it lets an
// identity that is only on merges join two others, which evidence does not hold. On the 14 histories
// whose published results were compared neither made a difference.
//
// Source: see concentration.TruckFactor.
func publishedTruckFactor(
	e *sources.Evidence, people *sources.People, mailmap func(identity uint32) sources.Identity, options Options,
) (*TruckFactor, []publishedDeveloper) {
	mapped := make([]sources.Identity, len(e.Identities))
	for i := range mapped {
		mapped[i] = mailmap(uint32(i))
	}
	joined := joinAsPublished(mapped, authorsOf(e))
	result := concentration.TruckFactor(publishedHistory(e, joined, options), options.Method == MethodAvelino)
	factor := &TruckFactor{Value: result.Value, Files: result.Files, CoverageLeft: result.CoverageLeft}
	var developers []publishedDeveloper
	changes := changesOf(e)
	for i, removed := range result.Removed {
		factor.Developers = append(factor.Developers, TruckFactorDeveloper{
			Person: i, Files: removed.Files, Share: float64(removed.Files) / float64(result.Files),
		})
		developers = append(developers, developerOf(joined.identitiesOf(removed.Person), mapped, people, changes))
	}
	return factor, developers
}

// publishedHistory is the evidence in the form that the tool's own log has.
func publishedHistory(e *sources.Evidence, joined published, options Options) concentration.AuthorshipInput {
	input := concentration.AuthorshipInput{
		People: joined.count, Paths: len(e.Things),
		Changes: make([]concentration.Change, 0, len(e.Records)),
		Files:   make([]uint32, len(e.Files)),
	}
	for i := range e.Records {
		record := &e.Records[i]
		action, counts := publishedAction(record)
		if !counts || options.Since != nil && e.Events[record.Event].Time < options.Since.Unix() {
			continue
		}
		input.Changes = append(input.Changes, concentration.Change{
			Person: joined.byIdentity[record.Person], Path: record.Thing, From: record.From, Action: action,
		})
	}
	for i := range e.Files {
		input.Files[i] = e.Files[i].Thing
	}
	slices.SortFunc(input.Files, func(a, b uint32) int {
		x, y := &e.Things[a], &e.Things[b]
		return cmp.Or(cmp.Compare(x.Repository, y.Repository), cmp.Compare(x.Path, y.Path))
	})
	return input
}

// publishedAction says what the tool makes of a record: it reads additions, modifications and renames of
// authors, and drops deletions and changes of type.
func publishedAction(record *sources.Record) (action concentration.Action, counts bool) {
	if record.Kind != sources.Authored {
		return 0, false
	}
	switch record.Action {
	case sources.Modified:
		return concentration.Modified, true
	case sources.Added:
		return concentration.Added, true
	case sources.Renamed:
		return concentration.Renamed, true
	case sources.Deleted, sources.TypeChanged:
	}
	return 0, false
}

// authorsOf marks the identities that authored something; the tool never sees others, who therefore must
// not join two people.
func authorsOf(e *sources.Evidence) []bool {
	isAuthor := make([]bool, len(e.Identities))
	for i := range e.Records {
		if e.Records[i].Kind == sources.Authored {
			isAuthor[e.Records[i].Person] = true
		}
	}
	return isAuthor
}

// changesOf counts the changes authored by each identity.
func changesOf(e *sources.Evidence) []int {
	changes := make([]int, len(e.Identities))
	for i := range e.Records {
		if _, counts := publishedAction(&e.Records[i]); counts {
			changes[e.Records[i].Person]++
		}
	}
	return changes
}

// developerOf describes one of the tool's people by the name most used.
func developerOf(identities []uint32, mapped []sources.Identity, people *sources.People, changes []int) publishedDeveloper {
	under := map[sources.Identity]int{}
	for _, identity := range identities {
		under[mapped[identity]] += changes[identity]
	}
	most := identities[0]
	for _, identity := range identities[1:] {
		if under[mapped[identity]] > under[mapped[most]] {
			most = identity
		}
	}
	return publishedDeveloper{Shown: mapped[most], Person: people.ByIdentity[most], Identities: identities}
}
