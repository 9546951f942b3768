package objects

import (
	"os/exec"
	"testing"

	gogit "github.com/go-git/go-git/v5"
)

// BenchmarkReadPacked reads every object of a packed history once, newest first as a walk does. Our own
// readers begin each round with nothing kept; go-git's cache cannot be emptied, and it holds all of so
// small a repository, so its figure is a lower bound.
func BenchmarkReadPacked(b *testing.B) {
	r := newRepository(b).grow(150)
	if _, err := exec.LookPath("git"); err == nil {
		r.git("repack", "-adfq") // with deltas by position, which go-git does not write
	} else {
		must(b, r.gogit.RepackObjects(&gogit.RepackConfig{}))
	}
	ids := r.ids()
	for _, way := range []struct {
		name string
		open func() Database
	}{
		{"mapped", func() Database { return open(b, r.objects(), trusting) }},
		{"in pieces", func() Database { return open(b, r.objects(), func(o *Options) { o.Verify, o.NoMapping = false, true }) }},
		{"verified", func() Database { return open(b, r.objects(), nil) }},
		{"go-git with a warm cache", func() Database { return OpenGoGit(goGitStorage(r.objects())) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			reader := way.open().Reader()
			read := 0
			b.ReportAllocs()
			for b.Loop() {
				if own, ok := reader.(*packReader); ok {
					own.unpacker.cache.current += segmentCount // forget what is kept
				}
				for _, id := range ids {
					_, content, err := reader.Read(id, 0)
					must(b, err)
					read += len(content)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(ids)), "ns/object")
			b.SetBytes(int64(read / b.N))
		})
	}
}

// BenchmarkFind looks names up in an index of a hundred thousand.
func BenchmarkFind(b *testing.B) {
	h := newHandmade(b)
	state := uint64(1)
	for range 100_000 {
		var id Hash
		for i := range id {
			state = state*6364136223846793005 + 1442695040888963407
			id[i] = byte(state >> 56)
		}
		h.raw(id, []byte{0})
	}
	h.finish()
	data := h.index()
	x, err := openIndex(&contents{path: "benchmark", data: data, size: int64(len(data))}, false)
	must(b, err)
	n := 0
	for b.Loop() {
		if _, ok := x.find(&h.names[n]); !ok {
			b.Fatal("not found")
		}
		if n++; n == len(h.names) {
			n = 0
		}
	}
}
