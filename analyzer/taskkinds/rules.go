package taskkinds

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// Rules finds the rule of a ticket. Most rules of a large configuration ask for a component, so that only those for
// the components of the ticket are tried, and those that ask for none.
type Rules struct {
	rules       []sources.TaskRule
	anywhere    []int            // rules that ask for no component, ascending
	byComponent map[string][]int // the others by each of theirs, case folded, ascending
}

// NewRules prepares the rules of a configuration.
func NewRules(rules []sources.TaskRule) *Rules {
	r := &Rules{rules: rules, byComponent: map[string][]int{}}
	for i := range rules {
		if len(rules[i].Components) == 0 {
			r.anywhere = append(r.anywhere, i)
		}
		for _, component := range rules[i].Components {
			key := sources.FoldCase(component)
			r.byComponent[key] = append(r.byComponent[key], i)
		}
	}
	return r
}

// Of returns the first rule of which every condition that is set holds for a ticket, -1 where there is none.
func (r *Rules) Of(ticket *sources.Ticket) int {
	first := r.firstOf(r.anywhere, ticket)
	for _, component := range ticket.Components {
		if rule := r.firstOf(r.byComponent[sources.FoldCase(component)], ticket); rule >= 0 && (first < 0 || rule < first) {
			first = rule
		}
	}
	return first
}

func (r *Rules) firstOf(some []int, ticket *sources.Ticket) int {
	for _, rule := range some {
		if holds(&r.rules[rule], ticket) {
			return rule
		}
	}
	return -1
}

// holds tries the summary last, for matching an expression takes longest.
func holds(rule *sources.TaskRule, ticket *sources.Ticket) bool {
	return hasOne(rule.Projects, ticket.Project) && hasOne(rule.Types, ticket.Type) &&
		hasOne(rule.RequestTypes, ticket.RequestType) && hasOne(rule.Components, ticket.Components...) &&
		hasOne(rule.Labels, ticket.Labels...) && hasOne(rule.Groups, ticket.Group) &&
		(rule.Summary == nil || rule.Summary.MatchString(ticket.Summary))
}

// hasOne says whether one of the values wanted is among those there are, case aside; wanting none is content.
func hasOne(wanted []string, values ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want string) bool {
		return slices.ContainsFunc(values, func(value string) bool { return strings.EqualFold(want, value) })
	})
}
