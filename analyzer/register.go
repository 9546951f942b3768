package analyzer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// RiskRule is the stable name of what makes something a risk.
type RiskRule string

// The rules. A budget, a waiver or a baseline refers to them.
const (
	RiskNobodyLeft    RiskRule = "system-nobody-left"
	RiskOnePerson     RiskRule = "system-one-person"
	RiskThinlyCovered RiskRule = "system-thinly-covered"
	RiskTaskNobody    RiskRule = "task-nobody"     // routine work that nobody present can do
	RiskTaskStops     RiskRule = "task-one-person" // routine work that one absence stops
	RiskAlertRunbook  RiskRule = "runbook-of-alert-unusable"
)

// RiskRules are all rules with what each says; of those on one subject the gravest comes first.
var RiskRules = []struct {
	Rule        RiskRule
	Short, Help string
}{
	{RiskNobodyLeft, "Nobody active knows most of a system", "Work arrives on the system, and more than half of what changes there has nobody active who knows it. Name someone to take it over."},
	{RiskOnePerson, "A system hangs on one person", "One absence leaves more than half of what changes in the system uncovered. Pair the nearest person on the files that only one covers."},
	{RiskThinlyCovered, "A system is thinly covered", "So much of the system is uncovered already that one absence of several makes it most. Let those who work there take over files that nobody covers."},
	{RiskTaskNobody, "Nobody present can do a routine task", "The task recurs, and by practice and procedure the chance that nobody present can do it is one half or more. Have it done once under guidance and write its manual."},
	{RiskTaskStops, "A routine task hangs on one person", "The absence of one person stops the task. Write its manual, and have someone else do it twice by that manual."},
	{RiskAlertRunbook, "An alert points at a procedure that cannot be relied on", "The procedure that the alert names lacks structure or has gone stale. Mend it before the alert fires."},
}

// IsGraverThan says whether a subject that comes under this rule is worse off than under the other; false where either is
// none of RiskRules.
func (r RiskRule) IsGraverThan(other RiskRule) bool {
	place := func(rule RiskRule) int {
		return slices.IndexFunc(RiskRules, func(known struct {
			Rule        RiskRule
			Short, Help string
		},
		) bool {
			return known.Rule == rule
		})
	}
	return place(r) >= 0 && place(r) < place(other)
}

// Subject is what risks under the rule are about; empty for a rule that is none of RiskRules.
func (r RiskRule) Subject() Subject {
	switch r {
	case RiskNobodyLeft, RiskOnePerson, RiskThinlyCovered:
		return OfSystem
	case RiskTaskNobody, RiskTaskStops:
		return OfTask
	case RiskAlertRunbook:
		return OfRunbook
	}
	return ""
}

// Risk is one thing that is worse than it should be: a row of the register, and what a gate decides by.
type Risk struct {
	Rule        RiskRule
	Fingerprint string // of the subject; names nobody, and stays while the subject does, whichever rule it falls under
	Subject     Subject
	ID, Name    string
	System      string  // ID; empty where unknown
	Tier        int     // of the system, 0 where unknown
	Repository  string  // label of the one that Path is in
	Path        string  // where to look, within the repository; empty for tasks without a procedure
	Value       float64 // how bad it is by its rule's measure, in [0,1]: a gate calls more of it worse
	Weight      float64 // share of all work of its kind that would stall, times the weight of the tier, at least 0
	N           int     // executions or commits behind Value
	Hours       *Hours
	Text        string // in words, with the numbers
	Index       int    // into Assessment.Systems, Tasks or Runbooks
}

// TierWeight makes work on more important systems count more; starting values.
func TierWeight(tier int) float64 {
	switch tier {
	case 1:
		return 2
	case 2:
		return 1.5
	case 0:
		return 1
	}
	return 0.75
}

// Register lists the risks of an assessment, heaviest first. It is Keyperson's own: weight is the chance that the
// work stalls without one person, times its share of all work of its kind in the last year (tasks) or activity
// window (systems), times routineness for tasks and a factor of 2, 1.5, 1 or 0.75 for the tier.
func Register(a *Assessment) []Risk {
	var risks []Risk
	risks = append(risks, systemRisks(a)...)
	risks = append(risks, taskRisks(a)...)
	risks = append(risks, runbookRisks(a)...)
	slices.SortStableFunc(risks, func(x, y Risk) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.Rule, y.Rule), strings.Compare(x.ID, y.ID))
	})
	return risks
}

func systemRisks(a *Assessment) []Risk {
	all := 0
	for i := range a.Systems {
		all += a.Systems[i].RecentCommits
	}
	rules := map[Verdict]RiskRule{VerdictOrphaned: RiskNobodyLeft, VerdictOnePerson: RiskOnePerson, VerdictThinlyCovered: RiskThinlyCovered}
	var risks []Risk
	for i := range a.Systems {
		s := &a.Systems[i]
		rule, isRisk := rules[s.Verdict]
		if !isRisk {
			continue
		}
		risk := Risk{
			Rule: rule, Subject: OfSystem, ID: s.ID, Name: s.Name, System: s.ID, Tier: s.Tier, Value: s.UncoveredWithoutTop, N: s.Commits,
			Weight: s.UncoveredWithoutTop * float64(s.RecentCommits) / float64(max(all, 1)) * TierWeight(s.Tier),
			Text:   fmt.Sprintf("%s: %s", s.Name, s.VerdictReason), Index: i,
		}
		if len(s.OnlyCovered) > 0 {
			risk.Repository, risk.Path = s.OnlyCovered[0].Repository, s.OnlyCovered[0].Within
		}
		risks = append(risks, risk.marked())
	}
	return risks
}

func taskRisks(a *Assessment) []Risk {
	all := 0
	for i := range a.Tasks {
		all += a.Tasks[i].Recent
	}
	var risks []Risk
	for i := range a.Tasks {
		t := &a.Tasks[i]
		rule, value := t.risk()
		if rule == "" {
			continue
		}
		risk := Risk{
			Rule: rule, Subject: OfTask, ID: t.ID, Name: t.Name, System: t.System, Tier: t.Tier, Value: value, N: t.Executions,
			Weight: t.AbsenceRisk * t.Routineness.Value * float64(t.Recent) / float64(max(all, 1)) * TierWeight(t.Tier),
			Hours:  t.SolePersonHours, Index: i,
		}
		if rule == RiskTaskNobody {
			risk.Text = fmt.Sprintf("%s: the chance that nobody present can do it is %s (n = %s, procedure %s)",
				t.Name, percent(t.RiskNow), count(t.Executions, "execution"), t.Maturity)
		} else {
			risk.Text = fmt.Sprintf("%s: without one person the chance that nobody present can do it is %s, now %s (n = %s, procedure %s)",
				t.Name, percent(t.AbsenceRisk), percent(t.RiskNow), count(t.Executions, "execution"), t.Maturity)
		}
		if t.Runbook >= 0 {
			risk.Repository, risk.Path = a.Runbooks[t.Runbook].Repository, a.Runbooks[t.Runbook].Path
		}
		risks = append(risks, risk.marked())
	}
	return risks
}

// risk is the rule that a task comes under, empty for none, and how bad it is by that rule.
func (t *Task) risk() (RiskRule, float64) {
	switch {
	case !t.Enough || t.Dormant || t.Recent == 0 || t.Quadrant != Fix:
	case t.RiskNow >= stopsAt:
		return RiskTaskNobody, t.RiskNow
	case t.StopsWithout:
		return RiskTaskStops, t.AbsenceRisk
	}
	return "", 0
}

// stopsAt is the chance that nobody present can do a task from which on it stops.
const stopsAt = 0.5

// runbookRisks are the procedures that alerts send people to although they cannot be relied on. They weigh least: the
// alert may never fire.
func runbookRisks(a *Assessment) []Risk {
	var risks []Risk
	for i := range a.Runbooks {
		r := &a.Runbooks[i]
		if len(r.Alerts) == 0 || r.Maturity >= Fresh {
			continue
		}
		risk := Risk{
			Rule: RiskAlertRunbook, Subject: OfRunbook, ID: r.key(), Name: r.Title, System: strings.Join(r.Systems, ", "), Repository: r.Repository, Path: r.Path,
			Value: 1 - float64(r.Maturity)/float64(AutomatedMaturity), N: r.Revisions, Index: i,
			Text: fmt.Sprintf("%s: %s to it, and it is at %s: it lacks %s", r.Title, sentTo(len(r.Alerts)), r.Maturity, strings.Join(r.Missing, ", ")),
		}
		risks = append(risks, risk.marked())
	}
	return risks
}

func sentTo(alerts int) string {
	if alerts == 1 {
		return "one alert points"
	}
	return fmt.Sprintf("%d alerts point", alerts)
}

// marked sets the fingerprint. A subject has one risk at most, and stays the same when it comes under a milder rule.
func (r Risk) marked() Risk {
	r.Fingerprint = fingerprint(r.Subject, r.ID)
	return r
}

func fingerprint(subject Subject, id string) string {
	hash := sha256.Sum256([]byte(string(subject) + "\x00" + id))
	return hex.EncodeToString(hash[:8])
}
