package identity

import (
	"slices"
	"strings"
)

// joinSameName joins equal full names at different addresses. Namesakes exist, so three things stop
// it: accounts that differ, mailboxes numbered to tell namesakes apart, and names that are too common.
func (r *resolver) joinSameName() {
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || !n.hasFullName() {
			return ""
		}
		return n.name.key
	}) {
		r.joinOneName(members)
	}
}

func (r *resolver) joinOneName(members []int) {
	name := r.nodes[members[0]].name
	members, numbered := r.splitNumbered(members)
	for _, i := range numbered {
		if len(members) > 0 {
			r.suspect(members[0], i, scoreContradicted, "same full name, but the mailboxes are numbered")
		} else {
			r.suspect(numbered[0], i, scoreContradicted, "same full name, but the mailboxes are numbered")
		}
	}
	if len(members) < 2 {
		return
	}
	if name.common {
		r.joinCommonName(members)
		return
	}
	loose, owned := r.splitByAccount(members)
	if several := r.splitByTracker(members); len(several) > 0 {
		if len(owned) < 2 {
			loose, owned = append(loose, owned...), nil
		}
		isOwned := map[int]bool{}
		for _, i := range several {
			isOwned[r.find(i)] = true
		}
		loose = slices.DeleteFunc(loose, func(i int) bool { return isOwned[r.find(i)] })
		owned = append(owned, several...)
	}
	if len(owned) < 2 {
		r.chain(append(owned, loose...), "same full name: "+name.key)
		return
	}
	// Several accounts under one name: nobody can tell to whom of them the rest belongs.
	if len(loose) > 0 {
		r.chain(loose, "same full name: "+name.key)
		owned = append(owned, loose[0])
	}
	hub := owned[0]
	if len(loose) > 0 && r.nodes[hub].isTracked() {
		hub = loose[0] // whose accounts they may be matters more than how they look to each other
	}
	for _, i := range owned {
		r.suspect(hub, i, scoreContradicted, "same full name, but several accounts")
	}
}

// splitByAccount returns the members without an account number, and one member for each component
// that has one and shares it with no component before.
func (r *resolver) splitByAccount(members []int) (loose, owned []int) {
	seen := map[int]bool{}
	for _, i := range members {
		root := r.find(i)
		switch {
		case len(r.groups[root].accounts) == 0:
			loose = append(loose, i)
		case !seen[root]:
			seen[root] = true
			owned = append(owned, i)
		}
	}
	return loose, owned
}

// splitNumbered takes out the members whose mailboxes under one office domain differ in a number
// only, as administrators number namesakes.
func (r *resolver) splitNumbered(members []int) (kept, numbered []int) {
	type stem struct{ local, domain string }
	numbers := map[stem]map[string]bool{}
	stemOf := func(i int) (stem, string, bool) {
		a := &r.nodes[i].address
		bare := trimDigits(a.local)
		return stem{bare, a.domain}, a.local[len(bare):], a.sharesOffice() && r.nodes[i].properName == ""
	}
	for _, i := range members {
		if s, number, ok := stemOf(i); ok {
			if numbers[s] == nil {
				numbers[s] = map[string]bool{}
			}
			numbers[s][number] = true
		}
	}
	for _, i := range members {
		if s, _, ok := stemOf(i); ok && len(numbers[s]) > 1 {
			numbered = append(numbered, i)
		} else {
			kept = append(kept, i)
		}
	}
	return kept, numbered
}

// joinCommonName wants a second agreement: the same office, the same handle, or a mailmap's word.
func (r *resolver) joinCommonName(members []int) {
	name := r.nodes[members[0]].name
	firstBy := map[string]int{}
	agree := func(i int, what, reason string) {
		if first, ok := firstBy[what]; ok {
			r.join(first, i, inferred, reason)
		} else {
			firstBy[what] = i
		}
	}
	for _, i := range members {
		n := &r.nodes[i]
		if n.properName != "" {
			agree(i, "mailmap", "mailmap names both "+n.properName)
		}
		if n.address.sharesOffice() {
			agree(i, "@"+n.address.domain, "same full name and office: "+name.key+", "+n.address.domain)
		}
		if handle := strings.ToLower(n.written.Login); n.isTracked() && !roleLocals[handle] && !isMadeOfName(handle, name) && len(handle) >= 4 {
			agree(i, handle, "same full name and login: "+name.key+", "+handle)
		}
		if handle := n.address.local; n.address.reach == personal && !roleLocals[handle] && !isMadeOfName(handle, name) && len(handle) >= 4 {
			agree(i, handle, "same full name and handle: "+name.key+", "+handle)
		}
	}
	for _, i := range members[1:] {
		r.suspect(members[0], i, scoreCommonName, "same full name, but a common one: "+name.key)
	}
}

// isMadeOfName tells whether any namesake may have chosen the handle as well.
func isMadeOfName(handle string, name *personName) bool {
	return isHandleOf(withoutPunctuation(foldLetters(handle)), name)
}

// joinVariants joins forms of one name where the address agrees as well, and suspects the others.
func (r *resolver) joinVariants() {
	r.compareBlocks(func(n *node) string { return n.name.last() })
	r.compareBlocks(func(n *node) string { return n.name.first() })
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || !n.hasFullName() {
			return ""
		}
		return n.name.sorted
	}) {
		r.compareNames(members)
	}
}

// compareBlocks compares the distinct full names that share a word.
func (r *resolver) compareBlocks(word func(*node) string) {
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || !n.hasFullName() {
			return ""
		}
		return word(n)
	}) {
		r.compareNames(members)
	}
}

// maxBlock bounds the names compared with each other; words that more share say nothing.
const maxBlock = 48

func (r *resolver) compareNames(members []int) {
	distinct := members[:0:0]
	owner := map[string]int{} // of each name the component, or -1 for several: then it is ambiguous
	for _, i := range members {
		key, root := r.nodes[i].name.key, r.find(i)
		before, seen := owner[key]
		switch {
		case !seen:
			owner[key] = root
			distinct = append(distinct, i)
		case before != root:
			owner[key] = -1
		}
		if len(distinct) > maxBlock {
			return
		}
	}
	for at, a := range distinct {
		for _, b := range distinct[at+1:] {
			r.compareVariant(a, b, owner[r.nodes[a].name.key] < 0 || owner[r.nodes[b].name.key] < 0)
		}
	}
}

func (r *resolver) compareVariant(a, b int, ambiguous bool) {
	if r.find(a) == r.find(b) {
		return
	}
	x, y := r.nodes[a].name, r.nodes[b].name
	switch {
	case x.common || y.common || relate(x, y) < variant:
	case ambiguous:
		r.suspect(a, b, scoreVariant, "similar names: "+x.key+", "+y.key)
	case isInitialInserted(x, y) && max(len(x.tokens), len(y.tokens)) == 3:
		r.join(a, b, inferred, "same first and last name, one with a middle initial")
	case x.sorted == y.sorted && (x.swapped || y.swapped || r.nodes[a].address.sharesOffice() && r.nodes[a].address.domain == r.nodes[b].address.domain):
		r.join(a, b, inferred, "same name in the other order")
	default:
		r.suspect(a, b, scoreVariant, "similar names: "+x.key+", "+y.key)
	}
}

// isInitialInserted holds for `Ada Lovelace` and `Ada B. Lovelace` only.
func isInitialInserted(x, y *personName) bool {
	if len(x.tokens) > len(y.tokens) {
		x, y = y, x
	}
	return len(x.tokens) == 2 && len(y.tokens) == 3 && len(y.tokens[1]) == 1 && x.first() == y.first() && x.last() == y.last()
}
