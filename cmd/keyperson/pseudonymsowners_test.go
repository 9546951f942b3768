package main

import (
	"testing"

	"keyperson/sources"
)

func TestOwnersOfProceduresAreCoveredWhateverNamesThem(t *testing.T) {
	evidence := &sources.Evidence{Identities: []sources.Identity{
		{Name: "Ada Example", Address: "ada@shop.example"},
		{Name: "Ada Example", Account: "jira/17", Login: "aexample"},
		{Name: "Bo Sample", Address: "bo@shop.example"},
		{Name: "Sam", Address: "sam.one@shop.example"},
		{Name: "Sam", Address: "sam.two@shop.example"},
	}}
	people := &sources.People{
		Persons: []sources.Person{
			{ID: "ada@shop.example", Name: "Ada Example", Address: "ada@shop.example", Identities: []uint32{0, 1}},
			{ID: "bo@shop.example", Name: "Bo Sample", Address: "bo@shop.example", Identities: []uint32{2}},
			{ID: "sam.one@shop.example", Name: "Sam", Address: "sam.one@shop.example", Identities: []uint32{3}},
			{ID: "sam.two@shop.example", Name: "Sam", Address: "sam.two@shop.example", Identities: []uint32{4}},
		},
		ByIdentity: []uint32{0, 0, 1, 2, 3},
		Mapped:     make([]sources.Identity, 5),
	}
	v := &veil{key: []byte("a secret of sixteen letters"), issued: map[string]bool{}}
	v.learn(evidence, people)
	ada, bo := v.pseudonym(sources.Human, "ada@shop.example"), v.pseudonym(sources.Human, "bo@shop.example")
	for owner, want := range map[string]string{
		"aexample":                     ada, // a login, as front matter has it
		"@AExample":                    ada, // and as CODEOWNERS has it
		"Ada Example":                  ada,
		"ada@shop.example":             ada,
		"@aexample bo@shop.example":    ada + " " + bo,
		"Ada Example bo@shop.example":  ada + " " + bo,
		"Sam":                          "", // two people are called so
		"sample-fans":                  "", // points at Bo
		"#shop-ops":                    "#shop-ops",
		"@org/payments @aexample":      "@org/payments " + ada,
		"stranger@elsewhere.example x": "x", // an address is someone's, whoever it is
		"":                             "",
	} {
		if got := v.coverOwner(owner); got != want {
			t.Errorf("owner %q: got %q, want %q", owner, got, want)
		}
	}
	runbook := sources.Runbook{Owner: "aexample", Title: "Ask Ada Example", Sections: []sources.Section{{Heading: "Escalate to Bo Sample"}}}
	v.coverRunbook(&runbook)
	if runbook.Owner != ada || runbook.Title != "Ask "+ada || runbook.Sections[0].Heading != "Escalate to "+bo {
		t.Errorf("got %+v", runbook)
	}
}
