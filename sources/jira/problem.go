package jira

import (
	"fmt"
	"strings"
)

// maxShown bounds how many of them a message lists: a wrong column makes one of every line.
const maxShown = 5

// maxProblems bounds how many problems of one reading are kept; the others are counted.
const maxProblems = 50

// maxProblemsOfFile is how many problems one file may have before the rest of it is not read: it is no export, or one
// read with the wrong options.
const maxProblemsOfFile = 100_000

var errTooManyProblems = fmt.Errorf("%d problems in one file; the rest of it was not read", maxProblemsOfFile)

// Problem is one piece of input that could not be used.
type Problem struct {
	File string // as the user wrote it, or below what the user wrote
	Line int    // from 1; 0 where the whole file is meant
	Err  error
}

func (p Problem) Error() string {
	if p.Line == 0 {
		return fmt.Sprintf("%s: %v", p.File, p.Err)
	}
	return fmt.Sprintf("%s line %d: %v", p.File, p.Line, p.Err)
}

func (p Problem) Unwrap() error { return p.Err }

// ProblemsError says which input could not be used. What else there was has been read: the history returned beside
// it is whole but for these.
type ProblemsError struct {
	Problems []Problem // the first of them, in the order of reading
	More     int       // how many others there were
}

func (e *ProblemsError) Error() string {
	var lines []string
	wholeFiles := 0
	for i, problem := range e.Problems {
		// That a file ended there matters more than the lines before it.
		endsFile := i >= maxShown && problem.Line == 0 && wholeFiles < maxShown
		if endsFile {
			wholeFiles++
		}
		if i < maxShown || endsFile {
			lines = append(lines, "tickets: "+problem.Error())
		}
	}
	if more := len(e.Problems) - len(lines) + e.More; more > 0 {
		lines = append(lines, fmt.Sprintf("tickets: and %d more that could not be used", more))
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the problems, for errors.Is and errors.As.
func (e *ProblemsError) Unwrap() []error {
	all := make([]error, len(e.Problems))
	for i, problem := range e.Problems {
		all[i] = problem
	}
	return all
}

func (e *ProblemsError) add(problem Problem) {
	if len(e.Problems) >= maxProblems {
		e.More++
		// That the rest of a file was not read matters more than the fiftieth line that could not be.
		if last := &e.Problems[maxProblems-1]; problem.Line == 0 && last.Line != 0 {
			*last = problem
		}
		return
	}
	e.Problems = append(e.Problems, problem)
}

func (e *ProblemsError) orNil() error {
	if len(e.Problems) == 0 {
		return nil
	}
	return e
}
