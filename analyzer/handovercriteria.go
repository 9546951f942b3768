package analyzer

import (
	"fmt"
	"slices"
	"strings"
)

// setCriteria says when the handover is done.
func (h *handing) setCriteria() {
	for i := range h.Tasks {
		h.taskCriterion(&h.Tasks[i])
	}
	h.vanishedCriteria()
	for i := range h.Clusters {
		h.clusterCriterion(&h.Clusters[i])
	}
	h.openCriteria()
	over := h.overCap()
	detail := fmt.Sprintf("at most %d systems and tasks may hang on one person", h.LoadCap)
	if len(over) > 0 {
		detail = strings.Join(over, ", ") + "; " + detail
	}
	h.criterion("load", "no successor is over the cap", len(over) == 0, detail)
	if len(h.Successors) == 0 {
		h.criterion("successor", "someone is named to take over", len(h.Clusters) == 0 && len(h.Tasks) == 0, "nobody active has done any of it, or come near it")
	}
	for _, manual := range []struct{ id, text string }{
		{"access", "accounts, keys and permissions that only " + h.name(h.leaver) + " has were passed on or closed"},
		{"contacts", "suppliers, customers and on-call rotations know whom to turn to"},
		{"alone", "the successors worked for two weeks without asking"},
	} {
		h.Criteria = append(h.Criteria, Criterion{manual.id, manual.text, Manual, "no evidence can show it"})
	}
}

func (h *handing) criterion(id, text string, passes bool, detail string) {
	state := Fail
	if passes {
		state = Pass
	}
	h.Criteria = append(h.Criteria, Criterion{id, text, state, detail})
}

// needsProof says whether a task hangs on the leaver alone, or did when the handover began.
func (t *HandoverTask) needsProof() bool { return t.Stops || t.StoppedAtStart }

// taskCriterion asks for routine work that a successor did it by its manual, and for judgement that one has done it twice, in
// both cases since the start. What others could do already needs no proof.
func (h *handing) taskCriterion(t *HandoverTask) {
	id := "task:" + t.Task
	if !t.needsProof() {
		detail := fmt.Sprintf("the chance that nobody else can do it is %s", percent(t.RiskAfter))
		if t.Before != nil {
			detail += "; " + h.did(t.Before)
		}
		h.Criteria = append(h.Criteria, Criterion{id, fmt.Sprintf("%q does not stop without %s", t.Name, h.name(h.leaver)), Already, detail})
		return
	}
	text := fmt.Sprintf("a successor has done %q by its manual", t.Name)
	missing := "it has no manual"
	switch {
	case t.IsJudgement:
		text, missing = fmt.Sprintf("a successor has done %q twice of late", t.Name), "none has, at least once of it "+h.sinceStart()
	case t.Runbook != "":
		missing = fmt.Sprintf("no successor has cited the manual %s (%s) in a ticket they did %s", t.Runbook, t.Maturity, h.sinceStart())
	}
	switch {
	case t.Proven != nil:
		h.criterion(id, text, true, h.did(t.Proven))
		return
	case t.Since != nil:
		missing += "; " + h.did(t.Since)
	}
	if t.Before != nil {
		missing += fmt.Sprintf("; before the handover began, %s", h.did(t.Before))
	}
	h.criterion(id, text, false, missing)
}

// vanishedCriteria list the tasks that stopped without the leaver when the handover began and are not found any more: their
// tickets are called otherwise, or too few came.
func (h *handing) vanishedCriteria() {
	if !h.HasBegun {
		return
	}
	for i := range h.question.Begun.tasks {
		t := &h.question.Begun.tasks[i]
		if t.Stops && !slices.ContainsFunc(h.Tasks, func(other HandoverTask) bool { return other.Task == t.Task }) {
			h.Criteria = append(h.Criteria, Criterion{
				"task:" + t.Task, fmt.Sprintf("%q is done by someone else, or by nobody any more", t.Name), Manual, "no such task is found any more",
			})
		}
	}
}

func (h *handing) clusterCriterion(c *KnowledgeCluster) {
	detail := fmt.Sprintf("successors touched %d of %s", c.Touched, plural(c.Files, "file", "files"))
	if c.Touched == 0 {
		detail = fmt.Sprintf("none of %s touched", plural(c.Files, "file", "files"))
	}
	detail += " " + h.sinceStart()
	if c.Last != nil {
		detail += fmt.Sprintf(", last %s on %s (%s)", h.roster.listed[c.Last.Person].Name, dayOf(c.Last.Time), shortReference(c.Last.Reference))
	}
	if c.Before > 0 {
		detail += fmt.Sprintf("; %d in the %.0f days before", c.Before, h.options.ActivityWindowDays)
	}
	h.criterion("cluster:"+c.Name, "a successor has changed or reviewed something in "+c.Name, c.Touched > 0, detail)
}

// sinceStart says from when on evidence counts.
func (h *handing) sinceStart() string {
	if !h.HasBegun {
		return "since " + dayOf(h.AsOf) + ", when it begins"
	}
	return "since " + dayOf(h.Start)
}

// did says who did something when, with the evidence.
func (h *handing) did(s *Shown) string {
	return fmt.Sprintf("%s did it on %s (%s)", h.roster.listed[s.Person].Name, dayOf(s.Time), shortReference(s.Reference))
}

// shortReference is a commit as people write it; keys of tickets stay as they are.
func shortReference(reference string) string {
	const hash, short = 40, 10
	if len(reference) == hash && !strings.ContainsAny(reference, "- ") {
		return reference[:short]
	}
	return reference
}

func (h *handing) openCriteria() {
	kinds := map[OpenEndKind][]string{}
	for i := range h.Open {
		kinds[h.Open[i].Kind] = append(kinds[h.Open[i].Kind], h.Open[i].Where)
	}
	if len(h.evidence.Tickets) > 0 && h.prefix == "" {
		open := kinds[OpenTicket]
		h.criterion("open-tickets", "no open ticket waits for "+h.name(h.leaver), len(open) == 0, found(open))
	}
	named := slices.Concat(kinds[RunbookOwner], kinds[ListedOwner])
	h.criterion("owner-lines", "no line lists "+h.name(h.leaver)+" as owner", len(named) == 0, found(named))
}

// found names what was found, the first few of it.
func found(list []string) string {
	const few = 3
	if len(list) == 0 {
		return "none found"
	}
	text := strings.Join(list[:min(few, len(list))], ", ")
	if more := len(list) - few; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func (h *handing) overCap() []string {
	var over []string
	for i := range h.Successors {
		if s := &h.Successors[i]; s.Load.OverCap {
			over = append(over, fmt.Sprintf("%s would hold %d", h.roster.listed[s.Person].Name, s.Load.After))
		}
	}
	return over
}
