package catalog

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

// memory is a snapshot held in a map from path to content.
type memory map[string]string

func (m memory) Files() []sources.SnapshotFile {
	var files []sources.SnapshotFile
	for _, path := range slices.Sorted(maps.Keys(m)) {
		files = append(files, sources.SnapshotFile{Path: path})
	}
	return files
}

func (m memory) Read(path string, limit int64) ([]byte, error) {
	content, ok := m[path]
	switch {
	case !ok:
		return nil, sources.ErrNoFile
	case int64(len(content)) > limit:
		return nil, sources.ErrTooLarge
	}
	return []byte(content), nil
}

// evidence holds the files of repositories called one, two …, all assessed.
func evidence(repositories ...memory) (*sources.Evidence, []sources.Snapshot) {
	e := &sources.Evidence{}
	var snapshots []sources.Snapshot
	for i, m := range repositories {
		e.Repositories = append(e.Repositories, sources.Repository{Label: []string{"one", "two", "three"}[i]})
		for _, file := range m.Files() {
			e.Files = append(e.Files, sources.TreeFile{Thing: uint32(len(e.Things))})
			e.Things = append(e.Things, sources.Thing{Repository: uint32(i), Path: file.Path})
		}
		snapshots = append(snapshots, m)
	}
	return e, snapshots
}

// many adds n files below a directory.
func (m memory) many(directory string, n int) memory {
	for i := range n {
		m[fmt.Sprintf("%s/f%d.go", directory, i)] = ""
	}
	return m
}

// counts is the number of files of each system.
func counts(e *sources.Evidence, m *sources.SystemMap) map[string]int {
	files := map[string]int{}
	for i := range e.Files {
		for _, system := range m.ByThing[e.Files[i].Thing] {
			files[m.Systems[system].ID]++
		}
	}
	return files
}

const component = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: %s\nspec:\n  owner: team-%[1]s\n"

func TestSystemsOfCommonLayouts(t *testing.T) {
	for name, test := range map[string]struct {
		repositories []memory
		origin       string
		want         map[string]int
	}{
		"a small repository is one system": {
			[]memory{memory{"main.go": ""}.many("lib", 5)}, "directories", map[string]int{"one": 6},
		},
		"top-level directories": {
			[]memory{memory{"main.go": "", "odd/x": ""}.many("api", 20).many("web", 20)},
			"directories",
			map[string]int{"(root)": 2, "api": 20, "web": 20},
		},
		"a directory that holds nearly everything is looked into": {
			[]memory{memory{"main.go": "", "src/x.go": ""}.many("src/app/a", 20).many("src/app/b", 20).many("doc", 3)},
			"directories",
			map[string]int{"(root)": 1, "doc": 3, "src": 1, "src/app/a": 20, "src/app/b": 20},
		},
		"modules of a workspace": {
			[]memory{memory{"go.work": "", "a/go.mod": "", "b/go.mod": "", "b/testdata/go.mod": ""}.many("a", 20).many("b", 20)},
			"workspace modules",
			map[string]int{"(root)": 1, "a": 21, "b": 22},
		},
		"gems beside each other": {
			[]memory{memory{"ar/ar.gemspec": "", "ap/ap.gemspec": "", "Gemfile": ""}.many("ar/lib", 20).many("ap/lib", 20)},
			"workspace modules",
			map[string]int{"(root)": 1, "ar": 21, "ap": 21},
		},
		"owned directories": {
			[]memory{memory{"CODEOWNERS": "* @all\n/api/ @a\nweb/ @b @c\n*.md @docs\n[Section]\n"}.many("api", 20).many("web", 20)},
			"CODEOWNERS",
			map[string]int{"(root)": 1, "api": 20, "web": 20},
		},
		"a Backstage catalog": {
			[]memory{memory{"p/catalog-info.yaml": fmt.Sprintf(component, "pay"), "s/catalog-info.yaml": fmt.Sprintf(component, "shop")}.many("p", 5).many("s", 5)},
			"catalog-info.yaml",
			map[string]int{"pay": 6, "shop": 6},
		},
		"a service catalog": {
			[]memory{memory{"services/service-catalog.yml": "services:\n- name: redis\n  tier: db\n  team: x\n- name: gone\n"}.many("docs/redis", 5).many("docs/web", 3)},
			"service catalog",
			map[string]int{"redis": 5, "docs": 3, "(root)": 1},
		},
		"half of it is tests": {
			[]memory{memory{"Rakefile": ""}.many("lib/style", 20).many("lib/lint", 20).many("spec/style", 20).many("spec/lint", 20)},
			"directories",
			map[string]int{"(root)": 1, "lib/style": 20, "lib/lint": 20, "spec": 40},
		},
		"most of it is a playground of many small packages": {
			[]memory{memory{"playground/a/package.json": "{}", "packages/tool/package.json": "{}"}.many("packages/tool", 20).many("packages/kit", 20).many("playground/a", 60).many("playground/b", 60)},
			"directories",
			map[string]int{"packages/tool": 21, "packages/kit": 20, "playground": 121},
		},
		"nested tests of tests": {
			[]memory{memory{}.many("lib", 4).many("test/apps/one/a", 40).many("test/apps/one/b", 40).many("test/apps/two", 30)},
			"directories",
			map[string]int{"lib": 4, "test": 110},
		},
		"two repositories": {
			[]memory{memory{}.many("lib", 5), memory{}.many("api", 20).many("web", 20)},
			"directories",
			map[string]int{"one": 5, "two/api": 20, "two/web": 20},
		},
	} {
		t.Run(name, func(t *testing.T) {
			e, snapshots := evidence(test.repositories...)
			m, findings, err := Discover(e, snapshots, nil)
			if err != nil || len(findings) > 0 {
				t.Fatalf("got %v and findings %+v", err, findings)
			}
			if diff := cmp.Diff(test.want, counts(e, m)); diff != "" {
				t.Errorf("files by system (-want +got):\n%s", diff)
			}
			if m.Origin != test.origin {
				t.Errorf("origin: got %q, want %q", m.Origin, test.origin)
			}
		})
	}
}

func TestSystemsKnowTheirOwnersAndOrigins(t *testing.T) {
	e, snapshots := evidence(memory{"CODEOWNERS": "api/ @a\n\nweb/ @b\nweb/ @c @d\n"}.many("api", 20).many("web", 20))
	m, _, err := Discover(e, snapshots, nil)
	if err != nil {
		t.Fatal(err)
	}
	web := m.Systems[slices.IndexFunc(m.Systems, func(s sources.System) bool { return s.ID == "web" })]
	if web.Team != "@c @d" || web.Origin != "CODEOWNERS:4" {
		t.Errorf("web: got %+v, want the owners of the last rule, line 4", web)
	}
}

func TestALaterBroaderRuleOwnsADirectory(t *testing.T) {
	for name, test := range map[string]struct{ owners, api, web string }{
		"everything last":    {"/api/ @a\n/web/ @b\n* @everyone\n", "@everyone", "@everyone"},
		"the directory last": {"* @everyone\n/api/ @a\n/web/ @b\n", "@a", "@b"},
		"kinds of files":     {"/api/ @a\n/web/ @b\n*.md @docs\n", "@a", "@b"},
		"sections": {
			"* @group/sub/all\n!/web/\n[API] @group/sub/api\n/api/\n[Web][2]\n/web/ @group/sub/web @@developer\n",
			"@group/sub/all @group/sub/api", "@group/sub/web @@developer",
		},
	} {
		e, snapshots := evidence(memory{".gitlab/CODEOWNERS": test.owners}.many("api", 20).many("web", 20))
		m, findings, err := Discover(e, snapshots, nil)
		if err != nil || len(findings) > 0 {
			t.Fatal(name, err, findings)
		}
		for id, want := range map[string]string{"api": test.api, "web": test.web} {
			i := slices.IndexFunc(m.Systems, func(s sources.System) bool { return s.ID == id })
			if i < 0 || m.Systems[i].Team != want {
				t.Errorf("%s: %s is owned by %+v, want %q", name, id, m.Systems, want)
			}
		}
	}
}

func TestConfiguredSystemsTakePatterns(t *testing.T) {
	config, err := ParseConfig("keyperson.yaml", []byte(`systems:
  - id: pay
    tier: 1
    paths: [api/, "!api/f1.go"]
  - id: all
    paths: [/]
  - id: typo
    paths: [wep/]
`))
	if err != nil {
		t.Fatal(err)
	}
	e, snapshots := evidence(memory{}.many("api", 3).many("web", 2))
	m, findings, err := Discover(e, snapshots, config)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"pay": 2, "all": 5}, counts(e, m)); diff != "" {
		t.Errorf("files by system (-want +got):\n%s", diff)
	}
	if len(findings) != 1 || !strings.Contains(findings[0].Message, `"typo"`) || !strings.Contains(findings[0].Advice, "web") {
		t.Errorf("findings: got %+v, want typo with web suggested", findings)
	}
}

func TestMostFilesOutsideTheConfiguredSystemsAreFatal(t *testing.T) {
	for paths, want := range map[string]int{"api/": 1, "web/": 0, "api/, half/": 0} { // 3 of 8, 4 of 8 and 4 of 8
		config, err := ParseConfig("keyperson.yaml", []byte("systems:\n  - id: a\n    paths: ["+paths+"]\n"))
		if err != nil {
			t.Fatal(err)
		}
		e, snapshots := evidence(memory{}.many("api", 3).many("half", 1).many("web", 4))
		_, findings, err := Discover(e, snapshots, config)
		if err != nil {
			t.Fatal(err)
		}
		if len(findings) != want || want == 1 && findings[0].Severity != sources.Fatal {
			t.Errorf("%s: got findings %+v, want %d", paths, findings, want)
		}
	}
}

func TestAMalformedCatalogCostsOnlyItself(t *testing.T) {
	e, snapshots := evidence(memory{
		"p/catalog-info.yaml": fmt.Sprintf(component, "pay"), "s/catalog-info.yaml": "kind: [",
		"x/catalog-info.yaml": "a: &a [1]\nb: [*a, *a]\n", "q/catalog-info.yaml": fmt.Sprintf(component, "queue"),
	}.many("p", 5).many("q", 5))
	m, findings, err := Discover(e, snapshots, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := counts(e, m); got["pay"] != 6 || got["queue"] != 6 {
		t.Errorf("files by system: got %v", got)
	}
	if len(findings) != 1 || !strings.Contains(findings[0].Message, "s/catalog-info.yaml:1") {
		t.Errorf("findings: got %+v, want one naming file and line", findings)
	}
}

func TestAForcedOriginThatYieldsNothingIsAnError(t *testing.T) {
	e, snapshots := evidence(memory{}.many("api", 3))
	if _, _, err := Discover(e, snapshots, &Config{SystemsFrom: FromBackstage}); err == nil {
		t.Error("got no error")
	}
}

// drawTree makes a random tree with manifests here and there.
func drawTree(t *rapid.T) memory {
	m := memory{}
	for range rapid.IntRange(1, 120).Draw(t, "files") {
		depth := rapid.IntRange(0, 4).Draw(t, "depth")
		var parts []string
		for range depth {
			parts = append(parts, rapid.SampledFrom([]string{"a", "b", "c", "d*", "e f"}).Draw(t, "directory"))
		}
		name := rapid.SampledFrom([]string{"go.mod", "x.go", "y.go", "z.go", "w.go"}).Draw(t, "name")
		m[strings.Join(append(parts, name), "/")] = ""
	}
	return m
}

func TestEveryAssessedFileBelongsToExactlyOneDerivedSystem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, snapshots := evidence(drawTree(t))
		m, _, err := Discover(e, snapshots, nil)
		if err != nil {
			t.Fatal(err)
		}
		known := map[string]bool{}
		for _, system := range m.Systems {
			if known[system.ID] {
				t.Fatalf("two systems are called %s (%s)", system.ID, m.Origin)
			}
			known[system.ID] = true
		}
		for i := range e.Files {
			if systems := m.ByThing[e.Files[i].Thing]; len(systems) != 1 {
				t.Fatalf("%s belongs to %d systems (%s)", e.Things[e.Files[i].Thing].Path, len(systems), m.Origin)
			}
		}
	})
}

func TestTheConfigurationWrittenGivesTheSameMapping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, snapshots := evidence(drawTree(t), drawTree(t))
		found, _, err := Discover(e, snapshots, nil)
		if err != nil {
			t.Fatal(err)
		}
		written := WriteConfig(e, found)
		config, err := ParseConfig("keyperson.yaml", written)
		if err != nil {
			t.Fatalf("%v\nin\n%s", err, written)
		}
		again, _, err := Discover(e, snapshots, config)
		if err != nil {
			t.Fatal(err)
		}
		for i := range e.Files {
			thing := e.Files[i].Thing
			if diff := cmp.Diff(ids(found, thing), ids(again, thing)); diff != "" {
				t.Fatalf("%s (-found +again):\n%s\nin\n%s", e.Things[thing].Path, diff, written)
			}
		}
	})
}

func ids(m *sources.SystemMap, thing uint32) []string {
	var ids []string
	for _, system := range m.ByThing[thing] {
		ids = append(ids, m.Systems[system].ID)
	}
	slices.Sort(ids)
	return ids
}

func TestConfigurationMistakesNameLineColumnAndTheNearestKey(t *testing.T) {
	for name, test := range map[string]struct{ yaml, want string }{
		"an unknown key":        {"systms: []\n", `keyperson.yaml:1:1: unknown key "systms" in keyperson.yaml; did you mean systems`},
		"a wrong type":          {"systems: 5\n", "keyperson.yaml:1:"},
		"a path outside":        {"systems:\n  - id: a\n    paths: [../x]\n", "keyperson.yaml:3:"},
		"an absolute path":      {"systems:\n  - id: a\n    paths: [~/x]\n", "keyperson.yaml:3:"},
		"the same id twice":     {"systems:\n  - id: a\n    paths: [x]\n  - id: a\n    paths: [x]\n", "keyperson.yaml:4:"},
		"a window below a day":  {"activity_window_days: 0\n", "keyperson.yaml:1:"},
		"not YAML":              {"systems: [\n", "keyperson.yaml:"},
		"an alias bomb":         {"a: &a [x]\nsystems: *a\n", "keyperson.yaml:"},
		"an unknown origin":     {"systems_from: dirs\n", "keyperson.yaml:1:"},
		"a key within a system": {"systems:\n  - id: a\n    path: [x]\n", `keyperson.yaml:3:5: unknown key "path"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseConfig("keyperson.yaml", []byte(test.yaml))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add([]byte("systems:\n  - id: a\n    paths: [api/, '!x']\nexclude: [y]\n"))
	f.Add([]byte(configHead + configTail))
	f.Add([]byte("systems:\n- {id: a, paths: [/api/], jira: {components: [x]}}\n- {id: b, paths: ['!a/', '*.go']}\n"))
	f.Add([]byte("tasks: {rules: [{task: t, name: T, match: {summary: '(a|b)*'}}]}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		config, err := ParseConfig("f", data)
		if err != nil {
			var place *SyntaxError
			if config != nil || !errors.As(err, &place) {
				t.Fatalf("a configuration, or an error without a place: %v", err)
			}
			lines := strings.Count(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(data)), "\n") + 1
			if place.Line < 0 || place.Line > lines || place.Message == "" {
				t.Errorf("line %d of a file of %d: %v", place.Line, lines, err)
			}
			return
		}
		// What is accepted can be used, and says the same each time it is read.
		var maps [2]*sources.SystemMap
		for i := range maps {
			again, err := ParseConfig("f", data)
			if err != nil {
				t.Fatal(err)
			}
			e, snapshots := evidence(memory{"api/x.go": "", "web/ü/y.ts": "", "go.mod": "module a\n"}, memory{"z": ""})
			e.Tickets = append(e.Tickets, sources.Ticket{Key: "OPS-1", Summary: "Renew", Components: []string{"x"}})
			m, _, err := Discover(e, snapshots, again)
			if err != nil {
				return // such as systems_from: codeowners without CODEOWNERS
			}
			maps[i] = m
		}
		if diff := cmp.Diff(maps[0], maps[1]); diff != "" {
			t.Errorf("two readings differ:\n%s", diff)
		}
	})
}

func FuzzCatalogs(f *testing.F) {
	f.Add(fmt.Sprintf(component, "pay"), "* @a\napi/ @b\n", "services:\n- name: a\n")
	f.Fuzz(func(t *testing.T, backstage, owners, services string) {
		e, snapshots := evidence(memory{
			"a/catalog-info.yaml": backstage, "CODEOWNERS": owners, "services/service-catalog.yml": services, "api/x.go": "",
		})
		if _, _, err := Discover(e, snapshots, nil); err != nil {
			t.Fatal(err)
		}
	})
}
