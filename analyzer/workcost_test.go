package analyzer

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// open makes tickets that stay open for so many hours each, done in turn by the people named.
func open(s *evidencetest.Story, summary, priority string, hours []int, names ...string) {
	for i, h := range hours {
		created := date("2024-03-01").AddDate(0, 0, 9*i)
		on := created.Format("2006-01-02")
		s.On(on).Ticket(fmt.Sprintf("OPS-%d", len(s.Evidence.Tickets)+1), summary).Of("Task").In("ops").Priority(priority).
			For(names[i%len(names)]).Resolved(names[i%len(names)], on).
			Change(func(t *sources.Ticket) { t.Resolved = t.Created + int64(h)*3600 })
	}
}

func TestTheExcessWaitOfWorkThatHangsOnOnePerson(t *testing.T) {
	s := evidencetest.New()
	open(s, "Renew certificate", "Minor", []int{10, 20, 30, 40, 50, 60, 70}, "Ann")
	open(s, "Restore backup", "Minor", []int{2, 4, 6, 8, 10, 12, 14, 16}, "Bo", "Cy", "Di", "Ed")
	open(s, "Unlock account", "Major", []int{900, 900, 900, 900, 900}, "Ann") // nothing shared of that priority: not compared
	a := assessTickets(t, s, "2024-06-30")
	got := a.Work.Cost.Wait
	// Medians: 40 hours of seven, (8+10)/2 = 9 of eight.
	if !got.Enough || got.Sole != 40 || got.Shared != 9 || got.Excess != 31 || got.SoleN != 7 || got.SharedN != 8 || got.Strata != 1 {
		t.Errorf("got %+v", got)
	}
	if got.Low > 31 || got.High < 31 || got.Low == got.High {
		t.Errorf("the interval is %v to %v", got.Low, got.High)
	}
}

func TestWhereNothingIsComparableTheWaitIsNotTold(t *testing.T) {
	s := evidencetest.New()
	open(s, "Renew certificate", "Minor", []int{10, 20, 30, 40, 50, 60, 70}, "Ann")
	got := assessTickets(t, s, "2024-06-30").Work.Cost.Wait
	if got.Enough || !strings.Contains(got.Missing, "(in all 7 and 0)") {
		t.Errorf("got %+v", got)
	}
}

func TestExposureIsARangeOverWeeksAway(t *testing.T) {
	s := evidencetest.New()
	every(s, 7, "2024-01-02", 52, "Renew certificate of web-%d", "Ann")
	a := assessTickets(t, s, "2024-12-31", func(o *Options) {
		o.TaskRules = []sources.TaskRule{{ID: "certs", Components: []string{"ops"}, Hours: new(0.5)}}
	})
	got := a.Work.Cost.Exposure
	// 52 a year: two weeks away let 2 wait, six weeks 6; half an hour each.
	if got.Tasks != 1 || math.Abs(got.Low-2) > 0.05 || math.Abs(got.High-6) > 0.15 || got.LowHours == nil || math.Abs(*got.HighHours-3) > 0.1 {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(got.Assumptions, "away 2 to 6 weeks of the year") {
		t.Errorf("assumptions: %s", got.Assumptions)
	}
	if c := a.Work.Cost; c.ScarceTasks != 1 || c.ScarceKnown != 1 || c.ScarceHours == nil || math.Abs(c.ScarceHours.AtMost-26) > 0.51 {
		t.Errorf("scarce hours: %+v", c)
	}
}
