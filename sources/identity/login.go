package identity

import (
	"maps"
	"slices"
	"strings"
)

// loginBearing is how a component comes by a handle that is a login, or a name, in a tracker.
type loginBearing struct {
	node      int
	tracked   bool // a tracker says so, by the login or by a name that is no full one
	byAddress bool // it is a login, or the local part of an address
	byName    bool // it is the whole name
	inOffice  bool // the address is under a domain that colleagues share
}

// joinSameLogin joins a tracker's account with whoever bears its login elsewhere, where the names agree or
// where one of them is no full name and the login is distinctive.
func (r *resolver) joinSameLogin() {
	bearers := map[string][]loginBearing{}
	for i := range r.nodes {
		for handle, b := range r.loginBearings(i) {
			bearers[handle] = append(bearers[handle], b)
		}
	}
	for _, handle := range slices.Sorted(maps.Keys(bearers)) {
		if isTracked := func(b loginBearing) bool { return b.tracked }; slices.ContainsFunc(bearers[handle], isTracked) {
			r.joinOneLogin(handle, r.mergeBearings(bearers[handle]))
		}
	}
}

// loginBearings returns the handles of a node.
func (r *resolver) loginBearings(i int) map[string]loginBearing {
	n := &r.nodes[i]
	if !n.isUsable() {
		return nil
	}
	found := map[string]loginBearing{}
	note := func(handle string, how loginBearing) {
		if len(handle) < 3 || placeholderNames[handle] {
			return
		}
		b := found[handle]
		found[handle] = loginBearing{i, b.tracked || how.tracked, b.byAddress || how.byAddress, b.byName || how.byName, b.inOffice || how.inOffice}
	}
	if n.isTracked() {
		local, _, _ := strings.Cut(foldAddress(n.written.Login), "@")
		note(plainHandle(local), loginBearing{tracked: true, byAddress: true})
	}
	if a := &n.address; a.reach != noReach && (a.domain == "" || !isLocalDomain(a.domain) || a.login != "") {
		note(plainHandle(a.local), loginBearing{byAddress: true, inOffice: a.sharesOffice()})
	}
	if !n.hasFullName() && n.name.latin && !n.isLabel() {
		note(n.name.letters, loginBearing{tracked: n.isTracked(), byName: true})
	}
	return found
}

// mergeBearings keeps one bearing for each component.
func (r *resolver) mergeBearings(all []loginBearing) []loginBearing {
	at := map[int]int{}
	var kept []loginBearing
	for _, b := range all {
		root := r.find(b.node)
		if index, ok := at[root]; ok {
			k := &kept[index]
			k.tracked, k.byAddress, k.byName, k.inOffice = k.tracked || b.tracked, k.byAddress || b.byAddress, k.byName || b.byName, k.inOffice || b.inOffice
			continue
		}
		at[root] = len(kept)
		kept = append(kept, b)
	}
	return kept
}

func (r *resolver) joinOneLogin(handle string, bearers []loginBearing) {
	if len(bearers) < 2 || len(bearers) > maxBearers {
		return
	}
	// Those with full names first: they decide whose a bare handle can be.
	for _, named := range []bool{true, false} {
		persons := map[int]bool{}
		for _, b := range bearers {
			if len(r.namesOf(b.node)) > 0 {
				persons[r.find(b.node)] = true
			}
		}
		for at, a := range bearers {
			for _, b := range bearers[at+1:] {
				if isNamed := len(r.namesOf(a.node)) > 0 && len(r.namesOf(b.node)) > 0; isNamed != named ||
					!a.tracked && !b.tracked || r.find(a.node) == r.find(b.node) {
					continue
				}
				if named {
					r.judgeNamedLogin(handle, a, b)
				} else {
					r.judgeBareLogin(handle, a, b, len(persons))
				}
			}
		}
	}
}

func (r *resolver) namesOf(i int) map[string]*personName { return r.groups[r.find(i)].names }

// judgeNamedLogin judges two components that both have full names.
func (r *resolver) judgeNamedLogin(handle string, a, b loginBearing) {
	how, isCommon := closestNames(r.namesOf(a.node), r.namesOf(b.node))
	isDistinct := isDistinctive(handle) && !r.givenNames[handle]
	isContested := r.isContested(a.node) || r.isContested(b.node)
	switch {
	case how == formsOfOne && isContested && (r.isMadeOf(handle, a.node) || r.isMadeOf(handle, b.node)):
		r.suspect(a.node, b.node, scoreHandle, "same login, made of a name that several accounts have: "+handle)
	case how == formsOfOne && (!isCommon || a.inOffice || b.inOffice):
		r.join(a.node, b.node, inferred, "same login and forms of one name: "+handle)
	case how == formsOfOne, how == oneWord && isDistinct:
		r.suspect(a.node, b.node, scoreHandle, "same login, and similar names: "+handle)
	}
}

// judgeBareLogin judges two components of which one at least has no full name. persons is how many of the
// handle's bearers have one.
func (r *resolver) judgeBareLogin(handle string, a, b loginBearing, persons int) {
	if len(r.namesOf(a.node)) == 0 {
		a, b = b, a
	}
	isDistinct := isDistinctive(handle) && !r.givenNames[handle]
	fits := r.fitsBareNames(b.node, handle, r.namesOf(a.node))
	switch {
	case persons > 1, !fits:
		if isDistinct {
			r.suspect(a.node, b.node, scoreHandle-10, "same login: "+handle)
		}
	case r.isOneOfMany(handle, a, b):
		r.suspect(a.node, b.node, scoreHandle, "same login: "+handle)
	case isDistinct && a.byAddress && b.byAddress:
		r.join(a.node, b.node, inferred, "same login: "+handle)
	case a.byAddress && r.isMadeOfOne(handle, a.node) && r.isActiveTogether(a.node, b.node):
		r.join(a.node, b.node, inferred, "login made of the full name, and nobody else's: "+handle)
	case isDistinct:
		r.suspect(a.node, b.node, scoreHandle, "same login: "+handle)
	}
}

// fitsBareNames tells whether the names of a component without a full name leave room for those of another.
func (r *resolver) fitsBareNames(i int, handle string, names map[string]*personName) bool {
	for k := range r.members(i) {
		bare := r.nodes[k].name
		if bare.letters == "" || bare.letters == handle || placeholderNames[bare.key] {
			continue
		}
		fits := false
		for _, name := range names {
			fits = fits || relate(bare, name) >= similar
		}
		if !fits {
			return false
		}
	}
	return true
}

// isOneOfMany tells that a handle is made of a name which several in one trade bear, at no office of theirs.
func (r *resolver) isOneOfMany(handle string, a, b loginBearing) bool {
	if a.inOffice || b.inOffice {
		return false
	}
	for _, name := range r.namesOf(a.node) {
		if name.common && isHandleOf(handle, name) {
			return true
		}
	}
	return false
}

// isMadeOfOne tells whether a handle is made of a component's full name, its whole last name included.
func (r *resolver) isMadeOfOne(handle string, i int) bool {
	for _, name := range r.namesOf(i) {
		if isHandleOf(handle, name) && holdsLastName(handle, name) {
			return true
		}
	}
	return false
}

// isMadeOf tells whether a handle is made of a component's full name at all.
func (r *resolver) isMadeOf(handle string, i int) bool {
	for _, name := range r.namesOf(i) {
		if isHandleOf(handle, name) {
			return true
		}
	}
	return false
}

// apartDays is how long one may have stopped before the other began, and both still be one person's.
const apartDays = 365

// isActiveTogether tells whether two components left evidence in overlapping times, or nearly.
func (r *resolver) isActiveTogether(a, b int) bool {
	firstA, lastA, okA := r.spanOf(a)
	firstB, lastB, okB := r.spanOf(b)
	const apart = apartDays * 24 * 3600
	return okA && okB && firstA <= lastB+apart && firstB <= lastA+apart
}

func (r *resolver) spanOf(i int) (first, last int64, ok bool) {
	for k := range r.members(i) {
		n := &r.nodes[k]
		if n.count == 0 {
			continue
		}
		if !ok {
			first, last, ok = n.first, n.last, true
		}
		first, last = min(first, n.first), max(last, n.last)
	}
	return first, last, ok
}

// closeness is how near two people's full names are to each other.
type closeness uint8

const (
	apartNames closeness = iota
	oneWord              // they share one word: siblings do, and any two Michaels
	formsOfOne           // forms of one name, or all words of one in the other
)

// closestNames compares all full names of two people; isCommon tells that the closest are common ones.
func closestNames(x, y map[string]*personName) (how closeness, isCommon bool) {
	isCommon = true
	for _, a := range x {
		for _, b := range y {
			found := oneWord
			switch relation := relate(a, b); {
			case relation == variant && areOtherGivenNames(a, b): // Tim is no typing error of Tom
			case relation >= variant, holdsAllWords(a, b), holdsAllWords(b, a):
				found = formsOfOne
			case relation < similar:
				found = apartNames
			}
			common := a.common || b.common
			if found > how {
				how, isCommon = found, common
			} else if found == how {
				isCommon = isCommon && common
			}
		}
	}
	return how, isCommon
}

// areOtherGivenNames holds for full names whose first words are two given names, and not forms of one.
func areOtherGivenNames(a, b *personName) bool {
	return givenNames[a.first()] && givenNames[b.first()] && !isSameGivenName(a.first(), b.first()) && a.sorted != b.sorted
}

// holdsAllWords tells whether all words of a full name, two or more, are among those of a longer one.
func holdsAllWords(short, long *personName) bool {
	if len(short.tokens) < 2 || len(short.tokens) > len(long.tokens) {
		return false
	}
	for _, word := range short.tokens {
		if !slices.Contains(long.tokens, word) {
			return false
		}
	}
	return true
}
