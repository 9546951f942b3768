// Package gate decides whether an assessment stays within what was accepted: budgets, waivers and a baseline. It reads
// a register of risks and returns judgements; it never looks at a clock or a disk.
package gate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"keyperson/analyzer"
)

// State is what became of a risk since the baseline.
type State string

// The states. Without a baseline every risk is New.
const (
	New       State = "new"
	Worse     State = "worse" // its value grew by more than Policy.Tolerance, or it comes under a graver rule
	Unchanged State = "unchanged"
	Absent    State = "absent" // in the baseline only
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

// Budget is how many risks are accepted. With budgets the gate fails on what is over one, else on every risk
// whose state Policy.FailOn names.
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

// Judged is one risk with what the gate says of it. An absent one has only what the baseline kept.
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
}

// Result is the decision of a gate.
type Result struct {
	AsOf     time.Time
	Risks    []Judged // failing ones first, then by weight; absent ones last
	Budgets  []BudgetUse
	Expired  []Waiver     // whose time is over, in the order of the policy
	Unused   []IdleWaiver // in the order of the policy
	Compared bool         // with a baseline
	Failed   bool
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

// Judge holds the risks of an assessment as of a date against a baseline, which may be nil, and a policy. Of what else
// the assessment knows it tells a waiver that is over from one that is mistyped.
func Judge(risks []analyzer.Risk, all []analyzer.Riskable, baseline *Baseline, policy Policy, asOf time.Time) *Result {
	result := &Result{AsOf: asOf, Compared: baseline != nil}
	accepted := baseline.entries()
	used := make([]bool, len(policy.Waivers))
	for _, risk := range risks {
		judged := Judged{Risk: risk, State: stateOf(&risk, accepted, policy.Tolerance)}
		if entry, known := accepted[risk.Fingerprint]; known {
			judged.Accepted = &entry.Value
			delete(accepted, risk.Fingerprint)
		}
		for i := range policy.Waivers {
			waiver := &policy.Waivers[i]
			if !waiver.covers(&risk) {
				continue
			}
			used[i] = true
			if judged.Waiver == nil && !asOf.After(waiver.Until) {
				judged.Waiver = waiver
			}
		}
		result.Risks = append(result.Risks, judged)
	}
	known := known{risks: risks, all: all}
	if baseline != nil {
		known.listed = baseline.Accepted
	}
	for i, waiver := range policy.Waivers {
		switch {
		case asOf.After(waiver.Until):
			result.Expired = append(result.Expired, waiver)
		case !used[i]:
			result.Unused = append(result.Unused, known.idle(waiver))
		}
	}
	result.decide(policy)
	result.Risks = append(result.Risks, baseline.absent(accepted)...)
	slices.SortStableFunc(result.Risks, func(a, b Judged) int {
		return cmp.Or(placeOf(&a)-placeOf(&b), cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Fingerprint, b.Fingerprint))
	})
	return result
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

// placeOf orders failing risks before others, and absent ones last.
func placeOf(j *Judged) int {
	switch {
	case j.Fails:
		return 0
	case j.State == Absent:
		return 2
	}
	return 1
}

// decide marks what fails.
func (r *Result) decide(policy Policy) {
	for _, budget := range policy.Budgets {
		use := BudgetUse{Budget: budget}
		for i := range r.Risks {
			if j := &r.Risks[i]; budget.counts(j) {
				use.Used++
			}
		}
		use.Over = use.Used > budget.Most
		r.Budgets = append(r.Budgets, use)
	}
	for i := range r.Risks {
		j := &r.Risks[i]
		counts := len(policy.FailOn) == 0 || slices.Contains(policy.FailOn, j.State)
		j.Fails = j.Waiver == nil && counts && (len(r.Budgets) == 0 || r.isOver(j))
		r.Failed = r.Failed || j.Fails
	}
}

func (b *Budget) counts(j *Judged) bool {
	return j.Waiver == nil && (b.Tier == 0 || b.Tier == j.Tier) && (b.Rule == "" || b.Rule == j.Rule)
}

// isOver says whether a risk counts to a budget that is used up.
func (r *Result) isOver(j *Judged) bool {
	return slices.ContainsFunc(r.Budgets, func(use BudgetUse) bool { return use.Over && use.counts(j) })
}
