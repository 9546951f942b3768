package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/report"
	"keyperson/sources"
	"keyperson/sources/catalog"
)

// handoverFlags say who hands over to whom, and until when.
type handoverFlags struct {
	leaver     string
	successors []string
	start, due string
	loadCap    int
	check      bool
}

func (f *handoverFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.leaver, "leaver", "", "who leaves: name, address, account or pseudonym (default: the key person)")
	flags.StringSliceVar(&f.successors, "successors", nil, "who is to take over, separated by commas (default: whoever is nearest)")
	flags.StringVar(&f.start, "start", "", "date on which the handover began: only what successors did from then on proves it (default: it begins now)")
	flags.StringVar(&f.due, "due", "", "date on which it is to be done: dates the steps")
	flags.IntVar(&f.loadCap, "load-cap", analyzer.DefaultLoadCap, "most systems and tasks that may hang on one successor")
	flags.BoolVar(&f.check, "check", false, "exit with 1 until every criterion passes that evidence can show")
}

// notDoneError says that a handover is not done; the sheet was printed.
type notDoneError struct {
	failed   []string
	hasBegun bool
}

func (e notDoneError) Error() string {
	message := "the handover is not done (exit code 1): open are " + strings.Join(e.failed, ", ")
	if !e.hasBegun {
		message += "; without --start DATE, when it began, nothing that was done counts as proof"
	}
	return message
}

func (p *program) handoverCommand() *cobra.Command {
	var (
		source sourceFlags
		output outputFlags
		flags  handoverFlags
		paths  []string
	)
	command := &cobra.Command{
		Use:   "handover [SYSTEM]",
		Short: "Plan the handover of a system, and check when it is done",
		Long: `Handover writes the sheet for handing over a system: what only the leaver knows, which recurring tasks stop, who can take
over and on what evidence, or that no one here can, what still names the leaver, what to do in which order, and when
it is done. SYSTEM is a system or a directory; without it, everything that was read is handed over.

It works from commits alone, from tickets alone, and best from both with runbooks.

A handover begins with its first sheet. From then on give the date as --start, and the criteria are those of that day: each
task that stopped then was since done by a successor from its manual, each group of files that only the leaver knew was
since changed or reviewed by one, no open ticket or line of owners names the leaver, no successor is over the load cap.
What a successor did before shows that they could, and proves nothing: it is named beside. Where the leaver has left
already and no --start is given, the handover is taken to have begun with the last that is known of them. --due only dates the
steps that are left. With --check the exit code says whether every criterion passes that evidence can show.

Hours are of all who take part: 2 to tell how a task is done and 4 to write it down, the runs themselves and half an hour
beside each of them, 2 of both for a group of files. A run takes what was booked, or what keyperson.yaml says under
hours of the task. Where only the time is known that tickets were open, it bounds a run from above: a step then takes
from so many to so many hours, and so does the sum.

Exit codes: 0 done, or not asked · 1 with --check: not done yet · 2 wrong usage, or someone unknown · 3 the data
cannot carry it · 4 a repository is damaged or cannot be read · 5 a defect in Keyperson.`,
		Example: `  keyperson handover payments                                  # from its key person to whoever is nearest
  keyperson handover payments --leaver ada@example.org --successors "Bo Sample,Cy Specimen" --due 2026-12-31
  keyperson handover --leaver Ada                              # everything Ada holds
  keyperson handover payments -f html -o handover.html         # to print
  keyperson handover payments -f markdown                      # to paste into a ticket
  keyperson handover payments --leaver Ada --start 2026-11-02 --check      # done yet? run it each week until it is
  keyperson handover -C ../shop payments                       # in another repository`,
		Args: func(_ *cobra.Command, arguments []string) error {
			if len(arguments) > 1 {
				return usage("handover takes one system, not %d; another repository goes behind -C", len(arguments))
			}
			return nil
		},
		RunE: func(command *cobra.Command, arguments []string) error {
			return p.handover(command.Context(), strings.Join(arguments, ""), paths, source, output, flags)
		},
	}
	source.bind(command)
	output.bind(command)
	flags.bind(command)
	command.Flags().StringArrayVarP(&paths, "repository", "C", nil, "repository to read; may be given several times (default: the current directory)")
	return command
}

func (p *program) handover(ctx context.Context, system string, paths []string, source sourceFlags, output outputFlags, flags handoverFlags) error {
	question := analyzer.HandoverQuestion{Leaver: flags.leaver, Successors: flags.successors, LoadCap: flags.loadCap}
	if flags.loadCap < 1 {
		return usage("--load-cap %d: give a number from 1 on", flags.loadCap)
	}
	if flags.due != "" {
		due, err := parseDate("--due", flags.due, true)
		if err != nil {
			return err
		}
		question.Due = due
	}
	if err := output.validate(); err != nil {
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
	if question.System = system; len(r.repositories) > 0 {
		question.System = r.subjectPath(system)
	}
	question.OwnerLines, question.Aliases = r.ownerLines(), r.otherNames()
	handing := handingOver{program: p, paths: paths, source: source, now: r, question: question}
	sheet, fromLastSeen, err := handing.sheet(ctx, flags.start)
	if err != nil {
		return err
	}
	r.veil.coverHandover(sheet)
	shown := report.Handover{
		Handover: sheet, Incomplete: len(r.fatal()) > 0, Findings: r.evidence.Findings, FromLastSeen: fromLastSeen,
		Check: checkLine(sheet, system, paths, source, flags),
	}
	if err := p.print(shown, output); err != nil {
		return err
	}
	if err := r.admitIncomplete(); err != nil || !flags.check || sheet.Done() {
		return err
	}
	var failed []string
	for _, c := range sheet.Criteria {
		if c.State == analyzer.Fail {
			failed = append(failed, c.ID)
		}
	}
	return notDoneError{failed, sheet.HasBegun}
}

// checkLine is the command that tells later how far a handover is which begins with a sheet, or has begun.
func checkLine(sheet *analyzer.Handover, system string, paths []string, source sourceFlags, flags handoverFlags) string {
	source.asOf = "" // the newest then
	arguments := []string{"handover"}
	if system != "" {
		arguments = append(arguments, system)
	}
	if !source.pseudonyms { // a path begins with someone's home often enough
		for _, path := range paths {
			arguments = append(arguments, "-C", path)
		}
	}
	arguments = append(append(arguments, source.again()...), "--leaver="+sheet.People[sheet.Leaver].ID)
	if sheet.Chosen {
		ids := make([]string, len(sheet.Successors))
		for i := range sheet.Successors {
			ids[i] = sheet.People[sheet.Successors[i].Person].ID
		}
		arguments = append(arguments, "--successors="+strings.Join(ids, ","))
	}
	start := flags.start
	if start == "" {
		start = sheet.Start.AddDate(0, 0, 1).Format(time.DateOnly) // the day after: what was done on this one may have been done before
		if sheet.HasBegun {
			start = sheet.Start.Format(time.RFC3339)
		}
	}
	arguments = append(arguments, "--start="+start)
	if flags.due != "" {
		arguments = append(arguments, "--due="+flags.due)
	}
	if flags.loadCap != analyzer.DefaultLoadCap {
		arguments = append(arguments, fmt.Sprintf("--load-cap=%d", flags.loadCap))
	}
	return commandLine("keyperson", append(arguments, "--check"))
}

// mostRunbookBytes is more than the head of a runbook needs.
const mostRunbookBytes = 1 << 20

// ownerLines lists the lines that name owners: of CODEOWNERS and OWNERS files, and of runbooks the line that holds the owner
// as the document states it.
func (r *reading) ownerLines() []sources.OwnerLine {
	lines := catalog.OwnerLines(r.snapshots)
	for i := range r.evidence.Runbooks {
		runbook := &r.evidence.Runbooks[i]
		thing := &r.evidence.Things[runbook.Thing]
		if runbook.Owner == "" || int(thing.Repository) >= len(r.snapshots) {
			continue
		}
		data, err := r.snapshots[thing.Repository].Read(thing.Path, mostRunbookBytes)
		if err != nil {
			continue
		}
		for number, line := range strings.Split(string(data), "\n") {
			if strings.Contains(line, runbook.Owner) {
				lines = append(lines, sources.OwnerLine{
					Repository: thing.Repository, Path: thing.Path, Line: number + 1, Text: strings.TrimSpace(line), Owners: []string{runbook.Owner},
				})
				break
			}
		}
	}
	return lines
}

// otherNames are what the alias file calls people, whether the evidence has it or not.
func (r *reading) otherNames() []analyzer.Alias {
	if r.aliases == nil {
		return nil
	}
	var aliases []analyzer.Alias
	for i := range r.aliases.People {
		stated := &r.aliases.People[i]
		alias := analyzer.Alias{Of: append([]string{stated.Name}, stated.Addresses...), Names: slices.Clone(stated.Names)}
		for _, account := range stated.Accounts {
			if _, key, isAccount := strings.Cut(account, "/"); isAccount {
				alias.Names = append(alias.Names, key)
			}
		}
		aliases = append(aliases, alias)
	}
	return aliases
}

// coverHandover takes away what only names say, in the texts of lines that list owners too.
func (v *veil) coverHandover(sheet *analyzer.Handover) {
	if v == nil {
		return
	}
	v.coverListed(sheet.People)
	for i := range sheet.Open {
		end := &sheet.Open[i]
		if end.Text = v.coverSummary(end.Text); end.Kind != analyzer.OpenTicket {
			end.Text, end.Why = "", "" // an account in a list of owners names someone whatever stands beside it
		}
	}
}
