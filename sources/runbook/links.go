package runbook

import (
	"net/url"
	"path"
	"strings"
	"unicode"

	"keyperson/sources"
)

// tree is the files and directories of one snapshot, for links to be looked up in.
type tree struct {
	files       map[string]bool
	directories map[string]bool
	byStem      map[string][]string // paths by the name of their last part without endings, in lower case
}

func newTree(snapshot sources.Snapshot) *tree {
	t := &tree{files: map[string]bool{}, directories: map[string]bool{"": true}, byStem: map[string][]string{}}
	for _, file := range snapshot.Files() {
		t.files[file.Path] = true
		stem := stemOf(file.Path)
		t.byStem[stem] = append(t.byStem[stem], file.Path)
		for directory := path.Dir(file.Path); directory != "." && !t.directories[directory]; directory = path.Dir(directory) {
			t.directories[directory] = true
		}
	}
	return t
}

// stemOf is the last part of a path up to its first dot, in lower case.
func stemOf(file string) string {
	name := strings.ToLower(path.Base(file))
	if dot := strings.IndexByte(name, '.'); dot > 0 {
		return name[:dot]
	}
	return name
}

// sourceEndings end links that mean a file as it lies in the repository, not a page made of it.
var sourceEndings = words(`.md .markdown .adoc .asciidoc .rst .png .jpg .jpeg .gif .svg .sh .py .rb .go .yaml .yml .json .tf .sql .txt .csv`)

// siteRoots are where generators of sites keep the pages whose addresses begin at the root.
var siteRoots = []string{"", "source/", "src/", "content/", "docs/", "doc/", "static/", "public/", "site/", "pages/"}

// resolve says whether what a document links to is there. What cannot be told from the files is External: addresses,
// templates, and pages that a generator makes of something else.
func (t *tree) resolve(document, target string, anchors map[string]bool) sources.LinkState {
	if strings.ContainsAny(target, "{}<>%$") && !strings.Contains(target, "%20") {
		return sources.External
	}
	at, err := url.Parse(target)
	if err != nil || at.Scheme != "" || at.Host != "" || at.Opaque != "" {
		return sources.External
	}
	if at.Path == "" {
		return anchorState(at.Fragment, anchors)
	}
	ending := strings.ToLower(path.Ext(at.Path))
	if rooted, isRooted := strings.CutPrefix(at.Path, "/"); isRooted {
		for _, root := range siteRoots {
			if t.has(path.Clean(root + rooted)) {
				return sources.Resolves
			}
		}
		return t.absentPage(rooted, ending)
	}
	if t.has(path.Join(path.Dir(document), at.Path)) {
		return sources.Resolves
	}
	// In a browser a site ends at its root: "../" beyond it is ignored.
	for _, root := range siteRoots {
		if plain := strings.TrimLeft(at.Path, "./"); strings.HasPrefix(at.Path, "../") && root != "" && t.has(root+plain) {
			return sources.Resolves
		}
	}
	if path.Join(path.Dir(document), at.Path) == ".." || strings.HasPrefix(path.Join(path.Dir(document), at.Path), "../") {
		return sources.External // above the repository: another one, or the site's own root
	}
	if sourceEndings[ending] {
		return sources.Broken
	}
	// A page of a site may lie in a directory of its own, so that what is beside it is one up in its address.
	if t.has(path.Join(path.Dir(document), strings.TrimPrefix(at.Path, "../"))) || t.has(path.Join(path.Dir(document), "..", at.Path)) {
		return sources.Resolves
	}
	if ending == ".html" {
		return t.absentPage(path.Join(path.Dir(document), at.Path), ending)
	}
	return sources.External
}

// absentPage is the state of a page that no file stands for: broken where its directory is one of pages of the
// repository, unknown where a generator may make it.
func (t *tree) absentPage(page, ending string) sources.LinkState {
	directory := path.Dir(strings.TrimSuffix(page, "/"))
	if directory == "." || ending != ".html" && !sourceEndings[ending] {
		return sources.External
	}
	for _, root := range siteRoots {
		if t.directories[path.Clean(root+directory)] && len(t.byStem[stemOf(page)]) == 0 {
			return sources.Broken
		}
	}
	return sources.External
}

// has says whether a path is a file, a directory, or a page made of a file.
func (t *tree) has(file string) bool {
	file = strings.TrimSuffix(file, "/")
	if file == "." || t.files[file] || t.directories[file] {
		return true
	}
	page := strings.TrimSuffix(file, ".html")
	for _, f := range formats {
		if t.files[page+f.ending] {
			return true
		}
	}
	return t.files[page+".html.erb"] || t.files[page+".erb"]
}

// anchorState says whether a place of the same document is there. Generators make anchors of headings by rules of
// their own, so only letters and digits are compared.
func anchorState(fragment string, anchors map[string]bool) sources.LinkState {
	name := anchorOf(fragment)
	switch {
	case name == "" || name == "top":
		return sources.Resolves
	case anchors[name]:
		return sources.Resolves
	case strings.TrimRight(name, "0123456789") != name && anchors[strings.TrimRight(name, "0123456789")]:
		return sources.Resolves // a heading that stands twice
	}
	return sources.Broken
}

func anchorOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
