package identity

import (
	"fmt"
	"strings"

	"keyperson/sources"
)

// applyMailmaps gives nodes their proper names and addresses. A repository's mailmap speaks of
// identities seen in it; of an address that is one person's it speaks everywhere.
func (r *resolver) applyMailmaps() {
	for repository, mailmap := range r.options.Mailmaps {
		if mailmap == nil {
			continue
		}
		r.reportProblems(repository, mailmap.problems)
		for i := range r.nodes {
			n := &r.nodes[i]
			proper, byName := mailmap.lookup(n.written)
			if proper == (properIdentity{}) || !byName && !r.mapsHere(i, uint32(repository)) {
				continue
			}
			if n.properName == "" && proper.name != "" {
				n.properName = proper.name
			}
			if !n.moved && proper.address != "" && foldAddress(proper.address) != foldAddress(n.written.Address) {
				n.moved, n.address = true, parseAddress(proper.address)
			}
		}
	}
}

func (r *resolver) reportProblems(repository int, problems []Problem) {
	if len(problems) == 0 {
		return
	}
	label := ""
	if repository < len(r.evidence.Repositories) {
		label = r.evidence.Repositories[repository].Label
	}
	const shown = 3
	lines := make([]string, 0, shown)
	for _, problem := range problems[:min(shown, len(problems))] {
		lines = append(lines, fmt.Sprintf("line %d: %s", problem.Line, problem.Message))
	}
	r.findings = append(r.findings, sources.Finding{
		Code: "malformed-mailmap", Severity: sources.Note, Repository: label, Count: len(problems),
		// The lines themselves are not quoted: they hold names and addresses.
		Message: ".mailmap has malformed lines, which have no effect (" + strings.Join(lines, "; ") + ")",
		Advice:  "mend the line as gitmailmap(5) describes; git ignores it as well",
	})
}

func (r *resolver) mapsHere(i int, repository uint32) bool {
	if r.seenIn == nil || len(r.seenIn[i]) == 0 {
		return true
	}
	for _, seen := range r.seenIn[i] {
		if seen == repository {
			return true
		}
	}
	a := parseAddress(r.nodes[i].written.Address)
	return a.reach == personal
}

// joinByMailmaps joins what mailmaps moved to one address, and that with the address's owner.
func (r *resolver) joinByMailmaps() {
	for _, members := range r.groupNodes(func(n *node) string { return n.address.full }) {
		owner, first := -1, -1
		for _, i := range members {
			n := &r.nodes[i]
			if !n.moved && (owner < 0 || n.count > r.nodes[owner].count) {
				owner = i
			}
			if n.moved && first < 0 {
				first = i
			}
		}
		if first < 0 {
			continue
		}
		for _, i := range members {
			r.joinMoved(i, first, owner)
		}
	}
}

func (r *resolver) joinMoved(i, first, owner int) {
	n := &r.nodes[i]
	reason := "mailmap maps both to " + n.address.full
	switch {
	case n.moved && i != first && (n.properName == "" || r.nodes[first].properName == "" ||
		relate(n.name, r.nodes[first].name) != unrelated):
		r.join(first, i, stated, reason)
	case !n.moved && relate(n.name, r.nodes[first].name) >= similar && n.name.letters != "":
		r.join(first, i, stated, reason)
	case i == owner && r.nodes[first].properName == "":
		r.join(first, i, stated, reason)
	}
}

// applyAliases finds the statements of the alias file about each node. It comes before any join.
func (r *resolver) applyAliases() {
	r.groups = make([]group, len(r.nodes))
	aliases := r.options.Aliases
	if aliases == nil {
		return
	}
	index := newSelectorIndex()
	for entry, person := range aliases.People {
		for _, text := range person.Addresses {
			index.add(parseSelector(text), statement{text: text, entry: entry, kind: person.Kind})
		}
		for _, text := range person.Names {
			index.add(nameSelector(text), statement{text: text, entry: entry, kind: person.Kind})
		}
		for _, text := range person.Accounts {
			index.add(accountSelector(text), statement{text: text, entry: entry, kind: person.Kind})
		}
	}
	for _, text := range aliases.Bots {
		index.add(parseSelector(text), statement{text: text, entry: -1, kind: "bot"})
	}
	for _, text := range aliases.Agents {
		index.add(parseSelector(text), statement{text: text, entry: -1, kind: "agent"})
	}
	for i := range r.nodes {
		n := &r.nodes[i]
		for _, found := range index.match(n.written) {
			if n.stated {
				continue // the more exact selector came first
			}
			n.entry, n.stated = found.entry, true
			n.kind, _ = parseKind(found.kind)
			n.kindReason = ""
			if n.kind != sources.Human {
				n.kindReason = "alias file"
			}
		}
	}
	unmatched := index.unmatched() + r.setApart(aliases.Different)
	if unmatched > 0 {
		r.report("unmatched-aliases", unmatched, fmt.Sprintf("%d selectors of %s match nobody in the evidence", unmatched, aliases.file),
			"check their spelling, or remove them")
	}
}

// setApart marks the nodes of each "different" list; it returns how many selectors matched nobody.
func (r *resolver) setApart(lists [][]string) int {
	index := newSelectorIndex()
	for list, members := range lists {
		for entry, text := range members {
			index.add(parseSelector(text), statement{text: text, entry: entry, list: list})
		}
	}
	if len(lists) == 0 {
		return 0
	}
	for i := range r.nodes {
		for _, found := range index.match(r.nodes[i].written) {
			if r.groups[i].apart == nil {
				r.groups[i].apart = map[int]int{}
			}
			if _, ok := r.groups[i].apart[found.list]; !ok {
				r.groups[i].apart[found.list] = found.entry
			}
		}
	}
	return index.unmatched()
}

// joinByAliases joins what one entry selects.
func (r *resolver) joinByAliases() {
	first := map[int]int{}
	refused := 0
	for i := range r.nodes {
		entry := r.nodes[i].entry
		if entry < 0 {
			continue
		}
		if before, ok := first[entry]; !ok {
			first[entry] = i
		} else if !r.join(before, i, stated, "alias file: "+r.options.Aliases.People[entry].Name) {
			refused++
		}
	}
	if refused > 0 {
		r.report("contradictory-aliases", refused, fmt.Sprintf("%s joins %d identities under people that it keeps apart under different; they are kept apart", r.options.Aliases.file, refused),
			"remove one of the two statements")
	}
}

// statement is one selector of the alias file.
type statement struct {
	text, kind string
	entry      int // of people, or of one list of different; -1 for bots and agents
	list       int // of different
}

// selectorIndex finds the statements about an identity, the most exact first.
type selectorIndex struct {
	statements map[selector][]statement
	used       map[selector]bool
}

func newSelectorIndex() *selectorIndex {
	return &selectorIndex{statements: map[selector][]statement{}, used: map[selector]bool{}}
}

func (x *selectorIndex) add(chosen selector, s statement) {
	x.statements[chosen] = append(x.statements[chosen], s)
}

func (x *selectorIndex) match(written sources.Identity) []statement {
	name, folded := selectorName(written.Name), foldAddress(written.Address)
	var found []statement
	tries := []selector{accountSelector(written.Account), {name: name, address: folded, both: true}}
	if folded != "" {
		tries = append(tries, selector{address: folded})
	}
	if name != "" {
		tries = append(tries, selector{name: name})
	}
	for _, try := range tries {
		if statements := x.statements[try]; len(statements) > 0 && try != (selector{}) {
			x.used[try] = true
			found = append(found, statements...)
		}
	}
	return found
}

func (x *selectorIndex) unmatched() int { return len(x.statements) - len(x.used) }
