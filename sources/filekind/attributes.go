package filekind

import (
	"bytes"
	"slices"
	"strings"

	"keyperson/sources/pathpattern"
)

// Bounds on .gitattributes files, the second one git's own. Patterns that are made for it take their length times that of
// a path, on every path: the number of steps bounds the time that a hostile repository can take, to some seconds.
const (
	largestAttributes     = 1 << 20
	longestAttributesLine = 2048
	mostAttributeRules    = 20_000
	mostAttributeSteps    = 500_000_000
)

// state is what .gitattributes says about one attribute of one path.
type state uint8

const (
	unknown     state = iota // no line says anything
	set                      // attribute, attribute=value
	unset                    // -attribute, attribute=false
	unspecified              // !attribute
)

// The attributes that matter here, by their place in the tables.
const (
	generatedAttribute = iota
	vendoredAttribute
	documentationAttribute
	diffAttribute
	textAttribute
	binaryAttribute
	knownAttributes
)

type assignment struct {
	attribute int
	state     state
	isTrue    bool // plainly set, without a value: only that expands a macro
}

type attributeRule struct {
	glob        pathpattern.Glob
	assignments []assignment
}

// attributes are the .gitattributes files of one snapshot. go-git's reader of them is not used: it
// lets earlier lines win over later ones, gives up on a file for one bad name, and does not survive
// every pattern.
type attributes struct {
	numbers map[string]int
	macros  map[int][]assignment
	files   map[string][]attributeRule // by directory, "" or ending in "/"
	chains  map[string][]string        // for each directory, those above it with files, deepest last
	states  []state
	rules   int
	steps   int // that may still be taken
}

func newAttributes() *attributes {
	return &attributes{
		numbers: map[string]int{
			"linguist-generated": generatedAttribute, "linguist-vendored": vendoredAttribute,
			"linguist-documentation": documentationAttribute, "diff": diffAttribute, "text": textAttribute, "binary": binaryAttribute,
		},
		macros: map[int][]assignment{binaryAttribute: {{diffAttribute, unset, false}, {textAttribute, unset, false}}},
		files:  map[string][]attributeRule{},
		chains: map[string][]string{},
		steps:  mostAttributeSteps,
	}
}

// add parses one .gitattributes file. Lines that git would ignore are ignored.
func (a *attributes) add(directory string, content []byte) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	for line := range bytes.Lines(content) {
		if len(line) > longestAttributesLine {
			continue
		}
		a.addLine(directory, strings.Trim(string(line), " \t\r\n"))
	}
}

func (a *attributes) addLine(directory, line string) {
	if line == "" || line[0] == '#' {
		return
	}
	name, rest := cutPattern(line)
	macro, isMacro := strings.CutPrefix(name, "[attr]")
	if isMacro && (directory != "" || !isAttributeName(macro)) {
		return // git takes macros from the top directory only
	}
	var assignments []assignment
	for _, field := range strings.Fields(rest) {
		made, ok := a.assignment(field)
		if !ok {
			return // git drops the line
		}
		assignments = append(assignments, made)
	}
	if isMacro {
		a.macros[a.number(macro)] = assignments
		return
	}
	if len(assignments) == 0 || a.rules == mostAttributeRules || strings.HasPrefix(name, "!") || strings.HasSuffix(name, "/") {
		return // negative patterns are forbidden, and directories have no attributes
	}
	a.files[directory] = append(a.files[directory], attributeRule{pathpattern.NewGlob(name), assignments})
	a.rules++
}

// cutPattern divides a line into its pattern, which may be quoted, and the attributes.
func cutPattern(line string) (name, rest string) {
	if line[0] != '"' {
		if at := strings.IndexAny(line, " \t"); at >= 0 {
			return line[:at], line[at:]
		}
		return line, ""
	}
	var text strings.Builder
	for at := 1; at < len(line); at++ {
		switch c := line[at]; {
		case c == '"':
			return text.String(), line[at+1:]
		case c == '\\' && at+1 < len(line):
			at++
			at += unquoteByte(line[at:], &text)
		default:
			text.WriteByte(c)
		}
	}
	return line, "" // not closed: git takes it as it stands, and nothing is assigned
}

// unquoteByte appends what follows a backslash in a C string and returns how many more bytes than one
// it took.
func unquoteByte(rest string, text *strings.Builder) int {
	if at := strings.IndexByte("abfnrtv", rest[0]); at >= 0 {
		text.WriteByte("\a\b\f\n\r\t\v"[at])
		return 0
	}
	if len(rest) >= 3 && rest[0] >= '0' && rest[0] <= '3' && isOctal(rest[1]) && isOctal(rest[2]) {
		text.WriteByte((rest[0]-'0')<<6 | (rest[1]-'0')<<3 | (rest[2] - '0'))
		return 2
	}
	text.WriteByte(rest[0])
	return 0
}

func isOctal(b byte) bool { return b >= '0' && b <= '7' }

func (a *attributes) assignment(field string) (assignment, bool) {
	made := assignment{state: set}
	name, value, hasValue := strings.Cut(field, "=")
	switch {
	case strings.HasPrefix(name, "-"):
		name, made.state = name[1:], unset
	case strings.HasPrefix(name, "!"):
		name, made.state = name[1:], unspecified
	case hasValue && value == "false":
		made.state = unset
	case !hasValue:
		made.isTrue = true
	}
	if !isAttributeName(name) {
		return made, false
	}
	made.attribute = a.number(name)
	return made, true
}

func (a *attributes) number(name string) int {
	number, ok := a.numbers[name]
	if !ok {
		number = len(a.numbers)
		a.numbers[name] = number
	}
	return number
}

func isAttributeName(name string) bool {
	for i := range len(name) {
		c := name[i]
		if c == '-' && i > 0 || c == '.' || c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
			continue
		}
		return false
	}
	return name != ""
}

// finish drops the rules that say nothing of the attributes that matter, be it by way of macros. It is called when all
// files were added.
func (a *attributes) finish() {
	matters := make([]bool, len(a.numbers))
	expandTo := map[int][]int{} // the macros that set an attribute
	var found []int
	for number := range knownAttributes {
		matters[number] = true
		found = append(found, number)
	}
	for macro, assignments := range a.macros {
		for _, made := range assignments {
			expandTo[made.attribute] = append(expandTo[made.attribute], macro)
		}
	}
	for len(found) > 0 {
		last := found[len(found)-1]
		found = found[:len(found)-1]
		for _, macro := range expandTo[last] {
			if !matters[macro] {
				matters[macro] = true
				found = append(found, macro)
			}
		}
	}
	saysNothing := func(rule attributeRule) bool {
		return !slices.ContainsFunc(rule.assignments, func(made assignment) bool { return matters[made.attribute] })
	}
	for directory, rules := range a.files {
		a.files[directory] = slices.DeleteFunc(rules, saysNothing)
		a.rules -= len(rules) - len(a.files[directory])
	}
}

// of returns the states of a path by attribute, valid until the next call. The deepest file wins,
// in it the last line, and in a line the last word; a macro counts where it is set. Where the steps do not suffice,
// nothing is known, and steps is below zero.
func (a *attributes) of(directory, path, base string) []state {
	if len(a.states) < len(a.numbers) {
		a.states = make([]state, len(a.numbers))
	}
	clear(a.states)
	if a.rules == 0 || a.steps < 0 {
		return a.states
	}
	a.steps -= len(a.states) // clearing them
	chain := a.chain(directory)
	for i := len(chain) - 1; i >= 0; i-- {
		rules := a.files[chain[i]]
		relative := path[len(chain[i]):]
		for k := len(rules) - 1; k >= 0; k-- {
			if rules[k].glob.MatchWithin(relative, base, &a.steps) {
				a.apply(rules[k].assignments)
			}
			if a.steps < 0 {
				clear(a.states)
				return a.states
			}
		}
	}
	return a.states
}

// apply sets what is not set yet. Macros within macros end, as each attribute is set only once.
func (a *attributes) apply(assignments []assignment) {
	a.steps -= len(assignments)
	for i := len(assignments) - 1; i >= 0; i-- {
		made := assignments[i]
		if a.states[made.attribute] != unknown {
			continue
		}
		a.states[made.attribute] = made.state
		if made.isTrue {
			a.apply(a.macros[made.attribute])
		}
	}
}

// chain returns the directories with .gitattributes files that a directory is in.
func (a *attributes) chain(directory string) []string {
	if chain, ok := a.chains[directory]; ok {
		return chain
	}
	var chain []string
	for end := 0; ; {
		if len(a.files[directory[:end]]) > 0 {
			chain = append(chain, directory[:end])
		}
		if end == len(directory) {
			break
		}
		end += strings.IndexByte(directory[end:], '/') + 1
	}
	a.chains[directory] = chain
	return chain
}
