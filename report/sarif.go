package report

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
)

// writeSARIF writes SARIF 2.1.0, as code hosts take it up: a rule for each kind of risk and a result for each risk,
// with its fingerprint, what became of it since the baseline and the file to look at. A waived risk is a suppressed
// result. What has no file of its own points at the configuration.
func writeSARIF(w io.Writer, c Check) error {
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(
		sarif.NewToolComponent().WithName("keyperson").WithVersion(c.Tool).WithRules(sarifRules())))
	run.WithColumnKind("utf16CodeUnits")
	for i := range c.Risks {
		run.AddResult(c.sarifResult(&c.Risks[i]))
	}
	if run.Results == nil {
		run.WithResults([]*sarif.Result{})
	}
	log := sarif.NewReport()
	log.AddRun(run)
	var out bytes.Buffer
	if err := log.PrettyWrite(&out); err != nil {
		return fmt.Errorf("encode the report as SARIF: %w", err)
	}
	out.WriteByte('\n')
	return flush(w, &out)
}

func sarifRules() []*sarif.ReportingDescriptor {
	var rules []*sarif.ReportingDescriptor
	for _, r := range analyzer.RiskRules {
		rules = append(rules, sarif.NewReportingDescriptor().WithID(string(r.Rule)).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(r.Short)).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(r.Help)).
			WithHelp(sarif.NewMultiformatMessageString().WithText(r.Help)).
			WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel("warning")))
	}
	return rules
}

func (c Check) sarifResult(j *gate.Judged) *sarif.Result {
	level := "note"
	if j.Fails {
		level = "error"
	}
	result := sarif.NewRuleResult(string(j.Rule)).WithLevel(level).
		WithMessage(sarif.NewTextMessage(Clean(j.Text))).
		WithPartialFingerprints(map[string]string{"keyperson/v1": j.Fingerprint})
	if c.Compared {
		result.WithBaselineState(map[gate.State]string{gate.New: "new", gate.Worse: "updated", gate.Unchanged: "unchanged", gate.Absent: "absent"}[j.State])
	}
	location := sarif.NewLocation().WithLogicalLocations([]*sarif.LogicalLocation{
		sarif.NewLogicalLocation().WithName(Clean(j.Name)).WithFullyQualifiedName(Clean(string(j.Subject) + "/" + j.ID)),
	})
	if path := c.fileOf(j); path != "" {
		location.WithPhysicalLocation(sarif.NewPhysicalLocation().
			WithArtifactLocation(sarif.NewArtifactLocation().WithURI(fileReference(path))).
			WithRegion(sarif.NewRegion().WithStartLine(1)))
	}
	result.WithLocations([]*sarif.Location{location})
	if j.Waiver != nil {
		result.WithSuppressions([]*sarif.Suppression{sarif.NewSuppression().WithKind("external").
			WithJustification(Clean(fmt.Sprintf("%s, accepted by %s until %s", j.Waiver.Reason, j.Waiver.Owner, day(j.Waiver.Until))))})
	}
	return result
}

// fileOf is the file to look at for a risk: its own, else the configuration, where there is one.
func (c Check) fileOf(j *gate.Judged) string {
	if j.Path != "" {
		return j.Path
	}
	return c.Configuration
}

// fileReference writes a path as a relative URI.
func fileReference(path string) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}
