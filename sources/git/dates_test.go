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
		{"the last before a single one: one of both is wrong", []int64{100, 200, 300, 250}, 3},
		{"one in the middle long after all others", []int64{100, 900, 200, 300}, 3},
		{"one in the middle long after, and the last long before", []int64{100, 900, 200, 300, 0}, 3},
		{"the only one", []int64{0}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := &History{}
			for i, date := range test.dates {
				commit := Commit{Hash: Hash{byte(i + 1)}, CommitTime: date * day}
				if i > 0 {
					commit.Parents = []uint32{uint32(i - 1)}
				}
				h.Commits = append(h.Commits, commit)
			}
			h.Head = h.Commits[len(h.Commits)-1].Hash
			if got := h.Newest(); got != test.want {
				t.Errorf("dates %v: the history ends with commit %d, want %d", test.dates, got, test.want)
			}
		})
	}
}

func TestClocksOfWhoIsMergedDoNotDecide(t *testing.T) {
	const day = 24 * 60 * 60
	h := &History{Commits: []Commit{
		{Hash: Hash{1}, CommitTime: 100 * day},
		{Hash: Hash{2}, CommitTime: 200 * day, Parents: []uint32{0}},
		{Hash: Hash{3}, CommitTime: 900 * day, Parents: []uint32{1}},
		{Hash: Hash{4}, CommitTime: 901 * day, Parents: []uint32{2}},
		{Hash: Hash{5}, CommitTime: 201 * day, Parents: []uint32{1, 3}},
	}, Head: Hash{5}}
	if got := h.Newest(); got != 4 {
		t.Errorf("the history ends with commit %d, want the merge, 4", got)
	}
}
