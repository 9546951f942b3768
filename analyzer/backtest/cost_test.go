package backtest

import (
	"fmt"
	"math"
	"testing"

	"keyperson/analyzer/evidencetest"
	"keyperson/analyzer/graph"
)

func TestMatchedFilesAreWeighedAlike(t *testing.T) {
	like, unlike := stratum{0, 1, 2}, stratum{0, 3, 2}
	var fates []fate
	add := func(n int, f fate) {
		for i := range n {
			f.cluster = fmt.Sprint(len(fates), i)
			fates = append(fates, f)
		}
	}
	// In one stratum 20 files whose author left, 5 touched, 4 of them by someone new; and 40 shared ones, 20 touched,
	// 10 of them by someone new. In the other 30 and 10, all of those shared touched.
	add(4, fate{stratum: like, isLeft: true, touched: true, byNew: true})
	add(1, fate{stratum: like, isLeft: true, touched: true})
	add(15, fate{stratum: like, isLeft: true})
	add(10, fate{stratum: like, touched: true, byNew: true})
	add(10, fate{stratum: like, touched: true})
	add(20, fate{stratum: like})
	add(30, fate{stratum: unlike, isLeft: true})
	add(10, fate{stratum: unlike, touched: true})
	add(9, fate{stratum: stratum{1, 1, 1}, touched: true}) // no match
	r := &run{options: DefaultOptions()}
	c := r.compareFates(fates)
	if !c.Enough || c.Left.Files != 50 || c.Shared.Files != 50 || c.Dates != 1 {
		t.Fatalf("%+v", c)
	}
	// Left: 5 of 50. Shared, weighed to the left ones: (20·(20/40) + 10·(30/10)) / 50 = (10 + 30) / 50.
	// By someone new: left 4 of 5; shared 10·(20/40) / 40.
	for name, pair := range map[string][2]float64{
		"left touched":   {c.Left.Touched.Value, 0.1},
		"shared touched": {c.Shared.Touched.Value, 0.8},
		"ratio":          {c.TouchRatio.Value, 0.125},
		"left by new":    {c.Left.ByNewcomers.Value, 0.8},
		"shared by new":  {c.Shared.ByNewcomers.Value, 0.125},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-12 {
			t.Errorf("%s: %v, want %v", name, pair[0], pair[1])
		}
	}
}

func TestAFileWhoseOnlyActiveAuthorLeftIsToldFromOneThatOthersKnow(t *testing.T) {
	// Looked from 2024-06-01, the activity window begins on 2023-12-04, the year before it on 2022-12-04.
	story := evidencetest.New().
		On("2020-01-01").By("Old").Commit("A left.go", "A shared.go", "A one.go", "A never.go").
		On("2023-06-01").By("Ada").Commit("M left.go", "M shared.go").
		On("2024-05-01").By("Bo").Commit("M shared.go", "M one.go").
		On("2024-05-02").By("Cy").Commit("M shared.go").
		On("2024-09-01").By("Eve").Commit("M left.go").
		On("2025-06-02").By("Bo").Commit("M one.go").
		Tree("left.go", "shared.go", "one.go", "never.go")
	people := story.People()
	r := &run{
		evidence: story.Evidence, people: people, systems: story.Systems(), options: DefaultOptions(),
		reasons: make([]graph.Reason, len(story.Evidence.Events)),
	}
	fates := r.fates(0, &look{0, unix("2024-06-01")})
	if len(fates) != 2 {
		t.Fatalf("%d files of either kind, want left.go and shared.go: %+v", len(fates), fates)
	}
	for _, f := range fates {
		if f.isLeft && (!f.touched || !f.byNew) {
			t.Errorf("left.go was touched by Eve, who is new to it: %+v", f)
		}
		if !f.isLeft && f.touched {
			t.Errorf("shared.go was not touched: %+v", f)
		}
	}
}
