// Package gate decides whether an assessment stays within what was accepted: budgets, waivers and a baseline. It reads
// a register of risks, with what could be judged at all, and returns judgements; it never looks at a clock or a disk.
package gate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer"
	"keyperson/sources"
)

// State is what became of a risk since the baseline.
type State string

// The states. Without a baseline every risk is New.
const (
	New       State = "new"
	Worse     State = "worse" // its value grew by more than Policy.Tolerance, or it comes under a graver rule
	Unchanged State = "unchanged"
	Absent    State = "absent"  // in the baseline only: it is no risk any more
	Unknown   State = "unknown" // in the baseline only, and what was read cannot tell whether it is gone
)

// States are all states that a gate can fail on.
var States = []State{New, Worse, Unchanged}

// DefaultTolerance is how much a value may grow before a risk is worse.
const DefaultTolerance = analyzer.LeastMove

// Policy is what a team accepts. The zero value fails on every risk.
type Policy struct {
	FailOn    []State // nil: all of them
	Budgets   []Budget
	Waivers   []Waiver
	Tolerance float64 // at least 0; how much a value in [0,1] may grow before it is worse
}

// Budget is how many risks are accepted, new or known. Of the risks that a budget counts, the gate fails on those of one
// that is used up; of all others on those whose state Policy.FailOn names.
type Budget struct {
	Tier int               // 0: every tier
	Rule analyzer.RiskRule // "": every rule
	Most int
	Line int // where the configuration says so, 0 where it does not
}

// Waiver accepts one risk for a time, with someone who answers for it.
type Waiver struct {
	Fingerprint string            // either this,
	Rule        analyzer.RiskRule // or rule
	ID          string            // and subject
	Owner       string            // who accepted it
	Reason      string
	Until       time.Time // last moment it holds
	Line        int       // where the configuration says so
}

func (w *Waiver) covers(r *analyzer.Risk) bool {
	if w.Fingerprint != "" {
		return w.Fingerprint == r.Fingerprint
	}
	return w.Rule == r.Rule && strings.EqualFold(w.ID, r.ID)
}

// Seen is what a gate decides by: the risks of an assessment, and what their absence can mean.
type Seen struct {
	AsOf    time.Time
	Risks   []analyzer.Risk
	All     []analyzer.Riskable
	Sources []analyzer.Source
}

// See takes from an assessment what a gate decides by.
func See(a *analyzer.Assessment) *Seen {
	return &Seen{AsOf: a.AsOf, Risks: analyzer.Register(a), All: analyzer.Riskables(a), Sources: a.Sources}
}

// Judged is one risk with what the gate says of it. An absent or unknown one has only what the baseline kept.
type Judged struct {
	analyzer.Risk
	State    State
	Accepted *float64 // value in the baseline; nil for a new one
	Waiver   *Waiver  // that covers it and holds; nil for none
	Fails    bool
}

// BudgetUse is how far one budget is used up by risks that no waiver covers.
type BudgetUse struct {
	Budget
	Used int
	Over bool
	Idle bool // nothing that was read is of its tier and rule, whether a risk or not
}

// Judgeable counts things, and those of which could be told whether they are a risk.
type Judgeable struct{ Judged, Of int }

// Result is the decision of a gate.
type Result struct {
	AsOf     time.Time
	Risks    []Judged // failing ones first, then unknown ones, then by weight; absent ones last
	Budgets  []BudgetUse
	Expired  []Waiver     // whose time is over, in the order of the policy
	Unused   []IdleWaiver // in the order of the policy
	Compared bool         // with a baseline
	Systems  Judgeable
	Tasks    Judgeable
	Failed   bool
	hasStale bool              // a source ends long before the date looked from
	Findings []sources.Finding // what the gate itself has to say of what it decided by
}

// Undecided says whether the gate cannot let through, whatever it fails on: of a risk that was accepted, and that no
// waiver covers, cannot be told whether it is gone; or neither a system nor a task could be judged, though there was
// something to judge when the baseline was made, or there may be if a source did not end long before the date looked
// from, or there is nothing at all. What is young or quiet is let through: there is nothing to judge, and the result says so.
func (r *Result) Undecided() bool {
	return len(r.Unknown()) > 0 || r.judgedNothing() && (r.hasStale || len(r.Risks) > 0 || r.Systems.Of+r.Tasks.Of == 0)
}

func (r *Result) judgedNothing() bool { return r.Systems.Judged+r.Tasks.Judged == 0 }

// Unknown lists the risks that were accepted and cannot be judged any more, but for those that a waiver covers.
func (r *Result) Unknown() []*Judged {
	var unknown []*Judged
	for i := range r.Risks {
		if j := &r.Risks[i]; j.State == Unknown && j.Waiver == nil {
			unknown = append(unknown, j)
		}
	}
	return unknown
}

// Count returns how many risks have a state.
func (r *Result) Count(state State) int {
	n := 0
	for i := range r.Risks {
		if r.Risks[i].State == state {
			n++
		}
	}
	return n
}

// Judge holds what was seen against a baseline, which may be nil, and a policy. Of what is no risk it tells what is gone
// from what cannot be judged, and a waiver that is over from one that is mistyped.
func Judge(seen *Seen, baseline *Baseline, policy Policy) *Result {
	result := &Result{AsOf: seen.AsOf, Compared: baseline != nil}
	result.hasStale = slices.ContainsFunc(seen.Sources, func(source analyzer.Source) bool { return source.Stale })
	accepted := baseline.entries()
	for _, risk := range seen.Risks {
		judged := Judged{Risk: risk, State: stateOf(&risk, accepted, policy.Tolerance)}
		if entry, known := accepted[risk.Fingerprint]; known {
			judged.Accepted = &entry.Value
			delete(accepted, risk.Fingerprint)
		}
		result.Risks = append(result.Risks, judged)
	}
	result.Risks = append(result.Risks, baseline.without(accepted, seen)...)
	result.waive(seen, baseline, policy.Waivers)
	result.decide(seen, policy)
	for i := range seen.All {
		switch thing := &seen.All[i]; thing.Subject {
		case analyzer.OfSystem:
			result.Systems.count(thing.Judged)
		case analyzer.OfTask:
			result.Tasks.count(thing.Judged)
		}
	}
	slices.SortStableFunc(result.Risks, func(a, b Judged) int {
		return cmp.Or(placeOf(&a)-placeOf(&b), cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Fingerprint, b.Fingerprint))
	})
	result.find()
	return result
}

func (j *Judgeable) count(isJudged bool) {
	j.Of++
	if isJudged {
		j.Judged++
	}
}

// waive finds the waiver that holds for each risk, and says what is wrong with those that do nothing.
func (r *Result) waive(seen *Seen, baseline *Baseline, waivers []Waiver) {
	known := known{all: seen.All}
	for i := range r.Risks {
		if r.Risks[i].State != Absent {
			known.risks = append(known.risks, r.Risks[i].Risk)
		}
	}
	if baseline != nil {
		known.listed = baseline.Accepted
	}
	for i := range waivers {
		waiver := &waivers[i]
		isOver, covers := seen.AsOf.After(waiver.Until), false
		for j := range r.Risks {
			judged := &r.Risks[j]
			if judged.State == Absent || !waiver.covers(&judged.Risk) {
				continue
			}
			covers = true
			if judged.Waiver == nil && !isOver {
				judged.Waiver = waiver
			}
		}
		switch {
		case isOver:
			r.Expired = append(r.Expired, *waiver)
		case !covers:
			r.Unused = append(r.Unused, known.idle(*waiver))
		}
	}
}

func stateOf(risk *analyzer.Risk, accepted map[string]Entry, tolerance float64) State {
	entry, known := accepted[risk.Fingerprint]
	switch {
	case !known:
		return New
	case risk.Moved(entry.Rule, entry.Value, tolerance) == analyzer.Worse:
		return Worse
	}
	return Unchanged
}

// placeOf orders failing risks before those that cannot be judged, these before others, and absent ones last.
func placeOf(j *Judged) int {
	switch {
	case j.Fails:
		return 0
	case j.State == Unknown:
		return 1
	case j.State == Absent:
		return 3
	}
	return 2
}

// decide marks what fails.
func (r *Result) decide(seen *Seen, policy Policy) {
	for _, budget := range policy.Budgets {
		use := BudgetUse{Budget: budget, Idle: !budget.isOfAny(seen.All)}
		for i := range r.Risks {
			if budget.counts(&r.Risks[i]) {
				use.Used++
			}
		}
		use.Over = use.Used > budget.Most
		r.Budgets = append(r.Budgets, use)
	}
	for i := range r.Risks {
		j := &r.Risks[i]
		j.Fails = j.isThere() && j.Waiver == nil && r.isOver(j, policy.FailOn)
		r.Failed = r.Failed || j.Fails
	}
}

func (j *Judged) isThere() bool { return j.State != Absent && j.State != Unknown }

func (b *Budget) counts(j *Judged) bool {
	return j.isThere() && j.Waiver == nil && (b.Tier == 0 || b.Tier == j.Tier) && (b.Rule == "" || b.Rule == j.Rule)
}

// isOfAny says whether anything is of the budget's tier, and of what its rule is about.
func (b *Budget) isOfAny(all []analyzer.Riskable) bool {
	return slices.ContainsFunc(all, func(r analyzer.Riskable) bool {
		return (b.Tier == 0 || b.Tier == r.Tier) && (b.Rule == "" || b.Rule.Subject() == r.Subject)
	})
}

// isOver says whether a risk is over what was accepted: by the budgets that count it, where there are any, else by its
// state.
func (r *Result) isOver(j *Judged, failOn []State) bool {
	isCounted := false
	for i := range r.Budgets {
		if use := &r.Budgets[i]; use.counts(j) {
			isCounted = true
			if use.Over {
				return true
			}
		}
	}
	return !isCounted && (len(failOn) == 0 || slices.Contains(failOn, j.State))
}
