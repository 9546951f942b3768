package analyzer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
)

// log is evidence under construction, in the words of `git log --name-status`.
type log struct {
	evidence   sources.Evidence
	identities map[string]uint32
	things     map[string]uint32
}

func newLog() *log {
	return &log{identities: map[string]uint32{}, things: map[string]uint32{}}
}

func (l *log) identity(text string) uint32 {
	if i, ok := l.identities[text]; ok {
		return i
	}
	name, address, _ := strings.Cut(strings.TrimSuffix(text, ">"), " <")
	i := uint32(len(l.evidence.Identities))
	l.identities[text] = i
	l.evidence.Identities = append(l.evidence.Identities, sources.Identity{Name: name, Address: address})
	return i
}

func (l *log) thing(path string) uint32 {
	if i, ok := l.things[path]; ok {
		return i
	}
	i := uint32(len(l.evidence.Things))
	l.things[path] = i
	l.evidence.Things = append(l.evidence.Things, sources.Thing{Path: path})
	return i
}

// commit records changes like "A path" and "R old new".
func (l *log) commit(author string, changes ...string) *log {
	event := uint32(len(l.evidence.Events))
	l.evidence.Events = append(l.evidence.Events, sources.Event{Time: int64(event) * 86400})
	for _, change := range changes {
		fields := strings.Fields(change)
		record := sources.Record{
			Person: l.identity(author), Event: event, Thing: l.thing(fields[len(fields)-1]), From: sources.None,
			Action: sources.Action(strings.IndexByte("MADRT", fields[0][0])),
		}
		if record.Action == sources.Renamed {
			record.From = l.thing(fields[1])
		}
		l.evidence.Records = append(l.evidence.Records, record)
	}
	return l
}

// witnessed gives the last commit a reviewer.
func (l *log) witnessed(reviewer string) *log {
	record := l.evidence.Records[len(l.evidence.Records)-1]
	record.Person, record.Kind = l.identity(reviewer), sources.Reviewed
	l.evidence.Records = append(l.evidence.Records, record)
	return l
}

func (l *log) tree(paths ...string) *log {
	for _, path := range paths {
		l.evidence.Files = append(l.evidence.Files, sources.TreeFile{Thing: l.thing(path)})
	}
	return l
}

// people makes every identity a person of its own.
func (l *log) people() *sources.People {
	people := &sources.People{}
	for i, identity := range l.evidence.Identities {
		people.Persons = append(people.Persons, sources.Person{ID: identity.Address, Name: identity.Name})
		people.ByIdentity = append(people.ByIdentity, uint32(i))
	}
	return people
}

// truckFactor returns the published truck factor and its developers' names.
func (l *log) truckFactor(method Method) (*TruckFactor, []string) {
	asWritten := func(identity uint32) sources.Identity { return l.evidence.Identities[identity] }
	factor, developers := publishedTruckFactor(&l.evidence, l.people(), asWritten, Options{Method: method})
	var names []string
	for _, developer := range developers {
		names = append(names, developer.Shown.Name)
	}
	return factor, names
}

func TestPublishedTruckFactorCountsEveryFileAndEveryAuthor(t *testing.T) {
	t.Parallel()
	l := newLog().
		commit("Ann <ann@x>", "A main.go", "A vendor/copy.go", "A logo.png").
		commit("robot[bot] <bot@x>", "A go.sum").
		commit("Bo <bo@x>", "A gone.go", "A link", "T link").
		commit("Bo <bo@x>", "D gone.go").witnessed("Cy <cy@x>").
		tree("main.go", "vendor/copy.go", "logo.png", "go.sum", "link", "never-committed")
	l.evidence.Files[1].Exclusion = sources.Vendored
	l.evidence.Files[2].Exclusion = sources.NotText
	factor, names := l.truckFactor(MethodAvelino)
	// Five files have history; Ann has three, then two of five are left.
	want := &TruckFactor{Value: 1, Files: 5, CoverageLeft: 0.4, Developers: []TruckFactorDeveloper{{Person: 0, Files: 3, Share: 0.6}}}
	if diff := cmp.Diff(want, factor); diff != "" {
		t.Errorf("truck factor (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Ann"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestOnlyTheToolSinceTwentyEighteenDropsTheSmall(t *testing.T) {
	t.Parallel()
	l := newLog()
	for i := range 11 {
		name := string(rune('a' + i))
		l.commit("Ann <ann@x>", "A ann/"+name).commit("p"+name+" <p"+name+"@x>", "A one/"+name)
		l.tree("ann/"+name, "one/"+name)
	}
	// Ann has 11 of 22 files: half is still covered without her, so one of the eleven with a single file, under
	// a tenth of hers, goes too.
	for method, want := range map[Method]int{MethodAvelino: 1, MethodAvelino2016: 2} {
		if got, _ := l.truckFactor(method); got.Value != want || got.CoverageLeft != 10.0/22 {
			t.Errorf("%s: got %+v, want %d with 10 of 22 files left", method, got, want)
		}
	}
}

func TestPublishedRuleOfJoining(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name       string
		identities []string
		want       []uint32
	}{
		{"same address, in any case", []string{"Ann <ANN@x>", "A. Nonymous <ann@X>"}, []uint32{0, 0}},
		{"same name, accents and case aside", []string{"José Núñez <a@x>", "JOSE NUNEZ <b@x>"}, []uint32{0, 0}},
		{"accents taken apart or not", []string{"Zo\u00eb <a@x>", "Zoe\u0308 <b@x>"}, []uint32{0, 0}},
		{"a letter that is two in upper case", []string{"Strauß <a@x>", "STRAUSS <b@x>"}, []uint32{0, 0}},
		{"a stroke is not an accent", []string{"Łukasz <a@x>", "Lukasz <b@x>"}, []uint32{0, 1}},
		{"a semicolon is an ampersand", []string{"Ann; Bo <a@x>", "Ann& Bo <b@x>"}, []uint32{0, 0}},
		{"through a third identity", []string{"Ann <a@x>", "Bo <b@x>", "Ann <b@x>"}, []uint32{0, 0, 0}},
		{"no name joins nobody", []string{" <a@x>", " <b@x>"}, []uint32{0, 1}},
		{"no address leaves the name", []string{"Ann <>", "Ann <a@x>", "Bo <>"}, []uint32{0, 0, 1}},
		{"neither is one person", []string{" <>", " <>"}, []uint32{0, 0}},
		{"names that are not UTF-8", []string{"Jos\xe9 <a@x>", "JOS\xe9 <b@x>"}, []uint32{0, 0}},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			var identities []sources.Identity
			for _, text := range row.identities {
				name, address, _ := strings.Cut(strings.TrimSuffix(text, ">"), " <")
				identities = append(identities, sources.Identity{Name: name, Address: address})
			}
			got := joinAsPublished(identities, slices.Repeat([]bool{true}, len(identities)))
			if diff := cmp.Diff(row.want, got.byIdentity); diff != "" {
				t.Errorf("people of %q (-want +got):\n%s", row.identities, diff)
			}
		})
	}
}

func TestAReviewerDoesNotJoinTwoAuthors(t *testing.T) {
	t.Parallel()
	l := newLog().
		commit("Ann <a@x>", "A 1", "A 2").witnessed("Ann <b@x>").
		commit("Bo <b@x>", "A 3", "A 4").
		tree("1", "2", "3", "4")
	// Apart, each has two of four files: both have to go. Joined, it would be one.
	if factor, names := l.truckFactor(MethodAvelino); factor.Value != 2 {
		t.Errorf("got %+v with %q, want two people", factor, names)
	}
}

func TestADeveloperIsShownUnderTheNameMostUsed(t *testing.T) {
	t.Parallel()
	l := newLog().
		commit("ann <a@x>", "A 1").
		commit("Ann Other <a@x>", "M 1").
		commit("Ann Other <a2@x>", "M 1").
		tree("1")
	l.evidence.Identities[2].Address = "a@x" // what a mailmap would make of it
	_, names := l.truckFactor(MethodAvelino)
	if diff := cmp.Diff([]string{"Ann Other"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func TestEvidenceBeforeTheStartDateDoesNotCount(t *testing.T) {
	t.Parallel()
	l := newLog().commit("Ann <a@x>", "A 1").commit("Bo <b@x>", "M 1").tree("1")
	start := time.Unix(86400, 0)
	asWritten := func(identity uint32) sources.Identity { return l.evidence.Identities[identity] }
	_, developers := publishedTruckFactor(&l.evidence, l.people(), asWritten, Options{Method: MethodAvelino, Since: &start})
	if len(developers) != 1 || developers[0].Shown.Name != "Bo" {
		t.Errorf("got %+v, want Bo alone", developers)
	}
}

func TestTheOrderOfTreeFilesMakesNoDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := []string{"a", "b", "c", "d", "e"}
		path := rapid.SampledFrom(paths)
		l := newLog()
		for range rapid.IntRange(1, 30).Draw(t, "commits") {
			change := rapid.SampledFrom([]string{"A ", "M ", "D "}).Draw(t, "action") + path.Draw(t, "path")
			if rapid.Bool().Draw(t, "is rename") {
				change = "R " + path.Draw(t, "from") + " " + path.Draw(t, "to")
			}
			l.commit(rapid.SampledFrom([]string{"Ann <a@x>", "Bo <b@x>", "Cy <c@x>"}).Draw(t, "author"), change)
		}
		l.tree(paths...)
		want, _ := l.truckFactor(MethodAvelino2016)
		l.evidence.Files = rapid.Permutation(l.evidence.Files).Draw(t, "files")
		if got, _ := l.truckFactor(MethodAvelino2016); !cmp.Equal(want, got) {
			t.Errorf("in another order (-want +got):\n%s", cmp.Diff(want, got))
		}
	})
}
