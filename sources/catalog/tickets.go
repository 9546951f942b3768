package catalog

import (
	"slices"
	"strings"
	"unicode"

	"keyperson/sources"
)

// mapTickets says which system each ticket belongs to: the first whose jira rules take it; else the one that is
// called like one of its components, its service or its request type; else the one that most files of the commits
// citing it belong to; else None.
func mapTickets(e *sources.Evidence, m *sources.SystemMap, config *Config) []uint32 {
	if len(e.Tickets) == 0 {
		return nil
	}
	var rules []SystemConfig
	if isConfigured(config) {
		rules = config.Systems // the systems in their order
	}
	byRule := newTicketRules(rules)
	named := systemNames(m, rules)
	cited := citedSystems(e, m)
	of := make([]uint32, len(e.Tickets))
	for i := range e.Tickets {
		t := &e.Tickets[i]
		of[i] = byRule.systemOf(t)
		if of[i] == sources.None {
			of[i] = byName(t, named)
		}
		if system, ok := cited[strings.ToUpper(t.Key)]; ok && of[i] == sources.None {
			of[i] = system
		}
	}
	return of
}

func (m *TicketMatch) isEmpty() bool {
	return len(m.Projects)+len(m.Components)+len(m.Labels)+len(m.RequestTypes)+len(m.Services)+len(m.Groups) == 0
}

// ticketRules are the jira rules of all systems by what they ask for.
type ticketRules struct {
	projects, components, labels, requestTypes, services, groups valueRules
}

// valueRules are the first system that asks for a value, case folded.
type valueRules map[string]uint32

func newTicketRules(systems []SystemConfig) *ticketRules {
	r := &ticketRules{valueRules{}, valueRules{}, valueRules{}, valueRules{}, valueRules{}, valueRules{}}
	for i := range systems {
		m := &systems[i].Tickets
		r.projects.add(uint32(i), m.Projects)
		r.components.add(uint32(i), m.Components)
		r.labels.add(uint32(i), m.Labels)
		r.requestTypes.add(uint32(i), m.RequestTypes)
		r.services.add(uint32(i), m.Services)
		r.groups.add(uint32(i), m.Groups)
	}
	return r
}

func (r valueRules) add(system uint32, values []string) {
	for _, value := range values {
		key := sources.FoldCase(value)
		if _, taken := r[key]; !taken {
			r[key] = system
		}
	}
}

// systemOf is the first system of which any list has a value of the ticket, case aside; None where there is none.
func (r *ticketRules) systemOf(t *sources.Ticket) uint32 {
	return min(r.projects.first(t.Project), r.components.first(t.Components...), r.labels.first(t.Labels...),
		r.requestTypes.first(t.RequestType), r.services.first(t.Service), r.groups.first(t.Group))
}

// first is the lowest of the systems that ask for any of the values; None, which is above all, where there is none.
func (r valueRules) first(values ...string) uint32 {
	system := sources.None
	if len(r) == 0 {
		return system
	}
	for _, value := range values {
		if of, ok := r[sources.FoldCase(value)]; ok {
			system = min(system, of)
		}
	}
	return system
}

// systemNames are the systems by folded ID and name. A system with jira rules says by them what belongs to it; a
// name that two systems fold to means neither.
func systemNames(m *sources.SystemMap, rules []SystemConfig) map[string]uint32 {
	named := map[string]uint32{}
	add := func(name string, system uint32) {
		key := fold(name)
		if other, taken := named[key]; taken && other != system {
			system = sources.None
		}
		named[key] = system
	}
	for i := range m.Systems {
		if rules != nil && !rules[i].Tickets.isEmpty() {
			continue
		}
		add(m.Systems[i].ID, uint32(i))
		add(m.Systems[i].Name, uint32(i))
	}
	delete(named, "")
	return named
}

// fold makes names equal that differ in case, spaces and hyphens.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

func byName(t *sources.Ticket, named map[string]uint32) uint32 {
	for _, component := range t.Components {
		if system, ok := named[fold(component)]; ok && system != sources.None {
			return system
		}
	}
	for _, name := range []string{t.Service, t.RequestType} {
		if system, ok := named[fold(name)]; ok && system != sources.None {
			return system
		}
	}
	return sources.None
}

// citedSystems finds, for each ticket that commits cite by its key or a former one, the system that more than half of the
// files changed in them belong to, by the key of now. Keys are in capitals.
func citedSystems(e *sources.Evidence, m *sources.SystemMap) map[string]uint32 {
	current := make(map[string]string, len(e.Tickets))
	for i := range e.Tickets {
		for _, former := range e.Tickets[i].FormerKeys {
			current[strings.ToUpper(former)] = strings.ToUpper(e.Tickets[i].Key)
		}
	}
	for i := range e.Tickets {
		key := strings.ToUpper(e.Tickets[i].Key)
		current[key] = key
	}
	events := map[string][]uint32{} // by key
	records := map[uint32][]sources.Record{}
	for i := range e.Mentions {
		mention := &e.Mentions[i]
		key := current[strings.ToUpper(mention.Text)]
		if mention.Kind == sources.TicketMention && key != "" && !slices.Contains(events[key], mention.Event) {
			events[key] = append(events[key], mention.Event)
			records[mention.Event] = nil
		}
	}
	for first := 0; first < len(e.Records) && len(records) > 0; {
		event, last := e.Records[first].Event, first
		for last < len(e.Records) && e.Records[last].Event == event {
			last++
		}
		if _, isCiting := records[event]; isCiting {
			records[event] = e.Records[first:last]
		}
		first = last
	}
	systems := map[string]uint32{}
	for key, cited := range events {
		if system := majority(cited, records, m); system != sources.None {
			systems[key] = system
		}
	}
	return systems
}

// majority is the system of more than half of the files that the events changed, each file counted once.
func majority(events []uint32, records map[uint32][]sources.Record, m *sources.SystemMap) uint32 {
	seen := map[uint32]bool{}
	counts := map[uint32]int{}
	for _, event := range events {
		for i := range records[event] {
			thing := records[event][i].Thing
			if seen[thing] {
				continue
			}
			seen[thing] = true
			for _, system := range m.ByThing[thing] {
				counts[system]++
			}
		}
	}
	best := sources.None
	for system, count := range counts {
		isBetter := best == sources.None || count > counts[best] || count == counts[best] && system < best
		if 2*count > len(seen) && isBetter {
			best = system
		}
	}
	return best
}
