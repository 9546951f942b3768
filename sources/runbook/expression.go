package runbook

import (
	"regexp"
	"sync"
)

// expression is a regular expression that is compiled when first used: the sixty of this package took a sixth of the
// time in which the program starts, for every command and whether a document is read or not.
type expression struct {
	compiled func() *regexp.Regexp
}

// lazily makes an expression of a text known to be right; a test compiles every one.
func lazily(text string) *expression {
	expression := &expression{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	expressions = append(expressions, expression)
	return expression
}

// expressions are all there are, for the test.
var expressions []*expression

func (e *expression) Match(b []byte) bool { return e.compiled().Match(b) }

func (e *expression) MatchString(s string) bool { return e.compiled().MatchString(s) }

func (e *expression) FindString(s string) string { return e.compiled().FindString(s) }

func (e *expression) FindSubmatch(b []byte) [][]byte { return e.compiled().FindSubmatch(b) }

func (e *expression) FindStringSubmatch(s string) []string { return e.compiled().FindStringSubmatch(s) }

func (e *expression) FindAllString(s string, most int) []string {
	return e.compiled().FindAllString(s, most)
}

func (e *expression) FindAllSubmatch(b []byte, most int) [][][]byte {
	return e.compiled().FindAllSubmatch(b, most)
}

func (e *expression) FindAllStringSubmatch(s string, most int) [][]string {
	return e.compiled().FindAllStringSubmatch(s, most)
}

func (e *expression) ReplaceAllString(s, replacement string) string {
	return e.compiled().ReplaceAllString(s, replacement)
}

func (e *expression) ReplaceAllFunc(b []byte, replace func([]byte) []byte) []byte {
	return e.compiled().ReplaceAllFunc(b, replace)
}
