package runbook

import (
	"path"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"
	"golang.org/x/text/unicode/norm"

	"keyperson/sources"
)

// patterns are gitignore patterns in the order they were written; the last that matches decides.
type patterns struct{ matcher gitignore.Matcher }

func newPatterns(texts []string) patterns {
	parsed := make([]gitignore.Pattern, len(texts))
	for i, text := range texts {
		parsed[i] = gitignore.ParsePattern(norm.NFC.String(text), nil)
	}
	return patterns{gitignore.NewMatcher(parsed)}
}

func (p patterns) match(file string) bool {
	return p.matcher.Match(strings.Split(norm.NFC.String(file), "/"), false)
}

func (p patterns) matchFold(file string) bool { return p.match(strings.ToLower(file)) }

// The formats of documents by the endings of their names. The longest that fits decides.
var formats = []struct{ ending, format string }{
	{".html.md.erb", markdown},
	{".html.md", markdown},
	{".md.erb", markdown},
	{".md", markdown},
	{".markdown", markdown},
	{".mdx", markdown},
	{".html.adoc", asciidoc},
	{".adoc", asciidoc},
	{".asciidoc", asciidoc},
	{".rst", restructured},
	{".rest", restructured},
}

const (
	markdown     = "markdown"
	asciidoc     = "asciidoc"
	restructured = "restructuredtext"
)

// formatOf tells the format of a document by its name, and the name without its ending; empty for what is none.
func formatOf(file string) (format, stem string) {
	name := path.Base(file)
	for _, f := range formats {
		if len(name) > len(f.ending) && strings.EqualFold(name[len(name)-len(f.ending):], f.ending) {
			return f.format, name[:len(name)-len(f.ending)]
		}
	}
	return "", ""
}

// finder tells runbooks from other files.
type finder struct {
	configured bool
	paths      patterns
	exceptions patterns
	systems    []patterns
}

func newFinder(o Options) finder {
	f := finder{configured: len(o.Paths) > 0, paths: newPatterns(o.Paths), exceptions: newPatterns(DefaultExceptions)}
	if !f.configured {
		f.paths = newPatterns(DefaultPaths)
	}
	for _, s := range o.Systems {
		f.systems = append(f.systems, newPatterns(s.Paths))
	}
	return f
}

// find says whether a file is a runbook, and which of the configured systems name it.
func (f finder) find(file string, isWhole bool) (isRunbook bool, systems []int) {
	if format, _ := formatOf(file); format == "" {
		return false, nil
	}
	for i, system := range f.systems {
		if system.match(file) {
			systems = append(systems, i)
		}
	}
	switch {
	case len(systems) > 0:
		return true, systems
	case f.configured:
		return f.paths.match(file), nil
	}
	return (isWhole || f.paths.matchFold(file)) && !f.exceptions.matchFold(file), nil
}

// documentsOf lists the files of the tree that are runbooks, in the order of Evidence.Files.
func documentsOf(e *sources.Evidence, repositories []Repository, o Options) []document {
	f := newFinder(o)
	modes := make([]map[string]bool, len(repositories))
	var found []document
	for i := range e.Files {
		file := &e.Files[i]
		thing := &e.Things[file.Thing]
		switch file.Exclusion {
		case sources.Generated, sources.Vendored, sources.NotText, sources.Configured:
			continue
		}
		isRunbook, systems := f.find(thing.Path, isWholeRepository(e.Repositories[thing.Repository].Label))
		if !isRunbook {
			continue
		}
		if modes[thing.Repository] == nil {
			modes[thing.Repository] = regularFiles(repositories[thing.Repository].Snapshot)
		}
		if !modes[thing.Repository][thing.Path] {
			continue
		}
		d := document{thing: file.Thing, repository: thing.Repository, path: thing.Path}
		for _, s := range systems {
			d.systems = append(d.systems, o.Systems[s].System)
		}
		found = append(found, d)
	}
	return found
}

func regularFiles(snapshot sources.Snapshot) map[string]bool {
	regular := map[string]bool{}
	for _, file := range snapshot.Files() {
		if file.Mode == sources.Regular || file.Mode == sources.Executable {
			regular[file.Path] = true
		}
	}
	return regular
}
