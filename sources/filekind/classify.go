package filekind

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"keyperson/sources"
	"keyperson/sources/pathpattern"
)

// pathRules are linguist's, prepared once.
var pathRules = sync.OnceValue(func() *preparedRules {
	return &preparedRules{vendored: newVendorRules(), documentation: newDocumentationRules()}
})

type preparedRules struct{ vendored, documentation *ruleSet }

// Classify sets Exclusion of every file of e.Files[first:], whose paths are those of the snapshot.
// The first of these that says something decides:
//
//  1. what is left out already, as links and submodules are, stays so;
//  2. the user's excludePatterns, as pathpattern.List has them;
//  3. .gitattributes: binary or -diff is not text (-text only says how lines end), then linguist-vendored, linguist-generated and
//     linguist-documentation. Where one of those is unset, rules and content no longer decide it;
//  4. an extension of binary content, unless text or diff is set, as git has it in .gitattributes;
//  5. linguist's rules by path, with the deviations of the package comment;
//  6. the content, of files whose name allows a content rule to apply: binary, then generated.
//
// Contents that verdicts knows are not read, and what is found out about others is added to it; nil keeps
// nothing. The result is the same. It returns findings on files that could not be looked into, and an error only for a
// pattern that could never match, for patterns that take too long (pathpattern.ErrTooLong), and that of the context.
func Classify(ctx context.Context, e *sources.Evidence, first int, snapshot sources.Snapshot, excludePatterns []string, verdicts *Verdicts) ([]sources.Finding, error) {
	excluded, err := pathpattern.Parse(excludePatterns)
	if err != nil {
		return nil, fmt.Errorf("filekind: exclude: %w", err)
	}
	steps := mostExcludeSteps
	excluded.Bound(&steps)
	c := &classifier{
		rules: pathRules(), excluded: excluded, attributes: newAttributes(),
		directories: map[string]directoryKind{},
		content:     contentReader{snapshot: snapshot, verdicts: verdicts},
	}
	c.survey(snapshot)
	c.attributes.finish()
	for i := range e.Files[first:] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		file := &e.Files[first+i]
		if file.Exclusion == sources.Assessed {
			file.Exclusion = c.kind(e.Things[file.Thing].Path)
		}
		if steps < 0 {
			return nil, fmt.Errorf("filekind: exclude: %w", pathpattern.ErrTooLong)
		}
	}
	return append(c.findings(labelOf(e, first)), c.content.findings(labelOf(e, first))...), nil
}

// mostExcludeSteps bounds the time that the user's patterns take: in a repository of someone else, they are not the user's.
const mostExcludeSteps = 1_000_000_000

func labelOf(e *sources.Evidence, first int) string {
	if first >= len(e.Files) {
		return ""
	}
	return e.Repositories[e.Things[e.Files[first].Thing].Repository].Label
}

// classifier classifies the files of one snapshot.
type classifier struct {
	rules       *preparedRules
	excluded    *pathpattern.List
	attributes  *attributes
	directories map[string]directoryKind
	content     contentReader
	unread      int // .gitattributes files
	untold      int // files of which .gitattributes could not be asked
}

// directoryKind is what the rules say of all files in a directory.
type directoryKind struct{ vendored, generated, documentation bool }

// survey reads the .gitattributes files. Like git, it does not follow one that is a link.
func (c *classifier) survey(snapshot sources.Snapshot) {
	for _, file := range snapshot.Files() {
		if file.Mode == sources.SymbolicLink || file.Mode == sources.Submodule {
			continue
		}
		directory, base := split(file.Path)
		if base != ".gitattributes" {
			continue
		}
		content, err := snapshot.Read(file.Path, largestAttributes)
		if err != nil {
			c.unread++
			continue
		}
		c.attributes.add(directory, content)
	}
}

func (c *classifier) kind(path string) sources.Exclusion {
	directory, base := split(path)
	if c.excluded.Match(path) {
		return sources.Configured
	}
	states := c.attributes.of(directory, path, base)
	if c.attributes.steps < 0 {
		c.untold++
	}
	switch {
	case states[diffAttribute] == unset:
		return sources.NotText
	case states[vendoredAttribute] == set:
		return sources.Vendored
	case states[generatedAttribute] == set:
		return sources.Generated
	case states[documentationAttribute] == set:
		return sources.Documentation
	}
	extension := extensionOf(base)
	saysText := states[textAttribute] == set || states[diffAttribute] == set
	if binaryExtensions[extension] && !saysText {
		return sources.NotText
	}
	if kind := c.byPath(directory, path, base, extension, states); kind != sources.Assessed {
		return kind
	}
	if states[generatedAttribute] == unset || !mayHaveGeneratedContent(path, base, extension) {
		return sources.Assessed
	}
	return c.content.kind(path, extension)
}

// byPath applies the rules that need no content, except where the project denies that they hold.
func (c *classifier) byPath(directory, path, base, extension string, states []state) sources.Exclusion {
	all := c.directory(directory)
	if states[vendoredAttribute] != unset && (all.vendored || c.rules.vendored.matchFile(path, base)) {
		return sources.Vendored
	}
	if states[generatedAttribute] != unset && (all.generated || hasGeneratedName(base, extension)) {
		return sources.Generated
	}
	if states[documentationAttribute] != unset &&
		(all.documentation || isProse(base, extension) || c.rules.documentation.matchFile(path, base)) {
		return sources.Documentation
	}
	return sources.Assessed
}

func (c *classifier) directory(directory string) directoryKind {
	kind, ok := c.directories[directory]
	if !ok {
		kind = directoryKind{
			vendored:      c.rules.vendored.matchDirectory(directory),
			generated:     isGeneratedDirectory(directory),
			documentation: c.rules.documentation.matchDirectory(directory),
		}
		c.directories[directory] = kind
	}
	return kind
}

func (c *classifier) findings(label string) []sources.Finding {
	var findings []sources.Finding
	if c.unread > 0 {
		findings = append(findings, sources.Finding{
			Code: "unread-gitattributes", Repository: label, Count: c.unread,
			Message: ".gitattributes files could not be read, so what they say of generated and vendored files is not known",
			Advice:  "run git fetch if the clone is partial, and git fsck",
		})
	}
	if c.untold > 0 {
		findings = append(findings, sources.Finding{
			Code: "unapplied-gitattributes", Repository: label, Count: c.untold,
			Message: "files were classified without .gitattributes, as its patterns take too long to compare with the paths",
			Advice:  "write fewer or simpler patterns there",
		})
	}
	return findings
}

// split divides a path into its directory, "" or ending in "/", and its last component.
func split(path string) (directory, base string) {
	at := strings.LastIndexByte(path, '/') + 1
	return path[:at], path[at:]
}
