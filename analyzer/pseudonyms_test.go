package analyzer

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyperson/analyzer/evidencetest"
)

// evenlyShared is an organisation in which everything is a tie between people: who did a ticket, who knows a file, who could
// take over.
func evenlyShared() *evidencetest.Story {
	s := evidencetest.New()
	names := []string{"Ann", "Bo", "Cy", "Di"}
	for i, name := range names {
		other := names[(i+1)%len(names)]
		for day := range 6 {
			s.On(fmt.Sprintf("2024-05-%02d", 10+day)).By(name).Commit("M pay/a.go", "M pay/b.go", "& "+other).Commit("M web/c.go")
		}
	}
	for i := range 10 {
		s.On("2024-03-01").Ticket(fmt.Sprintf("P-%d", i), "renew certificate").Of("Renewal").In("pay").
			Comment("Ann", "2024-03-02").Comment("Bo", "2024-03-02").Resolved("", "2024-03-05")
		s.On("2024-04-01").Ticket(fmt.Sprintf("P-1%d", i), "renew certificate").Of("Renewal").In("pay").
			For("Ann").Resolved("Ann", fmt.Sprintf("2024-04-05T%02d:00", i))
	}
	for i := range 8 {
		s.On("2024-05-01").Ticket(fmt.Sprintf("P-2%d", i), "restore backup").Of("Restore").In("web").For(names[i%4]).Resolved(names[i%4], "2024-05-02")
	}
	return s.Tree("pay/a.go", "pay/b.go", "web/c.go")
}

// withoutListsByID writes a result as JSON, without the lists of who covers something: these are by ID on purpose, so that the order
// of people under pseudonyms gives nobody away.
func withoutListsByID(t *testing.T, result any) string {
	text, err := json.Marshal(result)
	var tree any
	if err == nil {
		err = json.Unmarshal(text, &tree)
	}
	if err != nil {
		t.Fatal(err)
	}
	var prune func(node any)
	prune = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			delete(node, "Coverers")
			for _, child := range node {
				prune(child)
			}
		case []any:
			for _, child := range node {
				prune(child)
			}
		}
	}
	prune(tree)
	text, err = json.MarshalIndent(tree, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatPeopleAreCalledChangesNoNumber(t *testing.T) {
	// results are everything that is computed, as JSON, with people called by their first identity.
	results := func(ids ...string) []string {
		s := evenlyShared()
		people := s.People()
		var named []string
		for i, id := range ids {
			named = append(named, `"`+id+`"`, `"`+people.Persons[i].ID+`"`)
			people.Persons[i].ID = id
		}
		systems, options := s.TicketsIn(s.Systems()), DefaultOptions(date("2024-06-30"))
		a, err := Assess(s.Evidence, people, systems, options)
		if err != nil {
			t.Fatal(err)
		}
		handover, err := HandOver(s.Evidence, people, systems, options, HandoverQuestion{System: "pay", Leaver: ids[0]})
		if err != nil {
			t.Fatal(err)
		}
		plan, err := MakePlan(s.Evidence, people, systems, options, DefaultPlanOptions())
		if err != nil {
			t.Fatal(err)
		}
		explained, err := Explain(s.Evidence, people, systems, options, "pay", 0)
		if err != nil {
			t.Fatal(err)
		}
		var results []string
		for _, result := range []any{a, handover, plan, explained} {
			results = append(results, strings.NewReplacer(named...).Replace(withoutListsByID(t, result)))
		}
		return results
	}
	want := results("person-a", "person-b", "person-c", "person-d")
	for _, ids := range [][]string{{"person-z", "person-b", "person-y", "person-a"}, {"person-d", "person-c", "person-b", "person-a"}} {
		for i, got := range results(ids...) {
			if diff := cmp.Diff(want[i], got); diff != "" {
				t.Errorf("result %d of people called %v (-want +got):\n%s", i, ids, diff)
			}
		}
	}
}
