package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"slices"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/report"
	"keyperson/sources"
)

// readBaseline reads what was accepted; nil for no file.
func readBaseline(path, configuration string) (*gate.Baseline, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("--baseline %s does not exist; keyperson check --baseline %s --write-baseline makes it", path, report.ShellQuoted(path))
	}
	if err != nil {
		return nil, usage("--baseline: %w", err)
	}
	defer file.Close()
	baseline, err := gate.Read(path, file, configuration)
	if err != nil {
		return nil, usageError{err}
	}
	return baseline, nil
}

// refuseLater refuses a baseline of a later day than the one looked from, nil for none.
func refuseLater(path string, baseline *gate.Baseline, asOf time.Time) error {
	if baseline == nil {
		return nil
	}
	if day := baseline.AsOf.UTC().Format(time.DateOnly); day > asOf.Format(time.DateOnly) {
		return usage("--baseline %s is of %s, which is after %s, the date looked from: what was accepted later cannot be held against it; "+
			"look from a later date with --as-of, read what has happened since, or take an older baseline", path, day, asOf.Format(time.DateOnly))
	}
	return nil
}

func (p *program) writeBaseline(path string, baseline *gate.Baseline) error {
	var content bytes.Buffer
	if err := baseline.Write(&content); err != nil {
		return err
	}
	if err := writeNamed(path, content.Bytes(), 0o644); err != nil {
		return err
	}
	noun := "risks"
	if len(baseline.Accepted) == 1 {
		noun = "risk"
	}
	p.note("%s accepts %d %s as of %s", path, len(baseline.Accepted), noun, baseline.AsOf.Format(time.DateOnly))
	return nil
}

// warnOfUnseen says of a baseline just written what it cannot know: nobody sees a decision then, which would say so.
func (p *program) warnOfUnseen(seen *gate.Seen, findings []sources.Finding) {
	for _, finding := range slices.Concat(findings, gate.Judge(seen, nil, gate.Policy{}).Findings) {
		switch {
		case finding.Code != analyzer.StaleSource && finding.Code != gate.NothingJudged:
		case finding.Repository != "":
			p.note("%s: %s", report.Clean(finding.Repository), report.Clean(finding.Message))
		default:
			p.note("%s", report.Clean(finding.Message))
		}
	}
}
