package taskkinds

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// Rule says what sort of rule placed a ticket, the most certain first.
type Rule uint8

// The rules.
const (
	Configured Rule = iota
	RequestType
	ComponentAndType
	IssueType
	Template
)

// String returns the rule as reports write it.
func (r Rule) String() string {
	return [...]string{"configuration", "request type", "component and type", "issue type", "mined template"}[r]
}

// Kind is one kind of recurring work.
type Kind struct {
	ID      string // unique; stable while its rule, component, request type or template stays; see identify
	Name    string // as it may be shown
	True    string // the name with every word as in the tickets, to compare by; nothing shows it
	Rule    Rule
	Why     string   // what placed its tickets, in words: "component Runtime, type Bug"
	Config  int      // index into the rules for Configured, else -1
	Tickets []uint32 // ascending; may be empty for Configured
	IsRest  bool     // gathers what is too rare for a kind of its own
	step    step
	project string
	key     string // what makes it a kind: its step, its project and what names it there
}

// Unplaced says why a ticket belongs to no kind.
type Unplaced uint8

// The reasons.
const (
	Placed Unplaced = iota
	NothingToGoBy
	OwnWords
	RareRequestType
	RareComponent
)

// String returns the reason as reports write it.
func (u Unplaced) String() string {
	return [...]string{
		"placed",
		"no request type, component or summary to go by",
		"no component or request type, and no other summaries like it",
		fmt.Sprintf("fewer than %d tickets of its request type", leastOfGroup),
		fmt.Sprintf("fewer than %d tickets of its component", leastOfGroup),
	}[u]
}

// Placement says which ticket belongs to which kind.
type Placement struct {
	Kinds    []Kind     // configured ones as in the configuration, then by ID
	Of       []int      // by ticket, index into Kinds; -1 for none
	Unplaced []Unplaced // by ticket; Placed too for tickets that were not to be placed
}

// leastOfGroup is the number of tickets that a request type, or a component and type, needs to be a kind of its own;
// a starting value. What is rarer joins the others of its category or component.
const leastOfGroup = 5

// Place puts those of the tickets that are chosen, ascending indices, into kinds. Each ticket belongs to the first
// that takes it:
//
//  1. the first rule of the configuration whose conditions hold;
//  2. its request type, where at least five tickets have it; else the rest of its category ("Network / other"),
//     where at least five tickets are left in it;
//  3. a template that at least five summaries of one component share, which tickets without a component join whose
//     summaries it fits alone;
//  4. its component and issue type, where at least five tickets have both; else the rest of its component;
//  5. its issue type, where at least five tickets have it and the name says what is done ("Access request", not "Task");
//  6. a template that at least three of the remaining summaries of one project share.
//
// A ticket with several components counts for the one that most tickets of its project have. Projects are kept apart. Whom
// the names name decides how kinds are called, and nothing else.
func Place(tickets []sources.Ticket, chosen []uint32, rules []sources.TaskRule, names *Names) *Placement {
	p := &placing{tickets: tickets, names: names, of: make([]int, len(tickets)), unplaced: make([]Unplaced, len(tickets))}
	for i := range p.of {
		p.of[i] = -1
	}
	p.byRules(chosen, rules)
	p.byRequestType(p.left(chosen))
	p.byComponent(p.left(chosen))
	p.rejoin(p.left(chosen))
	p.byIssueType(p.left(chosen))
	p.byTemplate(p.left(chosen))
	for _, ticket := range p.left(chosen) {
		p.unplaced[ticket] = p.reason(&tickets[ticket])
	}
	return p.placement(len(rules))
}

// placing is a placement under construction.
type placing struct {
	tickets  []sources.Ticket
	kinds    []Kind
	of       []int
	unplaced []Unplaced
	common   []common
	names    *Names
}

func (p *placing) left(chosen []uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(chosen), func(ticket uint32) bool { return p.of[ticket] >= 0 })
}

// add makes a kind of the tickets that a step gathered by what teams gave names to. The parts name it within its project.
func (p *placing) add(by step, k Kind, project string, parts ...string) {
	k.True, k.Name, k.Why = k.Name, p.names.Shown(k.Name), p.names.Shown(k.Why)
	covered := make([]string, len(parts))
	for i, part := range parts {
		covered[i] = p.names.part(part)
	}
	p.take(by, k, project, parts, covered)
}

// addTemplate makes a kind of the tickets of a template, within a component or for an empty one.
func (p *placing) addTemplate(by step, t *template, project, component string) {
	k := Kind{True: t.text, Name: p.names.shownText(t.tokens), Rule: Template, Tickets: t.tickets}
	k.Why = "template " + k.Name
	var parts, covered []string
	if component != "" {
		k.Why = "component " + p.names.Shown(component) + ", " + k.Why
		parts, covered = []string{component}, []string{p.names.part(component)}
	}
	p.take(by, k, project, append(parts, t.words...), append(covered, p.names.signed(t.words)...))
}

// take adds a kind; covered are the parts as they may stand in an ID.
func (p *placing) take(by step, k Kind, project string, parts, covered []string) {
	k.step, k.project = by, project
	k.key = strings.Join(append([]string{by.String(), project}, parts...), "\x00")
	k.ID = slug(append([]string{project}, covered...))
	if k.Rule != Configured {
		k.Config = -1
	}
	for _, ticket := range k.Tickets {
		p.of[ticket] = len(p.kinds)
	}
	p.kinds = append(p.kinds, k)
}

func (p *placing) byRules(chosen []uint32, rules []sources.TaskRule) {
	matched := make([][]uint32, len(rules))
	prepared := NewRules(rules)
	for _, ticket := range chosen {
		if rule := prepared.Of(&p.tickets[ticket]); rule >= 0 {
			matched[rule] = append(matched[rule], ticket)
		}
	}
	for i := range rules {
		p.add(ofRule, Kind{Name: cmp.Or(rules[i].Name, rules[i].ID), Rule: Configured, Config: i, Why: "rule " + rules[i].ID, Tickets: matched[i]}, "", rules[i].ID)
		p.kinds[i].ID, p.kinds[i].Name = rules[i].ID, p.kinds[i].True
	}
}

// reason says why a ticket that is left over fits nowhere.
func (p *placing) reason(ticket *sources.Ticket) Unplaced {
	switch {
	case strings.TrimSpace(ticket.RequestType) != "":
		return RareRequestType
	case len(ticket.Components) > 0:
		return RareComponent
	case len(Words(ticket.Summary)) == 0:
		return NothingToGoBy
	}
	return OwnWords
}

// placement gives every kind an ID and a name of its own and puts the kinds in order.
func (p *placing) placement(configured int) *Placement {
	identify(p.kinds)
	tellApart(p.kinds, func(k *Kind) *string { return &k.Name })
	tellApart(p.kinds, func(k *Kind) *string { return &k.True })
	slices.SortStableFunc(p.kinds[configured:], func(a, b Kind) int { return cmp.Compare(a.ID, b.ID) })
	for i := range p.kinds {
		for _, ticket := range p.kinds[i].Tickets {
			p.of[ticket] = i
		}
	}
	return &Placement{Kinds: p.kinds, Of: p.of, Unplaced: p.unplaced}
}
