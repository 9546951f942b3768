package analyzer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

func hatsOf(t *testing.T, s *evidencetest.Story, asOf, system string) map[Hat]int {
	t.Helper()
	a := assessTickets(t, s, asOf)
	people := map[Hat]int{}
	for _, h := range systemNamed(a, system).Hats {
		people[h.Hat] = h.People
	}
	return people
}

func TestHatsAreToldFromCommitsOfTheQuarter(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Old", "pay/a.go", "2024-01-01", 9) // more than a quarter ago
	busy(s, "Ann", "pay/a.go", "2024-05-01", 5)
	busy(s, "Bo", "pay/b.go", "2024-05-01", 4)
	for day := range 5 {
		s.On(fmt.Sprintf("2024-05-%02d", 10+day)).By("Cy").Commit("M pay/a.go", "M web/c.go")           // joins two systems
		s.On(fmt.Sprintf("2024-05-%02d", 20+day)).By("Bo").Commit("M pay/a.go", "* Di", "* Ed", "* Bo") // reviewed, not by himself
	}
	s.On("2024-05-28").By("Di").Commit("M pay/b.go")
	s.Tree("pay/a.go", "pay/b.go", "web/c.go")
	// Ann, Bo (nine) and Cy write; Cy joins; Di and Ed review five each, but only Di has touched both of the files, Ed one of the two,
	// which is half of them.
	want := map[Hat]int{HatImplementer: 3, HatArchitect: 1, HatTechLead: 2}
	if diff := cmp.Diff(want, hatsOf(t, s, "2024-06-01", "pay")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.On("2024-05-29").By("Ann").Commit("A pay/d.go")
	s.Tree("pay/d.go")
	want[HatTechLead] = 1
	if diff := cmp.Diff(want, hatsOf(t, s, "2024-06-01", "pay")); diff != "" {
		t.Errorf("with a third file, of which Ed knows one (-want +got):\n%s", diff)
	}
}

func TestHatsAreKeptWhenFilesAreRenamed(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/a.go", "2024-05-01", 5)
	for day := range 5 {
		s.On(fmt.Sprintf("2024-05-%02d", 10+day)).By("Cy").Commit("M pay/a.go", "M web/c.go")
	}
	s.On("2024-05-28").By("Di").Commit("R pay/a.go billing/a.go", "R web/c.go site/c.go")
	s.Tree("billing/a.go", "site/c.go")
	// What was done in pay is known in billing: Ann and Cy write, and Cy joins two systems.
	if diff := cmp.Diff(map[Hat]int{HatImplementer: 2, HatArchitect: 1}, hatsOf(t, s, "2024-06-01", "billing")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHatsAreToldFromTicketsOfTheQuarter(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "ops/certs.md", "2024-01-01", 1)
	runbook := wellWritten()
	runbook.Thing = s.Thing("ops/certs.md")
	s.Evidence.Runbooks = []sources.Runbook{runbook}
	revise(s, "Ann", sources.Wrote, sources.Substantive)
	ticket := func(day int, summary, who string, change func(*sources.Ticket)) *evidencetest.Ticket {
		on := fmt.Sprintf("2024-05-%02d", day)
		return s.On(on).Ticket(fmt.Sprintf("OPS-%d", len(s.Evidence.Tickets)+1), summary).In("ops").Of("Task").Change(change).For(who).Resolved(who, on)
	}
	followed := func(t *sources.Ticket) { t.Runbooks = []uint32{0} }
	ordinary := func(*sources.Ticket) {}
	for day := 1; day <= 5; day++ {
		ticket(day, "Renew certificate", "Bo", followed)
		ticket(day, "Renew certificate", "Ann", followed).HandedOver("Mo", fmt.Sprintf("2024-05-%02d", day)) // her own manual
		ticket(day, []string{"", "Database is down", "Queue outage of mail", "Alert from disk", "Site unreachable today", "Incident in billing"}[day], "Cy", ordinary).
			Of("Incident " + string(rune('A'+day)))
	}
	ticket(6, "Renew certificate", "Di", ordinary)
	got := hatsOf(t, s, "2024-06-01", "ops")
	want := map[Hat]int{HatSupport: 2, HatAssociate: 1, HatBridge: 1, HatOperationManager: 1, HatRescue: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTooFewEventsAreNoHat(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "pay/a.go", "2024-05-01", 4)
	s.Tree("pay/a.go")
	if got := hatsOf(t, s, "2024-06-01", "pay"); len(got) > 0 {
		t.Errorf("four commits: got %v", got)
	}
	busy(s, "Bo", "pay/a.go", "2024-05-10", 1)
	if diff := cmp.Diff(map[Hat]int{HatImplementer: 0}, hatsOf(t, s, "2024-06-01", "pay")); diff != "" {
		t.Errorf("five commits, but no five by one person (-want +got):\n%s", diff)
	}
}
