package analyzer

import (
	"cmp"

	"keyperson/analyzer/backtest"
	"keyperson/sources"
)

// Executions lists every ticket up to the as-of date that is an execution of a kind of recurring work by a person, for
// a backtest. Kinds are those of all tickets up to then. Errors are those of Assess.
func Executions(e *sources.Evidence, people *sources.People, systems *sources.SystemMap, options Options) ([]backtest.Execution, error) {
	if len(e.Tickets) == 0 {
		return nil, nil
	}
	w, err := newWork(e, people, systems, options)
	if err != nil {
		return nil, err
	}
	x := w.executed()
	placement := w.placed(x)
	var executions []backtest.Execution
	for _, ticket := range x.seen {
		fate, kind := &x.fates[ticket], placement.Of[ticket]
		if fate.omission != counted || kind < 0 {
			continue
		}
		executions = append(executions, backtest.Execution{
			Kind: kind, Person: fate.person, Opened: cmp.Or(e.Tickets[ticket].Created, fate.time), Done: fate.time,
			Reference: e.Tickets[ticket].Key,
		})
	}
	return executions, nil
}
