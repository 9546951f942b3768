package analyzer

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"keyperson/sources"
)

func TestLevelCTakesAFreshProcedureAndTwoWhoAreThereAndHaveDoneItMoreThanOnce(t *testing.T) {
	const long, recent = "2023-06-01", "2024-05-10" // Cy is away after half a year without a trace; as of 2024-07-01
	for name, test := range map[string]struct {
		doers  map[string][]string // days on which each did it
		change func(*sources.Runbook)
		want   Level
		reason string
	}{
		"Ann and Bo more than once": {
			doers: map[string][]string{"Ann": {recent, recent, recent}, "Bo": {recent, recent}}, want: LevelC, reason: "2 active people have done it",
		},
		"Bo only once": {
			doers: map[string][]string{"Ann": {recent, recent, recent, recent}, "Bo": {recent}}, want: LevelB, reason: "1 active person has done it more than once; C needs two",
		},
		"Cy more than once, and away": {
			doers: map[string][]string{"Ann": {recent, recent, recent}, "Cy": {long, long}}, want: LevelB, reason: "1 active person has done it more than once; C needs two",
		},
		"the procedure only structured": {
			doers: map[string][]string{"Ann": {recent, recent, recent}, "Bo": {recent, recent}},
			change: func(r *sources.Runbook) {
				r.Links = []sources.Link{{Target: "gone.md", Line: 12, State: sources.Broken}}
			},
			want: LevelB, reason: "C needs M3",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, runbook := storyOfARunbook()
			if test.change != nil {
				test.change(runbook)
			}
			for _, who := range []string{"Ann", "Bo", "Cy"} {
				for i, day := range test.doers[who] {
					s.On(day).Ticket(fmt.Sprintf("OPS-%s-%d", who, i), "Renew the certificate").In("web").For(who).Resolved(who, day)
				}
			}
			routineness := 0.9
			rule := sources.TaskRule{ID: "certs", Name: "Certificates", Summary: regexp.MustCompile("certificate"), Routineness: &routineness, Runbook: "web/certs.md"}
			a := assessTickets(t, s, "2024-07-01", func(o *Options) { o.TaskRules = []sources.TaskRule{rule} })
			if task := taskNamed(t, a, "Certificates"); task.Level != test.want || !strings.Contains(task.LevelReason, test.reason) {
				t.Errorf("got level %s (%s), procedure %s; want %s: %s", task.Level, task.LevelReason, task.Maturity, test.want, test.reason)
			}
		})
	}
}
