package analyzer

import (
	"cmp"
	"math"
	"slices"
)

// compare fills in the effects.
func (x *WhatIf) compare(before, after *Assessment) {
	x.Whole, _ = systemEffect(&before.Whole, &after.Whole)
	for i := range before.Systems {
		j := slices.IndexFunc(after.Systems, func(s System) bool { return s.ID == before.Systems[i].ID })
		if effect, hasAny := systemEffect(&before.Systems[i], &after.Systems[j]); hasAny {
			effect.Holder = x.holderOf(&before.Systems[i])
			x.Systems = append(x.Systems, effect)
		}
	}
	slices.SortStableFunc(x.Systems, func(a, b SystemEffect) int {
		lost := func(s SystemEffect) float64 { return (s.UncoveredAfter - s.UncoveredBefore) * float64(s.RecentCommits) }
		return cmp.Or(cmp.Compare(a.VerdictAfter.rank(), b.VerdictAfter.rank()), cmp.Compare(lost(b), lost(a)), cmp.Compare(a.System, b.System))
	})
	years := x.On.Sub(x.AsOf).Hours() / 24 / 365
	for i := range before.Tasks {
		if effect, hasAny := x.taskEffect(&before.Tasks[i], &after.Tasks[i]); hasAny {
			effect.Chances = float64(before.Tasks[i].Recent) * years
			x.Tasks = append(x.Tasks, effect)
			if effect.Hours != nil {
				x.Hours = new(x.hours().plus(*effect.Hours))
			}
		}
	}
	slices.SortStableFunc(x.Tasks, func(a, b TaskEffect) int {
		if a.Stops != b.Stops {
			if a.Stops {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.RiskAfter-b.RiskBefore, a.RiskAfter-a.RiskBefore)
	})
}

// hours are those summed so far.
func (x *WhatIf) hours() Hours {
	if x.Hours == nil {
		return Hours{}
	}
	return *x.Hours
}

// noticeable is the change of a share that is one, and no rounding.
const noticeable = 1e-9

func systemEffect(before, after *System) (SystemEffect, bool) {
	x := SystemEffect{
		System: before.ID, BusFactorBefore: before.BusFactor, BusFactorAfter: after.BusFactor, UncoveredBefore: before.UncoveredNow,
		UncoveredAfter: after.UncoveredNow, VerdictBefore: before.Verdict, VerdictAfter: after.Verdict, RecentCommits: before.RecentCommits, FallsTo: -1, Holder: -1,
	}
	if after.isHeldAlone() && (!before.isHeldAlone() || before.TopPerson != after.TopPerson) {
		x.FallsTo = after.TopPerson
	}
	hasAny := x.FallsTo >= 0 || before.BusFactor.Value != after.BusFactor.Value || before.Verdict != after.Verdict ||
		math.Abs(after.UncoveredNow-before.UncoveredNow) > noticeable
	return x, hasAny
}

// holderOf is the one of those who leave without whom most of a system is uncovered.
func (x *WhatIf) holderOf(s *System) int {
	if slices.Contains(x.Leaving, s.TopPerson) {
		return s.TopPerson
	}
	for i := range s.KeyPeople {
		if slices.Contains(x.Leaving, s.KeyPeople[i].Person) {
			return s.KeyPeople[i].Person
		}
	}
	return -1
}

// isHeldAlone says whether one absence makes most of a system uncovered that is covered now.
func (s *System) isHeldAlone() bool {
	return s.Verdict.isJudged() && s.BusFactor.Value == 1 && s.TopPerson >= 0 && s.UncoveredWithoutTop >= 2*s.UncoveredNow
}

func (x *WhatIf) taskEffect(before, after *Task) (TaskEffect, bool) {
	if !before.Enough || before.Dormant {
		return TaskEffect{}, false
	}
	e := TaskEffect{
		Task: before.ID, Name: before.Name, System: before.System, Executions: before.Executions, RiskBefore: before.RiskNow, RiskAfter: after.RiskNow,
		Stops: before.RiskNow < stopsAt && after.RiskNow >= stopsAt, FallsTo: -1, LosesMain: slices.Contains(x.Leaving, before.TopPerson), Holder: -1,
	}
	if e.LosesMain {
		e.Holder = before.TopPerson
	}
	if after.StopsWithout && (!before.StopsWithout || before.TopPerson != after.TopPerson) {
		e.FallsTo = after.TopPerson
	}
	if of := before.hoursOf(); e.LosesMain && of != nil {
		e.Hours = new(of.times(float64(before.Recent)))
	}
	return e, e.FallsTo >= 0 || math.Abs(e.RiskAfter-e.RiskBefore) > noticeable
}

// orphans are the runbooks of which someone who leaves is the last active author.
func (w *work) orphans(before *Assessment, leaving []int) []string {
	var orphans []string
	for i := range before.Runbooks {
		r := &before.Runbooks[i]
		loses := false
		remains := slices.ContainsFunc(r.Authors, func(author int) bool {
			isLeaving := slices.Contains(leaving, author)
			loses = loses || isLeaving && w.roster.listed[author].Active
			return !isLeaving && w.roster.listed[author].Active
		})
		if loses && !remains {
			orphans = append(orphans, r.Repository+":"+r.Path)
		}
	}
	slices.Sort(orphans)
	return orphans
}
