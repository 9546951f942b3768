package concentration

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// story is a small history with names, for reading.
type story struct {
	people, paths map[string]uint32
	input         AuthorshipInput
}

func newStory() *story {
	return &story{people: map[string]uint32{}, paths: map[string]uint32{}}
}

func number(names map[string]uint32, name string) uint32 {
	if n, ok := names[name]; ok {
		return n
	}
	names[name] = uint32(len(names))
	return names[name]
}

func (s *story) add(person string, action Action, path, from string, times int) *story {
	for range times {
		change := Change{Person: number(s.people, person), Path: number(s.paths, path), Action: action}
		if action == Renamed {
			change.From = number(s.paths, from)
		}
		s.input.Changes = append(s.input.Changes, change)
	}
	return s
}

func (s *story) adds(person string, paths ...string) *story {
	for _, path := range paths {
		s.add(person, Added, path, "", 1)
	}
	return s
}

func (s *story) modifies(person, path string, times int) *story {
	return s.add(person, Modified, path, "", times)
}

func (s *story) renames(person, from, to string) *story { return s.add(person, Renamed, to, from, 1) }

func (s *story) ends(files ...string) AuthorshipInput {
	for _, file := range files {
		s.input.Files = append(s.input.Files, number(s.paths, file))
	}
	s.input.People, s.input.Paths = len(s.people), len(s.paths)
	return s.input
}

// authorNames returns the authors of each file by name.
func (s *story) authorNames(input AuthorshipInput) map[string][]string {
	names := make([]string, len(s.people))
	for name, n := range s.people {
		names[n] = name
	}
	got := map[string][]string{}
	a := Authors(input)
	for path, n := range s.paths {
		for i, file := range input.Files {
			if file != n {
				continue
			}
			for person, name := range names {
				for _, part := range a.involved[a.ofFile[i].first:a.ofFile[i].end] {
					if int(part.person) == person && part.isAuthor {
						got[path] = append(got[path], name)
					}
				}
			}
		}
	}
	return got
}

func TestAuthorsOfFilesWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		story *story
		files []string
		want  map[string][]string
	}{
		{
			// ann 4.391 − 0.321·ln 2 = 4.168; bob 3.457; 3.457/4.168 = 0.829 > 0.75, 3.457 ≥ 3.293.
			name:  "a change to a fresh file makes a second author",
			story: newStory().adds("ann", "a").modifies("bob", "a", 1),
			files: []string{"a"}, want: map[string][]string{"a": {"ann", "bob"}},
		},
		{
			// ann 4.391 + 0.164 − 0.321·ln 2 = 4.333; bob 3.457 − 0.321·ln 2 = 3.234 < 3.293, though 0.746.
			name:  "one change beside two of the creator does not",
			story: newStory().adds("ann", "a").modifies("ann", "a", 1).modifies("bob", "a", 1),
			files: []string{"a"}, want: map[string][]string{"a": {"ann"}},
		},
		{
			// ann 4.391 − 0.321·ln 31 = 3.289 < 3.293, but created; bob 3.293 + 30·0.164 = 8.213: 0.400.
			name:  "the creator is overtaken",
			story: newStory().adds("ann", "a").modifies("bob", "a", 30),
			files: []string{"a"}, want: map[string][]string{"a": {"bob"}},
		},
		{
			// Each of 40: 3.293 + 0.164 − 0.321·ln 40 = 2.273 < 3.293; ann 4.391 − 0.321·ln 41 = 3.199 < 3.293, the
			// best of the file, and spared the threshold as she added it.
			name:  "who added the file needs no absolute degree",
			story: crowd(newStory().adds("ann", "a"), "a", 40),
			files: []string{"a"}, want: map[string][]string{"a": {"ann"}},
		},
		{
			name:  "everyone who added the path is a creator, and additions are no changes",
			story: newStory().adds("ann", "a").adds("bob", "a"),
			files: []string{"a"}, want: map[string][]string{"a": {"ann", "bob"}},
		},
		{
			// ann created x two names ago: 4.391 − 0.321·ln 3; bob's two renames: 3.293 + 0.328.
			name:  "renames are followed and are changes",
			story: newStory().adds("ann", "x").renames("bob", "x", "y").renames("bob", "y", "z"),
			files: []string{"z"}, want: map[string][]string{"z": {"ann", "bob"}},
		},
		{
			name:  "two names that took turns end",
			story: newStory().adds("ann", "x").renames("bob", "x", "y").renames("bob", "y", "x"),
			files: []string{"x"}, want: map[string][]string{"x": {"ann", "bob"}},
		},
		{
			// a has the history of b and of old: ann 4.391 − 0.321·ln 3 = 4.038, the others 3.457 − 0.321·ln 3 = 3.104.
			// b, met later, has its rename but goes no further: bob alone, with 3.457.
			name:  "a rename is followed by the first file only",
			story: newStory().adds("ann", "old").renames("bob", "old", "b").renames("cid", "b", "a"),
			files: []string{"a", "b"}, want: map[string][]string{"a": {"ann"}, "b": {"bob"}},
		},
		{
			name:  "a file without history has no authors",
			story: newStory().adds("ann", "a"),
			files: []string{"a", "b"}, want: map[string][]string{"a": {"ann"}},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(row.want, row.story.authorNames(row.story.ends(row.files...))); diff != "" {
				t.Errorf("authors (-want +got):\n%s", diff)
			}
		})
	}
}

func crowd(s *story, path string, people int) *story {
	for i := range people {
		s.modifies(fmt.Sprintf("one of the crowd %02d", i), path, 1)
	}
	return s
}

func paths(prefix string, count int) []string {
	all := make([]string, count)
	for i := range all {
		all[i] = fmt.Sprintf("%s%03d", prefix, i)
	}
	return all
}

func TestTruckFactorWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name  string
		story *story
		files []string
		prune bool
		want  TruckFactorResult
	}{
		{name: "no files", story: newStory().adds("ann", "a")},
		{
			name:  "one person",
			story: newStory().adds("ann", "a", "b"), files: []string{"a", "b"},
			want: TruckFactorResult{Value: 1, Files: 2, Removed: []RemovedAuthor{{0, 2}}},
		},
		{
			// Without ann 2 of 4 files have an author: half is enough to go on, so bob goes as well.
			name:  "half of the files covered is not yet the end",
			story: newStory().adds("ann", "a", "b").adds("bob", "c").adds("cid", "d").modifies("bob", "c", 1),
			files: []string{"a", "b", "c", "d"},
			want:  TruckFactorResult{Value: 2, Files: 4, CoverageLeft: 0.25, Removed: []RemovedAuthor{{0, 2}, {1, 1}}},
		},
		{
			name:  "files without history do not count",
			story: newStory().adds("ann", "a"), files: []string{"a", "b", "c"},
			want: TruckFactorResult{Value: 1, Files: 1, Removed: []RemovedAuthor{{0, 1}}},
		},
		{
			// 11 + 1 of 23 files: with ann gone 12 of 23 are covered, with bob gone 11 of 23. 1/11 < 10 %.
			name: "the tool drops who has under a tenth of the first one's files",
			story: crowdOfCreators(newStory().adds("ann", paths("a", 11)...).adds("bob", "b").
				modifies("bob", "b", 1), 11),
			files: append(append(paths("a", 11), "b"), paths("c", 11)...), prune: true,
			want: TruckFactorResult{Value: 1, Files: 23, CoverageLeft: 11.0 / 23, Removed: []RemovedAuthor{{0, 11}}},
		},
		{
			name: "the paper does not",
			story: crowdOfCreators(newStory().adds("ann", paths("a", 11)...).adds("bob", "b").
				modifies("bob", "b", 1), 11),
			files: append(append(paths("a", 11), "b"), paths("c", 11)...),
			want:  TruckFactorResult{Value: 2, Files: 23, CoverageLeft: 11.0 / 23, Removed: []RemovedAuthor{{0, 11}, {1, 1}}},
		},
		{
			// 10 of 21: the second has exactly 10 % and stays.
			name: "exactly a tenth stays",
			story: crowdOfCreators(newStory().adds("ann", paths("a", 10)...).adds("bob", "b").
				modifies("bob", "b", 1), 10),
			files: append(append(paths("a", 10), "b"), paths("c", 10)...), prune: true,
			want: TruckFactorResult{Value: 2, Files: 21, CoverageLeft: 10.0 / 21, Removed: []RemovedAuthor{{0, 10}, {1, 1}}},
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(row.want, TruckFactor(row.story.ends(row.files...), row.prune)); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
		})
	}
}

func crowdOfCreators(s *story, people int) *story {
	for _, path := range paths("c", people) {
		s.adds("creator of "+path, path)
	}
	return s
}

func TestATruckFactorOfSomeFilesCountsOnlyThose(t *testing.T) {
	t.Parallel()
	s := newStory().adds("ann", "a", "b", "c").adds("bob", "d", "e")
	authors := Authors(s.ends("a", "b", "c", "d", "e"))
	want := TruckFactorResult{Value: 1, Files: 3, CoverageLeft: 1.0 / 3, Removed: []RemovedAuthor{{1, 2}}}
	if diff := cmp.Diff(want, authors.TruckFactor([]int{2, 3, 4}, false)); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

func randomHistory(t *rapid.T) AuthorshipInput {
	people, paths := rapid.IntRange(1, 6).Draw(t, "people"), rapid.IntRange(1, 8).Draw(t, "paths")
	change := rapid.Custom(func(t *rapid.T) Change {
		return Change{
			Person: uint32(rapid.IntRange(0, people-1).Draw(t, "person")),
			Path:   uint32(rapid.IntRange(0, paths-1).Draw(t, "path")),
			From:   uint32(rapid.IntRange(0, paths-1).Draw(t, "from")),
			Action: Action(rapid.IntRange(0, 2).Draw(t, "action")),
		}
	})
	return AuthorshipInput{
		People: people, Paths: paths,
		Changes: rapid.SliceOfN(change, 0, 60).Draw(t, "changes"),
		Files: rapid.SliceOfNDistinct(rapid.Map(rapid.IntRange(0, paths-1), func(p int) uint32 { return uint32(p) }),
			0, paths, func(p uint32) uint32 { return p }).Draw(t, "files"),
	}
}

func TestTheOrderOfChangesMakesNoDifference(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		input := randomHistory(t)
		shuffled := input
		shuffled.Changes = rapid.Permutation(input.Changes).Draw(t, "shuffled")
		if diff := cmp.Diff(TruckFactor(input, true), TruckFactor(shuffled, true)); diff != "" {
			t.Errorf("another order gives another result:\n%s", diff)
		}
	})
}

// slowAuthors is the definition, entry by entry: each rename is a thing with a mark of its own.
func slowAuthors(input AuthorshipInput) (authors [][]uint32, hasHistory []bool) {
	treated := make([]bool, len(input.Changes))
	for _, file := range input.Files {
		history := map[int]bool{}
		take := func(path uint32) {
			for i, change := range input.Changes {
				if change.Path == path {
					history[i] = true
				}
			}
		}
		take(file)
		for again := true; again; {
			again = false
			for i := range input.Changes {
				if history[i] && input.Changes[i].Action == Renamed && !treated[i] {
					treated[i], again = true, true
					take(input.Changes[i].From)
				}
			}
		}
		changes, created, total := map[uint32]int{}, map[uint32]bool{}, 0
		for i := range history {
			change := input.Changes[i]
			if change.Action == Added {
				created[change.Person] = true
				changes[change.Person] += 0
				continue
			}
			changes[change.Person]++
			total++
		}
		best := 0.0
		for person, own := range changes {
			best = max(best, DegreeOfAuthorship(created[person], own, total-own))
		}
		var of []uint32
		for person := range uint32(input.People) {
			own, involved := changes[person]
			degree := DegreeOfAuthorship(created[person], own, total-own)
			if involved && best > 0 && degree/best > 0.75 && (degree >= 3.293 || created[person]) {
				of = append(of, person)
			}
		}
		authors, hasHistory = append(authors, of), append(hasHistory, len(history) > 0)
	}
	return authors, hasHistory
}

func TestAuthorsAgreeWithTheDefinitionTakenLiterally(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		input := randomHistory(t)
		want, hasHistory := slowAuthors(input)
		a := Authors(input)
		for i := range input.Files {
			var got []uint32
			for person := range uint32(input.People) {
				for _, part := range a.involved[a.ofFile[i].first:a.ofFile[i].end] {
					if part.person == person && part.isAuthor {
						got = append(got, person)
					}
				}
			}
			if diff := cmp.Diff(want[i], got); diff != "" || hasHistory[i] != a.hasHistory[i] {
				t.Errorf("file %d of %+v (history %v, want %v), authors (-want +got):\n%s", i, input, a.hasHistory[i], hasHistory[i], diff)
			}
		}
		if result := TruckFactor(input, false); result.CoverageLeft >= 0.5 {
			t.Errorf("half of the files are still covered: %+v", result)
		}
	})
}

// largeHistory is about the size of the history of rails: 400,000 changes, 5,000 people, 40,000 paths.
func largeHistory() AuthorshipInput {
	random := rand.New(rand.NewPCG(1, 2))
	input := AuthorshipInput{People: 5000, Paths: 40000}
	skewed := func(n int) uint32 {
		x := random.Float64()
		return uint32(x * x * x * float64(n))
	}
	for path := range uint32(input.Paths) {
		change := Change{Person: skewed(input.People), Path: path, Action: Added}
		if path > 0 && path%8 == 0 {
			change.Action, change.From = Renamed, uint32(random.IntN(int(path)))
		}
		input.Changes = append(input.Changes, change)
		if path%8 == 1 || path%8 == 2 {
			input.Files = append(input.Files, path)
		}
	}
	for len(input.Changes) < 400000 {
		input.Changes = append(input.Changes, Change{Person: skewed(input.People), Path: skewed(input.Paths)})
	}
	random.Shuffle(len(input.Changes), func(i, j int) {
		input.Changes[i], input.Changes[j] = input.Changes[j], input.Changes[i]
	})
	return input
}

func BenchmarkTruckFactor(b *testing.B) {
	input := largeHistory()
	b.ReportAllocs()
	for b.Loop() {
		TruckFactor(input, true)
	}
}
