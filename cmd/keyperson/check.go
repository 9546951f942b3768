package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"keyperson/analyzer/gate"
	"keyperson/report"
)

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
of risks for each tier, waivers accept one risk for a time. Without any of them every risk fails. A risk that a budget
counts fails when the budget is used up, whatever the baseline says; others fail by the baseline.

Risks are told apart by a fingerprint that names nobody. A baseline is refused when it was made with another
configuration or is of a later date; --update-baseline only ever tightens it. People are shown under pseudonyms unless
--names is given. Without a repository the tickets alone are enough.

What cannot be judged is not let through, with exit code 3: when neither a system nor a task has evidence enough, and
when a risk of the baseline is no more to be seen because its tickets or its repository end long before the date looked
from, or are not read any more. --update-baseline keeps such a risk, and a waiver accepts it. --accept-incomplete lets
both through; from data that would give wrong scores it only shows the decision, and the exit code stays 3.

Exit codes: 0 nothing over what was accepted · 1 something is · 2 wrong usage, configuration or baseline ·
3 the data cannot carry scores or a decision (outranks 1) · 4 a source cannot be read · 5 a defect in Keyperson.`,
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
			if err := errors.Join(flags.validate(), flags.validateFiles(output), tables.validate(), flags.validateWriting(command)); err != nil {
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

// undecidedError says that a gate cannot let through, for what it could not judge: exit code 3.
type undecidedError struct{ *gate.Result }

func (e undecidedError) Error() string {
	var b strings.Builder
	b.WriteString("the gate cannot decide (exit code 3):")
	for _, finding := range e.Findings {
		if finding.Code != gate.IdleBudget {
			b.WriteString("\n  " + report.Clean(finding.Message) + "\n    " + report.Clean(finding.Advice))
		}
	}
	b.WriteString("\n  --accept-incomplete lets it through all the same.")
	return b.String()
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
	seen, configuration := gate.See(assessment), r.configurationHash()
	if flags.write {
		err := p.writeBaseline(flags.baseline, gate.Accept(seen, configuration))
		p.warnOfUnseen(seen, assessment.Findings)
		return errors.Join(err, r.admitIncomplete())
	}
	baseline, err := readBaseline(flags.baseline, configuration)
	if err != nil {
		return err
	}
	if baseline != nil && len(policy.FailOn) == 0 {
		policy.FailOn = []gate.State{gate.New, gate.Worse}
	}
	result := gate.Judge(seen, baseline, policy)
	isHeld := result.Undecided() && !source.acceptIncomplete
	later := refuseLater(flags.baseline, baseline, assessment.AsOf)
	// Where nobody chose the date, a source that was cut short may have moved it back: then what it hides comes first.
	if later != nil && (source.asOf != "" || !isHeld) {
		return later
	}
	shown := report.Check{
		Result: result, Assessment: assessment, Findings: slices.Concat(assessment.Findings, result.Findings), Incomplete: assessment.Incomplete,
		Tool: version(), Configuration: r.config.Name,
	}
	if err := p.makeTables(ctx, paths, source, score, output, r, shown, tables); err != nil {
		return err
	}
	if err := p.printAll(shown, output, flags.also); err != nil {
		return err
	}
	failing := decisionError(result, explainLine(orHere(paths), source))
	if err := r.admitIncomplete(); err != nil {
		return err
	}
	if isHeld {
		return errors.Join(undecidedError{result}, later, failing)
	}
	if flags.update {
		if err := p.writeBaseline(flags.baseline, baseline.Ratchet(seen)); err != nil {
			return err
		}
	}
	return failing
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
