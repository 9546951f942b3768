package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"keyperson/analyzer/gate"
)

// writeGitHubAnnotations writes workflow commands that GitHub shows beside the files of a change: an error for each
// risk that fails the gate, and one notice with the decision.
func writeGitHubAnnotations(w io.Writer, c Check) error {
	var out bytes.Buffer
	for i := range c.Risks {
		j := &c.Risks[i]
		if !j.Fails {
			continue
		}
		file := ""
		if path := c.fileOf(j); path != "" {
			file = "file=" + workflowProperty(path) + ","
		}
		fmt.Fprintf(&out, "::error %stitle=%s::%s\n", file, workflowProperty(string(j.Rule)), workflowText(j.Text))
	}
	facts := make([]string, 0, 2)
	for _, fact := range c.facts() {
		facts = append(facts, fact.Text)
	}
	fmt.Fprintf(&out, "::notice title=keyperson check %s::%s\n", c.decision(), workflowText(strings.Join(facts, "; ")))
	return flush(w, &out)
}

// workflowText keeps a text from ending the command, or beginning another.
func workflowText(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(Clean(text))
}

func workflowProperty(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(workflowText(text))
}

// codeQualityIssue is one entry of a GitLab code quality report.
type codeQualityIssue struct {
	Description string              `json:"description"`
	CheckName   string              `json:"check_name"`
	Fingerprint string              `json:"fingerprint"`
	Severity    string              `json:"severity"`
	Location    codeQualityLocation `json:"location"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"`
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
}

// writeGitLabCodeQuality writes GitLab's code quality report: every risk that is there and not waived. GitLab wants a
// path, so a risk without a file gets the name of what it is about.
func writeGitLabCodeQuality(w io.Writer, c Check) error {
	issues := []codeQualityIssue{}
	for i := range c.Risks {
		j := &c.Risks[i]
		if j.State == gate.Absent || j.Waiver != nil {
			continue
		}
		path := c.fileOf(j)
		if path == "" {
			path = string(j.Subject) + "/" + j.ID
		}
		issues = append(issues, codeQualityIssue{
			Clean(j.Text), string(j.Rule), j.Fingerprint, qualitySeverity(j), codeQualityLocation{Clean(path), codeQualityLines{1}},
		})
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(issues); err != nil {
		return fmt.Errorf("encode the report for GitLab: %w", err)
	}
	return flush(w, &out)
}

func qualitySeverity(j *gate.Judged) string {
	switch {
	case !j.Fails:
		return "info"
	case j.Tier == 1:
		return "critical"
	}
	return "major"
}
