package identity

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// Project says who the identities of an earlier evidence belong to by what a later one found out, so that one person
// has one ID in both, and what joined them. Identities that the later evidence does not have stay persons of their own as resolved found
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
	addProjectedMerges(p, earlier, resolved, later, people)
	for _, suspect := range people.Suspects {
		a, knownA := placeOf[suspect.A]
		b, knownB := placeOf[suspect.B]
		if knownA && knownB {
			p.Suspects = append(p.Suspects, sources.Suspect{A: min(a, b), B: max(a, b), Reason: suspect.Reason})
		}
	}
	return p, strangers
}

// addProjectedMerges says what joins the identities of each projected person, as a spanning tree: what joined them later,
// what joined them as resolved, and where both leave a gap, that names seen later lie between.
func addProjectedMerges(p *sources.People, earlier *sources.Evidence, resolved *sources.People, later *sources.Evidence, people *sources.People) {
	placeOf := make(map[sources.Identity]uint32, len(earlier.Identities))
	root := make([]uint32, len(earlier.Identities))
	for i, identity := range earlier.Identities {
		placeOf[identity], root[i] = uint32(i), uint32(i)
	}
	find := func(i uint32) uint32 {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	join := func(a, b uint32, reason string) {
		if p.ByIdentity[a] != p.ByIdentity[b] || find(a) == find(b) {
			return
		}
		root[find(a)] = find(b)
		p.Merges = append(p.Merges, sources.Merge{Person: p.ByIdentity[a], A: min(a, b), B: max(a, b), Reason: reason})
	}
	for _, merge := range people.Merges {
		a, knownA := placeOf[later.Identities[merge.A]]
		b, knownB := placeOf[later.Identities[merge.B]]
		if knownA && knownB {
			join(a, b, merge.Reason)
		}
	}
	for _, merge := range resolved.Merges {
		join(merge.A, merge.B, merge.Reason)
	}
	for i := range p.Persons {
		for _, again := range p.Persons[i].Identities {
			join(p.Persons[i].Identities[0], again, "joined by names seen later")
		}
	}
	slices.SortFunc(p.Merges, func(a, b sources.Merge) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}
