package identity

import (
	"slices"

	"keyperson/sources"
)

// Project says who the identities of an earlier evidence belong to by what a later one found out, so that one person
// has one ID in both. Identities that the later evidence does not have stay persons of their own as resolved found
// them; it returns how many. Neither argument is changed.
func Project(earlier *sources.Evidence, resolved *sources.People, later *sources.Evidence, people *sources.People) (*sources.People, int) {
	personOf := make(map[sources.Identity]uint32, len(later.Identities))
	for i, identity := range later.Identities {
		if _, known := personOf[identity]; !known {
			personOf[identity] = people.ByIdentity[i]
		}
	}
	p := &sources.People{ByIdentity: make([]uint32, len(earlier.Identities)), Mapped: slices.Clone(resolved.Mapped)}
	placeOf := map[uint32]uint32{} // of later persons in p.Persons
	ownPlace := map[uint32]uint32{}
	strangers := 0
	place := func(places map[uint32]uint32, of uint32, person sources.Person) uint32 {
		at, known := places[of]
		if !known {
			at = uint32(len(p.Persons))
			places[of] = at
			person.Identities = nil
			p.Persons = append(p.Persons, person)
		}
		return at
	}
	for i, identity := range earlier.Identities {
		var at uint32
		if person, known := personOf[identity]; known {
			at = place(placeOf, person, people.Persons[person])
		} else {
			own := resolved.ByIdentity[i]
			at = place(ownPlace, own, resolved.Persons[own])
			strangers++
		}
		p.ByIdentity[i] = at
		p.Persons[at].Identities = append(p.Persons[at].Identities, uint32(i))
	}
	for _, suspect := range people.Suspects {
		a, knownA := placeOf[suspect.A]
		b, knownB := placeOf[suspect.B]
		if knownA && knownB {
			p.Suspects = append(p.Suspects, sources.Suspect{A: min(a, b), B: max(a, b), Reason: suspect.Reason})
		}
	}
	return p, strangers
}
