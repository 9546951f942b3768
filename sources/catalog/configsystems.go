package catalog

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"keyperson/sources/pathpattern"
)

func (c *configDecoder) systems(node ast.Node, config *Config) {
	lines := map[string]int{}
	for _, element := range c.sequence(node, "systems") {
		system := c.system(element)
		if c.err != nil {
			return
		}
		if line, isTaken := lines[system.ID]; isTaken {
			c.fail(field(element, "id"), "system id %q is already used on line %d", system.ID, line)
			return
		}
		lines[system.ID] = system.Line
		config.Systems = append(config.Systems, system)
	}
}

func (c *configDecoder) system(node ast.Node) SystemConfig {
	var s SystemConfig
	if at := position(node); at != nil {
		s.Line = at.Line
	}
	if _, ok := pairs(node); !ok {
		c.fail(node, "a system must be a mapping with an id, not %s", kindOf(node))
		return s
	}
	c.mapping(node, "a system", map[string]func(ast.Node){
		"id":           func(n ast.Node) { s.ID = c.text(n, "id") },
		"name":         func(n ast.Node) { s.Name = c.text(n, "name") },
		"team":         func(n ast.Node) { s.Team = c.text(n, "team") },
		"tier":         func(n ast.Node) { s.Tier = c.tier(n) },
		"repositories": func(n ast.Node) { s.Repositories = c.texts(n, "repositories") },
		"paths":        func(n ast.Node) { s.Paths, s.compiled = c.patterns(n, "paths") },
		"jira":         func(n ast.Node) { s.Tickets = c.ticketMatch(n) },
		"runbooks":     func(n ast.Node) { s.Runbooks, _ = c.patterns(n, "runbooks") },
	})
	if c.err != nil {
		return s
	}
	if s.ID == "" {
		c.fail(node, "a system needs an id")
	}
	if !s.hasFiles() && s.Tickets.isEmpty() && len(s.Runbooks) == 0 {
		c.fail(node, "system %q needs paths, or repositories, or both; or at least jira or runbooks, where it has no files", s.ID)
	}
	return s
}

// hasFiles says whether the system is made of files at all: some are only operated.
func (s *SystemConfig) hasFiles() bool { return len(s.Paths) > 0 || len(s.Repositories) > 0 }

func (c *configDecoder) ticketMatch(node ast.Node) TicketMatch {
	var m TicketMatch
	c.mapping(node, "jira of a system", map[string]func(ast.Node){
		"projects":      func(n ast.Node) { m.Projects = c.texts(n, "projects") },
		"components":    func(n ast.Node) { m.Components = c.texts(n, "components") },
		"labels":        func(n ast.Node) { m.Labels = c.texts(n, "labels") },
		"request_types": func(n ast.Node) { m.RequestTypes = c.texts(n, "request_types") },
		"services":      func(n ast.Node) { m.Services = c.texts(n, "services") },
		"groups":        func(n ast.Node) { m.Groups = c.texts(n, "groups") },
	})
	return m
}

func (c *configDecoder) patterns(node ast.Node, key string) ([]string, *pathpattern.List) {
	texts := make([]string, 0)
	compiled := &pathpattern.List{}
	for _, element := range c.sequence(node, key) {
		text, ok := scalar(element)
		if !ok {
			c.fail(element, "an element of %s must be a path pattern, not %s", key, kindOf(element))
			return nil, nil
		}
		if err := compiled.Add(text); err != nil {
			c.fail(element, "%s: %q: %s", key, text, err)
			return nil, nil
		}
		texts = append(texts, text)
	}
	if len(texts) > 0 && strings.HasPrefix(texts[0], "!") && key == "paths" {
		c.fail(node, "paths begins with a negated pattern, which has nothing to take out: begin with \"/\" for everything")
	}
	return texts, compiled
}

func (c *configDecoder) tier(node ast.Node) int {
	number, ok := node.(*ast.IntegerNode)
	if ok {
		if tier, err := strconv.Atoi(number.GetToken().Value); err == nil && tier >= 1 && tier <= 9 {
			return tier
		}
	}
	c.fail(node, "tier must be a whole number from 1 (most important) to 9")
	return 0
}
