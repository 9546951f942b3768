package filekind

import (
	"context"
	"strings"
	"testing"

	"keyperson/sources"

	"github.com/go-enry/go-enry/v2"
	"github.com/go-enry/go-enry/v2/data"
	"pgregory.net/rapid"
)

// names are components that rules are about, and near misses.
var names = []string{
	"src", "vendor", "vendors", "Vvendor", "deps", "dist", "third_party", "3rdparty", "testdata", "test", "tests", "fixtures",
	"Packages", "a.1", "docs", "_build", "Documentation", "documentation", "man", "examples", "demo", "samples", "inst", "doc",
	"extern", "externals", "node_modules", ".yarn", "releases", "Godeps", "_workspace", "gradle", "wrapper", "tiny_mce", "langs",
	"CodeMirror", "5.1", "lib", "extjs", "x.imageset", "Realm.framework", "jquery.js", "jquery-1.9.1.min.js", "a.min.css", "x.d.ts",
	"bootstrap.css", "bootstrap-datepicker", "README", "README.md", "readmefirst", "LICENSE", "config.guess", "config.sub",
	"aclocal.m4", "d3.v3.js", "d3.js", "react-dom.js", "controls.js", "import.scss", "waf", "rebar", "mvnw", "gradlew.bat", "main.go",
	"Gopkg.lock", "composer.lock", "uv.lock", "esy.lock", "a.esy.lock", ".pnp.cjs", "x.designer.cs", "X_TLB.pas", "y.zep.c", ".idea",
	"Pods", "Carthage", "Build", "htmlcov", "Main.nib", "flake.lock", "Cargo.toml.orig", "\xff\n", "prototype.x.js",
}

func drawPath(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "path"), "/")
}

func TestPathRulesAreThoseOfLinguist(t *testing.T) {
	vendored, documentation := newRuleSet(data.VendorMatchers, nil), newDocumentationRules()
	rapid.Check(t, func(t *rapid.T) {
		path := drawPath(t)
		directory, base := split(path)
		if got, want := vendored.matchDirectory(directory) || vendored.matchFile(path, base), enry.IsVendor(path); got != want {
			t.Errorf("vendored %q: got %v, linguist says %v", path, got, want)
		}
		if got, want := documentation.matchDirectory(directory) || documentation.matchFile(path, base), enry.IsDocumentation(path); got != want {
			t.Errorf("documentation %q: got %v, linguist says %v", path, got, want)
		}
	})
}

func TestWhatLinguistCallsGeneratedByPathIsLeftOut(t *testing.T) {
	rules := pathRules()
	c := &classifier{rules: rules, attributes: newAttributes(), directories: map[string]directoryKind{}}
	rapid.Check(t, func(t *rapid.T) {
		path := drawPath(t)
		if !enry.IsGenerated(path, nil) {
			return
		}
		directory, base := split(path)
		if got := c.byPath(directory, path, base, extensionOf(base), make([]state, knownAttributes)); got == sources.Assessed {
			t.Errorf("%q is generated to linguist, and assessed here", path)
		}
	})
}

func TestEveryRuleLeftOutIsARuleOfLinguist(t *testing.T) {
	known := map[string]bool{}
	for _, rule := range data.VendorMatchers {
		known[rule.String()] = true
	}
	for rule := range operationalRules {
		if !known[rule] {
			t.Errorf("linguist has no rule %s any more: see what has replaced it", rule)
		}
	}
}

func BenchmarkPathRules(b *testing.B) {
	e := &sources.Evidence{Repositories: []sources.Repository{{}}}
	for i := range 10_000 {
		path := "component" + string(rune('a'+i%26)) + "/lib/part" + strings.Repeat("x", i%37) + "/" + names[i%len(names)] + strings.Repeat("y", i%11) + ".txt"
		e.Files = append(e.Files, sources.TreeFile{Thing: uint32(i)})
		e.Things = append(e.Things, sources.Thing{Path: path})
	}
	for b.Loop() {
		for i := range e.Files {
			e.Files[i].Exclusion = sources.Assessed
		}
		if _, err := Classify(context.Background(), e, 0, memory{}, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
}
