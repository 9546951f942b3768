package catalog

import (
	"sort"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"keyperson/sources"
)

// configDecoder walks the nodes of keyperson.yaml and keeps the first error. It walks the nodes
// itself, as only that gives each value's place for every check made here.
type configDecoder struct {
	document *document
	err      error

	instructions, runes int // of the regular expressions so far
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
	return nearest(name, known)
}

// nearest helps with a name that is not known.
func nearest(name string, known []string) string {
	if near := sources.Near(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return "known: " + strings.Join(known, ", ")
}

func (c *configDecoder) config(node ast.Node, config *Config) {
	var tasks ast.Node // checked last: the systems they name may be written below them
	c.mapping(node, "keyperson.yaml", map[string]func(ast.Node){
		"systems":              func(n ast.Node) { c.systems(n, config) },
		"people":               func(n ast.Node) { config.People = c.filePath(n, "people") },
		"exclude":              func(n ast.Node) { config.Exclude, _ = c.patterns(n, "exclude") },
		"left":                 func(n ast.Node) { config.Left = c.texts(n, "left") },
		"activity_window_days": func(n ast.Node) { config.ActivityWindowDays = c.days(n, "activity_window_days") },
		"half_life_days":       func(n ast.Node) { config.HalfLifeDays = c.days(n, "half_life_days") },
		"systems_from":         func(n ast.Node) { config.SystemsFrom = c.origin(n) },
		"tickets":              func(n ast.Node) { c.tickets(n, config) },
		"runbooks":             func(n ast.Node) { config.Runbooks = c.runbooks(n) },
		"tasks":                func(n ast.Node) { tasks = n; c.tasks(n, config) },
		"triage":               func(n ast.Node) { config.Triage = c.texts(n, "triage") },
		"check":                func(n ast.Node) { config.Check = c.check(n) },
		"ranking":              func(n ast.Node) { config.Ranking = c.ranking(n) },
		"task_half_life_days":  func(n ast.Node) { config.TaskHalfLifeDays = c.days(n, "task_half_life_days") },
	})
	c.systemsOfTasks(tasks, config)
	if c.err == nil && config.SystemsFrom == FromConfig && len(config.Systems) == 0 {
		c.fail(node, "systems_from is config, but there are no systems: add some, or remove systems_from")
	}
}

func (c *configDecoder) origin(node ast.Node) string {
	return c.oneOf(node, "systems_from", origins...)
}
