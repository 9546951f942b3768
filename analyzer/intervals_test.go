package analyzer

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources/sealed"
)

// reloaded is what the next run knows.
func reloaded(t interface{ Fatal(...any) }, k *Intervals) *Intervals {
	next, err := DecodeIntervals(k.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func TestWhatWasDrawnBeforeIsNotDrawnAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		story := drawStory(t)
		assessed := func(kept *Intervals) *Assessment {
			return assess(t, story, "2024-06-30", func(o *Options) { o.Resamples, o.Intervals = 20, kept })
		}
		want, first := assessed(nil), &Intervals{}
		if diff := cmp.Diff(want, assessed(first), cmp.AllowUnexported(FileRisk{})); diff != "" || !first.HasNew() {
			t.Fatalf("the first run differs from one that keeps nothing, or found nothing new:\n%s", diff)
		}
		second := reloaded(t, first)
		if diff := cmp.Diff(want, assessed(second), cmp.AllowUnexported(FileRisk{})); diff != "" || second.HasNew() {
			t.Fatalf("the second run differs, or drew again:\n%s", diff)
		}
		if !bytes.Equal(first.Encode(), second.Encode()) {
			t.Fatal("two runs keep different bytes")
		}
	})
}

func TestWhatIntervalsFollowFromMakesThemAnew(t *testing.T) {
	story := func() *evidencetest.Story {
		s := evidencetest.New()
		for month := range 6 {
			s.On(fmt.Sprintf("2024-%02d-01", month+1)).By("Ada").Commit("M web/a.go", "M web/b.go").By("Bo").Commit("M web/b.go", "M ops/c.go")
		}
		return s.Tree("web/a.go", "web/b.go", "ops/c.go")
	}
	kept := &Intervals{}
	assess(t, story(), "2024-06-30", func(o *Options) { o.Intervals = kept })
	for name, other := range map[string]struct {
		story  *evidencetest.Story
		asOf   string
		change func(*Options)
	}{
		"one commit more":      {story().On("2024-06-02").By("Cy").Commit("M ops/c.go"), "2024-06-30", func(*Options) {}},
		"a later date":         {story(), "2024-07-30", func(*Options) {}},
		"more resamples":       {story(), "2024-06-30", func(o *Options) { o.Resamples++ }},
		"another share":        {story(), "2024-06-30", func(o *Options) { o.CoverShare = 0.6 }},
		"another half-life":    {story(), "2024-06-30", func(o *Options) { o.HalfLifeDays = 300 }},
		"somebody left":        {story(), "2024-06-30", func(o *Options) { o.Left = []string{"Bo"} }},
		"one system alone":     {story(), "2024-06-30", func(o *Options) { o.System = "ops" }},
		"evidence left out":    {story(), "2024-06-30", func(o *Options) { since := date("2024-02-01"); o.Since = &since }},
		"nobody active before": {story(), "2024-06-30", func(o *Options) { o.ActivityWindowDays = 1 }},
	} {
		before := reloaded(t, kept)
		want := assess(t, other.story, other.asOf, other.change)
		got := assess(t, other.story, other.asOf, func(o *Options) { other.change(o); o.Intervals = before })
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(FileRisk{})); diff != "" || !before.HasNew() {
			t.Errorf("%s: was not drawn anew, or differs from what is without keeping:\n%s", name, diff)
		}
	}
}

// When this fails because draws or the bounds of their bus factors were changed on purpose, raise the number in
// intervalsMagic, so that nothing drawn the old way is used, and put the new numbers here.
func TestWhatIsDrawnChangesOnlyWithTheVersion(t *testing.T) {
	s := evidencetest.New()
	people := []string{"Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida"}
	var paths []string
	for i := range 40 {
		paths = append(paths, fmt.Sprintf("%s/%d.go", []string{"api", "batch", "mail", "web"}[i%4], i))
	}
	for i := range 400 {
		s.On(date("2024-01-01").AddDate(0, 0, i/3).Format(time.DateOnly)).By(people[i*i%31%len(people)])
		s.Commit("M "+paths[i%40], "M "+paths[(i*7+1)%40])
	}
	w, err := newWork(s.Tree(paths...).Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-06-30")))
	if err != nil {
		t.Fatal(err)
	}
	draw := newDraw(w.newResampling(append(w.graph.SystemFiles, w.allFiles())))
	got := []string{intervalsMagic}
	for number := range uint64(6) {
		got = append(got, fmt.Sprint(draw.busFactors(number)))
	}
	want := []string{
		"keyperson intervals 2\n",
		"[5 5 5 5 5]", "[4 4 5 5 5]", "[5 5 4 4 5]", "[5 5 5 4 5]", "[4 4 5 4 4]", "[4 5 5 5 5]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheNewestResamplingsAreKept(t *testing.T) {
	k := &Intervals{}
	for i := range mostResamplings {
		k.add(inputsDigest{byte(i)}, []interval{{1, 2, 100}})
	}
	k = reloaded(t, k)
	k.find(inputsDigest{5}, 1)
	k.add(inputsDigest{200}, []interval{{0, 0, 100}, {3, 4, 99}})
	k = reloaded(t, k)
	if len(k.known) != mostResamplings {
		t.Errorf("got %d, want %d", len(k.known), mostResamplings)
	}
	if _, ok := k.find(inputsDigest{5}, 1); !ok {
		t.Error("one that was used is gone")
	}
	if got, ok := k.find(inputsDigest{200}, 2); !ok || got[1] != (interval{3, 4, 99}) {
		t.Errorf("the newest: got %v, %v", got, ok)
	}
	if _, ok := k.find(inputsDigest{mostResamplings - 1}, 1); ok {
		t.Error("the one longest unused is still there")
	}
}

func TestDamagedIntervalsAreRefused(t *testing.T) {
	k := &Intervals{}
	k.add(inputsDigest{1}, []interval{{1, 2, 100}, {0, 1, 100}})
	whole := k.Encode()
	for length := range whole {
		if _, err := DecodeIntervals(whole[:length]); err == nil {
			t.Errorf("cut off at %d of %d: got no error", length, len(whole))
		}
	}
	for i := range whole {
		damaged := bytes.Clone(whole)
		damaged[i] ^= 0x41
		if _, err := DecodeIntervals(damaged); err == nil {
			t.Errorf("with byte %d changed: got no error", i)
		}
	}
	body := whole[:len(whole)-sealed.ChecksumSize]
	sets := len(intervalsMagic) + len(inputsDigest{})
	for name, forge := range map[string]func([]byte) []byte{
		"more sets than there are": func(b []byte) []byte { b[sets+3] = 0x7f; return b },
		"a number below zero":      func(b []byte) []byte { b[sets+7] = 0x80; return b },
		"a digest alone":           func(b []byte) []byte { return b[:sets] },
	} {
		forged := forge(bytes.Clone(body))
		if _, err := DecodeIntervals(sealed.Seal(forged)); err == nil {
			t.Errorf("%s, rightly sealed: got no error", name)
		}
	}
}

func FuzzDecodeIntervals(f *testing.F) {
	k := &Intervals{}
	k.add(inputsDigest{1}, []interval{{1, 2, 100}, {0, 1, 100}})
	k.add(inputsDigest{2}, nil)
	f.Add(k.Encode())
	f.Add([]byte(intervalsMagic))
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := DecodeIntervals(data)
		if err != nil {
			return
		}
		again, err := DecodeIntervals(k.Encode())
		if err != nil || len(again.known) != min(len(k.known), mostResamplings) {
			t.Errorf("what was accepted is not read again: %v", err)
		}
	})
}
