package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// clocks are the only files that look at the clock, and why no result depends on it.
var clocks = map[string]string{
	"cmd/keyperson/progress.go":        "when a progress bar appears",
	"sources/git/facts/save.go":        "whether the leftover of a killed run is old enough to be removed",
	"sources/store/files.go":           "whether a file changed so lately that it is read again all the same",
	"sources/git/objects/directory.go": "whether a directory that was just listed must be listed again",
}

// TestNoResultDependsOnTheClock holds that a wrong clock cannot make a wrong result: the date looked from comes from
// the evidence or from --as-of.
func TestNoResultDependsOnTheClock(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Now", "Since", "Until"}, selector.Sel.Name) {
				return true
			}
			if from, ok := selector.X.(*ast.Ident); ok && from.Name == "time" && from.Obj == nil {
				seen[filepath.ToSlash(name)] = true
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range seen {
		if clocks[name] == "" {
			t.Errorf("%s looks at the clock: pass it the date looked from instead", name)
		}
	}
	for name, use := range clocks {
		if !seen[name] {
			t.Errorf("%s no longer looks at the clock for %s: take it off this list", name, use)
		}
	}
}
