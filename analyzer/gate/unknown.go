package gate

import (
	"fmt"
	"slices"
	"strings"

	"keyperson/analyzer"
	"keyperson/sources"
)

// The codes of what a gate finds in what it decides by. The first two leave it undecided.
const (
	NothingJudged   = "nothing-judged"
	AcceptedUnknown = "accepted-unknown"
	IdleBudget      = "idle-budget"
	NoBudget        = "no-budget"
)

// comparison finds again what a baseline accepted.
type comparison struct {
	*Seen
	things  map[string]*analyzer.Riskable // by fingerprint
	renamed map[string]bool               // labels of sources that have another name now
}

// compare prepares for looking up the entries of a baseline. A source has another name now, as a checkout in another
// directory has, or an export of another date, where something that the baseline has from it is known, and from elsewhere.
func (s *Seen) compare(b *Baseline) *comparison {
	c := &comparison{Seen: s, things: make(map[string]*analyzer.Riskable, len(s.All)), renamed: map[string]bool{}}
	for i := range s.All {
		c.things[s.All[i].Fingerprint] = &s.All[i]
	}
	for _, e := range b.Accepted {
		thing := c.things[e.Fingerprint]
		if thing == nil || len(thing.Sources) < len(e.Sources) {
			continue
		}
		for _, label := range e.Sources {
			if !slices.Contains(thing.Sources, label) {
				c.renamed[label] = true
			}
		}
	}
	return c
}

// whyUnknown says in words why an entry of a baseline that is no risk now may be one all the same; empty where it is gone.
func (c *comparison) whyUnknown(e *Entry) string {
	thing := c.things[e.Fingerprint]
	switch {
	case thing == nil:
		return c.whyLost(e)
	// A checkout under another name is another label, so only what has fewer sources than before has lost one.
	case thing.Unclear == "" && len(thing.Sources) < len(e.Sources):
		return c.firstUnread(e)
	}
	return thing.Unclear
}

// whyLost says why nothing was read of something: what it was read from is not read, or not far enough. It is gone where
// all of that is read and it is not there.
func (c *comparison) whyLost(e *Entry) string {
	switch {
	case !slices.ContainsFunc(c.Sources, e.isFrom):
		return map[bool]string{true: "no tickets are read any more", false: "no repository is read any more"}[e.Subject == analyzer.OfTask]
	case len(e.sources()) == 0: // of before baselines kept them
		if i := slices.IndexFunc(c.Sources, func(source analyzer.Source) bool { return e.isFrom(source) && isCutShort(source) }); i >= 0 {
			return c.Sources[i].Label + ", where it may be from, ends long before the date looked from"
		}
		return ""
	}
	return c.firstUnread(e)
}

// firstUnread names the first source of an entry that is not read, or was cut short.
func (c *comparison) firstUnread(e *Entry) string {
	for _, label := range e.sources() {
		i := slices.IndexFunc(c.Sources, func(source analyzer.Source) bool { return e.isFrom(source) && source.Label == label })
		switch {
		case i < 0 && !c.renamed[label]:
			return label + ", which it was read from, is not read any more"
		case i >= 0 && isCutShort(c.Sources[i]):
			return label + ", which it was read from, ends long before the date looked from"
		}
	}
	return ""
}

// isCutShort says whether a source probably lacks what was done last. A repository that nobody changes does not.
func isCutShort(source analyzer.Source) bool { return source.IsTracker && source.Stale }

// isFrom says whether a source is of the kind that entries on the subject are read from.
func (e *Entry) isFrom(source analyzer.Source) bool {
	return source.IsTracker == (e.Subject == analyzer.OfTask)
}

// sources are the labels of what the entry was read from. Baselines of before they were kept say it of procedures only.
func (e *Entry) sources() []string {
	if label, _, isLabelled := strings.Cut(e.ID, ":"); e.Subject == analyzer.OfRunbook && isLabelled {
		return []string{label}
	}
	return e.Sources
}

// find puts into words what the gate has to say of what it decided by.
func (r *Result) find() {
	if r.judgedNothing() {
		r.Findings = append(r.Findings, sources.Finding{
			Code: NothingJudged, Severity: sources.Note,
			Message: fmt.Sprintf("nothing could be judged: %s", r.Extent()),
			Advice:  "read more history or more recent history, or look from an earlier date with --as-of; keyperson systems and keyperson tasks say what each lacks",
		})
	}
	if unknown := r.Unknown(); len(unknown) > 0 {
		r.Findings = append(r.Findings, sources.Finding{
			Code: AcceptedUnknown, Severity: sources.Note, Count: len(unknown),
			Message: fmt.Sprintf("%s not known to be gone; the first is %s", accepted(len(unknown)), unknown[0].Text),
			Advice:  "read again what they were read from, waive them, or accept what there is now with --write-baseline; --update-baseline keeps them",
		})
	}
	if uncounted := r.failingWithoutBudget(); uncounted > 0 {
		r.Findings = append(r.Findings, sources.Finding{
			Code: NoBudget, Severity: sources.Note, Count: uncounted,
			Message: fmt.Sprintf("no budget counts %s that the gate fails on", counted(uncounted, "risk")),
			Advice:  "give their tiers or rules a budget, or accept them with --write-baseline",
		})
	}
	for i := range r.Budgets {
		if use := &r.Budgets[i]; use.Idle {
			r.Findings = append(r.Findings, sources.Finding{
				Code: IdleBudget, Severity: sources.Note, Message: use.whyIdle(),
				Advice: "mend its tier or rule, or remove it",
			})
		}
	}
}

// failingWithoutBudget counts the risks that fail and that no budget counts, where there are budgets.
func (r *Result) failingWithoutBudget() int {
	n := 0
	for i := range r.Risks {
		j := &r.Risks[i]
		isCounted := slices.ContainsFunc(r.Budgets, func(use BudgetUse) bool { return use.counts(j) })
		if j.Fails && len(r.Budgets) > 0 && !isCounted {
			n++
		}
	}
	return n
}

// Extent says in words how much could be judged: "12 of 31 systems and 4 of 9 tasks could be judged".
func (r *Result) Extent() string {
	var parts []string
	for _, kind := range []struct {
		noun string
		Judgeable
	}{{"system", r.Systems}, {"task", r.Tasks}} {
		if kind.Of > 0 {
			parts = append(parts, fmt.Sprintf("%d of %s", kind.Judged, counted(kind.Of, kind.noun)))
		}
	}
	if len(parts) == 0 {
		return "there is no system and no task"
	}
	return strings.Join(parts, " and ") + " could be judged"
}

// whyIdle says what a budget is for that nothing is.
func (use *BudgetUse) whyIdle() string {
	where := "a budget"
	if use.Line > 0 {
		where = fmt.Sprintf("the budget on line %d of the configuration", use.Line)
	}
	things := map[analyzer.Subject]string{"": "system or task", analyzer.OfSystem: "system", analyzer.OfTask: "task", analyzer.OfRunbook: "procedure"}[use.Rule.Subject()]
	if use.Tier == 0 {
		return fmt.Sprintf("%s is for %s, and no %s was read", where, use.Rule, things)
	}
	return fmt.Sprintf("%s is for tier %d, and no %s that was read is of that tier", where, use.Tier, things)
}

func accepted(n int) string {
	if n == 1 {
		return "1 accepted risk is"
	}
	return fmt.Sprintf("%d accepted risks are", n)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
