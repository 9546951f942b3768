package git

import "sort"

// clockSkew is how far apart, in seconds, the clocks and time zones of people who work together may be: dates within it
// do not contradict each other.
const clockSkew = 24 * 60 * 60

// Newest returns the place in Commits of the commit whose date the history ends with. That is Head, unless Head's date
// contradicts the others: a commit cannot be older than those it was made from. Later ones that only a merge brought in
// do not count: the clock of whoever made them is wrong, not that of everyone who merged. Then the dates that are right
// are taken to be the longest run of them that does not decrease from parents to children, and the last of these commits
// is returned, Head where runs as long disagree. One date that is far too late or too early, wherever it is, does not
// decide.
func (h *History) Newest() int {
	head := len(h.Commits) - 1
	for i := range h.Commits {
		if h.Commits[i].Hash == h.Head {
			head = i
		}
	}
	at := h.Commits[head].CommitTime
	if h.latestOnLine(head) <= at+clockSkew {
		return head
	}
	if newest := h.endOfLongestRun(head); h.Commits[newest].CommitTime > at+clockSkew {
		return newest
	}
	return head
}

// latestOnLine is the latest date of a commit and its first parents.
func (h *History) latestOnLine(commit int) int64 {
	latest := h.Commits[commit].CommitTime
	for len(h.Commits[commit].Parents) > 0 {
		commit = int(h.Commits[commit].Parents[0])
		latest = max(latest, h.Commits[commit].CommitTime)
	}
	return latest
}

// endOfLongestRun finds the longest subsequence of Commits whose dates do not decrease (patience sorting), and returns
// the last commit of it; of several runs as long, that which ends with the head, else that which ends latest.
func (h *History) endOfLongestRun(head int) int {
	var ends []int64 // of the runs of each length, the smallest date that one ends with
	newest, longest := 0, 0
	for i := range h.Commits {
		at := h.Commits[i].CommitTime
		length := sort.Search(len(ends), func(k int) bool { return ends[k] > at })
		if length == len(ends) {
			ends = append(ends, at)
		} else {
			ends[length] = at
		}
		if length > longest || length == longest && (i == head || at >= h.Commits[newest].CommitTime) {
			newest, longest = i, length
		}
	}
	return newest
}
