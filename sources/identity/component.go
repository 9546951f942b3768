package identity

import (
	"iter"

	"keyperson/sources"
)

// certainty orders joins by what stands behind them.
type certainty uint8

const (
	inferred certainty = iota // by a rule; refused where anything contradicts it
	stated                    // by a mailmap, the alias file or a tracker of its own accounts; refused only by "different"
)

// group is what is known of one component of nodes that are joined so far.
type group struct {
	names      map[string]*personName // full names, by key
	formerly   map[string]bool        // keys of full names before a mailmap
	accounts   map[string]bool        // accounts at code hosts, by number
	tracked    map[string]bool        // accounts in trackers
	apart      map[int]int            // list of the alias file's "different" → which of its entries
	size       int
	kind       sources.PersonKind
	kindReason string
	kindStated bool
}

type join struct {
	a, b   int // nodes
	reason string
}

func (r *resolver) find(i int) int {
	for r.parent[i] != i {
		r.parent[i] = r.parent[r.parent[i]]
		i = r.parent[i]
	}
	return i
}

// members goes through the nodes of a node's component.
func (r *resolver) members(of int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, isFirst := of, true; (i != of || isFirst) && yield(i); i, isFirst = r.next[i], false {
		}
	}
}

// join makes one component of those of nodes a and b, unless something contradicts it; then the pair
// is a suspect. It reports whether they are one afterwards.
func (r *resolver) join(a, b int, how certainty, reason string) bool {
	rootA, rootB := r.find(a), r.find(b)
	if rootA == rootB {
		return true
	}
	x, y := &r.groups[rootA], &r.groups[rootB]
	if x.size < y.size || x.size == y.size && rootA > rootB {
		rootA, rootB, x, y = rootB, rootA, y, x
	}
	if isSetApart(x, y) {
		return false
	}
	if how == inferred {
		if x.kind != y.kind {
			return false
		}
		if !sharesAccount(x, y) {
			r.suspect(a, b, scoreContradicted, reason+", but their account numbers differ")
			return false
		}
		if isTwoAccounts(x, y) && !r.reachesOneMailbox(a, b) {
			r.suspect(a, b, scoreContradicted, reason+", but they are two accounts of one tracker")
			return false
		}
		if contradict(x, y) {
			r.suspect(a, b, scoreContradicted, reason+", but their other names differ")
			return false
		}
	}
	absorb(x, y)
	r.parent[rootB] = rootA
	r.next[rootA], r.next[rootB] = r.next[rootB], r.next[rootA]
	r.joins = append(r.joins, join{a, b, reason})
	return true
}

func isSetApart(x, y *group) bool {
	for list, entry := range y.apart {
		if other, ok := x.apart[list]; ok && other != entry {
			return true
		}
	}
	return false
}

// sharesAccount is false when both have accounts at code hosts, and none in common.
func sharesAccount(x, y *group) bool {
	if len(x.accounts) == 0 || len(y.accounts) == 0 {
		return true
	}
	for account := range y.accounts {
		if x.accounts[account] {
			return true
		}
	}
	return false
}

// maxNameComparisons bounds the work for one join. Who has more names than that is no one person.
const maxNameComparisons = 2000

// contradict finds two full names that have nothing in common and that no single side holds
// together. It stops chains: A is joined to B by one name, B to C by another, and A is not C.
func contradict(x, y *group) bool {
	comparisons := 0
	for key, name := range y.names {
		if x.names[key] != nil || x.formerly[key] {
			continue
		}
		for otherKey, other := range x.names {
			if y.names[otherKey] != nil || y.formerly[otherKey] {
				continue
			}
			if comparisons++; comparisons > maxNameComparisons || relate(name, other) == unrelated {
				return true
			}
		}
	}
	return false
}

// absorb moves what is known of y, the smaller, into x.
func absorb(x, y *group) {
	x.size += y.size
	for key, name := range y.names {
		if x.names == nil {
			x.names = map[string]*personName{}
		}
		x.names[key] = name
	}
	for key := range y.formerly {
		if x.formerly == nil {
			x.formerly = map[string]bool{}
		}
		x.formerly[key] = true
	}
	for account := range y.accounts {
		if x.accounts == nil {
			x.accounts = map[string]bool{}
		}
		x.accounts[account] = true
	}
	for account := range y.tracked {
		if x.tracked == nil {
			x.tracked = map[string]bool{}
		}
		x.tracked[account] = true
	}
	for list, entry := range y.apart {
		if x.apart == nil {
			x.apart = map[int]int{}
		}
		x.apart[list] = entry
	}
	switch {
	case x.kindStated:
	case y.kindStated, x.kind != sources.Human && y.kind == sources.Human:
		// A team that maps a bot's address to a person says that the person answers for it.
		x.kind, x.kindReason, x.kindStated = y.kind, y.kindReason, y.kindStated
	case x.kind == y.kind && (x.kindReason == "" || y.kindReason != "" && y.kindReason < x.kindReason):
		x.kindReason = y.kindReason
	}
	y.names, y.formerly, y.accounts, y.tracked, y.apart = nil, nil, nil, nil, nil
}
