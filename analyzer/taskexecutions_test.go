package analyzer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/backtest"
	"keyperson/analyzer/evidencetest"
)

func TestExecutionsAreTheTicketsOfAKindThatSomeoneDid(t *testing.T) {
	s := evidencetest.New()
	var want []backtest.Execution
	for i := range 6 {
		opened, done := fmt.Sprintf("2024-03-%02d", i+1), fmt.Sprintf("2024-03-%02d", i+10)
		key := fmt.Sprintf("OPS-%d", i+1)
		s.On(opened).Ticket(key, fmt.Sprintf("Renew the certificate of host%d.example.org", i)).For("Ann").Resolved("Ann", done)
		want = append(want, backtest.Execution{Opened: date(opened).Unix(), Done: date(done).Unix(), Reference: key})
	}
	s.On("2024-03-20").Ticket("OPS-7", "Renew the certificate of host7.example.org").For("Ann") // still open
	got, err := Executions(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWithoutTicketsThereAreNoExecutions(t *testing.T) {
	s := evidencetest.New().By("Ada").Commit("A a.go").Tree("a.go")
	got, err := Executions(s.Evidence, s.People(), s.Systems(), DefaultOptions(date("2024-12-31")))
	if err != nil || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}
