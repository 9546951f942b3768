package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"keyperson/analyzer"
	"keyperson/analyzer/accuracy"
	"keyperson/report"
	"keyperson/sources/demo"
)

func (p *program) measureCommand() *cobra.Command {
	var (
		options demo.Options
		seeds   int
		all     bool
		output  outputFlags
	)
	command := &cobra.Command{
		Use:   "measure",
		Short: "Compare what is found in made-up organisations with what was planted",
		Long: `Measure makes up organisations of several seeds as keyperson demo does, assesses each at its end and at the ends of its
quarters, and compares what is said of them with what was planted: recall is the share of what was planted that was
found, precision the share of what was said that was planted.`,
		Example: `  keyperson demo measure
  keyperson demo measure --seeds 50 --noise 2 --all`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			if seeds < 1 || seeds > 10_000 {
				return usage("--seeds must be from 1 to 10000, not %d", seeds)
			}
			result, err := p.measure(command.Context(), options, seeds)
			if err != nil {
				return err
			}
			result.ListAll = all
			return p.print(*result, output)
		},
	}
	bindDemo(command, &options)
	command.Flags().IntVar(&seeds, "seeds", 20, "how many organisations, of this seed and the next ones")
	command.Flags().BoolVar(&all, "all", false, "list every fact missed or wrong")
	output.bind(command)
	return command
}

// measure compares organisations of successive seeds.
func (p *program) measure(ctx context.Context, options demo.Options, seeds int) (*report.Accuracy, error) {
	result := &report.Accuracy{Organisations: seeds, Noise: options.Noise}
	bar := newProgress(p.stderr)
	defer bar.done()
	watched := bar.of("measuring", "assessments")
	undrawn := *p
	undrawn.stderr = struct{ io.Writer }{p.stderr} // which is no terminal, so that readings draw no bars of their own
	done := 0
	for range seeds {
		measured, err := undrawn.measureOne(ctx, options, func(quarters int) {
			if done++; watched != nil {
				watched(done, seeds*quarters)
			}
		})
		if err != nil {
			return nil, err
		}
		result.Scores = accuracy.Add(result.Scores, accuracy.Compare(measured))
		result.WronglyJoined = append(result.WronglyJoined, accuracy.WronglyJoined(measured)...)
		result.CraftToFix = append(result.CraftToFix, accuracy.CraftToFix(measured)...)
		options.Seed++
	}
	return result, nil
}

// measureOne makes one organisation up in a temporary directory and assesses it at the end of each quarter, after each of
// which it tells how many there are.
func (p *program) measureOne(ctx context.Context, options demo.Options, assessed func(quarters int)) (measured *accuracy.Case, err error) {
	directory, err := os.MkdirTemp("", "keyperson-demo-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(directory)) }()
	measured = &accuracy.Case{}
	place := filepath.Join(directory, "nordlight")
	if measured.Truth, err = writeDemo(place, options); err != nil {
		return nil, err
	}
	ends := quarterEnds(measured.Truth)
	for _, day := range ends {
		before := measured.Assessment
		if err := p.assessDemo(ctx, place, day, measured); err != nil {
			return nil, err
		}
		if before != nil {
			measured.Progress = append(measured.Progress, analyzer.Compare(before, measured.Assessment))
		}
		assessed(len(ends))
	}
	return measured, nil
}

// assessDemo assesses an organisation as of the end of a day.
func (p *program) assessDemo(ctx context.Context, directory, day string, measured *accuracy.Case) error {
	source := sourceFlags{asOf: day, noCache: true}
	score := scoreFlags{method: string(analyzer.MethodFamiliarity), offered: methods}
	r, err := p.readToScore(ctx, []string{directory}, source, score, outputFlags{format: "table", offered: report.Names()})
	if err != nil {
		return err
	}
	defer r.close()
	r.options.Resamples = 0 // no interval is compared
	measured.Evidence, measured.People = r.evidence, r.people
	measured.Assessment, err = analyzer.Assess(r.evidence, r.people, r.systems, r.options)
	return err
}

// quarterEnds are the last days of the quarters in which something is planted, from the second on: before that there
// is too little to compare with.
func quarterEnds(truth *demo.Truth) []string {
	last, err := time.Parse(time.DateOnly, truth.To)
	if err != nil {
		return []string{truth.To}
	}
	var days []string
	for quarter := 6; quarter >= 0; quarter-- {
		days = append(days, last.AddDate(0, 0, 1).AddDate(0, -3*quarter, 0).AddDate(0, 0, -1).Format(time.DateOnly))
	}
	return days
}
