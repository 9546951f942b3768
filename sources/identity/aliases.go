package identity

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"keyperson/sources"
)

// Limits on the alias file; thousands of people fit.
const (
	maxAliasBytes = 2 << 20
	maxAliasDepth = 40 // brackets within brackets, or dashes on one line
)

// Aliases is what a team states about its people in a committed file. Its statements outrank every
// rule. A selector is an address, a name, `Name <address>`, all compared without case, or
// `account:tracker/key`, compared as it is.
type Aliases struct {
	People    []Alias    `yaml:"people,omitempty"`
	Bots      []string   `yaml:"bots,omitempty"`      // selectors of automation accounts
	Agents    []string   `yaml:"agents,omitempty"`    // selectors of AI assistants
	Different [][]string `yaml:"different,omitempty"` // each list: selectors of people who are not one another

	file string // its name, for findings
}

// Alias states that everything it selects is one person.
type Alias struct {
	Name      string   `yaml:"name"`                // the name to show
	Addresses []string `yaml:"addresses,omitempty"` // addresses, or `Name <address>` where others use the address too
	Names     []string `yaml:"names,omitempty"`     // names that are theirs at any address
	Accounts  []string `yaml:"accounts,omitempty"`  // accounts in trackers, as tracker/key
	Kind      string   `yaml:"kind,omitempty"`      // "person" (default), "bot" or "agent"
}

// ErrAliases is wrapped by every error of ReadAliases.
var ErrAliases = errors.New("the alias file cannot be used")

// ReadAliases reads an alias file. name is used in errors, which carry line, column and an excerpt.
// Unknown keys, selectors that two people claim, and YAML anchors and tags are errors.
func ReadAliases(name string, data []byte) (aliases *Aliases, err error) {
	if len(data) > maxAliasBytes {
		return nil, fmt.Errorf("%s: %w: it has more than %d bytes; list only people whom the rules get wrong", name, ErrAliases, maxAliasBytes)
	}
	data = sources.LineFeeds(data)
	if line := tooDeep(data); line > 0 {
		return nil, fmt.Errorf("%s:%d: %w: nested too deeply; the file needs two levels", name, line, ErrAliases)
	}
	defer func() {
		// The YAML library panics on some malformed input; for the user that is malformed all the same.
		if cause := recover(); cause != nil {
			aliases, err = nil, fmt.Errorf("%s: %w: malformed YAML (%v)", name, ErrAliases, cause)
		}
	}()
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, aliasError(name, err)
	}
	if len(file.Docs) > 1 {
		return nil, fmt.Errorf("%s: %w: it has %d YAML documents; keep one", name, ErrAliases, len(file.Docs))
	}
	if node := findAnchor(file); node != nil {
		position := node.GetToken().Position
		return nil, fmt.Errorf("%s:%d:%d: %w: anchors, aliases and tags of YAML are not supported; write the text out", name, position.Line, position.Column, ErrAliases)
	}
	aliases = &Aliases{file: name}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return aliases, nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(nil), yaml.Strict())
	if err := decoder.DecodeFromNodeContext(context.Background(), file.Docs[0].Body, aliases); err != nil {
		return nil, aliasError(name, err)
	}
	if err := aliases.check(name, file); err != nil {
		return nil, err
	}
	return aliases, nil
}

// aliasError puts file, line and column in front of the YAML library's message and excerpt.
func aliasError(name string, err error) error {
	message := yaml.FormatError(err, false, true)
	var located yaml.Error
	if errors.As(err, &located) && located.GetToken() != nil && located.GetToken().Position != nil {
		position := located.GetToken().Position
		message = strings.TrimPrefix(message, fmt.Sprintf("[%d:%d] ", position.Line, position.Column))
		return fmt.Errorf("%s:%d:%d: %w: %s", name, position.Line, position.Column, ErrAliases, message)
	}
	return fmt.Errorf("%s: %w: %s", name, ErrAliases, message)
}

// tooDeep returns the first line that nests deeper than any alias file needs, before a recursive
// parser sees it; 0 if none.
func tooDeep(data []byte) int {
	depth, dashes, line := 0, 0, 1
	for _, b := range data {
		switch b {
		case '\n':
			line++
			dashes = 0
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		case '-', '?', ':':
			dashes++
		case ' ', '\t':
		default:
			dashes = 0
		}
		if depth > maxAliasDepth || dashes > 2*maxAliasDepth {
			return line
		}
	}
	return 0
}

type anchorFinder struct{ found ast.Node }

func (f *anchorFinder) Visit(node ast.Node) ast.Visitor {
	if f.found != nil {
		return nil
	}
	if node.Type() == ast.AnchorType || node.Type() == ast.AliasType || node.Type() == ast.TagType {
		f.found = node
		return nil
	}
	return f
}

func findAnchor(file *ast.File) ast.Node {
	finder := &anchorFinder{}
	for _, document := range file.Docs {
		if document.Body != nil {
			ast.Walk(finder, document.Body)
		}
	}
	return finder.found
}

// check reports what YAML allows and people do not: empty selectors, one selector for two people.
func (a *Aliases) check(name string, file *ast.File) error {
	claimed := map[selector]string{}
	claim := func(chosen selector, text, path, owner string) error {
		if chosen == (selector{}) {
			return aliasErrorAt(name, file, path, "empty, so it selects nobody")
		}
		if other, ok := claimed[chosen]; ok && other != owner {
			return aliasErrorAt(name, file, path, fmt.Sprintf("%q is claimed by %s already; one entry must let go of it", text, other))
		}
		claimed[chosen] = owner
		return nil
	}
	for i, person := range a.People {
		path := fmt.Sprintf("$.people[%d]", i)
		if strings.TrimSpace(person.Name) == "" {
			return aliasErrorAt(name, file, path, "an entry of people needs a name")
		}
		if _, err := parseKind(person.Kind); err != nil {
			return aliasErrorAt(name, file, path+".kind", err.Error())
		}
		owner := fmt.Sprintf("people entry %d (%s)", i+1, person.Name)
		for j, text := range person.Addresses {
			if err := claim(parseSelector(text), text, fmt.Sprintf("%s.addresses[%d]", path, j), owner); err != nil {
				return err
			}
		}
		for j, text := range person.Names {
			if err := claim(nameSelector(text), text, fmt.Sprintf("%s.names[%d]", path, j), owner); err != nil {
				return err
			}
		}
		for j, text := range person.Accounts {
			if err := claim(accountSelector(text), text, fmt.Sprintf("%s.accounts[%d]", path, j), owner); err != nil {
				return err
			}
		}
	}
	for i, text := range a.Bots {
		if err := claim(parseSelector(text), text, fmt.Sprintf("$.bots[%d]", i), "bots"); err != nil {
			return err
		}
	}
	for i, text := range a.Agents {
		if err := claim(parseSelector(text), text, fmt.Sprintf("$.agents[%d]", i), "agents"); err != nil {
			return err
		}
	}
	for i, list := range a.Different {
		if len(list) < 2 {
			return aliasErrorAt(name, file, fmt.Sprintf("$.different[%d]", i), "a list of different people needs two or more")
		}
	}
	return nil
}

func aliasErrorAt(name string, file *ast.File, path, message string) error {
	where, err := yaml.PathString(path)
	if err != nil {
		return fmt.Errorf("%s: %w: %s: %s", name, ErrAliases, path, message)
	}
	node, err := where.FilterFile(file)
	if err != nil || node == nil || node.GetToken() == nil {
		return fmt.Errorf("%s: %w: %s: %s", name, ErrAliases, path, message)
	}
	position := node.GetToken().Position
	return fmt.Errorf("%s:%d:%d: %w: %s: %s", name, position.Line, position.Column, ErrAliases, path, message)
}

func parseKind(text string) (sources.PersonKind, error) {
	switch strings.ToLower(text) {
	case "", "person":
		return sources.Human, nil
	case "bot":
		return sources.Bot, nil
	case "agent":
		return sources.Agent, nil
	}
	return sources.Human, fmt.Errorf("kind is %q; it is person, bot or agent", text)
}

// selector is what an alias statement compares with: an address, a name, both, or an account.
type selector struct {
	account       string // of a tracker, as it is
	name, address string // folded
	both          bool   // name and address must agree, even where one is empty
}

// accountPrefix marks an account in the lists that hold selectors of any kind.
const accountPrefix = "account:"

func nameSelector(text string) selector { return selector{name: selectorName(text)} }

func accountSelector(text string) selector {
	return selector{account: strings.TrimSpace(repairEncoding(text))}
}

func parseSelector(text string) selector {
	text = strings.TrimSpace(text)
	if account, ok := strings.CutPrefix(text, accountPrefix); ok {
		return accountSelector(account)
	}
	if left := strings.LastIndexByte(text, '<'); left >= 0 && strings.HasSuffix(text, ">") {
		return selector{name: selectorName(text[:left]), address: foldAddress(text[left:]), both: true}
	}
	if strings.ContainsRune(text, '@') && !strings.HasPrefix(text, "@") && !strings.ContainsAny(text, " \t") {
		return selector{address: foldAddress(text)}
	}
	return nameSelector(text)
}

// selectorName folds case, accents and space; unlike a personName's key it keeps every sign, so that
// what was written for one selects no other.
func selectorName(text string) string {
	return strings.Join(strings.Fields(foldLetters(repairEncoding(text))), " ")
}
