package main

import (
	"path/filepath"
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
	case f.baseline == "" && len(f.failOn) > 0 && !slices.Contains(f.failOn, string(gate.New)):
		return usage("--fail-on %s never fails without a baseline, to which every risk is new; give --baseline FILE, or --fail-on new", strings.Join(f.failOn, ","))
	case !(f.tolerance >= 0 && f.tolerance <= 1):
		return usage("--tolerance %v: give a number from 0 to 1", f.tolerance)
	}
	return nil
}

// validateFiles refuses to write two results into one file, or one over the baseline that it is judged by. What is no
// file, such as /dev/null, takes any number.
func (f *gateFlags) validateFiles(output outputFlags) error {
	written := map[string]string{} // the flag, by file
	claim := func(flag, path string) error {
		file := fileBehind(path)
		if file == "" {
			return nil
		}
		if earlier, isTaken := written[file]; isTaken {
			return usage("%s and %s are one file: the second would take the place of the first; name another", earlier, flag)
		}
		written[file] = flag
		return nil
	}
	if err := claim("--baseline "+f.baseline, f.baseline); err != nil {
		return err
	}
	if err := claim("--output "+output.output, output.output); err != nil {
		return err
	}
	for _, pair := range f.also {
		_, path, _ := strings.Cut(pair, "=")
		if err := claim("--also "+pair, path); err != nil {
			return err
		}
	}
	return nil
}

// fileBehind tells files apart, by whichever way they are named; empty where there is none to overwrite.
func fileBehind(path string) string {
	if path == "" || isDevice(path) {
		return ""
	}
	target, err := behindLinks(path)
	if err != nil {
		return path // whoever writes it says what is wrong
	}
	directory, err := filepath.EvalSymlinks(filepath.Dir(target))
	if err != nil {
		directory = filepath.Dir(target)
	}
	absolute, err := filepath.Abs(filepath.Join(directory, filepath.Base(target)))
	if err != nil {
		return target
	}
	return absolute
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
