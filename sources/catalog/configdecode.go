package catalog

import (
	"math"
	"path"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"keyperson/sources/pathpattern"
)

// configDecoder walks the nodes of keyperson.yaml and keeps the first error. It walks the nodes
// itself, as only that gives each value's place for every check made here.
type configDecoder struct {
	document *document
	err      error
}

func (c *configDecoder) fail(node ast.Node, format string, args ...any) {
	if c.err == nil {
		c.err = c.document.failNode(node, format, args...)
	}
}

// mapping calls the function of each key; an unknown or repeated key is an error.
func (c *configDecoder) mapping(node ast.Node, what string, keys map[string]func(ast.Node)) {
	if _, isNull := node.(*ast.NullNode); isNull || node == nil {
		return
	}
	entries, ok := pairs(node)
	if !ok {
		c.fail(node, "%s must be a mapping of keys to values, not %s", what, kindOf(node))
		return
	}
	seen := map[string]bool{}
	for _, entry := range entries {
		name, ok := scalar(entry.Key)
		if !ok {
			c.fail(entry.Key, "a key of %s must be plain text, not %s", what, kindOf(entry.Key))
			return
		}
		decode := keys[name]
		switch {
		case decode == nil:
			c.fail(entry.Key, "unknown key %q in %s; %s", name, what, knownKeys(name, keys))
		case seen[name]:
			c.fail(entry.Key, "key %q twice in %s", name, what)
		default:
			decode(entry.Value)
		}
		seen[name] = true
		if c.err != nil {
			return
		}
	}
}

func knownKeys(name string, keys map[string]func(ast.Node)) string {
	known := make([]string, 0, len(keys))
	for key := range keys {
		known = append(known, key)
	}
	sort.Strings(known)
	if near := Near(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "known keys: " + strings.Join(known, ", ")
}

func (c *configDecoder) config(node ast.Node, config *Config) {
	c.mapping(node, "keyperson.yaml", map[string]func(ast.Node){
		"systems":              func(n ast.Node) { c.systems(n, config) },
		"people":               func(n ast.Node) { config.People = c.filePath(n, "people") },
		"exclude":              func(n ast.Node) { config.Exclude, _ = c.patterns(n, "exclude") },
		"left":                 func(n ast.Node) { config.Left = c.texts(n, "left") },
		"activity_window_days": func(n ast.Node) { config.ActivityWindowDays = c.days(n, "activity_window_days") },
		"half_life_days":       func(n ast.Node) { config.HalfLifeDays = c.days(n, "half_life_days") },
		"systems_from":         func(n ast.Node) { config.SystemsFrom = c.origin(n) },
	})
	if c.err == nil && config.SystemsFrom == FromConfig && len(config.Systems) == 0 {
		c.fail(node, "systems_from is config, but there are no systems: add some, or remove systems_from")
	}
}

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
	})
	if c.err != nil {
		return s
	}
	if s.ID == "" {
		c.fail(node, "a system needs an id")
	}
	if len(s.Paths) == 0 && len(s.Repositories) == 0 {
		c.fail(node, "system %q needs paths, or repositories, or both", s.ID)
	}
	return s
}

// sequence returns the elements of a list; an empty value is an empty list.
func (c *configDecoder) sequence(node ast.Node, key string) []ast.Node {
	switch n := node.(type) {
	case *ast.SequenceNode:
		return n.Values
	case *ast.NullNode:
		return nil
	}
	c.fail(node, "%s must be a list, not %s", key, kindOf(node))
	return nil
}

func (c *configDecoder) texts(node ast.Node, key string) []string {
	var texts []string
	for _, element := range c.sequence(node, key) {
		texts = append(texts, c.text(element, "an element of "+key))
	}
	return texts
}

func (c *configDecoder) text(node ast.Node, key string) string {
	value, ok := scalar(node)
	switch {
	case !ok:
		c.fail(node, "%s must be text, not %s", key, kindOf(node))
	case strings.TrimSpace(value) == "":
		c.fail(node, "%s is empty", key)
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		c.fail(node, "%s has a control character", key)
	}
	return value
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

func (c *configDecoder) filePath(node ast.Node, key string) string {
	value := c.text(node, key)
	if c.err == nil && (path.IsAbs(value) || slices.Contains(strings.Split(strings.ReplaceAll(value, `\`, "/"), "/"), "..")) {
		c.fail(node, "%s: %q must lie beside or below keyperson.yaml", key, value)
	}
	return value
}

func (c *configDecoder) days(node ast.Node, key string) float64 {
	value, ok := scalar(node)
	if _, isText := node.(*ast.StringNode); isText {
		ok = false
	}
	days, err := strconv.ParseFloat(strings.ReplaceAll(value, "_", ""), 64)
	if !ok || err != nil || math.IsNaN(days) || days < 1 || days > 36500 {
		c.fail(node, "%s must be a number of days from 1 to 36500", key)
	}
	return days
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

func (c *configDecoder) origin(node ast.Node) string {
	value := c.text(node, "systems_from")
	if c.err == nil && !slices.Contains(origins, value) {
		c.fail(node, "systems_from: %q is not one of %s", value, strings.Join(origins, ", "))
	}
	return value
}

// kindOf names a node as its author would.
func kindOf(node ast.Node) string {
	switch n := node.(type) {
	case nil, *ast.NullNode:
		return "nothing"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.AliasNode, *ast.AnchorNode, *ast.MergeKeyNode:
		return "an alias or anchor, which keyperson.yaml does not use"
	case *ast.BoolNode:
		return "true or false (quote it if it is a name)"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	default:
		if n.GetToken() != nil && n.GetToken().Type == token.TagType {
			return "a tagged value"
		}
		return "something else"
	}
}
