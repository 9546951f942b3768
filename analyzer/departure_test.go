package analyzer

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keyperson/analyzer/evidencetest"
)

func depart(t interface{ Fatal(...any) }, s *evidencetest.Story, asOf string, d Departure) *WhatIf {
	x, err := Depart(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date(asOf)), d)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// twoHolders is a system that Ann and Bo know, one that Ann alone knows, and a task of each kind.
func twoHolders() *evidencetest.Story {
	s := evidencetest.New()
	for _, name := range []string{"Ann", "Bo"} {
		busy(s, name, "pay/card.go", "2024-11-01", 6)
		busy(s, name, "pay/cash.go", "2024-11-10", 6)
	}
	busy(s, "Ann", "web/page.go", "2024-11-01", 12)
	busy(s, "Cy", "doc/tool.go", "2024-11-20", 12)
	every(s, 30, "2023-12-01", 14, "Renew certificate of web-%d", "Ann")
	every(s, 7, "2024-06-01", 30, "Restore backup %d", "Ann", "Bo")
	return s.Tree("pay/card.go", "pay/cash.go", "web/page.go", "doc/tool.go")
}

func TestADepartureUncoversWhatOnlyOneKnewAndLeavesTheSharedToTheOther(t *testing.T) {
	x := depart(t, twoHolders(), "2024-12-31", Departure{Leave: []string{"Ann"}})
	effects := map[string]string{}
	for _, s := range x.Systems {
		to := "nobody"
		if s.FallsTo >= 0 {
			to = x.People[s.FallsTo].Name
		}
		effects[s.System] = fmt.Sprintf("%s to %s, uncovered %.0f to %.0f, falls to %s", s.VerdictBefore, s.VerdictAfter, 100*s.UncoveredBefore, 100*s.UncoveredAfter, to)
	}
	want := map[string]string{
		"pay": "two-people to one-person, uncovered 0 to 0, falls to Bo",
		"web": "one-person to orphaned, uncovered 0 to 100, falls to nobody",
	}
	if diff := cmp.Diff(want, effects); diff != "" {
		t.Errorf("effects of Ann's leaving (-want +got):\n%s", diff)
	}
	if len(x.Tasks) != 2 || x.Tasks[0].Name != "renew certificate of *" || !x.Tasks[0].Stops || !x.Tasks[0].LosesMain {
		t.Fatalf("tasks: got %+v, want the certificates first, stopped", x.Tasks)
	}
	if backup := x.Tasks[1]; backup.Stops || backup.FallsTo < 0 || x.People[backup.FallsTo].Name != "Bo" {
		t.Errorf("backups: got %+v, want them to fall to Bo", backup)
	}
}

// Every single and every pair of people on small random histories: the departure equals an assessment that was told that
// they have left.
func TestADepartureEqualsAnAssessmentWithoutThosePeople(t *testing.T) {
	names := []string{"Ann", "Bo", "Cy", "Di"}
	rapid.Check(t, func(t *rapid.T) {
		s := evidencetest.New()
		paths := []string{"a/1.go", "a/2.go", "a/3.go", "b/1.go", "b/2.go"}
		for range rapid.IntRange(10, 40).Draw(t, "commits") {
			s.By(rapid.SampledFrom(names).Draw(t, "author")).On(date("2024-05-01").AddDate(0, 0, rapid.IntRange(0, 230).Draw(t, "day")).Format("2006-01-02"))
			s.Commit("M " + rapid.SampledFrom(paths).Draw(t, "path"))
		}
		every(s, 20, "2024-01-01", 17, "Restore backup %d", rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "doers")...)
		s.Tree(paths...)
		people, systems := s.People(), s.TicketsIn(s.Systems())
		options := DefaultOptions(date("2024-12-31"))
		options.Resamples = 0
		for i := range people.Persons {
			for j := i; j < len(people.Persons); j++ {
				leave := []string{people.Persons[i].ID, people.Persons[j].ID}
				x, err := Depart(s.Evidence, people, systems, options, Departure{Leave: leave})
				if err != nil {
					t.Fatal(err)
				}
				before, err := Assess(s.Evidence, people, systems, options)
				if err != nil {
					t.Fatal(err)
				}
				left := options
				left.Left = leave
				after, err := Assess(s.Evidence, people, systems, left)
				if err != nil {
					t.Fatal(err)
				}
				compareDeparture(t, leave, x, before, after)
			}
		}
	})
}

func compareDeparture(t *rapid.T, leave []string, x *WhatIf, before, after *Assessment) {
	t.Helper()
	for i := range before.Systems {
		was := &before.Systems[i]
		got := SystemEffect{
			BusFactorAfter: was.BusFactor, UncoveredAfter: was.UncoveredNow, VerdictAfter: was.Verdict, FallsTo: -1,
		}
		if at := slices.IndexFunc(x.Systems, func(s SystemEffect) bool { return s.System == was.ID }); at >= 0 {
			got = x.Systems[at]
		}
		want := systemNamed(after, was.ID)
		if got.BusFactorAfter != want.BusFactor || math.Abs(got.UncoveredAfter-want.UncoveredNow) > 1e-12 || got.VerdictAfter != want.Verdict {
			t.Fatalf("%s without %v: got %+v, want %+v, %v, %s", was.ID, leave, got, want.BusFactor, want.UncoveredNow, want.Verdict)
		}
		if got.FallsTo >= 0 && x.People[got.FallsTo].ID != after.People[want.TopPerson].ID {
			t.Fatalf("%s without %v falls to %s, want %s", was.ID, leave, x.People[got.FallsTo].ID, after.People[want.TopPerson].ID)
		}
	}
	for i := range before.Tasks {
		was := &before.Tasks[i]
		got := TaskEffect{RiskAfter: was.RiskNow, FallsTo: -1}
		if at := slices.IndexFunc(x.Tasks, func(e TaskEffect) bool { return e.Task == was.ID }); at >= 0 {
			got = x.Tasks[at]
		}
		want := &after.Tasks[slices.IndexFunc(after.Tasks, func(task Task) bool { return task.ID == was.ID })]
		if math.Abs(got.RiskAfter-want.RiskNow) > 1e-9 {
			t.Fatalf("%s without %v: risk %v, want %v", was.ID, leave, got.RiskAfter, want.RiskNow)
		}
		if got.FallsTo >= 0 && (!want.StopsWithout || x.People[got.FallsTo].ID != after.People[want.TopPerson].ID) {
			t.Fatalf("%s without %v falls to %s, want %+v", was.ID, leave, x.People[got.FallsTo].ID, want)
		}
	}
}

func TestWhoComesBackCoversWhatTheyStillKnow(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/card.go", "2024-01-01", 12)
	busy(s, "Bo", "pay/cash.go", "2024-11-20", 12)
	s.Tree("pay/card.go", "pay/cash.go")
	x := depart(t, s, "2024-12-31", Departure{Join: []string{"Ann", "Newcomer"}})
	if len(x.Systems) != 1 || x.Systems[0].UncoveredBefore < 0.2 || x.Systems[0].UncoveredAfter != 0 {
		t.Fatalf("with Ann back: got %+v, want what she knows covered", x.Systems)
	}
	if x.Joining[0].Person < 0 || x.Joining[1].Person >= 0 {
		t.Errorf("joiners: got %+v, want Ann known and the newcomer not", x.Joining)
	}
}

func TestWhoMayBeMeantIsSaid(t *testing.T) {
	s := twoHolders()
	_, err := Depart(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-12-31")), Departure{Leave: []string{"Anna Example"}})
	var unknown *UnknownPersonError
	if !errors.As(err, &unknown) || !slices.Equal(unknown.Near, []string{"Ann <ann@example.org>"}) {
		t.Errorf("unknown person: got %v, want Ann near", err)
	}
}

// Ann alone covers 60 % of the change weight, Bo 40 %; each leaves with p = 0.2. Losses and their probabilities:
// 0 with 0.8² = 0.64, 40 % with 0.8·0.2 = 0.16, 60 % with 0.16, all with 0.04. So the mean is 0.2, the median 0; up to 60 %
// is reached in 0.96 of years, up to 40 % in 0.80: the 95th percentile is 60 %.
func TestKnowledgeAtRiskOfTwoPeopleIsTheExactDistribution(t *testing.T) {
	w := twoAlone(t, 0.6, 0.4)
	risk := w.atRisk(&Assessment{}, 0.2, 20_000)
	if risk.People != 2 || math.Abs(risk.Files.Mean-0.2) > 1e-9 || risk.Files.Median != 0 || math.Abs(risk.Files.Percentile95-0.6) > 1e-9 {
		t.Errorf("got %+v, want mean 0.2, median 0, 95th percentile 0.6", risk)
	}
	// Of 20,000 years the share without loss has a standard deviation of √(0.64·0.36/20000) = 0.0034; quantiles stand 5 % apart:
	// those at 0.60 and below are 0, and at 0.70 and 0.75 they are 0.4.
	for q, want := range map[int]float64{12: 0, 14: 0.4, 15: 0.4, 17: 0.6, 18: 0.6, 20: 1} {
		if got := risk.Files.Quantiles[q]; math.Abs(got-want) > 1e-9 {
			t.Errorf("quantile %d %%: got %v, want %v", 5*q, got, want)
		}
	}
}

// Six sixths, added up, come to less than all.
func TestWhereEveryoneLeavesAllIsLost(t *testing.T) {
	w := twoAlone(t, 0.1, 0.7)
	a := &Assessment{}
	for range 6 {
		a.Tasks = append(a.Tasks, Task{Enough: true, Executors: []Executor{{Person: w.roster.index(0), Practice: 0.9}}})
	}
	risk := w.atRisk(a, 1, 7)
	for what, got := range map[string]Loss{"files": risk.Files, "tasks": risk.Tasks} {
		if got.Mean != 1 || got.Median != 1 || got.Low != 1 {
			t.Errorf("%s: got a mean loss of %v, a median of %v, want 1", what, got.Mean, got.Median)
		}
	}
}

// twoAlone is the work on two files of such weights, each covered by one person.
func twoAlone(t *testing.T, first, second float64) *work {
	t.Helper()
	s := evidencetest.New()
	busy(s, "Ann", "a/1.go", "2024-12-01", 3)
	busy(s, "Bo", "a/2.go", "2024-12-01", 3)
	s.Tree("a/1.go", "a/2.go")
	w, err := newWork(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	w.graph.Histories[0].ChangeWeight, w.graph.Histories[1].ChangeWeight = first, second
	return w
}
