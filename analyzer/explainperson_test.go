package analyzer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyperson/analyzer/evidencetest"
)

// ticketsOf are so many tickets of one summary, ten days apart from 2024-03-01, each resolved by one of the people in turn.
func ticketsOf(s *evidencetest.Story, key, summary string, n int, people ...string) {
	for i := range n {
		who, day := people[i%len(people)], date("2024-03-01").AddDate(0, 0, 10*i).Format("2006-01-02")
		s.On(day).Ticket(fmt.Sprintf("%s-%d", key, i), summary).Of(key).For(who).Resolved(who, day)
	}
}

func TestWhoeverOthersCanStandInForUncoversNothing(t *testing.T) {
	s := evidencetest.New()
	busy(s, "Ann", "sys/a.go", "2024-05-01", 10)
	busy(s, "Bo", "sys/a.go", "2024-05-20", 10)
	busy(s, "Bo", "web/b.go", "2024-05-20", 10)
	s.Tree("sys/a.go", "web/b.go")
	if ann := explained(t, s, "Ann").Person; len(ann.Systems) != 0 {
		t.Errorf("Ann: got %+v, want nothing, as Bo covers all that she does", ann.Systems)
	}
	if bo := explained(t, s, "Bo").Person; len(bo.Systems) != 1 || bo.Systems[0].System != "web" {
		t.Errorf("Bo: got %+v, want web alone", bo.Systems)
	}
}

func TestExplainingAPersonShowsTheWorkThatHangsOnThem(t *testing.T) {
	s, _ := storyOfARunbook()
	ticketsOf(s, "CERT", "Renew the certificate", 10, "Ann")
	ticketsOf(s, "TAPE", "Change the tapes", 12, "Ann", "Bo", "Ann", "Ann")
	ticketsOf(s, "DISK", "Disk full", 12, "Ann", "Bo")
	x := explained(t, s, "Ann")
	// DISK is not there: Bo does half of it, and can go on. Of TAPE Ann did 9 of 12, and Bo can go on.
	want := []PersonTask{
		{Name: "CERT", Counted: 10, Share: 1, Stops: true}, // exactly 1, not ten times a tenth
		{Name: "TAPE", Counted: 12, Share: 0.75},
	}
	if diff := cmp.Diff(want, x.Person.Tasks, cmpopts.IgnoreFields(PersonTask{}, "ID")); diff != "" {
		t.Errorf("tasks (-want +got):\n%s", diff)
	}
	if len(x.Person.Runbooks) != 1 || !x.Person.Runbooks[0].OnlyAuthor || x.Person.Runbooks[0].Path != "web/certs.md" {
		t.Errorf("runbooks: got %+v, want the one that nobody else has written or run", x.Person.Runbooks)
	}
	if bo := explained(t, s, "Bo").Person; len(bo.Tasks)+len(bo.Runbooks) != 0 {
		t.Errorf("nothing hangs on Bo: got %+v and %+v", bo.Tasks, bo.Runbooks)
	}
	executed(s, "Bo", "2024-06-01")
	if ann := explained(t, s, "Ann").Person; len(ann.Runbooks) != 0 {
		t.Errorf("once Bo has run the procedure it hangs on nobody: got %+v", ann.Runbooks)
	}
}
