package analyzer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/analyzer/ranking"
	"keyperson/sources"
)

func handOver(t *testing.T, s *evidencetest.Story, asOf string, q HandoverQuestion) *Handover {
	t.Helper()
	h, err := HandOver(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date(asOf)), q)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// shop is Ann's: two areas of code and the certificates. Bo worked a little beside her, Cy elsewhere.
func shop() *evidencetest.Story {
	s := evidencetest.New()
	var tree []string
	for i := range 4 {
		for _, area := range []string{"shop/cart", "shop/search"} {
			path := fmt.Sprintf("%s/%d.go", area, i)
			busy(s, "Ann", path, "2024-10-01", 6)
			tree = append(tree, path)
		}
	}
	for i := range 3 { // once in a file with six commits is no hold on it
		busy(s, "Bo", fmt.Sprintf("shop/cart/%d.go", i), "2024-11-20", 1)
	}
	busy(s, "Cy", "other/a.go", "2024-11-01", 12)
	for i := range 14 {
		opened := date("2023-12-01").AddDate(0, 0, 30*i)
		s.On(opened.Format("2006-01-02")).Ticket(fmt.Sprintf("OPS-%d", i+1), fmt.Sprintf("Renew certificate of web-%d", i)).
			Of("Task").In("shop").For("Ann").Resolved("Ann", opened.AddDate(0, 0, 1).Format("2006-01-02"))
	}
	return s.Tree(append(tree, "other/a.go")...)
}

func criterion(t *testing.T, h *Handover, id string) Criterion {
	t.Helper()
	i := slices.IndexFunc(h.Criteria, func(c Criterion) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("no criterion %q among %+v", id, h.Criteria)
	}
	return h.Criteria[i]
}

func TestThatNoTicketWaitsIsNotSaidWhereNobodyCanTell(t *testing.T) {
	s := shop()
	for _, key := range []string{"OPS-90", "OPS-91"} {
		s.On("2024-12-01").Ticket(key, "Move the shop").In("shop").Change(func(t *sources.Ticket) { t.HolderUnknown = true })
	}
	s.On("2024-12-01").Ticket("ETC-1", "Of no system")
	c := criterion(t, handOver(t, s, "2024-12-31", HandoverQuestion{System: "shop"}), "open-tickets")
	want := "2 tickets were open on 2024-12-31 of which no source tells who had them then; 1 open ticket of no system was not looked at"
	if c.State != Manual || c.Detail != want {
		t.Errorf("got %s, %q\nwant it to be confirmed by hand, %q", c.State, c.Detail, want)
	}
	s.On("2024-12-01").Ticket("OPS-92", "Give up the shop").In("shop").For("Ann")
	c = criterion(t, handOver(t, s, "2024-12-31", HandoverQuestion{System: "shop"}), "open-tickets")
	if want = "OPS-92; " + want; c.State != Fail || c.Detail != want {
		t.Errorf("got %s, %q\nwant one that waits, %q", c.State, c.Detail, want)
	}
}

func TestAHandoverSaysWhoCanTakeOverAndWhatOnlyTheLeaverKnows(t *testing.T) {
	h := handOver(t, shop(), "2024-12-31", HandoverQuestion{System: "shop"})
	if got := h.People[h.Leaver].Name; got != "Ann" {
		t.Fatalf("leaver: got %s, want the key person Ann", got)
	}
	if h.Held.Files != 8 || h.Held.Alone != 8 || h.Held.Paths != 8 || h.Held.OnlyPaths != 5 {
		t.Errorf("held: got %+v, want all 8 files, 5 of 8 paths never written by another", h.Held)
	}
	var clusters []string
	for _, c := range h.Clusters {
		clusters = append(clusters, fmt.Sprintf("%s %d", c.Name, c.Files))
	}
	if diff := cmp.Diff([]string{"shop/cart/ 4", "shop/search/ 4"}, clusters); diff != "" {
		t.Errorf("clusters (-want +got):\n%s", diff)
	}
	if h.Strong || !strings.HasPrefix(h.Verdict, "There is no strong successor for Ann. The nearest is Bo (weak evidence): covers nothing of what Ann covers") {
		t.Errorf("verdict: got %q", h.Verdict)
	}
	if len(h.Tasks) != 1 || !h.Tasks[0].Stops || h.Tasks[0].Nearest != -1 {
		t.Errorf("tasks: got %+v, want the certificates to stop with nobody practised", h.Tasks)
	}
	if c := criterion(t, h, "cluster:shop/cart/"); c.State != Fail || !strings.Contains(c.Detail, "3 in the 180 days before") {
		t.Errorf("Bo changed the cart in November, before it began: got %+v", c)
	}
	if c := criterion(t, h, "cluster:shop/search/"); c.State != Fail {
		t.Errorf("nobody touched the search: got %+v", c)
	}
	if h.Done() {
		t.Error("the handover is said to be done")
	}
}

func TestAHandoverIsDoneWhenSuccessorsTouchedEverythingAndDidTheTasks(t *testing.T) {
	s := shop()
	for i := range 4 {
		busy(s, "Bo", fmt.Sprintf("shop/cart/%d.go", i), "2024-12-01", 6)
		busy(s, "Bo", fmt.Sprintf("shop/search/%d.go", i), "2024-12-10", 6)
	}
	for i := range 6 {
		s.On("2024-12-1"+fmt.Sprint(i)).Ticket(fmt.Sprintf("OPS-%d", 50+i), fmt.Sprintf("Renew certificate of web-%d", 50+i)).
			Of("Task").In("shop").For("Bo").Resolved("Bo", "2024-12-2"+fmt.Sprint(i))
	}
	h := handOver(t, s, "2024-12-31", HandoverQuestion{System: "shop", Leaver: "Ann", Successors: []string{"Bo"}})
	if !h.Done() {
		t.Errorf("criteria: got %+v, want all passed that evidence can show", h.Criteria)
	}
	if len(h.Clusters) != 0 || h.Held.Alone != 0 {
		t.Errorf("clusters: got %+v, want none, for Bo covers them", h.Clusters)
	}
	if s := h.Successors[0]; s.Covers != 1 || s.Tasks != 1 {
		t.Errorf("Bo: got %+v, want everything covered and the task practised", s)
	}
}

func TestWhereNobodyCameNearTheAnswerIsNoOne(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "solo/a.go", "2024-11-01", 12)
	busy(s, "Cy", "other/a.go", "2024-11-01", 12)
	s.Tree("solo/a.go", "other/a.go")
	h := handOver(t, s, "2024-12-31", HandoverQuestion{System: "solo"})
	// Cy works in the repository, and the directories around solo are all of it: near, but holding nothing.
	for _, s := range h.Successors {
		if s.Strong || s.Covers > 0 {
			t.Errorf("got %+v, want nobody strong", s)
		}
	}
	if h.Strong || h.Verdict == "" {
		t.Errorf("verdict: got %q, want nobody strong", h.Verdict)
	}
	s.Evidence.Records = s.Evidence.Records[:12] // Ann's alone
	h = handOver(t, s, "2024-12-31", HandoverQuestion{System: "solo"})
	if want := "No one here can take over from Ann: nobody active has done any of it, or come near it."; h.Verdict != want || len(h.Successors) > 0 {
		t.Errorf("verdict: got %q and %+v, want %q", h.Verdict, h.Successors, want)
	}
}

func TestAHandoverNeedsNoCode(t *testing.T) {
	s := evidencetest.New()
	every(s, 7, "2024-06-01", 30, "Restore backup %d", "Ann", "Ann", "Bo")
	h := handOver(t, s, "2024-12-31", HandoverQuestion{System: "ops", Leaver: "Ann"})
	if len(h.Tasks) != 1 || h.Tasks[0].Nearest < 0 || h.People[h.Tasks[0].Nearest].Name != "Bo" {
		t.Fatalf("tasks: got %+v, want Bo nearest", h.Tasks)
	}
	if len(h.Successors) != 1 || !h.Successors[0].Strong || !strings.HasPrefix(h.Verdict, "Bo can take over") {
		t.Errorf("got %q and %+v, want Bo, who restores backups too", h.Verdict, h.Successors)
	}
}

func TestOpenEndsAreTicketsRunbooksAndLinesThatNameTheLeaver(t *testing.T) {
	s := shop()
	s.On("2024-12-20").Ticket("OPS-90", "Still open").Of("Task").In("shop").For("Ann")
	s.On("2024-12-20").Ticket("OPS-91", "Open elsewhere").Of("Task").In("other").For("Ann")
	lines := []sources.OwnerLine{
		{Path: "CODEOWNERS", Line: 3, Text: "/shop/ ann@example.org", Owners: []string{"ann@example.org"}, Matches: func(p string) bool { return strings.HasPrefix(p, "shop/") }},
		{Path: "CODEOWNERS", Line: 4, Text: "/other/ ann@example.org", Owners: []string{"ann@example.org"}, Matches: func(p string) bool { return strings.HasPrefix(p, "other/") }},
		{Path: "CODEOWNERS", Line: 5, Text: "/shop/ @annabel", Owners: []string{"annabel"}, Matches: func(string) bool { return true }},
	}
	h := handOver(t, s, "2024-12-31", HandoverQuestion{System: "shop", OwnerLines: lines})
	want := []OpenEnd{
		{Kind: OpenTicket, Where: "OPS-90", Text: "Still open"},
		{Kind: ListedOwner, Where: "CODEOWNERS:3", Text: "/shop/ ann@example.org"},
		{Kind: UnknownOwner, Where: "CODEOWNERS:5", Text: "/shop/ @annabel"},
	}
	if diff := cmp.Diff(want, h.Open); diff != "" {
		t.Errorf("open ends (-want +got):\n%s", diff)
	}
	if criterion(t, h, "open-tickets").State != Fail || criterion(t, h, "owner-lines").State != Fail {
		t.Errorf("criteria: got %+v, want both to fail", h.Criteria)
	}
}

func TestStepsAreDatedUntilDueAndALoadCapIsKept(t *testing.T) {
	h := handOver(t, shop(), "2024-12-31", HandoverQuestion{System: "shop", Due: date("2025-03-31")})
	sum, last := Hours{}, h.AsOf
	for _, step := range h.Steps {
		sum = sum.plus(step.Hours)
		if step.By.Before(last.AddDate(0, 0, -1)) || step.By.After(h.Due) {
			t.Errorf("step %q is due %s, out of order or after %s", step.What, step.By, h.Due)
		}
		last = step.By
	}
	if sum != h.Hours || h.Hours.AtLeast == 0 {
		t.Errorf("hours: got %v, want the sum of the steps, %v", h.Hours, sum)
	}
	if final := h.Steps[len(h.Steps)-1]; final.Days != 14 || !final.By.Equal(h.Due) || len(h.Steps) < 2 || h.Steps[len(h.Steps)-2].By.After(h.Due.AddDate(0, 0, -14)) {
		t.Errorf("the two weeks at the end: got %+v after %+v", final, h.Steps[max(0, len(h.Steps)-2)])
	}
	// What falls to Bo: the system itself. With a cap of 1 that is within it; Bo holds nothing else.
	if s := h.Successors[0]; s.Load != (Load{Before: 0, After: 1}) {
		t.Errorf("load: got %+v, want 0 before and 1 after", s.Load)
	}
}

func TestADateThatIsTooEarlyIsRefusedWithTheFirstThatIsNot(t *testing.T) {
	question := HandoverQuestion{System: "shop", Due: date("2025-01-14")}
	h := handOver(t, shop(), "2024-12-31", question)
	// Two weeks are there, and nothing before them.
	if h.TooEarly == nil || h.TooEarly.Work < 1 || h.TooEarly.Last != 14 || h.TooEarly.Days != h.TooEarly.Work {
		t.Fatalf("due in 14 days: got %+v, want as many days too early as the steps before the two weeks take", h.TooEarly)
	}
	for _, step := range h.Steps {
		if !step.By.IsZero() {
			t.Errorf("%q is dated %s", step.What, step.By)
		}
	}
	question.Due = question.Due.AddDate(0, 0, h.TooEarly.Days)
	if h = handOver(t, shop(), "2024-12-31", question); h.TooEarly != nil || h.Steps[0].By.IsZero() {
		t.Errorf("so many days later: got %+v, the first step by %s", h.TooEarly, h.Steps[0].By)
	}
	question.Due = question.Due.AddDate(0, 0, -1)
	if h = handOver(t, shop(), "2024-12-31", question); h.TooEarly == nil || h.TooEarly.Days != 1 {
		t.Errorf("a day before that: got %+v, want one too early", h.TooEarly)
	}
}

func TestManyFilesOfOneDirectoryAreGroupedByNamesAndCommonChange(t *testing.T) {
	s := evidencetest.New()
	var tree []string
	for _, word := range []string{"cluster", "replication", "sort"} {
		var changes []string
		for _, part := range []string{"Core", "Log", "Send", "Test"} {
			tree = append(tree, "src/"+word+part+".c")
			changes = append(changes, "M src/"+word+part+".c")
		}
		for i := range 8 {
			s.By("Ann").On(date("2024-11-01").AddDate(0, 0, i).Format("2006-01-02")).Commit(changes...)
		}
	}
	h := handOver(t, s.Tree(tree...), "2024-12-31", HandoverQuestion{System: "src"})
	var names []string
	for _, c := range h.Clusters {
		names = append(names, fmt.Sprintf("%s (%d)", c.Name, c.Files))
	}
	for _, word := range []string{"cluster", "replication", "sort"} {
		if !slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, word) && strings.HasSuffix(name, "(4)") }) {
			t.Errorf("clusters: got %q, want one of 4 files for %s", names, word)
		}
	}
}

func TestAHandoverAsksForWhatExists(t *testing.T) {
	s := shop()
	for name, q := range map[string]HandoverQuestion{
		"a system":    {System: "nothing"},
		"a leaver":    {System: "shop", Leaver: "Zoe"},
		"a successor": {System: "shop", Successors: []string{"Zoe"}},
		"another":     {System: "shop", Leaver: "Ann", Successors: []string{"Ann"}},
	} {
		_, err := HandOver(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-12-31")), q)
		var system *UnknownSystemError
		var person *UnknownPersonError
		if !errors.As(err, &system) && !errors.As(err, &person) {
			t.Errorf("%s: got %v, want that it is unknown", name, err)
		}
	}
}

func TestHoursOfOpenTicketsBoundAStepFromAboveOnly(t *testing.T) {
	of := func(logged bool) *Handover {
		s := evidencetest.New()
		for i := range 12 {
			day := date("2024-01-02").AddDate(0, 0, 28*i).Format("2006-01-02") // Tuesdays
			ticket := s.On(day).Ticket(fmt.Sprintf("OPS-%d", i+1), fmt.Sprintf("Renew certificate of web-%d", i)).Of("Task").In("ops").
				For("Ann").Held("Ann", day+"T09:00", day+"T12:00").Resolved("Ann", day+"T12:00")
			if logged {
				ticket.Logged("Ann", day+"T11:00", 3)
			}
		}
		s.On("2024-12-20").Ticket("OPS-90", "Talk").Of("Task").In("ops").For("Bo").Resolved("Bo", "2024-12-21")
		return handOver(t, s, "2024-12-31", HandoverQuestion{System: "ops", Leaver: "Ann", Successors: []string{"Bo"}})
	}
	// A manual to dictate (2 h) and to write (4 h), two runs with half an hour beside for each of two: 2 + 4 + 2·2·0.5 = 8 hours,
	// and two runs of three hours: 14. The step of standing aside takes an hour of each of two.
	if h := of(true); h.Steps[0].Hours != (Hours{14, 14}) || h.Hours != (Hours{16, 16}) {
		t.Errorf("booked time: got %+v and %+v in all, want 14 and 16 hours", h.Steps[0].Hours, h.Hours)
	}
	if h := of(false); h.Steps[0].Hours != (Hours{8, 14}) || h.Hours != (Hours{10, 16}) || h.Assumed != 0 {
		t.Errorf("open tickets: got %+v and %+v in all, want 8 to 14 and 10 to 16 hours", h.Steps[0].Hours, h.Hours)
	}
}

func TestAnOwnerIsTheLeaverForAStatedReasonOrAskedAbout(t *testing.T) {
	s := shop()
	for i := range s.Evidence.Identities {
		switch identity := &s.Evidence.Identities[i]; identity.Name {
		case "Ann":
			identity.Address = "4711+octo-ann@users.noreply.github.com"
		case "Bo":
			identity.Address = "bosample@example.org"
		case "Cy":
			identity.Address = "cy.one@example.org"
		}
	}
	on := func(owner string) OpenEnd {
		line := sources.OwnerLine{Path: "CODEOWNERS", Line: 1, Text: "* " + owner, Owners: []string{owner}, Matches: func(string) bool { return true }}
		h := handOver(t, s, "2024-12-31", HandoverQuestion{
			System: "shop", OwnerLines: []sources.OwnerLine{line}, Aliases: []Alias{{Of: []string{"Ann"}, Names: []string{"renewer"}}},
		})
		if len(h.Open) == 0 {
			return OpenEnd{}
		}
		asks := slices.ContainsFunc(h.Criteria, func(c Criterion) bool { return c.ID == "unknown-owners" && c.State == Manual })
		if asks != (h.Open[0].Kind == UnknownOwner) {
			t.Errorf("%s: a person is asked: %v, want so for who is unknown only: %+v", owner, asks, h.Criteria)
		}
		return h.Open[0]
	}
	for owner, want := range map[string]OpenEndKind{
		"octo-ann":           ListedOwner, // the login in an address that hides the real one
		"@Octo-Ann":          ListedOwner,
		"renewer":            ListedOwner, // so says the alias file
		"shop/payments":      "",          // a team
		"bosample":           "",          // Bo, by the address
		"nobody":             UnknownOwner,
		"gone@example.org":   UnknownOwner,
		"ann":                UnknownOwner, // a first name alone is nobody
		"cy.one@example.org": "",
	} {
		if got := on(owner); got.Kind != want || got.Why != "" {
			t.Errorf("%s: got %+v, want %q", owner, got, want)
		}
	}
	s.Evidence.Identities[0].Address = "annsample@example.org"
	if got := on("annsample"); got.Kind != ListedOwner || got.Why != "annsample is what their address begins with, and nobody else's" {
		t.Errorf("the beginning of an address: got %+v, want Ann with the reason", got)
	}
	s.Evidence.Identities[1].Address = "annsample@elsewhere.example"
	if got := on("annsample"); got.Kind != UnknownOwner {
		t.Errorf("two addresses begin so: got %+v, want that a person is asked", got)
	}
}

func TestALoginIsReadFromAnAddressThatHidesTheRealOne(t *testing.T) {
	for address, want := range map[string]string{
		"ada@users.noreply.github.com": "ada", "12+ada@users.noreply.github.com": "ada", "34-ada-b@users.noreply.gitlab.com": "ada-b",
		"ada-b@users.noreply.github.com": "ada-b", "ada@example.org": "", "": "",
	} {
		if got := noreplyLogin(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

func TestWhoCoversWhatTheLeaverCoversIsNotPassedOverForRemnants(t *testing.T) {
	s := evidencetest.New()
	var tree []string
	for i := range 6 {
		path := fmt.Sprintf("shop/%d.go", i)
		busy(s, "Ann", path, "2024-11-01", 6)
		busy(s, "Bo", path, "2024-11-10", 6)
		tree = append(tree, path)
	}
	s.On("2024-11-30").By("Ann").Commit("A shop/remnant.go")
	busy(s, "Cy", "other/a.go", "2024-11-01", 20) // more about than Bo, but never in the shop
	h := handOver(t, s.Tree(append(tree, "shop/remnant.go", "other/a.go")...), "2024-12-31", HandoverQuestion{System: "shop", Leaver: "Ann"})
	if h.Held.Alone != 1 || len(h.Successors) == 0 || h.People[h.Successors[0].Person].Name != "Bo" {
		t.Fatalf("got %+v alone and %+v, want the remnant, and Bo first", h.Held, h.Successors)
	}
	if want := "Hardly anything hangs on Ann alone"; !h.Strong && (!strings.HasPrefix(h.Verdict, want) || !strings.Contains(h.Verdict, "Bo")) {
		t.Errorf("verdict: got %q, want %q and that Bo covers most", h.Verdict, want)
	}
}

func TestWhoeverTouchedTheFilesLatelyIsNamedHoweverLittleItWas(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "solo/a.go", "2024-09-01", 60)
	s.On("2024-12-01").By("Bo").Commit("M solo/a.go")
	h := handOver(t, s.Tree("solo/a.go"), "2024-12-31", HandoverQuestion{System: "solo", Leaver: "Ann"})
	if len(h.Successors) != 1 || h.Successors[0].Confidence != ranking.Weak || !strings.HasPrefix(h.Verdict, "There is no strong successor for Ann. The nearest is Bo (weak evidence)") {
		t.Errorf("got %q and %+v, want Bo, whose one commit in 61 is weak evidence", h.Verdict, h.Successors)
	}
	if c := h.Clusters; len(c) != 1 || c[0].Nearest < 0 {
		t.Errorf("clusters: got %+v, want Bo nearest", c)
	}
}
