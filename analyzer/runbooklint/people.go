package runbooklint

import (
	"fmt"

	"keyperson/sources"
)

// mostStepWords is how long a step may be before someone under pressure loses their place in it.
const mostStepWords = 120

var peopleRules = []rule{
	{"no-title", ForPeople, always, func(r *sources.Runbook) []place {
		return unless(r.Titled, 1, "it has no title: begin with a heading that names the task or the alert")
	}},
	{"no-purpose", ForPeople, always, func(r *sources.Runbook) []place {
		return unless(present(r, "purpose"), 0, "nothing says what it is for: add a sentence below the title on what it achieves, or a section Purpose")
	}},
	{"no-trigger", ForPeople, always, func(r *sources.Runbook) []place {
		return unless(present(r, "trigger"), 0, "nothing says when to follow it: name the alert, symptom, request or date that calls for it")
	}},
	{"no-steps", ForPeople, always, func(r *sources.Runbook) []place {
		line := 0
		for _, s := range r.Sections {
			if s.Role == sources.Procedure {
				line = s.Line
				break
			}
		}
		return unless(hasSteps(r), line, "it has nothing to follow step by step: write what to do as a numbered list, one action a step")
	}},
	{"no-escalation", ForPeople, always, func(r *sources.Runbook) []place {
		return unless(present(r, "escalation"), 0, "nothing says whom to turn to when it does not work: name a team, channel or rota, or an owner in the front matter")
	}},
	{"unfinished", ForPeople, always, func(r *sources.Runbook) []place {
		var places []place
		for _, p := range r.Passages {
			if p.Kind == sources.Unfinished {
				places = append(places, place{p.Line, fmt.Sprintf("%q: write what is missing, or take it out and say that it is not known", p.Text)})
			}
		}
		return places
	}},
	{"empty-section", ForPeople, always, func(r *sources.Runbook) []place {
		var places []place
		for _, s := range r.Sections {
			if s.Words == 0 && s.Heading != "" && s.Level > 1 {
				places = append(places, place{s.Line, fmt.Sprintf("nothing stands below %q: write it, or remove the heading", s.Heading)})
			}
		}
		return places
	}},
	{"long-step", ForPeople, hasSteps, func(r *sources.Runbook) []place {
		var places []place
		for _, s := range r.Steps {
			if s.Words > mostStepWords {
				places = append(places, place{s.Line, fmt.Sprintf("a step of %d words: split it, so that each step is one action with what to see after it", s.Words)})
			}
		}
		return places
	}},
	{"vague-step", ForPeople, hasSteps, func(r *sources.Runbook) []place {
		var places []place
		for _, p := range r.Passages {
			if p.Kind == sources.Vague {
				places = append(places, place{p.Line, fmt.Sprintf("%q leaves the decision to whoever knows: say when, or how to tell", p.Text)})
			}
		}
		return places
	}},
	{"broken-link", ForPeople, hasLinks, func(r *sources.Runbook) []place {
		var places []place
		for _, l := range r.Links {
			if l.State == sources.Broken {
				places = append(places, place{l.Line, fmt.Sprintf("the link to %s leads nowhere: correct it", l.Target)})
			}
		}
		return places
	}},
}

func present(r *sources.Runbook, name string) bool {
	for _, e := range Elements(r) {
		if e.Name == name {
			return e.Present || !e.Applies
		}
	}
	return false
}

func hasLinks(r *sources.Runbook) bool {
	for _, l := range r.Links {
		if l.State != sources.External {
			return true
		}
	}
	return false
}
