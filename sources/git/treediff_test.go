package git

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/sources"
	"keyperson/sources/git/gittest"
	"keyperson/sources/git/objects"
)

// treesInMemory is an objects.Reader of trees that a test wrote down.
type treesInMemory struct {
	objects.Reader
	content map[Hash]string
}

func (m treesInMemory) Read(id Hash, _ int64) (objects.Kind, []byte, error) {
	content, ok := m.content[id]
	if !ok {
		return 0, nil, objects.ErrMissing
	}
	return objects.Tree, []byte(content), nil
}

func newTreeDiff(content map[Hash]string) *treeDiff {
	return &treeDiff{trees: newTreeCache(treesInMemory{content: content}), paths: newInternTable()}
}

func (d *treeDiff) words() []string {
	var words []string
	for _, change := range d.changes {
		words = append(words, fmt.Sprintf("%c %s", change.action.Letter(), d.paths.strings[change.path]))
	}
	return words
}

func TestComparingWideTreesFindsEveryDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := map[string]byte{}, map[string]byte{}
		for i := range rapid.IntRange(0, 60).Draw(t, "entries") {
			name := fmt.Sprintf("%s%d", strings.Repeat("n", i%7), i)
			switch rapid.IntRange(0, 9).Draw(t, "fate") {
			case 0:
				before[name] = 1
			case 1:
				after[name] = 1
			case 2:
				before[name], after[name] = 1, 2
			default:
				before[name], after[name] = 1, 1
			}
		}
		var want []string
		names := map[string]bool{}
		for name := range before {
			names[name] = true
		}
		for name := range after {
			names[name] = true
		}
		for _, name := range slices.Sorted(func(yield func(string) bool) {
			for name := range names {
				if !yield(name) {
					return
				}
			}
		}) {
			switch old, new := before[name], after[name]; {
			case new == 0:
				want = append(want, "D "+name)
			case old == 0:
				want = append(want, "A "+name)
			case old != new:
				want = append(want, "M "+name)
			}
		}
		d := newTreeDiff(map[Hash]string{{1}: treeOf(before), {2}: treeOf(after)})
		if err := d.compare(Hash{1}, Hash{2}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, d.words()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// TestCountingAComparisonTellsHowManyStepsItTakes is about trees that share their directories, each of which is counted
// once and compared wherever it stands.
func TestCountingAComparisonTellsHowManyStepsItTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := map[Hash]string{}
		id := func(level, number int) Hash { return Hash{byte(level), byte(number), 1} }
		const levels, trees = 6, 3
		for level := range levels {
			for number := range trees {
				var tree strings.Builder
				for i := range rapid.IntRange(0, 4).Draw(t, "entries") {
					name := fmt.Sprintf("n%d", i)
					if level > 0 && rapid.Bool().Draw(t, "directory") {
						tree.WriteString(gittest.TreeEntry("40000", name, id(level-1, rapid.IntRange(0, trees-1).Draw(t, "tree"))))
					} else {
						tree.WriteString(gittest.TreeEntry("100644", name, Hash{0, byte(rapid.IntRange(1, 2).Draw(t, "blob"))}))
					}
				}
				content[id(level, number)] = tree.String()
			}
		}
		for _, roots := range [][2]Hash{{zeroHash, id(levels-1, 0)}, {id(levels-1, 1), zeroHash}, {id(levels-1, 0), id(levels-1, 2)}} {
			d, counting := newTreeDiff(content), newTreeDiff(content)
			counting.counted = map[[2]Hash]int{}
			if err := errors.Join(d.compare(roots[0], roots[1]), counting.compare(roots[0], roots[1])); err != nil {
				t.Fatal(err)
			}
			if counting.steps != d.steps || d.steps < len(d.changes) || len(counting.changes) > 0 {
				t.Fatalf("counted %d steps of %d, for %d changes", counting.steps, d.steps, len(d.changes))
			}
		}
	})
}

func TestALargeComparisonIsCountedAndThenFoundWhole(t *testing.T) {
	before, after := map[string]byte{}, map[string]byte{}
	for i := range suspicious {
		before[fmt.Sprintf("n%06d", i)], after[fmt.Sprintf("n%06d", i)] = 1, 2
	}
	d := newTreeDiff(map[Hash]string{{1}: treeOf(before), {2}: treeOf(after)})
	for range 2 {
		if err := d.compare(Hash{1}, Hash{2}); err != nil || len(d.changes) != suspicious || d.steps <= suspicious {
			t.Errorf("got %d changes in %d steps, %v; want %d", len(d.changes), d.steps, err, suspicious)
		}
	}
}

// treeOf writes a tree of regular files; the value of each tells contents apart.
func treeOf(files map[string]byte) string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var tree strings.Builder
	for _, name := range names {
		tree.WriteString(gittest.TreeEntry("100644", name, Hash{0, files[name], 0}))
	}
	return tree.String()
}

func TestOldModesMeanWhatTheyMeantToGit(t *testing.T) {
	for mode, want := range map[uint32]uint32{
		0o100664: modeRegular, 0o100600: modeRegular, 0o100775: modeExecutable, 0o120000: modeLink,
		0o40000: modeTree, 0o160000: modeSubmodule, 0: modeSubmodule,
	} {
		if got := canonicalMode(mode); got != want {
			t.Errorf("mode %o: got %o, want %o", mode, got, want)
		}
	}
}

func TestTheTreeCacheKeepsWhatAComparisonStillUses(t *testing.T) {
	content := map[Hash]string{}
	id := func(i int) Hash { return Hash{byte(i), byte(i >> 8), 1} }
	const size, count = treeSegmentBytes / 3, 3 * treeSegments * 3
	for i := range count {
		content[id(i)] = strings.Repeat(string(rune('a'+i%26)), size)
	}
	cache := newTreeCache(treesInMemory{content: content})
	for range 2 {
		cache.begin()
		held := map[int][]byte{}
		for i := range count { // many times what the cache holds, in one comparison
			tree, err := cache.read(id(i))
			if err != nil {
				t.Fatal(err)
			}
			held[i] = tree
		}
		for i, tree := range held {
			if string(tree) != content[id(i)] {
				t.Fatalf("tree %d was overwritten while it was in use", i)
			}
		}
	}
}

func FuzzTreeDiff(f *testing.F) {
	id := plumbing.NewHash("4b825dc642cb6eb9a060e54bf8d69288fbee4904")
	f.Add([]byte(gittest.TreeEntry("100644", "a", id)), []byte(gittest.TreeEntry("40000", "a", Hash{1})))
	f.Add([]byte(gittest.TreeEntry("100644", "a", id)+gittest.TreeEntry("100644", "a", id)), []byte("40000 "))
	f.Add([]byte("1"), []byte(""))
	f.Fuzz(func(t *testing.T, before, after []byte) {
		d := newTreeDiff(map[Hash]string{{1}: string(before), {2}: string(after)})
		if err := d.compare(Hash{1}, Hash{2}); err != nil {
			return
		}
		for _, change := range d.changes {
			if change.action == sources.Added && change.newMode == 0 || change.action == sources.Deleted && change.oldMode == 0 {
				t.Errorf("change without a mode: %+v", change)
			}
		}
	})
}
