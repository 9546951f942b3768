package facts

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"keyperson/sources"
	"keyperson/sources/git"
)

// histories draws histories that keep every promise of git.History.
func histories(t *rapid.T) *git.History {
	text := rapid.SliceOfN(rapid.Byte(), 0, 12)
	draw := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	h := &git.History{RenameLimit: draw("limit", -1, 1000)}
	for range draw("people", 1, 5) {
		h.People = append(h.People, sources.Identity{Name: string(text.Draw(t, "name")), Address: string(text.Draw(t, "address"))})
	}
	for range draw("paths", 1, 6) {
		h.Paths = append(h.Paths, string(text.Draw(t, "path")))
	}
	slices.Sort(h.Paths)
	h.Paths = slices.Compact(h.Paths)
	seconds := rapid.Int64()
	for i := range draw("commits", 0, 8) {
		c := git.Commit{
			Author: uint32(draw("author", 0, len(h.People)-1)), AuthorTime: seconds.Draw(t, "authored"),
			CommitTime: seconds.Draw(t, "committed"), FirstChange: uint32(len(h.Changes)),
		}
		copy(c.Hash[:], rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "hash"))
		for range draw("parents", 0, min(i, 3)) {
			c.Parents = append(c.Parents, uint32(draw("parent", 0, i-1)))
		}
		c.ChangeCount = uint32(draw("changes", 0, 4))
		for range c.ChangeCount {
			change := git.Change{Path: uint32(draw("path", 0, len(h.Paths)-1)), From: sources.None, Action: sources.Action(draw("action", 0, 4))}
			if change.Action == sources.Renamed {
				change.From, change.Similarity = uint32(draw("from", 0, len(h.Paths)-1)), uint8(draw("similarity", 50, 100))
			}
			h.Changes = append(h.Changes, change)
		}
		for range draw("trailers", 0, 2) {
			h.Trailers = append(h.Trailers, git.Trailer{Commit: uint32(i), Person: uint32(draw("person", 0, len(h.People)-1)), Kind: sources.Kind(draw("kind", 1, 2))})
		}
		for range draw("mentions", 0, 2) {
			h.Mentions = append(h.Mentions, git.Mention{Commit: uint32(i), Kind: sources.MentionKind(draw("mentioned", 0, 1)), Text: string(text.Draw(t, "text"))})
		}
		for _, list := range []*[]uint32{&h.RenamesSkipped, &h.RenamesUnknown, &h.Unreadable, &h.LinesUnknown} {
			if rapid.Bool().Draw(t, "listed") {
				*list = append(*list, uint32(i))
			}
		}
		h.Head = c.Hash
		h.Commits = append(h.Commits, c)
	}
	if rapid.Bool().Draw(t, "lines") {
		h.Lines, h.Hunks = make([]git.LineCount, len(h.Changes)), []git.LineHunk{}
		for i := range h.Lines {
			h.Lines[i] = git.LineCount{Added: rapid.Int32Min(-1).Draw(t, "added"), Deleted: rapid.Int32Min(-1).Draw(t, "deleted"), Hunks: uint32(draw("hunks", 0, 3))}
			for range h.Lines[i].Hunks {
				h.Hunks = append(h.Hunks, git.LineHunk{Kept: rapid.Uint32().Draw(t, "kept"), Deleted: rapid.Uint32().Draw(t, "gone"), Added: rapid.Uint32().Draw(t, "new")})
			}
		}
	}
	return h
}

// sample is a history with something in every table.
func sample(commits, changesEach int) *git.History {
	random := rand.New(rand.NewPCG(1, 2))
	h := &git.History{RenameLimit: 1000, Lines: []git.LineCount{}, Hunks: []git.LineHunk{}}
	for i := range 1 + commits/20 {
		h.People = append(h.People, sources.Identity{Name: fmt.Sprintf("Person %06d", i), Address: fmt.Sprintf("p%06d@example.org", i)})
	}
	for i := range 2 + commits/3 {
		h.Paths = append(h.Paths, fmt.Sprintf("component%02d/part%03d/file%06d.go", i/5000, i/50, i))
	}
	for i := range commits {
		c := git.Commit{Author: uint32(random.IntN(len(h.People))), AuthorTime: int64(1e9 + i*600), CommitTime: int64(1e9 + i*600), FirstChange: uint32(len(h.Changes)), ChangeCount: uint32(changesEach)}
		for k := range c.Hash {
			c.Hash[k] = byte(random.Uint32())
		}
		if i > 0 {
			c.Parents = []uint32{uint32(i - 1)}
		}
		near := random.IntN(len(h.Paths))
		for k := range changesEach {
			change := git.Change{Path: uint32((near + 3*k) % len(h.Paths)), From: sources.None}
			if random.IntN(20) == 0 {
				change.Action, change.From, change.Similarity = sources.Renamed, uint32(random.IntN(len(h.Paths))), 90
			}
			h.Changes = append(h.Changes, change)
			h.Lines = append(h.Lines, git.LineCount{Added: int32(random.IntN(30) - 1), Deleted: int32(random.IntN(9)), Hunks: 1})
			h.Hunks = append(h.Hunks, git.LineHunk{Kept: uint32(random.IntN(200)), Deleted: 1, Added: 2})
		}
		if i%7 == 0 {
			h.Trailers = append(h.Trailers, git.Trailer{Commit: uint32(i), Kind: sources.Reviewed})
			h.RenamesSkipped = append(h.RenamesSkipped, uint32(i))
		}
		if i%3 == 0 {
			h.Mentions = append(h.Mentions, git.Mention{Commit: uint32(i), Text: fmt.Sprintf("OPS-%d", 1+i/2)})
		}
		h.Head = c.Hash
		h.Commits = append(h.Commits, c)
	}
	return h
}

func TestWhatIsSavedIsLoaded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept", "a.facts")
	rapid.Check(t, func(t *rapid.T) {
		want := histories(t)
		if err := Save(path, want); err != nil {
			t.Fatal(err)
		}
		got, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateComparable(git.Hash{})); diff != "" {
			t.Fatalf("what was loaded is not what was saved (-want +got):\n%s", diff)
		}
	})
}

func TestOnlyTheUserCanReadWhatIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept", "a.facts")
	if err := Save(path, sample(3, 2)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: got mode %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("got %v beside the file, want nothing", entries)
	}
}

func TestAFileThatIsNotThereIsNone(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "none.facts"))
	if !errors.Is(err, ErrNone) || errors.Is(err, ErrUnusable) {
		t.Errorf("got %v, want ErrNone", err)
	}
}

func TestADirectoryInPlaceOfTheFileIsUnusable(t *testing.T) {
	if _, err := Load(t.TempDir()); !errors.Is(err, ErrUnusable) {
		t.Errorf("got %v, want ErrUnusable", err)
	}
}

func TestAFileCutOffAnywhereIsUnusable(t *testing.T) {
	whole, err := encode(sample(20, 3))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.facts")
	for length := range whole {
		if err := os.WriteFile(path, whole[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); !errors.Is(err, ErrUnusable) {
			t.Fatalf("cut off at %d of %d: got %v, want ErrUnusable", length, len(whole), err)
		}
	}
}

func TestAChangedByteIsNoticedOrHarmless(t *testing.T) {
	want := sample(20, 3)
	whole, err := encode(want)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x41
		// Some bits of a compressed frame mean nothing, such as the window of a frame in one piece.
		if got, err := decode(damaged); err == nil && !cmp.Equal(want, got) {
			t.Errorf("with byte %d changed another history was loaded", i)
		}
	}
}

func TestAnotherVersionIsUnusableAndSaysSo(t *testing.T) {
	data, err := encode(sample(2, 1))
	if err != nil {
		t.Fatal(err)
	}
	data[len(magic)]++
	if _, err := decode(data); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("got %v, want an error that names the version", err)
	}
}

func TestAHistoryThatContradictsItselfIsNotKept(t *testing.T) {
	for name, spoil := range map[string]func(*git.History){
		"parent after child":     func(h *git.History) { h.Commits[1].Parents[0] = 2 },
		"author out of range":    func(h *git.History) { h.Commits[0].Author = 99 },
		"path out of range":      func(h *git.History) { h.Changes[0].Path = 99 },
		"unsorted paths":         func(h *git.History) { slices.Reverse(h.Paths) },
		"changes left over":      func(h *git.History) { h.Commits[2].ChangeCount = 0 },
		"head not among commits": func(h *git.History) { h.Head[0]++ },
		"too few line counts":    func(h *git.History) { h.Lines = h.Lines[1:] },
		"too few hunks":          func(h *git.History) { h.Hunks = h.Hunks[1:] },
		"trailer out of range":   func(h *git.History) { h.Trailers[0].Commit = 99 },
		"mention out of order":   func(h *git.History) { h.Mentions = append(h.Mentions, git.Mention{}, git.Mention{Commit: 99}) },
		"mention of no kind":     func(h *git.History) { h.Mentions[0].Kind = 9 },
		"old path of no rename":  func(h *git.History) { h.Changes[0] = git.Change{From: 0} },
		"list out of order":      func(h *git.History) { h.Unreadable = []uint32{2, 1} },
	} {
		t.Run(name, func(t *testing.T) {
			history := sample(3, 2)
			spoil(history)
			path := filepath.Join(t.TempDir(), "a.facts")
			if err := Save(path, history); err == nil {
				t.Error("got no error")
			}
			if _, err := Load(path); !errors.Is(err, ErrNone) {
				t.Errorf("got %v, want ErrNone", err)
			}
		})
	}
}

func TestRunsAtOnceLeaveOneWholeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.facts")
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for range 5 {
				if err := Save(path, sample(5+i, 2)); err != nil {
					t.Error(err)
				}
				if _, err := Load(path); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestWhatAKilledRunLeftIsRemovedADayLater(t *testing.T) {
	directory := t.TempDir()
	path := Location(directory, "/srv/shop/.git")
	old, young := path+".kinds.1.part", path+".2.part"
	for name, age := range map[string]time.Duration{old: 25 * time.Hour, path + ".3.part": 25 * time.Hour, young: time.Hour, filepath.Join(directory, "mine.4.part"): 25 * time.Hour} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Keep(path+".kinds", []byte("kinds")); err != nil {
		t.Fatal(err)
	}
	var left []string
	entries, err := os.ReadDir(directory)
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	want := []string{"mine.4.part", filepath.Base(young), filepath.Base(path) + ".kinds"}
	slices.Sort(want)
	if err != nil || !slices.Equal(left, want) {
		t.Errorf("left are %q (%v), want %q", left, err, want)
	}
}

func TestTwoRepositoriesNeverShareAFile(t *testing.T) {
	seen := map[string]string{}
	for _, directory := range []string{"/a/web/.git", "/b/web/.git", "/a/web.git", "/a/web", "/", "/a/-..-/.git", "/a/ü b.git"} {
		got := Location("cache", directory)
		if other, ok := seen[got]; ok {
			t.Errorf("%s and %s are both kept at %s", directory, other, got)
		}
		seen[got] = directory
		if filepath.Dir(got) != "cache" || strings.HasPrefix(filepath.Base(got), ".") {
			t.Errorf("%s: got %s", directory, got)
		}
	}
	if a, b := Location("c", "/a/web/.git"), Location("c", "/a//web/x/../.git/"); a != b {
		t.Errorf("one directory, two files: %s and %s", a, b)
	}
}

func FuzzDecode(f *testing.F) {
	for _, history := range []*git.History{{}, sample(1, 0), sample(12, 3)} {
		data, err := encode(history)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		history, err := decode(data)
		if err != nil {
			return
		}
		if err := check(history); err != nil {
			t.Errorf("what was accepted contradicts itself: %v", err)
		}
	})
}

// FuzzColumns gives the decoder columns with right checksums and any numbers in them.
func FuzzColumns(f *testing.F) {
	f.Add(uint8(commitParents), []byte{9, 9}, uint8(parents), uint64(3))
	f.Fuzz(func(t *testing.T, column uint8, content []byte, table uint8, rows uint64) {
		history, err := decode(forge(t, int(column)%columnCount, content, int(table)%tableCount, rows))
		if err != nil {
			return
		}
		if err := check(history); err != nil {
			t.Errorf("what was accepted contradicts itself: %v", err)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.facts")
	if err := Save(path, sample(99_000, 4)); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Load(path); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(info.Size())/99_000, "bytes/commit")
}

func BenchmarkSave(b *testing.B) {
	path, history := filepath.Join(b.TempDir(), "a.facts"), sample(99_000, 4)
	for b.Loop() {
		if err := Save(path, history); err != nil {
			b.Fatal(err)
		}
	}
}
