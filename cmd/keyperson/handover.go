package main

import (
	"context"
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
	due        string
	loadCap    int
	check      bool
}

func (f *handoverFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.leaver, "leaver", "", "who leaves: name, address, account or pseudonym (default: the key person)")
	flags.StringSliceVar(&f.successors, "successors", nil, "who is to take over, separated by commas (default: whoever is nearest)")
	flags.StringVar(&f.due, "due", "", "date on which it is to be done: dates the steps")
	flags.IntVar(&f.loadCap, "load-cap", analyzer.DefaultLoadCap, "most systems and tasks that may hang on one successor")
	flags.BoolVar(&f.check, "check", false, "exit with 1 until every criterion passes that evidence can show")
}

// notDoneError says that a handover is not done; the sheet was printed.
type notDoneError struct{ failed []string }

func (e notDoneError) Error() string {
	return "the handover is not done (exit code 1): open are " + strings.Join(e.failed, ", ")
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

It works from commits alone, from tickets alone, and best from both with runbooks. With --check the exit code says
whether every criterion passes that evidence can show: run it each week until it does.

Exit codes: 0 done, or not asked · 1 with --check: not done yet · 2 wrong usage, or someone unknown · 3 the data
cannot carry it · 4 a repository is damaged or cannot be read · 5 a defect in Keyperson.`,
		Example: `  keyperson handover payments                                  # from its key person to whoever is nearest
  keyperson handover payments --leaver ada@example.org --successors "Bo Sample,Cy Specimen" --due 2026-12-31
  keyperson handover --leaver Ada                              # everything Ada holds
  keyperson handover payments -f html -o handover.html         # to print
  keyperson handover payments -f markdown                      # to paste into a ticket
  keyperson handover payments --leaver Ada --check             # done yet?
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
	if !question.Due.IsZero() && question.Due.Before(r.options.AsOf) {
		return usage("--due %s is before %s, the date looked from", flags.due, r.options.AsOf.Format(time.DateOnly))
	}
	if question.System = system; len(r.repositories) > 0 {
		question.System = r.subjectPath(system)
	}
	question.OwnerLines = r.ownerLines()
	sheet, err := analyzer.HandOver(r.evidence, r.people, r.systems, r.options, question)
	if err != nil {
		return err
	}
	r.veil.coverHandover(sheet)
	shown := report.Handover{Handover: sheet, Incomplete: len(r.fatal()) > 0, Findings: r.evidence.Findings}
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
	return notDoneError{failed}
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

// coverHandover takes away what only names say, in the texts of lines that list owners too.
func (v *veil) coverHandover(sheet *analyzer.Handover) {
	if v == nil {
		return
	}
	v.coverListed(sheet.People)
	for i := range sheet.Open {
		end := &sheet.Open[i]
		if end.Text = v.replaced.Replace(end.Text); end.Kind != analyzer.OpenTicket {
			end.Text = "" // an account in a list of owners names someone whatever stands beside it
		}
	}
}
