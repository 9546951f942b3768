package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
	"keyperson/report"
	"keyperson/sources"
)

// gateFlags choose what a check lets through.
type gateFlags struct {
	baseline  string
	write     bool
	update    bool
	failOn    []string
	tolerance float64
	typed     bool     // the tolerance was: only then it outranks the configuration
	also      []string // FORMAT=FILE
}

func (p *program) checkCommand() *cobra.Command {
	var (
		source sourceFlags
		score  scoreFlags
		output outputFlags
		flags  gateFlags
		tables tableFlags
	)
	command := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Fail when more hangs on one person than was accepted: for continuous integration",
		Long: `Check lists every risk (a system or a routine task that one absence stops) and fails, with exit code 1, on
those that were not accepted. A baseline accepts what there is today, budgets in keyperson.yaml accept a number
of risks for each tier, waivers accept one risk for a time. Without any of them every risk fails.

Risks are told apart by a fingerprint that names nobody. A baseline is refused when it was made with another
configuration; --update-baseline only ever tightens it. People are shown under pseudonyms unless --names is given.
Without a repository the tickets alone are enough.

Exit codes: 0 nothing over what was accepted · 1 something is · 2 wrong usage, configuration or baseline ·
3 the data cannot carry scores (outranks 1) · 4 a source cannot be read · 5 a defect in Keyperson.`,
		Example: `  keyperson check                                            # fail on any risk
  keyperson check --baseline risks.json --write-baseline     # accept what there is today
  keyperson check --baseline risks.json                      # fail on what is new or worse since
  keyperson check --baseline risks.json --update-baseline    # and hold what got better to that
  keyperson check --baseline risks.json --fail-on new        # worse is only reported
  keyperson check -f csv -o risks.csv                        # the risks for a spreadsheet
  keyperson check --also sarif=risks.sarif --also junit=risks.xml   # one run, several readers
  keyperson check --tables warehouse --tables-format parquet # every table, with a manifest`,
		RunE: func(command *cobra.Command, paths []string) error {
			flags.typed = command.Flags().Changed("tolerance")
			if err := errors.Join(flags.validate(), tables.validate(), flags.validateWriting(command)); err != nil {
				return err
			}
			return p.check(command.Context(), paths, source, score, output, flags, tables)
		},
	}
	source.bind(command)
	source.bindLines(command)
	source.bindPassedOn(command)
	score.bind(command, explainedMethods)
	output.bindFormats(command, report.CheckNames())
	tables.bind(command)
	set := command.Flags()
	set.StringVar(&flags.baseline, "baseline", "", "file with what was accepted")
	set.BoolVar(&flags.write, "write-baseline", false, "write what there is into the baseline file and accept it")
	set.BoolVar(&flags.update, "update-baseline", false, "take out of the baseline what is gone, and hold it to what got better")
	set.StringSliceVar(&flags.failOn, "fail-on", nil, "states that fail: new, worse, unchanged (default new,worse with a baseline, else all)")
	set.Float64Var(&flags.tolerance, "tolerance", gate.DefaultTolerance, "how much a risk between 0 and 1 may grow before it is worse")
	set.StringArrayVar(&flags.also, "also", nil, "FORMAT=FILE: write the same decision in another format too; may be given several times")
	complete(command, "fail-on", stateNames())
	return command
}

func stateNames() []string {
	names := make([]string, len(gate.States))
	for i, state := range gate.States {
		names[i] = string(state)
	}
	return names
}

// validateWriting refuses what shows a decision together with --write-baseline, which makes none.
func (f *gateFlags) validateWriting(command *cobra.Command) error {
	if !f.write {
		return nil
	}
	for _, flag := range []string{"also", "edges", "fail-on", "format", "output", "tables", "tables-format", "tolerance"} {
		if command.Flags().Changed(flag) {
			return usage("--%s shows or shapes a decision, and --write-baseline accepts what there is without one; give one of them", flag)
		}
	}
	return nil
}

func (f *gateFlags) validate() error {
	for _, state := range f.failOn {
		if !slices.Contains(gate.States, gate.State(state)) {
			return usage("--fail-on %q: use %s", state, strings.Join(stateNames(), ", "))
		}
	}
	for _, pair := range f.also {
		name, path, _ := strings.Cut(pair, "=")
		if _, err := report.LookupCheck(name); err != nil {
			return err
		}
		if path == "" {
			return usage("--also %q: write FORMAT=FILE, such as sarif=risks.sarif", pair)
		}
	}
	switch {
	case f.write && f.update:
		return usage("--write-baseline accepts everything, --update-baseline only what got better; give one")
	case (f.write || f.update) && f.baseline == "":
		return usage("name the file with --baseline FILE")
	case !(f.tolerance >= 0 && f.tolerance <= 1):
		return usage("--tolerance %v: give a number from 0 to 1", f.tolerance)
	}
	return nil
}

// overBudgetError says that a gate does not let through: exit code 1.
type overBudgetError struct {
	risks int
	first string // the command line that explains the first
}

func (e overBudgetError) Error() string {
	noun := "risks are"
	if e.risks == 1 {
		noun = "risk is"
	}
	return fmt.Sprintf("%d %s over what was accepted (exit code 1); %s shows the evidence behind the first",
		e.risks, noun, e.first)
}

func (p *program) check(ctx context.Context, paths []string, source sourceFlags, score scoreFlags, output outputFlags, flags gateFlags, tables tableFlags) error {
	r, err := p.readToScore(ctx, paths, source, score, output)
	if err != nil {
		return err
	}
	defer r.close()
	policy, err := r.policy(flags)
	if err != nil {
		return err
	}
	assessment, err := r.assessed(true)
	if err != nil {
		return err
	}
	risks := analyzer.Register(assessment)
	configuration := r.configurationHash()
	if flags.write {
		return errors.Join(p.writeBaseline(flags.baseline, gate.Accept(risks, configuration, assessment.AsOf)), r.admitIncomplete())
	}
	baseline, err := readBaseline(flags.baseline, configuration)
	if err != nil {
		return err
	}
	if baseline != nil && len(policy.FailOn) == 0 {
		policy.FailOn = []gate.State{gate.New, gate.Worse}
	}
	result := gate.Judge(risks, analyzer.Riskables(assessment), baseline, policy, assessment.AsOf)
	shown := report.Check{
		Result: result, Assessment: assessment, Findings: assessment.Findings, Incomplete: assessment.Incomplete,
		Tool: version(), Configuration: r.config.Name,
	}
	if err := p.makeTables(ctx, paths, source, score, output, r, shown, tables); err != nil {
		return err
	}
	if err := p.printAll(shown, output, flags.also); err != nil {
		return err
	}
	if err := r.admitIncomplete(); err != nil {
		return err
	}
	if flags.update {
		if err := p.writeBaseline(flags.baseline, baseline.Ratchet(risks, assessment.AsOf)); err != nil {
			return err
		}
	}
	return decisionError(result, explainLine(orHere(paths), source))
}

// printAll prints the decision, and writes it in every other format asked for.
func (p *program) printAll(check report.Check, output outputFlags, also []string) error {
	for _, pair := range also {
		name, path, _ := strings.Cut(pair, "=")
		format, err := report.LookupCheck(name)
		if err != nil {
			return err
		}
		if err := printTo(path, format, check); err != nil {
			return err
		}
	}
	return p.print(check, output)
}

// decisionError is what fails a run; explain is the beginning of the command line that explains a risk.
func decisionError(result *gate.Result, explain string) error {
	if !result.Failed {
		return nil
	}
	failing := overBudgetError{}
	for i := range result.Risks {
		if risk := &result.Risks[i]; risk.Fails {
			failing.risks++
			if failing.first == "" {
				failing.first = explain + " " + report.ShellQuoted(risk.ID)
			}
		}
	}
	return failing
}

// policy puts together what flags and configuration accept.
func (r *reading) policy(flags gateFlags) (gate.Policy, error) {
	check := &r.config.Check
	policy := gate.Policy{Tolerance: gate.DefaultTolerance}
	if check.Tolerance != nil {
		policy.Tolerance = *check.Tolerance
	}
	if flags.typed {
		policy.Tolerance = flags.tolerance
	}
	for _, state := range flags.failOn {
		policy.FailOn = append(policy.FailOn, gate.State(state))
	}
	for _, b := range check.Budgets {
		if err := r.knownRule(b.Rule, b.Line); err != nil {
			return policy, err
		}
		policy.Budgets = append(policy.Budgets, gate.Budget{Tier: b.Tier, Rule: analyzer.RiskRule(b.Rule), Most: b.Most, Line: b.Line})
	}
	for _, w := range check.Waivers {
		if err := r.knownRule(w.Rule, w.Line); err != nil {
			return policy, err
		}
		policy.Waivers = append(policy.Waivers, gate.Waiver{
			Fingerprint: w.Fingerprint, Rule: analyzer.RiskRule(w.Rule), ID: w.ID, Owner: w.Owner, Reason: w.Reason,
			Until: time.Unix(w.Until, 0).UTC(), Line: w.Line,
		})
	}
	return policy, nil
}

// knownRule refuses a rule that a budget or waiver would wait for in vain.
func (r *reading) knownRule(rule string, line int) error {
	var known []string
	for _, k := range analyzer.RiskRules {
		if rule == "" || string(k.Rule) == rule {
			return nil
		}
		known = append(known, string(k.Rule))
	}
	hint := "the rules are " + strings.Join(known, ", ")
	if near := sources.Near(rule, known); len(near) > 0 {
		hint = "did you mean " + near[0] + "?"
	}
	return usage("configuration: %s:%d: check: unknown rule %q; %s", r.config.Name, line, rule, hint)
}

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
