package analyzer

import (
	"time"

	"keyperson/sources"
)

// AfterActions is what becomes of a departure when the actions of a plan are carried out before it.
type AfterActions struct {
	AsOf, Until time.Time // of the plan
	Actions     []PlannedAction
	Risk        *KnowledgeAtRisk  // where WhatIf has one
	Findings    []sources.Finding // what of the plan does not count or does not help
}

// SystemOutcome is what becomes of a system when people leave after a plan was carried out.
type SystemOutcome struct {
	BusFactor BusFactor
	Uncovered float64 // change-weighted share of files, in [0,1]; never above that without the plan
	Verdict   Verdict
	FallsTo   int // who alone would hold it then and did not before, index into WhatIf.People; -1 for none
	Help      PlanHelp
}

// TaskOutcome is what becomes of a task when people leave after a plan was carried out.
type TaskOutcome struct {
	Risk    float64 // chance that nobody present can do it, in [0,1]; never above that without the plan
	Stops   bool    // Risk is at least 0.5 and was below before they left
	FallsTo int     // who alone would keep it going then and did not before, index into WhatIf.People; -1 for none
	Help    PlanHelp
}

// PlanHelp says what a plan does against one effect of a departure.
type PlanHelp string

// The kinds of help. Lost is a task that stops, or a system of which nobody active knows most.
const (
	Saves      PlanHelp = "saves it"   // it would be lost, and is not
	Shares     PlanHelp = "shares it"  // it would fall to one person alone, and does not
	Helps      PlanHelp = "helps"      // it would be neither, and less of it goes
	NotEnough  PlanHelp = "not enough" // it would be lost or fall to one person, and is or does all the same
	NoUse      PlanHelp = "no use"     // likewise, since what the plan does for it cannot be carried out, or teaches somebody who leaves
	NotPlanned PlanHelp = "not in it"  // likewise, since the plan has no action on it
	NoNeed     PlanHelp = ""           // little changes for it, with the plan and without
)

// Fails says whether something is lost or falls to one person in spite of the plan.
func (h PlanHelp) Fails() bool { return h == NotEnough || h == NoUse || h == NotPlanned }

// PlannedAction is an action of a plan, and whether it counts.
type PlannedAction struct {
	Action Action // its people are indices into WhatIf.People, -1 for nobody and for whom nobody is known
	State  ActionState
	// Before and After are how far its subject is lost once they have left, after the actions before it and after this one too:
	// the chance that nobody present can do a task, the uncovered share of a system, in [0,1]. Meaningless where it is left out.
	Before, After float64
	Reason        string // in words, why it does not count or not help; by what evidence it is done already
}

// ActionState says whether an action of a plan counts in a departure.
type ActionState string

// The states.
const (
	ActionCounts        ActionState = "counted"
	ActionDone          ActionState = "done already"   // the evidence has it, and so the state without the plan too
	ActionTeachesLeaver ActionState = "teaches leaver" // it counts, but helps nothing: who learns leaves
	ActionLeftOut       ActionState = "left out"       // it cannot be carried out as it stands
)
