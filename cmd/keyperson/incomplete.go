package main

import "keyperson/sources"

// fatal are the findings that forbid scores.
func (r *reading) fatal() []sources.Finding {
	return sources.FatalFindings(r.evidence.Findings)
}

// refuseIncomplete stops before scores that would be wrong, unless the user accepts them.
func (r *reading) refuseIncomplete() error {
	if fatal := r.fatal(); len(fatal) > 0 && !r.flags.acceptIncomplete {
		return incompleteError{findings: fatal}
	}
	return nil
}

// admitIncomplete ends a run whose result was printed although its data is incomplete.
func (r *reading) admitIncomplete() error {
	if fatal := r.fatal(); len(fatal) > 0 {
		return incompleteError{findings: fatal, accepted: true}
	}
	return nil
}
