package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"keyperson/analyzer"
	"keyperson/analyzer/gate"
)

// writeOpenMetrics writes the numbers of a gate as an OpenMetrics text file, for a collector that reads files. Labels
// name systems, tasks, rules and tiers, and never a person. What has not enough evidence has no sample.
func writeOpenMetrics(w io.Writer, c Check) error {
	var out bytes.Buffer
	for _, family := range c.metricFamilies() {
		if len(family.Metric) == 0 {
			continue
		}
		if _, err := expfmt.MetricFamilyToOpenMetrics(&out, family); err != nil {
			return fmt.Errorf("encode the report as OpenMetrics: %w", err)
		}
	}
	if _, err := expfmt.FinalizeOpenMetrics(&out); err != nil {
		return fmt.Errorf("encode the report as OpenMetrics: %w", err)
	}
	return flush(w, &out)
}

func (c Check) metricFamilies() []*dto.MetricFamily {
	return append(append([]*dto.MetricFamily{
		gauge("keyperson_as_of_timestamp_seconds", "The date that the numbers are of.", sample(float64(c.AsOf.Unix()))),
		gauge("keyperson_check_failed", "1 where the gate failed.", sample(oneIf(c.Failed))),
		gauge("keyperson_check_undecided", "1 where the data cannot carry a decision.", sample(oneIf(c.Undecided()))),
		gauge("keyperson_incomplete", "1 where the data is incomplete.", sample(oneIf(c.Incomplete))),
		gauge("keyperson_judged", "How many could be judged, by subject.",
			sample(float64(c.Systems.Judged), "subject", "system"), sample(float64(c.Tasks.Judged), "subject", "task")),
		gauge("keyperson_read", "How many were read, judged or not, by subject.",
			sample(float64(c.Systems.Of), "subject", "system"), sample(float64(c.Tasks.Of), "subject", "task")),
		c.findingCounts(),
		c.riskCounts(),
	}, systemMetrics(c.Assessment)...), taskMetrics(c.Assessment)...)
}

func (c Check) riskCounts() *dto.MetricFamily {
	var samples []*dto.Metric
	for _, rule := range analyzer.RiskRules {
		for _, state := range append(slices.Clone(gate.States), gate.Unknown) {
			n := 0
			for i := range c.Risks {
				if c.Risks[i].Rule == rule.Rule && c.Risks[i].State == state {
					n++
				}
			}
			samples = append(samples, sample(float64(n), "rule", string(rule.Rule), "state", string(state)))
		}
	}
	return gauge("keyperson_risks", "Risks by rule and by what became of them since the baseline.", samples...)
}

// findingCounts counts the findings of each code, in the order in which the codes come.
func (c Check) findingCounts() *dto.MetricFamily {
	family := gauge("keyperson_findings", "Findings on the data, by code and severity.")
	at := map[string]*dto.Metric{}
	for _, f := range c.Findings {
		key := f.Code + "\x00" + severityWord(f.Severity)
		if at[key] == nil {
			at[key] = sample(0, "code", f.Code, "severity", severityWord(f.Severity))
			family.Metric = append(family.Metric, at[key])
		}
		*at[key].Gauge.Value++
	}
	return family
}

func systemMetrics(a *analyzer.Assessment) []*dto.MetricFamily {
	busFactor := gauge("keyperson_system_bus_factor", "Least number of active people whose absence leaves more than half of what changes uncovered.")
	now := gauge("keyperson_system_uncovered_ratio", "Change-weighted share of files that nobody active covers.")
	without := gauge("keyperson_system_uncovered_without_one_ratio", "The same without the person whose absence uncovers most.")
	for i := range a.Systems {
		s := &a.Systems[i]
		if !s.BusFactor.Enough {
			continue
		}
		labels := []string{"system", s.ID, "tier", strconv.Itoa(s.Tier)}
		busFactor.Metric = append(busFactor.Metric, sample(float64(s.BusFactor.Value), labels...))
		now.Metric = append(now.Metric, sample(s.UncoveredNow, labels...))
		without.Metric = append(without.Metric, sample(s.UncoveredWithoutTop, labels...))
	}
	return []*dto.MetricFamily{busFactor, now, without}
}

func taskMetrics(a *analyzer.Assessment) []*dto.MetricFamily {
	absence := gauge("keyperson_task_absence_risk_ratio", "Chance that nobody present can do the task without one person.")
	index := gauge("keyperson_task_individualization", "Individualization index of the task, 0 to 100.")
	for i := range a.Tasks {
		t := &a.Tasks[i]
		if !t.Enough {
			continue
		}
		labels := []string{"task", t.ID, "system", t.System, "level", string(t.Level)}
		absence.Metric = append(absence.Metric, sample(t.AbsenceRisk, labels...))
		index.Metric = append(index.Metric, sample(t.Individualization, labels...))
	}
	return []*dto.MetricFamily{absence, index}
}

func gauge(name, help string, samples ...*dto.Metric) *dto.MetricFamily {
	return &dto.MetricFamily{Name: new(name), Help: new(help), Type: dto.MetricType_GAUGE.Enum(), Metric: samples}
}

// sample is one value with its labels, given as name and value in turn.
func sample(value float64, labels ...string) *dto.Metric {
	metric := &dto.Metric{Gauge: &dto.Gauge{Value: new(value)}}
	for i := 0; i+1 < len(labels); i += 2 {
		metric.Label = append(metric.Label, &dto.LabelPair{Name: new(labels[i]), Value: new(Clean(labels[i+1]))})
	}
	return metric
}

func oneIf(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
