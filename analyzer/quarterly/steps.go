package quarterly

import (
	"slices"

	"keyperson/analyzer"
	"keyperson/analyzer/practice"
)

// stepFor is what to do about a risk: what the plan has for it, else the smallest step that lowers it.
func stepFor(in *Input, risk *analyzer.Risk) Step {
	if in.Plan != nil {
		for i := range in.Plan.Actions {
			if action := &in.Plan.Actions[i]; action.Of == risk.ID && action.Subject == risk.Subject {
				return stepOf(in, action)
			}
		}
	}
	switch risk.Subject {
	case analyzer.OfTask:
		return stepForTask(in.Now, &in.Now.Tasks[risk.Index])
	case analyzer.OfSystem:
		return stepForSystem(in.Now, &in.Now.Systems[risk.Index])
	}
	runbook := &in.Now.Runbooks[risk.Index]
	step := Step{Kind: MendManual, Subject: analyzer.OfRunbook, ID: risk.ID, Name: risk.Name, Before: risk.Value, Paths: []string{runbook.Path}}
	if len(runbook.Authors) > 0 {
		step.Dictates = nameOf(in.Now.People, runbook.Authors[0])
	}
	return step
}

// stepOf takes an action of the plan over.
func stepOf(in *Input, action *analyzer.Action) Step {
	people := in.Plan.People
	return Step{
		Kind: kindOf(action.Kind), Subject: action.Subject, ID: action.Of, Name: action.Name, System: systemName(in.Now, action.System),
		Dictates: nameOf(people, action.Dictates), Learns: nameOf(people, action.Writes), Verifies: nameOf(people, action.Verifies),
		Paths: action.Files[:min(len(action.Files), mostPaths)], Hours: new(action.Hours), Before: action.Before, Expected: new(action.Expected), Low: new(action.Low), High: new(action.High),
	}
}

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

// stepForTask has a second person do the task twice, by a manual that is written for it or there already. Two more
// fresh executions halve the chance that someone cannot do it (practice.Practice), whoever they are; a manual that is
// fresh takes a part of it away as well.
func stepForTask(a *analyzer.Assessment, t *analyzer.Task) Step {
	step := Step{
		Kind: SuperviseRuns, Subject: analyzer.OfTask, ID: t.ID, Name: t.Name, System: systemName(a, t.System),
		Dictates: nameOf(a.People, t.TopPerson), Learns: nameOf(a.People, nearestTo(a, t)), Before: t.AbsenceRisk,
	}
	if t.Runbook >= 0 {
		step.Paths = []string{a.Runbooks[t.Runbook].Path}
	}
	then := t.Maturity
	if t.Maturity < analyzer.Fresh {
		step.Kind, then = WriteManual, analyzer.Fresh
		if t.Maturity > analyzer.NoRunbook {
			step.Kind = MendManual
		}
	}
	untrained := func(m analyzer.Maturity) float64 { return practice.AbsenceRisk(nil, int(m)).Now }
	step.Expected = new(t.AbsenceRisk * (1 - practice.Practice(2)) * untrained(then) / untrained(t.Maturity))
	return step
}

// nearestTo is the active person with most practice beside the one it hangs on; -1 for nobody.
func nearestTo(a *analyzer.Assessment, t *analyzer.Task) int {
	for i := range t.Executors {
		if e := t.Executors[i].Person; e != t.TopPerson && a.People[e].Active {
			return e
		}
	}
	return -1
}

// mostPaths is how many files a pair begins with.
const mostPaths = 3

// stepForSystem pairs the nearest person on the files that matter most and that one person alone covers.
func stepForSystem(a *analyzer.Assessment, s *analyzer.System) Step {
	step := Step{
		Kind: PairOnCode, Subject: analyzer.OfSystem, ID: s.ID, Name: s.Name, System: s.Name,
		Dictates: nameOf(a.People, s.TopPerson), Before: s.UncoveredWithoutTop,
	}
	if s.Verdict == analyzer.VerdictOrphaned || len(s.OnlyCovered) == 0 {
		step.Kind = NameOwner
		return step
	}
	expected := s.UncoveredWithoutTop
	for i := range s.OnlyCovered[:min(len(s.OnlyCovered), mostPaths)] {
		file := &s.OnlyCovered[i]
		expected -= file.Weight
		step.Paths = append(step.Paths, file.Path)
		if step.Learns == "" {
			step.Learns = nameOf(a.People, file.Next)
		}
	}
	step.Expected = new(max(0, expected))
	return step
}

// addSteps lists manuals to write and pairs to train: those of the plan, else one for each risk of the register.
func (r *Report) addSteps(in *Input) {
	var steps []Step
	if in.Plan != nil {
		r.PlanBefore, r.PlanAfter = new(in.Plan.Risk), new(in.Plan.RiskThen)
		r.Deferred = in.Plan.Deferred[:min(len(in.Plan.Deferred), mostDeferrals)]
		for i := range in.Plan.Unteachable {
			if len(r.Unteachable) == MostNamed {
				r.MoreUnteachable = len(in.Plan.Unteachable) - i
				break
			}
			r.Unteachable = append(r.Unteachable, in.Plan.Unteachable[i].Name)
		}
		for i := range in.Plan.Actions {
			steps = append(steps, stepOf(in, &in.Plan.Actions[i]))
		}
	} else {
		register := analyzer.Register(in.Now)
		for i := range register {
			steps = append(steps, stepFor(in, &register[i]))
		}
	}
	for _, step := range steps {
		switch isManual := step.Kind == WriteManual || step.Kind == MendManual; {
		case isManual && len(r.Manuals) < MostSteps:
			r.Manuals = append(r.Manuals, step)
		case !isManual && step.Kind != NameOwner && step.Learns != "" && len(r.Pairs) < MostSteps:
			r.Pairs = append(r.Pairs, step)
		}
	}
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
