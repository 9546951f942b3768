package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"

	"keyperson/analyzer"
	"keyperson/analyzer/planfile"
	"keyperson/report"
	"keyperson/sources"
)

// savePlan keeps a plan for --score. Unless names are to be kept, it is made once more under pseudonyms: even the names of
// tasks are other ones then, where they came from summaries that name someone.
func (p *program) savePlan(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, flags planFlags, r *reading, plan *analyzer.Plan) error {
	if flags.names == source.pseudonyms {
		if flags.names {
			return usage("--names and --pseudonyms contradict each other; give one")
		}
		source.pseudonyms = true
		veiled, err := p.readToScore(ctx, paths, source, score, output)
		if err != nil {
			return err
		}
		defer veiled.close()
		limits, err := flags.options()
		if err != nil {
			return err
		}
		if plan, err = analyzer.MakePlan(veiled.evidence, veiled.people, veiled.systems, veiled.options, limits); err != nil {
			return err
		}
		r = veiled
	}
	file := planfile.File{Configuration: r.configurationHash(), Names: flags.names, Key: r.veil.keyMark(), Plan: plan}
	var content bytes.Buffer
	if err := file.Write(&content); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if flags.names {
		mode = private
	}
	if err := writeNamed(flags.save, content.Bytes(), mode); err != nil {
		return err
	}
	p.note("%s keeps the plan; keyperson plan --score %s says what became of it, from %s on", flags.save, report.ShellQuoted(flags.save),
		plan.Until.Format("2006-01-02"))
	return nil
}

// keyMark tells one secret behind pseudonyms from another without giving it away; empty without a veil.
func (v *veil) keyMark() string {
	if v == nil {
		return ""
	}
	return v.pseudonym(sources.Bot, "the key of a plan")
}

// scorePlan says what became of an earlier plan, under pseudonyms where it was kept under them.
func (p *program) scorePlan(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, path string) error {
	file, err := readPlan("--score", path)
	if err != nil {
		return err
	}
	if file.Names && source.pseudonyms {
		return usage("--score %s: the plan was kept with --names, so it cannot be scored under pseudonyms", path)
	}
	source.pseudonyms = !file.Names
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.fits(file, "--score", path, asSaved); err != nil {
		return err
	}
	predictions, err := analyzer.ScorePlan(r.evidence, r.people, r.systems, r.options, file.Plan)
	if errors.Is(err, analyzer.ErrPlanNotBegun) {
		return usage("--score %s: %w; give a later --as-of, or wait for new evidence", path, err)
	}
	if err != nil {
		return err
	}
	shown := report.PlanScore{Plan: file.Plan, Predictions: predictions, AsOf: r.options.AsOf, Findings: r.evidence.Findings, Incomplete: len(r.fatal()) > 0}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}

// asSaved is what to do about a plan of another configuration.
const asSaved = "use the flags and the keyperson.yaml it was saved with"

// fits refuses a plan whose people or numbers are not those of what was read; advice is what to do about the latter.
func (r *reading) fits(file *planfile.File, flag, path, advice string) error {
	switch {
	case file.Key != r.veil.keyMark():
		return usage("%s %s: the plan was kept with another secret or other repositories, so nobody in it can be recognised; give the --pseudonym-key and the paths it was saved with", flag, path)
	case file.Configuration != r.configurationHash():
		return usage("%s %s: the plan was made with another configuration (%s, now %s), so its predictions are about other numbers; %s",
			flag, path, file.Configuration, r.configurationHash(), advice)
	}
	return nil
}

func readPlan(flag, path string) (*planfile.File, error) {
	data, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("%s %s does not exist; keyperson plan --save %s writes it", flag, path, report.ShellQuoted(path))
	}
	if err != nil {
		return nil, usage("%s: %w", flag, err)
	}
	defer data.Close()
	file, err := planfile.Read(path, data)
	if err != nil {
		return nil, usageError{err}
	}
	return file, nil
}
