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
	"keyperson/sources"
)

// writeSARIF writes SARIF 2.1.0, as code hosts take it up: a rule for each kind of risk and a result for each risk,
// with its fingerprint, what became of it since the baseline and the file to look at. A waived risk is a suppressed
// result; one that cannot be judged any more is an open one. What has no file of its own points at the configuration.
// Paths are relative to their repository, which uriBaseId names where several were read. What is to be known of the data
// are notifications.
func writeSARIF(w io.Writer, c Check) error {
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(
		sarif.NewToolComponent().WithName("keyperson").WithVersion(c.Tool).WithRules(sarifRules())))
	run.WithColumnKind("utf16CodeUnits")
	for i := range c.Risks {
		run.AddResult(c.sarifResult(&c.Risks[i]))
	}
	run.AddInvocation(c.sarifInvocation())
	c.addRepositories(run)
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

// addRepositories says what paths are relative to, where that is not plain.
func (c Check) addRepositories(run *sarif.Run) {
	roots := map[string]sarif.ArtifactLocation{}
	for i := range c.Risks {
		if label := Clean(c.repositoryOf(&c.Risks[i])); label != "" {
			roots[label] = *sarif.NewArtifactLocation().WithDescription(sarif.NewMessage().WithText("the root of the repository " + label))
		}
	}
	if len(roots) > 0 {
		run.WithOriginalUriBaseIds(roots)
	}
}

// sarifInvocation says how the run went: that of incomplete or insufficient data was no success.
func (c Check) sarifInvocation() *sarif.Invocation {
	invocation := sarif.NewInvocation().WithExecutionSuccessful(c.isWhole())
	notify := func(level, code, message string) {
		invocation.AddToolExecutionNotification(sarif.NewNotification().WithLevel(level).
			WithDescriptor(sarif.NewReportingDescriptorReference().WithID(Clean(code))).
			WithMessage(sarif.NewTextMessage(Clean(message))))
	}
	level := "note"
	if !c.isWhole() {
		level = "error"
	}
	notify(level, "decision", c.summary())
	for _, f := range c.Findings {
		level := "warning"
		if f.Severity == sources.Fatal {
			level = "error"
		}
		notify(level, f.Code, findingText(f))
	}
	return invocation
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
	if j.State == gate.Unknown {
		result.WithKind("open").WithLevel("none")
	}
	if c.Compared {
		result.WithBaselineState(map[gate.State]string{
			gate.New: "new", gate.Worse: "updated", gate.Unchanged: "unchanged", gate.Unknown: "unchanged", gate.Absent: "absent",
		}[j.State])
	}
	location := sarif.NewLocation().WithLogicalLocations([]*sarif.LogicalLocation{
		sarif.NewLogicalLocation().WithName(Clean(j.Name)).WithFullyQualifiedName(Clean(string(j.Subject) + "/" + j.ID)),
	})
	if path := c.fileOf(j); path != "" {
		file := sarif.NewArtifactLocation().WithURI(fileReference(path))
		if repository := c.repositoryOf(j); repository != "" {
			file.WithURIBaseID(Clean(repository))
		}
		location.WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(file).
			WithRegion(sarif.NewRegion().WithStartLine(1)))
	}
	result.WithLocations([]*sarif.Location{location})
	if j.Waiver != nil {
		result.WithSuppressions([]*sarif.Suppression{sarif.NewSuppression().WithKind("external").
			WithJustification(Clean(fmt.Sprintf("%s, accepted by %s until %s", j.Waiver.Reason, j.Waiver.Owner, day(j.Waiver.Until))))})
	}
	return result
}

// fileReference writes a path as a relative URI.
func fileReference(path string) string {
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	return strings.Join(parts, "/")
}
