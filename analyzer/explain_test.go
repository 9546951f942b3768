package analyzer

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
	"keyperson/sources"
)

func explained(t *testing.T, s *evidencetest.Story, subject string) *Explanation {
	t.Helper()
	x, err := Explain(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-06-30")), subject, 5)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func billing() *evidencetest.Story {
	s := evidencetest.New().On("2024-01-01").By("Ann").Commit("A billing/old.go").
		Commit("R90 billing/old.go billing/a.go").By("Bo").Commit("M web/w.go")
	busy(s, "Ann", "billing/a.go", "2024-05-01", 10)
	busy(s, "Bo", "billing/a.go", "2024-06-01", 1)
	return s.Tree("billing/a.go", "web/w.go")
}

func TestExplainingAFileShowsItsNamesHoldersAndCommits(t *testing.T) {
	x := explained(t, billing(), "billing/a.go")
	f := x.File
	if f == nil || f.ChangeWeight != 1 || len(f.Holders) != 2 {
		t.Fatalf("got %+v, want a file with all of billing's weight and two holders", f)
	}
	if diff := cmp.Diff([]string{"billing/old.go"}, f.FormerPaths); diff != "" {
		t.Errorf("former paths (-want +got):\n%s", diff)
	}
	first := f.Holders[0]
	if x.People[first.Person].Name != "Ann" || !first.Covers || !first.Created || first.Commits != 12 {
		t.Errorf("first holder: got %s %+v, want Ann, who created it and covers it by 12 commits", x.People[first.Person].Name, first)
	}
	// DL = 11 (a rename and ten changes), AC = 1: 3.293 + 1.098 + 0.164·11 − 0.321·ln 2 = 5.9725
	if doa := *first.DegreeOfAuthorship; doa < 5.9724 || doa > 5.9726 {
		t.Errorf("degree of authorship: got %v, want 5.9725", doa)
	}
	if len(x.Evidence) != 5 || x.Omitted != 8 {
		t.Errorf("evidence: got %d lines and %d omitted, want 5 and 8", len(x.Evidence), x.Omitted)
	}
}

func TestOneCommitInTwoRepositoriesIsListedInTheOrderOfItsFiles(t *testing.T) {
	s := evidencetest.New().By("Ann").Commit("A sys/a.go").Commit("A sys/b.go").Tree("sys/a.go", "sys/b.go")
	e := s.Evidence
	e.Repositories = append(e.Repositories, sources.Repository{Label: "mirror", Path: "mirror"})
	e.Things[1].Repository, e.Events[1].Repository, e.Events[1].Reference = 1, 1, e.Events[0].Reference
	for range 20 {
		x := explained(t, s, "sys")
		if len(x.Evidence) != 2 || x.Evidence[0].Repository != "demo" {
			t.Fatalf("got %+v, want the commit in the first repository, then in its mirror", x.Evidence)
		}
	}
}

func TestExplainingASystemOrDirectoryShowsItsFilesAndNeighbours(t *testing.T) {
	// Bo worked on web of late, Ann years ago, when she was new.
	s := billing()
	busy(s, "Bo", "web/w.go", "2024-06-05", 1)
	busy(s, "Ann", "web/w.go", "2021-06-05", 1)
	x := explained(t, s, "billing")
	if x.System == nil || len(x.System.Files) != 1 || len(x.System.Files[0].Coverers) == 0 {
		t.Fatalf("got %+v, want a system of one covered file", x.System)
	}
	if diff := cmp.Diff([]RelatedSystem{{System: "web", People: 1}}, x.System.Related); diff != "" {
		t.Errorf("related systems (-want +got):\n%s", diff)
	}
	if directory := explained(t, billing(), "web/"); directory.System == nil || directory.System.System.Origin != "directory" {
		t.Errorf("a directory: got %+v", directory.System)
	}
}

func TestExplainingAPersonTellsNoTotal(t *testing.T) {
	x := explained(t, billing(), "Ann")
	if len(x.Evidence) != 5 || x.Omitted != Uncounted {
		t.Errorf("got %d lines and %d omitted, want 5 and no count of the others", len(x.Evidence), x.Omitted)
	}
}

func TestExplainingAPersonShowsWhatHangsOnThem(t *testing.T) {
	for _, subject := range []string{"Ann", "ann@example.org", "ANN"} {
		x := explained(t, billing(), subject)
		if x.Person == nil || len(x.Person.Systems) != 1 || x.Person.Systems[0].System != "billing" {
			t.Fatalf("%s: got %+v, want one system, billing", subject, x.Person)
		}
		if s := x.Person.Systems[0]; s.FilesOnlyTheirs != 1 || s.UncoveredWithout != 1 {
			t.Errorf("%s: got %+v, want one file only theirs", subject, s)
		}
	}
}

func TestASubjectThatNamesNothingOrTooMuchIsRefused(t *testing.T) {
	s := billing()
	busy(s, "Anna", "web/w.go", "2024-05-01", 1)
	ask := func(subject string) error {
		_, err := Explain(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-06-30")), subject, 5)
		return err
	}
	var unknown *UnknownSubjectError
	if err := ask("src/old.go"); !errors.As(err, &unknown) {
		t.Errorf("an unknown path: got %v", err)
	}
	if err := ask("w.go"); !errors.As(err, &unknown) || len(unknown.Near) != 1 || unknown.Near[0] != "web/w.go" {
		t.Errorf("a file name without its directory: got %v, want web/w.go suggested", err)
	}
	if err := ask("xyzzy"); err == nil || !strings.Contains(err.Error(), "keyperson systems, tasks and people list what there is") {
		t.Errorf("nothing near: got %v, want where to look", err)
	}
	var ambiguous *AmbiguousSubjectError
	if err := ask("example.org"); !errors.As(err, &ambiguous) {
		t.Errorf("a part of many addresses: got %v, want an ambiguity", err)
	}
}

func TestATicketThatIsResolvedLaterIsNotYetResolved(t *testing.T) {
	s := evidencetest.New().On("2024-01-01").By("Ann").Commit("A sys/a.go").Tree("sys/a.go")
	s.On("2024-02-01").Ticket("P-1", "renew").Held("Ann", "2024-02-01", "2024-05-01").Held("Bo", "2024-05-01", "2024-12-31").Resolved("Bo", "2024-09-01")
	x, err := Explain(s.Evidence, s.People(), s.TicketsIn(s.Systems()), DefaultOptions(date("2024-06-30")), "P-1", 0)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{x.Ticket.Verdict}
	for _, d := range x.Ticket.Deeds {
		got = append(got, x.People[d.Person].Name+" "+d.Reason)
	}
	// Ann had it for 90 days, Bo for 60 until now.
	want := []string{"no execution: not resolved", "Ann had it for 60 % of the time", "Bo had it for 40 % of the time"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
