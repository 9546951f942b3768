package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"keyperson/report"
	"keyperson/sources/demo"
)

func (p *program) demoCommand() *cobra.Command {
	options := demo.Options{}
	command := &cobra.Command{
		Use:   "demo DIR",
		Short: "Write a made-up organisation to try everything on",
		Long: `Demo makes up an operations provider from a seed: a dozen services in three tiers, fourteen people, two years of
commits, tickets and runbooks. It writes a git repository with a keyperson.yaml, the export of a Jira, and truth.json,
which says what was planted in them. The same seed and sizes give the same bytes. DIR must be empty or not exist.`,
		Example: `  keyperson demo nordlight
  keyperson demo nordlight --seed 7 --noise 2
  keyperson demo big --services 100 --people 300 --commits 50000`,
		Args: func(_ *cobra.Command, arguments []string) error {
			if len(arguments) != 1 {
				return usage("demo takes one directory to write into, not %d: keyperson demo nordlight", len(arguments))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, arguments []string) error {
			return p.makeDemo(arguments[0], options)
		},
	}
	bindDemo(command, &options)
	command.AddCommand(p.measureCommand())
	return command
}

// bindDemo binds the size and the unrest of an organisation.
func bindDemo(command *cobra.Command, options *demo.Options) {
	flags := command.Flags()
	flags.Uint64Var(&options.Seed, "seed", 1, "number that everything is made up from")
	flags.Float64Var(&options.Noise, "noise", 1, "how much goes wrong in the tracker, 0 to 3")
	flags.IntVar(&options.Services, "services", 0, "services, to 1,000 (default 12)")
	flags.IntVar(&options.People, "people", 0, "people, to 5,000 (default 14 a dozen services)")
	flags.IntVar(&options.Commits, "commits", 0, "about so many commits, to 1,000,000 (default 250 a service)")
	flags.IntVar(&options.Tickets, "tickets", 0, "about so many tickets, to 1,000,000 (default 240 a service)")
	flags.IntVar(&options.Quarters, "quarters", 0, "quarters of history, 8 to 40 (default 8)")
}

func (p *program) makeDemo(directory string, options demo.Options) error {
	truth, err := writeDemo(directory, options)
	if err != nil {
		return err
	}
	fmt.Fprint(p.stdout, demoStory(directory, truth))
	return nil
}

func writeDemo(directory string, options demo.Options) (*demo.Truth, error) {
	truth, err := demo.Write(directory, options)
	if errors.Is(err, demo.ErrNotEmpty) || errors.Is(err, demo.ErrSize) {
		return nil, usage("%w", err)
	}
	return truth, err
}

// demoStory says what was planted, and what to type to see it.
func demoStory(directory string, truth *demo.Truth) string {
	var b strings.Builder
	name := report.ShellQuoted(directory)
	fmt.Fprintf(&b, "Nordlight, an operations provider made up from seed %d, is in %s:\n", truth.Seed, name)
	fmt.Fprintf(&b, "%d services, %d people, %d commits and %d tickets from %s to %s.\n\nPlanted, among others:\n",
		len(truth.Systems), len(truth.People), truth.Commits, truth.Tickets, truth.From, truth.To)
	people := map[demo.Role]string{}
	for _, person := range truth.People {
		if _, ok := people[person.Role]; !ok {
			people[person.Role] = person.Name
			if person.Left != "" {
				people[person.Role] += " (left on " + person.Left + ")"
			}
		}
	}
	for _, planted := range []struct {
		role demo.Role
		does string
	}{
		{demo.Holder, "has eight routine tasks alone, from memory: to be fixed"},
		{demo.Craftsman, "does what takes judgement alone: to be protected, not fixed"},
		{demo.Bridge, "wrote five procedures that others have followed since"},
		{demo.Leaver, "left a service and two tasks behind"},
		{demo.Second, "was the second person of a task that one person has alone again"},
		{demo.Bumper, "moves review dates on, and nothing else"},
		{demo.BulkCloser, "closes stale tickets by the dozen, which is not doing them"},
	} {
		fmt.Fprintf(&b, "  %-40s %s\n", people[planted.role], planted.does)
	}
	b.WriteString("  and people under several names, people of nearly the same name, a bot, an AI agent, a formatter's commit.\n")
	fmt.Fprintf(&b, "%s/truth.json has all of it.\n\nNext: keyperson %s\n", name, name)
	return b.String()
}
