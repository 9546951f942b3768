package analyzer

import (
	"cmp"

	"keyperson/sources"
)

// truckFactor computes a published method, and lists its developers among the people of the assessment.
// Where the tool takes one person of Keyperson's for two developers, the second one is listed under the name
// that the tool knows.
func truckFactor(e *sources.Evidence, r *roster, options Options) *TruckFactor {
	mailmap := options.Mailmap
	if mailmap == nil {
		mailmap = func(identity uint32) sources.Identity { return e.Identities[identity] }
	}
	factor, developers := publishedTruckFactor(e, r.people, mailmap, options)
	isListed := map[uint32]bool{}
	for i, developer := range developers {
		place := r.index(developer.Person)
		if isListed[developer.Person] {
			another := r.listed[place]
			another.Name = cmp.Or(developer.Shown.Name, developer.Shown.Address)
			place = r.add(another)
		}
		isListed[developer.Person] = true
		factor.Developers[i].Person = place
	}
	return factor
}
