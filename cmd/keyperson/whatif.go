package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/analyzer/planfile"
	"keyperson/report"
)

// departureFlags say who leaves, who comes, and when.
type departureFlags struct {
	leave, join []string
	on          string
	attrition   float64
	simulations int
	plan        string
}

func (f *departureFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringSliceVar(&f.leave, "leave", nil, "who leaves, separated by commas: name, address, account or pseudonym")
	flags.StringSliceVar(&f.join, "join", nil, "who joins, or comes back with what they still know")
	flags.StringVar(&f.on, "on", "", "date on which they leave, not before the as-of date: shows how often each task will be done until then")
	flags.Float64Var(&f.attrition, "attrition", 0, "share of people who leave in a year, above 0 and below 1: simulates what a year may cost")
	flags.StringVar(&f.plan, "after-actions", "", "file of keyperson plan --save: shows besides what is lost once its actions are carried out")
	flags.IntVar(&f.simulations, "simulations", analyzer.DefaultSimulations, "years to simulate, from 100 to 1,000,000")
}

const fewestSimulations, mostSimulations = 100, 1_000_000

// question checks the flags and puts them into a question.
func (f *departureFlags) question(asOf time.Time) (analyzer.Departure, error) {
	d := analyzer.Departure{Leave: f.leave, Join: f.join, Attrition: f.attrition, Simulations: f.simulations}
	switch {
	case len(f.leave) == 0 && len(f.join) == 0 && f.attrition == 0:
		return d, usage("whatif needs a question: --leave NAME, --join NAME or --attrition SHARE; keyperson whatif --help shows examples")
	case f.attrition < 0 || f.attrition >= 1 || f.attrition != f.attrition:
		return d, usage("--attrition %v: give a share above 0 and below 1, such as 0.15", f.attrition)
	case f.simulations < fewestSimulations || f.simulations > mostSimulations:
		return d, usage("--simulations %d: give a number from %d to %d", f.simulations, fewestSimulations, mostSimulations)
	case f.on == "":
		return d, nil
	}
	on, err := parseDate("--on", f.on, true)
	if err != nil {
		return d, err
	}
	if on.Before(asOf) {
		return d, usage("--on %s is before %s, the date looked from; --as-of %s looks from then", f.on, asOf.Format(time.DateOnly), f.on)
	}
	d.On = on
	return d, nil
}

const afterActions = "--after-actions"

// readPlan reads the plan that is to be carried out before; nil where none was given. Who is in it decides whether people are
// shown under pseudonyms: only so can they be recognised.
func (f *departureFlags) readPlan(source *sourceFlags) (*planfile.File, error) {
	if f.plan == "" {
		return nil, nil
	}
	plan, err := readPlan(afterActions, f.plan)
	if err != nil {
		return nil, err
	}
	if plan.Names && source.pseudonyms {
		return nil, usage("%s %s: the plan was kept with --names, so nobody in it can be recognised under pseudonyms; save it without --names", afterActions, f.plan)
	}
	source.pseudonyms = !plan.Names
	return plan, nil
}

func (p *program) whatIfCommand() *cobra.Command {
	var (
		source    sourceFlags
		output    outputFlags
		departure departureFlags
	)
	command := &cobra.Command{
		Use:   "whatif [PATH…]",
		Short: "Show what becomes of systems, tasks and runbooks when people leave or join",
		Long: `Whatif compares the state now with the state without those who leave: which systems nobody covers then, which fall
to one person alone, which recurring tasks stop, how many hours of them are to be redistributed, and which runbooks
lose their last active author. It takes the evidence as it is: nothing that those who stay may yet learn.

With --after-actions it shows three states: today, without them, and without them after the actions of a plan that
keyperson plan --save kept. So one sees what the plan saves, what it leaves, and which of its actions cannot be carried
out or teach somebody who leaves. People have pseudonyms where the plan was kept under them, and names where it was
kept with --names.

With --attrition it simulates years in which each active person leaves with that chance, and shows the distribution
of what is lost and its 95th percentile, the knowledge at risk.`,
		Example: `  keyperson whatif --leave ada@example.org                 # one person
  keyperson whatif --leave "Ada Example,Bo Sample"         # both at once
  keyperson whatif --leave Ada --on 2026-12-31             # later: how often will each task be done until then?
  keyperson whatif --leave Ada --join "Cy Specimen"        # and someone comes, or comes back
  keyperson plan --save plan.json --names                  # what to do first, and:
  keyperson whatif --leave Ada --after-actions plan.json   # does the plan save what Ada alone can do?
  keyperson whatif --attrition 0.15 ../shop ../warehouse   # what a year may cost`,
		RunE: func(command *cobra.Command, paths []string) error {
			return p.whatIf(command.Context(), paths, source, output, departure)
		},
	}
	source.bind(command)
	output.bind(command)
	departure.bind(command)
	return command
}

func (p *program) whatIf(ctx context.Context, paths []string, source sourceFlags, output outputFlags, departure departureFlags) error {
	if _, err := departure.question(time.Time{}); err != nil {
		return err
	}
	if err := output.validate(); err != nil {
		return err
	}
	plan, err := departure.readPlan(&source)
	if err != nil {
		return err
	}
	r, err := p.read(ctx, paths, source, need{ticketsSuffice: true})
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.refuseIncomplete(); err != nil {
		return err
	}
	question, err := departure.question(r.options.AsOf)
	if err != nil {
		return err
	}
	if plan != nil {
		if err := r.fits(plan, afterActions, departure.plan, "save it without --system, --since and --method, with the keyperson.yaml of now"); err != nil {
			return err
		}
		question.Plan = plan.Plan
	}
	answer, err := analyzer.Depart(r.evidence, r.people, r.systems, r.options, question)
	if errors.Is(err, analyzer.ErrPlanAhead) {
		return usage("%s %s: %w; give a later --as-of", afterActions, departure.plan, err)
	}
	if err != nil {
		return err
	}
	if r.veil != nil {
		for i := range answer.Joining {
			answer.Joining[i].Name = fmt.Sprintf("newcomer %d", i+1)
		}
		r.veil.coverListed(answer.People)
	}
	shown := report.WhatIf{
		WhatIf: answer, Incomplete: len(r.fatal()) > 0, Findings: r.evidence.Findings,
		Handover: subjectLine("handover", orHere(paths), source), Plan: pathsLine("plan", paths, source) + " --save keyperson-plan.json",
	}
	if r.veil == nil {
		shown.Plan += " --names"
	}
	if answer.After != nil {
		shown.Findings = slices.Concat(shown.Findings, answer.After.Findings)
	}
	if err := p.print(shown, output); err != nil {
		return err
	}
	return r.admitIncomplete()
}
