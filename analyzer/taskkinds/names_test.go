package taskkinds

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/sources"
)

// ticketsWithNames are kinds of work whose words some people are called by, and one for somebody by their whole name.
func ticketsWithNames() []sources.Ticket {
	var tickets []sources.Ticket
	for _, summary := range []string{"Bill run", "Price run", "Ask Ada's list", "Ask James lists", "さくらに連絡"} {
		tickets = append(tickets, times(leastOfTemplate, sources.Ticket{Project: "OPS", Summary: summary})...)
	}
	tickets = append(tickets, times(leastOfGroup, sources.Ticket{Project: "OPS", Components: []string{"Area of Ada Example"}, Type: "Bug"})...)
	return append(tickets, times(leastOfGroup, sources.Ticket{Project: "BILL", RequestType: "Price lists", Summary: "x"})...)
}

func namesHidden(hidden bool) *Names {
	return NewNames([]string{"bill", "price", "ada", "james", "example", "さくら"}, strings.NewReplacer("Ada Example", "person-1").Replace, hidden)
}

func TestNamesStandInNoIDAndDecideNothing(t *testing.T) {
	tickets := ticketsWithNames()
	plain, shown, hidden := Place(tickets, all(tickets), nil, nil), Place(tickets, all(tickets), nil, namesHidden(false)), Place(tickets, all(tickets), nil, namesHidden(true))
	for i := range tickets {
		if fmt.Sprint(plain.Kinds[plain.Of[i]].Tickets) != fmt.Sprint(hidden.Kinds[hidden.Of[i]].Tickets) {
			t.Errorf("ticket %d: hiding names puts it elsewhere", i)
		}
		if a, b := shown.Kinds[shown.Of[i]].ID, hidden.Kinds[hidden.Of[i]].ID; a != b {
			t.Errorf("ticket %d: ID %s with names, %s without", i, a, b)
		}
		if a, b := plain.Kinds[plain.Of[i]].Name, shown.Kinds[shown.Of[i]].Name; a != b {
			t.Errorf("ticket %d: called %q, which was to be shown as %q", i, b, a)
		}
	}
	want := []string{
		"bill-price-lists: Price lists [request type Price lists] 5",
	}
	got := rows(hidden)
	for _, row := range got {
		if id, _, _ := strings.Cut(row, ":"); strings.HasPrefix(id, "ops") && slices.ContainsFunc([]string{"bill", "price", "ada", "jame", "さくら"}, func(name string) bool {
			return strings.Contains(row, name)
		}) {
			t.Errorf("a name is left in %s", row)
		}
	}
	if diff := cmp.Diff(want, got[:1]); diff != "" {
		t.Errorf("what teams gave names to (-want +got):\n%s", diff)
	}
}
