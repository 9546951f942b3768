package catalog

import (
	"path"
	"slices"
	"strings"

	"keyperson/sources"
)

// manifests are files whose directory is a module, by name; by extension where the name varies.
var manifests = []string{
	"go.mod", "package.json", "Cargo.toml", "pom.xml", "build.gradle", "build.gradle.kts", "pyproject.toml", "setup.py",
	"mix.exs", "composer.json", "Package.swift", "build.sbt", "pubspec.yaml", "Chart.yaml",
	".gemspec", ".csproj", ".fsproj", ".vbproj", ".cabal",
}

// notModules are directories whose manifests are material for tests and examples.
var notModules = []string{"test", "tests", "spec", "fixtures", "testdata", "examples", "example", "samples", "playground", "playgrounds", "templates", "template", "e2e", "demo", "docs"}

// fromModules takes each directory with a manifest of a build tool as a system; what lies outside all
// of them is the root's. Manifests among files that are not assessed do not count.
func fromModules(t *tree) ([]area, []sources.Finding) {
	var areas []area
	seen := map[string]bool{}
	for _, file := range t.assessed {
		directory := parent(file)
		if seen[directory] || directory == "" || !isManifest(path.Base(file)) || isMaterial(directory) {
			continue
		}
		seen[directory] = true
		areas = append(areas, area{
			repository: t.repository, directories: []string{directory},
			system: sources.System{ID: directory, Name: directory, Origin: file},
		})
	}
	if !isUseful(t, areas) {
		return nil, nil
	}
	return withRest(t, areas), nil
}

func isManifest(name string) bool {
	return slices.ContainsFunc(manifests, func(m string) bool {
		return name == m || m[0] == '.' && strings.HasSuffix(name, m) && name != m
	})
}

func isMaterial(directory string) bool {
	for segment := range strings.SplitSeq(directory, "/") {
		if slices.Contains(notModules, strings.ToLower(segment)) {
			return true
		}
	}
	return false
}
