package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
)

// sourceFlags choose what is read. Every command that reads a history has them.
type sourceFlags struct {
	revision         string
	asOf             string
	config           string
	tickets          []string
	store            string
	lines            bool
	acceptIncomplete bool
	workers          int
	cache            string
	noCache          bool
	pseudonyms       bool
	pseudonymKey     string

	passedOn bool // the output is made to be passed on: pseudonyms unless names are asked for
	names    bool
}

func (f *sourceFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.revision, "revision", "", "commit, branch or tag to read (default HEAD)")
	flags.StringVar(&f.asOf, "as-of", "", "date (its end, UTC) or RFC 3339 time to look from; default: the newest commit or ticket event")
	f.bindConfig(command)
	flags.StringArrayVar(&f.tickets, "tickets", nil, "file or directory of tickets exported from a tracker; may be given several times")
	f.bindStore(command)
	flags.BoolVar(&f.acceptIncomplete, "accept-incomplete", false, "show scores from incomplete data, marked as such; the exit code stays 3")
	flags.IntVar(&f.workers, "workers", 0, "goroutines that read; no result depends on it (default: one a processor)")
	flags.StringVar(&f.cache, "cache", "", "directory that keeps what was read (default: keyperson in the user's cache directory)")
	flags.BoolVar(&f.noCache, "no-cache", false, "neither use nor keep what was read")
	flags.BoolVar(&f.pseudonyms, "pseudonyms", false, "show stable pseudonyms instead of names and addresses")
	flags.StringVar(&f.pseudonymKey, "pseudonym-key", "", "file with the secret behind the pseudonyms (or KEYPERSON_PSEUDONYM_KEY)")
}

// bindLines adds what commands have that show who wrote how many lines, or score by them.
func (f *sourceFlags) bindLines(command *cobra.Command) {
	command.Flags().BoolVar(&f.lines, "lines", false, "count lines and find who wrote each: slower")
}

// bindPassedOn adds what commands have whose output is made to be passed on.
func (f *sourceFlags) bindPassedOn(command *cobra.Command) {
	f.passedOn = true
	command.Flags().BoolVar(&f.names, "names", false, "show names instead of pseudonyms")
}

// hidesPeople says whether pseudonyms stand for people, by the flags alone.
func (f *sourceFlags) hidesPeople() bool { return f.pseudonyms || f.passedOn && !f.names }

func (f *sourceFlags) bindConfig(command *cobra.Command) {
	command.Flags().StringVar(&f.config, "config", "", "configuration file (default keyperson.yaml of the first repository)")
}

func (f *sourceFlags) bindStore(command *cobra.Command) {
	command.Flags().StringVar(&f.store, "store", "", "file that keeps imported tickets (default: one a configuration in the user's data directory)")
}

// outputFlags choose how a result is shown and where it goes.
type outputFlags struct {
	format  string
	output  string
	offered []string // formats that the command takes
}

func (f *outputFlags) bind(command *cobra.Command) { f.bindFormats(command, report.Names()) }

// bindFormats offers only the formats that carry what the command says.
func (f *outputFlags) bindFormats(command *cobra.Command, names []string) {
	f.offered = names
	flags := command.Flags()
	flags.StringVarP(&f.format, "format", "f", "table", "one of "+strings.Join(names, ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write to this file, whole or not at all (default standard output)")
	complete(command, "format", names)
}

// validate refuses a format that the command does not offer.
func (f *outputFlags) validate() error {
	if !slices.Contains(f.offered, f.format) {
		return usage("unknown format %q: use one of %s", f.format, strings.Join(f.offered, ", "))
	}
	return nil
}

// scoreFlags choose what is scored, and by which method.
type scoreFlags struct {
	since   string
	method  string
	system  string
	offered []string // methods that the command takes
}

// methods are the names that --method takes.
var methods = []string{
	string(analyzer.MethodFamiliarity), string(analyzer.MethodAvelino), string(analyzer.MethodAvelino2016), string(analyzer.MethodExpertise),
}

// explainedMethods are those that say who knows a file; the published truck factors say it of a whole.
var explainedMethods = []string{string(analyzer.MethodFamiliarity), string(analyzer.MethodExpertise)}

func (f *scoreFlags) bind(command *cobra.Command, methods []string) {
	flags := command.Flags()
	flags.StringVar(&f.since, "since", "", "leave out evidence before this date or RFC 3339 time")
	f.method, f.offered = string(analyzer.MethodFamiliarity), methods
	if len(methods) < 2 {
		return // there is nothing to choose
	}
	flags.StringVar(&f.method, "method", f.method, "how knowledge is measured: "+strings.Join(methods, ", "))
	complete(command, "method", methods)
}

func complete(command *cobra.Command, flag string, values []string) {
	// Registering fails only for a flag that does not exist, which the tests would show.
	_ = command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// isPublished says whether the method reads a history the way its authors did.
func (f *scoreFlags) isPublished() bool {
	return f.method == string(analyzer.MethodAvelino) || f.method == string(analyzer.MethodAvelino2016)
}

// apply puts the choices into the analyzer's options.
func (f *scoreFlags) apply(options *analyzer.Options) error {
	options.System = f.system
	options.Method = analyzer.Method(f.method)
	known := false
	for _, method := range f.offered {
		known = known || method == f.method
	}
	if !known {
		return usage("unknown method %q: use one of %s", f.method, strings.Join(f.offered, ", "))
	}
	if f.since != "" {
		since, err := parseDate("--since", f.since, false)
		if err != nil {
			return err
		}
		if since.After(options.AsOf) {
			return usage("--since %s is after %s, the date looked from: nothing would be left", f.since, options.AsOf.Format(time.RFC3339))
		}
		options.Since = &since
	}
	return nil
}

// parseDate reads a date, which means its first or last second in UTC, or an RFC 3339 time.
func parseDate(flag, text string, end bool) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		if end {
			day = day.Add(24*time.Hour - time.Second)
		}
		return day, nil
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, usage("%s %q is neither a date like 2026-01-31 nor a time like 2026-01-31T12:00:00Z", flag, text)
	}
	return moment.UTC().Truncate(time.Second), nil
}

// validate refuses what no reading could mean.
func (f *sourceFlags) validate() error {
	if f.workers < 0 {
		return usage("--workers %d: give a number from 1 on, or 0 for one a processor", f.workers)
	}
	if f.noCache && f.cache != "" {
		return usage("--cache and --no-cache contradict each other; give one")
	}
	if f.pseudonyms && f.names {
		return usage("--pseudonyms and --names contradict each other; give one")
	}
	if f.pseudonymKey != "" && !f.hidesPeople() {
		return usage("--pseudonym-key has no effect without --pseudonyms")
	}
	return nil
}

// withoutRepository refuses what only a repository gives a meaning to.
func (f *sourceFlags) withoutRepository() error {
	switch {
	case f.revision != "":
		return usage("--revision %s: there is no repository here", f.revision)
	case f.lines:
		return usage("--lines: there is no repository here")
	}
	return nil
}

// again are the arguments that make another command read the same things. Where the key of pseudonyms lies
// is nobody's business.
func (f *sourceFlags) again() []string {
	var arguments []string
	add := func(flag, value string) {
		if value != "" {
			arguments = append(arguments, fmt.Sprintf("--%s=%s", flag, value))
		}
	}
	add("revision", f.revision)
	add("as-of", f.asOf)
	add("config", f.config)
	if !f.pseudonyms { // a path begins with someone's home often enough
		for _, tickets := range f.tickets {
			add("tickets", tickets)
		}
		add("store", f.store)
	}
	for _, flag := range []struct {
		name string
		set  bool
	}{{"lines", f.lines}, {"accept-incomplete", f.acceptIncomplete}, {"pseudonyms", f.pseudonyms}} {
		if flag.set {
			arguments = append(arguments, "--"+flag.name)
		}
	}
	return arguments
}
