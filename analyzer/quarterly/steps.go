package quarterly

import (
	"slices"

	"keyperson/analyzer"
)

// stepFor is what the plan holds for a risk, else why it holds nothing.
func stepFor(in *Input, risk *analyzer.Risk) Step {
	var step Step
	for i := range in.Plan.Actions {
		action := &in.Plan.Actions[i]
		switch {
		case action.Of != risk.ID || action.Subject != risk.Subject:
		case step.Kind == "":
			step = stepOf(in, action)
		default:
			step.Further++
		}
	}
	if step.Kind != "" {
		return step
	}
	step = Step{Kind: NothingPlanned, Subject: risk.Subject, ID: risk.ID, Name: risk.Name, Before: risk.Value}
	if risk.Subject == analyzer.OfRunbook {
		step.Kind, step.Paths = MendManual, []string{risk.Path}
		return step
	}
	for i := range in.Plan.Unteachable {
		if u := &in.Plan.Unteachable[i]; u.Of == risk.ID && u.Subject == risk.Subject {
			step.Kind = FindLearner
			if u.Lost {
				step.Kind = NameOwner
			} else if risk.Subject == analyzer.OfSystem && risk.Path != "" {
				step.Paths = []string{risk.Path}
			}
			return step
		}
	}
	step.Unplanned = TooLittleGain
	if in.Plan.Further > 0 {
		step.Unplanned = OthersFirst
	}
	for i := range in.Plan.Deferred {
		if d := &in.Plan.Deferred[i]; d.Of == risk.ID && (d.Kind == analyzer.SpreadCode) == (risk.Subject == analyzer.OfSystem) {
			step.Unplanned, step.Dictates = HoursUsed, nameOf(in.Plan.People, d.Person)
			break
		}
	}
	return step
}

// stepOf takes an action of the plan over.
func stepOf(in *Input, action *analyzer.Action) Step {
	people := in.Plan.People
	step := Step{
		Kind: kindOf(action.Kind), Subject: action.Subject, ID: action.Of, Name: action.Name, System: systemName(in.Now, action.System),
		Dictates: nameOf(people, action.Dictates), Learns: nameOf(people, action.Writes), Verifies: nameOf(people, action.Verifies),
		Paths: action.Files[:min(len(action.Files), mostPaths)], Hours: new(action.Hours), Before: action.Before, Expected: new(action.Expected), Low: new(action.Low), High: new(action.High),
	}
	if t := findTask(in.Now, action.Of); step.Kind == WriteManual && t != nil && t.Runbook >= 0 {
		step.Kind, step.Paths = MendManual, []string{in.Now.Runbooks[t.Runbook].Path}
	}
	return step
}

// mostPaths is how many files a pair begins with.
const mostPaths = 3

func kindOf(kind analyzer.ActionKind) StepKind {
	switch kind {
	case analyzer.WriteRunbook:
		return WriteManual
	case analyzer.SuperviseRuns:
		return SuperviseRuns
	case analyzer.SpreadCode:
		return PairOnCode
	}
	return PairOnTask
}

// addSteps lists the manuals to write and the pairs to train that the plan holds.
func (r *Report) addSteps(in *Input) {
	plan := in.Plan
	r.Plan = PlanSummary{Before: plan.Risk, After: plan.RiskThen, Tasks: plan.Tasks, Systems: plan.Systems, CapHours: plan.CapHours, Least: plan.Least}
	r.addDeferred(plan)
	for i := range plan.Unteachable {
		if len(r.Unteachable) == MostNamed {
			r.MoreUnteachable = len(plan.Unteachable) - i
			break
		}
		r.Unteachable = append(r.Unteachable, plan.Unteachable[i].Name)
	}
	for i := range plan.Actions {
		step := stepOf(in, &plan.Actions[i])
		switch isManual := step.Kind == WriteManual || step.Kind == MendManual; {
		case isManual && len(r.Manuals) < MostSteps:
			r.Manuals = append(r.Manuals, step)
		case !isManual && len(r.Pairs) < MostSteps:
			r.Pairs = append(r.Pairs, step)
		default:
			r.MoreSteps++
		}
	}
}

// addDeferred lists what the cap kept out of the plan, each task or system once.
func (r *Report) addDeferred(plan *analyzer.Plan) {
	var all []PutOff
	for i := range plan.Deferred {
		d := &plan.Deferred[i]
		if off := (PutOff{d.Name, nameOf(plan.People, d.Person)}); !slices.Contains(all, off) {
			all = append(all, off)
		}
	}
	r.Deferred = all[:min(len(all), MostNamed)]
	r.MoreDeferred = len(all) - len(r.Deferred)
}

// addPredictions takes over what came of an earlier plan.
func (r *Report) addPredictions(in *Input) {
	for i := range in.Predictions {
		p := &in.Predictions[i]
		r.Predictions = append(r.Predictions, Prediction{
			Kind: kindOf(p.Action.Kind), Name: p.Action.Name, System: systemName(in.Now, p.Action.System), Before: p.Action.Before,
			Expected: p.Predicted, Low: p.Action.Low, High: p.Action.High, Actual: p.Actual, Outcome: p.Outcome, Reason: p.Reason,
		})
	}
}

// addChanges says what changed and why.
func (r *Report) addChanges(in *Input) {
	if in.Before == nil {
		return
	}
	progress := analyzer.Compare(in.Before, in.Now)
	r.Conversions, r.Regressions = progress.Conversions, progress.Regressions
	var worse, better []Change
	of := map[string]bool{}
	for i := range progress.Changes {
		if c := &progress.Changes[i]; c.Subject == analyzer.OfTask {
			of[c.Name] = true
		}
	}
	for i := range progress.Changes {
		c := &progress.Changes[i]
		change := Change{
			Subject: c.Subject, Name: c.Name, System: systemName(in.Now, c.System), Measure: c.Measure, Before: c.Before, After: c.After,
			Direction: c.Direction, Cause: c.Cause, Reason: c.Reason,
		}
		for _, person := range c.Persons {
			change.Who = append(change.Who, nameOf(progress.People, person))
		}
		switch {
		case c.Subject == analyzer.OfRunbook && of[c.Name]: // the task's change says it already
		case c.Cause == analyzer.CauseDataChanged:
			r.OnlyData++
		case c.Direction == analyzer.Worse:
			worse = append(worse, change)
		case c.Direction == analyzer.Better:
			better = append(better, change)
		default:
			r.Neutral++
		}
	}
	// Both are shown, or a reader would see only what went wrong, or only what went right.
	half := (MostChanges + 1) / 2
	r.Worse = worse[:min(len(worse), max(half, MostChanges-len(better)))]
	r.Better = better[:min(len(better), MostChanges-len(r.Worse))]
	r.MoreChanges = len(worse) + len(better) - len(r.Worse) - len(r.Better)
	r.Worse, r.Better = slices.Clip(r.Worse), slices.Clip(r.Better)
}
