package identity

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// Options say what is known of people beside the evidence.
type Options struct {
	Mailmaps []*Mailmap // one for each of Evidence.Repositories; nil where a repository has none
	Aliases  *Aliases   // nil where there is no alias file
}

// Resolve decides which identities are one person. The result does not depend on the order of the
// identities except in the indices themselves. Rules in order of certainty: alias file, mailmap, same
// account, same address, same full name, that before a mailmap, same handle or login with names that agree, similar names whose
// tickets and citing commits coincide; each join is listed with its reason, what contradicts itself or is
// merely plausible is a suspect. Two accounts of one tracker are two people unless the team or an address
// says otherwise. Findings tell of statements without effect, shared addresses and pairs.
func Resolve(e *sources.Evidence, options Options) (*sources.People, []sources.Finding) {
	r := &resolver{evidence: e, options: options, suspects: map[[2]int]suspicion{}, givenNames: map[string]bool{}}
	r.collectNodes()
	r.measureUse()
	r.applyMailmaps()
	r.parseNodes()
	r.applyAliases()
	r.formGroups()
	r.joinByAliases()
	r.joinByMailmaps()
	r.joinSameAccount()
	r.joinPrograms()
	r.joinSameAddress()
	r.joinSameName()
	if r.hasAccounts() {
		r.findContested()
		r.joinAcrossSources()
	}
	r.joinFormerNames()
	r.joinSameHandle()
	if r.hasAccounts() {
		r.joinSameLogin()
		r.joinLinked()
	}
	r.joinVariants()
	return r.buildPeople(), r.findings
}

type resolver struct {
	evidence   *sources.Evidence
	options    Options
	nodes      []node // sorted by name, address and account as written
	parent     []int
	contested  map[string]bool // full names of several accounts in one tracker, by key
	next       []int           // of each node another of its component, in a circle
	groups     []group         // by root
	joins      []join
	suspects   map[[2]int]suspicion
	findings   []sources.Finding
	givenNames map[string]bool // first words of the full names in the evidence
	nodeOf     []int           // of each identity of the evidence
	seenIn     [][]uint32      // repositories of each node, ascending; filled when there are several
}

// collectNodes makes one node of all identities with the same bytes.
func (r *resolver) collectNodes() {
	identities := r.evidence.Identities
	order := make([]uint32, len(identities))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		if c := strings.Compare(identities[a].Name, identities[b].Name); c != 0 {
			return c
		}
		if c := strings.Compare(identities[a].Address, identities[b].Address); c != 0 {
			return c
		}
		if c := strings.Compare(identities[a].Account, identities[b].Account); c != 0 {
			return c
		}
		if c := strings.Compare(identities[a].Login, identities[b].Login); c != 0 {
			return c
		}
		return int(a) - int(b)
	})
	r.nodeOf = make([]int, len(identities))
	for _, index := range order {
		if last := len(r.nodes) - 1; last < 0 || r.nodes[last].written != identities[index] {
			r.nodes = append(r.nodes, node{written: identities[index], entry: -1})
		}
		last := len(r.nodes) - 1
		r.nodes[last].identities = append(r.nodes[last].identities, index)
		r.nodeOf[index] = last
	}
}

// measureUse counts the evidence of each node and its time span in one pass.
func (r *resolver) measureUse() {
	several := len(r.evidence.Repositories) > 1
	if several {
		r.seenIn = make([][]uint32, len(r.nodes))
	}
	for i := range r.evidence.Records {
		record := &r.evidence.Records[i]
		event := &r.evidence.Events[record.Event]
		at := r.nodeOf[record.Person]
		r.nodes[at].use(event.Time)
		if several && !slices.Contains(r.seenIn[at], event.Repository) {
			r.seenIn[at] = append(r.seenIn[at], event.Repository)
		}
	}
	for i := range r.evidence.Tickets {
		for _, act := range r.evidence.Tickets[i].Acts {
			if act.Time != 0 {
				r.nodes[r.nodeOf[act.Person]].use(act.Time)
			}
		}
	}
}

// use counts one piece of evidence.
func (n *node) use(at int64) {
	if n.count == 0 || at < n.first {
		n.first = at
	}
	if n.count == 0 || at > n.last {
		n.last = at
	}
	n.count++
}

func (r *resolver) parseNodes() {
	names := make(map[string]*personName, len(r.nodes))
	for i := range r.nodes {
		n := &r.nodes[i]
		n.kind, n.kindReason = classifyProgram(n.written.Name, parseAddress(n.written.Address))
		if n.kind == sources.Human && n.isTracked() {
			n.kind, n.kindReason = classifyAccount(n.written)
		}
		if !n.moved {
			n.address = parseAddress(writtenAddress(n.written))
		}
		written := n.written.Name
		if n.properName != "" {
			written = n.properName
		}
		if n.name = names[written]; n.name == nil {
			n.name = parseName(written)
			names[written] = n.name
		}
		n.findFormer()
		if n.name.forwarded {
			n.address.reach = noReach
		}
		if n.name.full && len(n.name.tokens) > 1 {
			r.givenNames[n.name.first()] = true
		}
	}
}

func (r *resolver) formGroups() {
	r.parent, r.next = make([]int, len(r.nodes)), make([]int, len(r.nodes))
	if len(r.groups) == 0 {
		r.groups = make([]group, len(r.nodes))
	}
	pairs := 0
	for i := range r.nodes {
		n, g := &r.nodes[i], &r.groups[i]
		r.parent[i], r.next[i] = i, i
		g.size, g.kind, g.kindReason, g.kindStated = 1, n.kind, n.kindReason, n.stated
		if n.hasFullName() && n.kind == sources.Human {
			g.names = map[string]*personName{n.name.key: n.name}
		}
		if n.former != nil {
			g.formerly = map[string]bool{n.former.key: true}
		}
		if n.address.account != "" {
			g.accounts = map[string]bool{n.address.account: true}
		}
		if n.isTracked() {
			g.tracked = map[string]bool{n.written.Account: true}
		}
		if n.name.pair && n.entry < 0 && n.kind == sources.Human {
			pairs++
		}
	}
	if pairs > 0 {
		r.report("pair-identities", pairs, fmt.Sprintf("names that stand for several people at once, each kept as a person of its own: %d", pairs),
			"list them in the alias file under the person to whom their work belongs")
	}
}

func (r *resolver) report(code string, count int, message, advice string) {
	r.findings = append(r.findings, sources.Finding{Code: code, Severity: sources.Note, Count: count, Message: message, Advice: advice})
}

// addMerges lists the joins as a spanning tree of each person's identities, by person, then indices.
func (r *resolver) addMerges(people *sources.People) {
	add := func(a, b uint32, reason string) {
		people.Merges = append(people.Merges, sources.Merge{Person: people.ByIdentity[a], A: min(a, b), B: max(a, b), Reason: reason})
	}
	for i := range r.nodes {
		for _, again := range r.nodes[i].identities[1:] {
			add(r.nodes[i].identities[0], again, "same name and address")
		}
	}
	for _, j := range r.joins {
		add(r.nodes[j.a].identities[0], r.nodes[j.b].identities[0], j.reason)
	}
	slices.SortFunc(people.Merges, func(a, b sources.Merge) int {
		if a.Person != b.Person {
			return int(a.Person) - int(b.Person)
		}
		if a.A != b.A {
			return int(a.A) - int(b.A)
		}
		return int(a.B) - int(b.B)
	})
}
