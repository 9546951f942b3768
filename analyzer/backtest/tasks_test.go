package backtest

import (
	"fmt"
	"math"
	"testing"

	"keyperson/sources"
)

func namedPeople(names ...string) *sources.People {
	people := &sources.People{}
	for _, name := range names {
		people.Persons = append(people.Persons, sources.Person{ID: name, Name: name})
	}
	return people
}

func TestATicketIsRankedByWhatWasDoneBeforeItWasOpened(t *testing.T) {
	const ada, bo, cy = 0, 1, 2
	day := func(n int64) int64 { return unix("2024-01-01") + n*secondsPerDay }
	known := &deeds{ofKind: map[int]map[uint32]*deed{}, ofAny: map[uint32]*deed{}}
	// Ada did kind 0 three times long ago, Bo once lately, Cy only another kind, yesterday.
	for i, x := range []Execution{
		{Kind: 0, Person: ada, Done: day(0)},
		{Kind: 0, Person: ada, Done: day(1)},
		{Kind: 0, Person: ada, Done: day(2)},
		{Kind: 0, Person: bo, Done: day(300)},
		{Kind: 1, Person: cy, Done: day(309)},
	} {
		x.Reference = fmt.Sprint(i)
		known.add(&x)
	}
	r := &run{people: namedPeople("ada", "bo", "cy", "di"), options: DefaultOptions()}
	rankOf := func(person uint32) map[string]int {
		o := r.observeTask(&Execution{Kind: 0, Person: person, Opened: day(310)}, known, 0)
		ranks := map[string]int{}
		for i, name := range taskRankings {
			ranks[name] = o.ranks[i]
		}
		return ranks
	}
	// Practice with a half-life of 180 days, 310 days after: Ada 3·2^(−1.7) ≈ 0.91 less a little, Bo 2^(−10/180) ≈ 0.96.
	for person, want := range map[uint32]map[string]int{
		ada: {PracticePresence: 3, Practice: 2, LastExecutor: 2, MostExecutions: 1, Presence: 3},
		bo:  {PracticePresence: 1, Practice: 1, LastExecutor: 1, MostExecutions: 2, Presence: 2},
		cy:  {PracticePresence: 2, Practice: 0, LastExecutor: 0, MostExecutions: 0, Presence: 1},
	} {
		for name, rank := range want {
			if got := rankOf(person)[name]; got != rank {
				t.Errorf("%s by %s: rank %d, want %d", r.people.Persons[person].Name, name, got, rank)
			}
		}
	}
	if o := r.observeTask(&Execution{Kind: 0, Person: 3, Opened: day(310)}, known, 0); !o.isNewcomer {
		t.Error("Di did nothing before and is no newcomer")
	}
}

func TestWhatIsDoneAfterATicketWasOpenedSaysNothingOfIt(t *testing.T) {
	day := func(n int64) int64 { return unix("2024-01-01") + n*secondsPerDay }
	var executions []Execution
	for i := range int64(40) {
		// Every ticket is opened before the one before it is done, and takes ten days: those of the next person in turn.
		executions = append(executions, Execution{Kind: 0, Person: uint32(i % 2), Opened: day(200 * (i / 20) * 2), Done: day(200*(i/20)*2 + 10), Reference: fmt.Sprint(i)})
	}
	r := &run{people: namedPeople("ada", "bo"), options: DefaultOptions()}
	r.options.Executions = executions
	g := r.tasks()
	// Of the second twenty, opened at once, each is ranked by the first twenty alone: both did ten then. Ada comes
	// first by ID, so that one half is foreseen first and the other second: (1 + 1/2) / 2.
	if g.Works != 20 || math.Abs(g.Scores[0].MRR.Value-0.75) > 1e-12 {
		t.Errorf("%d works, MRR %v; want 20 and 0.75", g.Works, g.Scores[0].MRR.Value)
	}
	reversed := make([]Execution, len(executions))
	for i, x := range executions {
		reversed[len(executions)-1-i] = x
	}
	r.options.Executions = reversed
	if again := r.tasks(); again.Scores[0] != g.Scores[0] {
		t.Errorf("another order of the tickets gives %+v, not %+v", again.Scores[0], g.Scores[0])
	}
}
