package analyzer

import (
	"fmt"

	"keyperson/analyzer/practice"
)

// Limits of readiness; starting values.
const (
	handOverFrom     = ExecutedByOthers // maturity
	machineShare     = 0.7              // of the lint rules for machines that the procedure meets
	branchingUpTo    = 0.1              // share of executions opened again or raised
	outcomesFrom     = 0.5              // share of executions of which the outcome is known
	questionKnown    = "evaluable"
	questionHandOver = "ready to hand over"
	questionAutomate = "ready to automate"
)

// readiness answers the three questions, each with what is missing.
func (k *kindOfWork) readiness(runbooks []Runbook) []Readiness {
	answers := []Readiness{
		{Question: questionKnown, Missing: k.missingToJudge()},
		{Question: questionHandOver, Missing: k.missingToHandOver()},
		{Question: questionAutomate, Missing: k.missingToAutomate(runbooks)},
	}
	for i := range answers {
		answers[i].Ready = len(answers[i].Missing) == 0
	}
	return answers
}

func (k *kindOfWork) missingToJudge() (missing []string) {
	if !k.task.Enough {
		missing = append(missing, fmt.Sprintf("volume: %s, five are needed", count(k.task.Executions, "execution")))
	}
	if k.task.HandlingHours == nil {
		missing = append(missing, "handling time: neither configured, nor booked, nor a change log that shows assignments")
	}
	known := 0
	for _, ticket := range k.counted {
		if t := &k.evidence.Tickets[ticket]; t.Resolution != "" || t.Reopened >= 0 {
			known++
		}
	}
	if float64(known) < outcomesFrom*float64(max(1, len(k.counted))) {
		missing = append(missing, "outcome: neither a resolution nor whether it was opened again")
	}
	return missing
}

func (k *kindOfWork) missingToHandOver() (missing []string) {
	if k.task.Maturity < handOverFrom {
		missing = append(missing, fmt.Sprintf("a procedure that someone has executed who did not write it: it is at %s, %s is needed", k.task.Maturity, handOverFrom))
	}
	if k.present() < leastPractised {
		missing = append(missing, "a second active person who has done it more than once")
	}
	return missing
}

func (k *kindOfWork) missingToAutomate(runbooks []Runbook) (missing []string) {
	if k.task.Level != LevelC {
		missing = append(missing, fmt.Sprintf("level C: it is at %s", k.task.Level))
	}
	switch {
	case k.task.Runbook < 0:
		missing = append(missing, "a procedure whose steps a machine can process")
	case runbooks[k.task.Runbook].Scores.Machines < machineShare:
		missing = append(missing, fmt.Sprintf("steps that a machine can process: the procedure meets %s of those rules, %s are needed",
			percent(runbooks[k.task.Runbook].Scores.Machines), percent(machineShare)))
	}
	switch branching, n := k.branching(); {
	case n < practice.LeastExecutions:
		missing = append(missing, "whether it branches: the tickets do not tell how often it was opened again or raised")
	case branching > branchingUpTo:
		missing = append(missing, fmt.Sprintf("little branching: %s of executions were opened again or raised", percent(branching)))
	}
	return missing
}
