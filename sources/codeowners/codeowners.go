// Package codeowners reads whom a CODEOWNERS file lists for which paths, by the rules of GitHub and of GitLab.
//
// Both take the last rule that matches a path. GitLab divides a file into sections, each with a last rule of its own,
// with owners in the heading for the rules that name none, and with exclusions; and its patterns begin anywhere unless a
// slash says that they begin at the top. A file with headings or exclusions is GitLab's. Patterns are matched by
// github.com/hmarr/codeowners.
package codeowners

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	library "github.com/hmarr/codeowners"
)

// Files are where hosting sites look, in their order.
var Files = []string{".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"}

// LargestFile is GitHub's own limit, in bytes.
const LargestFile = 3 << 20

// File is what one file says.
type File struct {
	Rules    []Rule
	Headings []Heading
	Problems []Problem
	sections map[string]bool
	isGitLab bool
}

// Rule is a line that gives paths to owners, or takes them away.
type Rule struct {
	Line     int      // from 1
	Text     string   // the line
	Pattern  string   // as written, without the "!" of an exclusion
	Owners   []string // as written: @user, @group/team, @@role or an address; those of the heading where Inherits; none: nobody owns it
	Inherits bool     // the line names no owners and its section's heading does
	Section  string   // its name in lower case; "" before the first heading
	Excludes bool     // its paths have no owner in its section, whatever other rules say
	rule     library.Rule
}

// Heading begins a section. Headings of the same name are one section.
type Heading struct {
	Line    int
	Text    string
	Section string
	Owners  []string
}

// Problem is a line that is neither a rule nor a heading.
type Problem struct {
	Line int
	Err  error
}

// headingPattern has the name of a section and what follows it: whether it is optional and how many must approve does
// not matter here.
var headingPattern = regexp.MustCompile(`^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$`)

// gitLabPattern finds what only GitLab's files have: headings and exclusions.
var gitLabPattern = regexp.MustCompile(`(?m)^[ \t]*(?:\^?\[[^\]\r\n]+\]|![^\s])`)

// anyOwner takes whatever names someone: GitLab nests groups deeper than the library expects, and has roles.
var anyOwner = library.WithOwnerMatchers([]library.OwnerMatcher{library.OwnerMatchFunc(func(s string) (library.Owner, error) {
	if !strings.Contains(strings.TrimLeft(s, "@"), "@") && !strings.HasPrefix(s, "@") {
		return library.Owner{}, library.ErrNoMatch
	}
	return library.Owner{Value: s}, nil
})})

// Parse reads a file line by line, so that one malformed line costs no other.
func Parse(data []byte) *File {
	f := &File{sections: map[string]bool{}, isGitLab: gitLabPattern.Match(data)}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	lines.Buffer(nil, LargestFile)
	section := Heading{}
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if heading := headingPattern.FindStringSubmatch(line); heading != nil {
			section = Heading{number, line, strings.ToLower(strings.TrimSpace(heading[1])), ownersIn(heading[2])}
			f.Headings = append(f.Headings, section)
			continue
		}
		f.addRule(number, line, &section)
	}
	if err := lines.Err(); err != nil {
		f.Problems = append(f.Problems, Problem{1, err})
	}
	return f
}

func (f *File) addRule(number int, line string, section *Heading) {
	text, excludes := strings.CutPrefix(line, "!")
	anywhere := ""
	if f.isGitLab && !strings.HasPrefix(text, "/") && !strings.HasPrefix(text, "*") {
		anywhere = "**/"
	}
	rules, err := library.ParseFile(strings.NewReader(anywhere+text), anyOwner)
	if err == nil && len(rules) != 1 {
		err = errors.New("an exclamation mark alone")
	}
	if err != nil {
		f.Problems = append(f.Problems, Problem{number, withoutLine(err)})
		return
	}
	rule := Rule{Line: number, Text: line, Pattern: strings.TrimPrefix(rules[0].RawPattern(), anywhere), Section: section.Section, Excludes: excludes, rule: rules[0]}
	for _, owner := range rules[0].Owners {
		rule.Owners = append(rule.Owners, owner.Value)
	}
	if len(rule.Owners) == 0 && !excludes && len(section.Owners) > 0 {
		rule.Owners, rule.Inherits = section.Owners, true
	}
	f.Rules = append(f.Rules, rule)
	f.sections[rule.Section] = true
}

// withoutLine takes away the number that the library counts in the one line it gets.
func withoutLine(err error) error {
	return errors.New(strings.TrimPrefix(err.Error(), "line 1: "))
}

// ownersIn are the owners of a heading, up to a comment.
func ownersIn(text string) []string {
	text, _, _ = strings.Cut(text, "#")
	return slices.DeleteFunc(strings.Fields(text), func(word string) bool { return !strings.Contains(word, "@") })
}

// Matches says whether the rule is about the file at a path. A slash alone names no file; the library cannot match it.
func (r *Rule) Matches(path string) bool {
	if r.Pattern == "/" {
		return false
	}
	matches, err := r.rule.Match(path)
	return err == nil && matches
}

// OwnersOf lists who owns the file at a path: of each section those of its last rule that matches, in the order of the
// rules; nobody where that rule names nobody.
func (f *File) OwnersOf(path string) []string {
	decided := map[string]bool{}
	for i := range f.Rules {
		if rule := &f.Rules[i]; rule.Excludes && !decided[rule.Section] && rule.Matches(path) {
			decided[rule.Section] = true
		}
	}
	var bySection [][]string // the last first
	for i := len(f.Rules) - 1; i >= 0 && len(decided) < len(f.sections); i-- {
		if rule := &f.Rules[i]; !decided[rule.Section] && rule.Matches(path) {
			decided[rule.Section] = true
			bySection = append(bySection, rule.Owners)
		}
	}
	var owners []string
	for _, of := range slices.Backward(bySection) {
		for _, owner := range of {
			if !slices.Contains(owners, owner) {
				owners = append(owners, owner)
			}
		}
	}
	return owners
}

// Err tells what is wrong with a file in one error: the first line that is neither rule nor heading, and how many more
// there are; nil where every line is one.
func (f *File) Err() error {
	switch len(f.Problems) {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("line %d: %w", f.Problems[0].Line, f.Problems[0].Err)
	case 2:
		return fmt.Errorf("line %d: %w; one more line is like it", f.Problems[0].Line, f.Problems[0].Err)
	}
	return fmt.Errorf("line %d: %w; %d more lines are like it", f.Problems[0].Line, f.Problems[0].Err, len(f.Problems)-1)
}
