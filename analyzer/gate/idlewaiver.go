package gate

import (
	"slices"
	"strings"

	"keyperson/analyzer"
	"keyperson/sources"
)

// Idleness is why a waiver covers nothing.
type Idleness string

// The reasons.
const (
	RiskGone    Idleness = "gone"       // what it names is there or was accepted once, and is no risk
	RiskUnclear Idleness = "not-known"  // what it names is there, and cannot be judged
	OtherRule   Idleness = "other-rule" // what it names is a risk under another rule
	NothingSuch Idleness = "unknown"    // nothing known is called so: most probably it is mistyped
)

// IdleWaiver is a waiver whose time is not over, and that covers no risk.
type IdleWaiver struct {
	Waiver
	Why     Idleness
	RuleNow analyzer.RiskRule // that the risk comes under now; only with OtherRule
	Nearest string            // ID or fingerprint that was probably meant; only with NothingSuch, "" for none
}

// known is what a waiver can be about: what the assessment knows, and what the baseline accepted.
type known struct {
	risks  []analyzer.Risk
	all    []analyzer.Riskable
	listed []Entry
}

// idle says why a waiver covers none of the risks.
func (k *known) idle(w Waiver) IdleWaiver {
	idle := IdleWaiver{Waiver: w, Why: NothingSuch}
	if w.Fingerprint == "" {
		for i := range k.risks {
			if r := &k.risks[i]; w.isAbout(r.Subject, r.ID, r.Fingerprint) {
				idle.Why, idle.RuleNow = OtherRule, r.Rule
				return idle
			}
		}
	}
	if i := slices.IndexFunc(k.all, func(s analyzer.Riskable) bool { return w.isAbout(s.Subject, s.ID, s.Fingerprint) }); i >= 0 {
		idle.Why = RiskGone
		if k.all[i].Unclear != "" {
			idle.Why = RiskUnclear
		}
		return idle
	}
	if slices.ContainsFunc(k.listed, func(e Entry) bool { return w.isAbout(e.Subject, e.ID, e.Fingerprint) }) {
		idle.Why = RiskGone
		return idle
	}
	idle.Nearest = k.nearest(&w)
	return idle
}

func (w *Waiver) isAbout(subject analyzer.Subject, id, fingerprint string) bool {
	if w.Fingerprint != "" {
		return w.Fingerprint == fingerprint
	}
	return w.Rule.Subject() == subject && strings.EqualFold(w.ID, id)
}

// nearest is what a mistyped waiver probably means: a risk before what is none.
func (k *known) nearest(w *Waiver) string {
	var atRisk, others []string
	for i := range k.risks {
		switch r := &k.risks[i]; {
		case w.Fingerprint != "":
			atRisk = append(atRisk, r.Fingerprint)
		case r.Rule == w.Rule:
			atRisk = append(atRisk, r.ID)
		}
	}
	for i := range k.all {
		switch s := &k.all[i]; {
		case w.Fingerprint != "":
			others = append(others, s.Fingerprint)
		case s.Subject != w.Rule.Subject():
		case strings.EqualFold(s.Name, w.ID):
			return s.ID
		default:
			others = append(others, s.ID)
		}
	}
	given := w.ID + w.Fingerprint // one of the two is empty
	for _, candidates := range [][]string{atRisk, others} {
		if near := sources.Near(given, candidates); len(near) > 0 {
			return near[0]
		}
	}
	return ""
}
