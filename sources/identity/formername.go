package identity

import (
	"maps"
	"slices"

	"keyperson/sources"
)

// findFormer remembers the full name that a node bore before a mailmap gave it another name, or nothing but another
// address to go by.
func (n *node) findFormer() {
	if n.properName == "" && !n.moved || n.kind != sources.Human {
		return
	}
	former := parseName(n.written.Name)
	if former.full && !former.common && !former.pair && (!n.hasFullName() || former.key != n.name.key) {
		n.former = former
	}
}

// joinFormerNames joins whom a mailmap gave another name with who bears the one before: mailmaps know nothing of trackers, and
// miss an address now and then, and the same name would have joined them without one. Mailmaps also correct names that were
// never theirs, and tell namesakes apart. So only one may have borne the name, and only one may bear it; and outside trackers
// the names must have a word in common, as those of one person mostly do.
func (r *resolver) joinFormerNames() {
	formerly, now := map[string][]int{}, map[string][]int{}
	for i := range r.nodes {
		n := &r.nodes[i]
		if n.isUsable() && n.former != nil {
			formerly[n.former.key] = r.addComponent(formerly[n.former.key], i)
		}
		if n.isUsable() && n.hasFullName() && !n.isLabel() {
			now[n.name.key] = append(now[n.name.key], i)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(formerly)) {
		all := formerly[key]
		for _, i := range now[key] {
			if all = r.addComponent(all, i); len(all) > maxBearers {
				break
			}
		}
		renamed, bearers := formerly[key][0], all[len(formerly[key]):]
		isOne := len(formerly[key]) == 1 && len(bearers) == 1 && !r.contested[key]
		for _, i := range bearers {
			if reason := "same full name before a mailmap: " + key; isOne && (r.isAccountsOnly(i) || r.keepsWord(renamed)) {
				r.join(renamed, i, inferred, reason)
			} else {
				r.suspect(renamed, i, scoreHandle, reason)
			}
		}
	}
}

// addComponent adds a node to a list with one for each component.
func (r *resolver) addComponent(list []int, i int) []int {
	if slices.ContainsFunc(list, func(of int) bool { return r.find(of) == r.find(i) }) {
		return list
	}
	return append(list, i)
}

// keepsWord tells whether a node has a word of its former name still.
func (r *resolver) keepsWord(i int) bool {
	n := &r.nodes[i]
	return n.hasFullName() && relateFull(n.former, n.name) >= similar
}
