package taskkinds

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// RuleOf returns the first rule of which every condition that is set holds for a ticket, -1 where there is none.
func RuleOf(ticket *sources.Ticket, rules []sources.TaskRule) int {
	return slices.IndexFunc(rules, func(rule sources.TaskRule) bool { return holds(&rule, ticket) })
}

func holds(rule *sources.TaskRule, ticket *sources.Ticket) bool {
	return (rule.Summary == nil || rule.Summary.MatchString(ticket.Summary)) &&
		hasOne(rule.Projects, ticket.Project) && hasOne(rule.Types, ticket.Type) &&
		hasOne(rule.RequestTypes, ticket.RequestType) && hasOne(rule.Components, ticket.Components...) &&
		hasOne(rule.Labels, ticket.Labels...) && hasOne(rule.Groups, ticket.Group)
}

// hasOne says whether one of the values wanted is among those there are, case aside; wanting none is content.
func hasOne(wanted []string, values ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want string) bool {
		return slices.ContainsFunc(values, func(value string) bool { return strings.EqualFold(want, value) })
	})
}
