package analyzer

import (
	"slices"
	"strings"
	"testing"

	"keyperson/analyzer/evidencetest"
)

// withGaps is a team of which Ann left the payments and a routine task in spring, and Gus a task of judgement; where Ed has the
// web for himself; and where the rest do other things.
func withGaps() *evidencetest.Story {
	s := evidencetest.New()
	busy(s, "Ann", "pay/card.go", "2023-11-01", 12)
	for i, name := range []string{"Bo", "Cy", "Di"} { // one touch each is no hold on it
		s.By(name).On(date("2024-10-01").AddDate(0, 0, i).Format("2006-01-02")).Commit("M pay/card.go")
	}
	busy(s, "Ed", "far/away/web/page.go", "2024-10-01", 12)
	s.By("Bo").On("2024-11-20").Commit("A doc/a.md")
	s.Evidence.Files = nil
	s.Tree("pay/card.go", "far/away/web/page.go", "doc/a.md")
	every(s, 14, "2023-08-01", 18, "Purge archive of month-%d", "Ann")
	every(s, 14, "2024-02-01", 22, "Restore backup %d", "Bo", "Cy")
	for i, summary := range []string{"Odd latency of the queue", "Customer cannot sign", "Plan capacity", "Strange totals in ledger", "Review contract", "Broken import again"} {
		s.On(date("2024-01-10").AddDate(0, 0, i*i*5).Format("2006-01-02")).Ticket("ENG-"+string(rune('1'+i)), summary).Of("Analysis").In("core").For("Gus").
			Resolved("Gus", date("2024-01-11").AddDate(0, 0, i*i*5+i).Format("2006-01-02"))
	}
	return s
}

func TestWhatNobodyHereCanTeachIsSaidWithWhatToDoInstead(t *testing.T) {
	p := planFor(t, withGaps(), "2024-12-31")
	for _, want := range []struct {
		of      string
		isLost  bool
		reason  string
		instead []string
	}{
		{"pay", true, "nobody here can teach it", []string{"ask Ann, who knew 100 % of it and was last seen on 2024-03-", "read pay/card.go"}},
		{"far", false, "no one else has worked near enough", []string{"next changes to far/away/web/page.go, Ed reviewing"}},
		{"core / Analysis", true, "nobody present has done it", []string{"ask Gus", "let two take the next case together"}},
	} {
		i := slices.IndexFunc(p.Unteachable, func(u Unteachable) bool { return u.Of == want.of || u.Name == want.of })
		if i < 0 {
			t.Errorf("%s is missing in %+v", want.of, p.Unteachable)
			continue
		}
		u := p.Unteachable[i]
		if u.Lost != want.isLost || !strings.Contains(u.Reason, want.reason) {
			t.Errorf("%s: lost %v, %s; want %v, %s", want.of, u.Lost, u.Reason, want.isLost, want.reason)
		}
		for _, step := range want.instead {
			if !strings.Contains(u.Instead, step) {
				t.Errorf("%s: instead %q, want %q in it", want.of, u.Instead, step)
			}
		}
		if slices.ContainsFunc(p.Actions, func(a Action) bool { return a.Of == u.Of }) {
			t.Errorf("%s has an action in the plan and is said to be unteachable", want.of)
		}
	}
	// A manual of routine work can be written by finding out: that is planned, and only what has no room in the plan stands here.
	isPurge := func(name string) bool { return strings.HasPrefix(name, "purge archive") }
	if !slices.ContainsFunc(p.Actions, func(a Action) bool { return a.Kind == WriteRunbook && a.Dictates < 0 && isPurge(a.Name) }) {
		t.Errorf("no manual is planned by finding out: %q", p.rows())
	}
	m := madeOf(t, withGaps(), "2024-12-31")
	m.findUnteachable()
	i := slices.IndexFunc(m.plan.Unteachable, func(u Unteachable) bool { return isPurge(u.Name) })
	if i < 0 || !strings.Contains(m.plan.Unteachable[i].Instead, "ask Ann, who was last seen on") || !strings.Contains(m.plan.Unteachable[i].Instead, "write its manual from that") {
		t.Errorf("without an action in the plan: got %+v, want the former doer to be asked, and a manual from that", m.plan.Unteachable)
	}
}

// madeOf is the making of a plan before anything was chosen.
func madeOf(t *testing.T, s *evidencetest.Story, asOf string) *planMaker {
	t.Helper()
	w, err := newWork(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date(asOf)))
	if err != nil {
		t.Fatal(err)
	}
	a, err := w.assessment()
	if err != nil {
		t.Fatal(err)
	}
	return newPlanMaker(w, a, DefaultPlanOptions())
}

func TestWhereEverybodyCanTeachNothingIsUnteachable(t *testing.T) {
	if p := planFor(t, busyAnn(), "2024-12-31"); len(p.Unteachable) > 0 {
		t.Errorf("got %+v, want nothing", p.Unteachable)
	}
}

func TestNobodyIsToProtectWhoIsNotThere(t *testing.T) {
	a := assessTickets(t, withGaps(), "2024-12-31")
	said := ""
	for _, s := range a.Work.Sentences {
		said += s.Code + ": " + s.Text + "\n"
	}
	if strings.Contains(said, "protect") || !strings.Contains(said, "judgement-on-nobody: Nobody present can be counted on for «core / Analysis»") {
		t.Errorf("got\n%s\nwant that judgement said to be gone, and nobody to protect", said)
	}
	a = assessTickets(t, withGaps(), "2024-05-31") // Gus is still there
	said = ""
	for _, s := range a.Work.Sentences {
		said += s.Code + "\n"
	}
	if !strings.Contains(said, "judgement-on-one") || strings.Contains(said, "judgement-on-nobody") {
		t.Errorf("while Gus is there: got\n%s", said)
	}
}
