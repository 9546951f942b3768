package runbooklint

import (
	"slices"

	"keyperson/sources"
)

// Element is one of the parts that make a procedure structured.
type Element struct {
	Name    string // "purpose", "rollback"
	Applies bool   // this document needs it: what changes nothing needs no way back
	Present bool
}

// Elements are the parts that METRICS.md asks of a structured runbook: purpose, trigger, prerequisites, steps,
// commands, expected results, rollback and escalation. A part may be a section, or words in the text that say it.
func Elements(r *sources.Runbook) []Element {
	changes := changesState(r) && !r.Diagnosis
	return []Element{
		{"purpose", true, hasSection(r, sources.Purpose) || says(r, sources.MentionsPurpose)},
		{"trigger", true, r.Diagnosis || hasSection(r, sources.Trigger) || len(r.Alerts) > 0 || says(r, sources.MentionsAlert)},
		{"prerequisites", !r.Diagnosis && (hasCommands(r) || changes), hasSection(r, sources.Prerequisites) || says(r, sources.MentionsAccess)},
		{"steps", !r.Diagnosis, hasSteps(r)},
		{"commands", hasSteps(r), hasCommands(r) || isManual(r)},
		{"expected results", hasSteps(r), hasResults(r)},
		{"rollback", changes, hasSection(r, sources.Rollback) || says(r, sources.MentionsBack)},
		{"escalation", true, r.Owner != "" || hasSection(r, sources.Escalation) || says(r, sources.MentionsPeople)},
	}
}

func hasSection(r *sources.Runbook, role sources.SectionRole) bool {
	return slices.ContainsFunc(r.Sections, func(s sources.Section) bool { return s.Role == role && s.Words > 0 })
}

func says(r *sources.Runbook, kind sources.PassageKind) bool {
	return slices.ContainsFunc(r.Passages, func(p sources.Passage) bool { return p.Kind == kind })
}

// isManual says whether a good part of what is to be done is done where no command can stand.
func isManual(r *sources.Runbook) bool {
	n := 0
	for i := range r.Steps {
		if r.Steps[i].IsManual {
			n++
		}
	}
	return 3*n >= len(r.Steps)
}

// hasResults says whether at least half of the steps that change something say what to see, or, where none changes
// anything, any step or section does.
func hasResults(r *sources.Runbook) bool {
	changing, checked, any := 0, 0, hasSection(r, sources.Verification)
	for i := range r.Steps {
		any = any || r.Steps[i].HasCheck
		if r.Steps[i].ChangesState {
			changing++
			if r.Steps[i].HasCheck {
				checked++
			}
		}
	}
	if changing == 0 {
		return any
	}
	return 2*checked >= changing
}
