package linediff

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// count adds up what `git diff --numstat` prints.
func count(hunks []Hunk) (added, deleted int) {
	for _, h := range hunks {
		added += h.NewLines
		deleted += h.OldLines
	}
	return added, deleted
}

func TestCountsAddedAndDeletedLines(t *testing.T) {
	for _, test := range []struct {
		name           string
		a, b           string
		added, deleted int
		binary         bool
	}{
		{"both empty", "", "", 0, 0, false},
		{"the same", "a\nb\n", "a\nb\n", 0, 0, false},
		{"a new file", "", "a\nb\n", 2, 0, false},
		{"a new file without a last line feed", "", "a\nb", 2, 0, false},
		{"a deleted file", "a\nb\n", "", 0, 2, false},
		{"only the last line feed goes", "a\nb\n", "a\nb", 1, 1, false},
		{"one line between others", "a\nb\nc\n", "a\nx\nc\n", 1, 1, false},
		{"the second file continues an unfinished line", "a\nb", "a\nbc\nd\n", 2, 1, false},
		{"lines that share beginning and end", "xay\n", "xby\n", 1, 1, false},
		{"an empty line more", "a\n\nb\n", "a\n\n\nb\n", 1, 0, false},
		{"repeated lines", "a\na\na\n", "a\na\n", 0, 1, false},
		{"a carriage return counts", "a\r\nb\n", "a\nb\n", 1, 1, false},
		{"a NUL at the beginning", "a\x00\n", "b\n", 0, 0, true},
		{"a NUL in the new file only", "a\n", "b\x00\n", 0, 0, true},
		{"a NUL far into the file", strings.Repeat("a\n", 4000) + "\x00", "b\n", 1, 4001, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			binary := IsBinary([]byte(test.a)) || IsBinary([]byte(test.b))
			var added, deleted int
			if !binary {
				added, deleted = count(new(Differ).Hunks([]byte(test.a), []byte(test.b)))
			}
			if added != test.added || deleted != test.deleted || binary != test.binary {
				t.Errorf("from %.40q to %.40q: +%d -%d binary %v, want +%d -%d binary %v",
					test.a, test.b, added, deleted, binary, test.added, test.deleted, test.binary)
			}
		})
	}
}

func TestHunksStandWhereGitPutsThem(t *testing.T) {
	for _, test := range []struct {
		name string
		a, b string
		want []Hunk
	}{
		{"nothing differs", "a\n", "a\n", nil},
		{"a new file", "", "a\nb\n", []Hunk{{0, 0, 0, 2}}},
		{"a replaced line", "a\nb\nc\n", "a\nx\nc\n", []Hunk{{1, 1, 1, 1}}},
		{"a repeated line slides down", "a\nb\nc\n", "a\nb\nb\nc\n", []Hunk{{2, 0, 2, 1}}},
		{
			"a new block takes the empty line before the next one",
			"f {\n\tone\n}\n\nh {\n\tthree\n}\n",
			"f {\n\tone\n}\n\ng {\n\ttwo\n}\n\nh {\n\tthree\n}\n",
			[]Hunk{{4, 0, 4, 4}},
		},
		{"an addition joins a deletion it can slide to", "x\nb\nc\n", "b\nb\nc\n", []Hunk{{0, 1, 0, 1}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, new(Differ).Hunks([]byte(test.a), []byte(test.b))); difference != "" {
				t.Errorf("Hunks(%q, %q) (-want +got):\n%s", test.a, test.b, difference)
			}
		})
	}
}

func TestSlidingFarBeyondTheChangeIsFollowed(t *testing.T) {
	a := "begin\n" + strings.Repeat("same\n", 5000) + "end\n"
	b := "begin\n" + strings.Repeat("same\n", 5003) + "end\n"
	want := []Hunk{{5001, 0, 5001, 3}}
	if difference := cmp.Diff(want, new(Differ).Hunks([]byte(a), []byte(b))); difference != "" {
		t.Errorf("three lines more in a run of 5000 equal ones (-want +got):\n%s", difference)
	}
}

// apply builds the new file from the old one and the hunks, taking only added lines from the new one.
func apply(a, b []byte, hunks []Hunk) []byte {
	older, newer := bytes.SplitAfter(a, lineFeed), bytes.SplitAfter(b, lineFeed)
	var built []byte
	at := 0
	for _, h := range hunks {
		built = append(built, bytes.Join(older[at:h.OldStart], nil)...)
		built = append(built, bytes.Join(newer[h.NewStart:h.NewStart+h.NewLines], nil)...)
		at = h.OldStart + h.OldLines
	}
	return append(built, bytes.Join(older[at:], nil)...)
}

// check states what holds for any two files.
func check(t interface {
	Helper()
	Errorf(string, ...any)
}, differ *Differ, a, b []byte,
) {
	t.Helper()
	hunks := differ.Hunks(a, b)
	if got := apply(a, b, hunks); !bytes.Equal(got, b) {
		t.Errorf("applying %v to %q gives %q, want %q", hunks, a, got, b)
	}
	added, deleted, end := 0, 0, 0
	for i, h := range hunks {
		if i > 0 && h.OldStart <= end {
			t.Errorf("hunk %d of %v touches the one before, for %q and %q", i, hunks, a, b)
		}
		if h.NewStart-h.OldStart != added-deleted {
			t.Errorf("hunk %d of %v stands askew, for %q and %q", i, hunks, a, b)
		}
		added, deleted, end = added+h.NewLines, deleted+h.OldLines, h.OldStart+h.OldLines
	}
}

// text draws a file that looks a little like a program: blocks, braces, empty lines, repetitions.
func text(t *rapid.T, label string) []byte {
	lines := rapid.SliceOf(rapid.SampledFrom([]string{
		"\n", "\n", "}\n", "\t}\n", "{\n", "\tone();\n", "\ttwo();\n", "\t\tthree();\n", "  four\n", "five\n", "\r\n", "six\n", "seven\n",
	})).Draw(t, label)
	content := []byte(strings.Join(lines, ""))
	if rapid.Bool().Draw(t, label+" loses its last byte") && len(content) > 0 {
		content = content[:len(content)-1]
	}
	return content
}

func TestHunksTurnTheOldFileIntoTheNewOne(t *testing.T) {
	var differ Differ
	rapid.Check(t, func(t *rapid.T) {
		check(t, &differ, text(t, "a"), text(t, "b"))
	})
}

func TestComparingAllocatesNothingOnceWarm(t *testing.T) {
	a, b := program(400, 1), program(400, 2)
	var differ Differ
	compare := func() { differ.Hunks(a, b) }
	compare()
	if n := testing.AllocsPerRun(10, compare); n != 0 {
		t.Errorf("%v allocations for each comparison, want none", n)
	}
}

func TestFilesWithTooManyDifferentLinesAreReplacedAltogether(t *testing.T) {
	if testing.Short() {
		t.Skip("takes memory")
	}
	a := append([]byte("head\n"), bytes.Repeat(lineFeed, mostLines+1)...)
	b := append([]byte("head\n"), bytes.Repeat([]byte("x\n"), 10)...)
	if difference := cmp.Diff([]Hunk{{1, mostLines + 1, 1, 10}}, new(Differ).Hunks(a, b)); difference != "" {
		t.Errorf("(-want +got):\n%s", difference)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte("a\nb\nc\n"), []byte("a\nx\nc"))
	f.Add([]byte(""), []byte("\n\n\n"))
	f.Add([]byte("}\n\n}\n\n}\n"), []byte("}\n\n{\n}\n\n}\n"))
	f.Add([]byte("\t\n\x00"), []byte("\r\n\t\n"))
	f.Add(program(60, 1), program(60, 3))
	var differ Differ
	f.Fuzz(func(t *testing.T, a, b []byte) { check(t, &differ, a, b) })
}
