package identity

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// isTracked tells whether a tracker wrote the node, which vouches for its account but not for its name.
func (n *node) isTracked() bool { return n.written.Account != "" }

// isLabel holds for the names that anonymised exports give, "Resolver 21": their numbers are all that
// tells people apart.
func (n *node) isLabel() bool { return n.isTracked() && n.name.numbered }

// hasAccounts tells whether there is anything from trackers at all.
func (r *resolver) hasAccounts() bool { return slices.ContainsFunc(r.evidence.Identities, isOfTracker) }

func isOfTracker(identity sources.Identity) bool { return identity.Account != "" }

// isAccountsOnly holds for a component that no other source than trackers knows.
func (r *resolver) isAccountsOnly(of int) bool {
	for i := range r.members(of) {
		if !r.nodes[i].isTracked() {
			return false
		}
	}
	return true
}

// trackerOf is the tracker of an account "label/key".
func trackerOf(account string) string {
	label, _, _ := strings.Cut(account, "/")
	return label
}

// writtenAddress is the address of an identity; some trackers let people log in with it and show nothing else.
func writtenAddress(identity sources.Identity) string {
	if identity.Account != "" && strings.TrimSpace(identity.Address) == "" && strings.Contains(identity.Login, "@") {
		return identity.Login
	}
	return identity.Address
}

// joinSameAccount joins what a tracker itself says is one: people there change their names and addresses.
func (r *resolver) joinSameAccount() {
	for _, members := range r.groupNodes(func(n *node) string { return n.written.Account }) {
		for _, i := range members[1:] {
			r.join(members[0], i, stated, "same account: "+r.nodes[i].written.Account)
		}
	}
}

// isTwoAccounts holds for components with accounts in one tracker. Whoever set up two accounts there mostly did it for two
// people. They have none in common: what bears one account is one component, unless an alias file sets it apart.
func isTwoAccounts(x, y *group) bool {
	for account := range y.tracked {
		for known := range x.tracked {
			if trackerOf(known) == trackerOf(account) {
				return true
			}
		}
	}
	return false
}

// reachesOneMailbox tells that two nodes have one mailbox, which outweighs accounts that differ.
func (r *resolver) reachesOneMailbox(a, b int) bool {
	x, y := &r.nodes[a].address, &r.nodes[b].address
	return x.reach == personal && y.reach == personal && x.mailbox == y.mailbox
}

// splitByTracker returns one member for each component with an account in a tracker in which another
// component of the members has one as well.
func (r *resolver) splitByTracker(members []int) []int {
	byTracker := map[string][]int{}
	seen := map[int]bool{}
	for _, i := range members {
		root := r.find(i)
		if seen[root] {
			continue
		}
		seen[root] = true
		labels := map[string]bool{}
		for account := range r.groups[root].tracked {
			labels[trackerOf(account)] = true
		}
		for label := range labels {
			byTracker[label] = append(byTracker[label], i)
		}
	}
	var several []int
	for _, owners := range byTracker {
		if len(owners) > 1 {
			several = append(several, owners...)
		}
	}
	slices.Sort(several)
	return slices.Compact(several)
}

// findContested notes the full names that two accounts of one tracker have: what is made of such a name, a
// login or an address, does not tell which of them it belongs to.
func (r *resolver) findContested() {
	r.contested = map[string]bool{}
	first := map[string]string{} // account by tracker and name
	for i := range r.nodes {
		n := &r.nodes[i]
		if !n.isTracked() || !n.isUsable() || !n.hasFullName() {
			continue
		}
		key := trackerOf(n.written.Account) + "/" + n.name.key
		if account, ok := first[key]; ok && account != n.written.Account {
			r.contested[n.name.key] = true
		}
		first[key] = n.written.Account
	}
}

// isContested tells whether one of a component's full names is contested.
func (r *resolver) isContested(i int) bool {
	for key := range r.namesOf(i) {
		if r.contested[key] {
			return true
		}
	}
	return false
}

// joinAcrossSources joins names that are equal without their spaces, and the two orders of one name, where a
// tracker wrote one of them: trackers and commits rarely agree on either.
func (r *resolver) joinAcrossSources() {
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || n.isLabel() {
			return ""
		}
		return n.name.letters
	}) {
		r.joinSpellings(members, "same name but for its spaces: ")
	}
	for _, members := range r.groupNodes(func(n *node) string {
		if !n.isUsable() || !n.hasFullName() || len(n.name.tokens) < 2 {
			return ""
		}
		return n.name.sorted
	}) {
		r.joinSpellings(members, "same name in the other order: ")
	}
}

// joinSpellings joins the components of members when a tracker wrote one of them, each name is full and
// no two of them have accounts of their own. Otherwise they are suspects, except those with nothing but a
// given name, which many have.
func (r *resolver) joinSpellings(members []int, reason string) {
	tracked, joinable := -1, true
	components := map[int]bool{}
	for _, i := range members {
		n := &r.nodes[i]
		if n.isTracked() {
			tracked = i
		}
		components[r.find(i)] = true
		joinable = joinable && n.hasFullName() && !n.name.common
	}
	if tracked < 0 || len(components) < 2 {
		return
	}
	joinable = joinable && len(r.splitByTracker(members)) == 0
	known := r.nodes[tracked].name
	for _, i := range members {
		switch name := r.nodes[i].name; {
		case r.find(i) == r.find(tracked):
		case joinable:
			r.join(tracked, i, inferred, reason+known.key)
		case r.nodes[i].isTracked() || givenNames[name.letters] || r.givenNames[name.letters]:
		case !r.nodes[i].hasFullName() || !r.nodes[tracked].hasFullName():
			r.suspect(tracked, i, scoreHandle, "same name, which is no full one: "+name.key)
		case name.key != known.key: // equal full names were judged already
			r.suspect(tracked, i, scoreHandle, reason+known.key)
		}
	}
}
