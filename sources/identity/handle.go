package identity

import (
	"slices"
)

// bearing is how a component comes by a handle.
type bearing struct {
	node      int
	byAddress bool        // it is a login or the local part of an address
	byName    bool        // it is the whole name
	spelled   bool        // it is the full name written without spaces
	full      *personName // the component's full name with which it bears the handle; nil if none
}

// joinSameHandle joins components that bear one handle where the names agree; handles that several
// people may have chosen count for nothing.
func (r *resolver) joinSameHandle() {
	bearers := map[string][]bearing{}
	for i := range r.nodes {
		n := &r.nodes[i]
		if !n.isUsable() {
			continue
		}
		var full *personName
		if n.hasFullName() {
			full = n.name
			if len(n.name.tokens) > 1 && !n.name.common && len(n.name.letters) >= 8 {
				bearers[n.name.letters] = append(bearers[n.name.letters], bearing{node: i, spelled: true, full: full})
			}
		}
		byAddress, byName := "", ""
		if n.address.reach != noReach && (n.address.domain == "" || !isLocalDomain(n.address.domain) || n.address.login != "") {
			byAddress = plainHandle(n.address.local)
		}
		if full == nil && n.name.latin && !n.isLabel() {
			byName = n.name.letters
		}
		if byAddress != "" {
			bearers[byAddress] = append(bearers[byAddress], bearing{node: i, byAddress: true, byName: byAddress == byName, full: full})
		}
		if byName != "" && byName != byAddress {
			bearers[byName] = append(bearers[byName], bearing{node: i, byName: true})
		}
	}
	handles := make([]string, 0, len(bearers))
	for handle, group := range bearers {
		if len(group) > 1 {
			handles = append(handles, handle)
		}
	}
	slices.Sort(handles)
	for _, handle := range handles {
		r.joinOneHandle(handle, r.byComponent(bearers[handle]))
	}
}

// plainHandle is the handle in a local part, empty for roles.
func plainHandle(local string) string {
	if roleLocals[local] {
		return ""
	}
	return withoutPunctuation(local)
}

// byComponent keeps one bearing for each component, with everything its nodes say.
func (r *resolver) byComponent(all []bearing) []bearing {
	at := map[int]int{}
	var kept []bearing
	for _, b := range all {
		root := r.find(b.node)
		index, ok := at[root]
		if !ok {
			at[root] = len(kept)
			kept = append(kept, b)
			continue
		}
		k := &kept[index]
		k.byAddress = k.byAddress || b.byAddress
		k.byName = k.byName || b.byName
		k.spelled = k.spelled || b.spelled
		if k.full == nil {
			k.full = b.full
		}
	}
	for i := range kept {
		if kept[i].full == nil {
			kept[i].full = r.onlyName(kept[i].node)
		}
	}
	return kept
}

// onlyName returns the full name of a node's component, nil when it has none or several.
func (r *resolver) onlyName(i int) *personName {
	names := r.groups[r.find(i)].names
	if len(names) != 1 {
		return nil
	}
	for _, name := range names {
		return name
	}
	return nil
}

// maxBearers is how many components may bear a handle before it is nobody's.
const maxBearers = 12

func (r *resolver) joinOneHandle(handle string, bearers []bearing) {
	if len(bearers) < 2 || len(bearers) > maxBearers {
		return
	}
	distinctive := isDistinctive(handle) && !r.givenNames[handle]
	r.judgePairs(handle, bearers, distinctive, 0, true)
	persons := map[int]bool{} // components with a full name: when several, nobody can tell whose a bare handle is
	for _, b := range bearers {
		if b.full != nil {
			persons[r.find(b.node)] = true
		}
	}
	r.judgePairs(handle, bearers, distinctive, len(persons), false)
}

// judgePairs judges the pairs in which both bear a full name, or the other ones.
func (r *resolver) judgePairs(handle string, bearers []bearing, distinctive bool, persons int, named bool) {
	for at, a := range bearers {
		for _, b := range bearers[at+1:] {
			if (a.full != nil && b.full != nil) == named && r.find(a.node) != r.find(b.node) {
				r.judgeHandle(handle, a, b, distinctive, persons)
			}
		}
	}
}

// judgeHandle joins, suspects or passes over two bearers of one handle.
func (r *resolver) judgeHandle(handle string, a, b bearing, distinctive bool, persons int) {
	if a.full == nil && b.full != nil {
		a, b = b, a
	}
	switch {
	case a.full != nil && b.full != nil:
		r.judgeFullNames(handle, a, b, distinctive)
	case a.full != nil && a.full.common && isHandleOf(handle, a.full) && handle != a.full.first():
		r.suspect(a.node, b.node, scoreHandle, "same handle: "+handle)
	case persons > 1:
		if distinctive {
			r.suspect(a.node, b.node, scoreHandle-10, "same handle: "+handle)
		}
	case a.full == nil && a.byName && b.byName && (a.byAddress && b.byAddress || a.byAddress != b.byAddress && len(handle) >= 6) && distinctive:
		r.join(a.node, b.node, inferred, "same handle as name and account: "+handle)
	case a.spelled && b.byName:
		r.join(a.node, b.node, inferred, "the full name without spaces: "+handle)
	case a.full != nil && a.byAddress && b.byName && isHandleOf(handle, a.full) && holdsLastName(handle, a.full) && distinctive:
		r.join(a.node, b.node, inferred, "handle made of the full name: "+handle)
	case a.full != nil && a.byAddress && b.byAddress && b.byName && distinctive:
		r.join(a.node, b.node, inferred, "same handle: "+handle)
	case distinctive && (a.byAddress || a.spelled || a.byName):
		r.suspect(a.node, b.node, scoreHandle, "same handle: "+handle)
	}
}

func (r *resolver) judgeFullNames(handle string, a, b bearing, distinctive bool) {
	how := relate(a.full, b.full)
	if !a.byAddress || !b.byAddress || how == unrelated {
		return
	}
	madeOfCommon := (a.full.common || b.full.common) && isHandleOf(handle, a.full)
	switch {
	case how >= variant && distinctive && !madeOfCommon:
		r.join(a.node, b.node, inferred, "same handle and forms of one name: "+handle)
	case how >= variant || distinctive:
		r.suspect(a.node, b.node, scoreHandle, "same handle: "+handle)
	}
}
