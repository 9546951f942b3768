// Package accuracy says how much of what was planted in a made-up organisation an assessment finds, and how much it
// says that was not. It compares facts in words, and knows nothing of how either side came to them.
package accuracy

import (
	"slices"

	"keyperson/analyzer"
	"keyperson/sources"
	"keyperson/sources/demo"
)

// Case is one made-up organisation: what is true of it, and what was made of it.
type Case struct {
	Truth      *demo.Truth
	Evidence   *sources.Evidence
	People     *sources.People
	Assessment *analyzer.Assessment // as of the end
	Progress   []*analyzer.Progress // quarter by quarter, the oldest first
}

// Score is how well one category was found. Recall is Hits/Planted, precision Hits/Found; both are 1 of nothing.
type Score struct {
	Category string
	Planted  int      // facts that are true
	Found    int      // facts that were stated
	Hits     int      // that are both
	Missed   []string // true and not stated
	Wrong    []string // stated and not true
}

// Recall is the share of what was planted that was found, in [0,1].
func (s *Score) Recall() float64 { return share(s.Hits, s.Planted) }

// Precision is the share of what was found that was planted, in [0,1].
func (s *Score) Precision() float64 { return share(s.Hits, s.Found) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// category is one sort of fact: a function that gives the facts planted and those found in the same words.
type category struct {
	name  string
	facts func(*Case) (planted, found []string)
}

// categories are all there are, in the order of reports. The first ones are what findings rest on.
var categories = []category{
	{"people joined", joins},
	{"programs", programs},
	{"mechanical commits", mechanicalCommits},
	{"system verdicts", verdicts},
	{"task quadrants", quadrants},
	{"task levels", levels},
	{"task holders", holders},
	{"task executions", executionCounts},
	{"task classes", classes},
	{"runbook maturity", maturities},
	{"runbook authors", runbookAuthors},
	{"review bumps", bumps},
	{"changes of level", levelChanges},
	{"causes of change", causes},
}

// Compare scores every category of one case.
func Compare(c *Case) []Score {
	scores := make([]Score, len(categories))
	for i, category := range categories {
		planted, found := category.facts(c)
		scores[i] = score(category.name, planted, found)
	}
	return scores
}

func score(name string, planted, found []string) Score {
	slices.Sort(planted)
	slices.Sort(found)
	planted, found = slices.Compact(planted), slices.Compact(found)
	s := Score{Category: name, Planted: len(planted), Found: len(found)}
	for _, fact := range planted {
		if _, ok := slices.BinarySearch(found, fact); ok {
			s.Hits++
		} else {
			s.Missed = append(s.Missed, fact)
		}
	}
	for _, fact := range found {
		if _, ok := slices.BinarySearch(planted, fact); !ok {
			s.Wrong = append(s.Wrong, fact)
		}
	}
	return s
}

// Add sums the scores of several cases, which have the same categories; all facts are kept.
func Add(total, more []Score) []Score {
	if total == nil {
		return more
	}
	for i := range total {
		t, m := &total[i], &more[i]
		t.Planted, t.Found, t.Hits = t.Planted+m.Planted, t.Found+m.Found, t.Hits+m.Hits
		t.Missed, t.Wrong = append(t.Missed, m.Missed...), append(t.Wrong, m.Wrong...)
	}
	return total
}

// Pool is the score of all categories together.
func Pool(scores []Score) Score {
	pooled := Score{Category: "all"}
	for i := range scores {
		pooled.Planted, pooled.Found, pooled.Hits = pooled.Planted+scores[i].Planted, pooled.Found+scores[i].Found, pooled.Hits+scores[i].Hits
	}
	return pooled
}
