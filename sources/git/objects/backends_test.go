package objects

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	gogit "github.com/go-git/go-git/v5"
)

// answers is everything a reader says about an object.
func answers(t *testing.T, r Reader, id Hash) string {
	t.Helper()
	sizeKind, size, err := r.Size(id)
	must(t, err)
	kind, content, err := r.Read(id, 0)
	must(t, err)
	text := fmt.Sprintf("size: %v %d\nread: %v %q\n", sizeKind, size, kind, content)
	has, err := r.Has(id)
	must(t, err)
	if id[0]%8 != 0 { // go-git goes through everything to expand one
		return text + fmt.Sprintf("has: %v\n", has)
	}
	expanded, err := r.Expand(id.String()[:9])
	must(t, err)
	return text + fmt.Sprintf("has: %v\nexpanded: %v\n", has, expanded)
}

func TestBothBackendsGiveTheSameAnswers(t *testing.T) {
	shapes := []struct {
		name     string
		needsGit bool
		pack     func(*repository)
	}{
		{"loose objects", false, func(*repository) {}},
		{"packed by go-git", false, func(r *repository) {
			must(t, r.gogit.RepackObjects(&gogit.RepackConfig{}))
		}},
		{"packed by git with deep chains", true, func(r *repository) {
			r.git("repack", "-adfq", "--depth=250", "--window=50")
		}},
		{"deltas that name their base", true, func(r *repository) {
			r.git("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq", "--depth=60", "--window=50")
		}},
		{"several packs and loose objects", true, func(r *repository) {
			r.git("repack", "-dq")
			r.grow(10)
			r.git("repack", "-dq")
			r.grow(3)
		}},
		{"multi-pack-index, commit-graph and bitmap beside the packs", true, func(r *repository) {
			r.git("repack", "-adq", "--write-bitmap-index")
			r.grow(5)
			r.git("repack", "-dq")
			r.git("multi-pack-index", "write")
			r.git("commit-graph", "write", "--reachable")
		}},
	}
	for _, shape := range shapes {
		t.Run(shape.name, func(t *testing.T) {
			if shape.needsGit {
				needGit(t)
			}
			r := newRepository(t).grow(20)
			r.commit("empty", "", "large", strings.Repeat("0123456789abcdef", 20_000))
			shape.pack(r)
			want := OpenGoGit(goGitStorage(r.objects())).Reader()
			for _, way := range []struct {
				name   string
				change func(*Options)
			}{
				{"mapped", nil},
				{"in pieces", func(o *Options) { o.NoMapping = true }},
				{"cache smaller than most objects", func(o *Options) { o.CacheBytes = 1 }},
			} {
				got := open(t, r.objects(), way.change).Reader()
				for _, id := range r.ids() {
					if want, got := answers(t, want, id), answers(t, got, id); want != got {
						t.Fatalf("%s: object %s\nwant %.300s\ngot  %.300s", way.name, id, want, got)
					}
				}
			}
		})
	}
}

// go-git does not read this version, so its answers are those from before packing.
func TestAnIndexOfVersion1AnswersAsTheLooseObjectsDid(t *testing.T) {
	needGit(t)
	r := newRepository(t).grow(30)
	ids, want := r.ids(), map[Hash]string{}
	loose := open(t, r.objects(), nil).Reader()
	for _, id := range ids {
		want[id] = answers(t, loose, id)
	}
	r.git("-c", "pack.indexVersion=1", "repack", "-adfq")
	packed := open(t, r.objects(), nil).Reader()
	for _, id := range ids {
		if _, isPacked := packed.Position(id); !isPacked {
			t.Errorf("object %s: got no position in a pack", id)
		}
		if got := answers(t, packed, id); got != want[id] {
			t.Errorf("object %s\nwant %.300s\ngot  %.300s", id, want[id], got)
		}
	}
}

func TestReadersShareADatabase(t *testing.T) {
	r := newRepository(t).grow(30)
	must(t, r.gogit.RepackObjects(&gogit.RepackConfig{}))
	database, ids := open(t, r.objects(), nil), r.ids()
	problems := make(chan error, 4)
	for range cap(problems) {
		go func() {
			reader := database.Reader()
			for range 5 {
				for _, id := range ids {
					if _, _, err := reader.Read(id, 0); err != nil {
						problems <- err
						return
					}
				}
			}
			problems <- nil
		}()
	}
	for range cap(problems) {
		must(t, <-problems)
	}
}

func TestReadingPackedObjectsDoesNotAllocate(t *testing.T) {
	needGit(t)
	r := newRepository(t).grow(40)
	r.git("repack", "-adfq")
	ids := r.ids()
	database := open(t, r.objects(), func(o *Options) { o.Verify = false })
	reader := database.Reader()
	total := 0
	readAll := func() {
		for _, id := range ids {
			_, content, err := reader.Read(id, 0)
			must(t, err)
			total += len(content)
		}
	}
	readAll()
	reader.(*packReader).unpacker.cache.current += segmentCount // forget what is kept
	if count := testing.AllocsPerRun(3, readAll); count > float64(len(ids))/20 {
		t.Errorf("reading %d objects: got %v allocations, want none for most", len(ids), count)
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	r := newRepository(t).grow(2)
	absent := Hash(bytes.Repeat([]byte{0x5a}, 20))
	for name, database := range map[string]Database{
		"own":    open(t, r.objects(), nil),
		"go-git": OpenGoGit(goGitStorage(r.objects())),
	} {
		reader := database.Reader()
		_, _, err := reader.Read(absent, 0)
		wantError(t, name+": Read", err, ErrMissing, absent.String())
		_, _, err = reader.Size(absent)
		wantError(t, name+": Size", err, ErrMissing, absent.String())
		if has, err := reader.Has(absent); has || err != nil {
			t.Errorf("%s: Has: got %v, %v; want false", name, has, err)
		}
		if ids, err := reader.Expand(absent.String()[:8]); len(ids) > 0 || err != nil {
			t.Errorf("%s: Expand: got %v, %v; want none", name, ids, err)
		}
		for _, prefix := range []string{"", "abc", "xyzw", strings.Repeat("0", 41)} {
			_, err := reader.Expand(prefix)
			wantError(t, name+": Expand", err, ErrPrefix, prefix)
		}
		big := r.ids()[0]
		_, _, err = reader.Read(big, 1)
		wantError(t, name+": limit", err, ErrTooLarge, big.String())
		must(t, database.Close())
		_, _, err = reader.Read(big, 0)
		wantError(t, name+": closed", err, ErrClosed, "")
	}
}
