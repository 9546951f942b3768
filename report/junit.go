package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
)

// writeJUnit writes the XML that continuous integration shows as test results: a suite for each rule and a case for
// each risk. What fails the gate is a failure, what is waived is skipped, what is accepted passes, what cannot be judged any
// more is an error; a rule without any risk has one case that passes. The first suite is on the data, with an error where it
// is incomplete or cannot carry a decision.
func writeJUnit(w io.Writer, c Check) error {
	suites := junitSuites{Name: "keyperson check", Suites: make([]junitSuite, 0, 1+len(analyzer.RiskRules))}
	suites.add(c.junitData())
	for _, rule := range analyzer.RiskRules {
		suite := junitSuite{Name: string(rule.Rule), Timestamp: c.AsOf.UTC().Format("2006-01-02T15:04:05")}
		for i := range c.Risks {
			if j := &c.Risks[i]; j.Rule == rule.Rule && j.State != gate.Absent {
				suite.Cases = append(suite.Cases, c.junitCaseOf(j, rule.Help))
			}
		}
		if len(suite.Cases) == 0 {
			suite.Cases = []junitCase{{Class: "keyperson." + string(rule.Rule), Name: "no risk of this kind"}}
		}
		suites.add(suite)
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	encoder := xml.NewEncoder(&out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(suites); err != nil {
		return fmt.Errorf("encode the report as JUnit XML: %w", err)
	}
	out.WriteByte('\n')
	return flush(w, &out)
}

// junitData is the suite on what the decision was made by.
func (c Check) junitData() junitSuite {
	suite := junitSuite{Name: "data", Timestamp: c.AsOf.UTC().Format("2006-01-02T15:04:05")}
	add := func(name string, err *junitFailure) {
		suite.Cases = append(suite.Cases, junitCase{Class: "keyperson.data", Name: name, Failed: err})
	}
	var incomplete, undecided *junitFailure
	if c.Incomplete {
		incomplete = &junitFailure{Type: "incomplete", Message: incompleteWarning, Text: incompleteWarning}
	}
	if c.Undecided() {
		undecided = &junitFailure{Type: "undecided", Message: c.undecidedWarning(), Text: c.undecidedWarning()}
	}
	add("the data is complete", incomplete)
	add("the data suffices: "+c.Extent(), undecided)
	for _, f := range c.Findings {
		suite.Output += Clean(findingText(f)+" ["+f.Code+"]") + "\n"
	}
	return suite
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

func (s *junitSuites) add(suite junitSuite) {
	suite.count()
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Suites = append(s.Suites, suite)
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Cases     []junitCase `xml:"testcase"`
	Output    string      `xml:"system-out,omitempty"`
}

func (s *junitSuite) count() {
	s.Tests = len(s.Cases)
	for i := range s.Cases {
		if s.Cases[i].Failure != nil {
			s.Failures++
		}
		if s.Cases[i].Failed != nil {
			s.Errors++
		}
		if s.Cases[i].Skipped != nil {
			s.Skipped++
		}
	}
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Failure *junitFailure `xml:"failure"`
	Failed  *junitFailure `xml:"error"` // it could not be tested
	Skipped *junitSkipped `xml:"skipped"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

func (c Check) junitCaseOf(j *gate.Judged, help string) junitCase {
	test := junitCase{Class: "keyperson." + c.inRepository(j), Name: Clean(j.ID), File: Clean(j.Path)}
	switch {
	case j.Fails:
		test.Failure = &junitFailure{Type: string(j.State), Message: Clean(j.Text), Text: Clean(j.Text) + "\n" + help + "\nfingerprint " + j.Fingerprint}
	case j.State == gate.Unknown && j.Waiver == nil:
		test.Failed = &junitFailure{Type: string(j.State), Message: Clean(j.Text), Text: Clean(j.Text) + "\nfingerprint " + j.Fingerprint}
	case j.Waiver != nil:
		test.Skipped = &junitSkipped{Message: Clean(fmt.Sprintf("accepted by %s until %s: %s", j.Waiver.Owner, day(j.Waiver.Until), j.Waiver.Reason))}
	}
	return test
}
