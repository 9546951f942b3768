package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"keyperson/analyzer/gate"
)

// ErrOnlyForChecks is returned by formats that carry the decision of a gate and nothing else.
var ErrOnlyForChecks = errors.New("this format carries the decision of keyperson check only")

// checkFormats is the registry of the formats that other programs read a gate's decision from: one line a format.
var checkFormats = []Format{
	checkFormat{"sarif", writeSARIF},
	checkFormat{"junit", writeJUnit},
	checkFormat{"openmetrics", writeOpenMetrics},
	checkFormat{"github", writeGitHubAnnotations},
	checkFormat{"gitlab", writeGitLabCodeQuality},
}

// CheckNames returns the names of all formats that a gate's decision can be written in.
func CheckNames() []string {
	names := Names()
	for _, f := range checkFormats {
		names = append(names, f.Name())
	}
	return names
}

// LookupCheck returns the format of that name, those of gates included, or ErrUnknownFormat.
func LookupCheck(name string) (Format, error) {
	for _, f := range checkFormats {
		if f.Name() == name {
			return f, nil
		}
	}
	if f, err := Lookup(name); err == nil {
		return f, nil
	}
	return nil, fmt.Errorf("%w %q: use one of %s", ErrUnknownFormat, Clean(name), strings.Join(CheckNames(), ", "))
}

// checkFormat writes the decision of a gate.
type checkFormat struct {
	name  string
	write func(io.Writer, Check) error
}

func (f checkFormat) Name() string { return f.name }

func (f checkFormat) Write(w io.Writer, r Report, _ Options) error {
	check, ok := r.(Check)
	if !ok {
		return fmt.Errorf("%s: %w", f.name, ErrOnlyForChecks)
	}
	return f.write(w, check)
}

// summary is the decision in one sentence, with how much it was decided by.
func (c Check) summary() string {
	parts := []string{c.decision()}
	if c.Incomplete {
		parts[0] += ", INCOMPLETE"
	}
	for _, fact := range c.facts() {
		parts = append(parts, fact.Text)
	}
	return strings.Join(parts, "; ")
}

// isWhole says whether the decision is one on everything that it should be on.
func (c Check) isWhole() bool { return !c.Incomplete && !c.Undecided() }

// fileOf is the file to look at for a risk, within its repository: its own, else the configuration, where there is one.
func (c Check) fileOf(j *gate.Judged) string {
	if j.Path != "" {
		return j.Path
	}
	return c.Configuration
}

// repositoryOf is the label of the repository that the risk's own file is in; empty where only one was read.
func (c Check) repositoryOf(j *gate.Judged) string {
	if j.Path == "" || len(c.Assessment.Repositories) < 2 {
		return ""
	}
	return j.Repository
}

// inRepository names a rule with the repository that the file beside it is in, where several were read.
func (c Check) inRepository(j *gate.Judged) string {
	if repository := c.repositoryOf(j); repository != "" {
		return string(j.Rule) + " in " + repository
	}
	return string(j.Rule)
}
