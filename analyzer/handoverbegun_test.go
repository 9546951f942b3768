package analyzer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

// withManual gives the shop's certificates a manual, which all of Ann's tickets cite.
func withManual(s *evidencetest.Story) *evidencetest.Story {
	s.On("2024-10-01").By("Ann").Commit("A shop/certs.md")
	r := wellWritten()
	r.Thing = s.Thing("shop/certs.md")
	s.Evidence.Runbooks = []sources.Runbook{r}
	for i := range s.Evidence.Tickets {
		s.Evidence.Tickets[i].Runbooks = []uint32{0}
	}
	return s
}

// certified adds a ticket of the shop's certificates, done within a day, that cites the manual where there is one to cite.
func certified(s *evidencetest.Story, key, who, on string, byManual bool) {
	s.On(on).Ticket(key, "Renew certificate of web-"+key).Of("Task").In("shop").For(who).Resolved(who, date(on).AddDate(0, 0, 1).Format(time.DateOnly)).
		Change(func(t *sources.Ticket) {
			if byManual {
				t.Runbooks = []uint32{0}
			}
		})
}

// begun hands over what the first story shows, as of the evidence of the second.
func begun(t *testing.T, then, now *evidencetest.Story, start, asOf string, q HandoverQuestion) *Handover {
	t.Helper()
	var err error
	if q.Begun, err = BeginHandover(then.Evidence, then.People(), then.TicketsIn(then.Systems()), DefaultOptions(date(start).Add(-time.Second)), q); err != nil {
		t.Fatal(err)
	}
	q.Start = date(start)
	return handOver(t, now, asOf, q)
}

func failing(h *Handover) []string {
	var ids []string
	for _, c := range h.Criteria {
		if c.State == Fail {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

func TestWhatSuccessorsDidBeforeTheStartProvesNothing(t *testing.T) {
	s := withManual(shop())
	certified(s, "OPS-60", "Bo", "2024-10-20", true) // by the manual, two months before the handover was decided
	q := HandoverQuestion{System: "shop", Leaver: "Ann", Successors: []string{"Bo"}}
	for name, h := range map[string]*Handover{
		"with the sheet":   handOver(t, s, "2024-12-31", q),
		"weeks into it":    begun(t, s, s, "2025-01-01", "2025-02-15", q),
		"on the day of it": begun(t, s, s, "2025-01-01", "2025-01-01", q),
		"someone else did": begun(t, s, s, "2024-10-22", "2024-12-31", HandoverQuestion{System: "shop", Leaver: "Ann", Successors: []string{"Cy"}}),
	} {
		task := slices.IndexFunc(h.Criteria, func(c Criterion) bool { return strings.HasPrefix(c.ID, "task:") })
		if c := h.Criteria[task]; c.State != Fail {
			t.Errorf("%s: got %+v, want that it is not proven", name, c)
		} else if name == "with the sheet" && !strings.Contains(c.Detail, "before it began, Bo did it on 2024-10-21 (OPS-60)") {
			t.Errorf("%s: detail %q does not say that Bo could before", name, c.Detail)
		}
	}
	c := criterion(t, begun(t, s, s, "2025-01-01", "2025-02-15", q), "cluster:shop/cart/")
	if want := "none of 4 files touched since 2025-01-01; 3 in the 180 days before"; c.State != Fail || c.Detail != want {
		t.Errorf("Bo changed the cart in November: got %+v, want a failure with %q", c, want)
	}
}

func TestWhatSuccessorsDidSinceTheStartProves(t *testing.T) {
	then, now := withManual(shop()), withManual(shop())
	q := HandoverQuestion{System: "shop", Leaver: "Ann", Successors: []string{"Bo"}}
	now.On("2025-01-10").By("Bo").Commit("M shop/cart/0.go")
	now.On("2025-01-11").By("Ann").Commit("M shop/search/0.go", "* Bo") // a review will do
	certified(now, "OPS-60", "Bo", "2025-01-12", false)
	h := begun(t, then, now, "2025-01-01", "2025-02-15", q)
	if got := failing(h); len(got) != 1 || !strings.HasPrefix(got[0], "task:") {
		t.Fatalf("open are %q, want the certificates, which Bo did without the manual: %+v", got, h.Criteria)
	}
	if c := criterion(t, h, failing(h)[0]); !strings.Contains(c.Detail, "; Bo did it on 2025-01-13 (OPS-60)") {
		t.Errorf("detail: got %q, want that Bo did it, if not by the manual", c.Detail)
	}
	certified(now, "OPS-61", "Bo", "2025-01-20", true)
	h = begun(t, then, now, "2025-01-01", "2025-02-15", q)
	if !h.Done() {
		t.Errorf("open are %q, want nothing that evidence can show: %+v", failing(h), h.Criteria)
	}
	if c := criterion(t, h, "cluster:shop/search/"); !strings.Contains(c.Detail, "successors touched 1 of 4 files since 2025-01-01, last Bo on 2025-01-11") {
		t.Errorf("the search: got %+v", c)
	}
	for _, step := range h.Steps {
		if strings.HasPrefix(step.What, "Walk through") || strings.Contains(step.What, "manual") {
			t.Errorf("%q is still to do, and was done", step.What)
		}
	}
}

func TestCriteriaStayThoseOfTheStart(t *testing.T) {
	then, now := shop(), shop()
	// Bo comes to cover the whole cart, a file of the search is renamed, and Ann begins something new.
	for i := range 4 {
		busy(now, "Bo", fmt.Sprintf("shop/cart/%d.go", i), "2025-01-02", 8)
	}
	now.On("2025-01-11").By("Ann").Commit("R shop/search/0.go shop/find/0.go")
	now.Evidence.Files = slices.DeleteFunc(now.Evidence.Files, func(f sources.TreeFile) bool { return f.Thing == now.Thing("shop/search/0.go") })
	busy(now, "Ann", "shop/new/a.go", "2025-01-12", 6)
	now.Tree("shop/find/0.go", "shop/new/a.go")
	h := begun(t, then, now, "2025-01-01", "2025-02-15", HandoverQuestion{System: "shop", Leaver: "Ann", Successors: []string{"Bo"}})
	var got []string
	for _, c := range h.Clusters {
		got = append(got, fmt.Sprintf("%s: %d files, %d alone, %d touched", c.Name, c.Files, c.Alone, c.Touched))
	}
	want := []string{
		"shop/cart/: 4 files, 0 alone, 4 touched", "shop/search/: 4 files, 4 alone, 0 touched", "what only they know since it began: 1 files, 1 alone, 0 touched",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestJudgementIsProvenByCasesOfWhichOneIsSinceTheStart(t *testing.T) {
	for name, c := range map[string]struct {
		cases []string // of Bo's
		want  bool
	}{
		"two just before":             {[]string{"2024-12-28", "2024-12-29", "2024-12-30"}, false},
		"one since":                   {[]string{"2025-01-10"}, false},
		"two since":                   {[]string{"2025-01-10", "2025-01-20"}, true},
		"two just before, one since":  {[]string{"2024-12-29", "2024-12-30", "2025-01-10"}, true},
		"two long before, one since":  {[]string{"2023-12-29", "2023-12-30", "2025-01-10"}, false},
		"two since, and time went on": {[]string{"2025-01-02", "2025-01-03"}, true},
	} {
		s := shop()
		for i, on := range c.cases {
			certified(s, fmt.Sprintf("OPS-%d", 70+i), "Bo", on, false)
		}
		w, err := takeStock(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2025-06-30")), HandoverQuestion{System: "shop", Leaver: "Ann"})
		if err != nil {
			t.Fatal(err)
		}
		w.Start, w.HasBegun = date("2025-01-01"), true
		w.listTasks()
		w.Tasks[0].IsJudgement = true
		w.rank()
		w.showProof()
		if got := w.Tasks[0].Proven != nil; got != c.want {
			t.Errorf("%s: proven %v, want %v", name, got, c.want)
		}
	}
}
