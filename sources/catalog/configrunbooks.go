package catalog

import "github.com/goccy/go-yaml/ast"

func (c *configDecoder) runbooks(node ast.Node) RunbookConfig {
	var r RunbookConfig
	c.mapping(node, "runbooks", map[string]func(ast.Node){
		"paths":         func(n ast.Node) { r.Paths, _ = c.patterns(n, "paths") },
		"owner":         func(n ast.Node) { r.Owner = c.textOrTexts(n, "owner") },
		"reviewed":      func(n ast.Node) { r.Reviewed = c.textOrTexts(n, "reviewed") },
		"interval":      func(n ast.Node) { r.Interval = c.textOrTexts(n, "interval") },
		"interval_days": func(n ast.Node) { r.IntervalDays = c.days(n, "interval_days") },
	})
	return r
}
