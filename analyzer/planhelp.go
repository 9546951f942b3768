package analyzer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"keyperson/sources"
)

// addPlan fills in what becomes of the departure after a plan.
func (x *WhatIf) addPlan(c *carriedOut, d Departure) {
	plan := c.scorer.plan
	x.After = &AfterActions{AsOf: plan.AsOf, Until: plan.Until, Actions: c.actions}
	planned, _ := c.assessment(c.then)
	whole, _ := systemEffect(&c.a.Whole, &planned.Whole)
	x.Whole.addOutcome(&whole, NoNeed)
	for i := range x.Systems {
		s := &x.Systems[i]
		sameID := func(other System) bool { return other.ID == s.System }
		effect, _ := systemEffect(&c.a.Systems[slices.IndexFunc(c.a.Systems, sameID)], &planned.Systems[slices.IndexFunc(planned.Systems, sameID)])
		s.addOutcome(&effect, c.without(OfSystem, s.System))
	}
	for i := range x.Tasks {
		t := &x.Tasks[i]
		sameID := func(other Task) bool { return other.ID == t.Task }
		effect, _ := x.taskEffect(&c.a.Tasks[slices.IndexFunc(c.a.Tasks, sameID)], &planned.Tasks[slices.IndexFunc(planned.Tasks, sameID)])
		t.addOutcome(&effect, c.without(OfTask, t.Task))
	}
	if x.Risk != nil {
		everyone, work := c.assessment(c.work)
		x.After.Risk = work.atRisk(everyone, d.Attrition, cmp.Or(d.Simulations, DefaultSimulations))
	}
	x.After.findings(d.On)
}

// addOutcome takes over what becomes of a system after a plan. fails is what to say where that is no help.
func (s *SystemEffect) addOutcome(then *SystemEffect, fails PlanHelp) {
	s.Planned = &SystemOutcome{BusFactor: then.BusFactorAfter, Uncovered: then.UncoveredAfter, Verdict: then.VerdictAfter, FallsTo: then.FallsTo}
	s.Planned.Help = help(s.IsLost(), s.IsLost() && then.VerdictAfter != VerdictOrphaned, s.FallsTo >= 0, s.FallsTo >= 0 && then.FallsTo < 0,
		then.UncoveredAfter < s.UncoveredAfter-noticeable, fails)
}

// addOutcome takes over what becomes of a task after a plan. fails is what to say where that is no help.
func (t *TaskEffect) addOutcome(then *TaskEffect, fails PlanHelp) {
	t.Planned = &TaskOutcome{Risk: then.RiskAfter, Stops: then.Stops, FallsTo: then.FallsTo}
	t.Planned.Help = help(t.IsLost(), t.IsLost() && then.RiskAfter < stopsAt, t.FallsTo >= 0, t.FallsTo >= 0 && then.FallsTo < 0 && then.RiskAfter < stopsAt,
		then.RiskAfter < t.RiskAfter-noticeable, fails)
}

// help weighs what would be without a plan against what is with it.
func help(isLost, isSaved, falls, isShared, isLess bool, fails PlanHelp) PlanHelp {
	switch {
	case isSaved:
		return Saves
	case isLost:
		return fails
	case isShared:
		return Shares
	case falls:
		return fails
	case isLess:
		return Helps
	}
	return NoNeed
}

// without says what to call it where a subject is lost in spite of the plan.
func (c *carriedOut) without(subject Subject, id string) PlanHelp {
	fails := NotPlanned
	for i := range c.actions {
		switch action := &c.actions[i]; {
		case action.Action.Subject != subject || action.Action.Of != id:
		case action.State == ActionLeftOut, action.State == ActionTeachesLeaver:
			fails = NoUse
		default:
			return NotEnough
		}
	}
	return fails
}

// findings say what of a plan does not count, and what of it does not help; on is when they leave, zero where that was not said.
func (a *AfterActions) findings(on time.Time) {
	leftOut, useless := a.named(ActionLeftOut), a.named(ActionTeachesLeaver)
	if len(leftOut) > 0 {
		a.Findings = append(a.Findings, sources.Finding{
			Code: "plan-actions-left-out", Count: len(leftOut),
			Message: fmt.Sprintf("%s of the plan left out, since they cannot be carried out as written: %s", count(len(leftOut), "action"), someOf(leftOut)),
			Advice:  "Make a new plan with keyperson plan --save.",
		})
	}
	if len(useless) > 0 {
		a.Findings = append(a.Findings, sources.Finding{
			Code: "plan-teaches-leaver", Count: len(useless),
			Message: fmt.Sprintf("%s of the plan would teach somebody who leaves, helping nothing here: %s", count(len(useless), "action"), someOf(useless)),
			Advice:  "Let somebody who stays learn it.",
		})
	}
	if !on.IsZero() && on.Before(a.Until) {
		a.Findings = append(a.Findings, sources.Finding{
			Code: "plan-ends-after-departure",
			Message: fmt.Sprintf("They leave on %s, and the plan is to be done by %s: what comes after their last day is counted all the same",
				dayOf(on), dayOf(a.Until)),
			Advice: "Plan for the time that is left, with keyperson plan --horizon.",
		})
	}
}

// named lists the actions in a state, with the reason of each.
func (a *AfterActions) named(state ActionState) []string {
	var named []string
	for i := range a.Actions {
		if p := &a.Actions[i]; p.State == state {
			named = append(named, fmt.Sprintf("%d. %s, %s (%s)", i+1, p.Action.Name, p.Action.Kind, p.Reason))
		}
	}
	return named
}

// someOf writes a list of which a reader sees no more than the first few.
func someOf(texts []string) string {
	const shown = 5
	if len(texts) <= shown {
		return strings.Join(texts, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(texts[:shown], "; "), len(texts)-shown)
}
