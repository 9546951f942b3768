package catalog

import (
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

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

// textOrTexts reads a list, or one text as a list of one.
func (c *configDecoder) textOrTexts(node ast.Node, key string) []string {
	if _, ok := scalar(node); ok {
		return []string{c.text(node, key)}
	}
	return c.texts(node, key)
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

func (c *configDecoder) filePath(node ast.Node, key string) string {
	value := c.text(node, key)
	if c.err == nil && !isBelow(value) {
		c.fail(node, "%s: %q must lie beside or below keyperson.yaml", key, value)
	}
	return value
}

// isBelow says whether a path stays below where it starts, on any operating system.
func isBelow(name string) bool {
	name = strings.ReplaceAll(name, `\`, "/")
	isDrive := len(name) > 1 && name[1] == ':'
	return !path.IsAbs(name) && !isDrive && !slices.Contains(strings.Split(name, "/"), "..")
}

func (c *configDecoder) days(node ast.Node, key string) float64 {
	days, ok := number(node)
	if !ok || days < 1 || days > 36500 {
		c.fail(node, "%s must be a number of days from 1 to 36500", key)
	}
	return days
}

// number is the value of a number that was not written as text; ok is false for anything else.
func number(node ast.Node) (value float64, ok bool) {
	text, ok := scalar(node)
	if _, isText := node.(*ast.StringNode); isText || !ok {
		return 0, false
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	return value, err == nil && !math.IsNaN(value) && !math.IsInf(value, 0)
}

// oneOf reads a text that must be one of a few.
func (c *configDecoder) oneOf(node ast.Node, key string, known ...string) string {
	value := c.text(node, key)
	if c.err == nil && !slices.Contains(known, value) {
		c.fail(node, "%s: %q is not one of %s", key, value, strings.Join(known, ", "))
	}
	return value
}

// lastSecondOf reads a date as the last second of it, UTC, in seconds since 1970.
func (c *configDecoder) lastSecondOf(node ast.Node, key string) int64 {
	value := c.text(node, key)
	day, err := time.Parse(time.DateOnly, value)
	if c.err == nil && err != nil {
		c.fail(node, "%s: %q is not a date like 2027-03-31", key, value)
	}
	return day.Add(24*time.Hour - time.Second).Unix()
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
