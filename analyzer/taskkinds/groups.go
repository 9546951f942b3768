package taskkinds

import (
	"slices"
	"strings"

	"keyperson/sources"
)

// group is tickets of one project that share a text.
type group struct{ project, name, rest string }

// grouped gathers tickets by what of tells them apart, the groups in order of their first ticket; tickets with an empty name
// are left out.
func (p *placing) grouped(tickets []uint32, of func(*sources.Ticket) (name, rest string)) ([]group, map[group][]uint32) {
	var order []group
	members := map[group][]uint32{}
	for _, ticket := range tickets {
		t := &p.tickets[ticket]
		name, rest := of(t)
		if name == "" {
			continue
		}
		g := group{t.Project, name, rest}
		if members[g] == nil {
			order = append(order, g)
		}
		members[g] = append(members[g], ticket)
	}
	return order, members
}

// other is the name of what is too rare for a kind of its own.
const other = "other"

// byRequestType places tickets by request type, and rare ones of a category together.
func (p *placing) byRequestType(tickets []uint32) {
	order, members := p.grouped(tickets, func(t *sources.Ticket) (string, string) { return categoryOf(t.RequestType) })
	rare := map[group][]uint32{}
	var categories []group
	for _, g := range order {
		if len(members[g]) >= leastOfGroup {
			name := joined(g.name, g.rest)
			p.add(ofRequestType, Kind{Name: name, Rule: RequestType, Why: "request type " + name, Tickets: members[g]}, g.project, g.name, g.rest)
			continue
		}
		category := group{g.project, g.name, other}
		if rare[category] == nil {
			categories = append(categories, category)
		}
		rare[category] = append(rare[category], members[g]...)
	}
	for _, g := range categories {
		if len(rare[g]) < leastOfGroup {
			continue
		}
		slices.Sort(rare[g])
		p.add(ofCategory, Kind{Name: joined(g.name, other), Rule: RequestType, Why: "rare request types of " + g.name, Tickets: rare[g], IsRest: true}, g.project, g.name, other)
	}
}

// categoryOf splits a request type into its category and the rest.
func categoryOf(requestType string) (category, rest string) {
	category, rest, _ = strings.Cut(requestType, " / ")
	return strings.TrimSpace(category), strings.TrimSpace(rest)
}

func joined(name, rest string) string {
	if rest == "" {
		return name
	}
	return name + " / " + rest
}

// byComponent places tickets by component: first what many summaries have in common, then by type, then the rest.
func (p *placing) byComponent(tickets []uint32) {
	count := map[group]int{}
	for _, ticket := range tickets {
		t := &p.tickets[ticket]
		for _, component := range t.Components {
			count[group{project: t.Project, name: component}]++
		}
	}
	main := func(t *sources.Ticket) (string, string) {
		best := ""
		for _, component := range t.Components {
			n, most := count[group{project: t.Project, name: component}], count[group{project: t.Project, name: best}]
			if best == "" || n > most || n == most && component < best {
				best = component
			}
		}
		return best, ""
	}
	order, members := p.grouped(tickets, main)
	for _, g := range order {
		p.minedWithin(g, members[g])
		p.byType(g, p.left(members[g]))
	}
}

// coverageWithin is the coverage that a template needs to be told from the other work of its component.
const coverageWithin = 0.65

// minedWithin makes kinds of what many tickets of one component have in common.
func (p *placing) minedWithin(g group, tickets []uint32) {
	for _, t := range mine(p.summaries(tickets), tickets, leastOfGroup) {
		if len(t.words) < 2 || t.covers < coverageWithin {
			continue
		}
		p.common = append(p.common, common{kind: len(p.kinds), project: g.project, words: t.words})
		p.addTemplate(ofComponentTemplate, &t, g.project, g.name)
	}
}

// byType makes kinds of the tickets of one component by their type, and of those of rare types together.
func (p *placing) byType(g group, tickets []uint32) {
	order, members := p.grouped(tickets, func(t *sources.Ticket) (string, string) { return t.Type, "" })
	for _, of := range order {
		if len(members[of]) >= leastOfGroup {
			p.add(ofComponentAndType, Kind{
				Name: joined(g.name, of.name), Rule: ComponentAndType, Why: "component " + g.name + ", type " + of.name, Tickets: members[of],
			}, g.project, g.name, of.name)
		}
	}
	if rest := p.left(tickets); len(rest) >= leastOfGroup {
		p.add(ofComponent, Kind{Name: joined(g.name, other), Rule: ComponentAndType, Why: "component " + g.name + ", rare types", Tickets: rest, IsRest: true}, g.project, g.name, other)
	}
}

// byIssueType places tickets by a type whose name says what is done.
func (p *placing) byIssueType(tickets []uint32) {
	order, members := p.grouped(tickets, func(t *sources.Ticket) (string, string) { return t.Type, "" })
	for _, g := range order {
		if len(members[g]) >= leastOfGroup && !isGeneric(g.name) {
			p.add(ofIssueType, Kind{Name: g.name, Rule: IssueType, Why: "type " + g.name, Tickets: members[g]}, g.project, g.name)
		}
	}
}

// genericTypes are the types that trackers come with: what is done, they do not say.
var genericTypes = []string{
	"bug", "defect", "task", "sub-task", "subtask", "technical task", "story", "user story", "epic", "improvement", "enhancement", "new feature",
	"feature", "feature request", "issue", "ticket", "incident", "problem", "change", "change request", "request", "service request",
	"service request with approvals", "question", "support", "help", "it help", "test", "documentation", "spike", "other",
	"バグ", "不具合", "タスク", "サブタスク", "ストーリー", "エピック", "改善", "新機能", "要望", "課題", "インシデント", "障害", "問題", "変更", "変更要求",
	"サービスリクエスト", "サービス要求", "問い合わせ", "問合せ", "その他",
}

func isGeneric(issueType string) bool {
	return slices.ContainsFunc(genericTypes, func(generic string) bool { return strings.EqualFold(generic, issueType) })
}

// byTemplate places tickets by what the summaries of one project have in common.
func (p *placing) byTemplate(tickets []uint32) {
	byProject := map[string][]uint32{}
	var projects []string
	for _, ticket := range tickets {
		project := p.tickets[ticket].Project
		if byProject[project] == nil {
			projects = append(projects, project)
		}
		byProject[project] = append(byProject[project], ticket)
	}
	for _, project := range projects {
		for _, t := range mine(p.summaries(byProject[project]), byProject[project], leastOfTemplate) {
			p.addTemplate(ofTemplate, &t, project, "")
		}
	}
}

func (p *placing) summaries(tickets []uint32) []string {
	summaries := make([]string, len(tickets))
	for i, ticket := range tickets {
		summaries[i] = p.tickets[ticket].Summary
	}
	return summaries
}
