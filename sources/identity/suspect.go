package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// How plausible a suspect is, for the order of the list only.
const (
	scoreContradicted = 90 // a rule would have joined them, something spoke against it
	scoreSameAddress  = 80
	scoreCommonName   = 70
	scoreHandle       = 60
	scoreLinked       = 50
	scoreVariant      = 40
	scoreAccounts     = 30 // both are accounts only: trackers that the public can join are full of these
)

// MaxSuspects bounds the list of suspects; a finding tells how many more there are.
const MaxSuspects = 200

// suspicion is what speaks for joining two nodes.
type suspicion struct {
	score  int
	reason string
}

// compare orders by plausibility; of equals the smaller reason stands.
func (s suspicion) compare(other suspicion) int {
	return cmp.Or(cmp.Compare(other.score, s.score), strings.Compare(s.reason, other.reason))
}

// suspect remembers two nodes as possibly one person.
func (r *resolver) suspect(a, b, score int, reason string) {
	if a == b || r.nodes[a].kind != sources.Human || r.nodes[b].kind != sources.Human {
		return
	}
	key := [2]int{min(a, b), max(a, b)}
	found := suspicion{score, reason}
	if before, ok := r.suspects[key]; !ok || found.compare(before) < 0 {
		r.suspects[key] = found
	}
}

// addSuspects turns suspected nodes into pairs of persons, except those joined or set apart.
func (r *resolver) addSuspects(people *sources.People) {
	pairs := map[[2]uint32]suspicion{}
	for key, found := range r.suspects {
		a := people.ByIdentity[r.nodes[key[0]].identities[0]]
		b := people.ByIdentity[r.nodes[key[1]].identities[0]]
		if a == b || isSetApart(&r.groups[r.find(key[0])], &r.groups[r.find(key[1])]) {
			continue
		}
		if r.isAccountsOnly(key[0]) && r.isAccountsOnly(key[1]) {
			found.score = min(found.score, scoreAccounts)
		}
		pair := [2]uint32{min(a, b), max(a, b)}
		if before, ok := pairs[pair]; !ok || found.compare(before) < 0 {
			pairs[pair] = found
		}
	}
	order := make([][2]uint32, 0, len(pairs))
	for pair := range pairs {
		order = append(order, pair)
	}
	slices.SortFunc(order, func(x, y [2]uint32) int {
		return cmp.Or(cmp.Compare(pairs[y].score, pairs[x].score), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	for at, pair := range order {
		if at == MaxSuspects {
			r.report("more-suspects", len(order)-at, fmt.Sprintf("%d more pairs may be one person each and are not listed", len(order)-at),
				"decide the listed ones in the alias file first")
			break
		}
		people.Suspects = append(people.Suspects, sources.Suspect{A: pair[0], B: pair[1], Reason: pairs[pair].reason})
	}
}
