package jira

import (
	"errors"
	"strings"
	"testing"
)

func TestAMessageListsFiveProblemsAndCountsTheOthers(t *testing.T) {
	var problems ProblemsError
	for line := range 70 {
		problems.add(Problem{File: "export.csv", Line: line + 2, Err: errors.New("created: no date")})
	}
	lines := strings.Split(problems.Error(), "\n")
	if len(lines) != 6 || lines[4] != "tickets: export.csv line 6: created: no date" || lines[5] != "tickets: and 65 more that could not be used" {
		t.Errorf("%d lines:\n%s", len(lines), problems.Error())
	}
}
