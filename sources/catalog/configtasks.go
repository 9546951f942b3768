package catalog

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"keyperson/sources"
)

func (c *configDecoder) tasks(node ast.Node, config *Config) {
	lines := map[string]int{}
	for _, element := range c.sequence(node, "tasks") {
		task := c.task(element)
		if c.err != nil {
			return
		}
		if line, isTaken := lines[task.ID]; isTaken {
			c.fail(field(element, "id"), "task id %q is already used on line %d", task.ID, line)
			return
		}
		lines[task.ID] = task.Line
		config.Tasks = append(config.Tasks, task)
	}
}

func (c *configDecoder) task(node ast.Node) sources.TaskRule {
	var t sources.TaskRule
	if at := position(node); at != nil {
		t.Line = at.Line
	}
	if _, ok := pairs(node); !ok {
		c.fail(node, "a task must be a mapping with an id and a match, not %s", kindOf(node))
		return t
	}
	c.mapping(node, "a task", map[string]func(ast.Node){
		"id":          func(n ast.Node) { t.ID = c.text(n, "id") },
		"name":        func(n ast.Node) { t.Name = c.text(n, "name") },
		"system":      func(n ast.Node) { t.System = c.text(n, "system") },
		"match":       func(n ast.Node) { c.taskMatch(n, &t) },
		"runbook":     func(n ast.Node) { t.Runbook = c.runbookPath(n) },
		"class":       func(n ast.Node) { t.Class = c.oneOf(n, "class", "scheduled", "requested", "urgent") },
		"obligation":  func(n ast.Node) { t.Obligation = c.truth(n, "obligation") },
		"routineness": func(n ast.Node) { t.Routineness = c.between(n, "routineness", 0, 1) },
		"hours":       func(n ast.Node) { t.Hours = c.between(n, "hours", fewestHours, mostHours) },
		"level":       func(n ast.Node) { t.Level = c.level(n) },
	})
	switch {
	case c.err != nil:
	case t.ID == "":
		c.fail(node, "a task needs an id")
	case !matchesSomething(&t):
		c.fail(node, "task %q needs a match with at least one condition, or it would take every ticket", t.ID)
	}
	return t
}

// The handling time of one execution: from a minute to a working year.
const (
	fewestHours = 1.0 / 60
	mostHours   = 2000
)

func (c *configDecoder) taskMatch(node ast.Node, t *sources.TaskRule) {
	c.mapping(node, "match of a task", map[string]func(ast.Node){
		"summary":       func(n ast.Node) { t.Summary = c.expression(n, "summary") },
		"projects":      func(n ast.Node) { t.Projects = c.texts(n, "projects") },
		"types":         func(n ast.Node) { t.Types = c.texts(n, "types") },
		"request_types": func(n ast.Node) { t.RequestTypes = c.texts(n, "request_types") },
		"components":    func(n ast.Node) { t.Components = c.texts(n, "components") },
		"labels":        func(n ast.Node) { t.Labels = c.texts(n, "labels") },
		"groups":        func(n ast.Node) { t.Groups = c.texts(n, "groups") },
	})
}

func matchesSomething(t *sources.TaskRule) bool {
	if t.Summary != nil {
		return true
	}
	for _, list := range [][]string{t.Projects, t.Types, t.RequestTypes, t.Components, t.Labels, t.Groups} {
		if len(list) > 0 {
			return true
		}
	}
	return false
}

// The caps on all expressions of a configuration together: repetitions of large classes of letters take megabytes each.
const (
	mostExpressionBytes = 1000
	mostInstructions    = 200_000
	mostRunes           = 1_000_000
)

// expression reads an RE2 regular expression, whose matching takes time linear in the text.
func (c *configDecoder) expression(node ast.Node, key string) *regexp.Regexp {
	value := c.text(node, key)
	if c.err != nil {
		return nil
	}
	if len(value) > mostExpressionBytes {
		c.fail(node, "%s is longer than %d bytes", key, mostExpressionBytes)
		return nil
	}
	parsed, err := syntax.Parse(value, syntax.Perl)
	if err != nil {
		c.fail(node, "%s: %s (RE2 syntax; (?i) at its start ignores case)", key, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return nil
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		c.fail(node, "%s: %s", key, err)
		return nil
	}
	c.instructions += len(program.Inst)
	for i := range program.Inst {
		c.runes += len(program.Inst[i].Rune)
	}
	if c.instructions > mostInstructions || c.runes > mostRunes {
		c.fail(node, "%s: the expressions up to here are too large: repeat fewer times, or smaller classes", key)
		return nil
	}
	compiled, err := regexp.Compile(value)
	if err != nil {
		c.fail(node, "%s: %s", key, err)
		return nil
	}
	return compiled
}

// runbookPath reads the path of a document within a repository, which may be named before a colon.
func (c *configDecoder) runbookPath(node ast.Node) string {
	value := c.text(node, "runbook")
	inside := value
	if _, rest, ok := strings.Cut(value, ":"); ok {
		inside = rest
	}
	if c.err == nil && (inside == "" || !isBelow(inside)) {
		c.fail(node, "runbook: %q must be a path inside a repository, such as docs/renew.md or ops:docs/renew.md", value)
	}
	return value
}

func (c *configDecoder) level(node ast.Node) *sources.LevelRule {
	var rule sources.LevelRule
	c.mapping(node, "level", map[string]func(ast.Node){
		"is":     func(n ast.Node) { rule.Level = c.oneOf(n, "is", "A", "B", "C") },
		"reason": func(n ast.Node) { rule.Reason = c.text(n, "reason") },
		"until":  func(n ast.Node) { rule.Until = c.lastSecondOf(n, "until") },
	})
	if c.err == nil && (rule.Level == "" || rule.Reason == "" || rule.Until == 0) {
		c.fail(node, "level needs is (A, B or C), a reason and until (a date): an override has a reason and an end")
	}
	return &rule
}

func (c *configDecoder) truth(node ast.Node, key string) *bool {
	value, ok := node.(*ast.BoolNode)
	if !ok {
		c.fail(node, "%s must be true or false", key)
		return nil
	}
	return &value.Value
}

func (c *configDecoder) between(node ast.Node, key string, least, most float64) *float64 {
	value, ok := number(node)
	if !ok || value < least || value > most {
		c.fail(node, "%s must be a number from %.3g to %.4g", key, least, most)
	}
	return &value
}

// systemsOfTasks checks that every system a task names is configured. Without configured systems it is for
// Discover to say, which knows those that were found.
func (c *configDecoder) systemsOfTasks(node ast.Node, config *Config) {
	if c.err != nil || !isConfigured(config) {
		return
	}
	known := make([]string, len(config.Systems))
	for i := range config.Systems {
		known[i] = config.Systems[i].ID
	}
	for i, element := range elements(node) {
		if name := config.Tasks[i].System; name != "" && !slices.Contains(known, name) {
			c.fail(field(element, "system"), "task %q names system %q, which is not under systems; %s", config.Tasks[i].ID, name, nearest(name, known))
			return
		}
	}
}
