package rename

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// store is Contents in memory; what is not in it is unknown.
type store map[plumbing.Hash]string

func (s store) Size(blob plumbing.Hash) (int64, bool) {
	content, ok := s[blob]
	return int64(len(content)), ok
}

func (s store) Read(blob plumbing.Hash) ([]byte, bool) {
	content, ok := s[blob]
	return []byte(content), ok
}

// file puts a regular file into the store.
func (s store) file(path, content string) Side {
	blob := plumbing.ComputeHash(plumbing.BlobObject, []byte(content))
	s[blob] = content
	return Side{Path: path, Mode: 0o100644, Blob: blob}
}

// lines returns the lines from first to last, all different.
func lines(first, last int) string {
	var text strings.Builder
	for i := first; i <= last; i++ {
		fmt.Fprintf(&text, "this is line %03d\n", i)
	}
	return text.String()
}

func words(deleted, added []Side, pairs []Pair) []string {
	var result []string
	for _, pair := range pairs {
		result = append(result, fmt.Sprintf("%s -> %s %d", deleted[pair.Deleted].Path, added[pair.Added].Path, pair.Score))
	}
	return result
}

func TestPairsAreThoseOfGit(t *testing.T) {
	tests := []struct {
		name           string
		deleted, added map[string]string
		options        Options
		want           []string
		outcome        Outcome
	}{
		{
			name:    "identical content",
			deleted: map[string]string{"a": "x\n"}, added: map[string]string{"b": "x\n"},
			want: []string{"a -> b 100"},
		},
		{
			name:    "identical content twice, the base name decides",
			deleted: map[string]string{"a/one": "x\n", "b/two": "x\n"}, added: map[string]string{"c/two": "x\n", "d/one": "x\n"},
			want: []string{"b/two -> c/two 100", "a/one -> d/one 100"},
		},
		{
			name:    "more destinations than sources: the first gets it",
			deleted: map[string]string{"a": "x\n"}, added: map[string]string{"b": "x\n", "c": "x\n"},
			want: []string{"a -> b 100"},
		},
		{
			name:    "half of the lines is just enough",
			deleted: map[string]string{"a": lines(1, 10)}, added: map[string]string{"b": lines(6, 15)},
			want: []string{"a -> b 50"},
		},
		{
			name:    "less than half is not",
			deleted: map[string]string{"a": lines(1, 10)}, added: map[string]string{"b": lines(7, 16)},
		},
		{
			name:    "a higher threshold",
			deleted: map[string]string{"a": lines(1, 10)}, added: map[string]string{"b": lines(2, 11)},
			options: Options{Threshold: 91},
		},
		{
			name:    "a unique base name goes before a better match of another name",
			deleted: map[string]string{"old/name": lines(1, 20), "old/other": lines(5, 24)},
			added:   map[string]string{"new/name": lines(5, 23) + "more\n"},
			want:    []string{"old/name -> new/name 80"},
		},
		{
			name:    "a base name is no help below three quarters",
			deleted: map[string]string{"old/name": lines(1, 20), "old/other": lines(7, 26)},
			added:   map[string]string{"new/name": lines(8, 27)},
			want:    []string{"old/other -> new/name 95"},
		},
		{
			name:    "among equals the same base name",
			deleted: map[string]string{"a/x": lines(1, 20) + "1\n", "b/y": lines(1, 20) + "2\n", "c/y": lines(1, 20) + "3\n"},
			added:   map[string]string{"d/y": lines(1, 20) + "4\n"},
			want:    []string{"b/y -> d/y 99"},
		},
		{
			name:    "carriage returns are no difference in text",
			deleted: map[string]string{"a": strings.ReplaceAll(lines(1, 60), "\n", "\r\n")}, added: map[string]string{"b": lines(1, 60)},
			want: []string{"a -> b 94"},
		},
		{
			name:    "in binary files they are",
			deleted: map[string]string{"a": "\x00" + strings.ReplaceAll(lines(1, 60), "\n", "\r\n")}, added: map[string]string{"b": "\x00" + lines(1, 60)},
		},
		{
			name:    "empty files that differ from others",
			deleted: map[string]string{"a": ""}, added: map[string]string{"b": "x\n"},
		},
		{
			name:    "the limit stops similar content only",
			deleted: map[string]string{"a": lines(1, 10), "b": lines(21, 30), "z": "same\n"},
			added:   map[string]string{"c": lines(1, 11), "d": lines(21, 31), "y": "same\n"},
			options: Options{Limit: 1}, want: []string{"z -> y 100"}, outcome: Outcome{LimitReached: true},
		},
		{
			name:    "the limit is for what remains",
			deleted: map[string]string{"a": lines(1, 10), "z": "same\n"}, added: map[string]string{"c": lines(1, 11), "y": "same\n"},
			options: Options{Limit: 1}, want: []string{"a -> c 90", "z -> y 100"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := store{}
			deleted, added := s.files(test.deleted), s.files(test.added)
			pairs, outcome := new(Detector).Detect(deleted, added, s, test.options)
			if diff := cmp.Diff(test.want, words(deleted, added, pairs)); diff != "" {
				t.Errorf("pairs (-want +got):\n%s", diff)
			}
			if outcome != test.outcome {
				t.Errorf("outcome %+v, want %+v", outcome, test.outcome)
			}
		})
	}
}

func (s store) files(contents map[string]string) []Side {
	var sides []Side
	for path, content := range contents {
		sides = append(sides, s.file(path, content))
	}
	slices.SortFunc(sides, func(a, b Side) int { return strings.Compare(a.Path, b.Path) })
	return sides
}

func TestUnknownContentIsSimilarToNothing(t *testing.T) {
	s := store{}
	deleted := []Side{s.file("a", lines(1, 10)), s.file("b", "same\n")}
	added := []Side{s.file("c", lines(1, 11)), s.file("d", "same\n")}
	delete(s, deleted[0].Blob)
	delete(s, deleted[1].Blob)
	pairs, outcome := new(Detector).Detect(deleted, added, s, Options{})
	if diff := cmp.Diff([]string{"b -> d 100"}, words(deleted, added, pairs)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
	if !outcome.UnknownContent {
		t.Error("UnknownContent is not set")
	}
}

func TestLinksAndSubmodulesOnlyMoveWhole(t *testing.T) {
	for _, test := range []struct {
		name                string
		from, to            uint32
		isIdentical, isPair bool
	}{
		{"link", 0o120000, 0o120000, true, true},
		{"edited link", 0o120000, 0o120000, false, false},
		{"link to file", 0o120000, 0o100644, true, false},
		{"submodule", 0o160000, 0o160000, true, true},
		{"file to executable", 0o100644, 0o100755, true, true},
		{"edited file to executable", 0o100644, 0o100755, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := store{}
			from, to := s.file("a", lines(1, 20)), s.file("b", lines(1, 20))
			if !test.isIdentical {
				to = s.file("b", lines(1, 21))
			}
			from.Mode, to.Mode = test.from, test.to
			if pairs, _ := new(Detector).Detect([]Side{from}, []Side{to}, s, Options{}); (len(pairs) == 1) != test.isPair {
				t.Errorf("got %v", pairs)
			}
		})
	}
}

func TestPairsOfFilesThatMatterDoNotDependOnWhichDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := store{}
		side := func(label string) []Side {
			files := map[string]string{}
			for i := range rapid.IntRange(0, 8).Draw(t, label) {
				first := rapid.IntRange(0, 12).Draw(t, "first")
				files[fmt.Sprintf("%s%d/%c", label, i, 'a'+rune(first%5))] = lines(first, first+rapid.IntRange(0, 12).Draw(t, "length"))
			}
			return s.files(files)
		}
		deleted, added := side("d"), side("a")
		matters := rapid.SliceOfN(rapid.Bool(), len(added), len(added)).Draw(t, "matters")
		isWanted := func(i int) bool { return matters[i] }
		onlyWanted := func(pairs []Pair) []Pair {
			return slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return !isWanted(p.Added) })
		}
		all, _ := new(Detector).Detect(deleted, added, s, Options{})
		some, _ := new(Detector).Detect(deleted, added, s, Options{IsWanted: isWanted})
		if diff := cmp.Diff(words(deleted, added, onlyWanted(all)), words(deleted, added, onlyWanted(some))); diff != "" {
			t.Fatalf("which files matter: %v (-all +some):\n%s", matters, diff)
		}
	})
}

func TestADetectorRemembersNothing(t *testing.T) {
	var used Detector
	rapid.Check(t, func(t *rapid.T) {
		s := store{}
		side := func(label string) []Side {
			files := map[string]string{}
			for i := range rapid.IntRange(0, 8).Draw(t, label) {
				first := rapid.IntRange(0, 12).Draw(t, "first")
				files[fmt.Sprintf("%s%d/%c", label, i, 'a'+rune(first%3))] = lines(first, first+rapid.IntRange(0, 12).Draw(t, "length"))
			}
			return s.files(files)
		}
		deleted, added := side("d"), side("a")
		want, wantOutcome := new(Detector).Detect(deleted, added, s, Options{})
		got, outcome := used.Detect(deleted, added, s, Options{})
		if diff := cmp.Diff(words(deleted, added, want), words(deleted, added, got)); diff != "" || outcome != wantOutcome {
			t.Fatalf("%+v, want %+v (-fresh +used):\n%s", outcome, wantOutcome, diff)
		}
		sources := map[int]bool{}
		for _, pair := range got {
			if pair.Score < DefaultThreshold || pair.Score > 100 || sources[pair.Deleted] {
				t.Fatalf("pairs %v", got)
			}
			sources[pair.Deleted] = true
		}
	})
}

func FuzzSpanCounts(f *testing.F) {
	f.Add([]byte("a\r\nb\n\r\r\n"))
	f.Add([]byte(strings.Repeat("x", 200) + "\n"))
	f.Add([]byte("\x00\r\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		var counter spanCounter
		counts := counter.appendCounts(nil, content)
		var total int
		for _, count := range counts {
			total += int(count.bytes)
		}
		if total > len(content) {
			t.Errorf("%d bytes counted of %d", total, len(content))
		}
		if again := counter.appendCounts(nil, content); !slices.Equal(counts, again) {
			t.Error("the counter did not start from zero")
		}
	})
}

// BenchmarkSimilarity counts the spans of a file of 100 kB and compares it with another.
func BenchmarkSimilarity(b *testing.B) {
	s := store{}
	deleted := []Side{s.file("a", lines(0, 5999))}
	added := []Side{s.file("b", lines(600, 6599))}
	b.SetBytes(int64(len(s[deleted[0].Blob]) + len(s[added[0].Blob])))
	var d Detector
	for b.Loop() {
		if pairs, _ := d.Detect(deleted, added, s, Options{}); len(pairs) != 1 {
			b.Fatal("no pair")
		}
	}
}
