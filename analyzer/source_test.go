package analyzer

import (
	"slices"
	"testing"
	"time"

	"keyperson/sources"
)

// As of 2026-06-30: a repository is stale after the activity window of 180 days, a tracker after 60.
func TestASourceIsStaleWhenItEndsLongBeforeTheDate(t *testing.T) {
	asOf := time.Date(2026, 6, 30, 12, 0, 0, 0, time.UTC)
	ago := func(days float64) int64 { return asOf.Unix() - int64(days*secondsPerDay) }
	e := &sources.Evidence{
		Repositories: []sources.Repository{{Label: "quiet"}, {Label: "dead"}, {Label: "merges"}},
		Events: []sources.Event{
			{Repository: 0, Recorded: ago(400)},
			{Repository: 0, Recorded: ago(180)},
			{Repository: 1, Recorded: ago(181), Time: ago(0)}, // the clock of its author is no proof
		},
		Trackers: []sources.Tracker{{Label: "desk", Tickets: 1, Newest: ago(60)}, {Label: "old", Tickets: 1, Newest: ago(61)}, {Label: "empty"}},
	}
	options := DefaultOptions(asOf)
	var stale []string
	for _, source := range SourcesOf(e, options) {
		if source.Stale {
			stale = append(stale, source.Label)
		}
	}
	if want := []string{"dead", "old", "empty"}; !slices.Equal(stale, want) {
		t.Errorf("got %v, want %v", stale, want)
	}
	var got []string
	for _, finding := range StaleSources(e, options) {
		got = append(got, finding.Repository+" "+finding.Message)
	}
	want := []string{
		"dead the newest commit is of 2025-12-31, 181 days before the date looked from",
		" old: the newest event on a ticket is of 2026-04-30, 61 days before the date looked from",
		" empty: no ticket had been created by 2026-06-30",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsNoRiskIsClearOnlyWhereItCouldBeOne(t *testing.T) {
	for name, test := range map[string]struct {
		system  System
		task    Task
		unclear []string // of the system and the task
		judged  []bool
	}{
		"enough evidence, read to its end": {
			System{Verdict: VerdictShared, Files: 3, Sources: []int{0}},
			Task{Enough: true, Sources: []int{2}},
			[]string{"", ""},
			[]bool{true, true},
		},
		"no work arrives any more": {
			System{Verdict: VerdictDormant, Files: 3, Sources: []int{0}},
			Task{Enough: true, Dormant: true, Sources: []int{2}},
			[]string{"", ""},
			[]bool{false, false},
		},
		"no work is read any more": {
			System{Verdict: VerdictDormant, Files: 3, Sources: []int{0, 1}},
			Task{Enough: true, Dormant: true, Sources: []int{3}},
			[]string{"", "old" + endsEarly},
			[]bool{false, false},
		},
		"a verdict from work of before the tickets end": {
			System{Verdict: VerdictShared, Files: 3, Sources: []int{0, 1}},
			Task{Enough: true, Sources: []int{2, 3}},
			[]string{"", "old" + endsEarly},
			[]bool{true, true},
		},
		"too little left": {
			System{Verdict: VerdictThin, Files: 3, Sources: []int{0}},
			Task{Sources: []int{4}},
			[]string{tooLittleLeft, tooLittleLeft},
			[]bool{false, false},
		},
		"done too seldom in a whole year": {
			System{Verdict: VerdictShared, Files: 3, Sources: []int{0}},
			Task{Sources: []int{2}},
			[]string{"", ""},
			[]bool{true, false},
		},
		"no file left": {
			System{Verdict: VerdictThin},
			Task{Enough: true, Sources: []int{2}},
			[]string{"", ""},
			[]bool{false, true},
		},
	} {
		t.Run(name, func(t *testing.T) {
			a := &Assessment{
				Sources: []Source{{Label: "shop"}, {Label: "dead", Stale: true}, {Label: "desk", IsTracker: true}, {Label: "old", IsTracker: true, Stale: true}, {Label: "young", IsTracker: true, Short: true}},
				Systems: []System{test.system}, Tasks: []Task{test.task},
			}
			for i, r := range Riskables(a) {
				if r.Unclear != test.unclear[i] || r.Judged != test.judged[i] {
					t.Errorf("%s: got judged %v, unclear %q; want %v, %q", r.Subject, r.Judged, r.Unclear, test.judged[i], test.unclear[i])
				}
			}
		})
	}
}
