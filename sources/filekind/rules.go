package filekind

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/go-enry/go-enry/v2/data"
)

// operationalRules are linguist's vendor rules that would leave out what operating a system takes.
var operationalRules = map[string]bool{
	`(^|/)\.github/`:             true,
	`(^|/)\.teamcity/`:           true,
	`(^|/)Jenkinsfile$`:          true,
	`(^|/)Vagrantfile$`:          true,
	`(^|/)\.gitpod\.Dockerfile$`: true,
	`(^|/)fabfile\.py$`:          true,
	`(^|/)proguard\.pro$`:        true,
	`(^|/)proguard-rules\.pro$`:  true,
	`^debian/`:                   true,
	`(^|/)configure$`:            true,
	`(^|/)\.gitattributes$`:      true,
	`(^|/)\.gitignore$`:          true,
	`(^|/)\.gitmodules$`:         true,
	`(^|/)cache/`:                true,
	`(^|/)env/`:                  true,
}

// ruleSet answers whether any of many path rules matches. Linguist's rules as regular expressions
// take some 13 µs a path; most are a plain name of a directory or file and need only a look-up, and
// the rest are tried only where a part of them that must occur does (BenchmarkPathRules).
type ruleSet struct {
	anyDirectory   map[string]bool // components of the directory
	firstDirectory map[string]bool
	baseNames      map[string]bool
	directories    []pathRule // decided by the directory alone
	paths          []pathRule
}

// pathRule is a regular expression with what must occur for it to match.
type pathRule struct {
	expression *regexp.Regexp
	suffix     string
	required   string
}

func (r *pathRule) match(path string) bool {
	return strings.HasSuffix(path, r.suffix) && strings.Contains(path, r.required) && r.expression.MatchString(path)
}

func newRuleSet(expressions []*regexp.Regexp, without map[string]bool) *ruleSet {
	set := &ruleSet{anyDirectory: map[string]bool{}, firstDirectory: map[string]bool{}, baseNames: map[string]bool{}}
	for _, expression := range expressions {
		if expression != nil && !without[expression.String()] {
			set.add(expression)
		}
	}
	return set
}

func (s *ruleSet) add(expression *regexp.Regexp) {
	source := strings.ReplaceAll(expression.String(), `\/`, "/")
	if rest, ok := strings.CutPrefix(source, "(^|/)"); ok {
		if name, ok := strings.CutSuffix(rest, "/"); ok && isPlain(name) {
			s.anyDirectory[unescape(name)] = true
			return
		}
		if name, ok := strings.CutSuffix(rest, "$"); ok && isPlain(name) {
			s.baseNames[unescape(name)] = true
			return
		}
	}
	if rest, ok := strings.CutPrefix(source, "^"); ok {
		if name, ok := strings.CutSuffix(rest, "/"); ok && isPlain(name) {
			s.firstDirectory[unescape(name)] = true
			return
		}
	}
	rule := pathRule{expression: expression}
	if parsed, err := syntax.Parse(source, syntax.Perl); err == nil {
		rule.suffix, rule.required = literals(parsed.Simplify())
	}
	if strings.HasSuffix(source, "/") {
		rule.suffix = "" // the match ends within the directory and not at the end of the path
		s.directories = append(s.directories, rule)
		return
	}
	s.paths = append(s.paths, rule)
}

// isPlain reports whether an expression matches one name only.
func isPlain(expression string) bool {
	return !strings.ContainsAny(unescape(expression), `/\`) &&
		!strings.ContainsAny(strings.ReplaceAll(expression, `\.`, ""), `.*+?()[]{}|^$\`)
}

func unescape(expression string) string { return strings.ReplaceAll(expression, `\.`, ".") }

// literals returns a text that every match ends the path with, and one that it contains; "" for none.
func literals(parsed *syntax.Regexp) (suffix, required string) {
	parts := []*syntax.Regexp{parsed}
	if parsed.Op == syntax.OpConcat {
		parts = parsed.Sub
	}
	for i, part := range parts {
		if part.Op != syntax.OpLiteral || part.Flags&syntax.FoldCase != 0 {
			continue
		}
		text := string(part.Rune)
		if len(text) > len(required) {
			required = text
		}
		if i == len(parts)-2 && parts[i+1].Op == syntax.OpEndText {
			suffix = text
		}
	}
	return suffix, required
}

// matchDirectory reports whether a rule matches every file below a directory, "" or ending in "/".
func (s *ruleSet) matchDirectory(directory string) bool {
	first := true
	for rest := directory; rest != ""; first = false {
		var name string
		name, rest, _ = strings.Cut(rest, "/")
		if s.anyDirectory[name] || first && s.firstDirectory[name] {
			return true
		}
	}
	for i := range s.directories {
		if s.directories[i].match(directory) {
			return true
		}
	}
	return false
}

// matchFile reports whether a rule matches a file for more than its directory.
func (s *ruleSet) matchFile(path, base string) bool {
	if s.baseNames[base] {
		return true
	}
	for i := range s.paths {
		if s.paths[i].match(path) {
			return true
		}
	}
	return false
}

func newVendorRules() *ruleSet        { return newRuleSet(data.VendorMatchers, operationalRules) }
func newDocumentationRules() *ruleSet { return newRuleSet(data.DocumentationMatchers, nil) }
