package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"keyperson/analyzer/taskkinds"
)

// leastCitations is the number of tickets that must cite a procedure for it to be a task's, where nobody configured it.
const leastCitations = 2

// runbooksOfKinds finds the procedures of each kind of work: those of its rule, else those that its tickets cite, else
// one of the same name. The indices are those of Evidence.Runbooks.
func (w *work) runbooksOfKinds(placement *taskkinds.Placement) [][]uint32 {
	found := make([][]uint32, len(placement.Kinds))
	if len(w.evidence.Runbooks) == 0 {
		return found
	}
	byName := map[string][]uint32{}
	for i := range w.evidence.Runbooks {
		name := nameKey(w.evidence.Runbooks[i].Title)
		byName[name] = append(byName[name], uint32(i))
	}
	for i := range placement.Kinds {
		kind := &placement.Kinds[i]
		if kind.Config >= 0 && w.options.TaskRules[kind.Config].Runbook != "" {
			found[i] = w.runbooksAt(w.options.TaskRules[kind.Config].Runbook)
			continue
		}
		if found[i] = w.citedRunbooks(kind.Tickets); len(found[i]) == 0 {
			if name := nameKey(kind.True); name != "" {
				found[i] = byName[name]
			}
		}
	}
	return found
}

// nameKey makes two names of one thing equal.
func nameKey(name string) string { return strings.Join(taskkinds.Words(name), " ") }

// runbooksAt finds the procedure at a path, "label:path" where there are several repositories.
func (w *work) runbooksAt(path string) []uint32 {
	var at []uint32
	for i := range w.evidence.Runbooks {
		if w.isNamed(w.evidence.Runbooks[i].Thing, path) {
			at = append(at, uint32(i))
		}
	}
	return at
}

// citedRunbooks lists the procedures that at least two of the tickets cite, most cited first.
func (w *work) citedRunbooks(tickets []uint32) []uint32 {
	times := map[uint32]int{}
	for _, ticket := range tickets {
		for _, runbook := range w.evidence.Tickets[ticket].Runbooks {
			times[runbook]++
		}
	}
	var cited []uint32
	for runbook, n := range times {
		if n >= leastCitations {
			cited = append(cited, runbook)
		}
	}
	slices.SortFunc(cited, func(a, b uint32) int { return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b)) })
	return cited
}

// choose takes the best of a task's procedures.
func (k *kindOfWork) choose(runbooks []Runbook) {
	if len(runbooks) != len(k.evidence.Runbooks) {
		k.runbooks = nil
		return
	}
	for _, r := range k.runbooks {
		if k.task.Runbook < 0 || runbooks[r].Maturity > k.task.Maturity {
			k.task.Runbook, k.task.Maturity = int(r), runbooks[r].Maturity
		}
	}
}
