package identity

import (
	"slices"

	"keyperson/sources"
)

// groupNodes returns the nodes with the same non-empty key, groups of two and more, sorted by key.
func (r *resolver) groupNodes(keyOf func(*node) string) [][]int {
	byKey := make(map[string][]int)
	for i := range r.nodes {
		if key := keyOf(&r.nodes[i]); key != "" {
			byKey[key] = append(byKey[key], i)
		}
	}
	keys := make([]string, 0, len(byKey))
	for key, members := range byKey {
		if len(members) > 1 {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	groups := make([][]int, len(keys))
	for i, key := range keys {
		groups[i] = byKey[key]
	}
	return groups
}

// joinPrograms joins what one program wrote: same name, or same address.
func (r *resolver) joinPrograms() {
	isProgram := func(n *node) bool { return n.kind != sources.Human }
	for _, members := range r.groupNodes(func(n *node) string {
		if !isProgram(n) || n.name.key == "" {
			return ""
		}
		return n.kind.String() + " " + n.name.key
	}) {
		r.chain(members, "same "+r.nodes[members[0]].kind.String()+" name")
	}
	for _, members := range r.groupNodes(func(n *node) string {
		if !isProgram(n) || n.address.full == "" {
			return ""
		}
		return n.kind.String() + " " + n.address.full
	}) {
		r.chain(members, "same address "+r.nodes[members[0]].address.full)
	}
}

// chain joins each member with the first.
func (r *resolver) chain(members []int, reason string) {
	for _, i := range members[1:] {
		r.join(members[0], i, inferred, reason)
	}
}

// joinSameAddress joins by what an address says: accounts by number, by login, mailboxes.
func (r *resolver) joinSameAddress() {
	keys := []struct {
		keyOf    func(*node) string
		describe func(*node) string
	}{
		{func(n *node) string { return n.address.account }, func(n *node) string { return "same account number: " + n.address.account }},
		{func(n *node) string { return n.address.login }, func(n *node) string { return "same account: " + n.address.login }},
		{func(n *node) string { return n.address.mailbox }, func(n *node) string { return "same address " + n.address.mailbox }},
	}
	shared := 0
	for _, key := range keys {
		for _, members := range r.groupNodes(func(n *node) string {
			if !n.isUsable() || n.address.reach == noReach {
				return ""
			}
			return key.keyOf(n)
		}) {
			if !r.joinOneAddress(members, key.describe(&r.nodes[members[0]])) {
				shared++
				for _, i := range members {
					r.nodes[i].address.reach = noReach
				}
			}
		}
	}
	if shared > 0 {
		r.report("shared-addresses", shared, "addresses are used under three or more unrelated names, so they join nobody",
			"list their people in the alias file as \"Name <address>\"")
	}
	r.joinTagged()
	r.joinPlaceholders()
}

// maxNamesOfAddress is how many full names an address may have before it is nobody's.
const maxNamesOfAddress = 24

// joinOneAddress joins the nodes of one address as far as their names allow. It returns false when
// the address turns out to be shared by three people or more.
func (r *resolver) joinOneAddress(members []int, reason string) bool {
	classes, ok := r.nameClasses(members)
	if !ok || len(classes) > 2 {
		return false
	}
	switch {
	case len(classes) == 0:
		r.joinNameless(members, reason)
	case len(classes) == 1:
		anchor := classes[0][0]
		for _, i := range members {
			r.join(anchor, i, inferred, reason)
		}
	default:
		for _, class := range classes {
			r.chain(class, reason)
		}
		r.attachLoose(members, classes, reason)
		r.suspect(classes[0][0], classes[1][0], scoreSameAddress, reason+" under two unrelated names")
	}
	return true
}

// nameClasses sorts the nodes with full names into classes of names that can be one person's.
func (r *resolver) nameClasses(members []int) (classes [][]int, ok bool) {
	byKey := map[string]int{} // full name → class
	names := []*personName{}
	for _, i := range members {
		name := r.nodes[i].name
		if !r.nodes[i].hasFullName() {
			continue
		}
		at, known := byKey[name.key]
		if !known {
			if len(names) >= maxNamesOfAddress {
				return nil, false
			}
			at = len(classes)
			for k, other := range names {
				if relate(name, other) != unrelated {
					at = byKey[names[k].key]
					break
				}
			}
			names = append(names, name)
			byKey[name.key] = at
		}
		if at == len(classes) {
			classes = append(classes, nil)
		}
		classes[at] = append(classes[at], i)
	}
	return classes, true
}

// joinNameless joins nodes of which none has a full name: at a mailbox all, elsewhere equal names.
func (r *resolver) joinNameless(members []int, reason string) {
	byLetters := map[string]int{}
	for _, i := range members {
		key := ""
		if r.nodes[i].address.reach != personal {
			key = r.nodes[i].name.letters
		}
		if first, ok := byLetters[key]; ok {
			r.join(first, i, inferred, reason)
		} else {
			byLetters[key] = i
		}
	}
}

// attachLoose gives nodes without a full name to the class whose name they are made of, if it is
// only one.
func (r *resolver) attachLoose(members []int, classes [][]int, reason string) {
	for _, i := range members {
		if r.nodes[i].hasFullName() {
			continue
		}
		fits := -1
		for at, class := range classes {
			if relate(r.nodes[i].name, r.nodes[class[0]].name) >= similar {
				if fits >= 0 {
					fits = -1
					break
				}
				fits = at
			}
		}
		if fits >= 0 {
			r.join(classes[fits][0], i, inferred, reason)
		}
	}
}

// joinTagged joins `joe+git@` with `joe@` of the same domain where the names agree.
func (r *resolver) joinTagged() {
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || n.address.reach != personal || n.address.login != "" {
			return ""
		}
		return n.address.local + "@" + n.address.domain
	}) {
		if len(members) > 200 {
			continue
		}
		for _, i := range members[1:] {
			if r.nodes[members[0]].address.tagged != r.nodes[i].address.tagged && relate(r.nodes[members[0]].name, r.nodes[i].name) >= similar {
				r.join(members[0], i, inferred, "same address but for a +tag")
			}
		}
	}
}

// joinPlaceholders joins spellings of one name at one address that says nothing by itself.
func (r *resolver) joinPlaceholders() {
	for _, members := range r.groupNodes(func(n *node) string {
		if n.kind != sources.Human || n.address.full == "" || n.name.letters == "" || !n.name.pair && n.address.reach == personal {
			return ""
		}
		return n.name.key + " <" + n.address.full
	}) {
		r.chain(members, "same name and address")
	}
}
