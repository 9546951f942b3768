package identity

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/sources"
)

// node is one distinct identity of the evidence, with what the statements made of it.
type node struct {
	written    sources.Identity
	identities []uint32 // where it stands in Evidence.Identities, ascending
	name       *personName
	address    address
	properName string      // as given by a mailmap, empty if none did
	moved      bool        // a mailmap gave it another address
	former     *personName // full name as written, where a mailmap gave it another to go by; else nil
	entry      int         // of the alias file's people, -1 if none
	stated     bool        // the alias file says what kind it is
	kind       sources.PersonKind
	kindReason string
	count      int   // pieces of evidence
	first      int64 // time of the earliest, when count > 0
	last       int64 // time of the latest, when count > 0
}

// isUsable tells whether rules may join the node at all: pairs are two people.
func (n *node) isUsable() bool { return n.kind == sources.Human && !n.name.pair }

// hasFullName tells whether the node's name says who it is. What a mailmap moved to an address without
// naming it goes by that address, whatever it was called.
func (n *node) hasFullName() bool { return n.name.full && (!n.moved || n.properName != "") }

// buildPeople turns the components into persons: sorted by ID, numbers assigned, joins translated.
func (r *resolver) buildPeople() *sources.People {
	members := make(map[int][]int)
	for i := range r.nodes {
		root := r.find(i)
		members[root] = append(members[root], i)
	}
	owner := r.addressOwners()
	persons := make([]sources.Person, 0, len(members))
	roots := make([]int, 0, len(members))
	for i := range r.nodes {
		if r.find(i) == i {
			roots = append(roots, i)
			persons = append(persons, r.buildPerson(members[i], owner))
		}
	}
	order := make([]int, len(persons))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := strings.Compare(persons[a].ID, persons[b].ID); c != 0 {
			return c
		}
		return cmp.Compare(members[roots[a]][0], members[roots[b]][0])
	})
	people := &sources.People{ByIdentity: make([]uint32, len(r.evidence.Identities))}
	taken := map[string]bool{}
	for _, chosen := range order {
		person := persons[chosen]
		for taken[person.ID] {
			person.ID += "'" // names that differ only in what folding removes
		}
		taken[person.ID] = true
		people.Persons = append(people.Persons, person)
	}
	slices.SortFunc(people.Persons, func(a, b sources.Person) int { return strings.Compare(a.ID, b.ID) })
	for number, person := range people.Persons {
		for _, identity := range person.Identities {
			people.ByIdentity[identity] = uint32(number)
		}
	}
	r.addMerges(people)
	r.addSuspects(people)
	return people
}

// addressOwners returns for each folded address the one component that uses it, or -1.
func (r *resolver) addressOwners() map[string]int {
	owner := make(map[string]int, len(r.nodes))
	for i := range r.nodes {
		folded, root := r.nodes[i].address.full, r.find(i)
		if before, ok := owner[folded]; ok && before != root {
			root = -1
		}
		owner[folded] = root
	}
	return owner
}

func (r *resolver) buildPerson(members []int, owner map[string]int) sources.Person {
	root := r.find(members[0])
	group := &r.groups[root]
	person := sources.Person{Kind: group.kind, KindReason: group.kindReason}
	for _, i := range members {
		n := &r.nodes[i]
		person.Identities = append(person.Identities, n.identities...)
		if n.address.reach == noReach && n.kind == sources.Human || n.address.full == "" || owner[n.address.full] != root {
			continue
		}
		if person.ID == "" || n.address.full < person.ID {
			person.ID = n.address.full
		}
	}
	slices.Sort(person.Identities)
	if person.ID == "" {
		person.ID = r.accountID(members)
	}
	if person.ID == "" {
		person.ID = r.nameID(members)
	}
	person.Name = r.shownName(members)
	if person.Name == "" {
		person.Name = person.ID
	}
	person.Address = r.shownAddress(members)
	return person
}

// accountID identifies someone without an address of their own by what trackers call them; "" for those
// whom none knows.
func (r *resolver) accountID(members []int) string {
	smallest := ""
	for _, i := range members {
		if account := r.nodes[i].written.Account; account != "" && (smallest == "" || account < smallest) {
			smallest = account
		}
	}
	return smallest
}

// nameID identifies someone without an address of their own.
func (r *resolver) nameID(members []int) string {
	smallest := ""
	for _, i := range members {
		n := &r.nodes[i]
		id := n.name.key
		if id == "" {
			id = selectorName(n.name.written)
		}
		if n.address.full != "" {
			id = strings.TrimSpace(id + " <" + n.address.full + ">")
		}
		if smallest == "" || id < smallest {
			smallest = id
		}
	}
	if smallest == "" {
		return "unknown"
	}
	return smallest
}

// shownName prefers what the team stated, then full names in ordinary capitals and without an aside such as "(Inactive)",
// which trackers add to accounts, then the latest.
func (r *resolver) shownName(members []int) string {
	best, bestRank := "", nameRank{}
	for _, i := range members {
		n := &r.nodes[i]
		name := n.written.Name
		rank := nameRank{last: n.last, count: n.count, hasNoAside: withoutAsides(name) == name}
		switch {
		case n.entry >= 0:
			name, rank.quality = r.options.Aliases.People[n.entry].Name, 6
		case n.properName != "":
			name, rank.quality = n.properName, 5
		case n.name.full && !n.name.swapped && isWellCapitalised(name) && rank.hasNoAside:
			rank.quality = 4
		case n.name.full && !n.name.swapped:
			rank.quality = 3
		case n.name.full:
			rank.quality = 2
		case n.name.letters != "" && !placeholderNames[n.name.key]:
			rank.quality = 1
		}
		if best == "" || rank.compare(bestRank) > 0 || rank.compare(bestRank) == 0 && name < best {
			best, bestRank = name, rank
		}
	}
	if strings.TrimSpace(best) == "" {
		return r.shownAddress(members)
	}
	return best
}

type nameRank struct {
	quality    int
	hasNoAside bool
	last       int64
	count      int
}

func (a nameRank) compare(b nameRank) int {
	aside := 0
	switch {
	case a.hasNoAside == b.hasNoAside:
	case a.hasNoAside:
		aside = 1
	default:
		aside = -1
	}
	return cmp.Or(cmp.Compare(a.quality, b.quality), aside, cmp.Compare(a.last, b.last), cmp.Compare(a.count, b.count))
}

// isWellCapitalised holds for names that are neither all lower nor all upper case, in scripts that
// have case.
func isWellCapitalised(name string) bool {
	return name != strings.ToLower(name) && name != strings.ToUpper(name) || strings.ToLower(name) == strings.ToUpper(name)
}

// shownAddress prefers a mailbox that a mailmap gave, then any mailbox, then the latest used.
func (r *resolver) shownAddress(members []int) string {
	best, bestRank := "", nameRank{}
	for _, i := range members {
		n := &r.nodes[i]
		rank := nameRank{last: n.last, count: n.count, quality: int(n.address.reach) * 2}
		if n.address.login != "" {
			rank.quality--
		}
		if n.moved {
			rank.quality += 4
		}
		shown := strings.TrimSpace(n.written.Address)
		if n.moved {
			shown = n.address.full
		}
		if shown != "" && (best == "" || rank.compare(bestRank) > 0 || rank.compare(bestRank) == 0 && shown < best) {
			best, bestRank = shown, rank
		}
	}
	return best
}
