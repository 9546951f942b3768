package runbook

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"keyperson/sources"
	"keyperson/sources/pathpattern"
)

// matcher matches paths whatever the Unicode form of their letters: some systems write the marks of kana apart.
type matcher struct{ list *pathpattern.List }

// newMatcher returns the error of the first pattern that cannot mean anything.
func newMatcher(texts []string) (matcher, error) {
	normal := make([]string, len(texts))
	for i, text := range texts {
		normal[i] = norm.NFC.String(text)
	}
	list, err := pathpattern.Parse(normal)
	return matcher{list}, err
}

// fixedMatcher compiles patterns of this package.
func fixedMatcher(texts []string) matcher {
	m, err := newMatcher(texts)
	if err != nil {
		panic(err) // a pattern of this package is wrong: the tests would show it
	}
	return m
}

func (m matcher) match(file string) bool { return m.list.Match(norm.NFC.String(file)) }

func (m matcher) matchFold(file string) bool { return m.match(strings.ToLower(file)) }

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
	paths      matcher
	exceptions matcher
	whole      matcher
	systems    []matcher
	steps      int // that configured patterns may still take
}

// mostConfiguredSteps bounds the time that they take.
const mostConfiguredSteps = 1_000_000_000

// newFinder returns an error for a pattern that cannot mean anything.
func newFinder(o Options) (*finder, error) {
	f := &finder{
		configured: len(o.Paths) > 0, paths: fixedMatcher(DefaultPaths),
		exceptions: fixedMatcher(DefaultExceptions), whole: fixedMatcher(wholeRepositories),
		steps: mostConfiguredSteps,
	}
	var err error
	if f.configured {
		if f.paths, err = newMatcher(o.Paths); err != nil {
			return nil, fmt.Errorf("runbooks: paths: %w", err)
		}
		f.paths.list.Bound(&f.steps)
	}
	for _, s := range o.Systems {
		system, err := newMatcher(s.Paths)
		if err != nil {
			return nil, fmt.Errorf("runbooks of system %s: %w", s.System, err)
		}
		system.list.Bound(&f.steps)
		f.systems = append(f.systems, system)
	}
	return f, nil
}

// find says whether a file is a runbook, and which of the configured systems name it.
func (f *finder) find(file string, isWhole bool) (isRunbook bool, systems []int) {
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
func documentsOf(e *sources.Evidence, repositories []Repository, o Options) ([]document, error) {
	f, err := newFinder(o)
	if err != nil {
		return nil, err
	}
	modes := make([]map[string]bool, len(repositories))
	var found []document
	for i := range e.Files {
		file := &e.Files[i]
		thing := &e.Things[file.Thing]
		switch file.Exclusion {
		case sources.Generated, sources.Vendored, sources.NotText, sources.Configured:
			continue
		}
		isRunbook, systems := f.find(thing.Path, f.whole.matchFold(e.Repositories[thing.Repository].Label))
		if f.steps < 0 {
			return nil, fmt.Errorf("runbooks: paths: %w", pathpattern.ErrTooLong)
		}
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
	return found, nil
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
