// Package runbooklint says what is missing in a procedure document, for the people who follow it, for programs that
// are to run it, and for whoever has to trust that it works. It judges what was read of the document, never reads.
package runbooklint

import (
	"cmp"
	"slices"

	"keyperson/sources"
)

// Axis is whom a procedure fails.
type Axis string

// The three axes.
const (
	ForPeople   Axis = "readable by people"
	ForMachines Axis = "processable by machines"
	Logic       Axis = "logically verified"
)

// Finding is one thing to mend in a document.
type Finding struct {
	Axis    Axis
	Rule    string // stable, for programs: "no-rollback"
	Line    int    // from 1; 0 for the whole document
	Message string // what is wrong, and what to write instead
}

// Scores are the shares of the rules of each axis that a document meets, of those that apply to it, in [0,1]; 1
// where none applies.
type Scores struct{ People, Machines, Logic float64 }

// rule is one thing to look at. Where it does not apply it is neither met nor broken.
type rule struct {
	id      string
	axis    Axis
	applies func(r *sources.Runbook) bool
	check   func(r *sources.Runbook) []place
}

// place is where a rule is broken and what to do there.
type place struct {
	line    int
	message string
}

// mostPlaces bounds the findings of one rule on one document: after the first few the point is made.
const mostPlaces = 5

// NotAskedOfDiagnoses are the rules that make no sense for a document that explains an alert: it begins when the alert
// fires, lists checks from which to choose, and what to do, and so what to take back, depends on what they find. That a
// change it names can be checked, and whom to turn to, is asked of it as of every other.
var NotAskedOfDiagnoses = []string{"no-prerequisites", "no-rollback", "no-steps", "steps-not-numbered"}

// Check looks at a document by every rule. The findings are by line, then by rule.
func Check(r *sources.Runbook) ([]Finding, Scores) {
	var findings []Finding
	met, applied := map[Axis]int{}, map[Axis]int{}
	for i := range rules {
		rule := &rules[i]
		if r.Diagnosis && slices.Contains(NotAskedOfDiagnoses, rule.id) || !rule.applies(r) {
			continue
		}
		applied[rule.axis]++
		places := rule.check(r)
		if len(places) == 0 {
			met[rule.axis]++
		}
		for _, p := range places[:min(len(places), mostPlaces)] {
			findings = append(findings, Finding{rule.axis, rule.id, p.line, p.message})
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
	})
	share := func(axis Axis) float64 {
		if applied[axis] == 0 {
			return 1
		}
		return float64(met[axis]) / float64(applied[axis])
	}
	return findings, Scores{share(ForPeople), share(ForMachines), share(Logic)}
}

var rules = slices.Concat(peopleRules, machineRules, logicRules)

func always(*sources.Runbook) bool { return true }

func hasSteps(r *sources.Runbook) bool { return len(r.Steps) > 0 }

func hasCommands(r *sources.Runbook) bool {
	return slices.ContainsFunc(r.Steps, func(s sources.Step) bool { return s.HasCommand })
}

func changesState(r *sources.Runbook) bool {
	return slices.ContainsFunc(r.Steps, func(s sources.Step) bool { return s.ChangesState })
}

// unless is one finding on the whole document where something is not so.
func unless(ok bool, line int, message string) []place {
	if ok {
		return nil
	}
	return []place{{line, message}}
}
