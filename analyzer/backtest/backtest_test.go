package backtest

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/analyzer/graph"
	"keyperson/sources"
)

func unix(date string) int64 {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return t.Unix()
}

// nextBy lists "path: person" of the next works after a cut-off.
func nextBy(s *evidencetest.Story, people *sources.People, cutoff string) map[string]string {
	h := &history{evidence: s.Evidence, people: people, reasons: graph.Reasons(s.Evidence)}
	found := map[string]string{}
	for _, work := range h.at(unix(cutoff), 180*secondsPerDay).next {
		found[s.Evidence.Things[work.thing].Path] = people.Persons[work.person].Name
	}
	return found
}

func TestTheNextWorkIsTheFirstChangeByAPersonAfterTheCutoff(t *testing.T) {
	story := evidencetest.New().
		On("2024-01-01").By("Ada").Commit("A a.go", "A b.go", "A c.go", "A d.go", "A e.go", "A f.go").
		On("2024-02-10").By("Robot").Commit("M a.go").
		On("2024-02-11").By("Bo").Commit("M a.go", "* Cy").
		On("2024-02-12").By("Cy").Commit("M a.go").
		On("2024-02-13").By("Bo").Commit("R b.go moved.go"). // moving is no work on it …
		On("2024-02-14").By("Cy").Commit("M moved.go").      // … but it is followed
		On("2024-02-15").By("Cy").Commit("D c.go").
		On("2024-02-16").By("Bo").Commit("A new.go"). // did not exist
		On("2024-12-01").By("Bo").Commit("M d.go").   // beyond the horizon
		On("2024-02-17").By("Bo").Commit("M e.go")    // committed last, written earlier
	story.Evidence.Events[len(story.Evidence.Events)-1].Time = unix("2024-01-20")
	people := peopleOf(story)
	want := map[string]string{"a.go": "Bo", "b.go": "Cy"}
	if diff := cmp.Diff(want, nextBy(story, people, "2024-02-01")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestACommitTakenInAfterTheCutoffIsNotKnown(t *testing.T) {
	story := evidencetest.New().
		On("2024-01-01").By("Ada").Commit("A a.go").
		On("2024-02-17").By("Bo").Commit("M a.go").Tree("a.go")
	story.Evidence.Events[1].Time = unix("2024-01-20") // written before, taken in after
	h := &history{evidence: story.Evidence, people: story.People(), reasons: graph.Reasons(story.Evidence)}
	if got := len(h.at(unix("2024-02-01"), secondsPerDay).evidence.Events); got != 1 {
		t.Errorf("%d events are known, want 1", got)
	}
}

func TestFilesThatAreNotAssessedAreNotCompared(t *testing.T) {
	story := evidencetest.New().
		On("2024-01-01").By("Ada").Commit("A a.go", "A old.lock").
		On("2024-02-17").By("Bo").Commit("M a.go", "M old.lock").
		On("2024-02-18").By("Bo").Commit("R old.lock new.lock").Tree("a.go", "new.lock")
	story.Evidence.Files[1].Exclusion = sources.Generated
	if diff := cmp.Diff(map[string]string{"a.go": "Bo"}, nextBy(story, story.People(), "2024-02-01")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// team is a history in which Ada leaves half way and Bo takes over her files, one commit each.
func team() *evidencetest.Story {
	s := evidencetest.New().On("2023-01-02").By("Bo").Commit("A lib/z.go")
	var tree []string
	for i := range 30 {
		path := fmt.Sprintf("app/f%02d.go", i)
		tree = append(tree, path)
		s.On("2023-01-01").By("Ada").Commit("A " + path)
	}
	for week := range 40 {
		at := time.Date(2023, 2, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*week).Format(time.DateOnly)
		s.On(at).By("Bo").Commit("M lib/z.go").By("Di").Commit("M lib/z.go", "* Ada")
	}
	for i, path := range tree {
		s.On("2024-02-01").By([]string{"Bo", "Bo", "Eve"}[i%3]).Commit("M " + path)
	}
	return s.On("2024-08-01").By("Bo").Commit("M lib/z.go").Tree(append(tree, "lib/z.go")...)
}

func runTeam(t *testing.T, change func(*Options)) *Result {
	t.Helper()
	story := team()
	options := DefaultOptions()
	options.Cutoffs = []time.Time{time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)}
	if change != nil {
		change(&options)
	}
	result, err := Run(story.Evidence, story.People(), story.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestNewcomersAreMissesOfEveryRanking(t *testing.T) {
	result := runTeam(t, nil)
	pooled := result.Pooled
	// 30 files of Ada's are worked on next, 20 by Bo, 10 by Eve whom nobody had seen.
	if pooled.Works != 30 || math.Abs(pooled.Newcomers-1.0/3) > 1e-12 {
		t.Fatalf("%d works, newcomers %v; want 30 and 1/3", pooled.Works, pooled.Newcomers)
	}
	scores := map[string]Score{}
	for _, s := range pooled.Scores {
		scores[s.Ranking] = s
	}
	// Whoever looks at the file alone knows Ada only, who is not who does it.
	if got := scores[LastAuthor].MRR.Value; got != 0 {
		t.Errorf("last author: %v, want 0", got)
	}
	// The default ranks Bo and Di, who are about, and Ada, who was; two thirds is all that can be had.
	if got := scores[Default].Hit3.Value; math.Abs(got-2.0/3) > 1e-12 {
		t.Errorf("default: hit@3 %v, want 2/3", got)
	}
	if got, want := scores[LastAuthor].Behind.Value, scores[Default].MRR.Value; got != want {
		t.Errorf("last author is behind by %v, want %v", got, want)
	}
	for _, s := range pooled.Scores {
		if s.MRR.Low > s.MRR.Value || s.MRR.High < s.MRR.Value {
			t.Errorf("%s: %+v is not within its interval", s.Ranking, s.MRR)
		}
	}
}

func TestWordsOfAHandoverAreOfThoseWhoAreLeft(t *testing.T) {
	result := runTeam(t, nil)
	// All 30 files are Ada's, who did nothing any more. Bo and Di are left, equally present, and each has half of the scores: weak.
	// Bo did 20 of them; Eve, whom nobody had seen, did 10 and is a miss whoever is first.
	works := map[string]int{}
	for _, bin := range result.AfterLeaving {
		works[string(bin.Word)] = bin.Works
		if bin.Works > 0 && (bin.Hit1.Value < 0 || bin.Hit1.Value > 2.0/3+1e-12) {
			t.Errorf("%s: the first did it in %v, at most two thirds could be known", bin.Word, bin.Hit1.Value)
		}
	}
	if diff := cmp.Diff(map[string]int{"strong": 0, "likely": 0, "weak": 30}, works); diff != "" {
		t.Errorf("works (-want +got):\n%s", diff)
	}
	// Where the best-knowing person works on, there is nothing to hand over.
	story := team()
	story.On("2024-03-01").By("Ada").Commit("M lib/z.go")
	options := DefaultOptions()
	options.Cutoffs = []time.Time{time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)}
	result, err := Run(story.Evidence, story.People(), story.Systems(), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, bin := range result.AfterLeaving {
		if bin.Works > 0 {
			t.Errorf("%s: %d works, though Ada stays", bin.Word, bin.Works)
		}
	}
}

func TestTheNumberOfWorkersChangesNothing(t *testing.T) {
	one := runTeam(t, func(o *Options) { o.Workers = 1 })
	many := runTeam(t, func(o *Options) { o.Workers = 7 })
	if diff := cmp.Diff(one, many); diff != "" {
		t.Errorf("(-one +many):\n%s", diff)
	}
}

func TestASampleIsOfTheSizeAskedForAndAlwaysTheSame(t *testing.T) {
	small := func(o *Options) { o.MostWorks = 25 }
	first, second := runTeam(t, small), runTeam(t, small)
	if cell := first.Cells[0]; cell.Works != 30 || cell.Sampled != 25 {
		t.Errorf("%+v, want 25 of 30", cell)
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

func TestFewWorksSayNothing(t *testing.T) {
	result := runTeam(t, func(o *Options) { o.MostWorks = leastWorks - 1 })
	if len(result.Pooled.Scores) != 0 || result.Cells[0].Enough {
		t.Errorf("scores from %d works: %+v", result.Cells[0].Sampled, result.Pooled)
	}
}

func TestNothingNextIsAnError(t *testing.T) {
	story := evidencetest.New().On("2024-01-01").By("Ada").Commit("A a.go").Tree("a.go")
	if _, err := Run(story.Evidence, story.People(), story.Systems(), DefaultOptions()); !errors.Is(err, ErrNothingNext) {
		t.Errorf("error %v, want %v", err, ErrNothingNext)
	}
}

func TestTooLittleBeforeTheCutoffsIsNotFittedTo(t *testing.T) {
	story := team()
	options := DefaultOptions()
	options.Cutoffs, options.Fit = []time.Time{time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)}, true
	_, err := Run(story.Evidence, story.People(), story.Systems(), options)
	var tooFew *TooFewChoicesError
	if !errors.As(err, &tooFew) {
		t.Errorf("error %v, want a TooFewChoicesError", err)
	}
}

func TestPoissonNumbersHaveMeanAndVarianceOne(t *testing.T) {
	const n = 100_000
	sum, squares := 0.0, 0.0
	for _, k := range poissons("seed", n) {
		sum += float64(k)
		squares += float64(k) * float64(k)
	}
	mean := sum / n
	if variance := squares/n - mean*mean; math.Abs(mean-1) > 0.02 || math.Abs(variance-1) > 0.03 {
		t.Errorf("mean %v, variance %v", mean, variance)
	}
}
