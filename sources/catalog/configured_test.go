package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"keyperson/sources/pathpattern"
)

func TestASystemTakesWhatItsPatternsMatchAndNothingElse(t *testing.T) {
	patterns := []string{"/a/", "a/", "/a/b", "/a/b*", "a/**/c.go", "*.go", "/", "!c.go", "!/a/b/", "/a.go", `/a\*`, "/[ab]/", "**/b/"}
	files := memory{}
	for _, path := range []string{"a.go", "a*", "a/c.go", "a/b/c.go", "a/b/d", "a/bc/e", "a-b/c.go", "b/a/c.go", "b/b/c.go", "c.go"} {
		files[path] = ""
	}
	rapid.Check(t, func(t *rapid.T) {
		config := &Config{Name: "keyperson.yaml"}
		for i := range rapid.IntRange(1, 4).Draw(t, "systems") {
			drawn := rapid.SliceOfN(rapid.SampledFrom(patterns), 1, 3).Draw(t, "patterns")
			compiled, err := pathpattern.Parse(drawn)
			if err != nil {
				t.Fatal(err)
			}
			config.Systems = append(config.Systems, SystemConfig{ID: fmt.Sprintf("s%d", i), Paths: drawn, compiled: compiled})
		}
		e, snapshots := evidence(files, files)
		m, _, err := Discover(e, snapshots, config)
		if err != nil {
			t.Fatal(err)
		}
		for i, thing := range e.Things {
			var want []uint32
			for system := range config.Systems {
				if config.Systems[system].compiled.Match(thing.Path) {
					want = append(want, uint32(system))
				}
			}
			if diff := cmp.Diff(want, m.ByThing[i], cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("%s of %+v (-want +got):\n%s", thing.Path, config.Systems, diff)
			}
		}
	})
}

// manySystems is a configuration of n systems with the same paths, in which # stands for a system's number.
func manySystems(t *testing.T, n int, paths string) *Config {
	t.Helper()
	var text strings.Builder
	text.WriteString("systems:\n")
	for i := range n {
		fmt.Fprintf(&text, "- {id: s%[1]d, paths: [%[2]s]}\n", i, strings.ReplaceAll(paths, "#", fmt.Sprint(i)))
	}
	config, err := ParseConfig("keyperson.yaml", []byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// TestThousandsOfSystemsAreMappedWithoutAskingEachAboutEveryFile would take half a minute and a gigabyte otherwise.
func TestThousandsOfSystemsAreMappedWithoutAskingEachAboutEveryFile(t *testing.T) {
	if testing.Short() {
		t.Skip("five thousand systems take their time")
	}
	files := memory{}
	for i := range 5000 {
		files.many(fmt.Sprintf("d%d", i), 4)
	}
	e, snapshots := evidence(files)
	for name, paths := range map[string]string{"each with a directory": "/d#/, /e#/", "each without": "/dd#/"} {
		t.Run(name, func(t *testing.T) {
			config := manySystems(t, 5000, paths)
			m, _, err := Discover(e, snapshots, config)
			if err != nil {
				t.Fatal(err)
			}
			for i, systems := range m.ByThing {
				if want := strings.Count(paths, "/d#/"); len(systems) != want {
					t.Fatalf("%s is of %d systems, want %d", e.Things[i].Path, len(systems), want)
				}
			}
		})
	}
}

func TestSystemsThatAllTakeEverythingAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("twenty million places take their time")
	}
	e, snapshots := evidence(memory{}.many("d", mostMemberships/1000))
	if _, _, err := Discover(e, snapshots, manySystems(t, 1000, "/")); err != nil {
		t.Errorf("a thousand of them: %v", err)
	}
	_, _, err := Discover(e, snapshots, manySystems(t, 1001, "/"))
	if err == nil || !strings.Contains(err.Error(), `keyperson.yaml:1002: up to system "s1000" the systems take files more than 20000000 times`) {
		t.Errorf("one more: %v", err)
	}
}
