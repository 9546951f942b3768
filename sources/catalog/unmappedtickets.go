package catalog

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"keyperson/sources"
)

// ticketGroup is what tickets of no system have in common, as jira rules can say it.
type ticketGroup struct {
	key, value string // of a rule: "components", "Runtime"
}

// mostGroups is how many groups of tickets a finding names, and longestGroup what it shows of one, in bytes.
const (
	mostGroups   = 5
	longestGroup = 80
)

// unmappedTickets reports when most tickets belong to none of several systems, with the rules that would place most.
func unmappedTickets(e *sources.Evidence, m *sources.SystemMap) []sources.Finding {
	outside := 0
	counts := map[ticketGroup]int{}
	for i, system := range m.ByTicket {
		if system == sources.None {
			outside++
			counts[groupOf(&e.Tickets[i])]++
		}
	}
	if len(m.Systems) < 2 || float64(outside) <= mostUnmapped*float64(len(e.Tickets)) {
		return nil
	}
	finding := sources.Finding{
		Code: "unmapped-tickets", Count: outside,
		Message: fmt.Sprintf("%d of %d tickets belong to no system, so what is said of a system's tasks speaks for the smaller part", outside, len(e.Tickets)),
		Advice:  "say under jira of each system in keyperson.yaml which projects, components or services are its own",
	}
	if rules := largestGroups(counts); len(rules) > 0 {
		finding.Advice = "write under each system in keyperson.yaml, which keyperson init makes, whose they are; the largest: " + strings.Join(rules, " · ")
	}
	return []sources.Finding{finding}
}

// groupOf is the narrowest thing that a rule can name a ticket by; zero where there is none.
func groupOf(t *sources.Ticket) ticketGroup {
	if len(t.Components) > 0 {
		return ticketGroup{"components", t.Components[0]}
	}
	for _, group := range []ticketGroup{{"services", t.Service}, {"request_types", t.RequestType}, {"groups", t.Group}, {"projects", t.Project}} {
		if group.value != "" {
			return group
		}
	}
	return ticketGroup{}
}

// largestGroups are the rules for the groups of most tickets, ready to be pasted, each with how many it would place.
func largestGroups(counts map[ticketGroup]int) []string {
	groups := make([]ticketGroup, 0, len(counts))
	for group := range counts {
		if group.value != "" && len(group.value) <= longestGroup {
			groups = append(groups, group)
		}
	}
	slices.SortFunc(groups, func(a, b ticketGroup) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.key, b.key), cmp.Compare(a.value, b.value))
	})
	var rules []string
	for _, group := range groups[:min(len(groups), mostGroups)] {
		rules = append(rules, fmt.Sprintf("jira: {%s: [%s]} (%d)", group.key, quote(group.value), counts[group]))
	}
	return rules
}
