package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"keyperson/analyzer"
	"keyperson/report"
	"keyperson/sources"
	"keyperson/sources/git"
	"keyperson/sources/pathpattern"
)

// The exit codes.
const (
	exitOK          = 0
	exitOverBudget  = 1 // a gate found more than was accepted
	exitUsage       = 2 // wrong usage or configuration, not a repository, unknown revision or subject
	exitDataQuality = 3 // the data cannot carry scores, accepted or not
	exitSource      = 4 // a source is unreachable, damaged or truncated
	exitDefect      = 5 // a defect in Keyperson
	exitInterrupted = 130
)

// errSaid marks an error whose message has been written already.
var errSaid = errors.New("said already")

// usageError is an error that the user ends by typing something else.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, arguments ...any) error {
	return usageError{fmt.Errorf(format, arguments...)}
}

// sourceError is a source that cannot be reached or read.
type sourceError struct{ error }

func (e sourceError) Unwrap() error { return e.error }

// incompleteError says that fatal findings were met: unless accepted, nothing was printed.
type incompleteError struct {
	findings []sources.Finding
	accepted bool
}

func (e incompleteError) Error() string {
	var b strings.Builder
	if e.accepted {
		b.WriteString("the result is marked incomplete (exit code 3):")
	} else {
		b.WriteString("no scores, because they would be wrong:")
	}
	for _, f := range e.findings {
		b.WriteString("\n  ")
		if f.Repository != "" {
			b.WriteString(report.Clean(f.Repository) + ": ")
		}
		b.WriteString(report.Clean(f.Message))
		if f.Advice != "" {
			b.WriteString("\n    " + report.Clean(f.Advice))
		}
	}
	if !e.accepted {
		b.WriteString("\n  --accept-incomplete shows the scores all the same, marked as incomplete.")
	}
	return b.String()
}

// message is what the user reads of an error: every line cleaned, the lines kept.
func message(err error) string {
	if errors.Is(err, context.Canceled) {
		return "interrupted"
	}
	lines := strings.Split(err.Error(), "\n")
	for i := range lines {
		lines[i] = report.Clean(lines[i])
	}
	return strings.Join(lines, "\n")
}

// exitCode maps an error to the exit code that scripts decide by.
func exitCode(err error) int {
	var (
		wrongUsage usageError
		incomplete incompleteError
		quality    *analyzer.DataQualityError
		source     sourceError
		path       *fs.PathError
		undecided  undecidedError
		over       overBudgetError
		notDone    notDoneError
	)
	switch {
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &incomplete), errors.As(err, &quality), errors.As(err, &undecided):
		return exitDataQuality
	case errors.As(err, &wrongUsage), isWrongRequest(err):
		return exitUsage
	case errors.As(err, &over), errors.As(err, &notDone):
		return exitOverBudget
	case errors.Is(err, git.ErrDamaged), errors.Is(err, sources.ErrMissing), errors.As(err, &source), errors.As(err, &path):
		return exitSource
	}
	return exitDefect
}

// isWrongRequest says whether the user asked for something that is not there.
func isWrongRequest(err error) bool {
	for _, wrong := range []error{
		git.ErrNotRepository, git.ErrUnborn, git.ErrUnknownRevision, git.ErrUnsupported,
		pathpattern.ErrTooLong, report.ErrUnknownFormat, analyzer.ErrNoLineCounts, analyzer.ErrNobodyToHandOver,
	} {
		if errors.Is(err, wrong) {
			return true
		}
	}
	var (
		system    *analyzer.UnknownSystemError
		subject   *analyzer.UnknownSubjectError
		ambiguous *analyzer.AmbiguousSubjectError
		person    *analyzer.UnknownPersonError
	)
	return errors.As(err, &system) || errors.As(err, &subject) || errors.As(err, &ambiguous) || errors.As(err, &person)
}
