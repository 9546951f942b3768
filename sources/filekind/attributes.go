package filekind

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitattributes"

	"keyperson/sources"
)

// The attributes that say what a file is. "binary" is git's macro for -diff -merge -text.
const (
	generatedAttribute     = "linguist-generated"
	vendoredAttribute      = "linguist-vendored"
	documentationAttribute = "linguist-documentation"
	textAttribute          = "text"
	binaryAttribute        = "binary"
)

// Limits on .gitattributes files: a hostile repository has one in each of a million directories.
const (
	largestAttributes = 1 << 20
	mostAttributes    = 1000
)

// attributes are the .gitattributes of a snapshot; nil where none says anything that counts here.
type attributes struct {
	matcher gitattributes.Matcher
	known   map[string]map[string]bool // by path
}

// readAttributes reads every .gitattributes of the snapshot that has an attribute of interest.
func readAttributes(snapshot sources.Snapshot) (*attributes, []sources.Finding) {
	var stack []gitattributes.MatchAttribute
	var findings []sources.Finding
	count := 0
	for _, file := range snapshot.Files() {
		if path.Base(file.Path) != ".gitattributes" || file.Mode != sources.Regular {
			continue
		}
		if count++; count > mostAttributes {
			findings = append(findings, attributesFinding(file.Path, fmt.Errorf("more than %d such files", mostAttributes)))
			break
		}
		rules, err := readOne(snapshot, file.Path)
		if err != nil {
			findings = append(findings, attributesFinding(file.Path, err))
			continue
		}
		stack = append(stack, rules...)
	}
	if len(stack) == 0 {
		return nil, findings
	}
	// The matcher goes through its stack from the end and lets each later find overwrite an earlier one,
	// so that in the order of the files the first rule would win; in git the last one does.
	slices.Reverse(stack)
	return &attributes{matcher: gitattributes.NewMatcher(stack), known: map[string]map[string]bool{}}, findings
}

func readOne(snapshot sources.Snapshot, file string) ([]gitattributes.MatchAttribute, error) {
	content, err := snapshot.Read(file, largestAttributes)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(content, []byte("linguist-")) && !bytes.Contains(content, []byte("binary")) && !bytes.Contains(content, []byte("-text")) {
		return nil, nil
	}
	var domain []string
	if directory := path.Dir(file); directory != "." {
		domain = strings.Split(directory, "/")
	}
	rules, err := gitattributes.ReadAttributes(bytes.NewReader(content), domain, true)
	if err != nil && !errors.Is(err, gitattributes.ErrMacroNotAllowed) {
		return nil, err
	}
	return rules, nil
}

func attributesFinding(file string, err error) sources.Finding {
	return sources.Finding{
		Code: "unread-gitattributes", Count: 1,
		Message: fmt.Sprintf("%s was not taken into account: %v.", file, err),
	}
}

// of returns what the attributes of interest say of a path: true where set, false where unset; absent
// where nothing is said.
func (a *attributes) of(file string) map[string]bool {
	if a == nil {
		return nil
	}
	if says, ok := a.known[file]; ok {
		return says
	}
	results, _ := a.matcher.Match(strings.Split(file, "/"), nil)
	says := map[string]bool{}
	for name, attribute := range results {
		switch {
		case attribute.IsSet(), attribute.IsValueSet() && attribute.Value() == "true":
			says[name] = true
		case attribute.IsUnset(), attribute.IsValueSet() && attribute.Value() == "false":
			says[name] = false
		}
	}
	a.known[file] = says
	return says
}

// denies says that an attribute is unset for a path.
func (a *attributes) denies(file, name string) bool {
	set, said := a.of(file)[name]
	return said && !set
}

// refine lets the attributes of a path overrule what its name suggests.
func (a *attributes) refine(file string, guess sources.Exclusion) sources.Exclusion {
	says := a.of(file)
	if says[binaryAttribute] {
		return sources.NotText
	}
	for _, rule := range []struct {
		attribute string
		exclusion sources.Exclusion
	}{
		{vendoredAttribute, sources.Vendored},
		{generatedAttribute, sources.Generated},
		{documentationAttribute, sources.Documentation},
	} {
		set, said := says[rule.attribute]
		if said && set {
			return rule.exclusion
		}
		if said && guess == rule.exclusion {
			guess = sources.Assessed
		}
	}
	if text, said := says[textAttribute]; said && !text && guess == sources.Assessed {
		return sources.NotText
	}
	return guess
}
