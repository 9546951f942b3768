package main

import (
	"context"

	"keyperson/sources"
	"keyperson/sources/filekind"
	"keyperson/sources/git/facts"
)

// classify says which files of each repository are assessed, and returns what it found on the way.
func (r *reading) classify(ctx context.Context, p *program) ([]sources.Finding, error) {
	var findings []sources.Finding
	first := 0
	for i, snapshot := range r.snapshots {
		last := first
		for last < len(r.evidence.Files) && r.evidence.Things[r.evidence.Files[last].Thing].Repository == uint32(i) {
			last++
		}
		part := *r.evidence
		part.Files = r.evidence.Files[:last:last]
		kept := keptBeside(r.repositories[i], r.flags, kindsEnding)
		verdicts := p.loadKinds(kept)
		found, err := filekind.Classify(ctx, &part, first, snapshot, r.config.Exclude, verdicts)
		if err != nil {
			return nil, err
		}
		if kept != "" && verdicts.HasNew() {
			if err := facts.Keep(kept, verdicts.Encode()); err != nil {
				p.noteFailure("what was found out about files", err)
			}
		}
		findings = append(findings, found...)
		first = last
	}
	return findings, nil
}
