package report

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"keyperson/analyzer/gate"
	"keyperson/sources"
)

// writeGitHubAnnotations writes workflow commands that GitHub shows beside the files of a change: an error for each
// risk that fails the gate or cannot be judged any more, a warning for each finding on the data, and one notice with the
// decision, which is an error where the data cannot carry one. Paths are within their repository, which the title names
// where several were read.
func writeGitHubAnnotations(w io.Writer, c Check) error {
	var out bytes.Buffer
	for i := range c.Risks {
		j := &c.Risks[i]
		if !j.Fails && (j.State != gate.Unknown || j.Waiver != nil) {
			continue
		}
		file := ""
		if path := c.fileOf(j); path != "" {
			file = "file=" + workflowProperty(path) + ","
		}
		fmt.Fprintf(&out, "::error %stitle=%s::%s\n", file, workflowProperty(c.inRepository(j)), workflowText(j.Text))
	}
	for _, f := range c.Findings {
		command := "warning"
		if f.Severity == sources.Fatal {
			command = "error"
		}
		fmt.Fprintf(&out, "::%s title=%s::%s\n", command, workflowProperty(f.Code), workflowText(findingText(f)))
	}
	command := "notice"
	if !c.isWhole() {
		command = "error"
	}
	fmt.Fprintf(&out, "::%s title=keyperson check %s::%s\n", command, c.decision(), workflowText(c.summary()))
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

// writeGitLabCodeQuality writes GitLab's code quality report: every risk that is not gone and not waived, and what is to
// be known of the data. GitLab wants a path, so what has no file gets the name of what it is about.
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
			Clean(j.Text), Clean(c.inRepository(j)), j.Fingerprint, qualitySeverity(j), codeQualityLocation{Clean(path), codeQualityLines{1}},
		})
	}
	issues = append(issues, c.qualityOfData()...)
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(issues); err != nil {
		return fmt.Errorf("encode the report for GitLab: %w", err)
	}
	return flush(w, &out)
}

// qualityOfData are the decision, where the data cannot carry one, and the findings. Each is the same issue from run to run,
// whatever it counts.
func (c Check) qualityOfData() []codeQualityIssue {
	var issues []codeQualityIssue
	seen := map[string]int{}
	add := func(code, about, text, severity string) {
		key := code + "\x00" + about
		hash := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
		seen[key]++
		issues = append(issues, codeQualityIssue{
			Clean(text), Clean(code), hex.EncodeToString(hash[:8]), severity, codeQualityLocation{cmp.Or(Clean(c.Configuration), "data"), codeQualityLines{1}},
		})
	}
	severity := "info"
	if !c.isWhole() {
		severity = "blocker"
	}
	add("decision", "", c.summary(), severity)
	for _, f := range c.Findings {
		severity := "info"
		if f.Severity == sources.Fatal {
			severity = "blocker"
		}
		add(f.Code, f.Repository, findingText(f), severity)
	}
	return issues
}

func qualitySeverity(j *gate.Judged) string {
	switch {
	case j.State == gate.Unknown:
		return "major"
	case !j.Fails:
		return "info"
	case j.Tier == 1:
		return "critical"
	}
	return "major"
}
