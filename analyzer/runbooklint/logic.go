package runbooklint

import (
	"fmt"

	"keyperson/sources"
)

var logicRules = []rule{
	{"unchecked-change", Logic, changesState, func(r *sources.Runbook) []place {
		var places []place
		for _, s := range r.Steps {
			if s.ChangesState && !s.HasCheck {
				places = append(places, place{s.Line, "the step changes something and nothing says how to see that it worked: add the command or screen to look at, and what it shows"})
			}
		}
		return places
	}},
	{"no-results", Logic, func(r *sources.Runbook) bool { return hasSteps(r) && !changesState(r) }, func(r *sources.Runbook) []place {
		return unless(hasResults(r), firstStep(r), "no step says what to expect: write what a good and a bad result look like")
	}},
	{"no-rollback", Logic, changesState, func(r *sources.Runbook) []place {
		line := 0
		for _, s := range r.Steps {
			if s.ChangesState {
				line = s.Line
				break
			}
		}
		return unless(present(r, "rollback"), line, "it changes something and has no way back: say how to undo it, or that it cannot be undone and what to do then")
	}},
	{"unguarded-destruction", Logic, destroys, func(r *sources.Runbook) []place {
		var places []place
		for _, s := range r.Steps {
			if s.Destroys != "" && !s.HasWarning {
				places = append(places, place{s.Line, fmt.Sprintf("%s cannot be taken back: say before it what is lost, and how to make sure that it is the right one", s.Destroys)})
			}
		}
		return places
	}},
	{"no-prerequisites", Logic, func(r *sources.Runbook) bool { return hasCommands(r) || changesState(r) }, func(r *sources.Runbook) []place {
		return unless(present(r, "prerequisites"), firstStep(r), "nothing says what one needs before beginning: name the access, the tools and where to run the commands")
	}},
}

func destroys(r *sources.Runbook) bool {
	for _, s := range r.Steps {
		if s.Destroys != "" {
			return true
		}
	}
	return false
}
