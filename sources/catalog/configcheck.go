package catalog

import (
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// CheckConfig is what a team accepts, for the gate of its continuous integration.
type CheckConfig struct {
	Budgets []BudgetConfig // budgets:
	Waivers []WaiverConfig // waivers:
	// Tolerance is tolerance: how much a risk in [0,1] may grow before it is worse; nil for the default.
	Tolerance *float64
	Names     bool // names: show names instead of pseudonyms in what is made to be passed on
}

// BudgetConfig is one entry under budgets: at most so many risks of a tier, of a rule, or of both.
type BudgetConfig struct {
	Tier int    // tier: 1 to 9; 0 for every tier
	Rule string // rule: name of a rule; "" for every rule
	Most int    // most:
	Line int    // where the entry starts
}

// WaiverConfig is one entry under waivers: a risk that someone accepts for a time. It has either a fingerprint, or a
// rule and the subject's id.
type WaiverConfig struct {
	Fingerprint string // fingerprint:
	Rule        string // rule:
	ID          string // id:
	Owner       string // owner: required
	Reason      string // reason: required
	Until       int64  // until: required; last second it holds, seconds since 1970
	Line        int    // where the entry starts
}

func (c *configDecoder) check(node ast.Node) CheckConfig {
	var check CheckConfig
	c.mapping(node, "check", map[string]func(ast.Node){
		"budgets": func(n ast.Node) {
			for _, element := range c.sequence(n, "budgets") {
				check.Budgets = append(check.Budgets, c.budget(element))
			}
		},
		"waivers": func(n ast.Node) {
			for _, element := range c.sequence(n, "waivers") {
				check.Waivers = append(check.Waivers, c.waiver(element))
			}
		},
		"tolerance": func(n ast.Node) { check.Tolerance = c.between(n, "tolerance", 0, 1) },
		"names": func(n ast.Node) {
			if shown := c.truth(n, "names"); shown != nil {
				check.Names = *shown
			}
		},
	})
	return check
}

func (c *configDecoder) budget(node ast.Node) BudgetConfig {
	b := BudgetConfig{Most: -1}
	if at := position(node); at != nil {
		b.Line = at.Line
	}
	c.mapping(node, "a budget", map[string]func(ast.Node){
		"tier": func(n ast.Node) { b.Tier = c.tier(n) },
		"rule": func(n ast.Node) { b.Rule = c.text(n, "rule") },
		"most": func(n ast.Node) { b.Most = c.wholeNumber(n, "most") },
	})
	if c.err == nil && b.Most < 0 {
		c.fail(node, "a budget needs most: how many risks are accepted")
	}
	return b
}

// wholeNumber reads a count.
func (c *configDecoder) wholeNumber(node ast.Node, key string) int {
	if number, ok := node.(*ast.IntegerNode); ok {
		if count, err := strconv.Atoi(number.GetToken().Value); err == nil && count >= 0 {
			return count
		}
	}
	c.fail(node, "%s must be a whole number from 0 on", key)
	return 0
}

func (c *configDecoder) waiver(node ast.Node) WaiverConfig {
	var w WaiverConfig
	if at := position(node); at != nil {
		w.Line = at.Line
	}
	c.mapping(node, "a waiver", map[string]func(ast.Node){
		"fingerprint": func(n ast.Node) { w.Fingerprint = c.text(n, "fingerprint") },
		"rule":        func(n ast.Node) { w.Rule = c.text(n, "rule") },
		"id":          func(n ast.Node) { w.ID = c.text(n, "id") },
		"owner":       func(n ast.Node) { w.Owner = c.text(n, "owner") },
		"reason":      func(n ast.Node) { w.Reason = c.text(n, "reason") },
		"until":       func(n ast.Node) { w.Until = c.lastSecondOf(n, "until") },
	})
	byFingerprint, bySubject := w.Fingerprint != "", w.Rule != "" || w.ID != ""
	switch {
	case c.err != nil:
	case byFingerprint == bySubject, bySubject && (w.Rule == "" || w.ID == ""):
		c.fail(node, "a waiver needs a fingerprint, or else a rule and an id")
	case w.Owner == "" || w.Reason == "" || w.Until == 0:
		c.fail(node, "a waiver needs an owner, a reason and until (a date): somebody accepts the risk for a time")
	}
	return w
}
