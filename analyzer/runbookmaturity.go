package analyzer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"keyperson/analyzer/runbooklint"
	"keyperson/sources"
)

// The least that proves a procedure.
const (
	provingExecutions = 3
	provingExecutors  = 2
)

// maturity is the highest level that a runbook reaches with all levels below it, and what the next one lacks.
func (s *runbookState) maturity(asOf time.Time) (Maturity, []string) {
	for _, level := range []struct {
		reached Maturity
		lacks   func() []string
	}{
		{Exists, s.lacksStructure},
		{Structured, func() []string { return s.lacksFreshness(asOf) }},
		{Fresh, s.lacksIndependence},
		{Independent, s.lacksExecution},
		{ExecutedByOthers, s.lacksProof},
		{Proven, s.lacksAutomation},
	} {
		if missing := level.lacks(); len(missing) > 0 {
			return level.reached, missing
		}
	}
	return AutomatedMaturity, nil
}

func (s *runbookState) lacksStructure() []string {
	var missing []string
	for _, element := range runbooklint.Elements(s.Runbook) {
		if element.Applies && !element.Present {
			missing = append(missing, element.Name)
		}
	}
	return missing
}

func (s *runbookState) lacksFreshness(asOf time.Time) []string {
	var missing []string
	reviewed := s.result.LastReviewed
	switch {
	case reviewed.IsZero():
		missing = append(missing, "a review")
	case asOf.Sub(reviewed).Hours()/24 > s.intervalDays:
		missing = append(missing, fmt.Sprintf("a review: the last was on %s, and it is due every %.0f days", reviewed.Format(time.DateOnly), s.intervalDays))
	}
	if s.lastChange > 0 && fromUnix(s.lastChange).After(reviewed) {
		missing = append(missing, fmt.Sprintf("a look at the large change of what it describes on %s", fromUnix(s.lastChange).Format(time.DateOnly)))
	}
	broken := s.brokenLinks()
	if len(broken) > 0 {
		missing = append(missing, "working links: mend those of line "+fewOf(broken))
	}
	return missing
}

// fewOf lists at most a few texts and counts the rest.
func fewOf(texts []string) string {
	const most = 5
	if len(texts) <= most {
		return strings.Join(texts, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(texts[:most], ", "), len(texts)-most)
}

// brokenLinks are the lines of the links that lead nowhere, each once.
func (s *runbookState) brokenLinks() []string {
	var lines []string
	for _, link := range s.Links {
		if line := strconv.Itoa(link.Line); link.State == sources.Broken && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (s *runbookState) lacksIndependence() []string {
	if len(s.authors) >= 2 {
		return nil
	}
	for reviewer := range s.reviewers {
		if _, isAuthor := s.authors[reviewer]; !isAuthor {
			return nil
		}
	}
	return []string{"a second author, or a reviewer who did not write it"}
}

func (s *runbookState) lacksExecution() []string {
	if len(s.outside) == 0 {
		return []string{"an execution by someone who did not write it, told by a ticket or commit that cites it"}
	}
	return nil
}

// lacksProof looks for three executions by two others that needed no escalation, and for an edit after the first:
// what was learnt went back into the text. An escalation counts until an edit has answered it, for a procedure that
// runs for years meets one sooner or later. A program that runs it counts as another.
func (s *runbookState) lacksProof() []string {
	var missing []string
	executors := map[uint32]bool{}
	unanswered, good := 0, 0
	for _, execution := range s.outside {
		if execution.Escalated {
			if fromUnix(execution.Time).After(s.result.LastSubstantive) {
				unanswered++
			}
			continue
		}
		good++
		executors[execution.Person] = true
	}
	if good < provingExecutions || len(executors) < provingExecutors {
		missing = append(missing, fmt.Sprintf("three executions by two people who did not write it: %d by %d so far", good, len(executors)))
	}
	if unanswered > 0 {
		missing = append(missing, fmt.Sprintf("an edit that answers what was escalated since the last one: %d of its executions", unanswered))
	}
	if len(s.outside) > 0 && !s.result.LastSubstantive.After(fromUnix(s.outside[0].Time)) {
		missing = append(missing, "an edit that feeds back what the executions taught")
	}
	return missing
}

func (s *runbookState) lacksAutomation() []string {
	for _, execution := range s.outside {
		if execution.isBot {
			return nil
		}
	}
	if s.Automation != "" {
		return nil
	}
	return []string{"automation: a script named in its front matter, or executions by a program"}
}
