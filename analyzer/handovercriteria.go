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
	h.unknownOwnerCriterion()
	for _, manual := range []struct{ id, text string }{
		{"access", "accounts, keys and permissions that only " + h.name(h.leaver) + " has were passed on or closed"},
		{"contacts", "suppliers, customers and on-call rotations know whom to turn to"},
		{"alone", "the successors worked for two weeks without asking"},
	} {
		h.Criteria = append(h.Criteria, Criterion{ID: manual.id, Text: manual.text, State: Manual})
	}
}

func (h *handing) criterion(id, text string, passes bool, detail string) {
	h.Criteria = append(h.Criteria, Criterion{ID: id, Text: text, State: stateOf(passes), Detail: detail})
}

func stateOf(passes bool) CriterionState {
	if passes {
		return Pass
	}
	return Fail
}

// needsProof says whether a task hangs on the leaver alone, or did when the handover began.
func (t *HandoverTask) needsProof() bool { return t.Stops || t.StoppedAtStart }

// taskCriterion asks for routine work that a successor did it by its manual, and for judgement that one has done it twice, in
// both cases since the start. What others could do already needs no proof.
func (h *handing) taskCriterion(t *HandoverTask) {
	c := Criterion{ID: "task:" + t.Task, Subject: t.Name, State: stateOf(t.Proven != nil)}
	switch {
	case !t.needsProof():
		c.State, c.Each, c.Text = Already, "does not stop without "+h.name(h.leaver), fmt.Sprintf("%q does not stop without %s", t.Name, h.name(h.leaver))
		c.Own = fmt.Sprintf("the chance that nobody else can do it is %s", percent(t.RiskAfter))
	case t.IsJudgement:
		c.Each, c.Text = "a successor has done it twice of late", fmt.Sprintf("a successor has done %q twice of late", t.Name)
		c.Same = "nobody has, with one of them at least " + h.sinceStart()
	case t.Runbook == "":
		c.Each, c.Text = "a successor has done it by its manual", fmt.Sprintf("a successor has done %q by its manual", t.Name)
		c.Same = "it has no manual"
	default:
		c.Each, c.Text = "a successor has done it by its manual", fmt.Sprintf("a successor has done %q by its manual %s", t.Name, t.Runbook)
		c.Subject, c.Same = fmt.Sprintf("%s (%s, %s)", t.Name, t.Maturity, t.Runbook), "no successor has cited it in a ticket they did "+h.sinceStart()
	}
	if t.needsProof() && t.Proven != nil {
		c.Same, c.Own = "", h.did(t.Proven)
	} else {
		var own []string
		if t.Since != nil {
			own = append(own, h.did(t.Since))
		}
		if t.Before != nil {
			own = append(own, "before it began, "+h.did(t.Before))
		}
		c.Own = joinedBy("; ", append([]string{c.Own}, own...)...)
	}
	c.Detail = joinedBy("; ", c.Same, c.Own)
	h.Criteria = append(h.Criteria, c)
}

// joinedBy joins the texts that are not empty.
func joinedBy(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), separator)
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
				ID: "task:" + t.Task, Text: fmt.Sprintf("%q is done by someone else, or by nobody any more", t.Name), State: Manual, Detail: "no such task is found any more",
			})
		}
	}
}

func (h *handing) clusterCriterion(c *KnowledgeCluster) {
	criterion := Criterion{
		ID: "cluster:" + c.Name, Subject: c.Name, State: stateOf(c.Touched > 0),
		Each: "a successor has changed or reviewed something there", Text: "a successor has changed or reviewed something in " + c.Name,
	}
	files := plural(c.Files, "file", "files")
	before := ""
	if c.Before > 0 {
		before = fmt.Sprintf("%d in the %.0f days before", c.Before, h.options.ActivityWindowDays)
	}
	if c.Touched == 0 {
		criterion.Subject = c.Name + ", " + files
		criterion.Same, criterion.Own = "none touched "+h.sinceStart(), before
		criterion.Detail = joinedBy("; ", fmt.Sprintf("none of %s touched %s", files, h.sinceStart()), before)
	} else {
		by := fmt.Sprintf("successors touched %d of %s %s, last %s on %s (%s)", c.Touched, files, h.sinceStart(),
			h.roster.listed[c.Last.Person].Name, dayOf(c.Last.Time), ShortReference(c.Last.Reference))
		criterion.Own = joinedBy("; ", by, before)
		criterion.Detail = criterion.Own
	}
	h.Criteria = append(h.Criteria, criterion)
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
	return fmt.Sprintf("%s did it on %s (%s)", h.roster.listed[s.Person].Name, dayOf(s.Time), ShortReference(s.Reference))
}

func (h *handing) openCriteria() {
	kinds := map[OpenEndKind][]string{}
	for i := range h.Open {
		kinds[h.Open[i].Kind] = append(kinds[h.Open[i].Kind], h.Open[i].Where)
	}
	if len(h.evidence.Tickets) > 0 && h.prefix == "" {
		h.openTicketCriterion(kinds[OpenTicket])
	}
	named := slices.Concat(kinds[RunbookOwner], kinds[ListedOwner])
	h.criterion("owner-lines", "no line lists "+h.name(h.leaver)+" as owner", len(named) == 0, found(named))
}

// openTicketCriterion asks for no open ticket that waits for the leaver. Where a source keeps no history of assignments, who
// had a ticket that changed later cannot be told, and to say that none waits would be a guess.
func (h *handing) openTicketCriterion(open []string) {
	c := Criterion{ID: "open-tickets", Text: "no open ticket waits for " + h.name(h.leaver), State: stateOf(len(open) == 0), Detail: found(open)}
	if h.openUntold > 0 {
		if len(open) == 0 {
			c.State, c.Detail = Manual, ""
		}
		tickets, them := plural(h.openUntold, "ticket was", "tickets were"), "them"
		if h.openUntold == 1 {
			them = "it"
		}
		c.Detail = joinedBy("; ", c.Detail, fmt.Sprintf("%s open on %s of which no source tells who had %s then", tickets, dayOf(h.AsOf), them))
	}
	if h.openElsewhere > 0 {
		c.Detail = joinedBy("; ", c.Detail, plural(h.openElsewhere, "open ticket of no system was", "open tickets of no system were")+" not looked at")
	}
	h.Criteria = append(h.Criteria, c)
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
