package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"keyperson/analyzer"
	"keyperson/analyzer/ranking"
)

// sampleHandover has every part of a sheet, and names that mean harm.
func sampleHandover() Handover {
	a := sampleAssessment()
	return Handover{Findings: a.Findings, Check: "keyperson handover gateway --start=2026-11-02 --check", Handover: &analyzer.Handover{
		AsOf: a.AsOf, Due: date(2026, time.December, 31), Start: date(2026, time.November, 2), HasBegun: true, System: a.Systems[1], People: a.People, Leaver: 0, LoadCap: 5, Hours: analyzer.Hours{AtLeast: 16, AtMost: 19}, Assumed: 1,
		Verdict: "There is no strong successor for Ada Example. The nearest is Bo | `Ticks` <b>bold</b> (weak evidence): covers 12 % of what Ada Example covers.",
		Held:    analyzer.Held{Files: 300, Alone: 210, Weight: 0.8, AloneWeight: 0.61, Paths: 1234, OnlyPaths: 876},
		Successors: []analyzer.Successor{
			{
				Person: 1, Score: 0.41, Confidence: ranking.Weak, Covers: 0.12, Tasks: 1, Load: analyzer.Load{Before: 1, After: 6, OverCap: true},
				Reasons: []string{"covers 12 % of what Ada Example covers", "can do 1 of 2 tasks alone"},
			},
			{Person: 2, Confidence: ranking.NoOne, Reasons: []string{"not active: last seen 2023-01-05"}},
		},
		Clusters: []analyzer.KnowledgeCluster{
			{Name: "services/<script>alert(1)</script>/", Files: 40, Weight: 0.4, Paths: []string{"services/payments/\tcharge.go"}, Nearest: 1, Reason: "has worked on 3 of the 40 files", Alone: 37, Touched: 3, Before: 1, Last: &analyzer.Shown{Person: 1, Time: date(2026, time.November, 12), Reference: "0123456789abcdef0123456789abcdef01234567"}},
			{Name: "src/: cluster, slots", Files: 4, Weight: 0.1, Nearest: -1, Alone: 4},
		},
		Tasks: []analyzer.HandoverTask{
			{Task: "cert-renewal", Name: "Renew certificates", Executions: 14, Recent: 12, Stops: true, RiskAfter: 0.98, Maturity: analyzer.Exists, Runbook: "runbooks/certificates.md", Nearest: -1, Hours: &analyzer.Hours{AtMost: 1.5}, Chances: 1.4, StoppedAtStart: true, Since: &analyzer.Shown{Person: 1, Time: date(2026, time.November, 13), Reference: "OPS-88"}},
			{Task: "rescue", Name: "Rescue of =cmd()", Executions: 9, Recent: 3, RiskAfter: 0.2, Nearest: 1, IsJudgement: true, StoppedAtStart: true, Proven: &analyzer.Shown{Person: 1, Time: date(2026, time.November, 14), Reference: "OPS-89"}},
		},
		Knows: []analyzer.Capabilities{
			{Person: 0, Of: []analyzer.Capability{analyzer.Teaches, analyzer.Alone, analyzer.Alone, analyzer.Alone}},
			{Person: 1, Of: []analyzer.Capability{analyzer.Untrained, analyzer.Alone, analyzer.InTraining, analyzer.Untrained}},
			{Person: 2, Of: []analyzer.Capability{analyzer.Untrained, analyzer.Untrained, analyzer.Untrained, analyzer.Untrained}},
		},
		Open: []analyzer.OpenEnd{
			{Kind: analyzer.OpenTicket, Where: "OPS-90", Text: "Move the <img src=x onerror=alert(1)>"},
			{Kind: analyzer.ListedOwner, Where: "CODEOWNERS:3", Text: "/services/ @ada", Why: "ada is what their address begins with, and nobody else's"},
			{Kind: analyzer.UnknownOwner, Where: "CODEOWNERS:4", Text: "/services/api/ @<b>who</b>"},
		},
		Steps: []analyzer.HandoverStep{
			{What: "Renew certificates: complete its manual, then do it twice by that", Who: []int{0, 1}, Hours: analyzer.Hours{AtLeast: 8, AtMost: 11}, By: date(2026, time.December, 10), Why: "12 times in the last year"},
			{
				What: "Walk through <i>src</i>/, then one change", Each: "walk through it, then one change", Subject: "<i>src</i>/, 4 files", Who: []int{0, 1},
				Hours: analyzer.Hours{AtLeast: 4, AtMost: 4}, By: date(2026, time.December, 12), Why: "4 files that only Ada Example knows",
			},
			{
				What: "Walk through web/, then one change", Each: "walk through it, then one change", Subject: "web/, 9 files", Who: []int{0, 1},
				Hours: analyzer.Hours{AtLeast: 4, AtMost: 4}, By: date(2026, time.December, 20), Why: "9 files that only Ada Example knows",
			},
			{What: "Find and name someone", Why: "every step below needs them"},
		},
		Criteria: []analyzer.Criterion{
			{ID: "task:cert-renewal", Text: `a successor has done "Renew certificates" by its manual`, State: analyzer.Fail, Detail: "no successor has cited the manual"},
			{
				ID: "cluster:<i>src</i>/", Text: "a successor has changed or reviewed something in <i>src</i>/", State: analyzer.Fail, Detail: "none of 4 files touched since 2026-11-02",
				Each: "a successor has changed or reviewed something there", Subject: "<i>src</i>/, 4 files", Same: "none touched since 2026-11-02",
			},
			{
				ID: "cluster:web/", Text: "a successor has changed or reviewed something in web/", State: analyzer.Fail, Detail: "none of 9 files touched since 2026-11-02",
				Each: "a successor has changed or reviewed something there", Subject: "web/, 9 files", Same: "none touched since 2026-11-02",
			},
			{ID: "task:backup", Text: `"Restore a backup" does not stop without Ada Example`, State: analyzer.Already, Detail: "the chance that nobody else can do it is 3 %"},
			{ID: "load", Text: "no successor is over the cap", State: analyzer.Pass, Detail: "at most 5"},
			{ID: "access", Text: "accounts were passed on", State: analyzer.Manual},
		},
	}}
}

func TestAMarkdownSheetIsATaskListForATicket(t *testing.T) {
	out := render(t, "markdown", sampleHandover(), Options{})
	for _, want := range []string{
		"- [ ] Renew certificates: complete its manual", "- [x] No successor is over the cap. – at most 5\n", "- [ ] Accounts were passed on. – to be confirmed by hand\n",
		"- [ ] Of each of 2: a successor has changed or reviewed something there. – none touched since 2026-11-02\n  - [ ] &lt;i&gt;src&lt;/i&gt;/, 4 files\n  - [ ] web/, 9 files\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}

func TestWhatIsAlikeOnASheetIsOneItemAndNothingIsLost(t *testing.T) {
	h := sampleHandover()
	h.Steps, h.Criteria, h.Tasks, h.Clusters = nil, nil, nil, nil
	h.Knows = []analyzer.Capabilities{{Person: 0}, {Person: 1}}
	const tasks = 20
	for i := range tasks {
		name := fmt.Sprintf("Task %02d", i)
		h.Tasks = append(h.Tasks, analyzer.HandoverTask{Task: name, Name: name, Nearest: 1})
		h.Steps = append(h.Steps, analyzer.HandoverStep{
			What: name + ": do it", Each: "do it", Subject: name, Who: []int{0, 1 + i%2}, Hours: analyzer.Hours{AtLeast: 1, AtMost: 2}, Why: "why",
		})
		h.Criteria = append(h.Criteria, analyzer.Criterion{
			ID: "task:" + name, Text: "someone has done " + name, Each: "someone has done it", Subject: name, State: analyzer.Fail, Same: "nobody has",
		})
		for k, can := range []analyzer.Capability{analyzer.Alone, []analyzer.Capability{analyzer.Untrained, analyzer.InTraining}[i%2]} {
			h.Knows[k].Of = append(h.Knows[k].Of, can)
		}
	}
	out := render(t, "markdown", h, Options{})
	for _, want := range []string{"- [ ] Of each of 10: do it – Ada Example and Bo", "; 10 to 20 hours\n", "- [ ] Of each of 20: someone has done it. – nobody has\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	for i := range tasks {
		// In the table of tasks, in a row of who knows what, once to do and once to hold.
		if got := strings.Count(out, fmt.Sprintf("Task %02d", i)); got != 4 {
			t.Errorf("task %d is named %d times, want 4:\n%s", i, got, out)
		}
	}
}
