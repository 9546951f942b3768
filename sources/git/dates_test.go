package git

import "testing"

func TestAHistoryEndsWithTheNewestDateThatAgreesWithTheOthers(t *testing.T) {
	const day = 24 * 60 * 60
	for _, test := range []struct {
		name  string
		dates []int64 // in days, parents first
		want  int     // the place of the commit
	}{
		{"in order", []int64{1, 2, 3, 4}, 3},
		{"the last within a day of another", []int64{1, 2, 4, 3}, 3},
		{"the last long before all others", []int64{100, 200, 300, 0}, 2},
		{"the last two long before all others", []int64{100, 200, 300, 0, 1}, 2},
		{"the last before a single one: one of both is wrong", []int64{100, 200, 300, 250}, 2},
		{"one in the middle long after all others", []int64{100, 900, 200, 300}, 3},
		{"one in the middle long after, and the last long before", []int64{100, 900, 200, 300, 0}, 3},
		{"the only one", []int64{0}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := &History{}
			for i, date := range test.dates {
				h.Commits = append(h.Commits, Commit{Hash: Hash{byte(i + 1)}, CommitTime: date * day})
			}
			h.Head = h.Commits[len(h.Commits)-1].Hash
			if got := h.Newest(); got != test.want {
				t.Errorf("dates %v: the history ends with commit %d, want %d", test.dates, got, test.want)
			}
		})
	}
}
