package main

import (
	"strings"

	"github.com/spf13/cobra"

	"keyperson/report"
)

func (p *program) privacyCommand() *cobra.Command {
	var (
		language string
		output   outputFlags
	)
	command := &cobra.Command{
		Use:   "privacy",
		Short: "Say what personal data is read, why, where and how long it is kept, and who sees it",
		Long: `Privacy prints what an assessment of data protection asks of this program: what personal data it reads and why,
where it keeps what for how long, who sees it and how people appear there, what it never computes, and what is left
for those responsible to decide. It reads nothing.`,
		Example: `  keyperson privacy
  keyperson privacy -f markdown -o data-protection.md
  keyperson privacy --lang ja`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := output.validate(); err != nil {
				return err
			}
			statement, err := report.PrivacyIn(language)
			if err != nil {
				return usageError{err}
			}
			return p.print(statement, output)
		},
	}
	output.bind(command)
	command.Flags().StringVar(&language, "lang", "en", "language of the statement: "+strings.Join(report.PrivacyLanguages, ", "))
	complete(command, "lang", report.PrivacyLanguages)
	return command
}
